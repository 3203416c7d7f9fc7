#!/usr/bin/env python3
"""Compares our connections with those of network-config-analyzer: peer_nca.py HYBRIDGEN MODELS [SEED] [--nca PROGRAM]

The analyzer is the Python package network-config-analyzer, whose program nca is looked for in the path; without it the test says so and is
skipped. MODELS random models are generated and read by both, and again after an edit of one of their policies: NetworkPolicies, and Istio's
AuthorizationPolicies. The analyzer knows neither which pods are in the mesh nor mTLS, so all pods are put into it, and what it does not read is
left out for both. Compared are, for each two workloads and for each workload and addresses, the ports at which anything is allowed, and whether
all requests are, or some.

The analyzer needs 0.6 s of processor time for a model, most of it to start, so that 300 models and their edits are 6 minutes of one processor.
"""
import concurrent.futures
import functools
import ipaddress
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "random"))
import generate
import mesh_faults

SKIPPED = 77
ENDS = re.compile(r"(?P<from>\S+) => (?P<to>\S+) : (?P<what>.*)$")
MAKERS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicaSet")
KINDS = (*MAKERS, "Namespace", "Service", "NetworkPolicy", "AuthorizationPolicy")
PROTOCOLS = ("TCP", "UDP", "SCTP")


def run(*args, text=None):
    return subprocess.run(args, input=text, capture_output=True, text=True, timeout=300)


def template_of(one):
    return one["spec"]["jobTemplate"]["spec"]["template"] if one["kind"] == "CronJob" else one["spec"]["template"]


def with_certificate(rule):
    """Leaves out callers without certificate, which the analyzer takes for nobody: notPrincipals with a star."""
    for entry in rule.get("from", []):
        if entry["source"].pop("notPrincipals", None):
            entry["source"].setdefault("principals", ["cluster.local/ns/nowhere/sa/nobody"])


def readable(manifests):
    """What both read: a Rollout is a Deployment, and all pods have a proxy of the one trust domain."""
    text = re.sub(r'"[\w.-]+/ns/', '"cluster.local/ns/', json.dumps(manifests))
    kept = []
    for one in json.loads(text):
        if one["kind"] == "Rollout":
            one.update(apiVersion="apps/v1", kind="Deployment")
        if one["kind"] not in KINDS or (one["kind"] == "AuthorizationPolicy" and "targetRefs" in one["spec"]):
            continue
        if one["kind"] == "Namespace":
            labels = one["metadata"]["labels"]
            one["metadata"]["labels"] = {key: value for key, value in labels.items() if not key.startswith("istio")}
        for rule in one["spec"].get("rules", []) if one["kind"] == "AuthorizationPolicy" else ():
            with_certificate(rule)
        if one["kind"] in MAKERS:
            # The analyzer makes as many pods as there are replicas.
            one["spec"].update({"replicas": 1} if "replicas" in one["spec"] else {})
            meta = template_of(one)["metadata"]
            spec = template_of(one)["spec"]
            spec["containers"] = [{key: container[key] for key in ("name", "image", "ports") if key in container} for container in spec["containers"]]
            # Istio puts no proxy beside pods in the node's network, which the analyzer takes for pods like others.
            spec.pop("hostNetwork", None)
            meta.pop("annotations", None)
            meta["labels"] = {key: value for key, value in meta["labels"].items() if "istio" not in key}
            if any(policy["kind"] == "AuthorizationPolicy" for policy in manifests):
                meta["labels"]["sidecar.istio.io/inject"] = "true"
        kept.append(one)
    return kept


def edited(manifests, choice):
    """One edit of a policy; None when there is none to make."""
    policies = [one for one in manifests if one["kind"] in ("NetworkPolicy", "AuthorizationPolicy")]
    copy = json.loads(json.dumps(manifests))
    if not policies:
        return None
    if any(one["kind"] == "AuthorizationPolicy" for one in policies) and choice.random() < 0.7:
        # The analyzer refuses to deny by no rule.
        authorizations = [one for one in copy if one["kind"] == "AuthorizationPolicy" and one["spec"].get("rules")]
        if not authorizations:
            return None
        editor = mesh_faults.Editor(choice.random())
        choice.choice((editor.rule, editor.rule, editor.policy, editor.more, editor.action))(copy, choice.choice(authorizations))
        return copy if copy != manifests else None
    rules = [(one["spec"], key, i) for one in copy if one["kind"] == "NetworkPolicy" for key in ("ingress", "egress") for i in range(len(one["spec"].get(key) or []))]
    if not rules:
        return None
    spec, key, index = choice.choice(rules)
    rule = spec[key][index]
    what = choice.randrange(4)
    if what == 0:
        del spec[key][index]
    elif what == 1:
        rule.pop("ports", None)
    elif what == 2:
        rule.pop("from" if key == "ingress" else "to", None)
    else:
        rule["ports"] = [{"port": 81, "endPort": 90, "protocol": "TCP"}]
    return copy


# Both answers are tables: (protocol, from, to) to (first port, last port, whether all requests).

def workload(name):
    return re.fullmatch(r"[\w.-]+/[\w.-]+\[(%s)\]" % "|".join(MAKERS), name)


def addresses(text):
    """Ranges of addresses, as pairs of numbers with the version; NULL when the text is none."""
    ranges = []
    for part in text.split(","):
        try:
            first, _, last = part.strip().partition("-")
            if "/" in first:
                network = ipaddress.ip_network(first)
                first, last = network[0], network[-1]
            first = ipaddress.ip_address(first)
            ranges.append((first.version, int(first), int(ipaddress.ip_address(last or first))))
        except ValueError:
            return None
    return ranges


def ports_of(text):
    """{dst_ports:80,443-445,methods:GET} as ranges, and whether something else limits the requests."""
    found = []
    for part in re.findall(r"\{([^{}]*)\}", text) if "{" in text else [""]:
        keys = dict(re.findall(r"(\w+):((?:(?!,\w+:)[^{}])*)", part))
        ports = keys.get("dst_ports", "1-65535")
        limits = set(keys) - {"dst_ports", "protocols", "src_ports"}
        protocols = keys.get("protocols")
        for range_ in ports.split(","):
            first, _, last = range_.partition("-")
            found.append((protocols, int(first), int(last or first), not limits))
    return found


def theirs(nca, manifests):
    """The analyzer's connections; None where it refuses a policy because it does not support what it says."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "all.yaml").write_text("---\n".join(json.dumps(one, ensure_ascii=False) + "\n" for one in manifests))
        done = run(nca, "--connectivity", "--resource_list", folder, "--output_format", "txt_no_fw_rules", "--print_ipv6")
    if "not yet supported" in done.stderr and "Error: " in done.stderr:
        return None
    if done.returncode or "Total run time" not in done.stdout:
        raise AssertionError(f"nca ends with {done.returncode}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    found, section = [], PROTOCOLS
    for line in done.stdout.splitlines():
        if line.startswith("TCP Connections"):
            section = ("TCP",)
        elif line.startswith("non-TCP Connections"):
            section = ("UDP", "SCTP")
        match = ENDS.match(line)
        if match:
            for protocols, first, last, whole in ports_of(match["what"]):
                named = [name for name in section if not protocols or name in re.split(r"[,\s]+", protocols)]
                found += [(name, match["from"], match["to"], first, last, whole) for name in named]
    return found


def ours(hybridgen, manifests):
    text = "\n".join(map(json.dumps, manifests))
    done = run(hybridgen, "graph", "-q", "--format", "json", "--host-network", "pods", "-", text=text)
    if done.returncode:
        raise AssertionError(f"hybridgen ends with {done.returncode}: {done.stderr}")
    found = []
    for row in map(json.loads, done.stdout.splitlines()):
        for port in row["ports"]:
            if port["protocol"] not in PROTOCOLS:
                continue
            some = row.get("some", []) + row.get("unknown", []) if port["protocol"] == "TCP" else []
            limits = sorted({port["first"], port["last"] + 1} | {bound for part in some for bound in (part["first"], part["last"] + 1) if port["first"] < bound <= port["last"]})
            for first, behind in zip(limits, limits[1:]):
                whole = not any(part["first"] <= first <= part["last"] for part in some)
                found.append((port["protocol"], row["from"], row["to"], first, behind - 1, whole))
    return found


def points(rows):
    """A port, and an address, for each part in which nothing changes."""
    numbers = {bound for _, _, _, first, last, _ in rows for bound in (first, last + 1) if 1 <= bound <= 65535} | {1}
    hosts = {(4, int(ipaddress.ip_address("8.8.8.8")))}
    for row in rows:
        for end in row[1:3]:
            for version, first, last in addresses(end) or []:
                hosts |= {(version, bound) for bound in (first, last + 1, first - 1) if 0 <= bound < (1 << (32 if version == 4 else 128))}
    return sorted(numbers), sorted(hosts)


def table(rows, numbers, hosts):
    """Each point, and whether all requests are allowed there."""
    found = defaultdict(bool)
    for protocol, source, target, first, last, whole in rows:
        ends = []
        for end in (source, target):
            ranges = addresses(end)
            ends.append([end] if workload(end) else [host for host in hosts if any(version == host[0] and a <= host[1] <= b for version, a, b in ranges or [])])
        for one in ends[0]:
            for other in ends[1]:
                if one != other and (isinstance(one, str) or isinstance(other, str)):
                    for number in numbers:
                        if first <= number <= last:
                            found[protocol, one, other, number] |= whole
    return found


def differences(hybridgen, nca, manifests):
    a, b = ours(hybridgen, manifests), theirs(nca, manifests)
    if b is None:
        return [], 0
    numbers, hosts = points(a + b)
    ours_, theirs_ = table(a, numbers, hosts), table(b, numbers, hosts)
    return [(point, ours_.get(point), theirs_.get(point)) for point in sorted(set(ours_) | set(theirs_), key=str) if ours_.get(point) != theirs_.get(point)], len(theirs_)


def compare(hybridgen, nca, number):
    """Compares one model and an edit of it; what was counted, and in which way they differ."""
    counts, told = Counter(), []
    text = generate.valid(number)[1]
    done = run(hybridgen, "generate", "-q", "--format", "json", "-f", "-", text=text)
    if done.returncode:
        return counts, [f"model {number}: {done.stderr}"]
    manifests = readable([json.loads(line) for line in done.stdout.splitlines()])
    counts["in a mesh"] += any(one["kind"] == "AuthorizationPolicy" for one in manifests)
    for what, version in (("as it is", manifests), ("edited", edited(manifests, random.Random(number)))):
        if not version or not any(one["kind"] in MAKERS for one in version):
            continue
        found, n = differences(hybridgen, nca, version)
        counts.update({"points": n, "nothing": not n, "edits": what == "edited"})
        if found:
            point, a, b = found[0]
            words = {None: "nothing", True: "all", False: "some"}
            told.append(f"model {number} {what}: {point}: {words[a]} is allowed by hybridgen, {words[b]} by the analyzer; {len(found)} differences\n"
                        + "\n".join(json.dumps(one) for one in version))
    return counts, told


def main():
    args = sys.argv[1:]
    nca = args[args.index("--nca") + 1] if "--nca" in args else shutil.which("nca")
    args = args[:args.index("--nca")] if "--nca" in args else args
    hybridgen, n_models, seed = args[0], int(args[1]), int(args[2]) if len(args) > 2 else 0
    if not nca:
        print("not compared: there is no program nca; pip install network-config-analyzer")
        return SKIPPED
    counts, told = Counter(), []
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for n, (more, differing) in enumerate(pool.map(functools.partial(compare, hybridgen, nca), range(seed, seed + n_models)), 1):
            counts.update(more)
            told += differing
            if n % 25 == 0:
                print(f"{n} models: {len(told)} differ", flush=True)
    if told:
        # The manifests of one are enough to begin with.
        print("\n".join([*(one.splitlines()[0] for one in told[1:]), told[0]]))
        return 1
    print(f"{n_models} random models, {counts['in a mesh']} of them in a mesh, and {counts['edits']} edits: {counts['points']} points allowed by both alike; "
          f"{counts['nothing']} times nothing was allowed or the analyzer did not support a policy")
    return not (counts["points"] and counts["in a mesh"] and counts["edits"] and counts["nothing"] < n_models // 4)


if __name__ == "__main__":
    sys.exit(main())
