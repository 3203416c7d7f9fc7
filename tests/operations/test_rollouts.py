"""The scripts and a canary of Argo Rollouts, whose controller is pretended: it makes a ReplicaSet of each template, and says how the
Rollout is. A template that it has not seen waits at its first step, until it is promoted.
"""
import hashlib
import json
import threading

import pytest

from cluster import kubectl
from running import deploy, generate, maintenance, recovery

NAMESPACE = "canary"
MODEL = """\
name: canary
imageRegistry: registry.example.com/canary
imageTag: "1.4.2"
operations: on
services:
  web:
    runtime: cpython
    replicas: 4
    autoscaling: off
    delivery: {executor: argoRollouts, canary: {steps: [{setWeight: 25, pause: 10m}]}}
"""


class Rollouts(threading.Thread):
    def __init__(self, api, namespace=NAMESPACE):
        super().__init__(daemon=True)
        self.api, self.ends, self.promoted, self.namespace = api, threading.Event(), None, namespace
        self.rollout = f"/apis/argoproj.io/v1alpha1/namespaces/{namespace}/rollouts/web"

    def run(self):
        while not self.ends.wait(0.2):
            try:
                self.serve(self.api.call("GET", self.rollout))
            except OSError:
                continue

    def serve(self, rollout):
        spec, metadata = rollout["spec"], rollout["metadata"]
        name = hashlib.sha1(json.dumps(spec["template"], sort_keys=True).encode()).hexdigest()[:9]
        template = json.loads(json.dumps(spec["template"]))
        template["metadata"].setdefault("labels", {})["rollouts-pod-template-hash"] = name
        labels = template["metadata"]["labels"]
        self.promoted = self.promoted or name
        n = spec["replicas"]
        # Without an owner a Deployment of the same labels would take the ReplicaSet for its own.
        owner = {"apiVersion": rollout["apiVersion"], "kind": "Rollout", "name": "web", "uid": metadata["uid"], "controller": True}
        replicas = {"apiVersion": "apps/v1", "kind": "ReplicaSet",
                    "metadata": {"name": f"web-{name}", "namespace": self.namespace, "labels": labels, "ownerReferences": [owner]},
                    "spec": {"replicas": n if name == self.promoted else 1, "selector": {"matchLabels": labels}, "template": template}}
        self.api.call("PATCH", f"/apis/apps/v1/namespaces/{self.namespace}/replicasets/web-{name}?fieldManager=rollouts&force=true", replicas,
                      "application/apply-patch+yaml")
        there = self.api.call("GET", f"/apis/apps/v1/namespaces/{self.namespace}/replicasets")["items"]
        ready = min(n, sum(one["status"].get("readyReplicas", 0) for one in there if one["metadata"]["name"] in (f"web-{name}", f"web-{self.promoted}")))
        self.api.merge(f"{self.rollout}/status", {"status": {
            "observedGeneration": str(metadata["generation"]), "stableRS": self.promoted, "readyReplicas": ready, "updatedReplicas": n,
            "phase": "Paused" if name != self.promoted else "Healthy" if ready == n else "Progressing", "message": None if name == self.promoted else "CanaryPauseStep"}})

    def promote(self):
        self.promoted = None


@pytest.fixture(scope="module")
def argo(api):
    rollouts = Rollouts(api)
    rollouts.start()
    yield rollouts
    rollouts.ends.set()
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, argo):
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    model = tmp_path_factory.mktemp("canary") / "model.yaml"
    model.write_text(MODEL)
    folder = generate(model, model.parent / "deploy")
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert "waiting for Rollout/web" in done.stderr and "ok       web: 4 of 4 pods are ready" in done.stderr, done.stderr
    return folder


def image():
    rollout = json.loads(kubectl("--namespace", NAMESPACE, "get", "rollouts.argoproj.io/web", "--output", "json"))
    return rollout["spec"]["template"]["spec"]["containers"][0]["image"]


def test_a_canary_is_left_to_its_judge_and_taken_back(folder, argo, tmp_path):
    newer = generate(folder.parent / "model.yaml", tmp_path / "deploy", "--set", "imageTag=1.5.0")
    done = deploy(newer, "deploy", "--timeout", "1m")
    assert done.returncode == 0 and "Argo Rollouts judges it from here on (CanaryPauseStep)" in done.stderr, done.stderr
    assert image().endswith(":1.5.0")
    argo.promote()
    done = deploy(newer, "rollback", "--timeout", "1m")
    assert done.returncode == 0 and image().endswith(":1.4.2"), done.stderr
    labels = kubectl("--namespace", NAMESPACE, "get", "rollouts.argoproj.io/web", "--output", "jsonpath={.spec.template.metadata.labels}")
    assert "app.kubernetes.io/name" in labels and "rollouts-pod-template-hash" not in labels


def test_maintenance_and_recovery(folder, argo):
    argo.promote()
    assert maintenance(folder, "restart", "--timeout", "20s").returncode == 0
    assert deploy(folder, "status").stdout.splitlines()[1].split()[:3] == ["web", "Rollout", "4/4"]
    assert recovery(folder, "backup").returncode == 0
    kubectl("--namespace", NAMESPACE, "delete", "rollouts.argoproj.io/web")
    assert "missing" in recovery(folder, "check").stderr
    done = recovery(folder, "recover", "--timeout", "20s")
    assert done.returncode == 0 and "recovered by restoring" in done.stderr, done.stderr
