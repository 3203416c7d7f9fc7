"""The way from what runs to what the manifests say, before a real API server with controllers; pods and policies are counted all the time.

Each test has an application of its own, on a namespace that was empty.
"""
import json
import re
import subprocess
import threading
import time

import pytest
import yaml

from cluster import kubectl
from running import HYBRIDGEN, ROOT, deploy, generate, maintenance
from test_rollouts import Rollouts

NAMESPACE = "moved"
HEAD = """\
name: moved
host: moved.example.com
imageRegistry: registry.example.com/moved
imageTag: "1.4.2"
operations: on
"""
FIXED = "services: {web: {runtime: cpython, expose: /, replicas: 6, autoscaling: off}}"
SCALED = "services: {web: {runtime: cpython, expose: /, autoscaling: {minReplicas: 6, maxReplicas: 12}}}"


def here(*arguments, **options):
    return kubectl("--namespace", NAMESPACE, *arguments, **options)


def ask(thing, path):
    return here("get", thing, "--ignore-not-found", "--show-managed-fields", "--output", f"jsonpath={path}")


def apply(text, *options):
    """Applies YAML or JSON, whose namespaces need not be there."""
    for name in {doc["metadata"].get("namespace", NAMESPACE) for doc in yaml.safe_load_all(text)}:
        subprocess.run(["kubectl", "create", "namespace", name], capture_output=True, check=False)
    done = subprocess.run(["kubectl", "apply", *options, "--filename", "-"], input=text, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def make_disk(size, mode):
    """A disk of the cluster's default class for a claim; nobody mounts it."""
    apply(json.dumps({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": f"moved-{time.time_ns()}"},
                      "spec": {"capacity": {"storage": size}, "accessModes": [mode], "storageClassName": "standard", "hostPath": {"path": "/nowhere"}}}))


def items(kinds, *options):
    return json.loads(here("get", kinds, *options, "--output", "json"))["items"]


def names(kinds):
    return {f"{item['kind']}/{item['metadata']['name']}" for item in items(kinds)} - {"ConfigMap/kube-root-ca.crt", "ServiceAccount/default"}


class Count(threading.Thread):
    """The fewest ready pods of a service at any moment, and the fewest of each policy of it."""

    POLICIES = ("networking.k8s.io/v1", "networkpolicies"), ("security.istio.io/v1", "authorizationpolicies"), ("security.istio.io/v1", "peerauthentications")

    def __init__(self, api):
        super().__init__(daemon=True)
        self.api, self.ends, self.least, self.n_looks = api, threading.Event(), {}, 0

    def look(self):
        pods = self.api.call("GET", f"/api/v1/namespaces/{NAMESPACE}/pods?labelSelector=app.kubernetes.io/name%3Dweb")["items"]
        found = {"pods": sum(not pod["metadata"].get("deletionTimestamp") and
                             any(c["type"] == "Ready" and c["status"] == "True" for c in pod.get("status", {}).get("conditions", [])) for pod in pods)}
        for version, kind in self.POLICIES:
            found[kind] = len(self.api.call("GET", f"/apis/{version}/namespaces/{NAMESPACE}/{kind}")["items"])
        return found

    def run(self):
        while not self.ends.wait(0.05):
            for what, number in self.look().items():
                self.least[what] = min(number, self.least.get(what, number))
            self.n_looks += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join()
        assert self.n_looks > 5, "nobody counted"


@pytest.fixture(autouse=True)
def empty(api):
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    yield
    # The controller of namespaces looks at one with pods again after some seconds only; one without pods is gone at once.
    here("delete", "rollouts.argoproj.io,cronjobs,deployments,statefulsets,daemonsets,jobs,replicasets", "--all", "--wait=false", check=False)
    here("delete", "pods", "--all", "--force", "--grace-period=0", check=False)
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait=false")
    # Schedules stand outside of the namespace, and do not go with it; other tests look for them.
    kubectl("--namespace", "velero", "delete", "schedules.velero.io", "--all", check=False)


@pytest.fixture
def write(tmp_path):
    """Writes the folder of a model that begins with HEAD."""
    def write(text, *options):
        number = len(list(tmp_path.iterdir()))
        model = tmp_path / f"{number}.yaml"
        model.write_text(HEAD + text)
        return generate(model, tmp_path / f"deploy-{number}", *options)
    return write


def deployed(folder, *arguments):
    done = deploy(folder, "deploy", "--timeout", "2m", *arguments)
    assert done.returncode == 0 and "moved is deployed" in done.stderr, done.stderr
    return done.stderr


def versions():
    return {(item["kind"], item["metadata"]["name"]): item["metadata"]["resourceVersion"]
            for item in items("deployment,statefulset,service,networkpolicy,serviceaccount,persistentvolumeclaim,configmap")}


# --- numbers of pods ------------------------------------------------------------------------------------------------------------------


def test_a_number_then_an_autoscaler(api, write):
    deployed(write(FIXED))
    scaled = write(SCALED)
    assert "its 6 pods are the autoscaler's from now on (not done: --dry-run)" in deploy(scaled, "deploy", "--dry-run").stderr
    with Count(api) as count:
        assert "Deployment/web: its 6 pods are the autoscaler's from now on" in deployed(scaled)
        time.sleep(3)
    assert count.least["pods"] == 6 and ask("deployment/web", "{.spec.replicas}") == "6"
    assert ask("deployment/web", '{.metadata.managedFields[?(@.manager=="hybriddeploy")].fieldsV1.f:spec.f:replicas}') == ""
    # The number that the autoscaler sets stays, and the next deploy leaves it.
    here("patch", "hpa", "web", "--type=merge", "--patch", '{"spec":{"minReplicas":7}}')
    here("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=7", "--timeout=60s")
    with Count(api) as count:
        deployed(scaled)
    assert count.least["pods"] >= 6


def test_an_autoscaler_then_a_number(api, write):
    deployed(write(SCALED))
    here("patch", "hpa", "web", "--type=merge", "--patch", '{"spec":{"minReplicas":8}}')
    here("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=8", "--timeout=60s")
    fixed = write(FIXED)
    said = deploy(fixed, "deploy", "--dry-run").stderr
    assert "HorizontalPodAutoscaler/web goes: the manifests say how many pods web has" in said and names("hpa") == {"HorizontalPodAutoscaler/web"}
    with Count(api) as count:
        deployed(fixed)
    assert names("hpa") == set() and ask("deployment/web", "{.spec.replicas}") == "6" and count.least["pods"] >= 6


def test_an_autoscaler_of_others_is_not_overruled(write):
    deployed(write(FIXED))
    here("autoscale", "deployment/web", "--name=theirs", "--min=8", "--max=9", "--cpu=80%", check=False) or here("autoscale", "deployment/web", "--name=theirs", "--min=8", "--max=9")
    here("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=8", "--timeout=60s")
    done = deploy(write(FIXED), "deploy", "--timeout", "1m")
    assert done.returncode == 1 and 'with "kube-controller-manager"' in done.stderr, done.stderr
    assert ask("deployment/web", "{.spec.replicas}") == "8"


# --- what no manifest says any more ----------------------------------------------------------------------------------------------------


def test_prune_takes_out_what_is_ours_and_holds_no_data(api, write):
    old = "old: {runtime: cpython, replicas: 2, autoscaling: off, volumes: {files: {mountPath: /files, claim: {size: 1Gi, accessModes: [ReadWriteMany]}}}, configFiles: {/etc/old/a: b}}"
    # No disk is there, so the claim waits and with it its pods: the deploy would wait as well.
    both = write(FIXED.replace("services: {", "services: {%s, " % old))
    make_disk("1Gi", "ReadWriteMany")
    deployed(both)
    # Of others: one without labels, one of another application, one with an owner.
    here("create", "configmap", "theirs")
    here("create", "service", "clusterip", "theirs", "--tcp=80")
    here("label", "service/theirs", "app.kubernetes.io/part-of=other", "app.kubernetes.io/managed-by=hybriddeploy")
    one = write(FIXED)
    said = deployed(one)
    assert "warning  Deployment/old: no manifest says it any more, and it stays" in said and "Deployment/old" in names("deployment")
    rows = [json.loads(line) for line in deploy(one, "status", "--output", "json").stdout.splitlines()]
    assert {row["orphan"] for row in rows if "orphan" in row} == {
        "ConfigMap/old-config", "Deployment/old", "NetworkPolicy/old", "PersistentVolumeClaim/old-files", "PodDisruptionBudget/old", "Service/old", "ServiceAccount/old"}
    assert re.search(r"^old +Deployment +- +no manifest says it", deploy(one, "status").stdout, re.M)
    assert "delete Deployment/old (not done: --dry-run)" in deploy(one, "deploy", "--prune", "--dry-run").stderr and "Deployment/old" in names("deployment")
    with Count(api) as count:
        said = deployed(one, "--prune")
    assert "PersistentVolumeClaim/old-files: holds data and stays" in said and count.least["pods"] == 6
    assert names("configmap,deployment,networkpolicy,pdb,service,serviceaccount,persistentvolumeclaim") == {
        "ConfigMap/theirs", "ConfigMap/moved-deploy", "ConfigMap/moved-deploy-config", "Deployment/web", "NetworkPolicy/web", "NetworkPolicy/moved-default-deny",
        "PodDisruptionBudget/web", "Service/web", "Service/theirs", "ServiceAccount/web", "PersistentVolumeClaim/old-files"}
    deployed(one, "--prune", "--with-data")
    here("wait", "persistentvolumeclaim/old-files", "--for=delete", "--timeout=60s", check=False)
    assert names("persistentvolumeclaim") == set()
    assert [line for line in deploy(one, "status", "--output", "json").stdout.splitlines() if "orphan" in line] == []


# --- configuration -----------------------------------------------------------------------------------------------------------------------


def test_old_pods_get_the_old_configuration(write):
    def model(mode, more=""):
        return write("services: {web: {runtime: cpython, expose: /, replicas: 2, autoscaling: off, configFiles: {/etc/web/app.ini: \"mode = %s\"}%s}}" % (mode, more))

    def mode():
        return ask("configmap/web-config", r"{.data.app\.ini}")

    deployed(model("a"))
    done = deploy(model("b", ", nodeSelector: {disk: nowhere}"), "deploy", "--timeout", "8s")
    assert done.returncode == 1 and "web: back to revision" in done.stderr and mode() == "mode = a", done.stderr
    newer = model("c")
    deployed(newer)
    assert mode() == "mode = c"
    assert deploy(newer, "rollback", "--dry-run").returncode == 0 and mode() == "mode = c"
    done = deploy(newer, "rollback", "--timeout", "1m")
    assert done.returncode == 0 and mode() == "mode = a", done.stderr


# --- canaries -----------------------------------------------------------------------------------------------------------------------------

STAGED = """\
mesh: sidecar
services:
  web: {runtime: cpython, replicas: 4, autoscaling: off, trafficPolicy: {timeout: %s}, delivery: {executor: argoRollouts, canary: {steps: [{setWeight: 25, pause: 10m}]}}}
"""


@pytest.fixture
def argo(api):
    rollouts = Rollouts(api, NAMESPACE)
    rollouts.start()
    yield rollouts
    rollouts.ends.set()


def shift(api, weight):
    """The weights as the controller of Argo Rollouts sets them."""
    path = f"/apis/networking.istio.io/v1/namespaces/{NAMESPACE}/virtualservices/web"
    route = api.call("GET", path)
    route["spec"]["http"][0]["route"][0]["weight"], route["spec"]["http"][0]["route"][1]["weight"] = 100 - weight, weight
    api.call("PUT", path + "?fieldManager=rollouts-controller", route)


def route():
    http = json.loads(here("get", "virtualservices.networking.istio.io/web", "--output", "json"))["spec"]["http"][0]
    return http["timeout"], [destination.get("weight", 0) for destination in http["route"]]


def test_a_weight_in_flight_is_not_touched_and_ours_is_forced_afterwards(api, argo, write):
    deployed(write(STAGED % "2s"))
    newer = write(STAGED % "3s", "--set", "imageTag=1.5.0")
    shift(api, 0)
    assert "Argo Rollouts judges it from here on" in deployed(newer)
    assert route() == ("3s", [100, 0]), "the controller had the route, and its steps were done"
    shift(api, 25)
    again = write(STAGED % "4s", "--set", "imageTag=1.5.0")
    assert "VirtualService/web stays as it is while the canary of web is on its way" in deployed(again) and route() == ("3s", [75, 25])
    argo.promote()
    time.sleep(1)
    deployed(again)
    assert route() == ("4s", [100, 0])


def test_a_canary_of_flagger_is_given_back_first(write):
    plain = write("mesh: sidecar\n" + FIXED)
    deployed(plain)
    canary = {"apiVersion": "flagger.app/v1beta1", "kind": "Canary", "metadata": {"name": "web", "namespace": NAMESPACE, "labels": {
        "app.kubernetes.io/name": "web", "app.kubernetes.io/part-of": "moved", "app.kubernetes.io/managed-by": "hybriddeploy"}},
        "spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}, "service": {"port": 8000}, "analysis": {"interval": "1m", "threshold": 1, "iterations": 1}}}
    apply(json.dumps(canary))
    before = versions()
    done = deploy(plain, "deploy")
    assert done.returncode == 3 and "revertOnDeletion" in done.stderr and versions() == before, done.stderr
    command = re.search(r"kubectl --namespace moved (patch canary web --type merge --patch) '([^']*)'", done.stderr)
    here(*command[1].split(), command[2])
    here("delete", "canary", "web")
    deployed(plain)


# --- what cannot be changed ---------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("after,about,way", [
    (FIXED.replace("replicas", "service: {headless: true}, replicas"), "Service/web", "delete Service web, then deploy at once"),
    (FIXED.replace("replicas", "selector: {app: web}, podLabels: {app: web}, replicas"), "Deployment/web", "delete Deployment web --cascade=orphan"),
])
def test_a_field_that_cannot_be_changed_is_refused_before_anything_is(write, after, about, way):
    deployed(write(FIXED))
    before = versions()
    newer = write(after, "--set", "imageTag=1.5.0")
    for options in [], ["--dry-run"]:
        done = deploy(newer, "deploy", *options)
        assert done.returncode == 3 and f"problem  {about}: a field of it cannot be changed" in done.stderr and way in done.stderr, done.stderr
        assert versions() == before


def test_the_way_of_a_claim_template_keeps_pods_and_claims(api, write):
    text = "services: {web: {runtime: cpython, expose: /, kind: StatefulSet, replicas: 2, autoscaling: off, volumes: {data: {mountPath: /data, claimTemplate: %s}}}}"
    for _ in range(2):
        make_disk("20Gi", "ReadWriteOnce")
    deployed(write(text % "10Gi"))
    before, claims = versions(), names("persistentvolumeclaim")
    newer = write(text % "20Gi")
    done = deploy(newer, "deploy")
    assert done.returncode == 3 and versions() == before, done.stderr
    way = re.search(r"kubectl --namespace moved (delete StatefulSet web --cascade=orphan), then deploy", done.stderr)
    with Count(api) as count:
        here(*way[1].split())
        deployed(newer)
    assert count.least["pods"] >= 1 and names("persistentvolumeclaim") == claims
    assert ask("statefulset/web", "{.spec.volumeClaimTemplates[0].spec.resources.requests.storage}") == "20Gi"


# --- other kinds, other meshes --------------------------------------------------------------------------------------------------------------

PROMETHEUS = "platform: {prometheus: {serviceAccount: prometheus}}\n"
MESH = "services: {web: {runtime: cpython, expose: /, replicas: 4, autoscaling: off}}"


@pytest.mark.parametrize("before,after,gone,prune", [
    (FIXED, FIXED.replace("runtime", "kind: StatefulSet, runtime"), "Deployment/web", []),
    (FIXED.replace("runtime", "kind: StatefulSet, runtime"), FIXED, "StatefulSet/web", []),
    ("mesh: sidecar\n" + MESH.replace("replicas", "delivery: {executor: plain, canary: {weight: 10, imageTag: 1.5.0}}, replicas"),
     "mesh: sidecar\n" + MESH.replace("replicas", "versions: {v1: {weight: 50}, v2: {weight: 50, imageTag: 1.5.0}}, replicas"), "Deployment/web-canary", []),
    (PROMETHEUS + "mesh: sidecar\n" + MESH, PROMETHEUS + "mesh: ambient\n" + MESH, "Sidecar/web", ["--prune"]),
    ("mesh: sidecar\n" + MESH, "mesh: {mode: sidecar, routing: gateway}\n" + MESH, "VirtualService/moved.example.com", ["--prune"]),
], ids=["to StatefulSet", "to Deployment", "canary to versions", "sidecar to ambient", "Istio to Gateway API"])
def test_no_moment_without_pods_or_policies(api, write, before, after, gone, prune):
    kinds = "deployment,statefulset,sidecars.networking.istio.io,virtualservices.networking.istio.io"
    deployed(write(before))
    assert gone in names(kinds)
    first = Count(api).look()
    # Istio's Gateways stand there.
    subprocess.run(["kubectl", "create", "namespace", "istio-ingress"], capture_output=True, check=False)
    with Count(api) as count:
        said = deployed(write(after), *prune)
        time.sleep(2)
    assert f"delete {gone}" in said and gone not in names(kinds)
    assert count.least["pods"] >= first["pods"] - (2 if prune else 0) > 0, "a mesh is entered by new pods, which come as the strategy says"
    for _, kind in Count.POLICIES:
        assert count.least[kind] >= (first[kind] if not prune else min(first[kind], 1))


def test_a_deployment_becomes_a_rollout(api, argo, write):
    deployed(write("mesh: sidecar\n" + MESH))
    with Count(api) as count:
        assert "delete Deployment/web" in deployed(write(STAGED % "2s"))
        time.sleep(2)
    assert names("deployment") == set() and count.least["pods"] >= 4
    argo.ends.set()


# --- what runs, compared with its model --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["examples/graphmemory", "examples/guestbook", "examples/boutique", "tests/golden/stateful-set", "tests/golden/scheduling", "tests/golden/jobs"])
def test_a_dump_of_what_runs_does_not_differ_from_its_model(tmp_path, model):
    """Status, fields of the server, its defaults and what controllers set are no differences."""
    model = ROOT / model / "hybriddeploy.yaml"
    version = json.loads(kubectl("version", "--output", "json"))["serverVersion"]
    options = ["-f", str(model), "--kube-version", f"{version['major']}.{version['minor']}", "-n", NAMESPACE]
    text = subprocess.run([HYBRIDGEN, "generate", "-q", *options], check=True, capture_output=True, text=True).stdout
    for _ in range(2):
        apply(text, "--server-side")
    time.sleep(5)
    kinds = {(doc["kind"], doc["apiVersion"]) for doc in yaml.safe_load_all(text)} - {("Namespace", "v1")}
    things = ",".join(f"{kind}.{version.rpartition('/')[2]}.{version.rpartition('/')[0]}" for kind, version in sorted(kinds))
    dump = here("get", things, "--output", "yaml", "--show-managed-fields")
    assert "managedFields" in dump and "status:" in dump
    (tmp_path / "dump.yaml").write_text(dump)
    done = subprocess.run([HYBRIDGEN, "diff", str(tmp_path / "dump.yaml"), *options, "--format", "json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [(one["effect"], one["kind"], one["name"], one.get("fields")) for one in json.loads(done.stdout)["objects"] if one["kind"] != "Namespace"] == []


# --- secrets ----------------------------------------------------------------------------------------------------------------------------------


def test_a_secret_that_rotates_restarts_its_users_alone(api, write):
    folder = write("""\
secretStore: vault
secrets: {key: {keys: {key: {remoteKey: moved/key}}}}
services:
  web: {runtime: cpython, replicas: 3, autoscaling: off, env: {KEY: {secret: key, key: key}}}
  other: {runtime: cpython, replicas: 2, autoscaling: off}
""")
    deployed(folder)
    before = {name: ask(f"deployment/{name}", "{.metadata.annotations}") for name in ("web", "other")}
    with Count(api) as count:
        done = maintenance(folder, "rotate-secret", "key", "--timeout", "1m")
    assert done.returncode == 0 and "restart web" in done.stderr and count.least["pods"] >= 3, done.stderr
    assert ask("deployment/other", "{.metadata.annotations}") == before["other"] and ask("deployment/web", "{.metadata.annotations}") != before["web"]
