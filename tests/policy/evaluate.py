#!/usr/bin/env python3
"""Proves that the emitted policies allow what the model declares, and nothing else.

evaluate.py HYBRIDGEN MODEL...                  models in files
evaluate.py HYBRIDGEN --random N [--from SEED]  random models

For every ordered pair of pods and addresses of which at least one is the application's, and every port that anybody
declares and some that nobody does, over TCP and UDP: what each end's NetworkPolicies allow must equal what the model declares, so
that neither end relies on the other's. With a mesh, callers.py looks at its policies likewise.
"""
import ipaddress
import os
import subprocess
import sys

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import callers
import cilium
from declared import KUBELET, WAYPOINT, Declared
from model import GATEWAY_NAME, Model
from network import End, Network
from otlp import Telemetry

UNDECLARED = [1, 22, 53, 80, 443, 4317, 4318, 5353, 8000, 8080, 15008, 15012, 15020, 15021, 15090, 65535]


def templates(docs):
    """Name, namespace and pod template of each workload."""
    for doc in docs:
        template = doc.get("spec", {}).get("template") if doc["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job", "Rollout") else None
        if doc["kind"] == "CronJob":
            template = doc["spec"]["jobTemplate"]["spec"]["template"]
        if doc["kind"] == "ScaledJob":
            template = doc["spec"]["jobTargetRef"]["template"]
        if template:
            yield doc["metadata"]["name"], doc["metadata"]["namespace"], template


def containers(template):
    return template["spec"].get("initContainers", []) + template["spec"]["containers"]


def pods_of_services(model, docs):
    """The pods as emitted: their labels and ports are what a cluster would see."""
    result = {}
    for name, namespace, template in templates(docs):
        ports = [(port.get("name"), port["containerPort"], port.get("protocol", "TCP"))
                 for container in containers(template) for port in container.get("ports", [])]
        result[name] = End(name, namespace, template["metadata"]["labels"], address=f"100.64.{len(result) // 250}.{len(result) % 250 + 1}", ports=ports)
    return result


def probed(docs):
    """For each workload, the points that the kubelet asks."""
    result = {}
    for name, _, template in templates(docs):
        points = result.setdefault(name, set())
        for container in containers(template):
            numbers = {port["name"]: port["containerPort"] for port in container.get("ports", [])}
            for probe in (container.get(key) or {} for key in ("startupProbe", "readinessProbe", "livenessProbe")):
                ports = [probe[way]["port"] for way in ("httpGet", "tcpSocket", "grpc") if way in probe]
                points |= {("TCP", numbers.get(port, port)) for port in ports}
    return result


def addresses_of(cidr):
    """Addresses at the rims of a range, and just beyond them."""
    network = ipaddress.ip_network(cidr)
    first, last = int(network.network_address), int(network.broadcast_address)
    kind = type(network.network_address)
    for number in {first, (first + last) // 2, last, first - 1, last + 1}:
        if 0 <= number < 1 << network.max_prefixlen:
            yield kind(number)


class World:
    """Everybody who might try to talk."""

    def __init__(self, model, services):
        self.services = services
        self.others = []
        self.known = set()
        platform = {name: peer for name, peer in model.platform().items() if not (name == "gateway" and model.own_gateway())}
        platform["controller"] = model.gateway.controller()[0] if model.own_gateway() else None
        platform["apiServer"] = (model.api_server() or [None])[0]
        peers = model.externals + Telemetry(model).peers(model) + [peer for peer in platform.values() if peer] + ([KUBELET] if model.mesh.on else [])
        peers += [peer for service in model.services for _, peer, _ in model.callers(service)]
        for peer in peers:
            for cidr in peer["cidrs"]:
                for address in addresses_of(cidr):
                    self.add(f"address of {peer['name']}", None, {}, address)
            if peer["namespace"]:
                self.add(f"pod of {peer['name']}", peer["namespace"], {**peer["labels"], "more": "yes"})
                self.add(f"neighbour of {peer['name']}", peer["namespace"], {})
                self.add(f"double of {peer['name']}", "elsewhere", peer["labels"])
                for key in peer["labels"]:
                    self.add(f"half of {peer['name']}", peer["namespace"], {k: v for k, v in peer["labels"].items() if k != key})
        for namespace in ("kube-system", "istio-ingress", "monitoring", "observability"):
            self.add("pod of the cluster", namespace, {})
        self.add("stranger inside", model.namespace, {})
        self.add("stranger outside", "elsewhere", {})
        for end in list(services.values())[:8]:
            self.add(f"double of {end.name}", "elsewhere", end.labels)
            for key in ("app.kubernetes.io/name", "app.kubernetes.io/instance"):
                labels = {k: v for k, v in end.labels.items() if k != key}
                if labels == end.labels:
                    continue
                self.add(f"{end.name} without {key}", model.namespace, labels)
        self.add("address outside", None, {}, "192.88.99.1")
        self.add("address outside", None, {}, "2001:4860::1")

    def add(self, name, namespace, labels, address=None):
        key = (namespace, tuple(sorted(labels.items())), address)
        if key in self.known:
            return
        self.known.add(key)
        count = len(self.others)
        self.others.append(End(name, namespace, labels, address=address or f"100.65.{count // 250}.{count % 250 + 1}"))


def test_points(declared):
    """Every port that is declared and its neighbours, and some more, over each protocol."""
    numbers = set(UNDECLARED)
    for _, number in declared.points:
        numbers |= {number - 1, number, number + 1}
    return {(protocol, number) for protocol in ("TCP", "UDP") for number in numbers if 1 <= number <= 65535} | {("SCTP", 53), ("SCTP", 8000)}


def named(model):
    """Whose pods there are: services, and collectors."""
    return {service.name for service in model.services} | {name for name, _ in Telemetry(model).collectors(model)}


def versions(model, pods):
    """The pods of the services, once with each version that runs beside another in the place of that."""
    names = named(model)
    first = {name: end for name, end in pods.items() if name in names}
    for end in pods.values():
        if end.labels.get("app.kubernetes.io/name") in names:
            first.setdefault(end.labels["app.kubernetes.io/name"], end)
    # Each has a waypoint put beside it.
    yield dict(first)
    for name, end in pods.items():
        if name not in names:
            yield {**first, end.labels.get("app.kubernetes.io/name"): end}


def problems(model_value, docs, with_mesh=True):
    """Differences between what is declared and what is allowed, as text."""
    model, result = Model(model_value), []
    collectors = dict(Telemetry(model).collectors(model))
    names = named(model)
    pods = pods_of_services(model, docs)
    for name, labels in collectors.items():
        # Those that the operator makes: only these labels are certain.
        if labels:
            pods[name] = End(name, model.namespace, labels, address=f"100.66.1.{len(pods) % 250 + 1}")
    for services in versions(model, pods):
        if set(services) != names:
            return [f"pods of {sorted(names)} are meant, but there are those of {sorted(map(str, services))}"]
        for name, end in services.items():
            end.name = name
        result += problems_of(model, docs, services, with_mesh)
    return result + cilium.problems(model, docs, Declared(model, probed(docs)), pods)


def problems_of(model, docs, services, with_mesh):
    network, declared = Network([doc for doc in docs if doc["kind"] == "NetworkPolicy"]), Declared(model, probed(docs))
    if declared.waypointed:
        # Istio makes these pods; only their label is certain.
        services[WAYPOINT] = End(WAYPOINT, model.namespace, {"gateway.networking.k8s.io/gateway-name": WAYPOINT}, address="100.66.0.1")
    if model.own_gateway():
        # A controller makes these.
        name = model.own_gateway()
        services[name] = End(name, model.namespace, {GATEWAY_NAME: model.gateway.name}, address="100.66.0.2")
    world, points = World(model, services), test_points(declared)
    own = list(services.values())
    inside = [end for end in world.others if end.namespace == model.namespace]
    pairs = [(a, b) for a in own for b in own] + [(a, b) for a in own for b in world.others] + [(b, a) for a in own for b in world.others]
    pairs += [(a, b) for a in inside for b in world.others if a is not b]
    result = []
    for source, target in pairs:
        for end, direction, other in ((source, "Egress", target), (target, "Ingress", source)):
            if end.namespace != model.namespace:
                continue
            wanted, got = declared.allowed(services, source, target, direction), network.one_side(end, direction, other, target, points)
            if wanted != got:
                result.append(f"{source} -> {target}: {direction.lower()} is closed for {sorted(wanted - got)[:6]}, open beyond for {sorted(got - wanted)[:6]}")
    if model.mesh.on and with_mesh:
        result += callers.Judge(model, docs, declared, services, world, network).problems()
    return result


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    hybridgen, arguments, failed = sys.argv[1], sys.argv[2:], 0
    if arguments[0] == "--random":
        sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "random"))
        import generate
        start = int(arguments[3]) if arguments[2:3] == ["--from"] else 0
        inputs = ((f"seed {seed}", *generate.valid(seed)) for seed in range(start, start + int(arguments[1])))
    else:
        inputs = ((path, yaml.load(open(path, encoding="utf-8"), Loader=yaml.CSafeLoader), None) for path in arguments)
    count = 0
    for name, model, text in inputs:
        source = ["-f", "-"] if text is not None else ["-f", name]
        run = subprocess.run([hybridgen, "generate", *source], input=text.encode() if text is not None else None, capture_output=True, check=False)
        if run.returncode:
            found = [f"exit status {run.returncode}: {run.stderr.decode(errors='replace')[:500]}"]
        else:
            docs = [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]
            found, docs = generate.plain(model, docs) if text is not None else ([], docs)
            found += problems(model, docs)
        for problem in found[:8]:
            print(f"{name}: {problem}")
        failed += bool(found)
        count += 1
    print(f"{count} models, {failed} with differences")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
