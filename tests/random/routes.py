"""Gives the exposures of a random model in a mesh what a gateway can do with requests, and the model gateways and issuers of tokens.

add(dice, model) changes a valid model into a valid one.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from mesh import service_values
from model import Model, expanded, is_off, listed

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
REQUESTS = ("http", "http2", "grpc", "grpc-web", "websocket", "ws")
CLAIMS = {"role": ["admin", "clerk"], "group": ["a", "b", "c"]}


class Way:
    """What is decided once for a model."""

    def __init__(self, dice, model):
        self.read = Model(model)
        self.by_api = dice.chance(0.3)
        self.issuers = {}
        if not self.read.mesh.ambient and dice.chance(0.4):
            names = dice.some(["staff", "partners", "id"], 1, 2)
            self.issuers = {name: f"https://{name}.example.com" for name in names}
        self.wanted, gateway = set(), self.read.platform()["gateway"]
        self.http = [(service, port) for service in self.read.services for port in service.ports
                     if port["protocol"] in REQUESTS and self.read.mesh.has(service) and (not self.read.mesh.strict(service, port) or gateway["in mesh"])]
        # (host, path, type): what is said of requests there.
        self.taken = {}


def matches(dice, way, exposure):
    if dice.chance(0.4):
        exposure["methods"] = dice.some(METHODS, 1, 3)
    if dice.chance(0.3):
        kinds = [{"exact": "yes"}, "1", {"regex": ".*Mobile.*"}] + ([] if way.by_api else [{"prefix": "00-"}, {}])
        exposure["headers"] = {name: dice.pick(kinds) for name in dice.some(["x-canary", "x-trace", "user-agent"], 1, 2)}
    if dice.chance(0.2):
        exposure["queryParams"] = {name: dice.pick(["2", {"exact": "a b"}, {"regex": "[a-z]+"}]) for name in dice.some(["v", "kind"], 1, 2)}


def retries(dice):
    return dice.pick([0, 1, 3, {"attempts": 2, "perTryTimeout": dice.pick(["500ms", "1s"])}, {"attempts": 1, "retryOn": ["connect-failure", "503"]},
                      {"perTryTimeout": "1.5s"}])


def changes(dice):
    result = {}
    if dice.chance(0.6):
        result["set"] = {"x-a": dice.pick(["1", "100%%", "%DOWNSTREAM_REMOTE_ADDRESS%"])}
    if dice.chance(0.4):
        result["add"] = {"x-b": "2"}
    if not result or dice.chance(0.3):
        result["remove"] = dice.some(["x-c", "server"], 1, 2)
    return result


def others(dice, way, service):
    """Services that share the requests, this one too."""
    pool = {other.name: port for other, port in way.http if other.name != service.name}
    if not pool:
        return None
    names = dice.some(sorted(pool), 1, 2)
    shares, left = {}, 100
    for name in names:
        shares[name] = {"weight": dice.number(1, 40), "port": pool[name]["name"]}
        left -= shares[name]["weight"]
    own = [port for other, port in way.http if other.name == service.name]
    return {service.name: {"weight": left, "port": own[0]["name"]}, **shares} if own else None


def answered(dice, way, exposure):
    """The gateway answers by itself."""
    if way.by_api or dice.chance(0.5):
        exposure["redirect"] = dice.pick(["/elsewhere/x", {"uri": "/new", "redirectCode": 308}, {"authority": "new.example.com", "scheme": "https", "port": 8443},
                                           {"authority": "secure.example.com", "scheme": "https"}])
    else:
        exposure["directResponse"] = dice.pick([404, {"status": 418, "body": "short and stout"}])


def forwarded(dice, way, service, exposure):
    if dice.chance(0.3):
        exposure["rewrite"] = dice.pick(["/", "/v2", "/v2/", {"uri": "/deep/er"}, {"authority": "inner.example.com"}, {"uri": "/x.y", "authority": "inner.example.com"}])
    if dice.chance(0.3):
        exposure["timeout"] = dice.pick(["10s", "1m30s", "2500ms", "8.5s"])
    if not way.by_api and dice.chance(0.3):
        exposure["retries"] = retries(dice)
    elif not way.by_api and "timeout" not in exposure and dice.chance(0.2):
        exposure["fault"] = dice.pick([{"delay": "3s"}, {"abort": 503}, {"delay": {"fixedDelay": "1s", "percentage": 10}, "abort": {"grpcStatus": "UNAVAILABLE"}}])
    if way.http and dice.chance(0.2):
        other, port = dice.pick(way.http)
        exposure["mirror"] = {"to": other.name, "port": port["name"], **({"percentage": dice.number(1, 100)} if dice.chance(0.5) else {})}
    if dice.chance(0.15):
        exposure["corsPolicy"] = {"allowOrigins": dice.pick(["https://a.example.com", ["https://a.example.com", "https://b.example.com"]]),
                                  "allowMethods": ["GET", "POST"], "maxAge": "24h", "allowCredentials": True}
    shares = others(dice, way, service) if dice.chance(0.35) else None
    if shares:
        exposure["destinations"] = shares
        exposure.pop("port", None)


def token(dice, way, service, exposure):
    """Wanted by a whole service or not at all, so that paths that are rewritten cannot meet; at times with claims and exceptions."""
    exposure["jwt"] = dice.pick(sorted(way.issuers))
    way.wanted.add(exposure["jwt"])
    stem = exposure["path"].rstrip("/")
    more = {}
    if dice.chance(0.4):
        more["claims"] = {name: {"values": dice.some(CLAIMS[name], 1, 2)} for name in dice.some(sorted(CLAIMS), 1, 2)}
    if dice.chance(0.4) and exposure.get("pathType", "Prefix") == "Prefix" and "rewrite" not in exposure:
        more["publicPaths"] = [dice.pick([f"{stem}/open", f"{stem}/open*", f"{stem}/files/*"])]
    if more:
        exposure["jwt"] = {"issuer": exposure["jwt"], **more}


def is_new(way, hosts, exposure):
    """Whether no other exposure takes the same requests, in whole or in part."""
    kind = exposure.get("pathType", "Prefix")
    path = exposure["path"].rstrip("/") if kind == "Prefix" else exposure["path"]
    said = (repr(sorted((exposure.get("headers") or {}).items(), key=str)), repr(sorted((exposure.get("queryParams") or {}).items(), key=str)))
    keys = [(host, path, kind, *said) for host in hosts]
    methods = set(exposure.get("methods", METHODS))
    if any(not methods.isdisjoint(way.taken.get(key, set())) for key in keys):
        return False
    for key in keys:
        way.taken.setdefault(key, set()).update(methods)
    return True


def extend(dice, way, service, exposure):
    wants_token = bool(way.issuers) and hash_of(service.name) % 3 == 0
    if not wants_token:
        matches(dice, way, exposure)
    elif dice.chance(0.3):
        exposure["methods"] = dice.some(METHODS, 1, 3)
    if dice.chance(0.15) and not wants_token:
        answered(dice, way, exposure)
        exposure.pop("port", None)
    else:
        port = exposure.get("port")
        forwarded(dice, way, service, exposure)
        if wants_token and exposure.pop("destinations", None) and port:
            exposure["port"] = port
        if wants_token:
            token(dice, way, service, exposure)
    if service.port(exposure.get("port"))["protocol"] == "grpc" and "POST" not in exposure.get("methods", ["POST"]):
        exposure["methods"].append("POST")


def hash_of(name):
    return sum(name.encode())


def protects(way, service):
    """Tokens are for services whose other exposures want them too, and that no other service sends requests to."""
    return bool(way.issuers) and hash_of(service.name) % 3 == 0


def fits(way, exposure, service):
    """Nobody but a protected service itself may lead requests to it."""
    for key in ("destinations",):
        for name in exposure.get(key, {}):
            if name != service.name and hash_of(name) % 3 == 0 and way.issuers:
                return False
    return True


def below(dice, way, service, exposure):
    """More special exposures that take some methods only, with another token or with none: what they leave over wants the token of this one."""
    found, stem = [], exposure["path"].rstrip("/")
    for path in [f"{stem}/part", f"{stem}/part/deep"][:dice.number(1, 2)]:
        more = {"path": path, "methods": dice.some(METHODS, 1, 3), **{key: exposure[key] for key in ("host", "port") if key in exposure}}
        if dice.chance(0.3):
            more["pathType"] = "Exact"
        if service.port(more.get("port"))["protocol"] == "grpc" and "POST" not in more["methods"]:
            more["methods"].append("POST")
        if dice.chance(0.5):
            token(dice, way, service, more)
        if is_new(way, [more["host"]], more):
            found.append(more)
    return found


def protect(dice, way, service, exposures, host):
    """All under one host and with the paths that were asked for: by those a policy tells what wants what."""
    way_in = dict(host=host) if host else dict(host="api.example.com")
    taken = set()
    for exposure in list(exposures):
        exposure.pop("hosts", None)
        exposure.update(way_in)
        uri = exposure.get("rewrite")
        if uri is not None:
            exposure.pop("rewrite")
        key = (exposure["path"].rstrip("/"), exposure.get("pathType", "Prefix"))
        if key in taken or not is_new(way, [exposure["host"]], {**exposure, "path": "/jwt" + exposure["path"]}):
            exposures.remove(exposure)
            continue
        taken.add(key)
        exposure["path"] = "/jwt" + exposure["path"]
        exposure.pop("jwt", None)
        token(dice, way, service, exposure)
        if exposure.get("pathType", "Prefix") == "Prefix" and dice.chance(0.5):
            exposures += below(dice, way, service, exposure)


def exposures_of(dice, way, service, host):
    result = []
    for exposure in expanded(listed(service.value.get("expose"), None), "path"):
        is_new(way, listed(exposure.get("hosts"), None) or [exposure.get("host", host)], exposure)
        result.append(exposure)
    for exposure in list(result):
        for _ in range(dice.number(0, 5)):
            more = {"path": dice.pick([exposure["path"], f"/{dice.name(20)}", exposure["path"].rstrip("/") + "/more"])}
            if dice.chance(0.3):
                more["pathType"] = "Exact"
            if not way.by_api and not protects(way, service) and dice.chance(0.1):
                more = {"path": dice.pick(["/img/.*[.]png", "/v[0-9]+/.*", "/re/(a|b)"]), "pathType": "RegularExpression"}
            if dice.chance(0.2):
                more["hosts"] = dice.some(["api.example.com", "www.example.com", "*.apps.example.com"], 1, 2)
            elif "host" in exposure:
                more["host"] = exposure["host"]
            if "port" in exposure:
                more["port"] = exposure["port"]
            extend(dice, way, service, more)
            if fits(way, more, service) and is_new(way, listed(more.get("hosts"), None) or [more.get("host", host)], more):
                result.append(more)
    return result


def gateways(dice, way, model):
    """One that takes what no other does; at times one that names its hosts."""
    first = {}
    host = model.get("host")
    if host and dice.chance(0.5):
        first["tls"] = dice.pick(["edge-tls", {"credentialName": "edge-tls", "mode": "MUTUAL"}])
        if dice.chance(0.3):
            first["httpsRedirect"] = dice.chance(0.5)
    part = model.get("platform", {}).get("gateway")
    if not way.by_api and dice.chance(0.2) and isinstance(part, dict) and part.get("namespace"):
        first["selector"] = {"istio": "edge", **part.get("podLabels", {})}
    result = {"edge": first}
    if any("api.example.com" in key for key in way.taken) and dice.chance(0.5):
        result["second"] = {"hosts": dice.pick([["api.example.com"], ["api.example.com", "*.apps.example.com"]])}
        if way.by_api and dice.chance(0.5):
            result["second"]["gatewayClassName"] = "istio"
    return result


def keep_readable(model, values):
    """A gateway of the mesh sends requests in the clear; ports that want TLS are not for it."""
    for service in Model(model).services:
        given = expanded(listed(values[service.name].get("expose"), None), "path")
        kept = [exposure for exposure in given if service.port(exposure.get("port"))["protocol"] in REQUESTS]
        if len(kept) < len(given):
            values[service.name]["expose"] = kept


def minor(text, otherwise):
    return int(str(text).split(".")[1]) if text else otherwise


def tls_port(value, service):
    """A port that speaks TLS; one more, where callers name the port anyway."""
    ports = value.get("ports")
    found = next((port for port in service.ports if port["protocol"] in ("tls", "https")), None)
    if found or not isinstance(ports, list) or len(service.ports) < 2 or len(ports) < len(service.ports) or any(port["port"] == 9443 for port in service.ports):
        return found
    if not all(isinstance(port, dict) for port in ports):
        return None
    # Who says at the ports that callers from outside may come in, says it at all of them.
    return {"name": "tls-way", "port": 9443, "protocol": "tls", "mtls": "PERMISSIVE" if any("mtls" in port for port in ports) else None}


def expose_by(value, service, port, exposure):
    if port not in service.ports:
        value["ports"] = value["ports"] + [{key: port[key] for key in ("name", "port", "protocol", "mtls") if port[key]}]
        service.ports.append(port)
    value["expose"] = expanded(listed(value.get("expose"), None), "path") + [{"path": "/", "port": port["name"], **exposure}]


def passed(dice, way, model, values, mesh):
    """TLS that a gateway leaves to ports that speak it, each under a host of its own."""
    gateway, hosts = way.read.platform()["gateway"], []
    if way.by_api and minor(model.get("kubernetesVersion"), 37) < 31:
        return
    for service in way.read.services:
        given = values[service.name]
        port = tls_port(given, service)
        closed = port and way.read.mesh.strict(service, port) and not gateway["in mesh"]
        if not port or closed or not service.serving or not way.read.mesh.has(service) or protects(way, service) or "delivery" in given:
            continue
        hosts.append(f"{service.name}.secure.example.com")
        expose_by(given, service, port, {"host": hosts[-1], "gateway": "pass"})
    if hosts:
        mesh["gateways"] = {**(mesh.get("gateways") or {"edge": {}}), "pass": {"hosts": hosts, "tls": {"mode": "PASSTHROUGH"}}}


def spoken(dice, way, model, values, mesh):
    """TLS that the gateway begins with ports that have no proxy before them, and that nobody of the mesh calls."""
    called = {(callee.name, port["name"]) for service in way.read.services for _, callee, port in way.read.each_call(service) if hasattr(callee, "ports")}
    gateway, read = way.read.platform()["gateway"], way.read.mesh
    if not way.by_api or minor(mesh.get("istioVersion"), 31) < 28:
        return
    for service in way.read.services:
        given = values[service.name]
        port = tls_port(given, service)
        closed = port and read.has(service) and (not read.ambient or (read.strict(service, port) and not gateway["in mesh"]))
        if not port or closed or (service.name, port["name"]) in called or not service.serving or protects(way, service) or {"delivery", "trafficPolicy"} & set(given):
            continue
        if not any(exposure.get("port") == port["name"] for exposure in listed(given.get("expose"), None) if isinstance(exposure, dict)):
            expose_by(given, service, port, {"host": f"{service.name}.spoken.example.com",
                                             "backendTLS": dice.pick(["ledger.internal", {"hostname": "ledger.internal", "caCertificates": "authorities"}])})


def add(dice, model):
    if not (model.get("ingress") is None or is_off(model["ingress"])):
        return model
    values, host = service_values(model), model.get("host")
    keep_readable(model, values)
    if is_off(model.get("platform", {}).get("gateway")) or dice.chance(0.1):
        return model
    way = Way(dice, model)
    services = [service for service in way.read.services if service.serving and values[service.name].get("expose") is not None and way.read.mesh.has(service)]
    if not services or any(service.layer.get("expose") for service in way.read.services):
        return model
    ways = {}
    for service in services:
        service.value = values[service.name]
        ways[service.name] = exposures_of(dice, way, service, host)
    for service in services:
        if protects(way, service):
            protect(dice, way, service, ways[service.name], host)
        values[service.name]["expose"] = ways[service.name]
    mesh = model["mesh"] if isinstance(model["mesh"], dict) else {"mode": model["mesh"]}
    if way.by_api:
        mesh["routing"] = "gateway"
        for value in values.values():
            for call in value.get("calls", []) if isinstance(value.get("calls"), list) else []:
                for key in ("timeout", "retries"):
                    if isinstance(call, dict):
                        call.pop(key, None)
    if dice.chance(0.6):
        mesh["gateways"] = gateways(dice, way, model)
        if not any(key[0] in ("api.example.com", "*.apps.example.com") for key in way.taken):
            mesh["gateways"].pop("second", None)
    if way.wanted:
        mesh["jwtIssuers"] = {name: dice.pick([{"issuer": issuer}, {"issuer": issuer, "audiences": ["shop"]}]) for name, issuer in way.issuers.items()}
    if dice.chance(0.5):
        passed(dice, way, model, values, mesh)
    if dice.chance(0.5):
        spoken(dice, way, model, values, mesh)
    if way.by_api and dice.chance(0.3):
        mesh["gatewayApiVersion"] = dice.pick(["1.5", "1.6"])
    model["mesh"] = mesh
    return model
