#!/usr/bin/env python3
"""Compares what projects publish with what the library writes for our models of them: compare.py HYBRIDGEN [--list]

The published manifests lie in the folder that the environment variable HYBRIDDEPLOY_PEERS names: its online-boutique, bookinfo, otel-demo and
cluster-topology-analyzer are folders of the projects of these names. Each field that differs has a verdict in verdicts.yaml, better, the same,
cannot be said or wrong, and its reason. A difference without a verdict is a failure, and so is a verdict of no difference. --list prints all.
"""
import collections
import fnmatch
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "random"))
import quantity

VERDICTS = ("better", "the same", "cannot be said", "wrong")
SKIPPED = 77
# What tells the elements of a list apart; the elements of other lists are compared together.
KEYS = {"env": "name", "initContainers": "name", "volumes": "name", "volumeMounts": "mountPath", "httpHeaders": "name", "items": "key"}
# What servers write where nothing is said.
DEFAULTS = [(re.compile(pattern), value) for pattern, value in (
    (r"ports\[.*\]\.protocol$", "TCP"), (r"Probe\.periodSeconds$", 10), (r"Probe\.timeoutSeconds$", 1), (r"Probe\.successThreshold$", 1),
    (r"Probe\.failureThreshold$", 3), (r"Probe\.initialDelaySeconds$", 0), (r"httpGet\.scheme$", "HTTP"), (r"\.imagePullPolicy$", "IfNotPresent"),
    (r"template\.spec\.terminationGracePeriodSeconds$", 30), (r"template\.spec\.restartPolicy$", "Always"), (r"template\.spec\.dnsPolicy$", "ClusterFirst"),
    (r"^spec\.type$", "ClusterIP"), (r"^spec\.sessionAffinity$", "None"), (r"^spec\.internalTrafficPolicy$", "Cluster"), (r"^spec\.replicas$", 1),
    (r"^spec\.revisionHistoryLimit$", 10), (r"^spec\.(strategy|updateStrategy)\.type$", "RollingUpdate"), (r"fieldRef\.apiVersion$", "v1"),
    (r"template\.spec\.(hostNetwork|shareProcessNamespace)$", False), (r"volumes\[.*\]\.(configMap|secret)\.defaultMode$", 420),
    (r"securityContext\.privileged$", False), (r"template\.spec\.automountServiceAccountToken$", True), (r"divisor$", "0"),
    (r"template\.spec\.enableServiceLinks$", True), (r"Probe\.grpc\.service$", ""), (r"terminationMessagePath$", "/dev/termination-log"),
    (r"terminationMessagePolicy$", "File"))]


def is_default(path, value):
    return any(pattern.search(path) and value == default for pattern, default in DEFAULTS)


def flat(value, path=""):
    """{path: value} of all that is no map and no list of named elements."""
    if isinstance(value, dict):
        result = {}
        for key, item in value.items():
            result.update(flat(item, f"{path}.{key}" if path else key))
        return result if result or not path else {path: {}}
    name = path.rpartition(".")[2]
    if isinstance(value, list) and name in ("containers", "ports"):
        result = {}
        for i, item in enumerate(value):
            key = (item.get("containerPort") or item.get("port")) if name == "ports" else i and item["name"]
            result.update(flat(item, f"{path}[{key}{'/UDP' if item.get('protocol') == 'UDP' else ''}]"))
        return result
    if isinstance(value, list) and name in KEYS:
        result = {}
        for item in value:
            result.update(flat(item, f"{path}[{item.get(KEYS[name])}]"))
        return result
    return {path: value} if value not in (None, []) else {}


def ports_by_name(doc, docs):
    """Numbers of the named ports of a workload, or of the workloads that a Service selects."""
    selector = (doc.get("spec") or {}).get("selector") or {}
    for other in [doc] if doc["kind"] != "Service" else docs:
        template = (other.get("spec") or {}).get("template")
        labels = template and template["metadata"].get("labels", {})
        if template and (other is doc or selector.items() <= labels.items()):
            for container in template["spec"]["containers"] + template["spec"].get("initContainers", []):
                for port in container.get("ports") or []:
                    if "name" in port:
                        yield port["name"], port["containerPort"]


def fields(doc, docs):
    """The fields of an object as they are compared: without what is a default, ports by number, amounts in one unit."""
    numbers, result = dict(ports_by_name(doc, docs)), {}
    for path, value in flat({key: item for key, item in doc.items() if key not in ("kind", "status")}).items():
        last = path.rpartition(".")[2]
        if last in ("port", "targetPort"):
            value = numbers.get(value, value)
        if last == "targetPort" and f"ports[{value}" in path:
            continue
        if ".resources." in path or last == "sizeLimit":
            value = quantity.canonical(str(value))
        # A name of a port is for people where the number says the same.
        if not is_default(path, value) and not re.search(r"containers\[.*\]\.ports\[.*\]\.name$|containers\[0\]\.name$", path):
            result[path] = value
    return result


def read(path):
    return [doc for doc in yaml.load_all(Path(path).read_text(), Loader=yaml.CSafeLoader) if isinstance(doc, dict) and doc.get("kind")]


def written(hybridgen, model):
    run = subprocess.run([hybridgen, "generate", "-q", "-f", model], capture_output=True, text=True, check=True)
    return [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]


class Comparison:
    def __init__(self, name, peer, everywhere):
        self.name, self.counts, self.lines, self.failures = name, collections.Counter(), [], []
        self.rules = [dict(rule, used=False) for rule in peer.get("differences", [])] + everywhere
        self.own = len(peer.get("differences", []))
        self.apart = {pattern: False for pattern in peer.get("apart", {})}

    def is_apart(self, key):
        for pattern in self.apart:
            if fnmatch.fnmatchcase(key, pattern):
                self.apart[pattern] = True
                return True
        return False

    def judge(self, sign, key, path, words):
        where = f"{sign} {key}" + (f": {path}" if path else "")
        rule = next((rule for rule in self.rules if fnmatch.fnmatchcase(where, rule["at"].replace("[", "[[]"))), None)
        if not rule:
            self.failures.append(f"{where} has no verdict: {words}")
            return
        rule["used"] = True
        self.counts[rule["verdict"]] += 1
        self.lines.append((rule["verdict"], where, words, rule["reason"]))

    def objects(self, theirs, ours):
        for key in sorted(set(theirs) | set(ours)):
            if key not in ours:
                self.judge("-", key, "", "the object")
            elif key not in theirs:
                self.judge("+", key, "", "the object")
            else:
                self.fields(key, theirs[key], ours[key])

    def fields(self, key, theirs, ours):
        for path in sorted(set(theirs) | set(ours)):
            if path not in ours:
                self.judge("-", key, path, f"theirs {short(theirs[path])}")
            elif path not in theirs:
                self.judge("+", key, path, f"ours {short(ours[path])}")
            elif theirs[path] != ours[path]:
                self.judge("~", key, path, f"theirs {short(theirs[path])}, ours {short(ours[path])}")
            else:
                self.counts["equal"] += 1

    def check_rules(self):
        for rule in self.rules[:self.own]:
            if not rule["used"]:
                self.failures.append(f"the verdict at {rule['at']!r} is of no difference")
        self.failures += [f"nothing is called {pattern}, which is set apart" for pattern, used in self.apart.items() if not used]


def short(value):
    text = json.dumps(value)
    return text if len(text) < 100 else text[:97] + "..."


def keyed(docs, names):
    keys = {}
    for doc in docs:
        key = f"{doc['kind']}/{doc['metadata']['name']}"
        keys[names.get(key, key)] = fields(doc, docs)
    return keys


def check_calls(folder, peer, model):
    """Who calls whom, as another program found it in the manifests."""
    found = json.loads((folder / peer["calls"]).read_text())
    names = [[(side or {}).get("resource", {}).get("name") for side in (link.get("source"), link["target"])] for link in found]
    wanted = {(source, target) for source, target in names if source}
    got = set()
    for service, value in model["services"].items():
        calls = value.get("calls", [])
        got |= {(service, call if isinstance(call, str) else call["to"]) for call in (calls if isinstance(calls, list) else [calls])}
    print(f"  {len(got & wanted)} calls are those of the manifests")
    return [f"the call {source} -> {target} is {'not in the model' if (source, target) in wanted else 'of the model alone'}"
            for source, target in sorted(got ^ wanted)]


def compare(hybridgen, folder, name, peer, everywhere):
    comparison = Comparison(name, peer, everywhere)
    model = HERE / peer["model"]
    published = [doc for path in peer["published"] for doc in read(folder / path)]
    theirs = {key: value for key, value in keyed(published, peer.get("names", {})).items() if not comparison.is_apart(key)}
    comparison.objects(theirs, keyed(written(hybridgen, model), {}))
    comparison.check_rules()
    counts = comparison.counts
    print(f"{name}: {counts['equal']} fields are equal; " + ", ".join(f"{verdict} {counts[verdict]}" for verdict in VERDICTS))
    if "calls" in peer:
        comparison.failures += check_calls(folder, peer, yaml.safe_load(model.read_text()))
    for verdict, where, words, reason in comparison.lines:
        if "--list" in sys.argv or verdict in VERDICTS[2:]:
            print(f"  {verdict}: {where}: {words}\n      {reason}")
    for failure in comparison.failures:
        print(f"FAIL {name}: {failure}")
    return len(comparison.failures)


def main():
    folder = os.environ.get("HYBRIDDEPLOY_PEERS")
    if not folder or not Path(folder).is_dir():
        print("skipped: HYBRIDDEPLOY_PEERS names no folder with the manifests that other projects publish")
        return SKIPPED
    data = yaml.safe_load((HERE / "verdicts.yaml").read_text())
    everywhere = [dict(rule, used=False) for rule in data["everywhere"]]
    for rule in [*everywhere, *(rule for peer in data["peers"].values() for rule in peer.get("differences", []))]:
        assert rule["verdict"] in VERDICTS and rule["reason"], rule
    failures = sum(compare(sys.argv[1], Path(folder), name, peer, everywhere) for name, peer in data["peers"].items())
    for rule in everywhere:
        if not rule["used"]:
            failures += 1
            print(f"FAIL the verdict at {rule['at']!r} is of no difference")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
