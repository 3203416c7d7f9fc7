"""The scripts and what GraphMemory has not: a workload of each kind, claims, rights, a canary, objects in another namespace; and
several who run them at once, who may do little, who are killed.

Every test begins with the application deployed and well, and leaves it so.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import time

import pytest
import yaml

from cluster import kubectl
from running import GRAPHMEMORY, WORKLOADS, deploy, generate, maintenance, recovery, run, start

NAMESPACE = "shop"
KINDS = ("deployment", "statefulset", "daemonset", "cronjob", "service", "serviceaccount", "role", "rolebinding", "networkpolicy", "pdb",
         "persistentvolumeclaim", "authorizationpolicies.security.istio.io", "virtualservices.networking.istio.io")


def here(*arguments):
    return kubectl("--namespace", NAMESPACE, *arguments)


def get(thing):
    return json.loads(here("get", thing, "--output", "json"))


def without_run(value):
    """Without what differs from one life of an object to the next."""
    for annotations in (value.get("template", {}).get("metadata", {}).get("annotations"),):
        (annotations or {}).pop("kubectl.kubernetes.io/restartedAt", None)
    return {key: item for key, item in value.items() if key != "volumeName"}


def specs():
    found = {}
    for item in json.loads(here("get", ",".join(KINDS), "--output", "json"))["items"]:
        name = item["metadata"]["name"]
        if name in ("default", "kube-root-ca.crt"):
            continue
        spec = item.get("spec", {key: value for key, value in item.items() if key not in ("metadata", "apiVersion", "kind")})
        found[item["kind"], name] = (without_run(spec), item["metadata"].get("labels"))
    schedule = json.loads(kubectl("--namespace", "velero", "get", "schedules.velero.io", "--output", "json"))["items"]
    found["Schedule"] = [item["spec"] for item in schedule]
    return found


def give_disks():
    """Claims are met by disks that are there; who has been used once is used no more."""
    kubectl("delete", "persistentvolume", "--all", "--wait=false")
    disks = [{"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": f"disk-{time.time_ns()}-{number}"},
              "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
                       "hostPath": {"path": "/nowhere"}}} for number in range(6)]
    subprocess.run(["kubectl", "apply", "--filename", "-"], input="\n---\n".join(map(json.dumps, disks)), text=True, check=True,
                   capture_output=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, api):
    """The application on a cluster that was empty."""
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    subprocess.run(["kubectl", "create", "namespace", "velero"], capture_output=True)
    give_disks()
    folder = generate(WORKLOADS, tmp_path_factory.mktemp("shop") / "deploy")
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert done.returncode == 0, done.stderr
    assert recovery(folder, "backup").returncode == 0
    return folder


def test_every_kind_is_deployed_and_verified(folder):
    done = deploy(folder, "verify", "--output", "json")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and {f["about"] for f in findings if f["result"] == "ok"} == {"web", "orders", "files", "agent"}, findings
    assert "Schedule/shop" not in done.stderr and kubectl("--namespace", "velero", "get", "schedules.velero.io/shop") != ""
    rows = {row["service"]: row for row in map(json.loads, deploy(folder, "status", "--output", "json").stdout.splitlines())}
    assert rows["web"]["image"].endswith("/web:1.4.2") and rows["orders"]["kind"] == "StatefulSet" and rows["agent"]["ready"] > 0
    assert deploy(folder, "diff").returncode == 0


DAMAGES = {
    "stateful set deleted": ["delete", "statefulset/orders"],
    "daemon set deleted": ["delete", "daemonset/agent"],
    "cron job deleted": ["delete", "cronjob/nightly"],
    "cron job suspended": ["patch", "cronjob/nightly", "--type=merge", "-p", '{"spec":{"suspend":true}}'],
    "rights deleted": ["delete", "role/files", "rolebinding/files"],
    "rights extended": ["patch", "role/files", "--type=json", "-p", '[{"op":"add","path":"/rules/0/verbs/-","value":"delete"}]'],
    "canary deleted": ["delete", "deployment/web-canary"],
    "identity policy deleted": ["delete", "authorizationpolicies.security.istio.io/orders"],
    "claim lost": ["delete", "deployment/files", "persistentvolumeclaim/files-files"],
    "stateful set and its claims lost": ["delete", "statefulset/orders", "persistentvolumeclaim/data-orders-0", "persistentvolumeclaim/data-orders-1"],
    "labels of the namespace removed": ["label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce-", "istio-injection-"],
    "image that never starts": ["patch", "deployment/files", "--type=merge", "-p", '{"spec":{"template":{"spec":{"nodeSelector":{"disk":"none"}}}}}'],
    "schedule of backups deleted": ["delete", "schedules.velero.io/shop", "--namespace=velero"],
    "namespace deleted": ["delete", "namespace", NAMESPACE],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_recover_brings_it_back(folder, damage):
    assert recovery(folder, "backup").returncode == 0
    before = specs()
    here(*DAMAGES[damage])
    if "claims" in damage or "namespace d" in damage:
        give_disks()
    check = recovery(folder, "check")
    assert check.returncode == 1, check.stderr
    done = recovery(folder, "recover", "--timeout", "40s")
    assert done.returncode == 0, done.stderr
    assert "recovered by restoring" in done.stderr
    assert specs() == before
    again = recovery(folder, "check")
    assert again.returncode == 0, again.stderr


def test_an_edited_configuration_is_restored(folder, tmp_path):
    """An archive older than the last deploy is no measure of what should be."""
    newer = generate(WORKLOADS, tmp_path / "deploy", "--set", "services.files.configFiles./etc/files/a=one")
    time.sleep(1.1)
    assert deploy(newer, "deploy", "--timeout", "1m").returncode == 0
    name = next(item["metadata"]["name"] for item in get("configmap")["items"] if item["metadata"]["name"].startswith("files"))
    shutil.copytree(folder / "backups", newer / "backups", dirs_exist_ok=True)
    assert recovery(newer, "check").returncode == 0
    here("delete", f"configmap/{name}")
    done = recovery(newer, "recover", "--timeout", "1m")
    assert done.returncode == 0 and "from before the last deploy" in done.stderr and "restore from the manifests" in done.stderr, done.stderr
    assert get(f"configmap/{name}")["data"]
    time.sleep(1.1)
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0
    assert recovery(folder, "backup").returncode == 0


def test_a_job_gives_way_to_another_one(folder, tmp_path):
    newer = generate(WORKLOADS, tmp_path / "deploy", "--set", "services.migrate.image.tag=1.4.3")
    dry = deploy(newer, "deploy", "--dry-run")
    assert dry.returncode == 0 and "another one takes its place (not done: --dry-run)" in dry.stderr, dry.stderr
    uid = get("job/migrate")["metadata"]["uid"]
    done = deploy(newer, "deploy", "--timeout", "1m")
    assert done.returncode == 0 and "Job/migrate: another one takes its place" in done.stderr, done.stderr
    assert get("job/migrate")["metadata"]["uid"] != uid
    assert get("job/migrate")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.3")
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0


def test_a_stateful_set_that_never_becomes_ready_is_rolled_back(folder, tmp_path):
    broken = generate(WORKLOADS, tmp_path / "deploy", "--set", "services.orders.nodeSelector.disk=none")
    done = deploy(broken, "deploy", "--timeout", "8s")
    assert done.returncode == 1 and "every service runs again what it ran before" in done.stderr, done.stderr
    assert "node affinity" in done.stderr, "the scheduler's own words"
    assert deploy(folder, "health").returncode == 0
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0


# --- more than one at once, and ends ------------------------------------------------------------------------------------------------------------


def await_words(process, words):
    seen = ""
    for line in process.stderr:
        seen += line
        if words in line:
            return
    raise AssertionError(seen)


@pytest.fixture
def stuck(folder, tmp_path):
    """A deploy that waits for pods that no node takes."""
    broken = generate(WORKLOADS, tmp_path / "deploy", "--set", "services.files.nodeSelector.disk=none")
    process = start(broken, "deploy-hybrid.sh", "deploy", "--timeout", "2m")
    await_words(process, "waiting for Deployment/files")
    yield process
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert done.returncode == 0, done.stderr


def test_two_at_once(stuck, folder):
    version = get("deployment/files")["metadata"]["resourceVersion"]
    for script, words in (("deploy-hybrid.sh", ["deploy"]), ("disaster-recovery.sh", ["recover"]), ("maintenance.sh", ["restart"]),
                          ("deploy-hybrid.sh", ["delete", "--yes"])):
        done = run(folder, script, *words)
        assert done.returncode == 3 and re.search(r"deploy by .* is at work", done.stderr), done.stderr
    assert deploy(folder, "deploy", "--dry-run").returncode == 0
    assert deploy(folder, "status").returncode == 0
    assert get("deployment/files")["metadata"]["resourceVersion"] == version and stuck.poll() is None
    # Somebody on another machine cannot see that it is dead.
    stuck.kill()
    stuck.wait()
    here("patch", "configmap/shop-deploy", "--type=merge", "-p", '{"data":{"_process":"1 elsewhere"}}')
    assert deploy(folder, "deploy").returncode == 3
    done = deploy(folder, "deploy", "--take-over", "--timeout", "1m")
    assert done.returncode == 0 and "taking over from a run that is dead" in done.stderr, done.stderr


def test_a_deploy_that_was_killed_is_completed_by_the_next(stuck, folder):
    stuck.kill()
    stuck.wait()
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert done.returncode == 0 and "taking over" in done.stderr and "an earlier deploy was interrupted" in done.stderr, done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_wait_at_once(stuck, folder, number):
    begin = time.monotonic()
    stuck.send_signal(number)
    assert stuck.wait(timeout=10) == 130 and "interrupted: run the same again" in stuck.stderr.read()
    assert time.monotonic() - begin < 5
    assert get("configmap/shop-deploy")["data"]["_holder"] == ""


# --- archives ----------------------------------------------------------------------------------------------------------------------


def test_an_archive_of_another_application_is_passed_over(folder, tmp_path):
    assert recovery(folder, "backup", "--backups", str(tmp_path)).returncode == 0
    other = generate(GRAPHMEMORY, tmp_path / "other")
    assert "foreign" in recovery(other, "list", "--backups", str(tmp_path)).stdout
    name = next(path.name for path in tmp_path.iterdir() if path.name.endswith("Z"))
    done = recovery(other, "restore", "--backups", str(tmp_path), "--from", name)
    assert done.returncode == 3 and "is of another application" in done.stderr, done.stderr
    done = recovery(other, "recover", "--backups", str(tmp_path), "--dry-run")
    assert f"archive {name} is of another application and passed over" in done.stderr, done.stderr


def test_a_full_disk_leaves_no_archive(folder, tmp_path):
    assert recovery(folder, "backup", "--backups", str(tmp_path)).returncode == 0
    before = sorted(tmp_path.iterdir())
    done = subprocess.run(["bash", "-c", 'ulimit -f 8; exec "$@"', "-", folder / "scripts/disaster-recovery.sh", "backup", "--backups", tmp_path],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "there is no new archive, and the older ones stay" in done.stderr, done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_cannot_be_made(folder):
    done = recovery(folder, "backup", "--backups", "/dev/null/backups")
    assert done.returncode == 3 and "cannot be made" in done.stderr


# --- who may do little -------------------------------------------------------------------------------------------------------------


RIGHTS = [{"apiGroups": [""], "resources": ["namespaces"], "verbs": ["get"]},
          {"apiGroups": [""], "resources": ["configmaps", "services", "serviceaccounts", "persistentvolumeclaims", "pods"], "verbs": ["*"]},
          {"apiGroups": ["apps", "batch", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "networking.istio.io", "security.istio.io",
                         "discovery.k8s.io", "velero.io"], "resources": ["*"], "verbs": ["*"]}]


def as_account(tmp_path):
    """A kubeconfig of an account with rights on what is in the namespaces, not on the namespaces."""
    for namespace in (NAMESPACE, "velero"):
        role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "helper", "namespace": namespace}, "rules": RIGHTS}
        subprocess.run(["kubectl", "apply", "--filename", "-"], input=json.dumps(role), text=True, check=True, capture_output=True)
        kubectl("--namespace", namespace, "create", "rolebinding", "helper", "--role=helper", "--serviceaccount=default:helper")
    kubectl("--namespace", "default", "create", "serviceaccount", "helper")
    config = yaml.safe_load(open(os.environ["KUBECONFIG"]))
    config["users"][0]["user"] = {"token": kubectl("--namespace", "default", "create", "token", "helper").strip()}
    (tmp_path / "config").write_text(yaml.safe_dump(config))
    return str(tmp_path / "config")


def test_who_may_not_change_the_namespace_deploys_into_it(folder, tmp_path):
    try:
        config = as_account(tmp_path)
        done = deploy(folder, "deploy", "--timeout", "1m", KUBECONFIG=config)
        assert done.returncode == 0 and "you may not change it: its labels stay" in done.stderr, done.stderr
        kubectl("--namespace", "velero", "delete", "rolebinding", "helper")
        done = deploy(folder, "deploy", KUBECONFIG=config)
        assert done.returncode == 3 and "you may not get, patch, create them in the namespace velero" in done.stderr, done.stderr
        for script, words in (("disaster-recovery.sh", ["check"]), ("disaster-recovery.sh", ["backup"])):
            done = run(folder, script, *words, KUBECONFIG=config)
            assert done.returncode == 1 and "forbidden" in done.stderr.lower(), done.stderr
    finally:
        for namespace in (NAMESPACE, "velero"):
            kubectl("--namespace", namespace, "delete", "role,rolebinding", "helper", check=False)
        kubectl("--namespace", "default", "delete", "serviceaccount", "helper")


def test_maintenance_of_other_kinds(folder):
    image = "registry.example.com/shop/orders:1.4.3"
    done = maintenance(folder, "image", "orders", image, "--timeout", "1m")
    assert done.returncode == 0 and get("statefulset/orders")["spec"]["template"]["spec"]["containers"][0]["image"] == image, done.stderr
    done = maintenance(folder, "log-level", "agent", "debug", "--timeout", "1m")
    assert done.returncode == 0, done.stderr
    assert maintenance(folder, "image", "migrate", image).returncode == 2
    assert deploy(folder, "rollback", "--timeout", "1m").returncode == 0
    assert get("statefulset/orders")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.2")
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0


def test_delete_with_data_takes_everything(folder):
    """The last: what is in other namespaces goes as well."""
    assert deploy(folder, "delete", "--yes").returncode == 0
    assert json.loads(kubectl("--namespace", "velero", "get", "schedules.velero.io", "--output", "json"))["items"] == []
    assert get("persistentvolumeclaim/files-files") and not get("statefulset")["items"]
    assert deploy(folder, "delete", "--yes", "--with-data").returncode == 0
    assert kubectl("wait", "--for=delete", "namespace", NAMESPACE, "--timeout=60s", check=False) is not None
