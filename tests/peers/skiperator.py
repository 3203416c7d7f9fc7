#!/usr/bin/env python3
"""Skiperator's access policies, said again in our words, must allow the same: skiperator.py HYBRIDGEN

Skiperator is an operator: a short description in the cluster becomes policies there. For each file of its tests, SAID says the same in models,
one for each namespace. Its expected NetworkPolicies and ours are read by one judge (../policy/network.py), which knows neither: between all
its pods, and some addresses, both must allow the same ports of those at which the far end listens, and ours nothing beyond theirs at all.
Hosts are ServiceEntries there, and here too in a mesh; without one they are policies of Cilium. REFUSED says what both refuse. Without
the files the test is skipped, as the others of peers.
"""
import ipaddress
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "policy"))

from cilium import allowed
from evaluate import pods_of_services
from network import End, Network

SKIPPED = 77
NS, JOBS = "access-policy-ns", "access-policy-job-ns"
HTTPS = {"ports": [{"port": 443, "protocol": "https"}]}
SOMEHOST = {"host": "somehost.com", "cidrs": ["100.100.100.42/32"]}
EXAMPLE = {"host": "example.com", "ports": [{"port": 80, "protocol": "http"}]}
OTHER = {"access-policy-other": {"access-policy-other": {"port": 8080, "callers": [f"{NS}/access-policy", f"{NS}/access-policy-two"]}}}
TWO = {"port": 8080, "calls": ["access-policy-other/access-policy-other"]}


def advanced(example):
    return {"externals": {"example": example, "foo": {"host": "foo.com", **HTTPS}},
            NS: {"access-policy": {"port": 8080, "calls": ["access-policy-two", "access-policy-other/access-policy-other", "example", "foo"],
                                   "callers": ["access-policy-other/access-policy-other"]}, "access-policy-two": TWO}, **OTHER}


def job(name, **more):
    return {"externals": {"example": EXAMPLE, "foo": {"host": "foo.com", **HTTPS}},
            JOBS: {"minimal-application": {"port": 8080}, name: {**more, "calls": ["minimal-application", "example", "foo"]}}}


def to_istio(namespace, own, name, **more):
    return {namespace: {"istio-application": {"port": 8080, "callers": [f"{own}/{name}"]}},
            own: {name: {**more, "calls": [f"{namespace}/istio-application"]}}}


# By the file with what Skiperator makes: the files with its descriptions, and the same as models: services by namespace, and externals.
SAID = {
    "application/access-policy/no-policy-assert.yaml": (["no-policy"], {"access-policy-other": {"access-policy-other": {"port": 8080}}}),
    "application/access-policy/advanced-assert.yaml": (["no-policy", "advanced"], advanced(EXAMPLE)),
    "application/access-policy/advanced-patch-assert.yaml": (["no-policy", "advanced", "advanced-patch"], advanced({"host": "example.com", **HTTPS})),
    "application/access-policy/access-policy-istio-assert.yaml":
        (["access-policy-istio"], to_istio("ns-with-istio", NS, "access-policy-to-istio-app", port=8080)),
    "application/access-policy/multiple-ns-same-label-assert.yaml":
        (["multiple-ns-same-label"], {"ateam-main": {"app": {"port": 8080, "callers": [f"{NS}/accesspolicy-app"]}},
                                      "ateam-feat": {"app": {"port": 8082, "callers": [f"{NS}/accesspolicy-app"]}},
                                      NS: {"app2": {"port": 8095, "calls": ["accesspolicy-app"]},
                                           "accesspolicy-app": {"port": 8085, "calls": ["ateam-main/app", "ateam-feat/app"]}}}),
    "application/access-policy/external-ip-policy-assert.yaml":
        (["external-ip-policy"], {"externals": {"xkcd": {"host": "xkcd.com", **HTTPS}, "sql": {"cidrs": ["22.134.52.36/32"], "port": 5432}},
                                  NS: {"external-ip-policy": {"port": 8080, "calls": ["xkcd", "sql"]}}}),
    "application/access-policy/dns-lookup-assert.yaml":
        (["dns-lookup"], {"externals": {"directory": {"host": "directory.example.com", "ports": [{"name": "tls", "port": 636}]}},
                          NS: {"dns-lookup": {"port": 8080, "calls": ["directory"]}}}),
    # A host twice is refused there; here the ports add up, as in the application that has it once.
    "application/access-policy/only-unique-hosts-assert.yaml":
        (["only-unique-hosts"], {"externals": {"sftp": {**SOMEHOST, "port": 22}, "ftps": {**SOMEHOST, "port": 21},
                                               "both": {**SOMEHOST, "ports": [{"name": "sftp", "port": 22}, {"name": "ftps", "port": 21}]}},
                                 NS: {"only-unique-hosts": {"port": 8080, "calls": ["sftp", "ftps"]},
                                      "an-unique-host": {"port": 8080, "calls": [{"to": "both", "port": "sftp"}, {"to": "both", "port": "ftps"}]}}}),
    "skipjob/access-policy-job/application-assert.yaml":
        (["application"], {JOBS: {"minimal-application": {"port": 8080}}, "ns-with-istio-job": {"istio-application": {"port": 8080}}}),
    "skipjob/access-policy-job/status-ready-no-job-assert.yaml":
        (["status-ready-no-job"], {"externals": {"data": {"host": "data.helsecert.no", **HTTPS}},
                                   JOBS: {"status-ready-no-job": {"schedule": "0 6 * * *", "calls": ["data"]}}}),
    "skipjob/access-policy-job/skipjob-assert.yaml": (["application", "skipjob"], job("access-policy-job", kind="Job")),
    "skipjob/access-policy-job/skipjob-cron-assert.yaml": (["application", "skipjob-cron"], job("access-policy-cron-job", schedule="* * * * *")),
    "skipjob/access-policy-job/netpol-istio-assert.yaml": (["application", "netpol-istio"], to_istio("ns-with-istio-job", JOBS, "istio-policy-job", kind="Job")),
}
FOLDERS = ("application/access-policy", "skipjob/access-policy-job")
# What both refuse, by its file and the name there; and our code.
REFUSED = {
    ("application/access-policy/bad-policy-assert.yaml", "no-app-same-namespace"): ({NS: {"web": {"port": 8080, "calls": ["doesnt-exist"]}}}, "HD3015"),
    ("application/access-policy/bad-policy-assert.yaml", "no-app-different-namespace"):
        ({NS: {"web": {"port": 8080, "calls": ["non-existing/doesnt-exist-diff-ns"]}}}, "HD3169"),
    ("application/access-policy/external-blank-hostname-assert.yaml", "empty-hostname"):
        ({"externals": {"blank": {"host": "", **HTTPS}}, NS: {"web": {"port": 8080, "calls": ["blank"]}}}, "HD1195"),
}
# Namespaces are named here and not chosen by labels, so that there is no label that none has.
UNSAID = {("application/access-policy/bad-policy-assert.yaml", "no-namespace-with-labels")}


def documents(path, home):
    text = path.read_text(encoding="utf-8").replace("($namespace)", home)
    for doc in yaml.load_all(text, Loader=yaml.CSafeLoader):
        if doc:
            if doc["kind"] != "Namespace":
                doc.setdefault("metadata", {}).setdefault("namespace", home)
            yield doc


def entries(docs):
    """(host, port, protocol) of each ServiceEntry for a host."""
    for doc in docs:
        if doc["kind"] == "ServiceEntry":
            yield from ((host, port["number"], port["protocol"]) for host in doc["spec"]["hosts"] if not host.endswith(".external")
                        for port in doc["spec"]["ports"] if "addresses" not in doc["spec"])


class Theirs:
    """The pods that Skiperator's descriptions mean, and what it makes of them."""

    def __init__(self, peers, path, names):
        folder = peers / Path(path).parent
        self.home = yaml.safe_load((folder / "chainsaw-test.yaml").read_text(encoding="utf-8"))["spec"]["namespace"]
        described = [doc for name in names for doc in documents(folder / f"{name}.yaml", self.home)]
        self.made = list(documents(peers / path, self.home))
        labels = {doc["metadata"]["name"]: doc["metadata"].get("labels") for doc in described if doc["kind"] == "Namespace"}
        self.pods, self.outside = {}, {}
        for doc in described:
            if doc["kind"] in ("Application", "SKIPJob"):
                name, namespace = doc["metadata"]["name"], doc["metadata"]["namespace"]
                app = name if doc["kind"] == "Application" else f"{name}-skipjob"
                self.pods[namespace, name] = End(name, namespace, {"app": app}, labels.get(namespace), f"100.64.0.{len(self.pods) + 1}",
                                                 [("http", doc["spec"].get("port"), "TCP")])
                policy = (doc["spec"].get("container") or doc["spec"]).get("accessPolicy") or {}
                self.outside[namespace, name] = (policy.get("outbound") or {}).get("external", [])
        self.policies = [doc for doc in self.made if doc["kind"] == "NetworkPolicy"]

    def hosts(self):
        """(host, port, protocol) of each host that is described without its address; one without ports is asked by HTTPS."""
        found = {(external["host"], port["port"], port["protocol"]) for externals in self.outside.values() for external in externals if "ip" not in external
                 for port in external.get("ports") or [{"port": 443, "protocol": "HTTPS"}]}
        assert set(entries(self.made)) <= found, "an entry that nobody described"
        return found


def model(name, services, said, mesh):
    called = {call["to"] if isinstance(call, dict) else call for service in services.values() for call in service.get("calls", [])}
    externals = {key: value for key, value in said.get("externals", {}).items() if key in called}
    return {"name": name, "imageRegistry": "registry.example.com", "imageTag": "1.0", "mesh": mesh,
            "platform": {"networkPolicy": "cilium", "prometheus": False}, **({"externals": externals} if externals else {}),
            "services": {key: {"runtime": "cpython", **value, **({} if "port" in value else {"command": ["job"]})} for key, value in services.items()}}


def generate(hybridgen, said, mesh="off"):
    """Exit status, what is told, and the manifests of all namespaces."""
    with tempfile.TemporaryDirectory() as folder:
        names = [name for name in said if name != "externals"]
        for name in names:
            Path(folder, f"{name}.yaml").write_text(yaml.safe_dump(model(name, said[name], said, mesh)), encoding="utf-8")
        Path(folder, "hybriddeploy.workspace.yaml").write_text(yaml.safe_dump({"applications": [f"{name}.yaml" for name in names]}), encoding="utf-8")
        done = subprocess.run([hybridgen, "generate", "-f", "hybriddeploy.workspace.yaml"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr, [doc for doc in yaml.load_all(done.stdout, Loader=yaml.CSafeLoader) if doc]


def our_pods(docs, theirs):
    """Ours by the same names, and at the same addresses."""
    return {(end.namespace, end.name): End(end.name, end.namespace, end.labels, None, theirs.pods[end.namespace, end.name].address, end.ports)
            for namespace in {doc["metadata"].get("namespace") for doc in docs} - {None}
            for end in pods_of_services(None, [doc for doc in docs if doc["metadata"].get("namespace") == namespace]).values()}


def addresses(policies):
    """Those at the rims of each range that a policy names, just beyond them, and one elsewhere."""
    blocks = {peer["ipBlock"]["cidr"] for policy in policies for way, side in (("ingress", "from"), ("egress", "to"))
              for rule in policy["spec"].get(way) or [] for peer in rule.get(side) or [] if "ipBlock" in peer}
    numbers = {192 << 24}
    for block in blocks:
        network = ipaddress.ip_network(block)
        numbers |= {int(network[0]) - 1, int(network[0]), int(network[-1]), int(network[-1]) + 1}
    return [End(f"address {number}", address=ipaddress.IPv4Address(number)) for number in sorted(numbers)]


def stranger(pod):
    """A pod that models of others know by its namespace alone."""
    return End(pod.name, pod.namespace, {}, None, pod.address, pod.ports)


def compare(theirs, docs):
    mine = our_pods(docs, theirs)
    if not set(mine) <= set(theirs.pods):
        yield f"pods {sorted(theirs.pods)} are meant, there are {sorted(mine)}"
        return
    network, ours = Network(theirs.policies), Network([doc for doc in docs if doc["kind"] == "NetworkPolicy"])
    # The resolver's cache on a node is ours alone.
    outside = addresses(theirs.policies)
    points = {("TCP", number) for number in (22, 53, 80, 443, 5432, 8080, 8082, 8085, 8095, 15020)}
    for key, pod in theirs.pods.items():
        for direction in ("Egress", "Ingress"):
            if not network.of(pod, direction):
                # What Skiperator expects of this pod is not written, or that nothing is open.
                continue
            if key not in mine:
                yield f"{pod} has a policy, but no model says it again"
                break
            for other in [*theirs.pods, *outside]:
                far, my_far = (theirs.pods[other], mine.get(other) or stranger(theirs.pods[other])) if isinstance(other, tuple) else (other, other)
                target, my_target = (far, my_far) if direction == "Egress" else (pod, mine[key])
                allowed_there = network.one_side(pod, direction, far, target, points)
                allowed_here = ours.one_side(mine[key], direction, my_far, my_target, points)
                heard = {("TCP", number) for _, number, _ in target.ports} if target.ports else points
                if allowed_there & heard != allowed_here & heard or not allowed_here <= allowed_there:
                    yield f"{pod}, {direction.lower()}, {far}: theirs {sorted(allowed_there)}, ours {sorted(allowed_here)}"


def problems(hybridgen, peers, path, names, said):
    theirs = Theirs(peers, path, names)
    status, told, docs = generate(hybridgen, said)
    if status:
        yield told[:500]
        return
    yield from compare(theirs, docs)
    named = {(host, number) for host, number, _ in theirs.hosts()}
    by_cilium = {(point[3], point[5]) for _, points in allowed(docs).values() for point in points if point[1] == "host"}
    if by_cilium != named:
        yield f"hosts {sorted(named)} are meant, Cilium opens {sorted(by_cilium)}"
    known = set(entries(generate(hybridgen, said, "sidecar")[2]))
    if known != theirs.hosts():
        yield f"entries {sorted(theirs.hosts())} are meant, there are {sorted(known)}"


def refused(peers, path, name):
    folder = (peers / path).parent
    home = yaml.safe_load((folder / "chainsaw-test.yaml").read_text(encoding="utf-8"))["spec"]["namespace"]
    states = [doc["status"]["conditions"] for doc in documents(peers / path, home) if doc["metadata"].get("name") == name and "status" in doc]
    return len(states) == 1 and any(state["type"] == "Ready" and state["status"] == "False" for state in states[0])


def main():
    peers = os.environ.get("HYBRIDDEPLOY_PEERS")
    peers = Path(peers) / "skiperator" / "tests" if peers else None
    if not peers or not peers.is_dir():
        print("skipped: HYBRIDDEPLOY_PEERS names no folder with Skiperator's tests")
        return SKIPPED
    hybridgen, failed = str(Path(sys.argv[1]).resolve()), 0
    said_again = set(SAID) | {path for path, _ in REFUSED} | {path for path, _ in UNSAID}
    for path in sorted(str(path.relative_to(peers)) for folder in FOLDERS for path in (peers / folder).glob("*-assert.yaml")):
        if path not in said_again:
            print(f"FAIL {path}: nothing here says it again")
            failed += 1
    for path, (names, said) in SAID.items():
        for problem in problems(hybridgen, peers, path, names, said):
            print(f"FAIL {path}: {problem}")
            failed += 1
    for (path, name), (said, code) in REFUSED.items():
        status, told, _ = generate(hybridgen, said)
        if not refused(peers, path, name) or status != 1 or f"[{code}]" not in told:
            print(f"FAIL {path}: {name}: both refuse it, ours with {code}: {told[:300]}")
            failed += 1
    print(f"{len(SAID)} files of Skiperator, {len(REFUSED)} refusals, {failed} differences")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
