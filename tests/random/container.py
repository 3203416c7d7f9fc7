"""What stands in one container: a valid piece of a model for each concept."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))
from model import protocol_of

HTTP = ["http", "http2", "https", "grpc", "grpc-web", "websocket"]
STREAMS = ["tcp", "tls", "mongo", "mysql", "redis"]
FIELDS = ["metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.podIP",
          "status.podIPs", "metadata.labels['app.kubernetes.io/name']", "metadata.annotations['example.com/note']"]
DIGEST = "sha256:" + "0123456789abcdef" * 4


def image(dice, app, name):
    """An image with a tag or a digest; None when the application's registry and tag do."""
    shape = dice.random()
    tag = dice.pick(["1.4.2", "v2", "2024-05-01", "1.10", "0644", "rc_1.0", "7"])
    if shape < 0.5 and app.image_tag:
        return None
    if shape < 0.6:
        return {"repository": f"team/{name}", "tag": tag}
    if shape < 0.7:
        return {"registry": "registry.example.com:5000/mirror", "repository": name, "digest": DIGEST}
    if shape < 0.75:
        return {"tag": tag, "digest": DIGEST}
    if shape < 0.85:
        return f"registry.example.com/{name}@{DIGEST}"
    return f"{dice.pick(['registry.example.com', 'localhost:5000/a', 'example'])}/{name}:{tag}"


class Ports:
    """Ports of one container, none of which meets another of the pod."""

    def __init__(self, dice, app, privileged_ports):
        self.dice, self.app = dice, app
        self.names, self.numbers, self.offered = set(), set(), set()
        self.lowest = 1 if privileged_ports else 1024

    def number(self):
        while True:
            number = self.dice.pick([8000, 8080, 9090, 3000, 5000, 9000, self.dice.number(self.lowest, 65535)])
            if number not in self.numbers:
                self.numbers.add(number)
                self.offered.add(number)
                return number

    def name(self, protocol):
        if protocol not in self.names and self.dice.chance(0.4):
            self.names.add(protocol)
            return None
        while True:
            name = self.dice.pick([f"{protocol}-{self.dice.number(1, 99)}"[:15].strip("-"), "metrics", "admin", f"p{self.dice.number(0, 9999)}"])
            if name not in self.names and name not in HTTP + STREAMS + ["udp"]:
                self.names.add(name)
                return name

    def port(self, protocols):
        dice = self.dice
        protocol = dice.pick(protocols)
        port = {"port": self.number()}
        name = self.name(protocol)
        if name:
            port["name"] = name
        if protocol_of(port, "http") != protocol or dice.chance(0.3):
            port["protocol"] = "ws" if protocol == "websocket" and name and dice.chance(0.3) else protocol
        if dice.chance(0.15):
            offered = dice.number(1, 65535)
            if offered not in self.offered:
                self.offered.add(offered)
                port["servicePort"] = offered
        return port


def protocol(port):
    return protocol_of(port, "http")


def port_name(port):
    return port.get("name", "websocket" if protocol(port) == "ws" else protocol(port))


def is_http(port):
    return protocol(port) in HTTP + ["ws"]


def is_udp(port):
    return protocol(port) == "udp"


def ports(dice, book):
    if dice.chance(0.6):
        first = book.port(["http"] if dice.chance(0.6) else HTTP)
    else:
        first = book.port(STREAMS + ["udp"])
    result = [first]
    while dice.chance(0.3) and len(result) < 6:
        result.append(book.port(HTTP + STREAMS + ["udp"]))
    if dice.chance(0.05):
        number = book.number()
        result += [{"name": "dns-udp", "port": number, "protocol": "udp"}, {"name": "dns-tcp", "port": number, "protocol": "tcp"}]
    # The port that is meant where none is named stands first.
    return sorted(result, key=lambda port: (port_name(port).endswith("metrics"), is_udp(port)))


def port_ref(dice, port, all_ports):
    """The port's name, or its number where no other port has it too."""
    if dice.chance(0.5) and sum(other["port"] == port["port"] for other in all_ports) == 1:
        return port["port"] if dice.chance(0.9) else str(port["port"])
    return port_name(port)


def env_value(dice, app, container_name):
    shape = dice.random()
    if shape < 0.45:
        return dice.pick(["info", "4", "/app/models", "0.5", "a$(HOME)b", ""]) if dice.chance(0.5) else dice.text()
    if shape < 0.65 and app.secrets:
        name, keys = dice.pick(app.secrets)
        value = {"secret": name, "key": dice.pick(keys)}
    elif shape < 0.75:
        value = {"configMap": dice.pick(app.config_maps), "key": dice.pick(["log.level", "region", "mode_1"])}
    elif shape < 0.88:
        return {"field": dice.pick(FIELDS)}
    else:
        kind = dice.pick(["cpu", "memory"])
        value = {"resource": dice.pick(["limits.", "requests."]) + kind}
        if dice.chance(0.5):
            value["divisor"] = dice.pick(["1", "1m"] if kind == "cpu" else ["1", "1Mi", "1Gi", "1k", "1M"])
        return value
    if dice.chance(0.2):
        value["optional"] = dice.chance(0.5)
    return value


def env(dice, app, container_name):
    names = dice.some(["LOG_LEVEL", "THREADS", "MODEL_PATH", "DATABASE_URL", "FEATURE_X", "on", "n", "my.var-1", "_X", "POD_IP", "LIMIT", "A", "REGION"],
                      1, 6)
    values = {name: env_value(dice, app, container_name) for name in names}
    if dice.chance(0.8):
        return values
    return [{"name": name, **(value if isinstance(value, dict) else {"value": value})} for name, value in values.items()]


def env_from(dice, app):
    result = []
    for _ in range(dice.number(1, 2)):
        source = {"secret": dice.pick(app.secrets)[0]} if app.secrets and dice.chance(0.5) else {"configMap": dice.pick(app.config_maps)}
        if dice.chance(0.5):
            source["prefix"] = dice.pick(["APP_", "x.", "_"])
        if dice.chance(0.3):
            source["optional"] = True
        if source not in result:
            result.append(source)
    return result


def config_files(dice, paths):
    result = {}
    for _ in range(dice.number(1, 3)):
        path = f"{dice.pick(['/etc/app', '/srv', '/app/config.d'])}/{dice.pick(['app.yaml', 'log.conf', 'x-1.json', 'rules_2.txt', 'no'])}"
        if path in paths or path.rpartition("/")[2] in {p.rpartition("/")[2] for p in result}:
            continue
        paths.add(path)
        content = dice.text() if dice.chance(0.5) else "level: info\nworkers: 4\n# comment\nlist:\n- a\n- 'b'\n"
        result[path] = content if dice.chance(0.7) else {"content": content, "mode": dice.pick(["0444", "0640", "755", "400"])}
    return result


CPU = [("50m", "100m"), ("250m", "500m"), ("0.5", "1"), ("500m", "0.5"), ("1", "2"), ("1500m", "1.5"), ("0.25", "4"), ("100m", "100m"), ("2", "2000m")]
MEMORY = [("64Mi", "128Mi"), ("256Mi", "512Mi"), ("1Gi", "2Gi"), ("0.5Gi", "1024Mi"), ("1G", "1Gi"), ("134217728", "128Mi"), ("10000Ki", "64Mi"),
          ("1.5Gi", "1536Mi"), ("129e6", "200M"), ("1Gi", "1073741824")]
STORAGE = [("2Gi", "4Gi"), ("2500Mi", "3Gi"), ("3G", "3G")]


def resources(dice, whole=False):
    """Each request with its limit, so that they fit together whatever is merged. `whole`: CPU and memory both."""
    if not whole and dice.chance(0.2):
        # Below every limit, or above every request, that the runtimes may have.
        return dice.pick([{"requests": {"cpu": "50m"}}, {"requests": {"cpu": "0.05", "memory": "32Mi"}}, {"limits": {"cpu": "4"}},
                          {"limits": {"memory": "8Gi"}}, {"limits": {"nvidia.com/gpu": "1"}, "requests": {"nvidia.com/gpu": "1"}}])
    requests, limits = {}, {}
    kinds = [("cpu", CPU), ("memory", MEMORY)]
    for kind, pairs in kinds if whole else dice.some(kinds, 1, 2):
        requests[kind], limits[kind] = dice.pick(pairs)
    if dice.chance(0.15):
        requests["ephemeral-storage"], limits["ephemeral-storage"] = dice.pick(STORAGE)
    if dice.chance(0.08):
        limits[dice.pick(["nvidia.com/gpu", "example.com/fpga"])] = dice.pick(["1", "2"])
    if dice.chance(0.01):
        requests["hugepages-2Mi"] = limits["hugepages-2Mi"] = "64Mi"
    return {"requests": requests, "limits": limits}


def action(dice, container_ports):
    """What a probe does, on a port that can answer it."""
    http = [p for p in container_ports if is_http(p)]
    streams = [p for p in container_ports if not is_udp(p)]
    grpc = [p for p in container_ports if protocol(p) == "grpc"]
    shape = dice.random()
    if grpc and shape < 0.3:
        ref = port_ref(dice, dice.pick(grpc), container_ports)
        return {"grpc": ref if dice.chance(0.5) else {"port": ref, "service": "example.v1.Health"}}
    if http and shape < 0.7:
        return {"httpGet": http_get(dice, http, container_ports)}
    if streams and shape < 0.9:
        ref = port_ref(dice, dice.pick(streams), container_ports)
        return {"tcpSocket": ref if dice.chance(0.5) else {"port": ref}}
    return {"exec": {"command": ["/bin/check", "--fast", dice.text()]}}


def http_get(dice, http, container_ports):
    port = dice.pick(http)
    path = dice.pick(["/health", "/ready", "/api/v1/health?full=1", "/"])
    if port is container_ports[0] and protocol(port) != "https" and dice.chance(0.4):
        return path
    get = {"path": path, "port": port_ref(dice, port, container_ports)}
    if protocol(port) == "https":
        get["scheme"] = "HTTPS"
    if dice.chance(0.2):
        get["httpHeaders"] = {"X-Probe": "1", "Accept": "application/json"}
    return get


def probe(dice, app, kind, container_ports):
    result = action(dice, container_ports)
    if dice.chance(0.5):
        result["initialDelaySeconds"] = dice.number(0, 60)
    if dice.chance(0.6):
        result["periodSeconds"] = dice.number(5, 30)
    if dice.chance(0.5):
        result["timeoutSeconds"] = dice.number(1, 5)
    if dice.chance(0.4):
        result["failureThreshold"] = dice.number(1, 10)
    if dice.chance(0.2):
        result["successThreshold"] = dice.number(1, 3) if kind == "readinessProbe" else 1
    if kind != "readinessProbe" and app.minor >= 28 and dice.chance(0.15):
        result["terminationGracePeriodSeconds"] = dice.number(1, 30)
    return result


def probes(dice, app, container_ports, must):
    """`must`: the runtime's probes cannot work here, so each is replaced or removed."""
    result = {}
    for kind in ("livenessProbe", "readinessProbe", "startupProbe"):
        need = must and kind != "startupProbe"
        if dice.chance(0.15) or need:
            result[kind] = probe(dice, app, kind, container_ports) if dice.chance(0.8) else {"enabled": False} if dice.chance(0.5) else False
    if not must and dice.chance(0.2):
        result["livenessProbe"] = {"initialDelaySeconds": dice.number(0, 90), "periodSeconds": dice.number(10, 30)}
    return result


def lifecycle(dice, app, container_ports, grace):
    hooks = {}
    http = [p for p in container_ports if is_http(p)]
    for hook in dice.some(["postStart", "preStop"], 1, 2):
        shape = dice.random()
        if app.minor >= 30 and hook == "preStop" and shape < 0.4:
            seconds = dice.number(1, grace - 1)
            hooks[hook] = {"sleep": seconds if dice.chance(0.5) else {"seconds": seconds}}
        elif http and shape < 0.6:
            hooks[hook] = {"httpGet": http_get(dice, http, container_ports)}
        else:
            hooks[hook] = {"exec": {"command": ["/bin/hook", hook]}}
    return hooks


BASELINE_CAPABILITIES = ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
                         "SETPCAP", "SETUID", "SYS_CHROOT"]


def security_context(dice, app):
    level = app.pod_security
    context = {}
    if dice.chance(0.4):
        context["readOnlyRootFilesystem"] = dice.chance(0.5)
    if dice.chance(0.3):
        context["runAsUser"], context["runAsNonRoot"] = dice.pick([1000, 10001, 65534, 2147483647]), True
    if dice.chance(0.3):
        context["runAsGroup"] = dice.pick([1000, 10001, 65534])
    if dice.chance(0.2):
        context["seccompProfile"] = profile(dice)
    if app.minor >= 31 and dice.chance(0.1):
        context["appArmorProfile"] = profile(dice)
    if dice.chance(0.1):
        context["seLinuxOptions"] = {"level": "s0:c123,c456"} if dice.chance(0.5) else {"type": "container_t"}
    if dice.chance(0.2):
        context["capabilities"] = {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]} if dice.chance(0.5) else {"drop": ["ALL"]}
    if dice.chance(0.05):
        context["procMount"] = "Default"
    if level != "restricted" and dice.chance(0.4):
        context["allowPrivilegeEscalation"] = True
        context["capabilities"] = {"add": dice.some(BASELINE_CAPABILITIES, 1, 3), "drop": ["ALL"]}
    if level == "privileged" and dice.chance(0.3):
        context["privileged"] = context["allowPrivilegeEscalation"] = True
        context.pop("capabilities", None)
    return context


def profile(dice):
    if dice.chance(0.7):
        return "RuntimeDefault" if dice.chance(0.5) else {"type": "RuntimeDefault"}
    return {"type": "Localhost", "localhostProfile": "profiles/app.json"}


def command(dice, value):
    if dice.chance(0.3):
        value["command"] = ["python", "-m", "app"] if dice.chance(0.6) else "/usr/bin/app"
    if dice.chance(0.3):
        value["args"] = [dice.text() for _ in range(dice.number(1, 4))]
    if dice.chance(0.1):
        value["workingDir"] = dice.pick(["/srv", "/app/work dir", "/"])
    if dice.chance(0.15):
        value["imagePullPolicy"] = dice.pick(["Always", "IfNotPresent", "Never"])


def mounts(dice, volumes, paths, few=False):
    """Volumes of the pod in a container: `volumes` are (name, read only) pairs."""
    result = {}
    for name, read_only in volumes:
        path = f"/mnt/{name}" if dice.chance(0.7) else f"/data/{dice.pick(['a', 'b c', 'deep/er'])}"
        if path in paths or not dice.chance(0.3 if few else 0.8):
            continue
        paths.add(path)
        mount = {"name": name}
        if read_only:
            mount["readOnly"] = True
        if read_only and few and dice.chance(0.2):
            mount["mountPropagation"] = "HostToContainer"
        if dice.chance(0.2):
            mount["subPath" if dice.chance(0.7) else "subPathExpr"] = dice.pick(["part", "deep/part", "p.1"])
        result[path] = name if list(mount) == ["name"] and dice.chance(0.6) else mount
    if result and dice.chance(0.2):
        return [{"mountPath": path, **(mount if isinstance(mount, dict) else {"name": mount})} for path, mount in result.items()]
    return result
