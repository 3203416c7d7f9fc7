"""Whether names lead to objects that exist: those in monitors, endpoints of telemetry, autoscalers, certificates, templates and issuers."""
import re

from api import of_kind, walk
from collector import configurations
from model import Model

POD_KINDS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout")
OTLP = {4317, 4318}


def templates(docs):
    for doc in of_kind(docs, *POD_KINDS):
        spec = doc["spec"]["jobTemplate"]["spec"] if doc["kind"] == "CronJob" else doc["spec"]
        yield doc, spec["template"]


def selected(selector, labels):
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def monitors(model, docs):
    made = [{**doc["metadata"].get("labels", {}), **doc["spec"].get("service", {}).get("apex", {}).get("labels", {})} for doc in of_kind(docs, "Canary")]
    for doc in of_kind(docs, "ServiceMonitor"):
        hits = [service for service in of_kind(docs, "Service") if selected(doc["spec"]["selector"], service["metadata"].get("labels", {}))]
        for endpoint in doc["spec"]["endpoints"]:
            named = [port for service in hits for port in service["spec"]["ports"] if port.get("name") == endpoint["port"]]
            if not named and not any(selected(doc["spec"]["selector"], labels) for labels in made):
                yield doc, f"scrapes the port {endpoint['port']}, which none of {[service['metadata']['name'] for service in hits]} has"
    pods = [template["metadata"]["labels"] for _, template in templates(docs)]
    pods += [{"app.kubernetes.io/component": "opentelemetry-collector", "app.kubernetes.io/managed-by": "opentelemetry-operator",
              "app.kubernetes.io/instance": f"{model.namespace}.{doc['metadata']['name']}"} for doc in of_kind(docs, "OpenTelemetryCollector")]
    for doc in of_kind(docs, "PodMonitor"):
        if not any(selected(doc["spec"]["selector"], labels) for labels in pods) and \
                not any("waypoint" in str(value) or "gateway" in str(value) for value in doc["spec"]["selector"].get("matchLabels", {}).values()):
            yield doc, f"scrapes nobody: {doc['spec']['selector']}"


def proxies(model, docs):
    """A PodMonitor that scrapes a proxy makes the address itself, for IPv4 and IPv6, because no port is declared for it. (Istio: 15020)"""
    for doc in of_kind(docs, "PodMonitor"):
        for endpoint in doc["spec"]["podMetricsEndpoints"]:
            for address, wanted in (("10.0.0.7", "10.0.0.7:15020"), ("fd00::7", "[fd00::7]:15020")):
                got = address
                for rule in endpoint.get("relabelings", []):
                    hit = re.fullmatch(rule.get("regex", "(.*)"), address) if rule.get("targetLabel") == "__address__" else None
                    got = rule["replacement"].replace("$1", hit[1]) if hit else got
                if endpoint.get("port") == "http-envoy-prom" and got != wanted:
                    yield doc, f"asks the proxy at {got}, not {wanted}"


def health(model, docs):
    """The probes of a collector use a port on which it listens."""
    ports = {doc["metadata"]["name"]: {int(port) for port in re.findall(r"(?:0\.0\.0\.0|127\.0\.0\.1):(\d+)", str(config))} for doc, config in configurations(docs)
             if doc["kind"] == "ConfigMap"}
    for doc, template in templates(docs):
        for volume in template["spec"].get("volumes", []):
            there = ports.get((volume.get("configMap") or {}).get("name"))
            for container in template["spec"]["containers"] + template["spec"].get("initContainers", []) if there else []:
                mounted = any(mount["name"] == volume["name"] for mount in container.get("volumeMounts", []))
                # The ConfigMap of a pod with a sidecar also holds the configuration of the program.
                if not mounted or not any("--config" in word for word in container.get("args", []) + container.get("command", [])):
                    continue
                names = {port.get("name"): port["containerPort"] for port in container.get("ports", [])}
                for kind in ("livenessProbe", "readinessProbe", "startupProbe"):
                    port = ((container.get(kind) or {}).get("httpGet") or {}).get("port")
                    if port is not None and names.get(port, port) not in there:
                        yield doc, f"{kind} asks port {port}, the collector answers at {sorted(there)}"


def samplers(model, docs):
    """Programs trace the share of the requests that the model names."""
    telemetry = model.value.get("telemetry")
    meant = float(telemetry.get("sampling", 1) if isinstance(telemetry, dict) else 1)
    for doc in of_kind(docs, "Instrumentation"):
        if float(doc["spec"]["sampler"]["argument"]) != meant:
            yield doc, f"traces {doc['spec']['sampler']['argument']} of the requests, not {meant}"


def backups(model, docs):
    """A backup includes the whole namespace of the application, and its secrets only where the model says so."""
    operations = model.value.get("operations")
    backup = (operations.get("backup") or {}) if isinstance(operations, dict) else {}
    for doc in of_kind(docs, "Schedule"):
        spec = doc["spec"]["template"]
        if spec.get("includedNamespaces") != [model.namespace]:
            yield doc, f"keeps {spec.get('includedNamespaces')}"
        if ("secrets" in spec.get("excludedResources", [])) == (backup.get("secrets") is True):
            yield doc, f"leaves out {spec.get('excludedResources')}"
        if "schedule" in backup and doc["spec"]["schedule"] != backup["schedule"]:
            yield doc, f"comes at {doc['spec']['schedule']}, not at {backup['schedule']}"


def listening(model, docs):
    """Host and port of all that receives telemetry in the application."""
    found = {(f"{doc['metadata']['name']}", port["port"]) for doc in of_kind(docs, "Service") for port in doc["spec"].get("ports", [])}
    for doc, config in configurations(docs):
        if doc["kind"] == "OpenTelemetryCollector":
            ports = re.findall(r"0\.0\.0\.0:(\d+)", str(config["receivers"]))
            found |= {(doc["metadata"]["name"] + "-collector", int(port)) for port in ports}
            found |= {(doc["metadata"]["name"] + "-collector-headless", int(port)) for port in ports}
    return found


def senders(model, docs):
    there = listening(model, docs)
    ends = [(doc, variable["value"]) for doc, template in templates(docs) for container in template["spec"]["containers"] for variable in container.get("env", [])
            if variable["name"] == "OTEL_EXPORTER_OTLP_ENDPOINT" and "value" in variable]
    ends += [(doc, doc["spec"]["exporter"]["endpoint"]) for doc in of_kind(docs, "Instrumentation")]
    ends += [(doc, exporter["endpoint"]) for doc, config in configurations(docs) for exporter in config["exporters"].values() if isinstance(exporter, dict) and "endpoint" in exporter]
    for doc, end in ends:
        host, port = re.fullmatch(r"(?:https?://)?(\[.*\]|[^:/]+)(?::(\d+))?(?:/.*)?", end).groups()
        name, _, rest = host.partition(".")
        ours = rest.split(".")[0] == model.namespace or (not rest and name.endswith("-collector"))
        if ours and port and int(port) in OTLP and (name, int(port)) not in there:
            yield doc, f"sends to {end}, where nobody listens"


def annotations(model, docs):
    """Annotations for the OpenTelemetry operator name objects that exist."""
    kinds = {"instrumentation.opentelemetry.io/inject-python": "Instrumentation", "sidecar.opentelemetry.io/inject": "OpenTelemetryCollector"}
    for doc, template in templates(docs):
        for key, value in (template["metadata"].get("annotations") or {}).items():
            if key in kinds and value not in {other["metadata"]["name"] for other in of_kind(docs, kinds[key])}:
                yield doc, f"asks for the {kinds[key]} {value}, which is not there"


def targets(model, docs):
    names = {(doc["kind"], doc["metadata"]["name"]) for doc in docs}
    for doc in docs:
        for path, item in walk(doc.get("spec") or {}):
            if not isinstance(item, dict) or not path:
                continue
            if path[-1] in ("scaleTargetRef", "targetRef", "autoscalerRef") and "kind" in item and (item["kind"], item["name"]) not in names:
                yield doc, f"{path[-1]} is {item['kind']} {item['name']}, which is not there"
            if path[-1] == "templateRef" and ("MetricTemplate", item["name"]) not in names:
                yield doc, f"judges by the template {item['name']}, which is not there"
            if "templateName" in item and ("AnalysisTemplate", item["templateName"]) not in names:
                yield doc, f"judges by the template {item['templateName']}, which is not there"
            if path[-1] == "template" and "storageLocation" in item and ("BackupStorageLocation", item["storageLocation"]) not in names and \
                    of_kind(docs, "BackupStorageLocation"):
                yield doc, f"keeps its backups at {item['storageLocation']}, which is not there"


def certificates(model, docs):
    """The certificate of a gateway covers its hosts, and its secret is in the namespace where the gateway reads it."""
    wanted = {}
    for doc in of_kind(docs, "Gateway"):
        for part in doc["spec"].get("servers", []) + doc["spec"].get("listeners", []):
            tls = part.get("tls") or {}
            hosts = [host.split("/")[-1] for host in part.get("hosts", [part.get("hostname", "*")])]
            for name in [tls["credentialName"]] if "credentialName" in tls else [ref["name"] for ref in tls.get("certificateRefs", [])]:
                wanted.setdefault(name, set()).update(hosts)
    for doc in of_kind(docs, "Certificate"):
        name, hosts = doc["spec"]["secretName"], set(doc["spec"]["dnsNames"])
        if name not in wanted and not any(name == tls["secretName"] for other in of_kind(docs, "Ingress") for tls in other["spec"].get("tls", [])):
            yield doc, f"makes {name}, which no gateway shows"
        elif wanted.get(name, set()) - hosts - {"*"}:
            yield doc, f"is not for {sorted(wanted[name] - hosts)}"


def issuers(model, docs):
    """A policy requires tokens only of issuers that a RequestAuthentication verifies."""
    known = {rule["issuer"] for doc in of_kind(docs, "RequestAuthentication") for rule in doc["spec"]["jwtRules"]}
    for doc in of_kind(docs, "AuthorizationPolicy"):
        for path, item in walk(doc.get("spec") or {}):
            if path and path[-1] in ("notRequestPrincipals", "requestPrincipals"):
                for principal in item:
                    if principal != "*" and principal.rpartition("/")[0] not in known:
                        yield doc, f"wants a token of {principal}, whom nobody checks"


# Protocols in which a proxy sees the host that is meant; no address tells which hosts a wildcard has.
NAMING = ("HTTP", "HTTP2", "HTTPS", "GRPC", "GRPC-Web", "TLS")


def entries(model, docs):
    for doc in of_kind(docs, "ServiceEntry"):
        spec = doc["spec"]
        if spec.get("resolution") == "DNS" and any(host.startswith("*") for host in spec["hosts"]) and not spec.get("endpoints"):
            yield doc, "no name server knows a wildcard"
        if spec.get("resolution") == "STATIC" and not spec.get("endpoints") and not spec.get("workloadSelector"):
            yield doc, "has no addresses to lead to"
        by_name = all(host.startswith("*") for host in spec["hosts"]) and all(port["protocol"] in NAMING for port in spec["ports"])
        if spec.get("resolution") == "NONE" and not spec.get("addresses") and not by_name:
            yield doc, "takes connections to every address"
        if spec.get("resolution") == "DNS" and any("/" in address for address in spec.get("addresses") or []):
            yield doc, "has ranges of addresses, which Istio refuses beside a lookup"
        if not spec.get("ports"):
            yield doc, "has no ports"


CHECKS = (monitors, proxies, health, samplers, backups, senders, annotations, targets, certificates, issuers, entries)


def problems(value, docs):
    model = Model(value)
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for check in CHECKS for doc, words in check(model, docs)]
