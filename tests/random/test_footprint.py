#!/usr/bin/env python3
"""A change of a random model changes only the objects that depend on it: test_footprint.py HYBRIDGEN [SEEDS]

- A release of one service (another tag of its image) changes that service's workload and no other object, and in it only what holds the tag.
  `hybridgen diff` says the same: that workload, with its new pods.
- Every workload has its version as a label when the tag is a valid value of a label; no other object has the label.
- A new call between two services changes the network policies of both, and in a mesh their other policies and the Sidecar of the caller. Of
  the objects of the application it may change the dashboard, which shows all calls, and the policy of the waypoint through which calls go.
- A variable of one service changes its workload, with a canary both, and no other object.
- A new service that nobody calls brings objects of its own. Of the application's it may change the dashboard, and the policy that lets its
  telemetry into the collector.
- A model that is written in another way, as YAML with a comment and other blanks in place of JSON, changes nothing.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

import generate
from dice import Dice

WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ScaledJob", "Rollout"}
VERSION, NAME = "app.kubernetes.io/version", "app.kubernetes.io/name"
TAG = "9.9.9"
POLICIES = {"NetworkPolicy", "AuthorizationPolicy", "Sidecar"}


# What happens to the pods of a workload with another image.
EFFECTS = {"Deployment": "restart", "StatefulSet": "restart", "DaemonSet": "restart", "Rollout": "restart", "Job": "recreate", "CronJob": "update",
           "ScaledJob": "update"}


def differences(before, after, path=""):
    """The values of the newer object that differ, by their paths; None where one is gone."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [found for key in {**before, **after} for found in differences(before.get(key), after.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [found for number, pair in enumerate(zip(before, after)) for found in differences(*pair, f"{path}[{number}]")]
    return [] if before == after else [(path, after)]


class Footprints:
    def __init__(self, hybridgen, folder):
        self.hybridgen, self.path, self.old_path = hybridgen, Path(folder) / "model.json", Path(folder) / "old.json"
        self.found, self.n = [], dict.fromkeys(("releases", "calls", "variables", "additions"), 0)

    def run(self, *args):
        return subprocess.run([self.hybridgen, *args], capture_output=True, check=False)

    def objects(self, model, write=json.dumps):
        """The objects of a model by kind, namespace and name; None where the model has errors."""
        self.path.write_text(write(model), encoding="utf-8")
        run = self.run("generate", "-q", "-f", self.path)
        if run.returncode:
            return None
        docs = yaml.load_all(run.stdout, Loader=yaml.CSafeLoader)
        return {(doc["kind"], doc["metadata"].get("namespace"), doc["metadata"]["name"]): doc for doc in docs}

    def changed_service(self, model, name, **members):
        return self.objects({**model, "services": {**model["services"], name: {**(model["services"][name] or {}), **members}}})

    @staticmethod
    def changed(before, after):
        """The objects that differ: as they are after the change, or, if they are gone, as they were before."""
        return [after.get(key) or before[key] for key in sorted(set(before) | set(after), key=str) if before.get(key) != after.get(key)]

    @staticmethod
    def owner(doc):
        return (doc["metadata"].get("labels") or {}).get(NAME)

    def say(self, seed, change, doc):
        self.found.append(f"seed {seed}: {change} changes {doc['kind']} {doc['metadata']['name']}")

    def labels(self, seed, objects):
        for doc in objects.values():
            pods = doc.get("spec", {}).get("template", {}).get("metadata", {}).get("labels", {})
            if VERSION in doc["metadata"].get("labels", {}) and (doc["kind"] not in WORKLOADS or pods and VERSION not in pods):
                self.found.append(f"seed {seed}: {doc['kind']} {doc['metadata']['name']} has the label of a version")

    def want_workload_alone(self, seed, change, changed, name):
        for doc in changed:
            if doc["kind"] not in WORKLOADS or self.owner(doc) != name:
                self.say(seed, change, doc)

    def release(self, seed, model, before, name):
        image = (model["services"][name] or {}).get("image", {})
        if not isinstance(image, dict) or "digest" in image:
            return
        after = self.changed_service(model, name, image={**image, "tag": TAG})
        if after is None:
            return
        changed = self.changed(before, after)
        self.want_workload_alone(seed, f"a release of {name}", changed, name)
        workloads = [doc for doc in changed if doc["metadata"]["labels"].get(VERSION) == TAG]
        if len(workloads) != 1:
            self.found.append(f"seed {seed}: a release of {name} gives {len(workloads)} workloads the label of its version")
        for key, doc in after.items():
            for path, value in differences(before.get(key), doc):
                if TAG not in str(value):
                    self.found.append(f"seed {seed}: a release of {name} changes {path} of {key} to {value}")
        self.say_the_same(seed, changed)
        self.n["releases"] += 1

    def say_the_same(self, seed, changed):
        """hybridgen diff lists these objects and no others."""
        run = self.run("diff", self.old_path, self.path, "--format", "json")
        said = {(one["kind"], one["name"], one["effect"]) for one in json.loads(run.stdout)["objects"]} if not run.returncode else run.stderr
        meant = {(doc["kind"], doc["metadata"]["name"], EFFECTS.get(doc["kind"])) for doc in changed}
        if said != meant:
            self.found.append(f"seed {seed}: hybridgen diff says {said}, and {meant} is what changes")

    def call(self, seed, model, before, caller, callee):
        calls = (model["services"][caller] or {}).get("calls", [])
        if not isinstance(calls, list) or caller == callee or callee in [one["to"] if isinstance(one, dict) else one for one in calls]:
            return
        after = self.changed_service(model, caller, calls=[*calls, callee])
        if after is None:
            return
        by_waypoint, touched, policies = False, set(), {self.owner(doc) for doc in before.values() if doc["kind"] == "NetworkPolicy"}
        for doc in self.changed(before, after):
            owner, name = self.owner(doc), (doc["kind"], doc["metadata"]["name"])
            of_app = owner == model["name"] and name in (("ConfigMap", f"{owner}-overview"), ("NetworkPolicy", "waypoint"))
            if not of_app and (doc["kind"] not in POLICIES or owner not in (caller, callee)):
                self.say(seed, f"a call of {callee} by {caller}", doc)
            by_waypoint = by_waypoint or name == ("NetworkPolicy", "waypoint")
            if doc["kind"] == "NetworkPolicy" and not of_app:
                touched.add(owner)
        # A callee that lets in the waypoint leaves it to the waypoint who may call.
        if touched not in ({caller, callee} & policies, {caller} & policies if by_waypoint else None):
            self.found.append(f"seed {seed}: a call of {callee} by {caller} changes the network policies of {sorted(touched)}")
        self.n["calls"] += len(touched) == 2

    def variable(self, seed, model, before, name):
        env = (model["services"][name] or {}).get("env", {})
        after = self.changed_service(model, name, env={**env, "FOOTPRINT": "1"}) if isinstance(env, dict) else None
        if after is None:
            return
        changed = self.changed(before, after)
        self.want_workload_alone(seed, f"a variable of {name}", changed, name)
        workloads = [doc for doc in before.values() if doc["kind"] in WORKLOADS and self.owner(doc) == name]
        if len(changed) != len(workloads):
            self.found.append(f"seed {seed}: a variable of {name} changes {len(changed)} objects, and it has {len(workloads)} workloads")
        self.n["variables"] += 1

    def addition(self, seed, model, before):
        newcomer = {"image": "registry.example.com/newcomer:1.0", "runtime": "container", "port": 8080}
        after = self.objects({**model, "services": {**model["services"], "newcomer": newcomer}})
        if after is None:
            return
        for doc in self.changed(before, after):
            kind, name, app = doc["kind"], doc["metadata"]["name"], model["name"]
            of_app = name == f"{app}-overview" if kind == "ConfigMap" else kind == "NetworkPolicy" and name.startswith(app) and name.endswith("-collector")
            if self.owner(doc) != "newcomer" and not of_app:
                self.say(seed, "a new service", doc)
        self.n["additions"] += 1

    def form(self, seed, model, before):
        for doc in self.changed(before, self.objects(model, lambda one: "# read as YAML\n" + json.dumps(one, indent=3)) or {}):
            self.say(seed, "another form", doc)


def main():
    hybridgen, seeds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        footprints = Footprints(hybridgen, folder)
        for seed in range(seeds):
            model, dice = generate.valid(seed)[0], Dice(f"footprint {seed}")
            # A model may have a list of services instead of a mapping.
            if isinstance(model.get("services"), list):
                model["services"] = {service["name"]: {key: value for key, value in service.items() if key != "name"} for service in model["services"]}
            before = footprints.objects(model)
            if before is None or not model.get("services"):
                continue
            names = sorted(model["services"])
            footprints.old_path.write_text(json.dumps(model), encoding="utf-8")
            footprints.labels(seed, before)
            footprints.release(seed, model, before, dice.pick(names))
            footprints.call(seed, model, before, dice.pick(names), dice.pick(names))
            footprints.variable(seed, model, before, dice.pick(names))
            footprints.addition(seed, model, before)
            footprints.form(seed, model, before)
    for words in footprints.found:
        print(words)
    print(f"{footprints.n}: {len(footprints.found)} findings")
    few = [name for name, n in footprints.n.items() if n < seeds // (8 if name == "calls" else 4)]
    if few:
        print(f"too few of {few}")
    sys.exit(bool(footprints.found or few))


if __name__ == "__main__":
    main()
