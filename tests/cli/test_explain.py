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


class Backwards(Case):
    """From lines of manifests to the model."""

    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL.replace("cpython\n", "cpython\n    replicas: 3\n", 1))
        self.product("generate", "-q", "-o", "deploy/")

    def lines(self, *args):
        return [line.strip() for line in self.product("explain", *args).splitlines()]

    def line_of(self, file, text):
        lines = (self.folder / file).read_text().splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def test_given(self):
        file = "deploy/50-deployment-web.yaml"
        line = self.line_of(file, "replicas: 3")
        answer = [f"50-deployment-web.yaml:{line}: spec.replicas: 3", "hybriddeploy.yaml:6:15: services.web.replicas: 3"]
        self.assertEqual(self.lines(f"{file}:{line}"), answer)
        self.assertEqual(self.lines("Deployment/web", "spec.replicas"), answer)
        self.assertEqual(self.lines("deployment/web", "spec.replicas"), answer)

    def test_default(self):
        answer = self.lines("Deployment/web", "spec.template.spec.containers[0].resources.requests.cpu")
        self.assertEqual(answer[1:], ["default of cpython: services.web.resources.requests.cpu: 250m"])
        whole = self.lines("Deployment/web", "spec.template.spec.containers[0].resources")
        self.assertLess(set(answer), set(whole))
        line = self.line_of("deploy/50-deployment-web.yaml", " resources:")
        self.assertEqual(self.lines(f"deploy/50-deployment-web.yaml:{line}"), whole)

    def test_rule(self):
        self.assertIn("rule of the library: NetworkPolicy (one that denies everything, and one for each service)", self.lines("NetworkPolicy/web", "kind"))

    def test_several_and_derived(self):
        image = self.lines("Deployment/web", "spec.template.spec.containers[0].image")
        self.assertEqual([line.split(": ")[1] for line in image[1:3]], ["imageTag", "services.web.image.repository"])
        # What was made of another value leads to it.
        self.assertRegex(self.lines("Deployment/web", "metadata.namespace")[1], r"^hybriddeploy\.yaml:1:7: name: shop$")

    def test_layers(self):
        answer = self.lines("--set", "services.web.replicas=4", "Deployment/web", "spec.replicas")
        self.assertEqual(answer[1], "--set services.web.replicas=4: services.web.replicas: 4")
        self.assertEqual(self.lines("-n", "other", "Deployment/web", "metadata.namespace")[1], "an option of the call: namespace: other")

    def test_name_for_a_value(self):
        """A probe that names its port leads to the number, too, and a part begins at its key."""
        runtime = "runtimes:\n  cpython:\n    ports: [{name: metrics, port: 9100}, {name: grpc, port: 50051}, {name: health, port: 50052}]\n    livenessProbe: {grpc: health}\n"
        first = MODEL.count("\n") + 1
        self.write("hybriddeploy.yaml", MODEL + runtime)
        answer = self.lines("Deployment/web", "spec.template.spec.containers[0].livenessProbe.grpc.port")
        self.assertEqual(answer[1:], [f"hybriddeploy.yaml:{first + 2}:90: runtimes.cpython.ports[2].port: 50052",
                                      f"hybriddeploy.yaml:{first + 3}:27: services.web.livenessProbe.grpc.port: 50052"])
        collector = "telemetry:\n  collector:\n    exporters:\n      jaeger: jaeger-collector.observability:4317\n"
        self.write("hybriddeploy.yaml", MODEL + collector)
        self.product("generate", "-o", "deploy/")
        file = "deploy/30-configmap-shop-collector-config.yaml"
        answer = self.lines(f"{file}:{self.line_of(file, 'sending_queue:')}")
        self.assertEqual(answer[1:], [f"hybriddeploy.yaml:{first + 1}:3: telemetry.collector"])

    def test_manifests(self):
        """Objects that the user wrote whole lead to the model or the file in which they stand, and what a patch changed in them to the patch."""
        (self.folder / "files").mkdir()
        self.write("files/queue.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n---\napiVersion: v1\nkind: ConfigMap\n"
                                       "metadata:\n  name: queue\ndata:\n  length: '10'\n  depth: '3'\n")
        first = MODEL.count("\n") + 1
        own = ("manifests:\n- files/queue.yaml\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: extra}\n  data:\n    mode: fast\n"
               "patches:\n- {target: ConfigMap/queue, merge: {data: {depth: '4'}}}\n")
        self.write("hybriddeploy.yaml", MODEL + own)
        self.assertEqual(self.lines("ConfigMap/queue", "data.length")[1:], ["files/queue.yaml:10:3: manifests[0]"])
        self.assertEqual(self.lines("ConfigMap/extra", "data.mode")[1:], [f"hybriddeploy.yaml:{first + 6}:5: manifests[1]"])
        self.assertEqual(self.lines("ConfigMap/extra", "metadata.namespace")[1:], ["hybriddeploy.yaml:1:7: name: shop"])
        self.assertIn(f"hybriddeploy.yaml:{first + 8}:", self.lines("ConfigMap/queue", "data.depth")[1])
        aliased = MODEL.replace("expose: /", "expose: /\n    podLabels: &labels {team: a}") + own.replace("metadata: {name: extra}", "metadata: {name: extra, labels: *labels}")
        self.write("hybriddeploy.yaml", aliased)
        self.assertEqual(self.lines("ConfigMap/extra", "data.mode")[1:], [f"hybriddeploy.yaml:{first + 3}:3: manifests[1]"])

    def test_part(self):
        """A call cannot be renamed, so it is taken away: the rule of the policy is then gone."""
        answer = self.product("explain", "NetworkPolicy/catalog", "spec.ingress")
        self.assertIn("services.web.calls[0]", answer)

    def test_json(self):
        [value] = [json.loads(line) for line in self.product("explain", "--format", "json", "Deployment/web", "spec.replicas").splitlines()]
        self.assertEqual((value["kind"], value["name"], value["manifest"], value["field"], value["value"], value["rule"]),
                         ("Deployment", "web", "50-deployment-web.yaml", "spec.replicas", "3", None))
        self.assertEqual(value["sources"], [{"path": "services.web.replicas", "value": "3", "origin": "given", "from": None, "file": "hybriddeploy.yaml",
                                             "line": 6, "column": 15, "environment": None, "certain": True}])

    def test_wrong_calls(self):
        self.assertIn("did you mean Deployment/web?", self.refused(WRONG_CALL, "explain", "Deployment/wbe"))
        self.assertIn("has nothing at spec.nowhere", self.refused(WRONG_CALL, "explain", "Deployment/web", "spec.nowhere"))
        self.assertIn("no field stands in line 1 of", self.refused(WRONG_CALL, "explain", "deploy/50-deployment-web.yaml:1"))
        self.assertIn("no field stands in line 9999 of", self.refused(WRONG_CALL, "explain", "deploy/50-deployment-web.yaml:9999"))
        self.assertIn("write deploy/50-deployment-web.yaml:LINE", self.refused(WRONG_CALL, "explain", "deploy/50-deployment-web.yaml"))
        self.assertIn("is in no manifest", self.refused(WRONG_CALL, "explain", "hybriddeploy.yaml:1"))
        self.assertIn("spec.replicas is one too many", self.refused(WRONG_CALL, "explain", "deploy/50-deployment-web.yaml:3", "spec.replicas"))
        self.assertIn("web is one too many", self.refused(WRONG_CALL, "explain", "services.web", "web"))
        self.refused(UNREADABLE, "explain", "deploy/nowhere.yaml:3")
        self.write("bad.yaml", "a: [\n")
        self.assertIn("is not YAML", self.refused(UNREADABLE, "explain", "bad.yaml:1"))

    def test_another_file(self):
        """The answer is about the model: what the file has beside it is told."""
        path = self.folder / "deploy/50-deployment-web.yaml"
        path.write_text(path.read_text().replace("replicas: 3", "replicas: 7\n  edited: true"))
        line = self.line_of("deploy/50-deployment-web.yaml", "replicas: 7")
        done = self.run_it("explain", f"{path}:{line}")
        self.assertIn("has another spec.replicas than the model gives now", done.stderr)
        self.assertIn("services.web.replicas: 3", done.stdout)
        self.assertIn("the model gives Deployment/web no spec.edited", self.refused(WRONG_CALL, "explain", f"{path}:{line + 1}"))

    def test_wrong_model(self):
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        self.assertIn('there is no key "replica"', self.refused(WRONG_MODEL, "explain", "Deployment/web"))

    def test_texts_of_several_lines(self):
        self.write("hybriddeploy.yaml", MODEL.replace("cpython\n", "cpython\n    configFiles: {/etc/app.ini: {content: \"one = 1\\ntwo = 2\\n\"}}\n", 1))
        self.product("generate", "-q", "-o", "deploy/")
        [file] = (self.folder / "deploy").glob("*configmap*")
        line = self.line_of(file, "two = 2")
        answer = self.lines(f"{file}:{line}")
        self.assertTrue(answer[0].startswith(f"{file.name}:{line}: ") and answer[0].endswith(": two = 2"), answer)
        self.assertIn("hybriddeploy.yaml:6:", answer[1])


if __name__ == "__main__":
    main()
