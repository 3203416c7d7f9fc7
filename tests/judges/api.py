"""Whether API servers and controllers accept the manifests: limits of lists, elements that stand twice, words by version.

References between manifests are judged in references.py and wiring.py.
"""
import collections
import json
import re

import yaml

import dashboards
from model import Model

GATEWAY = "gateway.networking.k8s.io"
# The most elements that lists of the Gateway API v1 may have.
MOST = {("HTTPRoute", "rules"): 16, ("GRPCRoute", "rules"): 16, ("TLSRoute", "rules"): 16, ("HTTPRoute", "hostnames"): 16, ("GRPCRoute", "hostnames"): 16,
        ("TLSRoute", "hostnames"): 16, ("HTTPRoute", "parentRefs"): 32, ("GRPCRoute", "parentRefs"): 32, ("TLSRoute", "parentRefs"): 32,
        ("Gateway", "listeners"): 64, ("HTTPRoute", "rules", "matches"): 64, ("HTTPRoute", "rules", "filters"): 16,
        ("HTTPRoute", "rules", "backendRefs"): 16, ("GRPCRoute", "rules", "matches"): 64, ("GRPCRoute", "rules", "backendRefs"): 16}
# (Gateway API: Duration)
DURATION = re.compile(r"([0-9]{1,5}(h|m|s|ms)){1,4}\Z")
# For each member, its words with the minor version of Kubernetes that added them.
WORDS = {"trafficDistribution": {"PreferClose": 30, "PreferSameZone": 34, "PreferSameNode": 34}}
# Lists in which an element may stand twice.
REPEATED = {"args", "command", "steps", "stepWeights", "values", "tolerations"}
# Lists in which two externals with the same address bring the same element.
OPENED = {("AuthorizationPolicy", "rules"), ("AuthorizationPolicy", "notPaths"), ("NetworkPolicy", "egress"), ("NetworkPolicy", "ingress")}


def walk(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from walk(item, path + (key,))


def of_kind(docs, *kinds):
    return [doc for doc in docs if doc["kind"] in kinds]


def limits(value, docs):
    for doc in docs:
        if not doc["apiVersion"].startswith(GATEWAY):
            continue
        for path, item in walk(doc["spec"]):
            most = MOST.get((doc["kind"], *(key for key in path if isinstance(key, str))))
            if most and isinstance(item, list) and len(item) > most:
                yield doc, f"{path} has {len(item)} elements, the API takes {most}"
            if path and path[-2:-1] == ("timeouts",) and not DURATION.match(item):
                yield doc, f"{path} is {item}, which is no duration"
        names = [listener["name"] for listener in doc["spec"].get("listeners", [])]
        if len(set(names)) != len(names):
            yield doc, f"has listeners {names}"


def repetitions(value, docs):
    """No list has an element twice: the second match would never be used, or a controller would do its work twice."""
    for doc in docs:
        for path, item in walk(doc.get("spec") or {}):
            if not isinstance(item, list) or (path and (path[-1] in REPEATED or (doc["kind"], path[-1]) in OPENED)):
                continue
            texts = [json.dumps(part, sort_keys=True) for part in item]
            twice = [text for text, count in collections.Counter(texts).items() if count > 1]
            if twice:
                yield doc, f"{path} has twice {twice[0][:100]}"
            names = [part["name"] for part in item if isinstance(part, dict) and "routes" in part and "name" in part]
            if len(set(names)) != len(names):
                yield doc, f"{path} names {names}"
    for doc in of_kind(docs, "VirtualService"):
        seen = []
        for route in doc["spec"].get("http", []):
            for match in route.get("match", []):
                if match in seen:
                    yield doc, f"nothing gets to a second route for {match}"
                seen.append(match)


def node_ports(value, docs):
    numbers = collections.Counter(port["nodePort"] for doc in of_kind(docs, "Service") for port in doc["spec"].get("ports", []) if "nodePort" in port)
    for number, count in numbers.items():
        if count > 1:
            yield docs[0], f"nodePort {number} is in {count} Services"


def words_of_versions(value, docs):
    minor = int(str(value.get("kubernetesVersion", "1.37")).partition(".")[2])
    for doc in docs:
        for path, item in walk(doc.get("spec") or {}):
            since = WORDS.get(path[-1] if path else None, {})
            if since and since.get(item, 99) > minor:
                yield doc, f"{path[-1]} is {item}, which Kubernetes 1.{minor} lacks"


def volumes(value, docs):
    """No two mounts of a container have the same path; block volumes stand in volumeDevices, all others in volumeMounts."""
    blocks = {doc["metadata"]["name"] for doc in of_kind(docs, "PersistentVolumeClaim") if doc["spec"].get("volumeMode") == "Block"}
    for doc in docs:
        for _, spec in walk(doc.get("spec") or {}):
            if not isinstance(spec, dict) or "containers" not in spec:
                continue
            devices = {claim["metadata"]["name"] for claim in doc["spec"].get("volumeClaimTemplates", []) if claim["spec"].get("volumeMode") == "Block"}
            devices |= {volume["name"] for volume in spec.get("volumes", []) if (volume.get("persistentVolumeClaim") or {}).get("claimName") in blocks}
            for container in spec["containers"] + spec.get("initContainers", []):
                mounts, raw = container.get("volumeMounts", []), container.get("volumeDevices", [])
                places = [mount["mountPath"] for mount in mounts] + [device["devicePath"] for device in raw]
                if len(set(places)) != len(places):
                    yield doc, f"{container['name']} has {places}"
                for name in {mount["name"] for mount in mounts} & devices | {device["name"] for device in raw} - devices:
                    yield doc, f"{container['name']} has the volume {name} as {'files' if name in devices else 'a device'}"


def variables(value, docs):
    """No container has two variables of the same name, because only the last would count."""
    for doc in docs:
        for _, spec in walk(doc.get("spec") or {}):
            for container in spec["containers"] + spec.get("initContainers", []) if isinstance(spec, dict) and isinstance(spec.get("containers"), list) else []:
                names = collections.Counter(variable["name"] for variable in container.get("env", []) if isinstance(container, dict))
                for name in [name for name, count in names.items() if count > 1]:
                    yield doc, f"{container['name']} has the variable {name} twice"


def ingress_paths(value, docs):
    """An exact path stands before the prefix that covers it, because some controllers take the first path that matches."""
    for doc in of_kind(docs, "Ingress"):
        for rule in doc["spec"].get("rules", []):
            prefixes = []
            for path in rule["http"]["paths"]:
                covered = [prefix for prefix in prefixes if (path["path"] + "/").startswith(prefix.rstrip("/") + "/")]
                if covered:
                    yield doc, f"{path['pathType']} {path['path']} stands behind {covered[0]}"
                if path["pathType"] == "Prefix":
                    prefixes.append(path["path"])


def sidecars(value, docs):
    """No host of a Sidecar is covered by another one, because the reader would not see that the whole namespace is imported."""
    for doc in of_kind(docs, "Sidecar"):
        for listener in doc["spec"].get("egress", []):
            split = [host.replace("./", doc["metadata"]["namespace"] + "/").split("/") for host in listener["hosts"]]
            whole = {space for space, name in split if name == "*"}
            for space, name in split:
                if name != "*" and space in whole:
                    yield doc, f"{name} stands beside the whole namespace {space}"


def drains(value, docs):
    """A proxy that is no native sidecar does not end before its program begins to end."""
    for doc in docs:
        for _, template in walk(doc.get("spec") or {}):
            if not isinstance(template, dict) or not isinstance(template.get("metadata"), dict) or "containers" not in (template.get("spec") or {}):
                continue
            config = yaml.load((template["metadata"].get("annotations") or {}).get("proxy.istio.io/config", "{}"), Loader=yaml.CSafeLoader)
            least = config.get("proxyMetadata", {}).get("MINIMUM_DRAIN_DURATION")
            waits = [((container.get("lifecycle") or {}).get("preStop") or {}).get("sleep", {}).get("seconds", 0) for container in template["spec"]["containers"]]
            if least and int(least.rstrip("s")) < max(waits):
                yield doc, f"the proxy may end {least} after the signal, the program begins to end after {max(waits)} s"


def dashboards_apart(value, docs):
    addresses = [board["uid"] for _, board in dashboards.of(docs)]
    if len(set(addresses)) != len(addresses):
        yield docs[0], f"dashboards are at {sorted(addresses)}"


def sampling(value, docs):
    """The mesh traces the same share of requests as the programs do."""
    telemetry = value.get("telemetry") if isinstance(value.get("telemetry"), dict) else {}
    mesh = telemetry.get("mesh") if isinstance(telemetry.get("mesh"), dict) else {}
    meant = float(mesh.get("randomSamplingPercentage", float(telemetry.get("sampling", 1)) * 100))
    for doc in of_kind(docs, "Telemetry"):
        for tracing in doc["spec"].get("tracing", []):
            got = tracing.get("randomSamplingPercentage")
            if got is None or abs(float(got) - meant) > 1e-6 or not 0 <= float(got) <= 100:
                yield doc, f"{got} % of the requests are traced, not {meant}"


def flagger(value, docs):
    """The intervals and ports of a Canary are those of the model."""
    services = {service.name: service for service in Model(value).services}
    for doc in of_kind(docs, "Canary"):
        name, spec = doc["metadata"]["name"], doc["spec"]
        canary = services[name].given("delivery")["canary"]
        interval = (canary.get("analysis") or {}).get("interval")
        if interval is not None and spec["analysis"]["interval"] != str(interval):
            yield doc, f"a step takes {spec['analysis']['interval']}, not {interval}"
        if len(services[name].ports) > 1 and spec["service"].get("portDiscovery") is not True:
            yield doc, "Flagger does not look for the other ports"
        for metric in spec["analysis"].get("metrics", []):
            if "interval" in metric and interval is not None and metric["interval"] != str(interval):
                yield doc, f"a metric is asked for over {metric['interval']}"


def receivers(value, docs):
    """Each route of Alertmanager leads to a receiver that exists, and no receiver has the name of another one."""
    for doc in of_kind(docs, "AlertmanagerConfig"):
        names = [receiver["name"] for receiver in doc["spec"]["receivers"]]
        routes = [doc["spec"]["route"]]
        while routes:
            route = routes.pop()
            routes += route.get("routes", [])
            if route.get("receiver", names[0]) not in names:
                yield doc, f"a route leads to {route['receiver']}, and there are {names}"
        if len(set(names)) != len(names):
            yield doc, f"receivers are {names}"


CHECKS = (limits, repetitions, node_ports, words_of_versions, volumes, variables, ingress_paths, sidecars, drains, dashboards_apart, sampling, flagger, receivers)


def problems(value, docs):
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for check in CHECKS for doc, words in check(value, docs)]
