"""What the model means: what it expects to be there already, and the values that must come out as they were given."""
import sys
import os

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from model import expanded, listed, text


class Outside:
    """What others bring into the namespace."""

    def __init__(self, model):
        self.secrets = {name: set(keys) for name, keys in secrets(model)}
        self.claims, self.config_maps, self.accounts = set(), set(), set()
        for service in model.services:
            for holder in (service.value, service.layer):
                self.collect(holder)
        telemetry = model.value.get("telemetry")
        collector = (telemetry.get("collector") if isinstance(telemetry, dict) else None) or {}
        for exporter in expanded(listed(collector.get("exporters"), "name"), "endpoint"):
            if "caConfigMap" in exporter.get("tls", {}):
                self.config_maps.add(exporter["tls"]["caConfigMap"])

    def collect(self, holder):
        account = holder.get("serviceAccount")
        name = account.get("name") if isinstance(account, dict) else account
        if name:
            self.accounts.add(name)
        for container in [holder, *[c for key in ("initContainers", "sidecars", "extraContainers") for c in listed(holder.get(key), "name")]]:
            for entry in listed(container.get("env"), "name") + listed(container.get("envFrom"), None):
                if "configMap" in entry:
                    self.config_maps.add(entry["configMap"])
        for volume in listed(holder.get("volumes"), "name"):
            if "existingClaim" in volume:
                self.claims.add(volume["existingClaim"])
            for source in [volume, *listed(volume.get("projected"), None)]:
                if "configMap" in source:
                    given = source["configMap"]
                    self.config_maps.add(given["name"] if isinstance(given, dict) else given)


def secrets(model):
    """Secrets that somebody else puts into the namespace, with their keys."""
    for secret in listed(model.value.get("secrets"), "name"):
        if secret.get("existing"):
            yield secret["name"], [entry.get("name", entry.get("remoteKey")) for entry in expanded(listed(secret["keys"], "name"), "remoteKey")]


def pairs(value):
    return {name: text(item) for name, item in (value or {}).items()}


def check_env_values(judge, workload, container, given):
    for entry in expanded(listed(given.get("env"), "name"), "value"):
        if "value" not in entry:
            continue
        # A variable without a value is an empty one.
        got = [variable.get("value", "") for variable in container.get("env", []) if variable["name"] == entry["name"] and "valueFrom" not in variable]
        if got != [text(entry["value"])]:
            judge.say(workload.doc, f"{container['name']} gives {entry['name']} {got}, not {text(entry['value'])!r}")
    for key in ("command", "args"):
        if key in given and container.get(key) != [text(item) for item in listed(given[key], None)]:
            judge.say(workload.doc, f"{container['name']} has {key} {container.get(key)}, not {given[key]}")


def check_files(judge, service):
    files = expanded(listed(service.given("configFiles"), "path"), "content")
    if not files:
        return
    config = judge.by_kind["ConfigMap"].get(f"{service.name}-config", {"data": {}})
    wanted = {file["path"].rpartition("/")[2]: text(file["content"]) for file in files if "content" in file}
    # A collector beside the program has its file there too.
    if {key: file for key, file in config["data"].items() if not key.endswith("-collector.yaml")} != wanted:
        judge.found.append(f"ConfigMap {service.name}-config holds {config['data']}, not {wanted}")


def check_pairs(judge, doc, got, wanted):
    for key, value in wanted.items():
        if got.get(key) != value:
            judge.say(doc, f"has {key} {got.get(key)!r}, not {value!r}")


def check(judge):
    model = judge.model
    labels, annotations = pairs(model.value.get("labels")), pairs(model.value.get("annotations"))
    services = {service.name: service for service in model.services}
    wanted = {service.name: "ScaledJob" if service.kind == "Job" and service.triggers() else service.kind for service in model.services}
    if {workload.name: workload.kind for workload in judge.workloads} != wanted:
        judge.found.append(f"workloads {[(w.kind, w.name) for w in judge.workloads]}")
        return
    for workload in judge.workloads:
        service = services[workload.name]
        own = {**labels, **pairs(service.layer.get("labels")), **pairs(service.value.get("labels"))}
        check_pairs(judge, workload.doc, workload.doc["metadata"]["labels"], own)
        check_pairs(judge, workload.doc, workload.labels, {**own, **pairs(service.given("podLabels"))})
        notes = {**annotations, **pairs(service.layer.get("annotations")), **pairs(service.value.get("annotations"))}
        check_pairs(judge, workload.doc, workload.doc["metadata"].get("annotations", {}), notes)
        check_env_values(judge, workload, workload.spec["containers"][0], service.value)
        for key in ("initContainers", "sidecars", "extraContainers"):
            for given in listed(service.given(key), "name"):
                containers = workload.spec["containers"][1:] if key == "extraContainers" else workload.spec.get("initContainers", [])
                container = [c for c in containers if c["name"] == given["name"]]
                if len(container) != 1 or (container[0].get("restartPolicy") == "Always") != (key == "sidecars"):
                    judge.say(workload.doc, f"has not the container {given['name']}")
                else:
                    check_env_values(judge, workload, container[0], given)
        check_files(judge, service)
