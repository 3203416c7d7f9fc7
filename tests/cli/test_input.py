"""Where models come from: files, several of them, standard input, pipes, settings."""
import os
import subprocess
import threading

import yaml
from harness import FINE, HYBRIDGEN, MODEL, UNREADABLE, WRONG_CALL, WRONG_MODEL, Case, main

WRONG = MODEL + "    replica: 2\n"


class Input(Case):
    def setUp(self):
        super().setUp()
        self.write("model.yaml", MODEL)

    def deployment(self, name, *args, **options):
        return yaml.safe_load(self.product("generate", "--only", "Deployment/" + name, *args, **options))

    def test_default_files(self):
        error = self.refused(UNREADABLE, "validate")
        for part in ("hybridgen: ", "hybriddeploy.yaml", "hybriddeploy.yml", "hybriddeploy.json", "-f FILE", "hybridgen init"):
            self.assertIn(part, error)
        for name in ("hybriddeploy.json", "hybriddeploy.yml", "hybriddeploy.yaml"):
            self.write(name, '{"name": "%s", "imageTag": "1", "services": {"web": {"runtime": "cpython"}}}' % name.replace(".", "-"))
            self.assertEqual(self.deployment("web")["metadata"]["namespace"], name.replace(".", "-"))

    def test_several_files(self):
        self.write("more.yaml", "environment: staging\nservices:\n  web: {replicas: 3}\n  cart: {runtime: cpython}\n")
        args = ["-f", "model.yaml", "-f", "more.yaml"]
        web = self.deployment("web", *args)
        self.assertEqual((web["spec"]["replicas"], web["metadata"]["labels"]["environment"]), (3, "staging"))
        self.assertEqual(self.deployment("cart", *args)["metadata"]["name"], "cart")
        self.assertEqual(self.deployment("catalog", *args)["metadata"]["name"], "catalog")

    def test_places_in_several_files(self):
        self.write("more.yaml", "services:\n  web: {replica: 3}\n")
        self.write("other.yaml", "\n\nhots: x\n")
        error = self.refused(WRONG_MODEL, "validate", "-f", "model.yaml", "-f", "more.yaml", "-f", "other.yaml")
        self.assertIn("more.yaml:2:9: error: ", error)
        self.assertIn("    2 |   web: {replica: 3}\n", error)
        self.assertIn("other.yaml:3:1: error: ", error)
        self.assertIn("    3 | hots: x\n", error)

    def test_standard_input(self):
        expected = self.product("generate", "-f", "model.yaml")
        self.assertEqual(self.product("generate", "-f", "-", stdin=MODEL), expected)
        self.assertEqual(self.product("generate", "-f-", stdin=MODEL), expected)
        error = self.refused(WRONG_MODEL, "validate", "-f", "-", stdin=WRONG)
        self.assertIn("<stdin>:10:5: error: ", error)
        self.assertIn("   10 |     replica: 2\n      |     ^~~~~~~\n", error)
        self.assertIn("holds no document", self.refused(UNREADABLE, "validate", "-f", "-", stdin=""))

    def test_standard_input_beside_a_file(self):
        self.assertEqual(self.deployment("web", "-f", "model.yaml", "-f", "-", stdin="services: {web: {replicas: 7}}")["spec"]["replicas"], 7)

    def test_standard_input_in_pieces(self):
        process = self.popen("validate", "-f", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for i in range(0, len(WRONG), 17):
            process.stdin.write(WRONG[i:i + 17].encode())
            process.stdin.flush()
        error = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, WRONG_MODEL)
        self.assertIn("   10 |     replica: 2\n", error)

    def test_closed_standard_input(self):
        done = subprocess.run(f"exec {HYBRIDGEN} validate -f - <&-", shell=True, env=self.environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, UNREADABLE)
        self.assertIn("<stdin>: error: ", done.stderr)

    def test_pipe_as_a_file(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_text(WRONG))
        writer.start()
        error = self.refused(WRONG_MODEL, "validate", "-f", "pipe")
        writer.join()
        self.assertIn("pipe:10:5: error: ", error)
        self.assertIn("   10 |     replica: 2\n", error)

    def test_unreadable(self):
        self.assertIn("folder", self.refused(UNREADABLE, "validate", "-f", "."))
        self.assertIn("No such file", self.refused(UNREADABLE, "validate", "-f", "missing.yaml"))
        self.assertIn("[HD1044]", self.refused(UNREADABLE, "validate", "-f", "-", stdin="name: ["))
        self.assertIn("No such file", self.refused(UNREADABLE, "validate", "-f", "model.yaml", "-f", "missing.yaml"))
        self.assertIn("too large", self.refused(UNREADABLE, "validate", "-f", "/dev/zero"))

    def test_settings(self):
        web = self.deployment("web", "-f", "model.yaml", "--set", "services.web.replicas=3", "--set=environment=staging",
                              "--set", 'services.web.podAnnotations["example.com/team"]=core')
        self.assertEqual(web["spec"]["replicas"], 3)
        self.assertEqual(web["metadata"]["labels"]["environment"], "staging")
        self.assertEqual(web["spec"]["template"]["metadata"]["annotations"]["example.com/team"], "core")

    def test_last_setting_counts(self):
        self.assertEqual(self.deployment("web", "-f", "model.yaml", "--set", "services.web.replicas=3",
                                         "--set", "services.web.replicas=4")["spec"]["replicas"], 4)

    def test_wrong_settings(self):
        def said(setting, status):
            return self.refused(status, "validate", "-f", "model.yaml", "--set", setting)

        for setting in ("foo", "=3", "services.web.ports[x]=3", "services.web.ports[7]=3", "a..b=3", "labels[\"x=3"):
            error = said(setting, WRONG_CALL)
            self.assertTrue(error.startswith("--set: error: "), error)
            self.assertIn("[HD1247]\n    1 | --set " + setting + "\n", error)
        error = said("services.web={replica: 3}", WRONG_MODEL)
        self.assertIn("    1 | --set services.web={replica: 3}\n      |                     ^~~~~~~\n  at services.web.replica\n", error)
        error = said("services.web.replicas=many", WRONG_MODEL)
        self.assertIn("      | " + " " * len("--set services.web.replicas=") + "^~~~\n", error)
        self.assertIn("[HD1044]", said("services.web.replicas=[", WRONG_CALL))

    def test_namespace(self):
        for document in yaml.safe_load_all(self.product("generate", "-f", "model.yaml", "-n", "other")):
            if document["kind"] == "Namespace":
                self.assertEqual(document["metadata"]["name"], "other")
            else:
                self.assertEqual(document["metadata"].get("namespace", "other"), "other")
        self.assertIn("DNS label", self.refused(WRONG_CALL, "generate", "-f", "model.yaml", "-n", "Other_"))

    def test_kubernetes_version(self):
        self.product("generate", "-f", "model.yaml", "--kube-version", "1.30")
        self.assertIn("1.30", self.refused(WRONG_CALL, "generate", "-f", "model.yaml", "--kube-version", "latest"))
        resources = "{requests: {cpu: 50m}, limits: {memory: 64Mi}}"
        sidecar = MODEL + f"    sidecars: {{proxy: {{image: registry.example.com/proxy:1.0, resources: {resources}}}}}\n"
        self.write("sidecar.yaml", sidecar)
        old = self.run_it("generate", "-f", "sidecar.yaml", "--kube-version", "1.27", "-q")
        self.assertEqual((old.returncode, old.stdout), (WRONG_MODEL, ""))
        self.assertEqual(self.run_it("generate", "-f", "sidecar.yaml", "--kube-version", "1.30", "-q").returncode, FINE)


if __name__ == "__main__":
    main()
