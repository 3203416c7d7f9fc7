#!/usr/bin/env python3
"""Small random clusters, decided by the library and by brute force: truth_tables.py HYBRIDGEN CLUSTERS [SEED]

The brute force decides about each pair of pods and each port separately, as the documentation of NetworkPolicy describes it, and shares no
code with the library. The test prints a cluster for which the two disagree, with the packet.
"""
import ipaddress
import itertools
import json
import random
import subprocess
import sys

KEYS, VALUES, NAMES = ("app", "tier", "env"), ("a", "b"), ("http", "dns", "data")
NAMESPACES = ("red", "blue", "green")
PROTOCOLS = ("TCP", "UDP", "SCTP")
POINTS = [(protocol, number) for protocol in PROTOCOLS for number in (1, 79, 80, 81, 90, 91, 53, 65535)]
BLOCKS = ("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "192.168.0.0/16", "::/0", "fd00::/8", "fd00:1::/32", "10.1.2.3/32", "128.0.0.0/1")
ADDRESSES = [ipaddress.ip_address(text) for text in ("0.0.0.0", "9.255.255.255", "10.0.0.1", "10.1.0.1", "10.1.2.3", "10.1.2.4", "10.1.3.0", "11.0.0.0", "128.0.0.0",
                                                     "192.168.1.1", "255.255.255.255", "::", "fd00:1::1", "fd00:2::1", "fe00::", "ffff::")]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def maybe(self, chance=0.5):
        return self.random.random() < chance

    def labels(self):
        return {key: self.random.choice(VALUES) for key in KEYS if self.maybe()}

    def selector(self):
        selector = {}
        if self.maybe(0.6):
            selector["matchLabels"] = {self.random.choice(KEYS): self.random.choice(VALUES) for _ in range(self.random.randint(0, 2))}
        if self.maybe(0.3):
            selector["matchExpressions"] = [self.expression() for _ in range(self.random.randint(1, 2))]
        return selector

    def expression(self):
        operator = self.random.choice(("In", "NotIn", "Exists", "DoesNotExist"))
        values = {"values": self.random.sample(VALUES, self.random.randint(1, 2))} if operator in ("In", "NotIn") else {}
        return {"key": self.random.choice(KEYS), "operator": operator, **values}

    def namespaces(self):
        if self.maybe(0.4):
            return {"matchLabels": {"kubernetes.io/metadata.name": self.random.choice(NAMESPACES)}}
        return self.selector()

    def peer(self):
        kind = self.random.randrange(4)
        if kind == 0:
            return {"podSelector": self.selector()}
        if kind == 1:
            return {"namespaceSelector": self.namespaces()}
        if kind == 2:
            return {"namespaceSelector": self.namespaces(), "podSelector": self.selector()}
        block = ipaddress.ip_network(self.random.choice(BLOCKS))
        inside = [text for text in BLOCKS if ipaddress.ip_network(text).version == block.version and ipaddress.ip_network(text).subnet_of(block)]
        return {"ipBlock": {"cidr": str(block), **({"except": self.random.sample(inside, self.random.randint(0, len(inside)))} if self.maybe() else {})}}

    def port(self):
        port = {"protocol": self.random.choice(PROTOCOLS)} if self.maybe(0.7) else {}
        if self.maybe(0.8):
            port["port"] = self.random.choice((*NAMES, *NAMES, 80, 53, 90))
        if isinstance(port.get("port"), int) and self.maybe(0.3):
            port["endPort"] = self.random.choice((90, 91, 65535))
        return port

    def rule(self, side):
        """A rule that is mostly narrow, because other rules have no effect beside a rule that is open to all."""
        rule = {}
        if self.maybe(0.8):
            rule[side] = [self.peer() for _ in range(self.random.choice((0, 1, 1, 1, 2)))]
        if self.maybe(0.8):
            rule["ports"] = [self.port() for _ in range(self.random.choice((0, 1, 1, 1, 2)))]
        return rule

    def policy(self, index):
        spec = {"podSelector": self.selector()}
        for rules, side in (("ingress", "from"), ("egress", "to")):
            if self.maybe(0.7):
                spec[rules] = [self.rule(side) for _ in range(self.random.choice((0, 1, 1, 2)))]
        if self.maybe(0.7):
            spec["policyTypes"] = self.random.choice((["Ingress"], ["Egress"], ["Ingress", "Egress"], []))
        return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                "metadata": {"name": f"policy-{index}", "namespace": self.random.choice(NAMESPACES)}, "spec": spec}

    def pod(self, index):
        ports = [{"name": name, "containerPort": self.random.choice((79, 80, 53, 91)), "protocol": self.random.choice(PROTOCOLS)}
                 for name in NAMES if self.maybe(0.6)]
        spec = {"containers": [{"name": "main", "image": "main", "ports": ports}], **({"hostNetwork": True} if self.maybe(0.1) else {})}
        meta = {"name": f"pod-{index}", "namespace": self.random.choice(NAMESPACES), "labels": self.labels()}
        if self.maybe(0.3):
            return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": meta["name"], "namespace": meta["namespace"]},
                    "spec": {"template": {"metadata": {"labels": meta["labels"]}, "spec": spec}}}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}

    def cluster(self):
        spaces = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": self.labels()}} for name in NAMESPACES if self.maybe(0.8)]
        everything = spaces + [self.pod(i) for i in range(self.random.randint(2, 5))] + [self.policy(i) for i in range(self.random.randint(1, 5))]
        self.random.shuffle(everything)
        return everything


class Pod:
    def __init__(self, manifest, spaces):
        template = manifest if manifest["kind"] == "Pod" else manifest["spec"]["template"]
        self.namespace = manifest["metadata"]["namespace"]
        self.name = f"{self.namespace}/{manifest['metadata']['name']}[{manifest['kind']}]"
        self.labels, self.space = template["metadata"]["labels"], {**spaces.get(self.namespace, {}), "kubernetes.io/metadata.name": self.namespace}
        self.ports = {(port["name"], port["protocol"]): port["containerPort"] for port in template["spec"]["containers"][0]["ports"]}
        self.host = template["spec"].get("hostNetwork", False)


def chosen(selector, labels):
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for term in selector.get("matchExpressions", []):
        has, values = term["key"] in labels, term.get("values", [])
        inside = has and labels[term["key"]] in values
        if not {"In": inside, "NotIn": not inside, "Exists": has, "DoesNotExist": not has}[term["operator"]]:
            return False
    return True


def is_peer(peer, policy, other):
    if "ipBlock" in peer:
        return not isinstance(other, Pod) and other in ipaddress.ip_network(peer["ipBlock"]["cidr"]) and \
            not any(other in ipaddress.ip_network(hole) for hole in peer["ipBlock"].get("except", []))
    if not isinstance(other, Pod) or other.host:
        return False
    in_space = chosen(peer["namespaceSelector"], other.space) if "namespaceSelector" in peer else other.namespace == policy["metadata"]["namespace"]
    return in_space and chosen(peer.get("podSelector", {}), other.labels)


def is_port(port, target, point):
    if port.get("protocol", "TCP") != point[0]:
        return False
    if isinstance(port.get("port"), str):
        return isinstance(target, Pod) and target.ports.get((port["port"], point[0])) == point[1]
    return "port" not in port or port["port"] <= point[1] <= port.get("endPort", port["port"])


def lets(policies, pod, direction, other, target, point):
    """Whether the policies of one end allow a packet in one direction."""
    rules, side = {"Ingress": ("ingress", "from"), "Egress": ("egress", "to")}[direction]
    isolated = False
    for policy in policies:
        spec = policy["spec"]
        types = spec.get("policyTypes") or (["Ingress", "Egress"] if spec.get("egress") else ["Ingress"])
        if direction not in types or policy["metadata"]["namespace"] != pod.namespace or pod.host or not chosen(spec["podSelector"], pod.labels):
            continue
        isolated = True
        for rule in spec.get(rules, []):
            if (not rule.get(side) or any(is_peer(peer, policy, other) for peer in rule[side])) and \
                    (not rule.get("ports") or any(is_port(port, target, point) for port in rule["ports"])):
                return True
    return not isolated


def brute_force(manifests):
    spaces = {one["metadata"]["name"]: one["metadata"]["labels"] for one in manifests if one["kind"] == "Namespace"}
    policies = [one for one in manifests if one["kind"] == "NetworkPolicy"]
    pods = [Pod(one, spaces) for one in manifests if one["kind"] in ("Pod", "Deployment")]
    allowed = set()
    for source, target, point in itertools.product(pods, pods, POINTS):
        if lets(policies, source, "Egress", target, target, point) and lets(policies, target, "Ingress", source, target, point):
            allowed.add((source.name, target.name, point))
    for pod, address, point in itertools.product(pods, ADDRESSES, POINTS):
        if lets(policies, pod, "Egress", address, address, point):
            allowed.add((pod.name, str(address), point))
        if lets(policies, pod, "Ingress", address, pod, point):
            allowed.add((str(address), pod.name, point))
    return allowed


def names(end):
    """An end of a connection as the truth table has it: a workload, or the addresses in a range."""
    if "[" in end:
        return [end]
    first, last = map(ipaddress.ip_address, end.split("-"))
    return [str(address) for address in ADDRESSES if address.version == first.version and first <= address <= last]


def library(hybridgen, manifests):
    text = "\n---\n".join(map(json.dumps, manifests))
    done = subprocess.run([hybridgen, "graph", "--quiet", "--format", "json", "-"], input=text, capture_output=True, text=True, timeout=60)
    if done.returncode or done.stderr:
        raise AssertionError(f"hybridgen ends with {done.returncode}: {done.stderr}")
    allowed = set()
    for row in map(json.loads, done.stdout.splitlines()):
        points = [point for point in POINTS if any(port["protocol"] == point[0] and port["first"] <= point[1] <= port["last"] for port in row["ports"])]
        allowed |= set(itertools.product(names(row["from"]), names(row["to"]), points))
    return allowed


def main(hybridgen, n_clusters, seed="1"):
    n_allowed, n_denied = 0, 0
    for number in range(int(n_clusters)):
        manifests = Maker(f"{seed}/{number}").cluster()
        right, got = brute_force(manifests), library(hybridgen, manifests)
        if right != got:
            packet = min(right ^ got)
            print(f"seed {seed}, cluster {number}: {packet} is {'allowed' if packet in right else 'denied'} by brute force, not by the library\n"
                  + "\n".join(map(json.dumps, manifests)))
            return 1
        n_allowed += len(right)
        n_pods = sum(one["kind"] in ("Pod", "Deployment") for one in manifests)
        n_denied += len(POINTS) * n_pods * (n_pods + 2 * len(ADDRESSES)) - len(right)
    print(f"{n_clusters} clusters: {n_allowed} packets allowed, {n_denied} denied, by both alike")
    return not (n_allowed and n_denied)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
