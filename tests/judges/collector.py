"""Whether a collector of the chosen version knows all that its configuration names, and whether all that it defines is used."""
import yaml

from model import Model, is_off
from otlp import Telemetry

# Components that were renamed, with a minor version (0.N) that has the new name. Later versions still take the old name, and warn that it
# will be removed. (OpenTelemetry: changelogs of the collector and its contrib repository)
RENAMED = {("exporters", "otlp"): ("otlp_grpc", 144), ("exporters", "otlphttp"): ("otlp_http", 144), ("exporters", "loadbalancing"): ("load_balancing", 153),
           ("exporters", "prometheusremotewrite"): ("prometheus_remote_write", 155), ("receivers", "filelog"): ("file_log", 155),
           ("processors", "k8sattributes"): ("k8s_attributes", 155), ("connectors", "spanmetrics"): ("span_metrics", 155)}
PARTS = ("receivers", "processors", "exporters", "connectors", "extensions")


def configurations(docs):
    for doc in docs:
        if doc["kind"] == "OpenTelemetryCollector":
            yield doc, doc["spec"]["config"]
        elif doc["kind"] == "ConfigMap":
            for name, text in (doc.get("data") or {}).items():
                if name.endswith("collector.yaml"):
                    yield doc, yaml.load(text, Loader=yaml.CSafeLoader)


def pipelines(config):
    """Pipelines use only components that are defined, and every defined component is used."""
    defined = {part: set(config.get(part) or {}) for part in PARTS}
    used = {part: set() for part in PARTS}
    used["extensions"] = set(config["service"].get("extensions") or [])
    ends = {"in": set(), "out": set()}
    for name, pipeline in config["service"]["pipelines"].items():
        for part, side, end in (("receivers", "receivers", "out"), ("processors", "processors", None), ("exporters", "exporters", "in")):
            for component in pipeline.get(part) or []:
                if component in defined["connectors"] and end:
                    used["connectors"].add(component)
                    ends[end].add(component)
                else:
                    used[side].add(component)
        if not pipeline.get("receivers") or not pipeline.get("exporters"):
            yield f"the pipeline {name} begins or ends nowhere"
        if len(set(pipeline.get("processors") or [])) != len(pipeline.get("processors") or []):
            yield f"the pipeline {name} has {pipeline['processors']}"
    storage = {(component.get("sending_queue") or {}).get("storage") for component in (config.get("exporters") or {}).values() if isinstance(component, dict)}
    for part in PARTS:
        for name in defined[part] - used[part] - (storage if part == "extensions" else set()):
            yield f"no pipeline has {name} of {part}"
        for name in used[part] - defined[part]:
            yield f"a pipeline has {name} of {part}, which is not there"
    if ends["in"] != ends["out"]:
        yield f"connectors lead from {ends['in']} to {ends['out']}"


def names(config, minor):
    for (part, old), (new, since) in RENAMED.items():
        for component in config.get(part) or {}:
            kind = component.partition("/")[0]
            if kind == new and minor < since:
                yield f"0.{minor} has no {new} in {part}: it is called {old}"
            if kind == old and minor >= since:
                yield f"0.{minor} calls {old} in {part} {new}"


def scaling(value, docs):
    """The autoscaler of an OpenTelemetryCollector has the figures of the model."""
    telemetry = value.get("telemetry") if isinstance(value.get("telemetry"), dict) else {}
    given = (telemetry.get("collector") or {}).get("autoscaling")
    for doc in docs:
        if doc["kind"] != "OpenTelemetryCollector" or not isinstance(given, dict) or is_off(given):
            continue
        got = doc["spec"].get("autoscaler")
        for key, name in (("minReplicas", "minReplicas"), ("maxReplicas", "maxReplicas"), ("cpu", "targetCPUUtilization"), ("memory", "targetMemoryUtilization")):
            if got and given.get(key) and got.get(name) != given[key]:
                yield doc, f"{name} is {got.get(name)}, not {given[key]}"


def signals(value, docs):
    """Every exporter gets the signals that it takes, and no others."""
    read = Telemetry(Model(value))
    last = list(configurations(docs))[-1:]
    for doc, config in last if read.on and not read.external and not read.sidecar else []:
        for exporter in read.exporters:
            ids = [name for name in config["exporters"] if name.partition("/")[2] == exporter.name or name == exporter.name]
            got = {pipeline.partition("/")[0] for pipeline, parts in config["service"]["pipelines"].items() if set(parts.get("exporters") or []) & set(ids)}
            if not ids or got != exporter.signals:
                yield doc, f"{exporter.name} gets {sorted(got)}, not {sorted(exporter.signals)}"


def problems(value, docs):
    collector = (value.get("telemetry") if isinstance(value.get("telemetry"), dict) else {}).get("collector") or {}
    minor = int(str(collector.get("version", "0.155.0")).split(".")[1])
    found = [(doc, words) for doc, config in configurations(docs) for words in [*pipelines(config), *names(config, minor)]]
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for doc, words in found + list(scaling(value, docs)) + list(signals(value, docs))]
