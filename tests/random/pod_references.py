"""What pods refer to exists: ports, volumes, secrets with their keys, ConfigMaps."""


def at(value, *path):
    """The value at a path, or None."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def port_numbers(container):
    numbers = {}
    for port in container.get("ports", []):
        numbers[port["containerPort"]] = numbers[port.get("name")] = port.get("protocol", "TCP")
    return numbers


def check_probe_ports(judge, workload):
    for container in workload.containers:
        ports, names = port_numbers(container), [port.get("name") for port in container.get("ports", [])]
        if len(set(names)) != len(names):
            judge.say(workload.doc, f"{container['name']} has two ports of one name")
        for what, handler in [(key, container.get(key)) for key in ("startupProbe", "readinessProbe", "livenessProbe")] + list(
                (container.get("lifecycle") or {}).items()):
            if not handler:
                continue
            kinds = set(handler) & {"httpGet", "tcpSocket", "grpc", "exec", "sleep"}
            if len(kinds) != 1:
                judge.say(workload.doc, f"{what} of {container['name']} does {sorted(kinds)}")
            for kind in kinds & {"httpGet", "tcpSocket", "grpc"}:
                port = handler[kind].get("port")
                if port not in ports:
                    judge.say(workload.doc, f"{what} of {container['name']} asks port {port!r}, which it lacks")
                if kind == "grpc" and not isinstance(port, int):
                    judge.say(workload.doc, f"{what} of {container['name']} names its gRPC port")


def check_volumes(judge, workload):
    spec = workload.spec
    names = [volume["name"] for volume in spec.get("volumes", [])]
    claims = [claim["metadata"]["name"] for claim in at(workload.doc, "spec", "volumeClaimTemplates") or []]
    if len(set(names + claims)) != len(names + claims):
        judge.say(workload.doc, f"has two volumes of one name: {names + claims}")
    for container in workload.containers:
        paths = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
        if len(set(paths)) != len(paths):
            judge.say(workload.doc, f"{container['name']} mounts twice at one path")
        for mount in container.get("volumeMounts", []):
            if mount["name"] not in names + claims:
                judge.say(workload.doc, f"{container['name']} mounts {mount['name']}, which is no volume")
    for volume in spec.get("volumes", []):
        if len(volume) != 2:
            judge.say(workload.doc, f"volume {volume['name']} has {len(volume) - 1} sources")
        if "secret" in volume:
            judge_secret(judge, workload, volume["secret"]["secretName"], [item["key"] for item in volume["secret"].get("items", [])])
        if "configMap" in volume:
            judge_config_map(judge, workload, volume["configMap"]["name"], [item["key"] for item in volume["configMap"].get("items", [])])
        for source in at(volume, "projected", "sources") or []:
            if "secret" in source:
                judge_secret(judge, workload, source["secret"]["name"], [item["key"] for item in source["secret"].get("items", [])])
            if "configMap" in source:
                judge_config_map(judge, workload, source["configMap"]["name"], [item["key"] for item in source["configMap"].get("items", [])])
        claim = at(volume, "persistentVolumeClaim", "claimName")
        if claim and claim not in judge.by_kind["PersistentVolumeClaim"] and claim not in judge.outside.claims:
            judge.say(workload.doc, f"claims {claim}, which nobody makes")


def judge_secret(judge, workload, name, keys):
    """Brought by an ExternalSecret with these keys, or by somebody else as the model says."""
    external = next((doc for doc in judge.by_kind["ExternalSecret"].values() if doc["spec"]["target"].get("name", doc["metadata"]["name"]) == name), None)
    known = {entry["secretKey"] for entry in external["spec"]["data"]} if external else judge.outside.secrets.get(name)
    if known is None or not set(keys) <= set(known):
        judge.say(workload.doc, f"takes {keys} from the secret {name}, which has {known}")


def judge_config_map(judge, workload, name, keys):
    own = judge.by_kind["ConfigMap"].get(name)
    if own and not set(keys) <= set(own["data"]):
        judge.say(workload.doc, f"takes {keys} from the ConfigMap {name}, which has {sorted(own['data'])}")
    if not own and name not in judge.outside.config_maps:
        judge.say(workload.doc, f"uses the ConfigMap {name}, which nobody makes")


def check_env(judge, workload):
    names = {container["name"] for container in workload.containers}
    if len(names) != len(workload.containers):
        judge.say(workload.doc, "has two containers of one name")
    for container in workload.containers:
        variables = [entry["name"] for entry in container.get("env", [])]
        if len(set(variables)) != len(variables):
            judge.say(workload.doc, f"{container['name']} has two variables of one name")
        for entry in container.get("env", []):
            source = entry.get("valueFrom", {})
            if len(source) + ("value" in entry) > 1:
                judge.say(workload.doc, f"variable {entry['name']} has {len(source) + ('value' in entry)} sources")
            if "secretKeyRef" in source:
                judge_secret(judge, workload, source["secretKeyRef"]["name"], [source["secretKeyRef"]["key"]])
            if "configMapKeyRef" in source:
                judge_config_map(judge, workload, source["configMapKeyRef"]["name"], [source["configMapKeyRef"]["key"]])
            if "resourceFieldRef" in source and source["resourceFieldRef"].get("containerName", container["name"]) not in names:
                judge.say(workload.doc, f"variable {entry['name']} asks for a container that is not there")
        for source in container.get("envFrom", []):
            if "secretRef" in source:
                judge_secret(judge, workload, source["secretRef"]["name"], [])
            else:
                judge_config_map(judge, workload, source["configMapRef"]["name"], [])
