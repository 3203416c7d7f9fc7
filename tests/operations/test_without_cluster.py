#!/usr/bin/env python3
"""The scripts before a kubectl that is pretended: test_without_cluster.py HYBRIDGEN

For what a real cluster says only with luck: texts that a stranger wrote, and the moments of a canary.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
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
            **os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "PRETENDED": str(pretended), **environment})
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
        self.assertIn("warning  Canary/web: Flagger has taken the last version back: the one before it serves", done.stderr)

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
