"""What is said of the whole application stands in its objects: labels, secrets, ports of Services, bounds, priorities."""
from compare import Fields, amounts
from meant import pairs
from model import expanded, listed, text

RECOMMENDED = "app.kubernetes.io/"
# Where a protocol's own name is not what Kubernetes calls it.
APP_PROTOCOLS = {"http2": ("http2", "kubernetes.io/h2c"), "websocket": ("kubernetes.io/ws",), "ws": ("kubernetes.io/ws",)}


def check_labels(judge):
    """Recommended labels and the application's stand on every object, and on pods; selectors use the two that never change."""
    model, services = judge.model, {service.name: service for service in judge.model.services}
    common = {**pairs(model.value.get("labels"))}
    if "environment" in model.value:
        common.setdefault("environment", text(model.value["environment"]))
    for doc in judge.docs:
        labels = doc["metadata"].get("labels") or {}
        for key, value in {"instance": model.name, "part-of": model.name, "managed-by": "hybriddeploy"}.items():
            if labels.get(RECOMMENDED + key) != value:
                judge.say(doc, f"has the label {key} {labels.get(RECOMMENDED + key)!r}")
        owner = labels.get(RECOMMENDED + "name")
        if owner != model.name and owner not in services:
            judge.say(doc, f"has the name {owner!r}")
        # A service may bear the application's name; whose an object is cannot be told then.
        service = services.get(owner) if owner != model.name else None
        wanted = {**common, **pairs(service.layer.get("labels")), **pairs(service.value.get("labels"))} if service else common
        for key, value in wanted.items():
            if labels.get(key) != value and (service or model.name not in services):
                judge.say(doc, f"has the label {key} {labels.get(key)!r}, not {value!r}")
    for workload in judge.workloads:
        selector = {RECOMMENDED + "name": workload.name, RECOMMENDED + "instance": model.name}
        if workload.kind in ("Deployment", "StatefulSet", "DaemonSet") and workload.doc["spec"]["selector"] != {"matchLabels": selector}:
            judge.say(workload.doc, f"selects {workload.doc['spec']['selector']}")
        for kind, path in (("Service", ("spec", "selector")), ("PodDisruptionBudget", ("spec", "selector", "matchLabels"))):
            doc = judge.by_kind[kind].get(workload.name)
            for key in path:
                doc = doc and doc.get(key)
            if doc is not None and doc != selector:
                judge.found.append(f"{kind} {workload.name} selects {doc}")


def store_of(model, secret):
    """The secret's own store, or the application's; one that is named anew is a store of the cluster unless it says otherwise."""
    given = secret.get("store") or model.value.get("secretStore")
    given = given if isinstance(given, dict) else {"name": given}
    return {"name": given["name"], "kind": given.get("kind", "ClusterSecretStore")}


def check_secrets(judge):
    made = dict(judge.by_kind["ExternalSecret"])
    for secret in listed(judge.model.value.get("secrets"), "name"):
        doc = made.pop(secret["name"], None)
        if secret.get("existing"):
            if doc:
                judge.say(doc, "brings what somebody else brings")
            continue
        if not doc:
            judge.found.append(f"nobody brings the secret {secret['name']}")
            continue
        wanted = []
        for key in expanded(listed(secret["keys"], "name"), "remoteKey"):
            remote = {"key": key["remoteKey"], **{name: text(key[name]) for name in ("property", "version") if name in key}}
            wanted.append({"secretKey": key["name"], "remoteRef": remote})
        Fields(judge, doc).has("spec", doc["spec"], {"secretStoreRef": store_of(judge.model, secret), "data": wanted,
                                                     "refreshInterval": text(secret.get("refreshInterval", "1h"))})
    for doc in made.values():
        judge.say(doc, "is not in the model")


def check_service_ports(judge):
    for service in judge.model.services:
        doc = judge.by_kind["Service"].get(service.name)
        if not service.ports:
            continue
        if not doc:
            judge.found.append(f"{service.name} has ports and no Service")
            continue
        workload = next(workload for workload in judge.workloads if workload.name == service.name)
        names = {(port.get("name"), port.get("protocol", "TCP")): port["containerPort"] for container in workload.running
                 for port in container.get("ports", [])}
        got = {(port["port"], port.get("protocol", "TCP")): port for port in doc["spec"]["ports"]}
        for port in service.ports:
            offered = got.get((port["service"], port["transport"]), {})
            target = offered.get("targetPort", offered.get("port"))
            if names.get((target, port["transport"]), target) != port["port"] or offered.get("name") != port["name"]:
                judge.say(doc, f"offers {offered}, not {port}")
            if port["transport"] == "TCP" and offered.get("appProtocol") not in APP_PROTOCOLS.get(port["protocol"], (port["protocol"],)):
                judge.say(doc, f"offers {port['name']} as {offered.get('appProtocol')}, not as {port['protocol']}")


def check_bounds(judge):
    model = judge.model.value
    for quota in listed(model.get("resourceQuotas"), "name"):
        doc = judge.by_kind["ResourceQuota"].get(quota["name"], {"kind": "ResourceQuota", "metadata": {"name": quota["name"]}})
        Fields(judge, doc).has("spec", doc.get("spec"), {"hard": amounts(quota["hard"]), **(
            {"scopes": listed(quota["scopes"], None)} if "scopes" in quota else {})})
    for bounds in listed(model.get("limitRanges"), "name"):
        doc = judge.by_kind["LimitRange"].get(bounds["name"], {"kind": "LimitRange", "metadata": {"name": bounds["name"]}})
        Fields(judge, doc).has("spec", doc.get("spec"), {"limits": [
            {key: value if key == "type" else amounts(value) for key, value in item.items()} for item in listed(bounds["limits"], None)]})
    for level in expanded(listed(model.get("priorityClasses"), "name"), "value"):
        doc = judge.by_kind["PriorityClass"].get(level["name"], {"kind": "PriorityClass", "metadata": {"name": level["name"]}})
        Fields(judge, doc).has("object", doc, {key: value for key, value in level.items() if key != "name" and not (
            key == "preemptionPolicy" and value == "PreemptLowerPriority")})


def check(judge):
    for one in (check_labels, check_secrets, check_service_ports, check_bounds):
        one(judge)
