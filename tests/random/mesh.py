"""Puts a random model into a mesh: the mode and its settings, who stays out, and what must then be said so that all is right.

add(dice, model) changes a valid model into a valid one. Who may not be refused under mTLS follows from Istio's own rules.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from callers import HTTP
from model import Model, Service, expanded, listed

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
PATHS = ["/", "/api/*", "/healthz", "/v1/items", "/v1/items/*", "/*"]


def settings(dice, ambient, privileged):
    mesh = {"mode": "ambient" if ambient else "sidecar"}
    if dice.chance(0.4):
        mesh["istioVersion"] = f"1.{dice.number(22 if ambient else 20, 31)}"
    if dice.chance(0.3):
        mesh["revision"] = dice.pick(["stable", "1-24", "canary"])
    if dice.chance(0.3):
        mesh["trustDomain"] = dice.pick(["example.com", "prod.cluster", "cluster.local"])
    if dice.chance(0.3):
        mesh["mtls"] = dice.pick(["STRICT", "PERMISSIVE"])
    if not ambient and dice.chance(0.2):
        mesh["outboundTrafficPolicy"] = dice.pick(["REGISTRY_ONLY", "ALLOW_ANY"])
    if not ambient and privileged and dice.chance(0.5):
        mesh["cni"] = False
    if not ambient and dice.chance(0.3):
        mesh["proxy"] = {"resources": dice.pick([{"requests": {"cpu": "50m"}}, {"limits": {"memory": "256Mi"}},
                                                 {"requests": {"cpu": "200m", "memory": "256Mi"}, "limits": {"cpu": "4", "memory": "2Gi"}}])}
    return mesh


def native(model, mesh):
    """Whether proxies are native sidecars: what the versions allow."""
    minors = [int(str(holder.get(key, newest)).partition(".")[2]) for holder, key, newest in ((model, "kubernetesVersion", "1.37"), (mesh, "istioVersion", "1.31"))]
    return minors[0] >= 29 and minors[1] >= 24


def parts(dice, read, service):
    """Some calls want a part of what is offered, where a proxy reads requests."""
    given = expanded(listed(service.value.get("calls"), None), "to")
    changed = False
    for call, (_, callee, port) in zip(given, list(read.each_call(service))):
        if not isinstance(callee, Service) or not read.mesh.has(callee) or port["protocol"] not in HTTP or (read.mesh.ambient and callee.headless()):
            continue
        if not read.mesh.has(service) or not dice.chance(0.25):
            continue
        changed = True
        if dice.chance(0.7):
            call["methods"] = dice.some(METHODS, 1, 3)
        if "methods" not in call or dice.chance(0.4):
            call["paths"] = dice.some(PATHS, 1, 2)
    if changed:
        service.value["calls"] = given


def permissive(read):
    """Names of services with callers who have no part in the mesh."""
    mesh, platform, result = read.mesh, read.platform(), set()
    outside = {name: peer for name, peer in platform.items() if peer and not peer["in mesh"]}
    for service in read.services:
        if not mesh.has(service):
            result |= {callee.name for _, callee, port in read.each_call(service)
                       if isinstance(callee, Service) and mesh.has(callee) and port["transport"] == "TCP"}
            continue
        if ("gateway" in outside and read.exposed(service)) or read.openings(service) or any(
                port["on node"] and port["transport"] == "TCP" for port in service.ports):
            result.add(service.name)
        if mesh.ambient and "prometheus" in outside and read.metrics_port(service):
            result.add(service.name)
    return result


def by_ports(dice, value, service, lax):
    """Says at the ports by what mTLS they take callers; whether that was possible."""
    ports = value.get("ports")
    if not isinstance(ports, list) or len(ports) < len(service.ports) or not all(isinstance(port, dict) for port in ports) or dice.chance(0.6):
        return False
    for port, read in zip(ports, service.ports):
        if read["transport"] == "TCP" and (lax or dice.chance(0.5)):
            port["mtls"] = "PERMISSIVE" if lax else dice.pick(["STRICT", "PERMISSIVE"])
    return True


def peers(dice, model, read):
    """Parts of the platform, and externals, that are in the mesh too."""
    for name in ("gateway", "prometheus", "collector"):
        peer = read.platform()[name]
        given = model.get("platform", {}).get(name)
        if peer and (given is None or isinstance(given, dict)) and (given or name != "collector") and dice.chance(0.6):
            account = dice.pick([{"serviceAccount": f"{name}-account"}, {"mesh": True}, {"mesh": True, "serviceAccount": f"{name}-account"}, {"mesh": False}])
            # Words about the mesh alone would move nothing, but take the default away.
            model.setdefault("platform", {})[name] = {**(given or {}), **account}
    for external in model.get("externals", {}).values():
        if "namespace" in external and dice.chance(0.2):
            external["mesh"] = True


def service_values(model):
    """Each service's own mapping, which may be changed."""
    services = model["services"]
    if isinstance(services, dict):
        for name in services:
            services[name] = services[name] if services[name] is not None else {}
        return {name: value for name, value in services.items()}
    return {value["name"]: value for value in services}


def exposures(value, service):
    """The gateway of a mesh ends TLS, and asks in plain text."""
    given = expanded(listed(value.get("expose"), None), "path")
    kept = [exposure for exposure in given if service.port(exposure.get("port"))["protocol"] not in ("https", "tls")]
    if len(kept) < len(given):
        del value["expose"]
        if kept:
            value["expose"] = kept


def add(dice, model):
    ambient = dice.chance(0.45)
    values = service_values(model)
    model["mesh"] = settings(dice, ambient, model.get("podSecurity") == "privileged")
    if list(model["mesh"]) == ["mode"] and dice.chance(0.5):
        model["mesh"] = model["mesh"]["mode"]
    peers(dice, model, Model(model))
    mesh = model["mesh"] if isinstance(model["mesh"], dict) else {}
    for service in Model(model).services:
        value = values[service.name]
        exposures(value, service)
        ends = service.kind in ("Job", "CronJob")
        if service.given("hostNetwork") is True:
            continue
        if (ends and not ambient and not native(model, mesh)) or dice.chance(0.1):
            value["mesh"] = False if dice.chance(0.7) else {"enabled": False}
        elif not ambient and dice.chance(0.1):
            value["mesh"] = {"proxy": {"resources": {"requests": {"memory": "64Mi"}}}}
    read = Model(model)
    for service in read.services:
        service.value = values[service.name]
        parts(dice, read, service)
        if read.mesh.has(service) and not (read.mesh.ambient and service.headless()) and any(port["protocol"] in HTTP for port in service.ports) and dice.chance(0.15):
            service.value["trafficPolicy"] = dice.pick([{"timeout": "3s"}, {"loadBalancer": "ROUND_ROBIN"}, {"connectionPool": {"tcp": {"maxConnections": 100}}}])
    read = Model(model)
    lax = permissive(read)
    if lax and dice.chance(0.3) and isinstance(model["mesh"], dict):
        model["mesh"]["mtls"] = "PERMISSIVE"
    for service in read.services:
        if read.mesh.has(service) and by_ports(dice, values[service.name], service, service.name in lax):
            continue
        if service.name in lax and read.mesh.has(service) and (read.mesh.strict(service) or dice.chance(0.1)):
            own = values[service.name].get("mesh")
            values[service.name]["mesh"] = {**(own if isinstance(own, dict) else {}), "mtls": "PERMISSIVE"}
    return model
