#!/usr/bin/env python3
"""Proves of applications that call each other that what both sides declare is allowed, and nothing else: neighbours.py HYBRIDGEN

A workspace of four applications is generated without a mesh, with proxies, and in an ambient mesh. Of every ordered pair of pods of two
applications, the judges of policies, which share no code with the library, say at which ports it may talk, and hybridgen graph says it of
the same files: both must be what is declared. One application is known by its contract alone.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from authorization import Authorization, Request
from evaluate import pods_of_services
from network import End, Network

MODELS = {
    "shop": {"services": {
        "orders": {"runtime": "cpython", "ports": [{"name": "http", "port": 8000, "servicePort": 80}, {"name": "grpc", "port": 9000, "protocol": "grpc"}],
                   "callers": [{"from": "billing/invoice", "port": "http"}, {"from": "paper/mail", "port": "grpc"}]},
        "stock": {"runtime": "condon", "callers": ["billing/report"]}}},
    "billing": {"namespace": "billing-prod", "services": {
        "invoice": {"runtime": "cpython", "calls": [{"to": "shop/orders", "port": "http"}], "serviceAccount": "billing-invoice"},
        "report": {"runtime": "condon", "calls": ["shop/stock", "invoice"], "callers": [{"namespace": "paper"}]}}},
    "paper": {"services": {"mail": {"runtime": "cpython", "calls": [{"to": "shop/orders", "port": 9000}, "billing/report"]}}},
    # It is let in nowhere, and nobody calls it.
    "stranger": {"services": {"web": {"runtime": "cpython"}}},
}
DECLARED = {("billing/invoice", "shop/orders", 8000), ("paper/mail", "shop/orders", 9000), ("billing/report", "shop/stock", 8000),
            ("paper/mail", "billing/report", 8000)}
# In a mesh, of these calls alone.
PARTS = {("billing/invoice", "shop/orders"): {"methods": ["GET"], "paths": ["/orders/*"]}}
# Callers that are let in by their namespace alone.
BY_NAMESPACE = {("paper/mail", "billing/report")}
TUNNEL, WAYPOINT = 15008, "waypoint"


def models_for(mode):
    for name, model in json.loads(json.dumps(MODELS)).items():
        model = {"name": name, "imageTag": "1.0", "imageRegistry": "registry.example.com", "mesh": mode, "platform": {"prometheus": False}, **model}
        for service, value in model["services"].items():
            for call in value.get("calls", []):
                if mode != "off" and isinstance(call, dict):
                    call.update(PARTS.get((f"{name}/{service}", call["to"]), {}))
            for caller in value.get("callers", []):
                if mode != "off" and isinstance(caller, dict):
                    caller.update(PARTS.get((caller.get("from"), f"{name}/{service}"), {}))
                    if "namespace" in caller:
                        caller["mesh"] = True
        yield name, model


def run(hybridgen, *args, fine=(0,)):
    done = subprocess.run([hybridgen, *args], capture_output=True, text=True, timeout=120)
    assert done.returncode in fine, f"{args}: exit {done.returncode}\n{done.stderr}"
    return done.stdout


def generate(hybridgen, folder, mode):
    """The manifests of each application; paper's callees know it by its contract."""
    for name, model in models_for(mode):
        (folder / name).mkdir()
        (folder / name / "hybriddeploy.yaml").write_text(json.dumps(model))
    whole, apart = folder / "whole.workspace.yaml", folder / "apart.workspace.yaml"
    whole.write_text('applications: ["*/hybriddeploy.yaml"]')
    run(hybridgen, "generate", "-q", "-f", whole, "-o", f"{folder}/out/")
    # Paper has its callees' contracts, and these have its contract: the same comes out.
    (folder / "contracts").mkdir()
    for name in MODELS:
        text = run(hybridgen, "contract", "-q", "-f", folder / name / "hybriddeploy.yaml")
        (folder / "contracts" / f"{name}.json").write_text(text)
    apart.write_text('applications: [stranger/hybriddeploy.yaml, contracts/shop.json]')
    run(hybridgen, "generate", "-q", "-f", apart, "-o", f"{folder}/apart/")
    names = sorted(path.name for path in (folder / "apart" / "stranger").iterdir())
    assert all((folder / "apart" / "stranger" / name).read_bytes() == (folder / "out" / "stranger" / name).read_bytes()
               for name in names if name.endswith(".yaml"))
    return {name: [yaml.safe_load(path.read_text()) for path in sorted((folder / "out" / name).glob("[0-9]*.yaml"))] for name in MODELS}


class Model:
    def __init__(self, docs):
        self.namespace = docs[0]["metadata"]["name"]


def world(manifests):
    """All pods, by application/service, and the waypoints by application."""
    pods, waypoints = {}, {}
    for number, (name, docs) in enumerate(manifests.items()):
        for service, end in pods_of_services(Model(docs), docs).items():
            end.address = type(end.address)(f"100.64.{number}.{len(pods) + 1}")
            pods[f"{name}/{service}"] = end
        namespace = next(doc["metadata"]["name"] for doc in docs if doc["kind"] == "Namespace")
        waypoints[name] = End(WAYPOINT, namespace, {"gateway.networking.k8s.io/gateway-name": WAYPOINT}, address=f"100.66.0.{number + 1}")
    return pods, waypoints


def accounts_of(manifests):
    result = {}
    for name, docs in manifests.items():
        for doc in docs:
            if doc["kind"] == "Deployment":
                account = doc["spec"]["template"]["spec"].get("serviceAccountName", "default")
                result[f"{name}/{doc['metadata']['name']}"] = f"cluster.local/ns/{doc['metadata']['namespace']}/sa/{account}"
    return result


def reaches(network, source, target, points):
    return {number for _, number in network.allowed(source, target, points)}


def problems_of(manifests, mode, declared=DECLARED, parts=PARTS, consented=DECLARED, by_namespace=BY_NAMESPACE, service_ports={8000: 80}):
    """`declared` is called and consented; `consented` is what the callee lets in, which is all that a mesh knows."""
    docs = [doc for all_of in manifests.values() for doc in all_of]
    network, mesh = Network([doc for doc in docs if doc["kind"] == "NetworkPolicy"]), Authorization(docs, mode == "ambient")
    pods, waypoints = world(manifests)
    accounts = accounts_of(manifests)
    waypointed = {f"{name}/{doc['spec']['targetRefs'][0]['name']}" for name, all_of in manifests.items() for doc in all_of
                  if doc["kind"] == "AuthorizationPolicy" and "targetRefs" in (doc.get("spec") or {})}
    points = {(protocol, number) for protocol in ("TCP", "UDP") for number in (80, 443, 8000, 8001, 9000, TUNNEL, 15012, 15020, 65535)}
    for source, target in ((a, b) for a in pods for b in pods if a.split("/")[0] != b.split("/")[0]):
        ports = {port for a, b, port in declared if (a, b) == (source, target)}
        taken_ports = {port for a, b, port in consented if (a, b) == (source, target)}
        wire = {TUNNEL} if ports and mode == "ambient" else ports
        got = reaches(network, pods[source], pods[target], points)
        by_waypoint = target in waypointed and mode == "ambient"
        if by_waypoint:
            waypoint = waypoints[target.split("/")[0]]
            through = reaches(network, pods[source], waypoint, points) & ({TUNNEL} if reaches(network, waypoint, pods[target], points) else set())
            if through != wire or got:
                yield f"{source} -> {target}: {through} by the waypoint and {got} past it, in place of {wire}"
        elif got != wire:
            yield f"{source} -> {target}: {got} in place of {wire}"
        if mode == "off":
            continue
        part = parts.get((source, target), {})
        for port in (8000, 9000, 1):
            for method, path in (("GET", "/orders/1"), ("POST", "/orders/1"), ("GET", "/else")):
                wanted = port in taken_ports and (not part or (method == "GET" and path.startswith("/orders/")))
                ask = Request(accounts[source], port, method, path)
                if by_waypoint:
                    namespace, service = pods[target].namespace, target.split("/")[1]
                    service_port = service_ports.get(port, port)
                    taken = mesh.waypoint_passes(namespace, service, Request(accounts[source], service_port, method, path))
                    taken = taken and mesh.pods_take(pods[target], Request(f"cluster.local/ns/{namespace}/sa/{WAYPOINT}", port, method, path))
                    taken = taken or mesh.pods_take(pods[target], ask)
                else:
                    taken = mesh.pods_take(pods[target], ask)
                if taken != wanted:
                    yield f"{source} -> {target}:{port} {method} {path}: the mesh {'takes' if taken else 'refuses'} it"
            # A namespace alone is one of any trust domain. (Istio: Source.namespaces)
            for forged in (None, accounts[source].replace("/ns/", "/ns/x"), "evil.example" + accounts[source][len("cluster.local"):]):
                if not ((source, target) in by_namespace and forged and "evil" in forged) and mesh.pods_take(pods[target], Request(forged, port, "GET", "/orders/1")):
                    yield f"{forged} -> {target}:{port}: the mesh takes it"


def graph_problems(hybridgen, folder, manifests):
    """The same by the library's own judge, which reads all files together."""
    text = run(hybridgen, "graph", "-q", "--format", "json", *[f"{folder}/out/{name}" for name in MODELS])
    namespaces = {next(doc["metadata"]["name"] for doc in docs if doc["kind"] == "Namespace"): name for name, docs in manifests.items()}
    found = set()
    for line in text.splitlines():
        edge = json.loads(line)
        ends = [edge[key].split("[")[0].split("/") for key in ("from", "to")]
        if all(len(end) == 2 and end[0] in namespaces for end in ends) and ends[0][0] != ends[1][0]:
            found |= {("/".join([namespaces[ends[0][0]], ends[0][1]]), "/".join([namespaces[ends[1][0]], ends[1][1]]), port["first"]) for port in edge["ports"]}
    # It tells the ports that the mesh lets through its tunnels, and the way to the waypoint beside them.
    found -= {edge for edge in found if edge[1:] == (f"shop/{WAYPOINT}", TUNNEL)}
    if found != DECLARED:
        yield f"hybridgen graph: {sorted(found ^ DECLARED)}"


def main(hybridgen):
    failed, hybridgen = 0, os.path.abspath(hybridgen)
    for mode in ("off", "sidecar", "ambient"):
        with tempfile.TemporaryDirectory() as folder:
            manifests = generate(hybridgen, Path(folder), mode)
            found = list(problems_of(manifests, mode)) + list(graph_problems(hybridgen, folder, manifests))
            run(hybridgen, "graph", "-q", "--check", "-f", f"{folder}/whole.workspace.yaml")
            # A judge that finds nothing wrong with policies that lack a rule proves nothing.
            for doc in manifests["shop"]:
                if doc["kind"] == "NetworkPolicy" and doc["metadata"]["name"] == "stock":
                    doc["spec"]["ingress"] = []
            assert list(problems_of(manifests, mode)), "a closed policy was not noticed"
        print("\n".join(f"FAIL {mode}: {problem}" for problem in found))
        failed += len(found)
    print(f"3 modes of the mesh, {failed} differences")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
