"""The product: formats, choices of objects, the same bytes always."""
import json

import yaml
from harness import FINE, MODEL, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main


def by_name(documents):
    return sorted(documents, key=lambda d: (d["kind"], d["metadata"]["name"]))


class Generate(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)

    def documents(self, *args):
        return list(yaml.safe_load_all(self.product("generate", *args)))

    def test_formats_say_the_same(self):
        documents = self.documents()
        self.assertGreater(len(documents), 8)
        self.assertEqual(self.documents("--format", "yaml"), documents)
        lines = self.product("generate", "--format", "json").splitlines()
        self.assertEqual([json.loads(line) for line in lines], documents)
        listed = self.documents("--format=list")
        self.assertEqual(len(listed), 1)
        self.assertEqual({key: listed[0][key] for key in ("apiVersion", "kind")}, {"apiVersion": "v1", "kind": "List"})
        self.assertEqual(listed[0]["items"], documents)

    def test_same_bytes(self):
        first = self.product("generate")
        self.environment.update(LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo", HOME="/nonexistent")
        self.assertEqual(self.product("generate"), first)
        self.write("elsewhere/model.yaml", MODEL)
        self.assertEqual(self.product("generate", "-f", "elsewhere/model.yaml"), first)

    def test_variables_stand_behind_what_they_use(self):
        self.write("hybriddeploy.yaml", "name: shop\nimageTag: '1.0'\nservices: {web: {runtime: cpython, env: {URL: 'http://$(HOST)', HOST: db}}}\n")
        text = self.run_it("generate").stdout
        self.assertLess(text.index("name: HOST"), text.index("name: URL"))

    def test_no_panel_of_alerts_without_alerts(self):
        for alerts, expected in ("on", True), ("off", False):
            self.write("hybriddeploy.yaml", "name: shop\nimageTag: '1.0'\nplatform: {prometheus: {namespace: monitoring}}\n"
                       f"telemetry: {{alerts: {alerts}, dashboards: on}}\nservices: {{web: {{runtime: cpython}}}}\n")
            self.assertEqual("ALERTS{" in self.run_it("generate").stdout, expected, alerts)

    def test_only(self):
        documents = self.documents()
        self.assertEqual(self.documents("--only", "deployment"), [d for d in documents if d["kind"] == "Deployment"])
        self.assertEqual(self.documents("--only", "Service/web", "--only", "NAMESPACE"),
                         [d for d in documents if d["kind"] == "Namespace" or (d["kind"], d["metadata"]["name"]) == ("Service", "web")])
        self.assertEqual(len(self.product("generate", "--only", "Service", "--format", "json").splitlines()),
                         sum(d["kind"] == "Service" for d in documents))

    def test_only_nothing(self):
        done = self.run_it("generate", "--only", "CronJob", "--only", "Namespace")
        self.assertEqual(done.returncode, FINE)
        self.assertEqual(done.stderr, "hybridgen: --only CronJob: the model has no such object\n")
        self.assertEqual([d["kind"] for d in yaml.safe_load_all(done.stdout)], ["Namespace"])
        error = self.refused(WRONG_CALL, "generate", "--only", "Deployment/catalogue")
        self.assertIn("did you mean Deployment/catalog?", error)
        self.refused(WRONG_CALL, "generate", "--only", "CronJob/web", "--only", "Namespace")

    def test_files_beside_manifests(self):
        self.write("hybriddeploy.yaml", MODEL + "imageRegistry: registry.example.com\n")
        without = self.product("generate")
        self.write("hybriddeploy.yaml", MODEL + "imageRegistry: registry.example.com\noperations: on\n")
        self.assertEqual(self.product("generate"), without)
        self.product("generate", "-o", "deploy")
        self.assertIn("application\tshop\n", (self.folder / "deploy/scripts/application.tsv").read_text())
        self.assertNotIn("scripts", (self.folder / "deploy/kustomization.yaml").read_text())
        self.assertEqual(self.product("generate", "--only", "scripts/application.tsv"), (self.folder / "deploy/scripts/application.tsv").read_text())
        self.product("generate", "-o", "deploy", "--only", "Service")
        self.assertIn("application\tshop\n", (self.folder / "deploy/scripts/application.tsv").read_text())
        self.product("generate", "-o", "deploy", "--with", "none")
        self.assertFalse((self.folder / "deploy/scripts").exists())
        self.product("generate", "-o", "model.yaml")
        self.assertEqual((self.folder / "model.yaml").read_text(), without)

    def test_with(self):
        self.product("generate", "-o", "deploy/", "--with", "scripts,none")
        self.assertTrue((self.folder / "deploy/scripts/application.tsv").exists())
        self.product("generate", "-o", "deploy")
        self.assertFalse((self.folder / "deploy/scripts").exists())
        self.product("generate", "-o", "ops", "--with", "ops")
        self.assertTrue((self.folder / "ops/scripts/application.tsv").exists())
        self.assertIn("-o DIR/", self.refused(WRONG_CALL, "generate", "--with", "ops"))
        self.assertIn("did you mean scripts?", self.refused(WRONG_CALL, "generate", "-o", "deploy", "--with", "script"))
        self.assertIn("or choose one file", self.refused(WRONG_CALL, "generate", "--only", "scripts/application.tsv", "--only", "Service"))
        self.assertIn("did you mean scripts/application.tsv?", self.refused(WRONG_CALL, "generate", "--only", "scripts/aplication.tsv"))

    def test_wrong_model_comes_before_wrong_choice(self):
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        error = self.refused(WRONG_MODEL, "generate", "--only", "Deployment/nobody")
        self.assertEqual(error.count("[HD"), 1)
        self.assertNotIn("--only", error)

    def test_nothing_of_a_wrong_model(self):
        self.write("hybriddeploy.yaml", MODEL + "    autoscaling: {minReplicas: 3, maxReplicas: 2}\n")
        for args in ([], ["--format", "json"], ["--only", "Namespace"]):
            self.assertEqual(self.refused(WRONG_MODEL, "generate", *args).count("[HD6021]"), 1)

    def folder_files(self, name="out"):
        return {p.name: p.read_text() for p in (self.folder / name).iterdir() if not p.name.startswith(".")}

    def test_folder(self):
        documents = self.documents()
        for path in ("out/", "out", "./out/"):
            self.assertEqual(self.product("generate", "-o", path), "")
            files = self.folder_files()
            listed = yaml.safe_load(files.pop("kustomization.yaml"))["resources"]
            self.assertEqual(listed, sorted(files))
            self.assertEqual(by_name(yaml.safe_load(files[name]) for name in listed), by_name(documents))

    def test_folder_in_json(self):
        self.product("generate", "-o", "out/", "--format", "json")
        files = self.folder_files()
        files.pop("kustomization.yaml")
        self.assertEqual(by_name(json.loads(text) for text in files.values()), by_name(self.documents()))

    def test_folder_that_was_edited(self):
        self.product("generate", "-o", "out/")
        before = self.folder_files()
        name = next(name for name in before if "deployment-web" in name)
        self.write("out/" + name, before[name] + "# edited\n")
        self.assertIn("[HD8034]", self.refused(UNWRITTEN, "generate", "-o", "out/"))
        self.assertEqual(self.folder_files(), {**before, name: before[name] + "# edited\n"})
        self.product("generate", "-o", "out/", "--force")
        self.assertEqual(self.folder_files(), before)

    def test_folder_that_cannot_be_written(self):
        self.assertIn("[HD8019]", self.refused(UNWRITTEN, "generate", "-o", "missing/out/"))
        self.assertIn("[HD8019]", self.refused(UNWRITTEN, "generate", "-o", "hybriddeploy.yaml/"))
        self.assertEqual([p.name for p in self.folder.iterdir()], ["hybriddeploy.yaml"])

    def test_folder_of_a_wrong_model(self):
        self.product("generate", "-o", "out/")
        before = self.folder_files()
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        self.refused(WRONG_MODEL, "generate", "-o", "out/")
        self.assertEqual(self.folder_files(), before)

    def test_part_of_a_folder(self):
        self.product("generate", "-o", "out/")
        before = self.folder_files()
        self.write("hybriddeploy.yaml", MODEL.replace("cpython\n", "cpython\n    replicas: 5\n", 1))
        done = self.run_it("generate", "-v", "-o", "out/", "--only", "Deployment/web")
        self.assertEqual(done.returncode, FINE)
        self.assertIn("1 manifests written to out/", done.stderr)
        after = self.folder_files()
        self.assertEqual([name for name in after if after[name] != before.get(name)], [next(n for n in before if "deployment-web" in n)])


if __name__ == "__main__":
    main()
