"""Gives a random model the network of Cilium, and a way to the API server: add(dice, model) changes a valid model into a valid one."""
from model import Model, is_off, listed, protocol_of

# What says in its bytes which host is meant, or goes past proxies.
SAYING = {"http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tls", "udp"}


def by_host(dice, read, external):
    """In place of its addresses; a proxy must see in the bytes which host is meant."""
    ports = [port if isinstance(port, dict) else {"port": port} for port in listed(external.get("ports", external.get("port")), None)]
    if read.mesh.on and not read.mesh.ambient and not {protocol_of(port, "tcp") for port in ports} <= SAYING:
        return
    external.pop("cidrs", None)
    host = external.setdefault("host", dice.pick(["api.example.com", "smtp.example.net", "db.example.org"]))
    if "service" not in external and not external.get("trafficPolicy") and not external.get("tls") and dice.chance(0.3):
        external["host"] = f"*.{host}"


def add(dice, model):
    read, platform = Model(model), model.setdefault("platform", {})
    is_cilium = dice.chance(0.7)
    platform["networkPolicy"] = "cilium" if is_cilium else "kubernetes"
    if dice.chance(0.5):
        server = {"cidrs": dice.some(["192.0.2.10/32", "192.0.2.11/32", "2001:db8::10/128"], 1, 2)}
        if is_cilium and dice.chance(0.5):
            server = {}
        if dice.chance(0.5):
            server["port"] = dice.pick([443, 6443, 16443])
        if not is_cilium and dice.chance(0.2):
            server = {"podLabels": {"component": "kube-apiserver"}}
        platform["apiServer"] = server or (dice.chance(0.7) if is_cilium else False)
    if not is_cilium or is_off(platform.get("dns")):
        return
    for external in model.get("externals", {}).values():
        if "namespace" not in external and dice.chance(0.6):
            by_host(dice, read, external)
