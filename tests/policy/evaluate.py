#!/usr/bin/env python3
"""Proves that the emitted NetworkPolicies allow what the model declares, and nothing else.

evaluate.py HYBRIDGEN MODEL...                  models in files
evaluate.py HYBRIDGEN --random N [--from SEED]  random models

For every ordered pair of pods and addresses of which at least one is the application's, and every port that anybody
declares and some that nobody does, over TCP and UDP: what each end's policies allow must equal what the model declares, so
that neither end relies on the other's.
"""
import collections
import ipaddress
import os
import subprocess
import sys

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from model import Model, Service
from network import End, Network

OTLP = [("TCP", 4317), ("TCP", 4318)]
DNS = [("UDP", 53), ("TCP", 53)]
UNDECLARED = [1, 22, 53, 80, 443, 4317, 4318, 8000, 8080, 15012, 65535]


def pods_of_services(model, docs):
    """The pods as emitted: their labels and ports are what a cluster would see."""
    result = {}
    for doc in docs:
        template = doc.get("spec", {}).get("template") if doc["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job") else None
        if doc["kind"] == "CronJob":
            template = doc["spec"]["jobTemplate"]["spec"]["template"]
        if not template:
            continue
        ports = [(port.get("name"), port["containerPort"], port.get("protocol", "TCP"))
                 for container in template["spec"].get("initContainers", []) + template["spec"]["containers"] for port in container.get("ports", [])]
        result[doc["metadata"]["name"]] = End(doc["metadata"]["name"], doc["metadata"]["namespace"], template["metadata"]["labels"],
                                              address=f"100.64.{len(result) // 250}.{len(result) % 250 + 1}", ports=ports)
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
        peers = model.externals + [peer for peer in model.platform().values() if peer]
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
        for end in list(services.values())[:6]:
            self.add(f"double of {end.name}", "elsewhere", end.labels)
            for key in ("app.kubernetes.io/name", "app.kubernetes.io/instance"):
                labels = {k: v for k, v in end.labels.items() if k != key}
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


def is_peer(peer, end):
    """Whether an end is what an external or a part of the platform describes."""
    # Ranges mean addresses, whoever has them.
    if any(end.address.version == ipaddress.ip_network(cidr).version and end.address in ipaddress.ip_network(cidr) for cidr in peer["cidrs"]):
        return True
    if end.namespace is None:
        return False
    return end.namespace == peer["namespace"] and all(end.labels.get(key) == value for key, value in peer["labels"].items())


class Declared:
    """What the model says: edges of (whom, whom, points), each end a name of a service or a peer."""

    def __init__(self, model):
        self.edges = []
        self.add_all(model, model.platform())
        self.out, self.into = collections.defaultdict(list), collections.defaultdict(list)
        for whom, to, points in self.edges:
            if isinstance(whom, str):
                self.out[whom].append((to, points))
            if isinstance(to, str):
                self.into[to].append((whom, points))
        self.points = set().union(*(points for _, _, points in self.edges))
        self.points |= {(port["transport"], port["port"]) for service in model.services for port in service.ports}

    def add_all(self, model, platform):
        for service in model.services:
            for peer, points in ((platform["dns"], DNS), (platform["collector"], OTLP)):
                if peer:
                    self.edges.append((service.name, peer, set(points)))
            for callee, port in model.calls(service):
                self.edges.append((service.name, callee.name if isinstance(callee, Service) else callee, {(port["transport"], port["port"])}))
            port = model.metrics_port(service)
            if port and platform["prometheus"]:
                self.edges.append((platform["prometheus"], service.name, {(port["transport"], port["port"])}))
            for exposure in model.exposed(service):
                port = service.port(exposure.get("port"))
                if platform["gateway"]:
                    self.edges.append((platform["gateway"], service.name, {(port["transport"], port["port"])}))
            cidrs = model.openings(service)
            if cidrs and service.ports:
                outside = {"name": "outside", "namespace": None, "labels": {}, "cidrs": cidrs}
                self.edges.append((outside, service.name, {(port["transport"], port["port"]) for port in service.ports}))

    def allowed(self, services, source, target, direction):
        """What the source must let out, or the target let in, by the application's own policies."""
        result = set()
        own, other, edges = (source, target, self.out) if direction == "Egress" else (target, source, self.into)
        if services.get(own.name) is own:
            for far, points in edges[own.name]:
                if not points <= result and self.is_end(services, far, other):
                    result |= points
        return result

    @staticmethod
    def is_end(services, whom, end):
        return services.get(whom) is end if isinstance(whom, str) else is_peer(whom, end)


def test_points(declared):
    """Every port that is declared and its neighbours, and some more, over each protocol."""
    numbers = set(UNDECLARED)
    for _, number in declared.points:
        numbers |= {number - 1, number, number + 1}
    return {(protocol, number) for protocol in ("TCP", "UDP") for number in numbers if 1 <= number <= 65535} | {("SCTP", 53), ("SCTP", 8000)}


def problems(model_value, docs):
    """Differences between what is declared and what is allowed, as text."""
    model = Model(model_value)
    services = pods_of_services(model, docs)
    if set(services) != {service.name for service in model.services}:
        return [f"services {sorted(service.name for service in model.services)}, but pods of {sorted(services)}"]
    network, declared = Network([doc for doc in docs if doc["kind"] == "NetworkPolicy"]), Declared(model)
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
            found = problems(model, [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc])
        for problem in found[:8]:
            print(f"{name}: {problem}")
        failed += bool(found)
        count += 1
    print(f"{count} models, {failed} with differences")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
