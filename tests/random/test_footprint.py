#!/usr/bin/env python3
"""A change of a random model changes only the objects that depend on it: test_footprint.py HYBRIDGEN [SEEDS]

- A release of one service (another tag of its image) changes that service's workload and no other object.
- Every workload has its version as a label when the tag is a valid value of a label; no other object has the label.
- A new call between two services changes the policies of these two, and in a mesh the Sidecar of the caller. Of the objects of the
  application it may change the dashboard, which shows all calls, and the policy of the waypoint through which calls go.
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


class Footprints:
    def __init__(self, hybridgen, folder):
        self.hybridgen, self.path = hybridgen, Path(folder) / "model.json"
        self.found, self.releases, self.calls = [], 0, 0

    def objects(self, model):
        """The objects of a model by kind, namespace and name; None where the model has errors."""
        self.path.write_text(json.dumps(model), encoding="utf-8")
        run = subprocess.run([self.hybridgen, "generate", "-q", "-f", self.path], capture_output=True, check=False)
        if run.returncode:
            return None
        docs = yaml.load_all(run.stdout, Loader=yaml.CSafeLoader)
        return {(doc["kind"], doc["metadata"].get("namespace"), doc["metadata"]["name"]): doc for doc in docs}

    @staticmethod
    def changed(before, after):
        """The objects that differ: as they are after the change, or, if they are gone, as they were before."""
        return [after.get(key) or before[key] for key in sorted(set(before) | set(after), key=str) if before.get(key) != after.get(key)]

    def say(self, seed, change, doc):
        self.found.append(f"seed {seed}: {change} changes {doc['kind']} {doc['metadata']['name']}")

    def labels(self, seed, objects):
        for doc in objects.values():
            pods = doc.get("spec", {}).get("template", {}).get("metadata", {}).get("labels", {})
            if VERSION in doc["metadata"].get("labels", {}) and (doc["kind"] not in WORKLOADS or pods and VERSION not in pods):
                self.found.append(f"seed {seed}: {doc['kind']} {doc['metadata']['name']} has the label of a version")

    def release(self, seed, model, before, name):
        service = model["services"][name] or {}
        image = service.get("image", {})
        if not isinstance(image, dict) or "digest" in image:
            return
        after = self.objects({**model, "services": {**model["services"], name: {**service, "image": {**image, "tag": TAG}}}})
        if after is None:
            return
        changed = self.changed(before, after)
        for doc in changed:
            if doc["kind"] not in WORKLOADS or doc["metadata"]["labels"].get(NAME) != name:
                self.say(seed, f"a release of {name}", doc)
        workloads = [doc for doc in changed if doc["metadata"]["labels"].get(VERSION) == TAG]
        if len(workloads) != 1:
            self.found.append(f"seed {seed}: a release of {name} gives {len(workloads)} workloads the label of its version")
        self.releases += 1

    def call(self, seed, model, before, caller, callee):
        service = model["services"][caller] or {}
        calls = service.get("calls", [])
        if not isinstance(calls, list) or caller == callee:
            return
        after = self.objects({**model, "services": {**model["services"], caller: {**service, "calls": [*calls, callee]}}})
        if after is None:
            return
        for doc in self.changed(before, after):
            owner, name = doc["metadata"]["labels"].get(NAME), (doc["kind"], doc["metadata"]["name"])
            of_app = owner == model["name"] and name in (("ConfigMap", f"{owner}-overview"), ("NetworkPolicy", "waypoint"))
            if not of_app and (doc["kind"] not in POLICIES or owner not in (caller, callee)):
                self.say(seed, f"a call of {callee} by {caller}", doc)
        self.calls += 1


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
            footprints.labels(seed, before)
            footprints.release(seed, model, before, dice.pick(names))
            footprints.call(seed, model, before, dice.pick(names), dice.pick(names))
    for words in footprints.found:
        print(words)
    print(f"{footprints.releases} releases and {footprints.calls} new calls: {len(footprints.found)} findings")
    sys.exit(bool(footprints.found) or footprints.releases < seeds // 4 or footprints.calls < seeds // 10)


if __name__ == "__main__":
    main()
