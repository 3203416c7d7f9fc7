#!/usr/bin/env python3
"""The scripts before a kubectl that is pretended: test_without_cluster.py HYBRIDGEN

For what a real cluster says only with luck: texts that a stranger wrote, and the moments of a canary.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import yaml

import lines

HERE = Path(__file__).resolve().parent
hybridgen = os.environ.get("HYBRIDGEN", str(HERE.parents[1] / "build/bindings/cli/hybridgen"))
CANARY = HERE / "canary.yaml"
# What a terminal obeys, and JSON forbids or a reader does not see.
UNSAFE = "".join(map(chr, [*range(1, 9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)]))
TEXT = f'a"b\\c\\u0041 {UNSAFE} d\te ü漢😀 $(id) `id` %s &'


class WithoutCluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        (cls.folder / "bin").mkdir()
        (cls.folder / "bin/kubectl").symlink_to(HERE / "pretended_kubectl.py")
        subprocess.run([hybridgen, "generate", "-q", "-f", CANARY, "-o", f"{cls.folder}/deploy/"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def run_script(self, script, *arguments, answers, **environment):
        """What became of it, and the calls of kubectl."""
        pretended = self.folder / "answers.json"
        pretended.write_text(json.dumps(answers))
        calls = Path(f"{pretended}.calls")
        calls.write_text("")
        done = subprocess.run(["bash", self.folder / "deploy/scripts" / script, *arguments], capture_output=True, timeout=60, env={
            **lines.traced(os.environ), "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "PRETENDED": str(pretended), **environment})
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        return done, calls.read_text().splitlines()

    # --- a canary of Flagger ----------------------------------------------------------------------------------------------------------

    def pods(self, **numbers):
        """Answers about numbers of pods: `web` is what the manifest is of, `primary` the copy that serves."""
        names = {"web": "web", "primary": "web-primary"}
        lines = [f"Deployment\tapps/v1\t{names[name]}\t{wanted}|{ready}|{ready}||\n" for name, (wanted, ready) in numbers.items()]
        there = [{"call": r"get Deployment\S*/web-primary .*metadata\.name", "out": "web-primary"}] if "primary" in numbers else []
        return [*there, {"call": "readyReplicas", "out": "".join(lines)}, {"call": r"get \S+/\S+ .*metadata\.name", "out": "there"}]

    def health(self, **numbers):
        done, _ = self.run_script("deploy-hybrid.sh", "health", answers=self.pods(**numbers))
        return done.returncode, done.stderr.strip()

    def test_before_flagger_has_begun_the_workload_counts(self):
        self.assertEqual(self.health(web=(2, 2)), (0, "ok       web: 2 of 2 pods are ready"))
        self.assertEqual(self.health(web=(0, "")), (1, "problem  web: stopped: 0 of 0 pods, at least 2 are wanted"))

    def test_afterwards_the_copy_counts_that_serves(self):
        self.assertEqual(self.health(web=(0, ""), primary=(2, 2)), (0, "ok       web: 2 of 2 pods are ready"))
        self.assertEqual(self.health(web=(2, 2), primary=(2, 1)), (1, "problem  web: unready: 1 of 2 pods are ready"))
        self.assertEqual(self.health(web=(2, 2), primary=(0, "")), (1, "problem  web: stopped: 0 of 0 pods, at least 2 are wanted"))

    def test_recovery_changes_what_serves(self):
        done, calls = self.run_script("disaster-recovery.sh", "scale", answers=self.pods(web=(0, ""), primary=(0, "")))
        scaled = [call for call in calls if " scale " in call]
        self.assertEqual((done.returncode, len(scaled)), (0, 1), done.stderr)
        self.assertIn("scale Deployment.v1.apps/web-primary --replicas 2", scaled[0])
        done, calls = self.run_script("disaster-recovery.sh", "restart", answers=self.pods(web=(0, ""), primary=(2, 1)))
        self.assertEqual((done.returncode, [call.split(" rollout ")[1] for call in calls if "rollout restart" in call]),
                         (0, ["restart Deployment.v1.apps/web-primary"]), done.stderr)

    def test_a_restart_is_no_new_version(self):
        done, calls = self.run_script("maintenance.sh", "restart", answers=self.pods(web=(0, ""), primary=(2, 2)))
        self.assertEqual((done.returncode, [call.split(" rollout ")[1] for call in calls if "rollout restart" in call]),
                         (0, ["restart Deployment.v1.apps/web-primary"]), done.stderr)
        self.assertNotIn("Flagger", done.stderr)

    def test_flagger_copies_secrets_itself(self):
        used = {"call": r"/web-primary .*secretKeyRef", "out": "key-primary"}
        done, calls = self.run_script("maintenance.sh", "rotate-secret", "key", "--timeout", "1s",
                                      answers=[used, {"call": "refreshTime", "out": ""}, *self.pods(web=(0, ""), primary=(2, 2))])
        self.assertIn("web: Flagger takes the new values of key over step by step", done.stderr)
        self.assertFalse([call for call in calls if "rollout restart" in call])

    def test_a_version_that_flagger_took_back_is_told(self):
        done, _ = self.run_script("deploy-hybrid.sh", "verify", answers=[
            {"call": "status.parents", "out": "Canary\tflagger.app/v1beta1\tweb\t|Promoted=False ||\n"}, *self.pods(web=(0, ""), primary=(2, 2))])
        self.assertIn("warning  Canary/web: Flagger has taken back the last version that it judged: the one before it serves", done.stderr)

    # --- what goes wrong ------------------------------------------------------------------------------------------------------------

    THERE = {"call": r"get \S+/\S+ .*metadata\.name", "out": "there"}
    # A cluster that knows the kinds, allows everything, and has two pods of everything ready.
    READY = [{"call": "readyReplicas", "out": "Deployment\tapps/v1\tweb\t2|2|2||\n"}]

    def told(self, script, arguments, answers, status, *words):
        done, calls = self.run_script(script, *arguments, answers=answers)
        self.assertEqual(done.returncode, status, (done.stdout, done.stderr))
        for word in words:
            self.assertIn(word, done.stdout + done.stderr)
        return calls

    def test_calls_that_are_wrong(self):
        for script, arguments, words in (
                ("deploy-hybrid.sh", ["health", "--output", "xml"], "--output is text or json"), ("deploy-hybrid.sh", [], "name a verb"),
                ("deploy-hybrid.sh", ["explode"], "there is no verb"), ("deploy-hybrid.sh", ["deploy", "--fast"], "there is no option --fast"),
                ("deploy-hybrid.sh", ["deploy", "now"], "one word too much"), ("deploy-hybrid.sh", ["deploy", "--timeout"], "needs a value"),
                ("deploy-hybrid.sh", ["deploy", "--timeout", "soon"], "is no time"), ("deploy-hybrid.sh", ["deploy", "--service", "x"], "there is no service x"),
                ("disaster-recovery.sh", [], "name a verb"), ("disaster-recovery.sh", ["explode"], "there is no verb"),
                ("disaster-recovery.sh", ["backup", "--quick"], "there is no option"), ("disaster-recovery.sh", ["backup", "now"], "one word too much"),
                ("disaster-recovery.sh", ["backup", "--keep", "x"], "needs a number"), ("disaster-recovery.sh", ["backup", "--keep", "0"], "at least 1"),
                ("disaster-recovery.sh", ["restore", "--from", "../.."], "is no name of an archive"), ("disaster-recovery.sh", ["backup", "--keep"], "needs a value"),
                ("maintenance.sh", [], "name a verb"), ("maintenance.sh", ["explode"], "there is no verb"), ("maintenance.sh", ["restart", "--x"], "there is no option"),
                ("maintenance.sh", ["image", "web"], "this takes a service and an image"), ("maintenance.sh", ["image", "web", "x"], "neither tag nor digest"),
                ("maintenance.sh", ["image", "web", 'a:1"}]'], "is no image"), ("maintenance.sh", ["log-level", "web", "loud"], "the level is"),
                ("maintenance.sh", ["rotate-certificate", "a/b"], "is no name")):
            self.told(script, arguments, [], 2, words)

    def test_help(self):
        for script in "deploy-hybrid.sh", "disaster-recovery.sh", "maintenance.sh":
            self.told(script, ["--help"], [], 0, "usage: " + script, "exit status")

    def test_options_reach_kubectl(self):
        calls = self.told("deploy-hybrid.sh", ["health", "--context", "there", "--service", "web", "--timeout", "1h"], self.READY, 0, "2 of 2 pods are ready")
        self.assertTrue(all(call.startswith("--context there ") for call in calls), calls)

    def test_facts_that_are_damaged(self):
        facts = self.folder / "deploy/scripts/application.tsv"
        text = facts.read_text()
        try:
            facts.write_text(text.replace("application\t", "x\t"))
            self.told("deploy-hybrid.sh", ["health"], [], 3, "application.tsv does not name the application")
            facts.unlink()
            self.told("deploy-hybrid.sh", ["health"], [], 3, "cannot be read")
        finally:
            facts.write_text(text)

    def test_pods_of_an_older_version(self):
        self.told("deploy-hybrid.sh", ["health"], [{"call": "readyReplicas", "out": "Deployment\tapps/v1\tweb\t2|2|1||\n"}], 0,
                  "warning  web: 2 of 2 pods are ready, 1 of the version that is wanted")
        self.told("deploy-hybrid.sh", ["health"], [], 1, "missing: what runs its pods is not there")

    def test_what_verify_finds(self):
        def things(kind, version, name, rest):
            return [{"call": "status.parents", "out": f"{kind}\t{version}\t{name}\t{rest}\n"}, *self.READY]

        self.told("deploy-hybrid.sh", ["verify"], things("ExternalSecret", "external-secrets.io/v1", "key", "|Ready=False ||"), 1,
                  "warning  ExternalSecret/key: is not brought from its store")
        self.told("deploy-hybrid.sh", ["verify"], things("HorizontalPodAutoscaler", "autoscaling/v2", "web", "|ScalingActive=False ||"), 1, "reads no metrics")
        self.told("deploy-hybrid.sh", ["verify"], things("ServiceAccount", "v1", "web", "|||"), 1, "problem  Canary/web: is not in the cluster: deploy again")
        self.told("deploy-hybrid.sh", ["verify"], [{"call": "status.parents", "status": 1}, *self.READY], 1, "problem  Canary/web: cannot be read")

    def test_changes_that_do_not_hold(self):
        slow = {"call": "rollout status", "status": 1}
        one = [slow, {"call": "containers.*name", "out": "proxy web"}, {"call": "revision", "out": "3"}, self.THERE]
        calls = self.told("maintenance.sh", ["image", "web", "r/web:2", "--timeout", "1s"], one, 1, "did not become ready in 1 s: going back",
                          "is not ready again either", "web runs what it ran before")
        self.assertTrue(any("rollout undo Deployment.v1.apps/web --to-revision 3" in call for call in calls), calls)
        self.assertTrue(any("/spec/template/spec/containers/1/image" in call for call in calls), calls)
        self.told("maintenance.sh", ["image", "web", "r/web:2"], [{"call": "containers.*name", "out": "other"}, self.THERE], 3, "have no container web")
        self.told("maintenance.sh", ["image", "web", "r/web:2", "--dry-run"], [self.THERE], 0, "would run r/web:2 as web")
        self.told("maintenance.sh", ["log-level", "web", "debug", "--dry-run"], [self.THERE], 0, "would set LOG_LEVEL=debug for web")
        self.told("maintenance.sh", ["image", "web", "r/web:2"], [], 3, "web is not in the cluster")
        self.told("maintenance.sh", ["restart", "--dry-run"], [self.THERE], 0, "would restart web")
        self.told("disaster-recovery.sh", ["restart", "--timeout", "1s"], [slow, *self.pods(web=(2, 1))], 1, "web is not ready after 1 s")
        self.told("disaster-recovery.sh", ["scale", "--timeout", "1s"], [slow, *self.pods(web=(0, 0))], 1, "web is not ready after 1 s")

    def test_levels_of_logs(self):
        for variables, where in (("LOG_LEVEL A", "/env/0"), ("A", "/env/-"), ("", "/env")):
            calls = self.told("maintenance.sh", ["log-level", "web", "debug"],
                              [{"call": r"env\[", "out": variables}, {"call": "containers.*name", "out": "web"}, self.THERE], 0, "logs from debug on")
            self.assertTrue(any(f'"path": "/spec/template/spec/containers/0{where}"' in call for call in calls), calls)

    def test_secrets_and_certificates(self):
        self.told("maintenance.sh", ["rotate-secret", "key"], [], 3, "there is no Secret key")
        self.told("maintenance.sh", ["rotate-secret", "key", "--dry-run"], [self.THERE], 0, "would have the Secret key brought again")
        self.told("maintenance.sh", ["rotate-secret", "other"], [self.THERE], 0, "other comes from somebody else", "no service uses other")
        self.told("maintenance.sh", ["rotate-secret", "key", "--timeout", "1s"], [{"call": "refreshTime", "out": "never"}, self.THERE], 1,
                  "the operator did not bring key again in 1 s")
        self.told("maintenance.sh", ["rotate-certificate", "tls"], [], 3, "there is no Certificate tls")
        self.told("maintenance.sh", ["rotate-certificate", "tls", "--dry-run"], [self.THERE], 0, "would have the certificate tls issued again")
        calls = self.told("maintenance.sh", ["rotate-certificate", "tls", "--timeout", "1s"], [{"call": "status.revision", "out": "1"}, self.THERE], 1,
                          "cert-manager did not issue tls again in 1 s; the old one still serves")
        self.assertTrue(any('"type":"Issuing","status":"True"' in call for call in calls), calls)

    def test_the_way_back(self):
        state = {"call": "_state", "out": "deployed"}
        self.told("deploy-hybrid.sh", ["rollback"], [self.THERE], 3, "no deploy is on record")
        self.told("deploy-hybrid.sh", ["rollback"], [state, self.THERE], 0, "web: did not run before; it stays as it is")
        before = {"call": r"data\['web'\]", "out": "2"}
        revision = {"call": "kubernetes..io/revision", "out": "3"}
        self.told("deploy-hybrid.sh", ["rollback"], [state, before, revision, {"call": "rollout undo", "status": 1}, self.THERE], 1, "not everything went back")
        self.told("deploy-hybrid.sh", ["rollback", "--timeout", "1s"], [state, before, revision, {"call": "rollout status", "status": 1}, self.THERE], 1,
                  "web: back to revision 2", "web: is not ready again")
        self.told("deploy-hybrid.sh", ["delete"], [], 2, "say --yes, or --dry-run")

    def test_backups(self):
        backups = self.folder / "backups"
        objects = {"call": "get .*--output yaml", "out": "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata:\n    name: web\n"}
        arguments = ["--backups", str(backups)]
        self.told("disaster-recovery.sh", ["backup", "--dry-run", *arguments], [], 0, "would write")
        self.told("disaster-recovery.sh", ["backup", *arguments], [objects], 0, "objects")
        self.told("disaster-recovery.sh", ["backup", "--keep", "1", *arguments], [objects], 0, "is past the 1 that are kept: removed")
        self.told("disaster-recovery.sh", ["backup", *arguments], [], 1, "there is nothing of the application in the cluster")
        self.told("disaster-recovery.sh", ["backup", *arguments], [{"call": "--output yaml", "status": 1}], 1, "the objects cannot be read or written")
        (name,) = (path.name for path in backups.iterdir() if path.name.endswith("Z"))
        done, _ = self.run_script("disaster-recovery.sh", "list", "--output", "json", *arguments, answers=[])
        self.assertEqual([json.loads(line)["state"] for line in done.stdout.splitlines()], ["whole"])
        self.told("disaster-recovery.sh", ["list", *arguments], [], 0, name, "whole")
        self.told("disaster-recovery.sh", ["restore", *arguments, "--dry-run"], [self.THERE], 0, f"restore from archive {name}", "would apply 1 file(s)")
        self.told("disaster-recovery.sh", ["restore", *arguments, "--timeout", "1s"], [{"call": "^apply", "err": "refused\n", "status": 1}, self.THERE], 1, "refused",
                  "not everything could be restored")
        self.told("disaster-recovery.sh", ["restore", *arguments, "--from", "20000101T000000Z"], [], 3, "there is no archive")
        (backups / name / "objects.yaml").write_text("other\n")
        self.told("disaster-recovery.sh", ["restore", *arguments, "--from", name], [], 3, "is damaged")
        self.told("disaster-recovery.sh", ["restore", *arguments, "--dry-run"], [self.THERE], 0, f"archive {name} is damaged and passed over",
                  "restore from the manifests")

    def test_monitor_says_what_changes_alone(self):
        done, calls = self.run_script("disaster-recovery.sh", "monitor", "--count", "2", "--interval", "1s", answers=self.pods(web=(2, 1)))
        self.assertEqual((done.returncode, done.stdout.count("problem  web: unready: 1 of 2 pods are ready")), (1, 1), done.stdout)
        self.assertGreater(sum("readyReplicas" in call for call in calls), 1)
        self.told("disaster-recovery.sh", ["verify"], self.READY, 1, "is not in the cluster")

    def test_two_backups_in_one_second(self):
        backups = self.folder / "crowded"
        for second in range(4):
            (backups / time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() + second))).mkdir(parents=True)
        objects = {"call": "get .*--output yaml", "out": "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata:\n    name: web\n"}
        self.told("disaster-recovery.sh", ["backup", "--backups", str(backups)], [objects], 0, "1 objects")
        self.assertEqual(len(list(backups.iterdir())), 5)
        # Of another time than what is deployed, and so are the manifests.
        self.told("disaster-recovery.sh", ["check", "--backups", str(backups)], [{"call": "_deployed", "out": "29990101T000000Z|0 0"}, self.THERE], 1,
                  "is from before the last deploy, and so is what is known here: generate the folder again")

    def test_one_object_in_another_namespace(self):
        objects = {"call": "get .*--output yaml", "out": "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata:\n    name: web\n"}
        model = self.folder / "far.yaml"
        model.write_text((HERE / "workloads.yaml").read_text().replace("{provider: aws, bucket: shop}", "{storageLocation: main}"))
        calls = self.deployed(["backup", "--backups", str(self.folder / "far")], [objects], 0, "archive", script="disaster-recovery.sh", model=model)
        self.assertTrue(any("--namespace velero get Schedule.v1.velero.io --field-selector metadata.name=shop" in call for call in calls), calls)

    def test_restore_waits(self):
        self.told("disaster-recovery.sh", ["restore", "--timeout", "1s"], [{"call": "deletionTimestamp", "out": "2026-01-01T00:00:00Z"},
                                                                         {"call": "wait --for=delete", "status": 1}, self.THERE], 1)
        calls = self.told("disaster-recovery.sh", ["restore", "--timeout", "1s"], [{"call": "deletionTimestamp", "out": ""}, {"call": "rollout status", "status": 1},
                                                                                 *self.pods(web=(2, 2))], 1, "web is not ready after 1 s")
        self.assertTrue(any(call.startswith("apply --server-side") for call in calls), calls)

    def test_recovery_of_what_is_well(self):
        facts = [line.split("\t") for line in (self.folder / "deploy/scripts/application.tsv").read_text().splitlines()]
        things = "".join(f"{kind}\t{version}\t{name}\t\n" for _, _, kind, version, _, name, _ in (fact for fact in facts if fact[0] == "manifest"))
        well = [{"call": r"metadata\.name\}\{'\\t'\}\{'\\n'\}", "out": things}, *self.pods(web=(2, 2))]
        self.told("disaster-recovery.sh", ["recover"], well, 0, "all is well")
        self.told("disaster-recovery.sh", ["check"], well, 0, "2 of 2 pods are ready")

    def test_who_works_longer_than_said_says_so(self):
        late = self.folder / "late"
        late.mkdir()
        (late / "date").write_text('#!/bin/sh\n[ "$1" = +%s ] || exec /bin/date "$@"\nn=$(cat "$0.n" 2>/dev/null || echo 0)\necho $((n + 1)) >"$0.n"\n'
                                   'echo $((1700000000 + n * 1000))\n')
        (late / "date").chmod(0o755)
        path = f"{late}:{self.folder}/bin:{os.environ['PATH']}"
        done, calls = self.run_script("disaster-recovery.sh", "restart", "--timeout", "1s", answers=self.pods(web=(2, 1)), PATH=path)
        self.assertTrue(any("/data/_ends" in call for call in calls), calls)
        done, _ = self.run_script("disaster-recovery.sh", "restart", "--timeout", "1s", PATH=path, answers=[{"call": "patch configmap", "status": 1}, *self.pods(web=(2, 1))])
        self.assertEqual(done.returncode, 1)
        self.assertIn("another run has taken over", done.stderr)

    def test_what_routes_and_certificates_say(self):
        things = {"call": "status.parents", "out": "Certificate\tcert-manager.io/v1\tgraphmemory-public-tls\t|Ready=False ||\n"
                                                   "HTTPRoute\tgateway.networking.k8s.io/v1\tpublic-to-https\t||False|\n"}
        self.deployed(["verify"], [things], 1, "problem  Certificate/graphmemory-public-tls: is not issued",
                      "warning  HTTPRoute/public-to-https: no gateway has accepted it yet",
                      model=HERE.parent / "golden/graphmemory-gateway-api/hybriddeploy.yaml")

    # --- deploys that stop on the way ------------------------------------------------------------------------------------------------

    KINDS = {"v1": ["ConfigMap", "Namespace", "ServiceAccount", "Service"], "apps/v1": ["Deployment"], "batch/v1": ["Job"], "policy/v1": ["PodDisruptionBudget"],
             "networking.k8s.io/v1": ["NetworkPolicy", "Ingress"], "autoscaling/v2": ["HorizontalPodAutoscaler"],
             "external-secrets.io/v1": ["ExternalSecret"], "argoproj.io/v1alpha1": ["Rollout"], "keda.sh/v1alpha1": ["ScaledJob"]}
    MODEL = """\
name: shop
host: shop.example.com
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
ingress: {className: nginx}
secretStore: vault
secrets: {key: {keys: {key: {remoteKey: shop/key}}}, license: {existing: true, keys: {text: {}}}}
services:
  web: {runtime: cpython, expose: /, replicas: 2, autoscaling: off, env: {KEY: {secret: key, key: key}, LICENSE: {secret: license, key: text}}}
  staged: {runtime: cpython, replicas: 2, autoscaling: off, delivery: {executor: argoRollouts, canary: {steps: [{setWeight: 50, pause: 1m}]}}}
  migrate: {runtime: cpython, kind: Job}
"""

    @classmethod
    def cluster(cls):
        """Answers of a cluster that takes everything, and in which everything is well."""
        every = ", ".join(json.dumps({"name": f"{kind.lower()}s", "namespaced": kind != "Namespace", "kind": kind}) for kinds in cls.KINDS.values() for kind in kinds)
        return [{"call": "^get --raw /version", "out": '{"major": "1", "minor": "99"}'}, {"call": "^get --raw /api", "out": every},
                {"call": "SelfSubjectAccessReview|create --validate=false", "out": "get|shop||x|true\n"}, {"call": "go-template", "out": "text "},
                {"call": "get rollout|get Rollout", "out": "1|1|Healthy|"},
                {"call": "readyReplicas", "out": "Deployment\tapps/v1\tweb\t2|2|2||\nRollout\targoproj.io/v1alpha1\tstaged\t2|2|2||\n"},
                {"call": "_state", "out": ""}, {"call": r"data\[", "out": ""}, {"call": "revision|stableRS", "out": "1"}, {"call": "managedFields", "out": ""}, cls.THERE]

    def deployed(self, arguments, answers, status, *words, script="deploy-hybrid.sh", model=None):
        """A call for another application than the canary."""
        folder, kept = self.folder / "deploy", self.folder / "kept"
        if not model:
            model = self.folder / "shop.yaml"
            model.write_text(self.MODEL)
        folder.rename(kept)
        try:
            subprocess.run([hybridgen, "generate", "-q", "-f", model, "-o", f"{folder}/", "--with", "ops"], check=True)
            return self.told(script, arguments, [*answers, *self.cluster()], status, *words)
        finally:
            subprocess.run(["rm", "-rf", folder], check=True)
            kept.rename(folder)

    def test_what_verify_finds_of_triggers(self):
        model = self.folder / "scaled.yaml"
        model.write_text("""\
name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
services:
  web: {runtime: cpython, autoscaling: {triggers: {day: {type: cron, metadata: {timezone: UTC, start: 0 6 * * *, end: 0 20 * * *, desiredReplicas: "6"}}}}}
""")
        self.deployed(["verify"], [{"call": "status.parents", "out": "ScaledObject\tkeda.sh/v1alpha1\tweb\t|Ready=False ||\n"}], 1,
                      "warning  ScaledObject/web: scales nothing", model=model)

    def test_a_scaled_job_is_applied_and_not_waited_for(self):
        model = self.folder / "jobs.yaml"
        model.write_text("""\
name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
services:
  report: {runtime: cpython, kind: Job, autoscaling: {triggers: {day: {type: cron, metadata: {timezone: UTC, start: 0 6 * * *, end: 0 20 * * *, desiredReplicas: "6"}}}}}
""")
        self.deployed(["verify"], [{"call": "status.parents", "out": "ScaledJob\tkeda.sh/v1alpha1\treport\t|Ready=False ||\n"}], 1,
                      "warning  ScaledJob/report: runs no Jobs", model=model)
        # The pretended cluster keeps nothing, which verify tells at the end; a wait for pods would end the deploy before.
        calls = self.deployed(["deploy"], [], 1, "deployed, but see the problems above", model=model)
        self.assertTrue(any("apply" in call and "scaledjob-report.yaml" in call for call in map(str, calls)), calls)
        self.assertFalse(any("get ScaledJob" in call for call in map(str, calls)), calls)

    def brought_up(self, name):
        """The workloads for which the deploy of an example waits, before a cluster in which all that it has becomes well."""
        model = HERE.parents[1] / "examples" / name / "hybriddeploy.yaml"
        done = subprocess.run([hybridgen, "generate", "-q", "-f", model], capture_output=True, check=True)
        docs = list(yaml.safe_load_all(done.stdout))
        things = [(doc["kind"], doc["apiVersion"], doc["metadata"]["name"]) for doc in docs]
        running = [thing for thing in things if thing[0] in ("Deployment", "StatefulSet")]
        kinds = [{"name": f"{kind.lower()}s", "namespaced": kind != "Namespace", "kind": kind} for kind in sorted({"ConfigMap", *(thing[0] for thing in things)})]
        calls = self.deployed(["deploy"], [
            {"call": "^get --raw /api", "out": ", ".join(map(json.dumps, kinds))},
            {"call": "readyReplicas", "out": "".join("\t".join(thing) + "\t2|2|2||\n" for thing in running)},
            {"call": "status.parents", "out": "".join("\t".join(thing) + "\t|Ready=True |True|there\n" for thing in things)}], 0, f"{name} is deployed", model=model)
        waited = [call.split("rollout status ")[1].split()[0] for call in calls if "rollout status " in call]
        self.assertEqual(sorted(waited), sorted(f"{kind}.v1.apps/{name}" for kind, _, name in running))
        return [one.rpartition("/")[2] for one in waited]

    def test_examples_that_are_not_python(self):
        self.assertEqual(self.brought_up("guestbook")[:2], ["queue", "database"])
        waited = self.brought_up("boutique")
        self.assertEqual((len(waited), waited[-1]), (12, "loadgenerator"))

    def test_what_preflight_finds(self):
        self.deployed(["deploy"], [{"call": "^get --raw /version", "out": '{"major": "1", "minor": "20"}'}], 3, "is Kubernetes 1.20, the manifests are for")
        self.deployed(["deploy"], [{"call": "^get --raw /api", "out": ""}], 3, "the cluster does not know this kind")
        self.deployed(["deploy"], [{"call": "create --validate=false", "status": 1}], 3, "the cluster does not say what you may do")
        self.deployed(["deploy"], [{"call": "create --validate=false", "out": "patch|shop|apps|deployments|false\n"}], 3, "deployments.apps: you may not patch them")
        self.deployed(["deploy"], [{"call": "go-template", "out": ""}], 3, "Secret/license: is not in the namespace shop")
        self.deployed(["deploy"], [{"call": "go-template", "out": "other "}], 3, "Secret/license: has no key text")

    def test_a_dry_run_without_a_namespace(self):
        self.deployed(["deploy", "--dry-run"], [{"call": r"get namespace/shop .*name\}", "out": ""}], 0, "objects would be new")

    def test_what_the_cluster_refuses(self):
        calls = self.deployed(["deploy", "--no-rollback"], [{"call": "^apply .*networkpolicy", "err": "refused by a webhook\n", "status": 1}], 1,
                              "refused by a webhook", "--no-rollback: everything stays as it is")
        self.assertFalse(any("rollout undo" in call for call in calls))
        self.deployed(["deploy", "--timeout", "1s"], [{"call": "get secret/key ", "out": ""}, {"call": r"externalsecret.*conditions|ExternalSecret.*conditions\[\*\]", "out": "no such key"}],
                      1, "no Secret key: no such key")
        self.deployed(["deploy", "--timeout", "1s"], [{"call": "get Rollout.*observedGeneration", "out": "1|1|Degraded|it does not start"}], 1, "Rollout/staged: it does not start")

    def test_jobs_that_cannot_be_replaced(self):
        there = {"call": "get --filename .*job-migrate", "out": "Job.v1.batch/migrate"}
        self.deployed(["deploy"], [there, {"call": "^apply .*dry-run=server.*job-migrate", "err": "field is immutable\n", "status": 1}, {"call": "status.active", "out": "1"}], 1,
                      "Job/migrate runs still, and cannot be changed")
        self.deployed(["deploy"], [there, {"call": "^apply .*dry-run=server.*job-migrate", "err": "another complaint\n", "status": 1}], 1, "another complaint")

    def test_one_service_alone(self):
        things = [{"call": "status.parents", "out": "".join(f"{kind}\t{version}\t{name}\t{rest}\n" for kind, version, name, rest in (
            ("Namespace", "v1", "shop", "|||"), ("ExternalSecret", "external-secrets.io/v1", "key", "|Ready=True ||"), ("ServiceAccount", "v1", "web", "|||"),
            ("NetworkPolicy", "networking.k8s.io/v1", "shop-default-deny", "|||"), ("NetworkPolicy", "networking.k8s.io/v1", "web", "|||"),
            ("Service", "v1", "web", "{}|||"), ("Deployment", "apps/v1", "web", "|||"), ("PodDisruptionBudget", "policy/v1", "web", "|||"),
            ("Ingress", "networking.k8s.io/v1", "shop", "|||")))}]
        self.deployed(["deploy", "--service", "web"], [*things, {"call": "endpointslices", "out": "web=true "}], 0, "Ingress/shop: has no address yet", "shop is deployed")
        self.deployed(["verify", "--service", "web"], [*things, {"call": "endpointslices", "out": "web=false "}], 1, "Service/web: has no ready endpoint")

    # --- from what runs to what the manifests say --------------------------------------------------------------------------------------

    SOON = "--timeout", "2s"
    PODS = {"call": "readyReplicas", "out": "Deployment\tapps/v1\tweb\t2|2|2||\nRollout\targoproj.io/v1alpha1\tstaged\t2|2|2||\n"}
    WELL = {"call": "status.parents", "out": "".join(f"{kind}\t{version}\t{name}\t{rest}\n" for kind, version, name, rest in (
        ("Namespace", "v1", "shop", "|||"), ("ExternalSecret", "external-secrets.io/v1", "key", "|Ready=True ||"), ("ServiceAccount", "v1", "web", "|||"),
        ("ServiceAccount", "v1", "staged", "|||"), ("ServiceAccount", "v1", "migrate", "|||"), ("NetworkPolicy", "networking.k8s.io/v1", "shop-default-deny", "|||"),
        ("NetworkPolicy", "networking.k8s.io/v1", "web", "|||"), ("NetworkPolicy", "networking.k8s.io/v1", "staged", "|||"),
        ("NetworkPolicy", "networking.k8s.io/v1", "migrate", "|||"), ("Service", "v1", "web", "|||"), ("Service", "v1", "staged", "|||"),
        ("Deployment", "apps/v1", "web", "|||"),
        ("Rollout", "argoproj.io/v1alpha1", "staged", "|||"), ("Job", "batch/v1", "migrate", "|||"), ("PodDisruptionBudget", "policy/v1", "web", "|||"),
        ("PodDisruptionBudget", "policy/v1", "staged", "|||"), ("Ingress", "networking.k8s.io/v1", "shop", "|||there")))}

    def ours(self, *things):
        """Answers about what is in the namespace with the application's labels: kind, version, name, service, and what has an owner."""
        lines = "".join(f"{kind}\t{version}\t{name}\t{service}|{''.join(owner)}\n" for kind, version, name, service, *owner in things)
        return [{"call": "^api-resources", "out": "deployments.apps\nendpoints\nservices\n"}, {"call": "get deployments.apps,services --selector", "out": lines}, self.WELL, self.PODS]

    def changed(self, calls, words):
        return [call for call in calls if " delete " in f" {call}" and words in call]

    def test_what_no_manifest_says_is_listed_and_stays(self):
        found = self.ours(("Service", "v1", "old", "old"), ("Service", "v1", "web", "web"), ("Pod", "v1", "old-1", "old", "ReplicaSet"))
        done = self.deployed(["status"], found, 0, "old                              Service")
        self.assertFalse(self.changed(done, ""))
        self.deployed(["status", "--output", "json"], found, 0, '{"orphan": "Service/old", "service": "old"}')
        calls = self.deployed(["deploy", *self.SOON], found, 0, "warning  Service/old: no manifest says it any more, and it stays", "shop is deployed")
        self.assertFalse(self.changed(calls, "old"), calls)
        self.assertTrue(any("--selector app.kubernetes.io/part-of=shop,app.kubernetes.io/managed-by=hybriddeploy" in call for call in calls))

    def test_prune_takes_out_all_but_data(self):
        found = self.ours(("PersistentVolumeClaim", "v1", "old-data", "old"), ("StatefulSet", "apps/v1", "old", "old"), ("VirtualService", "networking.istio.io/v1", "old", "old"),
                          ("NetworkPolicy", "networking.k8s.io/v1", "old", "old"))
        deletes = {"call": "whenDeleted", "out": "Delete"}
        calls = self.deployed(["deploy", *self.SOON, "--prune"], [*found, deletes], 0, "PersistentVolumeClaim/old-data: holds data and stays", "StatefulSet/old: holds data and stays")
        self.assertEqual([call.split(" delete ")[1].split()[0] for call in self.changed(calls, "old")],
                         ["VirtualService.v1.networking.istio.io/old", "NetworkPolicy.v1.networking.k8s.io/old"])
        calls = self.deployed(["deploy", *self.SOON, "--prune", "--with-data"], [*found, deletes], 0)
        self.assertEqual(len(self.changed(calls, "old")), 4, calls)
        calls = self.deployed(["deploy", *self.SOON, "--prune", "--dry-run"], found, 0, "delete StatefulSet/old (not done: --dry-run)")
        self.assertFalse(self.changed(calls, "old"))
        self.deployed(["deploy", *self.SOON, "--prune"], [{"call": "delete NetworkPolicy", "status": 1}, *found], 0, "NetworkPolicy/old: stays")
        calls = self.deployed(["deploy", *self.SOON], [{"call": "^api-resources", "status": 1}, self.WELL, self.PODS], 0, "shop is deployed")
        self.assertFalse(any("--selector app.kubernetes.io/part-of" in call and " get " in call and "configmap" not in call for call in calls))

    def test_a_deploy_that_fails_takes_nothing_out(self):
        found = self.ours(("Service", "v1", "old", "old"), ("StatefulSet", "apps/v1", "web", "web"))
        calls = self.deployed(["deploy", *self.SOON, "--prune"], [{"call": "rollout status", "status": 1}, *found], 1)
        self.assertFalse(self.changed(calls, "old") or self.changed(calls, "StatefulSet"), calls)

    def test_what_ran_pods_in_another_way_goes_when_the_new_serves(self):
        calls = self.deployed(["deploy", *self.SOON], self.ours(("StatefulSet", "apps/v1", "web", "web"), ("VirtualService", "networking.istio.io/v1", "web", "web"),
                                                    ("Service", "v1", "other", "other")), 0, "Service/other: no manifest says it any more")
        order = [call for call in calls if " delete " in call or "rollout status" in call or "get endpointslices" in call]
        self.assertIn("get endpointslices", order[-3])
        self.assertIn("delete VirtualService.v1.networking.istio.io/web", order[-2])
        self.assertIn("delete StatefulSet.v1.apps/web", order[-1])

    def test_an_autoscaler_goes_before_the_number_is_set(self):
        scale = 'error: Apply failed with 1 conflict: conflict with "kube-controller-manager" with subresource "scale" using apps/v1: .spec.replicas\n'
        conflict = {"call": "^apply --server-side --field-manager hybriddeploy (?!.*force-conflicts).*50-deployment-web", "err": scale, "status": 1}
        found = self.ours(("HorizontalPodAutoscaler", "autoscaling/v2", "web", "web"))
        calls = self.deployed(["deploy", *self.SOON], [conflict, *found], 0, "HorizontalPodAutoscaler/web goes: the manifests say how many pods web has")
        at = [i for i, call in enumerate(calls) if "delete HorizontalPodAutoscaler.v2.autoscaling/web" in call or "50-deployment-web.yaml" in call and call.endswith("--force-conflicts")]
        self.assertEqual(len(at), 2, calls)
        self.assertIn("delete", calls[at[0]])
        calls = self.deployed(["deploy", *self.SOON, "--dry-run"], found, 0, "delete HorizontalPodAutoscaler/web (not done: --dry-run)")
        self.assertFalse(self.changed(calls, "Horizontal"))
        self.deployed(["deploy", *self.SOON], [{"call": "delete Horizontal", "status": 1}, *found], 1, "the deployment failed")
        # An autoscaler of somebody else is not overruled.
        calls = self.deployed(["deploy", *self.SOON], [{"call": "get hpa", "out": "\n"}, conflict, *found], 1, "conflict with")
        self.assertFalse(any("--force-conflicts" in call and "50-deployment" in call and "dry-run" not in call for call in calls))
        other = {**conflict, "err": scale.replace(' with subresource "scale"', "")}
        self.deployed(["deploy", *self.SOON], [other, *found], 1, "conflict with")

    def test_an_autoscaler_takes_over_the_number_that_is(self):
        model = self.folder / "scaled.yaml"
        model.write_text(self.MODEL.replace("replicas: 2, autoscaling: off, env", "autoscaling: {minReplicas: 2, maxReplicas: 4}, env"))
        owned = {"call": "fieldsV1", "out": "Deployment\tapps/v1\tweb\t6|{}\nRollout\targoproj.io/v1alpha1\tstaged\t2|\n"}
        well = {**self.WELL, "out": self.WELL["out"] + "HorizontalPodAutoscaler\tautoscaling/v2\tweb\t|ScalingActive=True ||\n"}
        calls = self.deployed(["deploy", *self.SOON], [owned, well, self.PODS], 0, "Deployment/web: its 6 pods are the autoscaler's from now on", model=model)
        steps = [call for call in calls if call.startswith("apply --server-side --field-manager hybriddeploy") and "dry-run" not in call]
        first = next(i for i, call in enumerate(steps) if "50-deployment-web" in call)
        self.assertTrue(any("--field-manager hybriddeploy-scripts --filename -" in call for call in steps[:first]), steps)
        self.assertTrue(any("60-horizontalpodautoscaler-web" in call for call in steps[:first]), steps)
        calls = self.deployed(["deploy", *self.SOON, "--dry-run"], [owned, self.PODS], 0, "(not done: --dry-run)", model=model)
        self.assertFalse([call for call in calls if call.startswith("apply --server-side --field-manager hybriddeploy-scripts")])
        self.deployed(["deploy", *self.SOON], [{"call": "^apply --server-side --field-manager hybriddeploy-scripts --filename -", "status": 1}, owned, self.PODS], 1, model=model)

    def test_what_cannot_be_changed_is_told_before_anything_is(self):
        for kind, way in (("StatefulSet", "--cascade=orphan, then deploy: its pods and claims stay"), ("Deployment", "until you delete them"), ("Service", "another address"),
                          ("PersistentVolumeClaim", "give the volume another name"), ("RoleBinding", "delete RoleBinding web, then deploy")):
            calls = self.deployed(["deploy", *self.SOON], [{"call": "^apply .*--dry-run=server", "err": f'The {kind} "web" is invalid: \n* spec.x: immutable\n* spec.y: may not change once set\n', "status": 1}], 3, f"problem  {kind}/web: a field of it cannot be changed", way,
                                  "nothing was changed")
            self.assertFalse([call for call in calls if call.startswith("apply") and "dry-run" not in call], calls)
        self.deployed(["deploy", *self.SOON], [{"call": "^apply .*--dry-run=server", "err": "the webhook does not support dry run\n", "status": 1}, self.WELL, self.PODS], 0, "shop is deployed")

    def test_flagger_gives_a_service_back_first(self):
        calls = self.deployed(["deploy", *self.SOON], self.ours(("Canary", "flagger.app/v1beta1", "web", "web")), 3, "problem  Canary/web: no manifest says it any more", "revertOnDeletion")
        self.assertFalse([call for call in calls if call.startswith("apply") and "dry-run" not in call], calls)

    def test_a_weight_in_flight_is_not_touched(self):
        model = self.folder / "staged.yaml"
        model.write_text(self.MODEL.replace("ingress: {className: nginx}", "mesh: sidecar").replace(", expose: /", ""))
        kinds = [{"call": "^get --raw /apis/(networking|security).istio", "out": ", ".join(json.dumps({"name": f"{kind.lower()}s", "namespaced": True, "kind": kind}) for kind in (
            "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "PeerAuthentication", "AuthorizationPolicy"))}]
        for phase, is_touched in (("Paused", False), ("Progressing", False), ("Healthy", True)):
            calls = self.deployed(["deploy", *self.SOON, "--no-rollback"], [*kinds, self.PODS, {"call": "trafficRouting", "out": f"{phase}|staged other.shop"}], 1, model=model)
            applied = [call for call in calls if call.startswith("apply") and "virtualservice-staged" in call and "dry-run" not in call]
            self.assertEqual(bool(applied), is_touched, (phase, calls))
        held = {"call": "^apply (?!.*force-conflicts).*virtualservice-staged", "err": 'Apply failed with 1 conflict: conflict with "rollouts-controller" using x: .spec.http\n', "status": 1}
        calls = self.deployed(["deploy", *self.SOON, "--no-rollback"], [*kinds, self.PODS, held], 1, model=model)
        self.assertTrue([call for call in calls if "virtualservice-staged" in call and "--force-conflicts" in call and "dry-run" not in call], calls)

    def test_the_configuration_goes_back_with_the_revision(self):
        kept = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-config\n"
        lists = {"call": "get configmap --selector .*--output yaml", "out": "apiVersion: v1\nitems:\n" + kept.removeprefix("---\n").replace("\n", "\n  ").replace("apiVersion", "- apiVersion", 1)}
        calls = self.deployed(["deploy", *self.SOON], [lists, self.WELL, self.PODS], 0)
        self.assertTrue(any("create configmap shop-deploy-config --from-file=objects=/dev/stdin" in call for call in calls), calls)
        self.deployed(["deploy", *self.SOON], [{"call": "create configmap shop-deploy-config", "status": 1}, self.WELL, self.PODS], 0, "the configuration of now cannot be kept")
        back = [{"call": "data._state", "out": "deployed"}, {"call": "data.objects", "out": kept}, {"call": r"data\[", "out": "2"}]
        calls = self.deployed(["rollback", *self.SOON], back, 0)
        steps = [call for call in calls if "name in (" in call or "rollout undo" in call]
        self.assertIn("--selector app.kubernetes.io/name in (staged,web) --filename -", steps[0])
        self.assertIn("rollout undo Deployment.v1.apps/web --to-revision 2", steps[-1])
        calls = self.deployed(["rollback", "--dry-run"], back, 0)
        self.assertFalse([call for call in calls if "name in (" in call])
        self.deployed(["rollback", *self.SOON], [{"call": "name in", "err": "error: no objects passed to apply\n", "status": 1}, *back], 0)
        self.deployed(["rollback", *self.SOON], [{"call": "name in", "err": "forbidden\n", "status": 1}, *back], 1, "forbidden", "not everything went back")

    # --- texts of strangers -----------------------------------------------------------------------------------------------------------

    def assert_safe(self, text):
        self.assertEqual([f"{ord(c):x}" for c in text if c in UNSAFE], [])

    def test_json_says_what_the_cluster_says(self):
        for locale in "C", "C.UTF-8":
            done, _ = self.run_script("deploy-hybrid.sh", "status", "--output", "json", LC_ALL=locale,
                                      answers=[{"call": r"\.image\}", "out": TEXT}, *self.pods(web=(2, 2))])
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["image"], TEXT)
            self.assert_safe(done.stdout)

    def test_text_has_nothing_that_a_terminal_obeys(self):
        hostile = {"err": f"error: {TEXT}\n", "out": TEXT, "status": 1}
        image = [{"call": r"\.image\}", "out": TEXT}, *self.pods(web=(2, 2))]
        pods = self.pods(web=(2, 2))
        for script, arguments, answers in (
                ("deploy-hybrid.sh", ["status"], image),
                ("deploy-hybrid.sh", ["health"], [{"call": "readyz", **hostile}]),
                ("deploy-hybrid.sh", ["health"], [{"call": "readyReplicas", **hostile}]),
                ("deploy-hybrid.sh", ["diff"], [{"call": "^diff ", **hostile}]),
                ("deploy-hybrid.sh", ["rollback"], [{"call": "create configmap", **hostile}, {"call": "data._ends", "out": f"9999999999||{TEXT}"}, *pods]),
                ("deploy-hybrid.sh", ["deploy"], [{"call": "get --raw /api", "status": 1}, *pods]),
                ("disaster-recovery.sh", ["check"], [{"call": "^diff ", **hostile}, *pods]),
                ("disaster-recovery.sh", ["monitor", "--count", "1"], [{"call": "^diff ", **hostile}, *pods]),
                ("maintenance.sh", ["restart"], [{"call": "rollout (restart|status)", **hostile}, *pods])):
            for locale in "C", "C.UTF-8":
                done, _ = self.run_script(script, *arguments, answers=answers, LC_ALL=locale)
                self.assertTrue(arguments == ["deploy"] or "\\u001b" in done.stdout + done.stderr, (script, arguments, done.stdout, done.stderr))
                self.assert_safe(done.stdout + done.stderr)


if __name__ == "__main__":
    hybridgen = sys.argv.pop(1)
    unittest.main()
