"""Gives a random model telemetry: a collector in some form, back ends, and what its services say.

add(dice, model) changes a valid model into a valid one.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from model import Model, is_off
from otlp import Telemetry

BACK_ENDS = {
    "jaeger": ["jaeger-collector.observability:4317", {"endpoint": "jaeger-collector.observability:4317", "compression": "none", "timeout": "10s"}],
    "tempo": [{"endpoint": "tempo.observability:4317", "tls": {"caConfigMap": "trust", "serverName": "tempo.example.com"}}, "tempo.observability:4317", "http://tempo.observability:4318", {"endpoint": "tempo.traces.svc.cluster.local:4317", "insecure": False}],
    "loki": ["http://loki.logging:3100/otlp", {"endpoint": "https://loki.logging/otlp", "headers": {"X-Scope-OrgID": "no"}, "queueSize": 50}],
    "mimir": [{"type": "prometheus_remote_write", "endpoint": "http://mimir.metrics:9009/api/v1/push"}, "http://mimir.metrics:9009/otlp"],
    "other": [{"endpoint": "https://10.7.0.9:4318", "tls": {"caConfigMap": "trust", "caKey": "root.pem"}},
              "10.7.0.9:4317", {"endpoint": "http://10.7.0.9:4318", "signals": ["traces", "logs"]}],
    "debug": [{}],
}
VERSIONS = ["0.110.0", "0.143.1", "0.144.0", "0.155.0"]
TAKEN = {4317, 4318, 8888, 13133}


def exporters(dice, names, low):
    return {name: dice.pick(BACK_ENDS[name]) for name in dice.some(names, low, 3)}


def processing(dice, collector):
    if dice.chance(0.3):
        limit = dice.number(100, 1400)
        collector["memoryLimiter"] = dice.pick([limit, {"limitMib": limit, "spikeLimitMib": limit // 4}, {"checkInterval": "500ms"}])
    if dice.chance(0.3):
        collector["batch"] = dice.pick([{"timeout": "200ms"}, {"sendBatchSize": 512, "sendBatchMaxSize": 512}, {"sendBatchSize": 9000}])
    if dice.chance(0.3):
        collector["resourceAttributes"] = {"cluster": dice.pick(["eu-1", "no", "1e3", "$HOME"]), "team": "a, b"}
    if dice.chance(0.2):
        collector["filter"] = {dice.pick(["traces", "logs"]): ['attributes["url.path"] == "/health"']}
    if dice.chance(0.2):
        collector["transform"] = {"traces": ['replace_pattern(attributes["url.full"], "k=[^&]*$", "k=")']}
    if dice.chance(0.2):
        collector["spanMetrics"] = dice.pick([False, {"buckets": ["10ms", "100ms", "1s"]}, {"dimensions": ["http.route"]}])
    if dice.chance(0.2):
        collector["logLevel"] = dice.pick(["DEBUG", "WARN"])


def size(dice, collector):
    if dice.chance(0.3):
        collector["replicas"] = dice.number(1, 4)
    elif dice.chance(0.3):
        collector["autoscaling"] = {"minReplicas": 2, "maxReplicas": dice.number(3, 9)}
    if dice.chance(0.25):
        collector["tailSampling"] = {"policies": {"errors": {"statusCodes": ["ERROR"]}, "slow": {"thresholdMs": 500}, "some": {"samplingPercentage": "12.5"}}}
    if dice.chance(0.25) and "autoscaling" not in collector:
        collector["storage"] = dice.pick(["5Gi", {"size": "2Gi", "storageClassName": "fast"}])
    if dice.chance(0.2):
        collector["nodeSelector"] = {"pool": "monitoring"}


def can_be_beside(model, minor):
    return minor >= 29 and not any(port["port"] in TAKEN for service in Model(model).services for port in service.ports)


def telemetry(dice, model, minor):
    if dice.chance(0.2):
        return True
    found = {"alerts": False, "dashboards": False} if dice.chance(0.5) else {}
    if dice.chance(0.15):
        found["collector"] = {"external": dice.pick(["http://collector.observability:4317", "http://otel.elsewhere.svc:4318"])}
        return found
    collector = found["collector"] = {}
    if dice.chance(0.4):
        collector["form"] = dice.pick(["plain", "operator"])
    if dice.chance(0.3):
        collector["version"] = dice.pick(VERSIONS)
    kind = dice.pick(["gateway", "agent+gateway", "sidecar"]) if dice.chance(0.5) else "gateway"
    if kind == "sidecar" and not can_be_beside(model, minor):
        kind = "gateway"
    if kind != "gateway":
        collector["topology"] = kind
    if kind == "sidecar":
        collector["exporters"] = {**exporters(dice, ["jaeger", "tempo", "loki", "other"], 1), "mimir": dice.pick(BACK_ENDS["mimir"])}
        collector["memoryLimiter"] = dice.number(100, 300)
        return found
    processing(dice, collector)
    size(dice, collector)
    if dice.chance(0.8):
        collector["exporters"] = exporters(dice, list(BACK_ENDS), 1)
    if dice.chance(0.2):
        collector.setdefault("exporters", {})["prometheus"] = {}
    if not any(name in collector.get("exporters", ()) for name in ("jaeger", "tempo", "loki", "other")):
        collector.pop("storage", None)
    if dice.chance(0.3):
        found["scraping"] = dice.pick(["podMonitor", "annotations", {"interval": "15s", "scrapeTimeout": "5s"}, {"labels": {"release": "kps"}}])
    if dice.chance(0.4):
        found["sampling"] = dice.pick(["0.1", "0.5", 1, 0])
    if dice.chance(0.2):
        found["protocol"] = dice.pick(["grpc", "http/protobuf"]) if collector.get("form") != "operator" else "http/protobuf"
    if dice.chance(0.2):
        found["resourceAttributes"] = {"team": dice.pick(["shop", "a=b,c", "50%"])}
    return found


def drop_what_nobody_takes(model):
    """What is done with a signal needs somebody who takes it."""
    collector = model["telemetry"].get("collector", {}) if isinstance(model["telemetry"], dict) else {}
    if not collector or "external" in collector:
        return
    read = Telemetry(Model(model))
    taken = set().union(*(exporter.signals for exporter in read.exporters))
    for key in ("filter", "transform"):
        for signal in set(collector.get(key, {})) - read.taken:
            collector[key].pop(signal)
        if collector.get(key) == {}:
            collector.pop(key)
    if "traces" not in taken:
        collector.pop("tailSampling", None)


def services(model):
    given = model["services"]
    for name in given if isinstance(given, dict) else ():
        given[name] = given[name] if given[name] is not None else {}
    return list(given.values()) if isinstance(given, dict) else given


def names_of(model):
    given = model["services"]
    return set(given) if isinstance(given, dict) else {service["name"] for service in given}


def add(dice, model):
    """Where Prometheus is out of reach, or a name is taken, there is none."""
    name = str(model["name"])
    minor = int(str(model.get("kubernetesVersion", "1.37")).partition(".")[2])
    platform = model.get("platform") or {}
    if is_off(platform.get("prometheus")) or not re.match("[a-z]", name) or len(name) > 27 or len(str(model.get("namespace", name))) > 22:
        return
    if names_of(model) & {f"{name}-collector", f"{name}-agent-collector", f"{name}-balancer-collector"}:
        return
    if isinstance(model.get("platform"), dict):
        model["platform"].pop("collector", None)
    model["telemetry"] = telemetry(dice, model, minor)
    drop_what_nobody_takes(model)
    external = isinstance(model["telemetry"], dict) and "external" in model["telemetry"].get("collector", {})
    for service in services(model):
        if dice.chance(0.1):
            service["telemetry"] = False
        elif dice.chance(0.2):
            service["telemetry"] = dice.pick([{"sampling": "0.25"}, {"logLevel": "debug"}, {"propagators": ["b3"]},
                                              {} if external else {"protocol": "http/protobuf"}, {"resourceAttributes": {"service.version": "7"}}])
