"""Lets requests into a random model by a Gateway, where nothing else does.

add(dice, model) changes a valid model into a valid one.
"""
import routes
from mesh import service_values
from model import Model, expanded, is_off, listed

CLASSES = ["cilium", "eg", "envoy-gateway", "nginx", "gke-l7-gxlb", "gke-l7-global-external-managed"]
PLACE = {"namespace", "podLabels", "cidrs"}


def exposures(read):
    return [(service, exposure.get("port"), exposure) for service in read.services for exposure in expanded(listed(service.given("expose"), None), "path")]


def asks(dice, value):
    """What the Gateway API can do with requests for what is exposed."""
    result = []
    for exposure in expanded(listed(value["expose"], None), "path"):
        exposure = dict(exposure)
        if dice.chance(0.4):
            exposure["timeout"] = dice.pick(["5s", "1m30s", "250ms"])
        if dice.chance(0.3):
            exposure["requestHeaders"] = routes.changes(dice)
        if dice.chance(0.2):
            exposure["responseHeaders"] = routes.changes(dice)
        if dice.chance(0.2):
            exposure["corsPolicy"] = {"allowOrigins": ["https://shop.example.com"], "maxAge": "1h"}
        result.append(exposure)
    value["expose"] = result


def secured(dice, read, model, gateway):
    """TLS; an issuer makes no certificate for every host."""
    hosts = [host for _, _, exposure in exposures(read) for host in listed(exposure.get("hosts", exposure.get("host")), None) or
             listed(model.get("hosts", model.get("host")), None) or ["*"]]
    if "*" not in hosts and dice.chance(0.6):
        gateway["tls"] = {"issuer": dice.pick(["letsencrypt", {"name": "ca", "kind": "Issuer"}])}
    else:
        model.setdefault("secrets", {})["way-in-tls"] = {"existing": True, "keys": {"tls.crt": "edge/crt", "tls.key": "edge/key"}}
        gateway["tls"] = "way-in-tls"
    if dice.chance(0.3):
        gateway["httpsRedirect"] = dice.chance(0.5)


def add(dice, model):
    read, given = Model(model), (model.get("platform") or {}).get("gateway")
    if read.mesh.on or not is_off(model.get("ingress", False)) or is_off(given) or not exposures(read):
        return
    protocols = {service.port(port)["protocol"] for service, port, _ in exposures(read) if service.port(port)}
    if protocols & {"https", "tls"}:
        return
    said = isinstance(given, dict) and set(given) & PLACE
    names = CLASSES + (["istio"] if model.get("podSecurity", "restricted") != "restricted" else []) + (["internal"] if said else [])
    gateway = {"className": dice.pick(names)}
    if dice.chance(0.3):
        gateway["className"] = dice.pick([*names, "contour"])
        gateway["parentRef"] = dice.pick([{"name": "public", "namespace": "infra"}, {"name": "public", "namespace": "infra", "sectionName": "https"}])
        if said and dice.chance(0.5):
            del gateway["className"]
    else:
        if dice.chance(0.5):
            secured(dice, read, model, gateway)
        if dice.chance(0.2):
            gateway["port"] = dice.pick([8080, 8443])
    if dice.chance(0.3):
        gateway["gatewayApiVersion"] = dice.pick(["1.5", "1.6"])
    model["gateway"] = gateway["className"] if list(gateway) == ["className"] else gateway
    for value in service_values(model).values():
        if value.get("expose") is not None and dice.chance(0.5):
            asks(dice, value)
