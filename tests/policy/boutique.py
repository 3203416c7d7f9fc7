#!/usr/bin/env python3
"""Proves that an application in four parts is as open as it was in one: boutique.py HYBRIDGEN MODEL

Online Boutique is cut into four applications in four namespaces, where calls between parts are declared on both sides. By the judges of
policies, the same pairs of services may talk at the same ports as in one application, without a mesh, with proxies, and in an ambient mesh;
and so says hybridgen graph.
"""
import copy
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from authorization import Authorization, Request
from evaluate import pods_of_services
from neighbours import TUNNEL, Model, accounts_of, run
from network import Network

PARTS = {"shopfront": ["frontend", "adservice", "loadgenerator"], "catalog": ["productcatalogservice", "recommendationservice", "currencyservice"],
         "carts": ["cartservice", "redis-cart"], "orders": ["checkoutservice", "emailservice", "paymentservice", "shippingservice"]}


def names_of(calls):
    return [call["to"] if isinstance(call, dict) else call for call in ([calls] if isinstance(calls, str) else calls or [])]


def cut(whole):
    """The models of the parts."""
    home = {service: part for part, services in PARTS.items() for service in services}
    missing = set(whole["services"]) - set(home)
    assert not missing, f"no part has {missing}"
    models = {}
    for part, services in PARTS.items():
        model = {key: value for key, value in copy.deepcopy(whole).items() if key != "services"}
        models[part] = {**model, "name": part, "services": {name: copy.deepcopy(whole["services"][name]) for name in services if name in whole["services"]}}
    for name, service in whole["services"].items():
        far = [callee for callee in names_of(service.get("calls")) if home.get(callee, home[name]) != home[name]]
        models[home[name]]["services"][name]["calls"] = [f"{home[callee]}/{callee}" if callee in far else callee for callee in names_of(service.get("calls"))]
        for callee in far:
            models[home[callee]]["services"][callee].setdefault("callers", []).append(f"{home[name]}/{name}")
    return models


def generated(hybridgen, folder, models):
    for name, model in models.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "hybriddeploy.yaml").write_text(json.dumps(model))
    file = folder / "hybriddeploy.workspace.yaml"
    file.write_text('applications: ["*/hybriddeploy.yaml"]')
    run(hybridgen, "graph", "-q", "--check", "-f", file)
    run(hybridgen, "generate", "-q", "-f", file, "-o", f"{folder}/out/", "--with", "none")
    docs = {name: [yaml.safe_load(path.read_text()) for path in sorted((folder / "out" / name).glob("[0-9]*.yaml"))] for name in models}
    return docs, run(hybridgen, "graph", "-q", "--format", "json", "-f", file)


def allowed(docs, mode):
    """(caller, callee): the ports that network policies let through, and those that the mesh takes."""
    every = [doc for part in docs.values() for doc in part]
    network, mesh = Network([doc for doc in every if doc["kind"] == "NetworkPolicy"]), Authorization(every, mode == "ambient")
    pods, accounts = {}, {name.split("/")[1]: account for name, account in accounts_of(docs).items()}
    for number, part in enumerate(docs.values()):
        for service, end in pods_of_services(Model(part), part).items():
            end.address = type(end.address)(f"100.64.{number}.{len(pods) + 1}")
            pods[service] = end
    numbers = sorted({port for end in pods.values() for _, port, _ in end.ports} | {80, 443, TUNNEL, 65535})
    points = {("TCP", number) for number in numbers}
    return {(a, b): ({number for _, number in network.allowed(pods[a], pods[b], points)},
                     {number for number in numbers if mode != "off" and mesh.pods_take(pods[b], Request(accounts[a], number, "GET", "/"))})
            for a in pods for b in pods if a != b}


def pairs_of(graph):
    """The same as hybridgen tells it, without namespaces."""
    found = set()
    for row in map(json.loads, graph.splitlines()):
        if row["fromApplication"] and row["toApplication"]:
            ends = [re.sub(r"^.*/|\[.*$", "", row[key]) for key in ("from", "to")]
            found.add((*ends, tuple((port["protocol"], port["first"], port["last"]) for port in row["ports"])))
    return found


def problems(hybridgen, whole, mode, folder):
    whole = {**whole, "mesh": mode, "platform": {"prometheus": False}}
    one, one_graph = generated(hybridgen, folder / "one", {whole["name"]: whole})
    four, four_graph = generated(hybridgen, folder / "four", cut(whole))
    in_one, in_four = allowed(one, mode), allowed(four, mode)
    assert sum(bool(network) for network, _ in in_one.values()) >= 14 and len({docs[0]["metadata"]["name"] for docs in four.values()}) == 4
    for pair in sorted(set(in_one) | set(in_four)):
        if in_one.get(pair) != in_four.get(pair):
            yield f"{mode}: {' -> '.join(pair)}: {in_four.get(pair)} in four applications, {in_one.get(pair)} in one"
    # A judge that finds nothing wrong with policies that lack a rule proves nothing.
    for doc in four["catalog"]:
        if doc["kind"] == "NetworkPolicy" and doc["metadata"]["name"] == "currencyservice":
            doc["spec"]["ingress"] = []
    assert allowed(four, mode) != in_one, "a closed policy was not noticed"
    if pairs_of(one_graph) != pairs_of(four_graph):
        yield f"{mode}: hybridgen graph: {sorted(pairs_of(one_graph) ^ pairs_of(four_graph))}"


def main(hybridgen, model):
    hybridgen, whole, failed = os.path.abspath(hybridgen), yaml.safe_load(Path(model).read_text()), 0
    for mode in ("off", "sidecar", "ambient"):
        with tempfile.TemporaryDirectory() as folder:
            for problem in problems(hybridgen, whole, mode, Path(folder)):
                print(f"FAIL {problem}")
                failed += 1
    print(f"3 modes of the mesh, {failed} differences")
    return failed > 0


sys.exit(main(*sys.argv[1:3]))
