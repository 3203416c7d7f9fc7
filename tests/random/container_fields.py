"""What the model says of a container stands in its manifest, under Kubernetes' names and with the same values."""
import container as c
from compare import amounts, by_name
from model import expanded, listed, text
import quantity


def profile(value):
    return value if isinstance(value, dict) else {"type": value}


def port_of(container_ports, ref):
    """As manifests name a port."""
    if ref is None:
        first = container_ports[0]
        return first["name"], first["containerPort"]
    found = next(port for port in container_ports if text(ref) in (port["name"], str(port["containerPort"])))
    return found["name"], found["containerPort"]


def http_get(given, ports):
    given = given if isinstance(given, dict) else {"path": given}
    headers = [{"name": name, "value": text(value)} for name, value in (given.get("httpHeaders") or {}).items()]
    return {"path": given["path"], **({"scheme": given["scheme"]} if given.get("scheme") == "HTTPS" else {}),
            **({"httpHeaders": headers} if headers else {})}, port_of(ports, given.get("port"))


def check_handler(fields, where, got, given, ports):
    for kind, value in given.items():
        if kind == "exec":
            fields.has(f"{where}.exec", got.get("exec"), {"command": [text(word) for word in listed(value["command"], None)]})
        elif kind == "sleep":
            fields.has(f"{where}.sleep", got.get("sleep"), {"seconds": value["seconds"] if isinstance(value, dict) else value})
        elif kind in ("httpGet", "tcpSocket", "grpc"):
            value = value if isinstance(value, dict) else {"path" if kind == "httpGet" else "port": value}
            wanted, names = http_get(value, ports) if kind == "httpGet" else ({}, port_of(ports, value.get("port")))
            if "service" in value:
                wanted["service"] = value["service"]
            fields.has(f"{where}.{kind}", got.get(kind), wanted)
            if (got.get(kind) or {}).get("port") not in names:
                fields.judge.say(fields.doc, f"{where} asks {got.get(kind)}, not {names}")


def check_probes(fields, got, given):
    for key in ("startupProbe", "readinessProbe", "livenessProbe"):
        probe = given.get(key)
        if probe is None or probe is True:
            continue
        if probe is False or probe.get("enabled") is False:
            if key in got:
                fields.judge.say(fields.doc, f"has a {key} that is switched off")
            continue
        fields.has(key, got.get(key), {name: value for name, value in probe.items() if isinstance(value, int)
                                       and name not in ("enabled", "tcpSocket", "grpc") and not (name == "successThreshold" and value == 1)})
        check_handler(fields, key, got.get(key) or {}, probe, got.get("ports") or [])
    for hook, handler in (given.get("lifecycle") or {}).items():
        check_handler(fields, hook, (got.get("lifecycle") or {}).get(hook) or {}, handler, got.get("ports") or [])


def env_source(entry, container):
    if "secret" in entry or "configMap" in entry:
        kind, name = ("secretKeyRef", entry["secret"]) if "secret" in entry else ("configMapKeyRef", entry["configMap"])
        return {kind: {"name": name, "key": entry["key"], "optional": entry.get("optional", False)}}
    if "field" in entry:
        return {"fieldRef": {"fieldPath": entry["field"]}}
    divisor = {"divisor": quantity.canonical(text(entry["divisor"]))} if text(entry.get("divisor", "1")) != "1" else {}
    return {"resourceFieldRef": {"containerName": container, "resource": entry["resource"], **divisor}}


def check_env(fields, got, given):
    for entry in expanded(listed(given.get("env"), "name"), "value"):
        if "value" not in entry:
            fields.has(f"env {entry['name']}", by_name(got.get("env"), entry["name"]).get("valueFrom"), env_source(entry, got["name"]))
    wanted = []
    for entry in listed(given.get("envFrom"), None):
        kind, name = ("secretRef", entry["secret"]) if "secret" in entry else ("configMapRef", entry["configMap"])
        wanted.append({"prefix": entry.get("prefix", ""), kind: {"name": name, "optional": entry.get("optional", False)}})
    if wanted:
        fields.has("envFrom", got.get("envFrom"), wanted)


def check_ports(fields, got, given):
    ports = expanded(listed(given.get("ports", given.get("port")), None), "port")
    if ports:
        fields.has("ports", got.get("ports"), [
            {"containerPort": port["port"], "protocol": "UDP" if c.is_udp(port) else "TCP",
             **{key: port[key] for key in ("name", "hostPort") if key in port}} for port in ports])


def image_of(fields, given, service_name):
    model, image = fields.judge.model.value, given.get("image")
    if isinstance(image, str):
        return image
    image = image or {}
    registry, tag = image.get("registry", model.get("imageRegistry")), image.get("tag", None if "digest" in image else model.get("imageTag"))
    return (registry + "/" if registry else "") + image.get("repository", service_name) + (f":{tag}" if tag else "") + (
        f"@{image['digest']}" if "digest" in image else "")


def check_security(fields, where, got, given):
    wanted = {key: value for key, value in given.items() if key not in ("seccompProfile", "appArmorProfile", "sysctls")}
    wanted.update({key: profile(given[key]) for key in ("seccompProfile", "appArmorProfile") if key in given})
    if "sysctls" in given:
        wanted["sysctls"] = [{"name": name, "value": text(value)} for name, value in given["sysctls"].items()]
    for key, value in wanted.items():
        # False is what the library would say too, and differs from nothing said.
        if value is False and (got or {}).get(key) is not False:
            fields.judge.say(fields.doc, f"{where} lacks {key}: false")
    fields.has(where, got, wanted)


def mounted(container):
    """By its place, what a container sees of a volume; of a device as of files."""
    places = {mount["mountPath"]: mount for mount in container.get("volumeMounts") or []}
    return {**places, **{device["devicePath"]: {"mountPath": device["devicePath"], "name": device["name"]} for device in container.get("volumeDevices") or []}}


def check_container(fields, got, given, service_name):
    if "image" in given or service_name:
        fields.has("image", got.get("image"), image_of(fields, given, service_name))
    fields.same("container", got, given, "imagePullPolicy", "workingDir")
    fields.has("resources", got.get("resources"), {key: amounts(value) for key, value in (given.get("resources") or {}).items()})
    check_ports(fields, got, given)
    check_env(fields, got, given)
    check_probes(fields, got, given)
    check_security(fields, "securityContext", got.get("securityContext"), given.get("securityContext") or {})
    mounts = mounted(got)
    for mount in expanded(listed(given.get("volumeMounts"), "mountPath"), "name"):
        fields.has("volumeMounts", mounts.get(mount["mountPath"]), mount)
