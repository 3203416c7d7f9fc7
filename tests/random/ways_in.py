"""Gives a random model several hosts, or every host, where it has one, and its gateways ports of their own.

add(dice, model) changes a valid model into a valid one.
"""
from model import listed


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


def add(dice, model):
    several_hosts(dice, model)
    mesh = model.get("mesh")
    if isinstance(mesh, dict) and isinstance(mesh.get("gateways"), dict):
        own_ports(dice, mesh)
