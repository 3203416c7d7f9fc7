"""The changes of examples/changes: their comments byte for byte, and whether what these say is true.

The judge is written down again here from the documentation of Kubernetes: it reads the manifests of both sides, and knows nothing of hybridgen.
"""
import html
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import yaml

from harness import DRIFT, HYBRIDGEN, Case, main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CHANGES = dict(re.findall(r"^\| \[([\w-]+)\]\(\1\) \| (\w+) \|", (EXAMPLES / "changes/README.md").read_text(), re.M))
ORDER = ["nothing", "create", "update", "restart", "recreate", "delete", "data"]
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet")
UNITS = {"m": Fraction(1, 1000), "Ki": 1024, "Mi": 1024**2, "Gi": 1024**3, "": 1}


def amount(text):
    digits, unit = re.fullmatch(r"([\d.]+)(\D*)", str(text)).groups()
    return Fraction(digits) * UNITS[unit]


def without_template(spec):
    return {key: value for key, value in spec.items() if key not in ("template", "replicas", "minReadySeconds", "strategy", "updateStrategy", "revisionHistoryLimit")}


def effect(before, after):
    """What the API server and the controllers do with an object."""
    if before is None:
        return "create"
    if after is None:
        return "delete"
    if after["kind"] not in WORKLOADS:
        return "update"
    old, new = before["spec"], after["spec"]
    if old.get("volumeClaimTemplates") != new.get("volumeClaimTemplates"):
        return "data"
    if without_template(old) != without_template(new):
        return "recreate"
    return "restart" if old["template"] != new["template"] else "update"


class Side:
    """The objects of one side, and what follows from them."""

    def __init__(self, text):
        self.objects = {f"{doc['kind']}/{doc['metadata']['name']}": doc for doc in yaml.load_all(text, Loader=yaml.CSafeLoader)}
        self.workloads = [doc for doc in self.objects.values() if doc["kind"] in WORKLOADS]

    def replicas(self, workload):
        for doc in self.objects.values():
            if doc["kind"] == "HorizontalPodAutoscaler" and doc["spec"]["scaleTargetRef"]["name"] == workload["metadata"]["name"]:
                return doc["spec"]["minReplicas"], doc["spec"]["maxReplicas"]
        return (workload["spec"].get("replicas", 1),) * 2

    def load(self):
        """The sums at least and at most, of requests and limits; a limit is the request where there is none."""
        sums = {}
        for workload in self.workloads:
            pod = workload["spec"]["template"]["spec"]
            assert not pod.get("initContainers")
            for container in pod["containers"]:
                limits = container["resources"].get("limits", {})
                for what, given in (("requests", {**limits, **container["resources"].get("requests", {})}), ("limits", limits)):
                    for name, value in given.items():
                        least, most = sums.get((name, what), (0, 0))
                        sums[name, what] = tuple(total + n * amount(value) for total, n in zip((least, most), self.replicas(workload)))
        return sums

    @staticmethod
    def selects(selector, workload):
        assert not selector.get("matchExpressions")
        labels = workload["spec"]["template"]["metadata"]["labels"]
        return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())

    def allowed(self, workload, peer, direction):
        """The ports, with their protocols, that the policies of a workload allow to or from another one of the namespace."""
        key, ports, isolated = {"Egress": ("to", set(), False), "Ingress": ("from", set(), False)}[direction]
        for policy in self.objects.values():
            if policy["kind"] != "NetworkPolicy" or direction not in policy["spec"]["policyTypes"] or not self.selects(policy["spec"]["podSelector"], workload):
                continue
            isolated = True
            for rule in policy["spec"].get(direction.lower(), []):
                peers = rule.get(key)
                if peers is None or any("podSelector" in one and "namespaceSelector" not in one and self.selects(one["podSelector"], peer) for one in peers):
                    ports |= {f"{one['port']}/{one.get('protocol', 'TCP')}" for one in rule["ports"]}
        assert isolated
        return ports

    def connections(self):
        found = set()
        for source in self.workloads:
            for target in self.workloads:
                if source is not target:
                    ports = self.allowed(source, target, "Egress") & self.allowed(target, source, "Ingress")
                    found |= {(source["metadata"]["name"], target["metadata"]["name"], port) for port in ports}
        return found


class Comment:
    """What a comment says."""

    def __init__(self, text):
        text = html.unescape(text)
        self.worst = re.search(r"The worst effect is \*\*(\w+)\*\*", text)[1]
        self.rows = {name: (effect, what) for effect, name, what in re.findall(r"^\| \*\*(\w+)\*\* \| (\S+) \| ([^|]*) \|", text, re.M)}
        self.load = {(name, what): (before, after) for name, what, before, after in re.findall(r"^- load, (\S+) (\w+): (.*) -> (.*)$", text, re.M)}
        self.connections = [(state, source, target, ports.split(", ")) for state, source, target, ports in
                            re.findall(r"^- (new|gone): (\S+) to (\S+) (.*), \w+$", text, re.M)]
        self.fields = set(re.findall(r"^- (\w+/[\w-]+) \S+: ", text, re.M))


class Changes(Case):
    def sides(self, name):
        model = EXAMPLES / CHANGES[name] / "hybriddeploy.yaml"
        generate = ["generate", "-q", "-f", str(model)]
        return Side(self.product(*generate)), Side(self.product(*generate, "-f", str(EXAMPLES / "changes" / name / "change.yaml")))

    def diff(self, name, *args):
        """Called in the folder of a copy, because paths stand in what is written."""
        folder = self.folder / "changes" / name
        if not folder.exists():
            shutil.copytree(EXAMPLES / "changes" / name, folder)
            shutil.copytree(EXAMPLES / CHANGES[name], self.folder / CHANGES[name], dirs_exist_ok=True)
        model = f"../../{CHANGES[name]}/hybriddeploy.yaml"
        return subprocess.run([HYBRIDGEN, "diff", model, "-f", model, "-f", "change.yaml", *args], cwd=folder, env=self.environment, capture_output=True, text=True, check=False)

    def test_five(self):
        self.assertEqual(len(CHANGES), 5)
        self.assertEqual(sorted(CHANGES), sorted(path.name for path in (EXAMPLES / "changes").iterdir() if path.is_dir()))

    def test_comments(self):
        for name in CHANGES:
            done = self.diff(name, "--format", "markdown", "--expect", "expect.yaml", "--strict")
            self.assertEqual((done.returncode, done.stderr, done.stdout), (0, "", (EXAMPLES / "changes" / name / "change.md").read_text()), name)

    def test_what_is_not_meant_is_told(self):
        """Each entry of what is expected is needed, and another effect than it says is told."""
        for name in CHANGES:
            expected = yaml.safe_load((EXAMPLES / "changes" / name / "expect.yaml").read_text())
            self.assertGreaterEqual(len(expected), 1)
            for key, entries in expected.items():
                for entry in entries:
                    rest = {one: entries[one] for one in entries if one != entry} if isinstance(entries, dict) else [one for one in entries if one != entry]
                    self.diff(name)
                    (self.folder / "changes" / name / "less.yaml").write_text(yaml.safe_dump({**expected, key: rest}))
                    done = self.diff(name, "--expect", "less.yaml")
                    self.assertEqual((done.returncode, done.stderr.count("[HD8320]")), (DRIFT, 1), (name, entry))

    def test_effects(self):
        for name in CHANGES:
            before, after = self.sides(name)
            comment = Comment((EXAMPLES / "changes" / name / "change.md").read_text())
            effects = {key: effect(before.objects.get(key), after.objects.get(key)) for key in {**before.objects, **after.objects}
                       if before.objects.get(key) != after.objects.get(key)}
            self.assertEqual({key: one for key, (one, _) in comment.rows.items()}, effects, name)
            self.assertEqual(comment.worst, max(effects.values(), key=ORDER.index), name)
            self.assertEqual(comment.fields, {key for key, one in effects.items() if one not in ("create", "delete")}, name)
            for key, (one, what) in comment.rows.items():
                if one == "restart":
                    least, most = after.replicas(after.objects[key])
                    self.assertTrue(what.startswith(f"{least} pods," if least == most else f"{least} to {most} pods,"), (name, what))

    def test_connections(self):
        for name in CHANGES:
            before, after = self.sides(name)
            comment = Comment((EXAMPLES / "changes" / name / "change.md").read_text())
            names = {workload["metadata"]["name"] for workload in before.workloads + after.workloads}
            said = {"new": set(), "gone": set()}
            for state, source, target, ports in comment.connections:
                if source in names and target in names:
                    said[state] |= {(source, target, port) for port in ports}
                else:
                    # Those with the cluster are there for as long as their service.
                    [service] = {source, target} & names
                    self.assertNotEqual(*(f"Service/{service}" in side.objects for side in (before, after)))
            self.assertEqual(said, {"new": after.connections() - before.connections(), "gone": before.connections() - after.connections()}, name)
            self.assertGreater(len(before.connections()), 3)

    def test_load(self):
        for name in CHANGES:
            before, after = self.sides(name)
            comment = Comment((EXAMPLES / "changes" / name / "change.md").read_text())
            old, new = before.load(), after.load()
            self.assertEqual(set(comment.load), {key for key in old if old[key] != new[key]}, name)
            for key, said in comment.load.items():
                for text, sums in zip(said, (old[key], new[key])):
                    least, _, most = text.partition(" to ")
                    self.assertEqual((amount(least), amount(most or least)), sums, (name, key))


if __name__ == "__main__":
    main()
