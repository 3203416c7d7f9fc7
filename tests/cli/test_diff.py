"""What a change does: hybridgen diff."""
import ipaddress
import json
import os
import random
import shutil
import subprocess
import unittest

from harness import DRIFT, FINE, MODEL, UNREADABLE, WRONG_CALL, WRONG_MODEL, Case, main

DATABASE = """\
  db:
    image: docker.io/library/postgres:16.4
    runtime: container
    kind: StatefulSet
    replicas: 2
    ports: [{name: postgres, port: 5432, protocol: tcp}]
    volumes: {data: {mountPath: /data, claimTemplate: 10Gi}}
"""


class Diff(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)

    def diff(self, new, *args, old=MODEL):
        self.write("old.yaml", old)
        self.write("new.yaml", new)
        return json.loads(self.product("diff", "old.yaml", "new.yaml", "--format", "json", *args))

    def effects(self, new, old=MODEL):
        return {f'{found["kind"]}/{found["name"]}': found["effect"] for found in self.diff(new, old=old)["objects"]}

    def test_nothing(self):
        found = self.diff(MODEL)
        load = found.pop("load")
        self.assertEqual(load["before"], load["after"])
        self.assertEqual(found, {"worst": "nothing", "causes": [], "objects": [], "edges": [], "notes": []})
        self.assertEqual(self.product("diff", "hybriddeploy.yaml"), "0 objects differ, the worst effect is nothing\n")
        self.assertEqual(self.product("diff", "hybriddeploy.yaml", "--format", "markdown"), "No object changes.\n")

    def test_text(self):
        self.write("new.yaml", MODEL.replace('"1.0"', '"1.1"').replace("    calls: [catalog]\n", ""))
        text = self.product("diff", "hybriddeploy.yaml", "new.yaml")
        self.assertIn('new.yaml:2:11: imageTag: 1.0 -> 1.1\n  restart     Deployment/web\n'
                      "              2 to 10 pods, at most 1 more and 0 fewer than wanted at a time\n", text)
        self.assertIn("hybriddeploy.yaml:7:13 (before): services.web.calls[0].to: catalog -> nothing\n  update      NetworkPolicy/", text)
        self.assertIn("connections\n  - web to catalog 8000/TCP, call\n", text)
        self.assertTrue(text.endswith(" objects differ, the worst effect is restart\n"), text)

    def test_large(self):
        """Large models are made at the same time; nothing that is said depends on it, whichever of them is wrong."""
        comment = "# a line that only makes the model large\n" * 2000
        changed = MODEL.replace('"1.0"', '"1.1"')
        wrong = {"old.yaml": MODEL.replace("calls: [catalog]", "calls: [catalogue]"), "new.yaml": changed.replace("expose: /", "expose: 1")}
        for old in (MODEL, wrong["old.yaml"]):
            for new in (changed, wrong["new.yaml"]):
                results = []
                for more in ("", comment):
                    self.write("old.yaml", old + more)
                    self.write("new.yaml", new + more)
                    done = self.run_it("diff", "old.yaml", "new.yaml")
                    results.append((done.returncode, done.stdout, done.stderr))
                self.assertEqual(*results)
                self.assertEqual(results[0][0], FINE if old == MODEL and new == changed else WRONG_MODEL)
                told = [name for name in wrong if f"{name}:" in results[0][2]]
                self.assertEqual(told, [name for name, text in wrong.items() if text in (old, new)])
        environments = MODEL + "environments: {staging: {imageTag: '1.2'}, production: {imageTag: '1.3'}}\n"
        results = []
        for more in ("", comment):
            self.write("hybriddeploy.yaml", environments + more)
            results.append(self.product("diff", "-e", "staging", "-e", "production"))
        self.assertEqual(*results)
        self.assertIn("1.2 -> 1.3", results[0])

    def test_effects(self):
        """One change for each effect, and no object but those that it concerns."""
        self.assertEqual(self.effects(MODEL.replace("runtime: condon", "runtime: condon\n    autoscaling: {maxReplicas: 3}")),
                         {"HorizontalPodAutoscaler/catalog": "update"})
        self.assertEqual(self.effects(MODEL.replace("runtime: condon", "runtime: condon\n    env: {A: b}")), {"Deployment/catalog": "restart"})
        created = self.effects(MODEL + "  extra:\n    runtime: condon\n")
        self.assertEqual({effect for name, effect in created.items() if name.endswith("/extra")}, {"create"})
        removed = self.effects(MODEL.replace("    calls: [catalog]\n", "").split("  catalog:")[0])
        self.assertEqual({effect for name, effect in removed.items() if name.endswith("/catalog")}, {"delete"})
        with_data = MODEL + DATABASE
        self.assertEqual(self.effects(with_data.replace("10Gi", "20Gi"), old=with_data), {"StatefulSet/db": "data"})
        self.assertEqual(self.effects(with_data.replace("replicas: 2", "replicas: 3"), old=with_data)["StatefulSet/db"], "update")
        self.assertEqual(self.effects(with_data.replace("replicas: 2", "replicas: 2\n    podManagementPolicy: Parallel"), old=with_data)["StatefulSet/db"],
                         "recreate")

    def test_defaults_of_pods(self):
        """To write what a server fills in anyway, or to leave it out, restarts nothing; another value does."""
        for line, other in (("schedulerName: default-scheduler", "schedulerName: batch"), ("dnsPolicy: ClusterFirst", "dnsPolicy: Default")):
            with_it = MODEL.replace("runtime: condon", f"runtime: condon\n    {line}")
            self.assertEqual((self.effects(with_it), self.effects(MODEL, old=with_it)), ({"Deployment/catalog": "update"},) * 2, line)
            self.assertEqual(self.effects(with_it.replace(line, other)), {"Deployment/catalog": "restart"}, other)

    def test_effects_of_other_kinds(self):
        """A row of the table for each kind that the API server refuses to change, or that touches data."""
        job = MODEL + "  nightly:\n    runtime: container\n    image: example.com/nightly:{tag}\n    kind: Job\n"
        self.assertEqual(self.effects(job.format(tag=2), old=job.format(tag=1)), {"Job/nightly": "recreate"})
        agent = MODEL + "  agent:\n    runtime: condon\n    kind: DaemonSet\n    strategy: {{type: {way}}}\n    env: {{A: {value}}}\n"
        found = self.diff(agent.format(way="OnDelete", value=2), old=agent.format(way="OnDelete", value=1))["objects"]
        self.assertEqual([(item["kind"], item["effect"], item["pace"]) for item in found], [("DaemonSet", "restart", "each when somebody deletes it")])
        claim = MODEL.replace("runtime: condon", "runtime: condon\n    replicas: 1\n    autoscaling: off\n    volumes: {{data: {{mountPath: /data, claim: {size}}}}}")
        self.assertEqual(self.effects(claim.format(size="20Gi"), old=claim.format(size="10Gi"))["PersistentVolumeClaim/catalog-data"], "update")
        self.assertEqual(self.effects(claim.format(size="10Gi"), old=claim.format(size="20Gi"))["PersistentVolumeClaim/catalog-data"], "data")
        self.assertEqual(self.effects(MODEL, old=claim.format(size="10Gi"))["PersistentVolumeClaim/catalog-data"], "data")
        secret = MODEL + "secretStore: vault\nsecrets: {{keys: {{keys: {{key: {{remoteKey: {place}, property: key}}}}}}}}\n"
        [found] = self.diff(secret.format(place="b"), old=secret.format(place="a"))["objects"]
        self.assertEqual((found["kind"], found["effect"]), ("ExternalSecret", "data"))
        self.assertIn("no pod restarts because of that", found["why"])

    def test_effects_that_depend_on_more(self):
        """A row of the table that holds for some changes of its field: one for which it does, and one for which it does not."""
        def with_line(line):
            return MODEL.replace("runtime: condon", f"runtime: condon\n    {line}")
        memory = "resources: {limits: {memory: %s}}"
        self.assertEqual(self.effects(with_line(memory % "1073741824"), old=with_line(memory % "1Gi"))["Deployment/catalog"], "update")
        self.assertEqual(self.effects(with_line(memory % "1073741825"), old=with_line(memory % "1Gi"))["Deployment/catalog"], "restart")
        daemon = "kind: DaemonSet\n    " + memory
        self.assertEqual(self.effects(with_line(daemon % "1073741824"), old=with_line(daemon % "1Gi"))["DaemonSet/catalog"], "restart")
        balancer = "service: {type: LoadBalancer, loadBalancerClass: example.com/%s}"
        self.assertEqual(self.effects(with_line(balancer % "a"), old=with_line("service: {type: ClusterIP}"))["Service/catalog"], "update")
        self.assertEqual(self.effects(with_line(balancer % "a"), old=with_line(balancer % "b"))["Service/catalog"], "recreate")
        job = MODEL + "  nightly: {runtime: container, image: example.com/nightly:1, kind: Job, completionMode: %s, completions: %d, parallelism: %d}\n"
        once = "  once: {runtime: container, image: example.com/once:1, kind: Job, %s}\n" % memory
        self.assertEqual(self.effects(MODEL + once % "1073741824", old=MODEL + once % "1Gi")["Job/once"], "update")
        self.assertEqual(self.effects(MODEL + once % "1073741825", old=MODEL + once % "1Gi")["Job/once"], "recreate")
        self.assertEqual(self.effects(job % ("Indexed", 3, 3), old=job % ("Indexed", 2, 2)), {"Job/nightly": "update"})
        self.assertEqual(self.effects(job % ("Indexed", 3, 2), old=job % ("Indexed", 2, 2)), {"Job/nightly": "recreate"})
        self.assertEqual(self.effects(job % ("NonIndexed", 3, 3), old=job % ("NonIndexed", 2, 2)), {"Job/nightly": "recreate"})

    def test_requests_that_a_call_may_make(self):
        """More methods are another connection, and the policy of the one that is called leads to the line of the caller."""
        self.write("old.yaml", MODEL.replace("calls: [catalog]", "calls: [{to: catalog, methods: [GET]}]") + "mesh: sidecar\n")
        self.write("new.yaml", MODEL.replace("calls: [catalog]", "calls: [{to: catalog, methods: [GET, DELETE], paths: [/items]}]") + "mesh: sidecar\n")
        text = self.product("diff", "old.yaml", "new.yaml")
        self.assertIn("  + web to catalog 8000/TCP, call, GET, DELETE, /items\n  - web to catalog 8000/TCP, call, GET\n", text)
        self.assertRegex(text, r"new\.yaml:7:\d+: services\.web\.calls\[0\]\.methods\[1\]: nothing -> DELETE\n  update      AuthorizationPolicy/catalog")
        new, gone = json.loads(self.product("diff", "old.yaml", "new.yaml", "--format", "json"))["edges"]
        self.assertEqual((new["methods"], new["paths"], gone["methods"], gone["paths"]), (["GET", "DELETE"], ["/items"], ["GET"], []))

    def test_who_sets_the_number_of_pods(self):
        """A number that the manifest begins or ceases to say is handed over; it is told once, also where pods restart."""
        fixed = MODEL.replace("runtime: condon", "runtime: condon\n    replicas: 3\n    autoscaling: off")
        scaled = MODEL.replace("runtime: condon", "runtime: condon\n    autoscaling: {minReplicas: 2, maxReplicas: 4}")
        restarted = scaled.replace("condon\n", "condon\n    env: {A: b}\n")
        handed = "left to an autoscaler; a plain apply leaves one pod until one acts, deploy-hybrid.sh keeps all"
        taken = "said by the manifest now; where an autoscaler said it, a server-side apply has to force it, as deploy-hybrid.sh does"
        for old, new, why in ((fixed, scaled, handed), (fixed, restarted, handed), (scaled, fixed, taken)):
            [found] = [one for one in self.diff(new, old=old)["objects"] if one["kind"] == "Deployment" and one["name"] == "catalog"]
            self.assertEqual([field["why"] for field in found["fields"] if field["path"] == "spec.replicas"], [why])
            self.assertEqual(found["effect"], "restart" if new == restarted else "update")
            for form in ("text", "html"):
                self.assertIn(why, self.product("diff", "old.yaml", "new.yaml", "--format", form))
            self.assertEqual(self.product("diff", "old.yaml", "new.yaml").count(why), 1)
            self.assertIn(why, self.product("diff", "old.yaml", "new.yaml", "--format", "markdown"))
            self.assertIn(why if new != restarted else "", self.product("diff", "old.yaml", "new.yaml", "--format", "sarif"))
        [found] = [one for one in self.diff(fixed.replace("replicas: 3", "replicas: 4"), old=fixed)["objects"] if one["kind"] == "Deployment"]
        self.assertEqual((found["effect"], found["why"], [field["why"] for field in found["fields"]]), ("update", None, [None]))

    def test_load_of_scaled_jobs(self):
        """KEDA keeps some Jobs and makes more of them; each has its pods."""
        model = MODEL + ("  reports:\n    runtime: container\n    image: example.com/reports:1\n    kind: Job\n    parallelism: 2\n"
                         "    resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}\n"
                         "    autoscaling: {minReplicas: %d, maxReplicas: 5, triggers: {jobs: {type: cron, metadata: {timezone: UTC, start: 0 6 * * *, end: 0 8 * * *, desiredReplicas: \"5\"}}}}\n")
        load = self.diff(model % 1, old=MODEL)["load"]
        self.assertEqual([load["after"][name]["cpu"] - load["before"][name]["cpu"] for name in ("leastRequests", "mostRequests")], [200, 1000])

    def test_objects_of_an_entry_name_its_lines(self):
        model = MODEL + "mesh: {{mode: sidecar}}\nexternals:\n" + "".join("  e%d: {{host: {host}%d.example.org, cidrs: 192.0.2.0/24, port: 443}}\n" % (i, i) for i in range(40))
        model = model.replace("calls: [catalog]", "calls: [catalog, " + ", ".join(f"e{i}" for i in range(40)) + "]")
        found = self.diff(model.format(host="g"), old=model.format(host="h"))
        named = {item["name"]: [found["causes"][i]["path"] for i in item["causes"]] for item in found["objects"] if item["kind"] == "ServiceEntry"}
        self.assertEqual(named, {f"e{i}": [f"externals.e{i}.host"] for i in range(40)})

    def test_load(self):
        self.write("new.yaml", MODEL.replace("runtime: condon", "runtime: container\n    image: example.com/c:1\n    port: 8000\n    replicas: 3\n    autoscaling: off\n"
                                             "    resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}"))
        self.write("old.yaml", (self.folder / "new.yaml").read_text().replace("replicas: 3", "replicas: 2"))
        for form, line in {"text": "load  memory requests: ", "markdown": "- load, memory requests&#58; "}.items():
            self.assertIn(line, self.product("diff", "old.yaml", "new.yaml", "--format", form))

    def test_claims_that_are_deleted(self):
        kept = MODEL + DATABASE
        scaled = kept.replace("replicas: 2", "replicas: 2\n    persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}")
        self.assertEqual(self.effects(scaled, old=kept)["StatefulSet/db"], "data")
        self.assertEqual(self.effects(scaled.replace("replicas: 2", "replicas: 1"), old=scaled)["StatefulSet/db"], "data")
        self.assertEqual(self.effects(scaled.replace("replicas: 2", "replicas: 3"), old=scaled)["StatefulSet/db"], "update")
        self.assertEqual(self.effects(kept.replace("replicas: 2", "replicas: 10"), old=kept)["StatefulSet/db"], "update")
        self.assertEqual(self.effects(scaled.replace("replicas: 2", "replicas: 10"), old=scaled)["StatefulSet/db"], "update")
        self.assertEqual(self.effects(scaled, old=scaled.replace("replicas: 2", "replicas: 10"))["StatefulSet/db"], "data")

    def test_address_families(self):
        """A second family of addresses is added in place, another first one is not."""
        def with_families(service):
            return MODEL.replace("runtime: condon", f"runtime: condon\n    service: {service}")
        both = with_families("{ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}")
        self.assertEqual(self.effects(both, old=with_families("{ipFamilies: [IPv4]}"))["Service/catalog"], "update")
        self.assertEqual(self.effects(both.replace("IPv4, IPv6", "IPv6, IPv4"), old=both)["Service/catalog"], "recreate")

    def test_causes(self):
        new = MODEL.replace("runtime: cpython", "runtime: cpython\n    replicas: 3\n    autoscaling: off").replace("name: shop\n", "name: shop\nlabels: {team: a}\n")
        found = self.diff(new)
        causes = {cause["path"]: cause for cause in found["causes"]}
        self.assertEqual((causes["labels.team"]["line"], causes["labels.team"]["before"], causes["labels.team"]["after"]), (2, None, "a"))
        self.assertEqual((causes["services.web.replicas"]["file"], causes["services.web.replicas"]["line"]), ("new.yaml", 7))
        of_object = {f'{item["kind"]}/{item["name"]}': [found["causes"][i]["path"] for i in item["causes"]] for item in found["objects"]}
        self.assertIn("services.web.replicas", of_object["Deployment/web"])
        self.assertEqual(of_object["Deployment/catalog"], ["labels.team"])

    def test_the_line_of_the_greatest_effect_comes_first(self):
        """The object is listed below the line that refuses or loses something, also when harmless lines stand before it."""
        old = MODEL + DATABASE
        found = self.diff(old.replace("replicas: 2", "replicas: 2\n    env: {LEVEL: high}").replace("10Gi", "20Gi"), old=old)
        [item] = [item for item in found["objects"] if item["kind"] == "StatefulSet"]
        self.assertEqual([found["causes"][i]["path"] for i in item["causes"]], ["services.db.volumes.data.claimTemplate.size", "services.db.env.LEVEL.value"])

    def test_calls_are_compared_by_whom_they_call(self):
        """A call that is taken away before others changes none of them."""
        more = MODEL + "".join(f"  {name}: {{runtime: condon}}\n" for name in ("cart", "search"))
        old = more.replace("[catalog]", "[catalog, cart, search]")
        for new, changed in (("[cart, search]", [("services.web.calls[0].to", "catalog", None)]), ("[search, cart, catalog]", []),
                             ("[search, catalog]", [("services.web.calls[1].to", "cart", None)])):
            found = self.diff(more.replace("[catalog]", new), old=old)
            self.assertEqual([(cause["path"], cause["before"], cause["after"]) for cause in found["causes"] if ".to" in cause["path"]], changed, new)

    def test_causes_of_a_runtime_stand_once(self):
        old = MODEL + "  more:\n    runtime: condon\nruntimes:\n  condon: {env: {LEVEL: low}}\n"
        found = self.diff(old.replace("low", "high"), old=old)
        self.assertEqual([(cause["path"], cause["before"], cause["after"]) for cause in found["causes"]], [("runtimes.condon.env.LEVEL.value", "low", "high")])
        self.assertEqual({item["name"] for item in found["objects"]}, {"catalog", "more"})

    def test_fail_on(self):
        self.write("new.yaml", MODEL.replace('"1.0"', '"1.1"'))
        for effect, status in {"create": DRIFT, "restart": DRIFT, "recreate": FINE, "data": FINE}.items():
            self.assertEqual(self.run_it("diff", "hybriddeploy.yaml", "new.yaml", "--fail-on", effect).returncode, status, effect)

    def test_markdown_stays_a_table(self):
        """Whatever stands in the model, a row of the table has four cells, and nothing begins an element, a link or a mention."""
        env = json.dumps({"A": "a | b `c` <script> @team [x](y) \u202e\n| d |"})
        self.write("new.yaml", MODEL.replace("runtime: condon", f"runtime: condon\n    env: {env}"))
        text = self.product("diff", "hybriddeploy.yaml", "new.yaml", "--format", "markdown")
        rows = [line for line in text.splitlines() if line.startswith("|")]
        self.assertEqual([row.count("|") for row in rows], [5] * 3)
        for harmful in ("<script", "@team", "](y", "`", "\u202e"):
            self.assertNotIn(harmful, text)

    def test_many_objects(self):
        services = "".join(f"  s{i:03}:\n    runtime: condon\n" for i in range(40))
        self.write("new.yaml", MODEL + services)
        text = self.product("diff", "hybriddeploy.yaml", "new.yaml", "--format", "markdown")
        self.assertEqual(sum(line.startswith("| **") for line in text.splitlines()), 30)
        self.assertRegex(text, r"\nand \d+ more objects\n")

    def test_wrong(self):
        self.write("other.yaml", MODEL.replace("shop", "bakery"))
        self.write("wrong.yaml", MODEL.replace("catalog]", "catalgo]"))
        self.assertIn("two applications, shop and bakery", self.refused(WRONG_CALL, "diff", "hybriddeploy.yaml", "other.yaml"))
        self.assertIn("wrong.yaml:7:13: error: ", self.refused(WRONG_MODEL, "diff", "wrong.yaml", "hybriddeploy.yaml"))
        self.assertIn("wrong.yaml:7:13: error: ", self.refused(WRONG_MODEL, "diff", "hybriddeploy.yaml", "wrong.yaml"))
        self.assertIn("diff needs OLD [NEW]", self.refused(WRONG_CALL, "diff"))
        self.assertIn("NEW is other.yaml, and -f names a.yaml", self.refused(WRONG_CALL, "diff", "hybriddeploy.yaml", "other.yaml", "-f", "a.yaml"))
        self.assertIn("standard input can be read only once", self.refused(WRONG_CALL, "diff", "-", "-"))
        self.assertIn("--fail-on: harm is not allowed here", self.refused(WRONG_CALL, "diff", "hybriddeploy.yaml", "--fail-on", "harm"))


class Sides(Case):
    """Environments, folders, streams and dumps in place of models."""

    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)
        self.product("generate", "-o", "old/")

    def found(self, *args, **options):
        return json.loads(self.product("diff", *args, "--format", "json", **options))

    def changed(self, *args, **options):
        return {f'{one["kind"]}/{one["name"]}': one["effect"] for one in self.found(*args, **options)["objects"]}

    def dump(self, *kinds):
        """The objects as a server gives them: with its own fields and defaults, as items of a List."""
        items = [json.loads(line) for line in self.product("generate", "--format", "json").splitlines()]
        for number, item in enumerate(items):
            item["metadata"].update(uid=f"u{number}", resourceVersion=str(number), creationTimestamp="2026-01-01T00:00:00Z", generation=1,
                                    managedFields=[{"manager": "kubectl"}])
            item["metadata"].setdefault("annotations", {})["kubectl.kubernetes.io/last-applied-configuration"] = "{}"
            item["status"] = {"replicas": 1}
            if item["kind"] == "Service":
                item["spec"].update(clusterIP="10.0.0.1", clusterIPs=["10.0.0.1"], sessionAffinity="None", internalTrafficPolicy="Cluster")
            if item["kind"] == "Deployment":
                item["spec"].update(progressDeadlineSeconds=600, revisionHistoryLimit=10)
                item["spec"].setdefault("replicas", 4)
                item["spec"]["template"]["spec"].update(dnsPolicy="ClusterFirst", schedulerName="default-scheduler")
                item["spec"]["template"]["metadata"]["creationTimestamp"] = None
        return {"apiVersion": "v1", "kind": "List", "items": [item for item in items if not kinds or item["kind"] in kinds]}

    def test_environments(self):
        self.write("hybriddeploy.yaml", MODEL + "environments:\n  staging: {imageTag: \"1.1\"}\n  production: {imageTag: \"1.2\"}\n")
        found = self.found("-e", "staging", "-e", "production")
        self.assertEqual([(one["path"], one["before"], one["after"]) for one in found["causes"]], 
                         [("environment", "staging", "production"), ("imageTag", "1.1", "1.2")])
        self.assertEqual(self.changed("hybriddeploy.yaml", "-e", "staging"), {})
        self.assertIn("--environment", self.product("help", "diff"))
        self.assertIn("not 3", self.refused(WRONG_CALL, "diff", "-e", "a", "-e", "b", "-e", "c"))
        self.assertIn("both environments need", self.refused(WRONG_CALL, "diff", "-e", "a", "-e", "b", "-f", "-"))
        self.assertIn("diff needs OLD [NEW]", self.refused(WRONG_CALL, "diff", "-e", "a"))
        self.assertIn("neither OLD nor NEW is a model", self.refused(WRONG_CALL, "diff", "old", "old", "-e", "staging"))

    def test_folders_and_streams(self):
        self.assertEqual(self.changed("old"), {})
        self.assertEqual(self.changed("-", stdin=self.product("generate")), {})
        self.write("hybriddeploy.yaml", MODEL.replace('"1.0"', '"1.1"').replace("condon", "condon\n    env: {LEVEL: high}"))
        text = self.product("diff", "old")
        self.assertIn("hybriddeploy.yaml:2:11: imageTag: 1.1\n  restart     Deployment/web\n", text)
        self.product("generate", "-o", "new/")
        text = self.product("diff", "old", "new")
        self.assertRegex(text, r'new/50-deployment-web.yaml:\d+:\d+: Deployment/web spec.template.\S+: "1.0" -> "1.1"\n  restart     Deployment/web\n')
        self.assertEqual(self.changed("hybriddeploy.yaml", "new"), {})
        self.assertEqual(self.changed("old", "new"), {"Deployment/web": "restart", "Deployment/catalog": "restart"})
        os.remove(self.folder / "new" / "45-service-catalog.yaml")
        text = self.product("diff", "old", "new")
        self.assertIn("old/45-service-catalog.yaml:2:1 (before): Service/catalog: catalog -> nothing\n  delete      Service/catalog\n", text)
        self.assertIn("new/45-service-catalog", self.product("diff", "new", "old").replace("old", "new"))

    def test_manifests_of_others(self):
        """Without namespaces and labels, in another order, with other spellings of the same values."""
        self.write("a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
                   "      containers:\n      - {name: web, image: 'web:1', resources: {limits: {cpu: 1000m}}, imagePullPolicy: IfNotPresent}\n"
                   "---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\ndata: {a: '1', b: null}\n")
        self.write("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: default}\ndata: {a: \"1\"}\n"
                   "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
                   "      terminationGracePeriodSeconds: 30\n      containers:\n      - {name: web, image: web:1, resources: {limits: {cpu: '1'}}}\n")
        self.assertEqual(self.changed("a.yaml", "b.yaml"), {})
        self.write("c.yaml", (self.folder / "a.yaml").read_text().replace("'1'", "1"))
        [field] = self.found("a.yaml", "c.yaml")["objects"][0]["fields"]
        self.assertEqual((field["path"], field["before"], field["after"]), ("data.a", "1", 1))

    def test_a_dump(self):
        """What a server and its controllers add is no difference, on either side."""
        dump = json.dumps(self.dump())
        self.assertEqual(self.changed("-", stdin=dump), {})
        self.write("dump.json", dump)
        self.assertEqual(self.changed("hybriddeploy.yaml", "dump.json"), {})
        self.write("hybriddeploy.yaml", MODEL.replace('"1.0"', '"1.1"').replace("    runtime: condon", "    runtime: container\n    image: example.com/c:1\n    port: 8000\n    kind: StatefulSet"))
        self.assertEqual(self.changed("dump.json")["Deployment/catalog"], "delete")

    def test_a_dump_without_some_kinds(self):
        """What a dump lacks may be there, and what others made is not ours to delete: both are told."""
        dump = self.dump("Service", "Deployment")
        dump["items"].append({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other", "namespace": "shop", "uid": "x"}, "spec": {}})
        dump["items"].append({"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web-1", "namespace": "shop", "uid": "y",
                                                                                          "ownerReferences": [{"kind": "Deployment", "name": "web"}]},
                              "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": []}}}})
        found = self.found("-", stdin=json.dumps(dump))
        self.assertEqual(found["objects"], [])
        self.assertIn("not compared: objects of the kinds Namespace, ServiceAccount", found["notes"][0])
        self.assertIn("because OLD, which a server wrote, holds none of them; dump them too", found["notes"][0])
        self.assertEqual(found["notes"][1], "not compared: 1 objects of OLD, because other programs or people made them")
        self.assertIn("not compared: 1 objects", self.product("diff", "-", "--format", "markdown", stdin=json.dumps(dump)).replace("&#58;", ":"))

    def test_against_what_runs(self):
        """What the server would refuse is refused before anything is written; other changes are not."""
        stateful = MODEL + DATABASE
        self.write("hybriddeploy.yaml", stateful)
        running = self.product("generate", "-q")
        self.write("hybriddeploy.yaml", stateful.replace("10Gi", "20Gi").replace('"1.0"', '"1.1"'))
        text = self.refused(WRONG_MODEL, "generate", "-q", "-o", "out/", "--against", "-", stdin=running)
        self.assertIn("hybriddeploy.yaml:16:55: error: the StatefulSet db that runs has spec.volumeClaimTemplates[0]", text)
        self.assertFalse((self.folder / "out").exists())
        self.write("hybriddeploy.yaml", stateful.replace('"1.0"', '"1.1"'))
        self.assertIn("web:1.1", self.product("generate", "-q", "--against", "-", stdin=running))
        self.assertIn("these are no manifests", self.refused(WRONG_MODEL, "generate", "--against", "hybriddeploy.yaml"))
        self.assertIn("one by one", self.refused(WRONG_CALL, "generate", "--environments", "-o", "out/", "--against", "old"))
        self.assertIn("nowhere", self.refused(UNREADABLE, "generate", "--against", "nowhere"))

    def test_connections_of_manifests(self):
        """Those that hybridgen graph lists on one side alone; between two models of them, the model's own edges of services."""
        new = MODEL.replace("    expose: /\n    calls: [catalog]\n", "    calls: [search]\n") + "  search:\n    runtime: condon\n    expose: /\n"
        self.write("new.yaml", new)
        self.product("generate", "-o", "new/", "-f", "new.yaml")
        listed = []
        for folder in ("old", "new"):
            lines = [json.loads(line) for line in self.product("graph", folder, "--format", "json").splitlines()]
            listed.append({(one["from"].split("/")[-1].split("[")[0], one["to"].split("/")[-1].split("[")[0]) for one in lines
                           if one["from"].startswith("shop/") and one["to"].startswith("shop/")})
        for sides in (("old", "new"), ("hybriddeploy.yaml", "new"), ("old", "new.yaml")):
            found = self.found(*sides)
            self.assertEqual((found["edges"], found["notes"]), ([], []))
            inside = [one for one in found["connections"] if not one["fromOutside"] and "." not in one["to"]]
            self.assertEqual({(one["from"], one["to"]) for one in inside if one["added"]}, listed[1] - listed[0])
            self.assertEqual({(one["from"], one["to"]) for one in inside if not one["added"]}, listed[0] - listed[1])
            self.assertEqual({one["ports"] for one in inside}, {"8000/TCP"})
            text = self.product("diff", *sides)
            self.assertIn("connections\n", text)
            self.assertIn("  + web -> search 8000/TCP\n", text)
            self.assertIn("  - web -> catalog 8000/TCP\n", text)
            self.assertRegex(text, r"\n\d+ objects differ, the worst effect is \w+\n\Z")
            self.assertIn("- new: web -&#62; search 8000/TCP\n", self.product("diff", *sides, "--format", "markdown"))
            self.assertIn("web -&#62; search", self.product("diff", *sides, "--format", "html"))
            self.assertIn("new connection: web -> search 8000/TCP", self.product("diff", *sides, "--format", "sarif"))
        edges = {(one["from"], one["to"], one["added"]) for one in self.found("hybriddeploy.yaml", "new.yaml")["edges"] if one["reason"] == "call"}
        self.assertEqual({(one["from"], one["to"], one["added"]) for one in inside}, edges)

    def test_addresses_are_compared_as_they_are(self):
        """Where a policy of another pod has a border, nothing changes for this one."""
        pod = "apiVersion: v1\nkind: Pod\nmetadata: {{name: {0}, namespace: ns, labels: {{app: {0}}}}}\nspec: {{containers: [{{name: c, image: i}}]}}\n---\n"
        policy = ("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {0}, namespace: ns}}\nspec:\n  podSelector: {{matchLabels: {{app: {0}}}}}\n"
                  "  policyTypes: [Ingress, Egress]\n  ingress: [{{from: [{{ipBlock: {{cidr: {1}}}}}], ports: [{{port: 80}}]}}]\n---\n")
        pods = pod.format("a") + pod.format("b")
        self.write("a.yaml", pods + policy.format("a", "0.0.0.0/0") + policy.format("b", "10.0.0.0/8"))
        self.write("b.yaml", pods + policy.format("a", "0.0.0.0/0") + policy.format("b", "10.0.0.0/9"))
        self.write("c.yaml", pods + policy.format("a", "'2001:db8::/32'") + policy.format("b", "10.0.0.0/8"))
        found = self.found("a.yaml", "b.yaml")["connections"]
        self.assertEqual([(one["added"], one["from"], one["to"], one["ports"], one["fromOutside"]) for one in found],
                         [(False, "10.128.0.0-10.255.255.255", "b", "80/TCP", True)])
        self.assertEqual([(one["added"], one["from"]) for one in self.found("a.yaml", "c.yaml")["connections"]],
                         [(False, "0.0.0.0-255.255.255.255"), (True, "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")])
        self.write("expect.yaml", 'objects: {"*": update}\nnewConnections: ["* -> *"]\ngoneConnections: ["10.* -> b"]\n')
        done = self.run_it("diff", "b.yaml", "a.yaml", "--expect", "expect.yaml")
        self.assertEqual((done.returncode, done.stderr.count("[HD8320]")), (5, 1))
        self.assertRegex(done.stderr, r"\Aa.yaml:\d+:\d+: error: the connection 10.128.0.0-10.255.255.255 -> b 80/TCP is a new way in from outside")

    def test_a_connection_stands_at_the_policy_of_its_namespace(self):
        pods = "".join(f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: {name}}}\nspec: {{containers: [{{name: c, image: i}}]}}\n---\n" for name in ("n1", "n2"))
        policies = "".join("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: %s}\n"
                           "spec: {podSelector: {}, policyTypes: [Ingress], ingress: []}\n---\n" % name for name in ("n1", "n2"))
        self.write("a.yaml", pods + policies)
        self.write("expect.yaml", 'objects: {"*": update}\nnewConnections: []\n')
        for place, name in ((14, "n1"), (19, "n2")):
            lines = (pods + policies).splitlines(True)
            lines[place - 1] = lines[place - 1].replace("ingress: []", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")
            self.write("b.yaml", "".join(lines))
            done = self.run_it("diff", "a.yaml", "b.yaml", "--expect", "expect.yaml")
            self.assertRegex(done.stderr, rf"\Ab.yaml:{place}:\d+: error: the connection 10.0.0.0-10.255.255.255 -> {name}/a all ports is a new way in")

    def test_fewer_addresses_are_no_new_way_in(self):
        """Of ranges that overlap, only the addresses that one side has are new or gone."""
        pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: ns}\nspec: {containers: [{name: c, image: i}]}\n---\n"
        policy = ("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: ns}\nspec:\n  podSelector: {}\n"
                  "  policyTypes: [Ingress, Egress]\n  ingress: [{from: [%s], ports: [{port: 80}]}]\n")
        for old, new, gone, added in (
                ("{cidr: 0.0.0.0/0}", "{cidr: 10.0.0.0/8}", ["0.0.0.0-9.255.255.255", "11.0.0.0-255.255.255.255"], []),
                ("{cidr: 10.0.0.0/8}", "{cidr: 10.0.0.0/8, except: [10.0.255.0/24, 10.1.0.0/32]}", ["10.0.255.0-10.1.0.0"], []),
                ("{cidr: 10.0.0.0/9}", "{cidr: 10.64.0.0/10}", ["10.0.0.0-10.63.255.255"], []),
                ("{cidr: 10.0.0.0/9}, {cidr: 10.200.0.0/32}", "{cidr: 10.64.0.0/10}, {cidr: 10.128.0.0/9}", ["10.0.0.0-10.63.255.255"],
                 ["10.128.0.0-10.199.255.255", "10.200.0.1-10.255.255.255"]),
                ("{cidr: '2001:db8::/32'}", "{cidr: '2001:db8:8000::/33'}", ["2001:db8::-2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"], []),
                ("{cidr: '::/0'}, {cidr: 0.0.0.0/0}", "{cidr: '::/0'}, {cidr: 255.255.255.255/32}", ["0.0.0.0-255.255.255.254"], [])):
            for side, blocks in (("a", old), ("b", new)):
                self.write(f"{side}.yaml", pod + policy % blocks.replace("{cidr", "{ipBlock: {cidr").replace("}", "}}"))
            for sides, one_side, other_side in ((("a.yaml", "b.yaml"), gone, added), (("b.yaml", "a.yaml"), added, gone)):
                found = self.found(*sides)["connections"]
                self.assertEqual([[one["from"] for one in found if one["added"] == is_added] for is_added in (False, True)], [one_side, other_side], (old, new))
                self.assertEqual({(one["to"], one["ports"], one["fromOutside"]) for one in found}, {("a", "80/TCP", True)})

    ENDS = "".join(f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: ns, labels: {{app: {name}}}}}\nspec: {{containers: [{{name: c, image: i}}]}}\n---\n"
                   for name in ("a", "b"))

    def policy(self, rules):
        return self.ENDS + json.dumps({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "b", "namespace": "ns"},
                                       "spec": {"podSelector": {"matchLabels": {"app": "b"}}, "policyTypes": ["Ingress"], "ingress": rules}})

    def test_fewer_ports_are_no_new_way_in(self):
        """Of ports that overlap, only those that one side has are new or gone."""
        def rules(*ports):
            return [{"from": [{"podSelector": {"matchLabels": {"app": "a"}}}, {"ipBlock": {"cidr": "10.0.0.0/8"}}], "ports": list(ports)}]
        ends = {"a", "10.0.0.0-10.255.255.255"}
        two, one, every = ({"port": 80}, {"port": 443}), ({"port": 80},), ()
        for old, new, ports, added in ((two, one, "443/TCP", False), (one, two, "443/TCP", True), (every, one, "1-79/TCP, 81-65535/TCP, 1-65535/UDP, 1-65535/SCTP, other protocols", False),
                                       (({"port": 8000, "endPort": 9000},), ({"port": 8500, "endPort": 8600}, {"port": 8700}), "8000-8499/TCP, 8601-8699/TCP, 8701-9000/TCP", False),
                                       (({"port": 53, "protocol": "UDP"}, *one), ({"port": 53, "protocol": "UDP"}, *two), "443/TCP", True)):
            self.write("old.yaml", self.policy(rules(*old)))
            self.write("new.yaml", self.policy(rules(*new)))
            self.assertEqual({(one["from"], one["ports"], one["added"]) for one in self.found("old.yaml", "new.yaml")["connections"]}, {(end, ports, added) for end in ends})

    def test_what_is_new_and_gone_by_brute_force(self):
        """Each address and port by itself: what is shown is what one side allows and the other does not."""
        dice = random.Random(1)
        for turn in range(40):
            sides = []
            for name in "old", "new":
                rules = [{"from": [{"ipBlock": {"cidr": f"10.0.0.{dice.randrange(0, 32, 8)}/{dice.choice((27, 28, 29))}"}} for _ in range(dice.randint(1, 2))],
                          "ports": [{"port": first, "endPort": first + dice.randrange(4)} for first in dice.sample(range(1, 12), dice.randint(1, 3))]}
                         for _ in range(dice.randint(1, 3))]
                for rule in rules:
                    for block in rule["from"]:
                        block["ipBlock"]["cidr"] = str(ipaddress.ip_network(block["ipBlock"]["cidr"], strict=False))
                self.write(f"{name}.yaml", self.policy(rules))
                sides.append({(int(address), port) for rule in rules for block in rule["from"] for address in ipaddress.ip_network(block["ipBlock"]["cidr"])
                              for ports in rule["ports"] for port in range(ports["port"], ports["endPort"] + 1)})
            shown = {True: [], False: []}
            for one in self.found("old.yaml", "new.yaml")["connections"]:
                first, _, last = one["from"].partition("-")
                addresses = range(int(ipaddress.ip_address(first)), int(ipaddress.ip_address(last or first)) + 1)
                ports = [port for part in one["ports"].split(", ") for port in range(int(part[:-4].split("-")[0]), int(part[:-4].split("-")[-1]) + 1)]
                shown[one["added"]] += [(address, port) for address in addresses for port in ports]
            old, new = sides
            self.assertEqual((sorted(shown[True]), sorted(shown[False])), (sorted(new - old), sorted(old - new)), turn)

    def test_connections_that_nobody_knows(self):
        """What is not in a dump decides nothing, and the pods of others are not ours."""
        dump = self.dump("Service", "Deployment")
        self.assertIn("not compared: connections, because objects of kinds that decide about them are missing", self.found("-", stdin=json.dumps(dump))["notes"])
        whole = self.dump()
        stranger = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "namespace": "shop", "uid": "z"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
        whole["items"].append(stranger)
        found = self.found("-", stdin=json.dumps(whole))
        self.assertEqual((found["objects"], found["connections"], len(found["notes"])), ([], [], 1))
        self.write("bare.yaml", "".join(line for line in self.product("generate").splitlines(True) if not line.startswith("  namespace: shop")))
        notes = self.found("bare.yaml")["notes"]
        self.assertEqual(notes, ["not compared: connections, because the manifests name no namespace, and policies depend on it"])
        many = "".join(f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}, namespace: ns}}\nspec: {{containers: [{{name: c, image: i}}]}}\n" for i in range(460))
        self.write("many.yaml", many)
        self.assertIn("more than 200,000", self.product("diff", "many.yaml", "many.yaml"))

    def test_another_application(self):
        self.write("bakery.yaml", MODEL.replace("shop", "bakery"))
        self.assertIn("two applications, shop and bakery", self.refused(WRONG_CALL, "diff", "old", "bakery.yaml"))
        self.assertIn("two applications, bakery and shop; give two states of one", self.refused(WRONG_CALL, "diff", "bakery.yaml", "old"))

    def test_a_side_that_does_not_pass_leaves_no_half_answer(self):
        """Its mistakes are told, and neither a file nor a part of it is written, whichever side it is."""
        self.write("wrong.yaml", MODEL.replace("catalog]", "catalgo]").replace("cpython", "cpithon"))
        self.write("answer.md", "the answer of yesterday\n")
        for sides in (("wrong.yaml",), ("old", "wrong.yaml"), ("wrong.yaml", "old"), ("wrong.yaml", "wrong.yaml")):
            for form in ("text", "json", "markdown", "sarif", "html"):
                text = self.refused(WRONG_MODEL, "diff", *sides, "--format", form, "-o", "answer.md", "--write-expect", "e.yaml")
                self.assertIn("did you mean catalog?", text)
                self.assertIn("did you mean cpython?", text)
                self.assertEqual((self.folder / "answer.md").read_text(), "the answer of yesterday\n")
                self.assertFalse((self.folder / "e.yaml").exists())

    def test_a_folder_of_another_version(self):
        """It is told that it may make differences, and compared all the same; likewise a folder that is half written."""
        index = self.folder / "old/.hybriddeploy"
        written = index.read_text()
        self.write("hybriddeploy.yaml", MODEL.replace('"1.0"', '"1.1"'))
        self.assertIn("Deployment/web", self.product("diff", "old"))
        for heading, words in (("hybriddeploy index 2", "another version of hybriddeploy"), ("hybriddeploy index 1, changing", "some of its files are old")):
            index.write_text(written.replace("hybriddeploy index 1", heading))
            for sides in (("old",), ("hybriddeploy.yaml", "old")):
                done = self.run_it("diff", *sides)
                self.assertEqual(done.returncode, FINE)
                self.assertIn("restart     Deployment/web", done.stdout)
                self.assertTrue(done.stderr.startswith("old: warning: this folder "), done.stderr)
                self.assertIn(words, done.stderr)
                self.assertIn("write it anew with hybridgen generate", done.stderr)
                self.assertEqual(self.run_it("diff", *sides, "-q").stderr, "")
                self.assertEqual(self.run_it("diff", *sides, "--strict").returncode, WRONG_MODEL)
        for other in ("", "hybriddeploy", "something else\n" * 3):
            index.write_text(other)
            self.assertIn("Deployment/web", self.product("diff", "old"))

    def test_what_is_neither(self):
        """A file with the word apiVersion that is no manifest is a model, and its mistakes are told as one."""
        self.write("no.yaml", MODEL.replace("name: shop", "name: shop\nlabels: {a: apiVersion}"))
        self.assertIn("Deployment/web", self.changed("no.yaml"))
        self.write("wrong.yaml", "apiVersion: v1\n")
        self.assertIn("a model, not a manifest", self.refused(WRONG_MODEL, "diff", "wrong.yaml"))
        self.write("twice.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: 1}\n")
        self.assertIn("twice.yaml:4:15: error: ", self.refused(WRONG_MODEL, "diff", "twice.yaml", "twice.yaml"))


@unittest.skipUnless(shutil.which("git"), "git is not installed")
class Revisions(Case):
    def git(self, *args):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
                       "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}
        subprocess.run(["git", "-c", "init.defaultBranch=main", *args], cwd=self.folder, check=True, capture_output=True, env=environment)

    def setUp(self):
        super().setUp()
        self.write("deploy/hybriddeploy.yaml", MODEL)
        self.git("init")
        self.git("add", ".")
        self.git("commit", "-m", "first")
        self.write("deploy/hybriddeploy.yaml", MODEL.replace('"1.0"', '"1.1"'))

    def test_working_tree(self):
        text = self.product("diff", "main", "-f", "deploy/hybriddeploy.yaml")
        self.assertIn("deploy/hybriddeploy.yaml:2:11: imageTag: 1.0 -> 1.1\n  restart     Deployment/web\n", text)

    def test_two_revisions(self):
        self.git("commit", "-a", "-m", "second")
        text = self.product("diff", "HEAD", "main~1", "-f", "deploy/hybriddeploy.yaml", )
        self.assertIn("main~1:./deploy/hybriddeploy.yaml:2:11: imageTag: 1.1 -> 1.0\n", text)

    def test_sarif_names_files_of_the_working_tree(self):
        """Of a line that is gone as well, which only the old revision has."""
        self.git("commit", "-a", "-m", "second")
        self.write("deploy/hybriddeploy.yaml", MODEL.replace("    calls: [catalog]\n", ""))
        for revisions in ["main"], ["main~1"], ["HEAD", "HEAD~1"]:
            results = json.loads(self.product("diff", *revisions, "-f", "deploy/hybriddeploy.yaml", "--format", "sarif"))["runs"][0]["results"]
            self.assertEqual({result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}, {"deploy/hybriddeploy.yaml"}, revisions)

    def test_what_is_not_there(self):
        model = ["-f", "deploy/hybriddeploy.yaml"]
        self.assertIn("v2 is neither a file nor a revision that git knows here\ngive a model, a folder", self.refused(UNREADABLE, "diff", "v2", *model))
        self.assertIn("there is no file main, and no hybriddeploy.yaml, ", self.refused(UNREADABLE, "diff", "main"))
        self.assertIn("--output=x is neither a file", self.refused(UNREADABLE, "diff", *model, "--", "--output=x"))
        self.assertFalse((self.folder / "x").exists())
        self.write("new.yaml", MODEL)
        self.assertIn("new.yaml is not in the revision main\ngive a revision that has it", self.refused(UNREADABLE, "diff", "main", "-f", "new.yaml"))
        self.environment["PATH"] = "/nonexistent"
        self.assertIn("cannot be started", self.refused(UNREADABLE, "diff", "main", *model))

    def test_the_file_of_an_environment_is_that_of_the_revision(self):
        model = ["-f", "deploy/hybriddeploy.yaml", "-e", "staging"]
        self.assertIn("no environment staging", self.refused(WRONG_CALL, "diff", "main", *model))
        self.write("deploy/hybriddeploy.staging.yaml", 'imageTag: "1.0-s"\n')
        self.git("add", ".")
        self.git("commit", "-m", "an environment")
        self.write("deploy/hybriddeploy.staging.yaml", 'imageTag: "1.1-s"\n')
        text = self.product("diff", "HEAD", *model)
        self.assertIn("deploy/hybriddeploy.staging.yaml:1:11: imageTag: 1.0-s -> 1.1-s\n", text)
        self.git("commit", "-a", "-m", "changed")
        text = self.product("diff", "HEAD", "HEAD~1", *model)
        self.assertIn("HEAD~1:./deploy/hybriddeploy.staging.yaml:1:11: imageTag: 1.1-s -> 1.0-s\n", text)
        self.assertIn("no environment staging", self.refused(WRONG_CALL, "diff", "HEAD", *model, "-f", "deploy/hybriddeploy.staging.yaml"))

    def test_files_beside_a_revision_are_not_taken_from_the_folder(self):
        """Their content is that of another time."""
        text = MODEL.replace("runtime: condon", "runtime: condon\n    configFiles: [{path: /etc/app/a.conf, fromFile: a.conf}]")
        self.write("hybriddeploy.yaml", text)
        self.write("a.conf", "x = 1\n")
        self.product("validate")
        self.git("add", ".")
        self.git("commit", "-m", "with a file")
        self.assertIn("a.conf", self.refused(WRONG_MODEL, "diff", "main"))


if __name__ == "__main__":
    main()
