"""Whether the objects that mesh and Gateway API manifests refer to exist, and whether the reference is allowed."""
from api import of_kind, walk
from model import Model

GATEWAY = "gateway.networking.k8s.io"


def hosts_of_services(docs, model):
    """The names of all Services, also of those that Flagger creates."""
    names = {doc["metadata"]["name"] for doc in of_kind(docs, "Service")}
    for doc in of_kind(docs, "Canary"):
        names |= {doc["metadata"]["name"] + ending for ending in ("", "-primary", "-canary")}
    return {f"{name}.{model.namespace}.svc.cluster.local" for name in names}


def destinations(model, docs):
    """Routes lead to hosts and subsets that exist."""
    hosts, outside = hosts_of_services(docs, model), {host for doc in of_kind(docs, "ServiceEntry") for host in doc["spec"]["hosts"]}
    subsets = {(doc["spec"]["host"], subset["name"]) for doc in of_kind(docs, "DestinationRule") for subset in doc["spec"].get("subsets", [])}
    rules = [doc["spec"]["host"] + str(doc["spec"].get("workloadSelector")) for doc in of_kind(docs, "DestinationRule")]
    for doc in of_kind(docs, "DestinationRule"):
        key = doc["spec"]["host"] + str(doc["spec"].get("workloadSelector"))
        if rules.count(key) > 1:
            yield doc, f"is one of {rules.count(key)} rules for {doc['spec']['host']}, of which one counts"
    delegates = {doc["metadata"]["name"] for doc in of_kind(docs, "VirtualService", "Canary")}
    for doc in of_kind(docs, "VirtualService"):
        for path, item in walk(doc["spec"]):
            if isinstance(item, dict) and path and path[-1] == "destination":
                host = item["host"]
                if host not in hosts and host not in outside and host.endswith(f".{model.namespace}.svc.cluster.local"):
                    yield doc, f"leads to {host}, which nobody makes"
                if "subset" in item and (host, item["subset"]) not in subsets:
                    yield doc, f"leads to the subset {item['subset']} of {host}, which no rule has"
            if path and path[-1] == "delegate" and item["name"] not in delegates:
                yield doc, f"hands on to {item['name']}, which nobody makes"


def delegated_once(model, docs):
    """Only the first port of a Canary is delegated to Flagger's route, because Flagger has no rules for the others."""
    services = {service.name: service for service in model.services}
    for doc in of_kind(docs, "VirtualService"):
        for route in doc["spec"].get("http", []):
            name = route.get("delegate", {}).get("name")
            for match in route.get("match", []) if name in services else []:
                if match.get("port") not in (None, services[name].ports[0]["service"]):
                    yield doc, f"hands port {match['port']} on to {name}, where nothing is for it"


def attachments(model, docs):
    listeners = {(doc["metadata"]["namespace"], doc["metadata"]["name"]): {item["name"] for item in doc["spec"]["listeners"]} for doc in of_kind(docs, "Gateway")
                 if doc["apiVersion"].startswith(GATEWAY)}
    if model.gateway and model.gateway.shared:
        # Somebody else's, of which nothing is known but what the model says.
        listeners[model.gateway.namespace, model.gateway.name] = {model.gateway.parent.get("sectionName")}
    ports = {(doc["metadata"]["name"], port["port"]) for doc in of_kind(docs, "Service") for port in doc["spec"].get("ports", [])}
    for doc in of_kind(docs, "HTTPRoute", "GRPCRoute", "TLSRoute"):
        for parent in doc["spec"]["parentRefs"]:
            key = (parent.get("namespace", doc["metadata"]["namespace"]), parent["name"])
            if parent.get("kind", "Gateway") == "Gateway" and parent.get("sectionName") not in listeners.get(key, ()):
                yield doc, f"attaches to {key} {parent.get('sectionName')}, which is not there"
        for path, item in walk(doc["spec"]):
            if isinstance(item, dict) and "name" in item and "port" in item and path[-2:-1] == ("backendRefs",) and (item["name"], item["port"]) not in ports:
                yield doc, f"leads to {item['name']}:{item['port']}, which no Service has"


def targets(model, docs):
    """A BackendTLSPolicy names a port of a Service that exists."""
    ports = {(doc["metadata"]["name"], port.get("name")) for doc in of_kind(docs, "Service") for port in doc["spec"].get("ports", [])}
    for doc in of_kind(docs, "BackendTLSPolicy"):
        for target in doc["spec"]["targetRefs"]:
            if (target["name"], target.get("sectionName")) not in ports:
                yield doc, f"is for {target['name']} {target.get('sectionName')}, which no Service has"


def grants(model, docs):
    """A reference to another namespace has a ReferenceGrant there."""
    allowed = {(doc["metadata"]["namespace"], source["kind"], source["namespace"], target["kind"], target.get("name")) for doc in of_kind(docs, "ReferenceGrant")
               for source in doc["spec"]["from"] for target in doc["spec"]["to"]}
    for doc in docs:
        if not doc["apiVersion"].startswith(GATEWAY):
            continue
        own = doc["metadata"]["namespace"]
        for path, item in walk(doc["spec"]):
            if not isinstance(item, dict) or item.get("namespace") in (None, own) or len(path) < 2 or path[-2] not in ("certificateRefs", "backendRefs", "caCertificateRefs"):
                continue
            key = (item["namespace"], doc["kind"], own, item.get("kind", "Service"))
            if not {(*key, item["name"]), (*key, None)} & allowed:
                yield doc, f"refers to {item['name']} in {item['namespace']}, and no ReferenceGrant allows it"


def previews(model, docs):
    """The host of a preview leads to the new version."""
    for service in model.services:
        host = ((service.given("delivery") or {}).get("blueGreen") or {}).get("previewHost")
        if not host:
            continue
        ends = []
        for doc in of_kind(docs, "VirtualService", "HTTPRoute", "GRPCRoute", "TLSRoute", "Ingress"):
            spec = doc["spec"]
            if host in spec.get("hosts", spec.get("hostnames", [])) or any(rule.get("host") == host for rule in spec.get("rules", []) if doc["kind"] == "Ingress"):
                ends += [item["host"].split(".")[0] for path, item in walk(spec) if path and path[-1] == "destination"]
                ends += [item["name"] for path, item in walk(spec) if len(path) > 1 and path[-2] == "backendRefs" and isinstance(path[-1], int)]
                ends += [path["backend"]["service"]["name"] for rule in spec.get("rules", []) if rule.get("host") == host for path in rule.get("http", {}).get("paths", [])]
        if set(ends) != {f"{service.name}-preview"}:
            yield {"kind": "preview", "metadata": {"name": host}}, f"shows {sorted(set(ends))}"


CHECKS = (destinations, delegated_once, attachments, targets, grants, previews)


def problems(value, docs):
    model = Model(value)
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for check in CHECKS for doc, words in check(model, docs)]
