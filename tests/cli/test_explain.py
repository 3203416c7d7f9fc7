"""The complete model, with where each value came from."""
import json

import yaml
from harness import MODEL, UNREADABLE, WRONG_CALL, WRONG_MODEL, Case, main


class Explain(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL.replace("cpython\n", "cpython\n    replicas: 3\n", 1))

    def test_whole(self):
        text = self.product("explain")
        model = yaml.safe_load(text)
        self.assertEqual((model["name"], model["services"]["web"]["replicas"]), ("shop", 3))
        self.assertIn("resources", model["services"]["catalog"])
        replicas = next(line for line in text.splitlines() if "replicas: 3" in line)
        self.assertRegex(replicas, r"#.*hybriddeploy\.yaml:6")

    def test_what_is_explained_is_the_model(self):
        self.write("explained.yaml", self.product("explain"))
        self.assertEqual(self.product("generate", "-f", "explained.yaml"), self.product("generate"))

    def test_what_was_taken_away(self):
        """Where a later layer takes a value away, the default is back, and so is its origin."""
        limits = "--set", "services.web.resources.limits.cpu=2", "--set", "services.web.resources.limits.cpu=null"
        self.assertIn("cpu: 500m  # default of cpython\n", self.product("explain", *limits, "services.web.resources.limits"))
        self.assertIn("maxReplicas: 10  # default of cpython\n",
                      self.product("explain", "--set", "services.web.replicas=null", "services.web.autoscaling"))
        self.assertIn("cpu: none  # --set services.web.resources.limits.cpu=none\n",
                      self.product("explain", "--set", "services.web.resources.limits.cpu=none", "services.web.resources.limits"))

    def test_a_neighbour_that_nobody_needs(self):
        """KEDA takes part where somebody's triggers ask it."""
        trigger = {"type": "cron", "metadata": {"timezone": "UTC", "start": "0 8 * * *", "end": "0 18 * * *", "desiredReplicas": "4"}}
        wanted = "--set", "services.web.replicas=null", "--set", f"services.web.autoscaling={json.dumps({'triggers': [trigger]})}"
        self.assertNotIn("keda:", self.product("explain", "platform"))
        self.assertIn("keda:\n    enabled: true", self.product("explain", *wanted, "platform"))

    def test_path(self):
        self.assertIn("replicas: 3", self.product("explain", "services.web.replicas"))
        part = self.product("explain", "services.web.resources")
        self.assertIn("cpu:", part)
        self.assertNotIn("replicas:", part)
        self.assertIn("nothing at services.web.replica\n", self.refused(WRONG_CALL, "explain", "services.web.replica"))
        self.assertIn("nothing at nowhere\n", self.refused(WRONG_CALL, "explain", "nowhere"))

    def test_options(self):
        def last(*args):
            return self.product("explain", *args).splitlines()[-1].strip()

        self.assertEqual(last("--set", "services.web.replicas=9", "services.web.replicas"), "replicas: 9  # --set services.web.replicas=9")
        self.assertEqual(last("namespace"), "namespace: shop  # name of the application")
        self.assertEqual(last("-n", "other", "namespace"), "namespace: other  # given by the caller")
        self.assertEqual(last("--kube-version", "1.30", "kubernetesVersion"), 'kubernetesVersion: "1.30"  # given by the caller')
        self.product("explain", "-o", "explained.yaml")
        self.assertEqual((self.folder / "explained.yaml").read_text(), self.product("explain"))

    def test_wrong_model_is_explained_still(self):
        """What was understood is shown, and what was not is said."""
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        done = self.run_it("explain")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn('there is no key "replica"', done.stderr)
        self.assertEqual(yaml.safe_load(done.stdout)["name"], "shop")
        self.refused(UNREADABLE, "explain", "-f", "missing.yaml")

    def values(self, *args):
        return [json.loads(line) for line in self.product("explain", "--format", "json", *args).splitlines()]

    def test_json(self):
        """Every value of the text is there, and only those, with the type that it has in the text."""
        def leaves(part):
            if isinstance(part, (dict, list)) and part:
                for inner in part.values() if isinstance(part, dict) else part:
                    yield from leaves(inner)
            elif part != {}:
                yield part

        values = self.values()
        whole = yaml.safe_load(self.product("explain"))
        # A number or a word, such as a port, is a string in JSON.
        self.assertEqual([str(value["value"]) for value in values], [str(leaf) for leaf in leaves(whole)])
        self.assertEqual(len({value["path"] for value in values}), len(values))
        for value in values:
            self.assertEqual(set(value), {"path", "value", "origin", "from", "file", "line", "column", "environment"})
            self.assertIn(value["origin"], {"given", "runtime", "default", "derived"})

    def test_json_of_a_path(self):
        self.assertEqual(self.values("services.web.replicas"),
                         [{"path": "services.web.replicas", "value": 3, "origin": "given", "from": None, "file": "hybriddeploy.yaml", "line": 6, "column": 15,
                           "environment": None}])
        [value] = self.values("-n", "other", "namespace")
        self.assertEqual((value["value"], value["origin"]), ("other", "caller"))
        self.assertIn("nothing at nowhere\n", self.refused(WRONG_CALL, "explain", "--format", "json", "nowhere"))
        self.assertIn("a List is for manifests", self.refused(WRONG_CALL, "explain", "--format", "list"))


if __name__ == "__main__":
    main()
