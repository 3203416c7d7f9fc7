"""Random patches, right and wrong, of the manifests of random models: what hybridgen says of them, and the objects that come of them.

Usage: patched.py HYBRIDGEN PATCHES, the program of tools/patches. Asked, it greets with a line of JSON and then reads questions: the length
of one on a line, then so many bytes, such as "1.30 namespace 7", the last being a seed. The answer is a line of JSON with the patch, what
is wrong about it by our intention ("" for nothing), the codes of hybridgen's errors, and the object that the API server is to judge.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", name) for name in ("random", "policy")]
sys.dont_write_bytecode = True

import generate as random_models
from dice import Dice
from mesh import service_values
from patches import Library, alone, group_of, identity, pointers

WORKLOADS = {"Deployment": "spec", "StatefulSet": "spec", "DaemonSet": "spec", "Job": "spec"}
# Fields of pods and controllers with values that are right anywhere.
OF_PODS = {"terminationGracePeriodSeconds": 90, "enableServiceLinks": True, "setHostnameAsFQDN": True, "schedulerName": "custom", "dnsPolicy": "ClusterFirst",
           "tolerations": [{"key": "spot", "operator": "Exists"}], "imagePullSecrets": [{"name": "registry"}],
           "hostAliases": [{"ip": "192.0.2.7", "hostnames": ["db.internal"]}], "nodeSelector": {"disk": "ssd"}, "shareProcessNamespace": False}
OF_CONTAINERS = {"tty": True, "stdin": True, "workingDir": "/srv", "env": [{"name": "PATCHED_IN", "value": "1"}],
                 "ports": [{"containerPort": 4242, "protocol": "TCP"}], "resources": {"limits": {"example.com/gpu": "1"}, "requests": {"example.com/gpu": "1"}},
                 "terminationMessagePolicy": "FallbackToLogsOnError"}
OF_CONTROLLERS = {"Deployment": {"minReadySeconds": 7, "revisionHistoryLimit": 3, "paused": True, "replicas": 4, "progressDeadlineSeconds": 900},
                  "StatefulSet": {"minReadySeconds": 7, "revisionHistoryLimit": 3, "replicas": 4}, "DaemonSet": {"minReadySeconds": 7, "revisionHistoryLimit": 3},
                  "Job": {"backoffLimit": 5, "activeDeadlineSeconds": 9000, "ttlSecondsAfterFinished": 60}}
OF_SERVICES = {"sessionAffinity": "ClientIP", "publishNotReadyAddresses": True, "ports": [{"port": 4242, "name": "extra", "targetPort": 4242}]}
# The same fields with values of other types, and misspelled.
WRONG_TYPES = ["x", 7, True, {"a": "b"}, ["a"]]


def in_place(doc, field, value):
    """A merge patch that sets a field of a workload, its pods or their first container."""
    if field in OF_CONTROLLERS[doc["kind"]]:
        return {"spec": {field: value}}
    pods = {field: value} if field in OF_PODS else {"containers": [{"name": doc["spec"]["template"]["spec"]["containers"][0]["name"], field: value}]}
    return {"spec": {"template": {"spec": pods}}}


def fields_of(doc):
    if doc["kind"] in WORKLOADS:
        return {**OF_CONTROLLERS[doc["kind"]], **OF_PODS, **OF_CONTAINERS}
    return OF_SERVICES if doc["kind"] == "Service" else {}


def set_field(doc, field, value):
    return in_place(doc, field, value) if doc["kind"] in WORKLOADS else {"spec": {field: value}}


def right(dice, doc):
    fields = fields_of(doc)
    if not fields or dice.chance(0.3):
        return {"metadata": {dice.pick(["labels", "annotations"]): {"example.com/patched": dice.pick(["a", "1.10", "v1"])}}}
    field = dice.pick(sorted(fields))
    return set_field(doc, field, fields[field])


def type_of(value):
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def other_type(dice, value):
    """A text that begins with a digit may be an amount, which may be a number as well."""
    return dice.pick([one for one in WRONG_TYPES if type_of(one) != type_of(value) and not (one == 7 and isinstance(value, str) and value[:1].isdigit())])


def wrong_new_type(dice, doc):
    """A field that may be there or not, with a value of another type."""
    fields = fields_of(doc)
    if not fields:
        return None
    field = dice.pick(sorted(fields))
    return set_field(doc, field, other_type(dice, fields[field]))


def below_spec(doc):
    """Places of an object that are not its identity and not the library's own labels."""
    return [(path, value) for path, value in pointers(doc) if path.startswith(("/spec/", "/data/", "/rules/", "/subsets/")) and not path.endswith("/name")]


def wrong_type(dice, doc):
    places = below_spec(doc)
    if not places:
        return None
    path, value = dice.pick(places)
    return [{"op": "replace", "path": path, "value": other_type(dice, value)}]


def unknown_field(dice, doc):
    mappings = [path for path, value in pointers(doc) if isinstance(value, dict) and (path == "" or path.startswith("/spec"))]
    return [{"op": "add", "path": dice.pick(mappings) + "/" + dice.pick(["replica", "imagePullPolcy", "timeOut", "extra"]), "value": dice.pick(WRONG_TYPES)}]


def wrong_value(dice, doc):
    places = [(path, value) for path, value in below_spec(doc) if isinstance(value, (str, int)) and not isinstance(value, bool)]
    if not places:
        return None
    path, value = dice.pick(places)
    return [{"op": "replace", "path": path, "value": dice.pick(["no such value!", "", "UPPER CASE", "-a"]) if isinstance(value, str) else dice.pick([-5, 0, 1 << 40])}]


def left_out(dice, doc):
    places = [path for path, _ in below_spec(doc)]
    return [{"op": "remove", "path": dice.pick(places)}] if places else None


def wrong_label(dice, doc):
    return {"metadata": {dice.pick(["labels", "annotations"]): {dice.pick(["a b", "-a", "a/b/c", "x" * 70, "fine"]): dice.pick([7, True, "fine", {"a": "b"}])}}}


def selector(dice, doc):
    """Labels and selectors that do not fit together any more, or do."""
    if doc["kind"] not in ("Deployment", "StatefulSet", "DaemonSet"):
        return None
    label = dice.pick(["app.kubernetes.io/name", "app.kubernetes.io/instance", "tier"])
    of_pods = {"template": {"metadata": {"labels": {label: "other"}}}}
    of_selector = {"selector": {"matchLabels": {label: "other"}}}
    return {"spec": dice.pick([of_pods, of_selector, {**of_pods, **of_selector}])}


INTENTIONS = {"": right, "type of a field": wrong_new_type, "type of a value": wrong_type, "unknown field": unknown_field, "value": wrong_value,
              "left out": left_out, "label": wrong_label, "selector": selector}


class Patcher:
    def __init__(self, hybridgen, program):
        self.hybridgen, self.library, self.folder = os.path.abspath(hybridgen), Library(program), tempfile.TemporaryDirectory()

    def generate(self, model, minor, namespace):
        path = os.path.join(self.folder.name, "model.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(model, file)
        done = subprocess.run([self.hybridgen, "generate", "-f", path, "-n", namespace, "--kube-version", minor, "--format", "json"],
                              capture_output=True, text=True, check=False)
        codes = [line.rpartition("[")[2][:6] for line in done.stderr.splitlines() if ": error: " in line]
        return codes, [json.loads(line) for line in done.stdout.splitlines()]

    def random_model(self, minor, namespace, seed):
        """A model without patches of its own, and its objects that a patch may change."""
        model = random_models.valid(seed, int(minor.partition(".")[2]))[0]
        for holder in (model, *service_values(model).values()):
            holder.pop("patches", None)
        model.pop("environments", None)
        _, docs = self.generate(model, minor, namespace)
        # Of objects that are not its own hybridgen does not know what is right.
        return model, [doc for doc in alone(docs) if doc["metadata"].get("namespace", namespace) == namespace and
                (doc["metadata"].get("labels") or {}).get("app.kubernetes.io/managed-by") == "hybriddeploy"]

    def answer(self, minor, namespace, seed):
        dice = Dice(f"patched {seed}")
        model, docs = self.random_model(minor, namespace, seed)
        while not docs:  # without its patches it may lack something
            seed += 1 << 32
            model, docs = self.random_model(minor, namespace, seed)
        workloads = [doc for doc in docs if doc["kind"] in WORKLOADS or doc["kind"] == "Service"]
        before = dice.pick(workloads if workloads and dice.chance(0.6) else docs)
        intention = "" if dice.chance(0.35) else dice.pick(sorted(INTENTIONS))
        patch = INTENTIONS[intention](dice, before)
        if patch is None:
            intention, patch = "", right(dice, before)
        group = group_of(before)
        target = before["kind"] + (f".{group}" if group else "") + "/" + before["metadata"]["name"]
        theirs = self.library.patched(before, patch)
        codes, after = self.generate({**model, "patches": [{"target": target, "json" if isinstance(patch, list) else "merge": patch}]}, minor, namespace)
        mine = next((doc for doc in after if identity(doc) == identity(before)), None)
        return {"intention": intention, "target": target, "patch": json.dumps(patch), "codes": codes, "object": mine if not codes else theirs,
                "taken": not codes}


def main():
    patcher = Patcher(*sys.argv[1:])
    print(json.dumps("random patches"), flush=True)
    for length in iter(sys.stdin.buffer.readline, b""):
        minor, namespace, seed = sys.stdin.buffer.read(int(length)).decode().split()
        print(json.dumps(patcher.answer(minor, namespace, int(seed)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
