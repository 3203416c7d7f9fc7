"""Environments: layers in the model and beside it, one at a time, all at once, and what they say of each other."""
import json

import yaml
from harness import DRIFT, FINE, WRONG_CALL, WRONG_MODEL, Case, main

MODEL = """\
name: shop
imageTag: "1.0"
imageRegistry: registry.example.com/shop
services:
  web: {runtime: cpython, autoscaling: {maxReplicas: 8}, calls: [{to: catalog, timeout: 2s}]}
  catalog: {runtime: condon}
environments:
  staging:
    imageTag: "1.1"
    services: {web: {autoscaling: null, replicas: 2}}
  production:
    mesh: sidecar
"""


class Environments(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)
        self.write("hybriddeploy.preview.yaml", "namespace: preview\nservices: {web: {env: {LEVEL: debug}}}\n")

    def objects(self, *args):
        documents = yaml.safe_load_all(self.product("generate", *args))
        return {(one["kind"], one["metadata"]["name"]): one for one in documents}

    def findings(self, status, *args):
        error = self.refused(status, "validate", "--diagnostics", "json", *args)
        return [json.loads(line) for line in error.splitlines()]

    def test_one_environment(self):
        base, staging, preview = self.objects(), self.objects("-e", "staging"), self.objects("--environment=preview")
        self.assertEqual(self.objects("-e", "base"), base)
        self.assertIn(("HorizontalPodAutoscaler", "web"), base)
        self.assertNotIn(("HorizontalPodAutoscaler", "web"), staging)
        self.assertEqual(staging["Deployment", "web"]["spec"]["replicas"], 2)
        self.assertNotIn("environment", base["Deployment", "web"]["metadata"]["labels"])
        self.assertEqual(staging["Deployment", "web"]["metadata"]["labels"]["environment"], "staging")
        self.assertEqual(preview["Deployment", "web"]["metadata"]["namespace"], "preview")

    def test_a_file_lies_over_its_entry(self):
        self.write("hybriddeploy.staging.yaml", 'imageTag: "1.2"\n')
        pod = self.objects("-e", "staging")["Deployment", "web"]["spec"]
        self.assertEqual(pod["replicas"], 2)
        self.assertTrue(pod["template"]["spec"]["containers"][0]["image"].endswith(":1.2"))

    def test_order_of_layers_and_settings(self):
        self.write("more.yaml", 'imageTag: "3"\nenvironments: {staging: {services: {catalog: {replicas: 3}}}, production: null}\n')
        self.write("hybriddeploy.yaml", MODEL.replace(", timeout: 2s", ""))
        files = ["-f", "hybriddeploy.yaml", "-f", "more.yaml"]
        staging = self.objects(*files, "-e", "staging", "--set", "services.web.replicas=4")
        self.assertEqual([staging["Deployment", name]["spec"]["replicas"] for name in ("web", "catalog")], [4, 3])
        self.assertTrue(staging["Deployment", "web"]["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.1"))
        self.assertIn("no environment production", self.refused(WRONG_CALL, "generate", *files, "-e", "production"))

    def test_a_file_that_is_given_is_no_environment_too(self):
        """It is laid over the model once, so its nulls find what they take away."""
        self.write("hybriddeploy.small.yaml", "services: {catalog: null, web: {calls: null}}\n")
        self.product("validate", "-q", "-f", "hybriddeploy.yaml", "-f", "hybriddeploy.small.yaml")

    def test_files_of_others_are_no_environments(self):
        self.write("other.yaml", MODEL)
        self.write("other.staging2.yaml", "x: y\n")
        self.write("hybriddeploy.schema.json", "{}")
        self.write("hybriddeploy.Not_A_Name.yaml", "x: y\n")
        self.product("validate", "-q", "-f", "other.yaml")
        self.product("validate", "-q")

    def test_what_another_environment_uses(self):
        self.product("validate", "-q")
        self.product("generate", "-q", "-e", "preview", "-o", "preview/")
        self.write("hybriddeploy.yaml", MODEL.replace("mesh: sidecar", "namespace: shop-production"))
        [finding] = self.findings(WRONG_MODEL, "-q")
        self.assertEqual((finding["code"], finding["line"], finding["environments"]), ("HD1242", 5, []))
        [finding] = self.findings(WRONG_MODEL, "-q", "-e", "staging")
        self.assertEqual((finding["code"], finding["environments"]), ("HD1242", []))

    def test_each_mistake_is_told_once(self):
        self.write("hybriddeploy.preview.yaml", "services:\n  web:\n    replicsa: 3\n")
        self.write("hybriddeploy.yaml", MODEL.replace("runtime: condon", "runtime: condo"))
        found = {finding["code"]: (finding["file"], finding["environments"]) for finding in self.findings(WRONG_MODEL, "-q")}
        self.assertEqual(found["HD1139"], ("hybriddeploy.preview.yaml", ["preview"]))
        self.assertEqual([environments for _, environments in found.values()].count([]), 1)

    def test_what_is_hidden_in_one_environment_is_told_in_another(self):
        """A refused value hides what follows from it, in its own environment alone."""
        self.write("hybriddeploy.yaml", MODEL.replace('imageTag: "1.1"', 'imageTag: "1.1"\n    services: {web: {calls: [missing]}}')
                   .replace("    services: {web: {autoscaling: null, replicas: 2}}\n", "")
                   .replace("mesh: sidecar", "mesh: sidecar\n    services: {web: {calls: 3.5}}"))
        found = self.findings(WRONG_MODEL, "-q")
        self.assertIn(("HD3015", ["staging"]), [(one["code"], one["environments"]) for one in found])

    def test_folders_for_all(self):
        self.write("hybriddeploy.yaml", MODEL.replace('"1.1"', '"1.1"\n    environment: test'))
        self.product("generate", "-q", "--environments", "-o", "deploy")
        self.assertEqual(sorted(path.name for path in (self.folder / "deploy").iterdir()), ["preview", "production", "staging"])
        self.assertTrue((self.folder / "deploy/production/42-authorizationpolicy-catalog.yaml").exists())
        self.assertIn("environment: test", (self.folder / "deploy/staging/50-deployment-web.yaml").read_text())
        self.product("generate", "-q", "--environments", "--check", "-o", "deploy/")
        (self.folder / "deploy/staging/50-deployment-web.yaml").unlink()
        done = self.run_it("generate", "-q", "--environments", "--check", "-o", "deploy/")
        self.assertEqual((done.returncode, done.stdout), (DRIFT, "deploy/staging/50-deployment-web.yaml: is missing\n"))
        listed = self.product("generate", "-q", "--environments", "--outputs", "-o", "deploy").splitlines()
        self.assertIn("deploy/preview/kustomization.yaml", listed)

    def test_nothing_is_written_when_one_is_wrong(self):
        self.write("hybriddeploy.preview.yaml", "services: {web: {replicas: many}}\n")
        error = self.refused(WRONG_MODEL, "generate", "-q", "--environments", "-o", "deploy")
        self.assertIn("  in environment preview\n", error)
        self.assertFalse((self.folder / "deploy").exists())

    def test_wrong_calls(self):
        for args, part in ((["--environments"], "give -o DIR/"), (["--environments", "-o", "-"], "give -o DIR/"),
                           (["--environments", "-o", "a", "-e", "staging"], "remove --environment staging"),
                           (["--environments", "-o", "a", "--depfile", "a.d"], "--depfile"),
                           (["-e", "stagin"], "did you mean staging?"), (["-e", "../../etc"], "no environment ../../etc")):
            self.assertIn(part, self.refused(WRONG_CALL, "generate", *args))
        self.write("other.yaml", MODEL.partition("environments:")[0].replace(", timeout: 2s", ""))
        self.assertIn("the model has no environments", self.refused(WRONG_CALL, "generate", "-f", "other.yaml", "--environments", "-o", "a"))
        self.assertIn("write environments: {x: {...}}", self.refused(WRONG_CALL, "explain", "-f", "other.yaml", "-e", "x"))

    def test_explain_names_the_layer(self):
        for environment, path, text in (("staging", "services.web.replicas", "replicas: 2  # environments.staging, hybriddeploy.yaml:10\n"),
                                        ("preview", "namespace", "preview  # environments.preview, hybriddeploy.preview.yaml:1\n"),
                                        ("preview", "imageTag", '"1.0"  # hybriddeploy.yaml:2\n'),
                                        ("preview", "environment", "preview  # given by the caller\n")):
            self.assertTrue(self.product("explain", "-e", environment, path).endswith(text))
        value = json.loads(self.product("explain", "-e", "preview", "--format", "json", "namespace"))
        self.assertEqual((value["origin"], value["environment"], value["file"]), ("given", "preview", "hybriddeploy.preview.yaml"))

    def test_aliases_lead_out_of_an_environment(self):
        self.write("hybriddeploy.yaml", MODEL.replace("catalog: {runtime: condon}", "catalog: {runtime: condon, env: &all {LEVEL: info}}")
                   .replace("mesh: sidecar", "mesh: sidecar\n    services: {web: {env: *all}}"))
        web = self.objects("-q", "-e", "production")["Deployment", "web"]
        [container] = web["spec"]["template"]["spec"]["containers"]
        self.assertIn({"name": "LEVEL", "value": "info"}, container["env"])
        self.assertTrue(self.product("explain", "-e", "production", "services.catalog.env.LEVEL").endswith("info  # hybriddeploy.yaml:6\n"))

    def test_depfile_has_the_file_of_the_environment(self):
        self.product("generate", "-q", "-e", "preview", "-o", "deploy/", "--depfile", "deps")
        self.assertEqual((self.folder / "deps").read_text(), "deploy/.hybriddeploy: hybriddeploy.yaml hybriddeploy.preview.yaml\n")

    def test_many_models_and_documents(self):
        for name in ("a", "b"):
            self.write(f"{name}/hybriddeploy.yaml", MODEL)
        self.product("generate", "-q", "a/hybriddeploy.yaml", "b/hybriddeploy.yaml", "--environments", "-o", "deploy")
        self.assertTrue((self.folder / "b/deploy/staging/kustomization.yaml").exists())
        self.write("a/hybriddeploy.yaml", MODEL.replace("replicas: 2", "replica: 2"))
        error = self.refused(WRONG_MODEL, "validate", "--diagnostics", "sarif", "a/hybriddeploy.yaml", "b/hybriddeploy.yaml")
        messages = [result["message"]["text"] for result in json.loads(error)["runs"][0]["results"]]
        self.assertTrue(any("in environment staging" in message for message in messages), messages)

    def test_too_many(self):
        self.write("hybriddeploy.yaml", MODEL + "".join(f"  e{i}: {{}}\n" for i in range(255)))
        self.assertEqual([finding["code"] for finding in self.findings(WRONG_MODEL, "-q", "-e", "base")], ["HD1242", "HD1182"])


if __name__ == "__main__":
    main()
