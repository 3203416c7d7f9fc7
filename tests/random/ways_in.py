"""Gives a random model several hosts, or every host, where it has one, its gateways ports of their own, and services further Services.

add(dice, model) changes a valid model into a valid one.
"""
from mesh import service_values
from model import Model, listed


def several_hosts(dice, model):
    """What is exposed without a host of its own is so under all of them."""
    host = model.get("host")
    if not host or not dice.chance(0.4):
        return
    del model["host"]
    model["hosts"] = dice.pick([[host, "*"], [host, "shop.example.org"], ["*.shops.example.org", host, "*"], [host]])


def own_ports(dice, mesh):
    """Of each gateway another one, because pods may have several. A redirect that is wanted finds only the usual one by Istio's routes."""
    ports = dice.some([8080, 8443, 9080, 10443], 4, 4)
    for gateway in listed(mesh.get("gateways"), "name"):
        if dice.chance(0.4) and not (gateway.get("httpsRedirect") and mesh.get("routing") != "gateway"):
            mesh["gateways"][gateway["name"]] = {**mesh["gateways"][gateway["name"]], "port": ports.pop()}


def extra_service(dice, service, may_open):
    extra = {}
    if may_open and dice.chance(0.3):
        extra = {"type": dice.pick(["NodePort", "LoadBalancer"])}
        if dice.chance(0.5):
            extra["externalTrafficPolicy"] = "Local"
        if extra["type"] == "LoadBalancer" and dice.chance(0.5):
            extra["loadBalancerSourceRanges"] = ["192.0.2.0/24"]
        return extra
    if dice.chance(0.5):
        extra["headless"] = True
    if dice.chance(0.3):
        extra["annotations"] = {"example.com/for": "others"}
    if dice.chance(0.6):
        port = dice.pick(service.ports)
        extra["ports"] = [port["name"]] if dice.chance(0.5) else [{"targetPort": port["name"], "port": dice.number(1, 65535), "name": "other"}]
    return extra


def further_services(dice, model):
    """For services with ports that no delivery divides. A mesh lets nobody in who comes by a node."""
    read, values = Model(model), service_values(model)
    for service in read.services:
        name = f"{service.name}-too"
        if service.serving and service.ports and not service.given("delivery") and len(name) <= 63 and name not in values and dice.chance(0.15):
            values[service.name]["extraServices"] = {name: extra_service(dice, service, not read.mesh.on and not model.get("resourceQuotas"))}


def add(dice, model):
    several_hosts(dice, model)
    further_services(dice, model)
    mesh = model.get("mesh")
    if isinstance(mesh, dict) and isinstance(mesh.get("gateways"), dict):
        own_ports(dice, mesh)
