"""The scripts before a real API server with controllers and pretended nodes: tests/conformance/run --with-cluster runs this.

Every test begins with GraphMemory deployed and well, and leaves it so.
"""
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from cluster import kubectl
from running import GRAPHMEMORY, deploy, generate, maintenance, recovery, run

NAMESPACE = "graphmemory"


def get(thing):
    return json.loads(kubectl("--namespace", NAMESPACE, "get", thing, "--output", "json"))


def here(*arguments):
    return kubectl("--namespace", NAMESPACE, *arguments)


def specs():
    """What is in the namespace, without what differs from one life of an object to the next."""
    found = {}
    for kind in ("deployment", "service", "serviceaccount", "networkpolicy", "hpa", "pdb", "externalsecret"):
        for item in json.loads(here("get", kind, "--output", "json"))["items"]:
            if kind == "serviceaccount" and item["metadata"]["name"] == "default":
                continue
            spec = item.get("spec", {k: v for k, v in item.items() if k not in ("metadata", "apiVersion", "kind")})
            if kind == "deployment":
                spec["template"]["metadata"].pop("annotations", None)
            found[kind, item["metadata"]["name"]] = (spec, item["metadata"]["labels"])
    return found


@pytest.fixture(scope="session")
def empty(tmp_path_factory, api):
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    return generate(GRAPHMEMORY, tmp_path_factory.mktemp("graphmemory") / "deploy")


@pytest.fixture(scope="session")
def folder(empty):
    """GraphMemory on a cluster that was empty, and an archive of it."""
    done = deploy(empty, "deploy", "--timeout", "2m")
    assert done.returncode == 0, done.stderr
    assert "graphmemory is deployed" in done.stderr
    assert recovery(empty, "backup").returncode == 0
    return empty


def test_a_dry_run_before_anything_is_there_changes_nothing(empty):
    done = deploy(empty, "deploy", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert re.search(r"all \d+ objects would be new", done.stderr)
    assert kubectl("get", "namespace", NAMESPACE, "--ignore-not-found") == ""


def test_what_is_deployed_is_what_was_promised(folder):
    done = deploy(folder, "verify", "--output", "json")
    assert done.returncode == 0, done.stdout
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert {f["about"] for f in findings if f["result"] == "ok"} >= {"auth-service", "streaming-service", "ai-detection-service"}
    assert not [f for f in findings if f["result"] == "problem"]
    assert deploy(folder, "health").returncode == 0
    assert deploy(folder, "diff").returncode == 0


def test_status_is_a_table_or_json(folder):
    lines = deploy(folder, "status").stdout.splitlines()
    assert lines[0].split() == ["SERVICE", "KIND", "READY", "IMAGE"] and len(lines) == 7
    rows = [json.loads(line) for line in deploy(folder, "status", "--output", "json", "--service", "auth-service").stdout.splitlines()]
    assert rows == [{"service": "auth-service", "kind": "Deployment", "state": "ready", "ready": 2, "wanted": 2,
                     "image": "registry.example.com/graphmemory/auth-service:1.4.2"}]


def test_the_commands_of_the_runbook_work(folder):
    blocks = re.findall(r"^```sh\n(.*?)^```$", (folder / "runbook.md").read_text(), re.M | re.S)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) > 20
    for command in commands:
        # Pretended nodes have no logs.
        if " logs " in command:
            continue
        done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_callees_come_up_before_their_callers(folder):
    waits = re.findall(r"waiting for Deployment/(\S+)", deploy(folder, "deploy", "--timeout", "2m").stderr)
    assert waits.index("auth-service") < waits.index("dashboard-service")
    assert waits.index("ai-detection-service") < waits.index("analytics-service") < waits.index("dashboard-service")


def test_a_second_deploy_changes_nothing(folder):
    before = {name: get(f"deployment/{name}")["metadata"]["generation"] for name in ("auth-service", "analytics-service")}
    assert deploy(folder, "deploy", "--timeout", "2m").returncode == 0
    assert before == {name: get(f"deployment/{name}")["metadata"]["generation"] for name in before}


def test_a_service_that_never_becomes_ready_is_rolled_back(folder, tmp_path):
    broken = generate(GRAPHMEMORY, tmp_path / "deploy", "--set", "services.auth-service.nodeSelector.disk=nowhere", "--set", "imageTag=1.5.0")
    done = deploy(broken, "deploy", "--timeout", "8s")
    assert done.returncode == 1
    assert "Deployment/auth-service did not become ready in 8 s" in done.stderr
    assert "auth-service: back to revision" in done.stderr and "runs again what it ran before" in done.stderr
    assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.2")
    assert deploy(folder, "deploy", "--timeout", "2m").returncode == 0
    assert deploy(folder, "diff").returncode == 0


def test_rollback_goes_back_to_what_ran_before_the_last_deploy(folder, tmp_path):
    newer = generate(GRAPHMEMORY, tmp_path / "deploy", "--set", "imageTag=1.5.0")
    assert deploy(newer, "deploy", "--timeout", "2m").returncode == 0
    assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.5.0")
    assert "(not done: --dry-run)" in deploy(newer, "rollback", "--dry-run").stderr
    assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.5.0")
    assert deploy(newer, "rollback", "--timeout", "2m").returncode == 0
    assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.2")
    assert deploy(folder, "deploy", "--timeout", "2m").returncode == 0


def test_an_interrupted_deploy_is_completed_by_the_next(folder, tmp_path):
    newer = generate(GRAPHMEMORY, tmp_path / "deploy", "--set", "imageTag=1.6.0")
    stopped = subprocess.Popen([newer / "scripts/deploy-hybrid.sh", "deploy"], stderr=subprocess.PIPE, text=True, start_new_session=True)
    for line in stopped.stderr:
        if "waiting for Deployment/" in line:
            break
    os.killpg(stopped.pid, signal.SIGINT)
    words = stopped.stderr.read()
    assert stopped.wait(timeout=30) == 130 and "interrupted" in words
    assert get("configmap/graphmemory-deploy")["data"]["_state"] == "deploying"
    done = deploy(newer, "deploy", "--timeout", "2m")
    assert done.returncode == 0 and "an earlier deploy was interrupted" in done.stderr
    assert {get(f"deployment/{name}")["spec"]["template"]["spec"]["containers"][0]["image"].rsplit(":")[-1]
            for name in ("auth-service", "dashboard-service", "streaming-service")} == {"1.6.0"}
    assert deploy(folder, "deploy", "--timeout", "2m").returncode == 0


DAMAGES = {
    "deployment deleted": ("restoring", ["delete", "deployment/auth-service"]),
    "scaled to zero": ("scaling", ["scale", "deployment/analytics-service", "--replicas=0"]),
    "service deleted": ("restoring", ["delete", "service/dashboard-service"]),
    "selector damaged": ("restoring", ["patch", "service/auth-service", "--type=merge", "-p", '{"spec":{"selector":{"app.kubernetes.io/name":"x"}}}']),
    "policy deleted": ("restoring", ["delete", "networkpolicy/auth-service"]),
    "image replaced": ("restoring", ["set", "image", "deployment/analytics-service", "analytics-service=registry.example.com/other:1"]),
    "autoscaler deleted": ("restoring", ["delete", "hpa/streaming-service"]),
    "autoscaler damaged": ("restoring", ["patch", "hpa/streaming-service", "--type=merge", "-p", '{"spec":{"maxReplicas":3}}']),
    "budget deleted": ("restoring", ["delete", "pdb/auth-service"]),
    "account deleted": ("restoring", ["delete", "serviceaccount/auth-service"]),
    "several things at once": ("restoring", ["delete", "deployment,service,hpa,networkpolicy", "--all"]),
    "namespace deleted": ("restoring", ["delete", "namespace", NAMESPACE]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_recover_brings_it_back(folder, damage):
    by, command = DAMAGES[damage]
    assert recovery(folder, "backup").returncode == 0
    before = specs()
    here(*command)
    assert recovery(folder, "check").returncode == 1
    done = recovery(folder, "recover", "--timeout", "2m")
    assert done.returncode == 0, done.stderr
    assert f"recovered by {by}" in done.stderr
    assert specs() == before
    assert recovery(folder, "check").returncode == 0


def test_recover_restarts_what_is_not_ready(folder, api):
    for pod in json.loads(here("get", "pods", "--selector", "app.kubernetes.io/name=auth-service", "--output", "json"))["items"]:
        conditions = [{**c, "status": "False"} if c["type"] in ("Ready", "ContainersReady") else c for c in pod["status"]["conditions"]]
        api.merge(f"/api/v1/namespaces/{NAMESPACE}/pods/{pod['metadata']['name']}/status", {"status": {"conditions": conditions}})
    for _ in range(50):
        if recovery(folder, "check").returncode == 1:
            break
        time.sleep(0.2)
    dry = recovery(folder, "recover", "--dry-run")
    assert "would restart auth-service" in dry.stderr
    done = recovery(folder, "recover", "--timeout", "1m")
    assert done.returncode == 0 and "recovered by restarting" in done.stderr, done.stderr


def test_recover_without_an_archive_takes_the_manifests(folder, tmp_path):
    here("delete", "service/auth-service")
    done = recovery(folder, "recover", "--backups", str(tmp_path / "none"), "--timeout", "1m")
    assert done.returncode == 0 and "restore from the manifests" in done.stderr, done.stderr
    # Another address: manifests give none. The archive knows this one from now on.
    assert recovery(folder, "backup").returncode == 0


def test_a_damaged_archive_is_passed_over(folder, tmp_path):
    backups = tmp_path / "backups"
    for _ in range(2):
        assert recovery(folder, "backup", "--backups", str(backups)).returncode == 0
        time.sleep(1.1)
    older, newer = sorted(path.name for path in backups.iterdir())
    (backups / newer / "objects.yaml").write_text("apiVersion: v1\n")
    lines = [json.loads(line) for line in recovery(folder, "list", "--backups", str(backups), "--output", "json").stdout.splitlines()]
    assert [(line["archive"], line["state"]) for line in lines] == [(newer, "damaged"), (older, "whole")]
    done = recovery(folder, "restore", "--backups", str(backups), "--timeout", "1m")
    assert done.returncode == 0 and f"restore from archive {older}" in done.stderr, done.stderr
    refused = recovery(folder, "restore", "--backups", str(backups), "--from", newer)
    assert refused.returncode == 3 and "is damaged" in refused.stderr


def test_old_archives_go(folder, tmp_path):
    for _ in range(3):
        assert recovery(folder, "backup", "--backups", str(tmp_path), "--keep", "2").returncode == 0
        time.sleep(1.1)
    assert len(list(tmp_path.iterdir())) == 2


def test_an_archive_has_no_secret_value_and_reads_as_yaml(folder):
    text = sorted((folder / "backups").iterdir())[-1].joinpath("objects.yaml").read_text()
    kinds = [doc["kind"] for doc in yaml.safe_load_all(text)]
    assert "Secret" not in kinds and kinds.count("Deployment") == 7
    assert all(word not in text for word in ("resourceVersion", "uid:", "managedFields", "status:"))


def test_monitor_says_what_changes(folder):
    here("scale", "deployment/auth-service", "--replicas=0")
    done = recovery(folder, "monitor", "--interval", "1s", "--count", "2")
    assert done.returncode == 1 and "stopped" in done.stdout
    assert recovery(folder, "scale", "--timeout", "1m").returncode == 0
    assert recovery(folder, "monitor", "--interval", "1s", "--count", "1").returncode == 0
    assert recovery(folder, "verify").returncode == 0
    assert recovery(folder, "restart", "--service", "auth-service", "--timeout", "1m").returncode == 0


def test_an_image_is_updated_and_taken_back_when_it_fails(folder):
    image = "registry.example.com/graphmemory/auth-service:1.4.3"
    assert maintenance(folder, "image", "auth-service", image, "--dry-run").returncode == 0
    assert maintenance(folder, "image", "auth-service", image, "--timeout", "1m").returncode == 0
    assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"] == image
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0
    kubectl("cordon", *[n["metadata"]["name"] for n in json.loads(kubectl("get", "nodes", "--output", "json"))["items"]])
    try:
        failed = maintenance(folder, "image", "auth-service", image, "--timeout", "5s")
        assert failed.returncode == 1 and "going back" in failed.stderr
        assert get("deployment/auth-service")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.2")
    finally:
        kubectl("uncordon", *[n["metadata"]["name"] for n in json.loads(kubectl("get", "nodes", "--output", "json"))["items"]])
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0


@pytest.mark.parametrize("service", ["auth-service", "monitoring-service"])
def test_log_levels_change(folder, service):
    for level in ("debug", "info"):
        assert maintenance(folder, "log-level", service, level, "--timeout", "1m").returncode == 0
        env = get(f"deployment/{service}")["spec"]["template"]["spec"]["containers"][0]["env"]
        assert [e["value"] for e in env if e["name"] == "LOG_LEVEL"] == [level]
    assert deploy(folder, "rollback", "--dry-run").returncode == 0


def test_restart_goes_callees_first(folder):
    order = re.findall(r"^restart (\S+)", maintenance(folder, "restart", "--timeout", "2m").stderr, re.M)
    assert len(order) == 6 and order.index("ai-detection-service") < order.index("analytics-service") < order.index("streaming-service")


def test_rotating_a_secret_restarts_its_users(folder):
    done = maintenance(folder, "rotate-secret", "jwt-secrets", "--timeout", "1m")
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"^restart (\S+)", done.stderr, re.M)) == {"auth-service", "streaming-service"}
    assert maintenance(folder, "rotate-secret", "nobody").returncode == 3


def test_a_certificate_is_issued_again(folder):
    certificate = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "tls", "namespace": NAMESPACE},
                   "spec": {"secretName": "tls", "dnsNames": ["graphmemory.example.com"], "issuerRef": {"name": "any"}}}
    subprocess.run(["kubectl", "apply", "-f", "-"], input=json.dumps(certificate), text=True, check=True, capture_output=True)
    try:
        assert "would have" in maintenance(folder, "rotate-certificate", "tls", "--dry-run").stderr
        assert "status" not in get("certificates.cert-manager.io/tls")
        done = maintenance(folder, "rotate-certificate", "tls", "--timeout", "1m")
        assert done.returncode == 0 and "tls is issued again" in done.stderr, done.stderr
        assert get("certificates.cert-manager.io/tls")["status"]["revision"] == 1
        assert maintenance(folder, "rotate-certificate", "nothing").returncode == 3
    finally:
        here("delete", "certificates.cert-manager.io/tls")


# --- what cannot be done is said, and nothing is changed ------------------------------------------------------------------------------


def versions():
    return {(item["kind"], item["metadata"]["name"]): item["metadata"]["resourceVersion"]
            for kind in ("deployment", "service", "networkpolicy") for item in json.loads(here("get", kind, "-o", "json"))["items"]}


def refused(folder, words, **environment):
    before = versions()
    done = deploy(folder, "deploy", **environment)
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert versions() == before


def test_an_unknown_context(folder):
    before = versions()
    done = deploy(folder, "deploy", "--context", "nowhere")
    assert done.returncode == 3 and 'context "nowhere" does not exist' in done.stderr and versions() == before


def test_a_server_that_does_not_answer(folder, tmp_path):
    config = yaml.safe_load(open(os.environ["KUBECONFIG"]))
    config["clusters"][0]["cluster"]["server"] = "https://127.0.0.1:1"
    (tmp_path / "config").write_text(yaml.safe_dump(config))
    refused(folder, "the cluster cannot be reached", KUBECONFIG=str(tmp_path / "config"))


def test_no_kubectl(folder, tmp_path):
    for name in ("bash", "dirname", "sort", "cut", "env"):
        (tmp_path / name).symlink_to(subprocess.run(["which", name], capture_output=True, text=True).stdout.strip())
    done = deploy(folder, "deploy", PATH=str(tmp_path))
    assert done.returncode == 3 and "kubectl is not on the PATH" in done.stderr


def test_rights_that_are_missing(folder, tmp_path):
    kubectl("--namespace", "default", "create", "serviceaccount", "nobody")
    try:
        config = yaml.safe_load(open(os.environ["KUBECONFIG"]))
        config["users"][0]["user"] = {"token": kubectl("--namespace", "default", "create", "token", "nobody").strip()}
        (tmp_path / "config").write_text(yaml.safe_dump(config))
        refused(folder, "you may not get, patch, create them", KUBECONFIG=str(tmp_path / "config"))
    finally:
        kubectl("--namespace", "default", "delete", "serviceaccount", "nobody")


def test_an_older_cluster(folder, tmp_path):
    facts = (folder / "scripts/application.tsv").read_text()
    try:
        (folder / "scripts/application.tsv").write_text(re.sub(r"^kubernetes\t.*", "kubernetes\t1.99", facts, flags=re.M))
        refused(folder, "the manifests are for 1.99")
    finally:
        (folder / "scripts/application.tsv").write_text(facts)


def test_a_kind_that_the_cluster_does_not_know(folder):
    facts = (folder / "scripts/application.tsv").read_text()
    try:
        (folder / "scripts/application.tsv").write_text(facts.replace("ExternalSecret\texternal-secrets.io/v1", "ExternalSecret\texternal-secrets.io/v9"))
        refused(folder, "the cluster does not know this kind")
    finally:
        (folder / "scripts/application.tsv").write_text(facts)


def test_a_secret_that_somebody_else_has_to_bring(folder):
    facts = (folder / "scripts/application.tsv").read_text()
    try:
        (folder / "scripts/application.tsv").write_text(facts + "secret\tlicense\texisting\tkey\nsecret\tjwt-secrets\texisting\tother\n")
        refused(folder, "Secret/license: is not in the namespace")
        refused(folder, "Secret/jwt-secrets: has no key other")
    finally:
        (folder / "scripts/application.tsv").write_text(facts)


def test_a_file_that_is_missing(folder):
    file = folder / "45-service-auth-service.yaml"
    text = file.read_text()
    try:
        file.unlink()
        refused(folder, "45-service-auth-service.yaml is missing")
    finally:
        file.write_text(text)


@pytest.mark.parametrize("script,arguments,words", [
    ("deploy-hybrid.sh", [], "name a verb"),
    ("deploy-hybrid.sh", ["explode"], "there is no verb explode"),
    ("deploy-hybrid.sh", ["deploy", "--fast"], "there is no option --fast"),
    ("deploy-hybrid.sh", ["deploy", "now"], "one word too much"),
    ("deploy-hybrid.sh", ["deploy", "--timeout", "soon"], "soon is no time"),
    ("deploy-hybrid.sh", ["deploy", "--timeout"], "--timeout needs a value"),
    ("deploy-hybrid.sh", ["deploy", "--service", "$(touch /tmp/x)"], "there is no service"),
    ("deploy-hybrid.sh", ["delete"], "say --yes"),
    ("disaster-recovery.sh", ["restore", "--from", "../../etc"], "is no name of an archive"),
    ("disaster-recovery.sh", ["backup", "--keep", "0"], "at least 1"),
    ("maintenance.sh", ["image", "auth-service"], "takes a service and an image"),
    ("maintenance.sh", ["image", "auth-service", "x"], "neither tag nor digest"),
    ("maintenance.sh", ["image", "auth-service", 'a:1"}]'], "is no image"),
    ("maintenance.sh", ["log-level", "auth-service", "loud"], "the level is"),
    ("maintenance.sh", ["rotate-certificate", "a/b"], "is no name"),
])
def test_wrong_calls(folder, script, arguments, words):
    done = run(folder, script, *arguments)
    assert done.returncode == 2 and words in done.stderr, done.stderr


@pytest.mark.parametrize("script", ["deploy-hybrid.sh", "disaster-recovery.sh", "maintenance.sh"])
def test_help_names_every_verb(folder, script):
    text = run(folder, script, "--help").stdout
    source = (folder / "scripts" / script).read_text()
    verbs = re.search(r"^    ([a-z| -]+)\) shift ;;", source, re.M).group(1).split(" | ")
    assert verbs and all(re.search(rf"^  {verb}\b", text, re.M) for verb in verbs)


def test_nothing_was_made_anywhere_else(folder):
    """Last but one: after deploys, restores and releases of fields."""
    elsewhere = json.loads(kubectl("get", "deployment,networkpolicy,hpa,externalsecret", "--all-namespaces", "--show-managed-fields", "-o", "json"))["items"]
    assert {item["metadata"]["namespace"] for item in elsewhere} == {NAMESPACE}
    restored = [item for item in elsewhere if any(f["manager"] == "hybriddeploy-restore" for f in item["metadata"].get("managedFields", []))]
    assert not restored


def test_delete_takes_all_but_namespace_and_claims(folder):
    assert deploy(folder, "delete", "--dry-run").returncode == 0
    assert len(json.loads(here("get", "deployment", "-o", "json"))["items"]) == 7
    assert deploy(folder, "delete", "--yes").returncode == 0
    assert json.loads(here("get", "deployment,service,hpa,networkpolicy,externalsecret", "-o", "json"))["items"] == []
    assert kubectl("get", "namespace", NAMESPACE) != ""
    assert deploy(folder, "deploy", "--timeout", "2m").returncode == 0
