"""Workspaces: every verb that takes a model takes one, application by application."""
import csv
import io
import json
import subprocess
from pathlib import Path

from harness import DRIFT, UNREADABLE, WRONG_CALL, WRONG_MODEL, Case, main

HEAD = 'imageRegistry: registry.example.com\nimageTag: "1.0"\n'
SHOP = f"""name: shop
{HEAD}environments: {{production: {{services: {{orders: {{replicas: 5}}}}}}}}
services:
  web: {{runtime: cpython, schedule: "@daily", calls: [orders, billing/invoice]}}
  orders: {{runtime: cpython, callers: [billing/invoice], replicas: 2}}
"""
BILLING = f"name: billing\nnamespace: billing-prod\n{HEAD}services:\n  invoice: {{runtime: cpython, calls: [shop/orders], callers: [shop/web]}}\n"
FILE = "hybriddeploy.workspace.yaml"
F = ("-f", FILE)

# Applications of cases with an error, by their files.
WRONG = {
    "application-twice": ["other"],
    "call-beyond-consent": ["shop", "billing"],
    "call-without-consent": ["shop", "billing"],
    "contract-of-another-version": ["contracts/billing.json", "contracts/shop.json", "contracts/unknown.json"],
    "neighbour-in-another-mesh": ["billing"],
    "neighbour-of-another-trust-domain": ["billing"],
    "neighbour-outside-mesh": ["billing"],
    "neighbour-without-service": ["billing"],
    "neighbours-share-host": ["billing"],
    "neighbours-share-namespace": ["shop"],
    "neighbours-share-objects": ["billing"],
    "workspace-for-one-model": ["shop", "billing"],
    "workspace-more-consent": ["billing", "shop"],
    "workspace-more-files": ["contracts/list.json", "contracts/version.json", "contracts/broken.json", "contracts/empty.json", "contracts/fields.json",
                             "unnamed.yaml", "badly.yaml", "twice.yaml"],
    "workspace-more-mesh": ["ambient", "plain", "trust", "contracts/own.json"],
    "workspace-more-patterns": ["gone/contract.json"],
    "workspace-nine-and-a-broken-one": ["broken"],
    "workspace-same-mistake": ["team-a", "team-b"],
    "workspace-with-a-broken-model": ["broken", "shop"],
}


class Workspace(Case):
    def setUp(self):
        super().setUp()
        self.write("shop/hybriddeploy.yaml", SHOP)
        self.write("billing/hybriddeploy.yaml", BILLING)
        self.write(FILE, 'applications: ["*/hybriddeploy.yaml"]\n')

    def git(self, *args):
        subprocess.run(["git", "-c", "user.email=a@example.com", "-c", "user.name=a", *args], cwd=self.folder, check=True, capture_output=True)

    def commit(self):
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-qm", "one")

    def test_graph_formats(self):
        text = self.product("graph", *F)
        self.assertEqual([line for line in text.splitlines() if line[0] != " "], ["billing (namespace billing-prod)", "shop"])
        self.assertIn("shop\n  shop/orders[Deployment] -> 169", text)
        rows = [json.loads(line) for line in self.product("graph", *F, "--format", "json").splitlines()]
        ends = {(row["fromApplication"], row["toApplication"], row["from"], row["to"]) for row in rows if row["toApplication"]}
        self.assertEqual(ends, {("shop", "shop", "shop/web[CronJob]", "shop/orders[Deployment]"),
                                ("shop", "billing", "shop/web[CronJob]", "billing-prod/invoice[Deployment]"),
                                ("billing", "shop", "billing-prod/invoice[Deployment]", "shop/orders[Deployment]")})
        table = list(csv.reader(io.StringIO(self.product("graph", *F, "--format", "csv"))))
        self.assertEqual(table[0], ["fromApplication", "toApplication", "from", "to", "ports"])
        self.assertEqual({tuple(row[:4]) for row in table[1:] if row[1]}, ends)
        dot = self.product("graph", *F, "--format", "dot")
        self.assertIn('  subgraph "cluster_billing" {\n    label="billing";\n    "billing-prod/invoice[Deployment]" [', dot)
        self.assertEqual((dot.count("subgraph"), dot.count("{"), dot.count("}")), (2, 3, 3))
        mermaid = self.product("graph", *F, "--format", "mermaid")
        self.assertIn("  subgraph billing\n", mermaid)
        self.assertEqual((mermaid.count("  subgraph"), mermaid.count("  end\n"), mermaid.count("-->")), (2, 2, len(table) - 1))

    def test_expectations_name_the_application(self):
        self.commit()
        self.write("shop/hybriddeploy.yaml", SHOP.replace('"1.0"', '"1.1"\ningress: {className: nginx}').replace("orders: {runtime", "orders: {expose: {path: /, host: shop.example.com}, runtime"))
        self.write("billing/hybriddeploy.yaml", BILLING.replace("runtime", "env: {A: b}, runtime"))
        for old in "main", "out":
            if old == "out":
                self.git("stash", "-q")
                self.product("generate", *F, "-o", "out/")
                self.git("stash", "pop", "-q")
            self.product("diff", old, *F, "--write-expect", "expect.yaml")
            text = (self.folder / "expect.yaml").read_text()
            self.assertIn('  "billing/Deployment/invoice": restart\n', text)
            self.assertIn('  "shop/Deployment/orders": restart\n', text)
            self.assertIn('exposed:\n- "shop/orders"\n', text)
            self.assertEqual(self.run_it("diff", old, *F, "--expect", "expect.yaml", "--strict").returncode, 0, old)
            # In one application it is expected, in the other one not.
            (self.folder / "expect.yaml").write_text(text.replace("billing/Deployment", "other/Deployment").replace("shop/orders", "billing/orders"))
            done = self.run_it("diff", old, *F, "--expect", "expect.yaml")
            self.assertEqual((done.returncode, done.stderr.count("[HD8320]"), done.stderr.count("[HD8321]")), (DRIFT, 2, 2), done.stderr)
            self.assertIn("billing/hybriddeploy.yaml", done.stderr)
            self.assertIn("error: the effect on billing/Deployment/invoice is restart, which expect.yaml does not expect", done.stderr)
            self.assertIn("is a new way in from outside, which expect.yaml does not expect", done.stderr)
            self.assertEqual(self.run_it("diff", old, *F, "--expect", "expect.yaml", "--fail-on", "data").returncode, DRIFT)

    def test_an_application_that_is_new_or_gone_is_expected(self):
        self.commit()
        self.write(FILE, "applications: [shop/hybriddeploy.yaml, search/hybriddeploy.yaml]\n")
        self.write("shop/hybriddeploy.yaml", SHOP.replace(", billing/invoice]", "]").replace("callers: [billing/invoice], ", ""))
        self.write("search/hybriddeploy.yaml", f"name: search\n{HEAD}services: {{find: {{runtime: cpython}}}}\n")
        self.write("expect.yaml", 'objects: {"billing/*": [delete, data], "search/*": create, "shop/*": [update, delete, restart]}\n'
                                  'newConnections: ["search/*-> *"]\ngoneConnections: ["shop/*-> *", "billing/* -> *"]\n')
        done = self.run_it("diff", "main", *F, "--expect", "expect.yaml")
        self.assertNotIn("[HD8320]", done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.write("expect.yaml", "{}\n")
        done = self.run_it("diff", "main", *F, "--expect", "expect.yaml")
        self.assertIn("the effect on search/Deployment/find is create", done.stderr)
        self.assertIn("the effect on billing/Deployment/invoice is delete", done.stderr)

    def test_what_is_not_compared_is_told_of_expectations(self):
        self.commit()
        self.write("billing/hybriddeploy.yaml", BILLING.replace("runtime: cpython", "runtime: nothing"))
        self.write("expect.yaml", "{}\n")
        done = self.run_it("diff", "main", *F, "--expect", "expect.yaml")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn("not all is checked, because the application billing is not compared, because its model has mistakes [HD8321]", done.stderr)

    def test_two_in_one_namespace(self):
        self.write("billing/hybriddeploy.yaml", BILLING.replace("billing-prod", "shop"))
        done = self.run_it("graph", *F, "--format", "dot")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn('  subgraph "cluster_billing" {\n    label="billing";\n    "shop/invoice[Deployment]" [', done.stdout)

    def test_graph_why(self):
        text = self.product("graph", *F, "--why", "billing/invoice", "shop/orders:8000")
        self.assertRegex(text, "^billing/invoice -> shop/orders:8000 is allowed\n  <generated billing>:\\d+:\\d+: egress: .* billing-prod/invoice allows")
        self.assertIn("billing-prod/invoice -> shop/web:8000 is not allowed", self.product("graph", *F, "--why", "billing-prod/invoice", "shop/web:8000"))
        self.assertIn("no workload", self.refused(WRONG_CALL, "graph", *F, "--why", "billing/nobody", "shop/web:8000"))

    def test_graph_exposed(self):
        self.assertNotIn("shop/orders[Deployment]\n", self.product("graph", *F, "--exposed"))

    def test_graph_check(self):
        self.assertEqual(self.product("graph", *F, "--check"), "")
        self.product("generate", *F, "-o", "out/")
        self.assertEqual(self.product("graph", *F, "--check", "out/shop", "out/billing"), "")
        # Without consent nothing is allowed, and the mistake is told.
        self.write("shop/hybriddeploy.yaml", SHOP.replace("callers: [billing/invoice], ", ""))
        done = self.run_it("graph", *F, "--check")
        self.assertEqual((done.returncode, done.stdout), (WRONG_MODEL, ""))
        self.assertIn("[HD3189]", done.stderr)
        # The manifests of before allow more than both declare now.
        done = self.run_it("graph", *F, "--check", "out/shop", "out/billing")
        self.assertEqual(done.returncode, DRIFT)
        self.assertIn("billing-prod/invoice[Deployment] -> shop/orders[Deployment]:8000/tcp is allowed, but the models do not declare it on both", done.stdout)

    def test_graph_check_notices_what_is_missing(self):
        self.product("generate", *F, "-o", "out/")
        for name in ("shop/40-networkpolicy-orders.yaml", "billing/40-networkpolicy-invoice.yaml"):
            path = self.folder / "out" / name
            text = path.read_text()
            path.write_text(text.replace("port: 8000", "port: 8001"))
            done = self.run_it("graph", *F, "--check", "out/shop", "out/billing")
            self.assertEqual(done.returncode, DRIFT)
            self.assertIn("billing-prod/invoice[Deployment] -> shop/orders[Deployment]:8000/tcp is declared by the models, but not allowed", done.stdout)
            path.write_text(text)

    def test_graph_check_in_a_mesh(self):
        for mode in ("sidecar", "ambient"):
            part = "{to: shop/orders, methods: [GET]}"
            self.write("shop/hybriddeploy.yaml", SHOP.replace("services:\n", f"mesh: {mode}\nplatform: {{prometheus: false}}\nservices:\n", 1)
                       .replace("[billing/invoice], rep", "[{from: billing/invoice, methods: [GET]}], rep"))
            self.write("billing/hybriddeploy.yaml", BILLING.replace("services:", f"mesh: {mode}\nplatform: {{prometheus: false}}\nservices:").replace("[shop/orders]", f"[{part}]"))
            self.assertEqual(self.run_it("graph", "-q", *F, "--check").stdout, "")
            self.product("generate", "-q", *F, "-o", f"{mode}/")
            policy = next(path for path in sorted((self.folder / mode / "shop").glob("42-*orders*")) if "GET" in path.read_text())
            policy.write_text(policy.read_text().replace("GET", "POST"))
            done = self.run_it("graph", "-q", *F, "--check", f"{mode}/shop", f"{mode}/billing")
            self.assertEqual(done.returncode, DRIFT)
            self.assertRegex(done.stdout, "billing-prod/invoice.*-> shop/orders.*:8000/tcp.* (let in by the mesh|declared by the model)")

    def test_explain(self):
        self.assertIn("servicePort: 8000  # default", self.product("explain", *F, "shop/services.orders.ports"))
        self.assertIn("replicas: 5  # environments.production", self.product("explain", *F, "-e", "production", "shop/services.orders.replicas"))
        self.assertEqual([line.split("  #")[0] for line in self.product("explain", *F).splitlines() if line.startswith("name:")],
                         ["name: billing", "name: shop"])
        rows = [json.loads(line) for line in self.product("explain", *F, "--format", "json", "billing/services").splitlines()]
        self.assertEqual({row["application"] for row in rows}, {"billing"})
        self.assertIn("services.invoice.calls[0].to", [row["path"] for row in rows])

    def test_explain_backwards(self):
        """An object leads to its application, where one alone has it, or where it or its folder is named."""
        def lines(*args):
            return [line.strip() for line in self.product("explain", *F, *args).splitlines()]

        self.product("generate", "-q", *F, "-o", "out/")
        answer = lines("Deployment/orders", "spec.replicas")
        self.assertRegex(answer[0], r"^shop/50-deployment-orders\.yaml:\d+: spec\.replicas: 2$")
        place = answer[0].split(": ")[0]
        self.assertEqual(answer[1:], ["shop/hybriddeploy.yaml:7:68: services.orders.replicas: 2"])
        for call in (("shop/Deployment/orders", "spec.replicas"), ("deployment/orders", "spec.replicas"), (f"out/{place}",)):
            self.assertEqual(lines(*call), answer)
        self.assertRegex(lines("-e", "production", "shop/Deployment/orders", "spec.replicas")[0], r"^shop/50-deployment-orders\.yaml:\d+: spec\.replicas: 5$")
        self.assertEqual(lines("--set", "shop/services.orders.replicas=7", "Deployment/orders", "spec.replicas")[1],
                         "--set services.orders.replicas=7: services.orders.replicas: 7")
        self.assertGreater(len(lines("Deployment/orders")), 20)
        self.assertEqual(lines("shop/Deployment/orders"), lines("Deployment/orders"))
        [row] = [json.loads(line) for line in self.product("explain", *F, "--format", "json", "Deployment/orders", "spec.replicas").splitlines()]
        self.assertEqual((row["application"], row["sources"][0]["path"], row["sources"][0]["certain"]), ("shop", "services.orders.replicas", True))

    def test_explain_backwards_to_a_neighbour(self):
        """A value is tried with the applications around it: without them its calls would be refused."""
        rows = [json.loads(line) for line in self.product("explain", *F, "--format", "json", "NetworkPolicy/invoice", "spec.egress").splitlines()]
        sources = {source["path"]: source["certain"] for row in rows for source in row["sources"]}
        self.assertIs(sources.get("services.invoice.calls[0]"), True, rows)

    def test_explain_backwards_of_several(self):
        both = SHOP.replace("replicas: 2}", "replicas: 2}\n  gate: {runtime: cpython, replicas: 3}")
        self.write("shop/hybriddeploy.yaml", both)
        self.write("billing/hybriddeploy.yaml", BILLING + "  gate: {runtime: cpython, replicas: 4}\n")
        self.product("generate", "-q", *F, "-o", "out/")
        message = self.refused(WRONG_CALL, "explain", *F, "Deployment/gate", "spec.replicas")
        self.assertIn("Deployment/gate is of several applications: billing and shop\nsay which one is meant, as in billing/Deployment/gate\n", message)
        for name, replicas in (("shop", 3), ("billing", 4)):
            answer = self.product("explain", *F, f"{name}/Deployment/gate", "spec.replicas")
            self.assertRegex(answer, rf"^{name}/50-deployment-gate\.yaml:\d+: spec\.replicas: {replicas}\n    {name}/hybriddeploy\.yaml:")
            place = answer.split(": ")[0]
            # The namespace in the file decides.
            self.assertEqual(self.product("explain", *F, f"out/{place}"), answer)
        # A file without namespace is of the application whose folder it is in.
        bare = (self.folder / f"out/{place}".split(":")[0]).read_text().replace("  namespace: billing-prod\n", "", 1)
        self.write("out/billing/bare.yaml", bare)
        self.write("bare.yaml", bare)
        line = next(number for number, text in enumerate(bare.splitlines(), 1) if "replicas: 4" in text)
        self.assertIn("services.gate.replicas: 4", self.product("explain", *F, f"out/billing/bare.yaml:{line}"))
        message = self.refused(WRONG_CALL, "explain", *F, f"bare.yaml:{line}")
        self.assertIn("Deployment/gate is of several applications: billing and shop\nbare.yaml is in no folder of one of these names; name the object and "
                      "the field, as in billing/Deployment/gate FIELD\n", message)

    def test_explain_backwards_refuses(self):
        self.assertIn("did you mean Deployment/orders?", self.refused(WRONG_CALL, "explain", *F, "Deployment/order", "kind"))
        self.assertIn("did you mean shop/Deployment/orders?", self.refused(WRONG_CALL, "explain", *F, "shop/Deployment/order", "kind"))
        self.assertIn("no application of the workspace gives shp/Deployment/orders; did you mean shop/Deployment/orders?",
                      self.refused(WRONG_CALL, "explain", *F, "shp/Deployment/orders"))
        self.assertIn("has nothing at spec.nowhere", self.refused(WRONG_CALL, "explain", *F, "Deployment/orders", "spec.nowhere"))
        self.write("contracts/shop.json", self.product("contract", "-f", "shop/hybriddeploy.yaml"))
        self.write(FILE, "applications: [billing/hybriddeploy.yaml, contracts/shop.json]\n")
        self.assertIn("known by its contract alone", self.refused(WRONG_CALL, "explain", *F, "shop/Deployment/orders"))

    def test_explain_backwards_beside_a_mistake(self):
        """The applications that are right are explained beside those that are not, which is told, as with their models."""
        self.write("billing/hybriddeploy.yaml", BILLING + "  gate: {runtime: cpython, replica: 4}\n")
        done = self.run_it("explain", *F, "Deployment/orders", "spec.replicas")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn("services.orders.replicas: 2", done.stdout)
        self.assertIn('there is no key "replica"', done.stderr)
        self.assertIn('there is no key "replica"', self.refused(WRONG_MODEL, "explain", *F, "billing/Deployment/invoice"))

    def test_names_of_strangers_are_shown_as_text(self):
        self.product("generate", "-q", *F, "-o", "out/")
        self.write("shop/hybriddeploy.yaml", SHOP.replace("name: shop", r'name: "s\e[31m\nhop"'))
        (self.folder / "out/shop").rename(self.folder / "out/x\033[32m")
        for call in (("list", "applications", *F), ("diff", "out/", FILE), ("diff", "out/", FILE, "--format", "markdown")):
            done = self.run_it(*call)
            self.assertEqual(done.returncode, WRONG_MODEL)
            self.assertNotIn("\033", done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"s(<|&#60;)U\+001B(>|&#62;)(\[|&#91;)31m hop")
        self.assertIn("(before)", self.run_it("diff", "out/", FILE).stdout)
        self.write("shop/hybriddeploy.yaml", SHOP)
        done = self.run_it("generate", *F, "-o", "out/", "--check")
        self.assertIn("out/x<U+001B>[32m: belongs to no application of the workspace\n", done.stdout)

    def test_contracts(self):
        """What is between applications makes no model of a contract, and no mistake of the old side."""
        self.write("all.workspace.yaml", "applications: [billing/hybriddeploy.yaml, shop.json]\n")
        self.write("shop.json", self.product("contract", "-f", "shop/hybriddeploy.yaml"))
        right = (self.folder / "shop.json").read_text()
        self.write("shop/hybriddeploy.yaml", SHOP.replace("callers: [billing/invoice], ", ""))
        self.write("shop.json", self.run_it("contract", "-f", "shop/hybriddeploy.yaml").stdout)
        done = self.run_it("list", "applications", "-f", "all.workspace.yaml", "--format", "json")
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([(row["application"], row["kind"], row["errors"]) for row in rows], [("billing", "model", 1), ("shop", "contract", 1)])
        self.commit()
        self.write("shop.json", right)
        told = "application shop is known by its contract alone\n\n1 application is unchanged\n"
        self.assertEqual(self.product("diff", "main", "-f", "all.workspace.yaml"), told)
        self.git("commit", "-qam", "two")
        done = self.run_it("diff", "main", "main~1", "-f", "all.workspace.yaml")
        self.assertEqual((done.returncode, done.stdout.startswith(told), done.stdout.count("[HD3189]")), (WRONG_MODEL, True, 1))
        self.write("one.workspace.yaml", "applications: [shop.json]\n")
        self.assertIn("one.workspace.yaml lists contracts alone: graph needs the model of at least one", self.refused(WRONG_CALL, "graph", "-f", "one.workspace.yaml"))

    def test_list_of_cases(self):
        """An application is wrong when an error is its own, or that of a call between it and another one."""
        cases = Path(__file__).resolve().parent.parent / "cases"
        for case in sorted(path.parent for path in cases.glob("*/hybriddeploy.workspace.yaml")):
            self.folder = case
            done = self.run_it("list", "applications", *F, "--format", "json")
            wrong = [row["file"].removesuffix("/hybriddeploy.yaml") for row in map(json.loads, done.stdout.splitlines()) if row["errors"]]
            self.assertEqual(wrong, WRONG.get(case.name, []), case.name)

    def test_list(self):
        self.assertEqual(self.product("list", "applications", *F),
                         "billing  model     billing/hybriddeploy.yaml\nshop     model     shop/hybriddeploy.yaml\n")
        self.write("shop/hybriddeploy.yaml", SHOP.replace("runtime: cpython, callers", "runtime: cpythn, callers"))
        rows = [json.loads(line) for line in self.run_it("list", "applications", *F, "--format", "json").stdout.splitlines()]
        self.assertEqual([(row["application"], row["kind"], row["namespace"]) for row in rows], [("billing", "model", "billing-prod"), ("shop", "model", "shop")])
        self.assertGreater(rows[1]["errors"], 0)

    def test_generate_check(self):
        self.product("generate", *F, "-o", "out/")
        self.assertEqual(self.product("generate", *F, "-o", "out/", "--check"), "")
        (self.folder / "out/shop/45-service-orders.yaml").unlink()
        (self.folder / "out/billing").rename(self.folder / "out/other")
        done = self.run_it("generate", *F, "-o", "out/", "--check")
        self.assertEqual(done.returncode, DRIFT)
        self.assertIn("out/shop/45-service-orders.yaml: is missing\n", done.stdout)
        self.assertIn("out/billing/00-namespace-billing-prod.yaml: is missing\n", done.stdout)
        self.assertIn("out/other: belongs to no application of the workspace\n", done.stdout)

    def test_generate_outputs_and_depfile(self):
        paths = self.product("generate", *F, "-o", "out/", "--outputs").split()
        self.product("generate", *F, "-o", "out/", "--depfile", "out.d")
        self.assertEqual(sorted(paths), sorted(str(path.relative_to(self.folder)) for path in (self.folder / "out").rglob("*") if path.is_file()))
        self.assertEqual((self.folder / "out.d").read_text(), "out/billing/.hybriddeploy out/shop/.hybriddeploy : "
                         f"{FILE} billing/hybriddeploy.yaml shop/hybriddeploy.yaml\n")
        self.write("shop/hybriddeploy.staging.yaml", "services: {orders: {replicas: 7}}\n")
        self.product("generate", *F, "-o", "out/", "-e", "staging", "--depfile", "out.d")
        self.assertTrue((self.folder / "out.d").read_text().endswith(" shop/hybriddeploy.yaml shop/hybriddeploy.staging.yaml\n"))

    def test_generate_only(self):
        self.assertEqual(self.product("generate", *F, "--only", "Deployment/invoice").count("kind: Deployment"), 1)

    def test_settings(self):
        text = self.product("generate", *F, "--set", 'shop/imageTag="2.0"', "--set", "*/platform={prometheus: false}")
        self.assertIn("registry.example.com/orders:2.0", text)
        self.assertIn("registry.example.com/invoice:1.0", text)
        self.assertNotIn("monitoring", text)
        self.assertIn("replicas: 5", self.product("generate", *F, "-e", "production"))

    def test_environments_are_validated(self):
        self.write("shop/hybriddeploy.yaml", SHOP.replace("replicas: 5", "callers: []"))
        done = self.run_it("validate", *F)
        self.assertEqual((done.returncode, done.stderr.count("[HD3189]")), (WRONG_MODEL, 1), done.stderr)

    def test_diff_revision(self):
        self.commit()
        self.assertEqual(self.product("diff", "main", *F), "2 applications are unchanged\n")
        self.write("shop/hybriddeploy.yaml", SHOP.replace("replicas: 2", "replicas: 3"))
        text = self.product("diff", "main", *F)
        self.assertTrue(text.startswith("application shop\nshop/hybriddeploy.yaml:7:"), text)
        self.assertTrue(text.endswith("\n\n1 application is unchanged\n"))
        # A model is found in the revision by the pattern, also when it is gone now.
        (self.folder / "billing/hybriddeploy.yaml").unlink()
        self.write("shop/hybriddeploy.yaml", SHOP.replace(", billing/invoice]", "]").replace("callers: [billing/invoice], ", ""))
        text = self.product("diff", "main", *F)
        self.assertIn("application billing is gone\n", text)
        self.assertIn("main:./shop/hybriddeploy.yaml:", text)
        self.assertEqual(self.run_it("diff", "main", *F, "--fail-on", "delete").returncode, DRIFT)
        self.assertIn("is neither a file nor a revision", self.refused(UNREADABLE, "diff", "nowhere", *F))

    def test_diff_revision_reads_what_models_name(self):
        self.write("shop/hybriddeploy.yaml", SHOP + "  # see files\nmanifests: [more/map.yaml]\n")
        self.write("shop/more/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata: {a: one}\n")
        self.write("shop/hybriddeploy.staging.yaml", "services: {orders: {replicas: 7}}\n")
        self.commit()
        self.write("shop/more/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata: {a: two}\n")
        self.write("shop/hybriddeploy.staging.yaml", "services: {orders: {replicas: 8}}\n")
        text = self.product("diff", "main", *F, "-e", "staging")
        self.assertIn('data.a: "one" -> "two"', text)
        self.assertIn("services.orders.replicas: 7 -> 8", text)

    def test_diff_two_revisions(self):
        self.commit()
        self.write("shop/hybriddeploy.yaml", SHOP.replace("replicas: 2", "replicas: 3"))
        self.git("commit", "-qam", "two")
        self.write("shop/hybriddeploy.yaml", SHOP.replace("replicas: 2", "replicas: 4"))
        self.assertIn("services.orders.replicas: 2 -> 3\n", self.product("diff", "main~1", "main", *F))
        self.write("new.workspace.yaml", "applications: [shop/hybriddeploy.yaml]\n")
        self.assertIn("new.workspace.yaml is no file of the revision main\n", self.refused(UNREADABLE, "diff", "main", "-f", "new.workspace.yaml"))

    def test_diff_revision_of_odd_paths(self):
        self.write(FILE, 'applications: ["./billing/*.y*l", .//shop/./hybriddeploy.yaml]\n')
        self.write("shop/hybriddeploy.yaml", SHOP + '  more: {runtime: cpython, configFiles: [{path: /etc/more.conf, fromFile: "a, b/my file.conf"}]}\n')
        self.write("shop/hybriddeploy.staging.yaml", "services: {orders: {replicas: 7}}\n")
        self.write("shop/a, b/my file.conf", "one\n")
        self.commit()
        self.write("shop/a, b/my file.conf", "two\n")
        text = self.product("diff", "main", *F, "-e", "staging")
        self.assertIn('"one\\n" -> "two\\n"', text)
        self.assertTrue(text.endswith("\n1 application is unchanged\n"))

    def test_diff_breaks_others(self):
        self.commit()
        self.write("shop/hybriddeploy.yaml", SHOP.replace("callers: [billing/invoice], ", ""))
        done = self.run_it("diff", "main", *F, "--format", "json")
        found = json.loads(done.stdout)
        self.assertEqual((done.returncode, [one["code"] for one in found["breaks"]]), (WRONG_MODEL, ["HD3189"]))
        self.assertEqual({one["application"]: one["state"] for one in found["applications"]}, {"billing": "same", "shop": "changed"})
        self.assertIn("  billing/hybriddeploy.yaml:6:39: shop/orders does not let billing/invoice in [HD3189]\n", self.run_it("diff", "main", *F).stdout)
        self.assertIn("### What the change breaks between applications\n", self.run_it("diff", "main", *F, "--format", "markdown").stdout)
        # What was broken before is broken by no change; mending it is fine.
        self.git("commit", "-qam", "two")
        self.assertEqual(json.loads(self.run_it("diff", "main", *F, "--format", "json").stdout)["breaks"], [])
        self.write("shop/hybriddeploy.yaml", SHOP)
        self.assertEqual(json.loads(self.product("diff", "main", *F, "--format", "json"))["breaks"], [])

    def test_diff_sarif(self):
        """One document of all applications, with what the change breaks between them, each at its place."""
        self.commit()
        self.write("shop/hybriddeploy.yaml", SHOP.replace("callers: [billing/invoice], ", "").replace("replicas: 2", "replicas: 3"))
        self.write("more/hybriddeploy.yaml", "name: more\nimageRegistry: registry.example.com/more\nimageTag: '1.0'\nservices: {more: {runtime: cpython}}\n")
        done = self.run_it("diff", "main", *F, "--format", "sarif")
        self.assertEqual(done.returncode, WRONG_MODEL, done.stderr)
        [run] = json.loads(done.stdout)["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        found = {}
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            place = result["locations"][0]["physicalLocation"]
            found.setdefault((result["ruleId"], place["artifactLocation"]["uri"]), []).append((result["message"]["text"].split("\n")[0], place["region"]["startLine"]))
        self.assertEqual(found["breaks", "billing/hybriddeploy.yaml"], [("shop/orders does not let billing/invoice in", 6)])
        self.assertIn(("shop: services.orders.replicas: 2 -> 3", 7), found["update", "shop/hybriddeploy.yaml"])
        self.assertTrue(all(text.startswith("more: ") for text, _ in found["create", "more/hybriddeploy.yaml"]))
        # It is told which application was not compared.
        self.write("shop.json", self.product("contract", "-f", "shop/hybriddeploy.yaml"))
        self.write("two.workspace.yaml", "applications: [billing/hybriddeploy.yaml, shop.json]\n")
        [run] = json.loads(self.run_it("diff", "two.workspace.yaml", "two.workspace.yaml", "--format", "sarif").stdout)["runs"]
        self.assertEqual([note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]], ["shop: known by its contract alone"])

    def test_diff_files_folders_and_environments(self):
        self.product("generate", *F, "-o", "out/")
        self.assertEqual(self.product("diff", "out", FILE), "2 applications are unchanged\n")
        self.write("two.workspace.yaml", "applications: [billing/hybriddeploy.yaml, shop.json]\n")
        self.write("shop.json", self.product("contract", "-f", "shop/hybriddeploy.yaml"))
        self.assertEqual(self.product("diff", FILE, "two.workspace.yaml"), "application shop is known by its contract alone\n\n1 application is unchanged\n")
        (self.folder / "out/shop").rename(self.folder / "out/old")
        text = self.product("diff", "out", FILE)
        self.assertIn("application shop is new\n", text)
        self.assertIn("application old is gone\n", text)
        self.assertIn("application shop\n", self.product("diff", *F, "-e", "base", "-e", "production"))

    def test_diff_connections_of_folders(self):
        """Each application's connections are compared, also where a side is manifests or does not have it."""
        self.write("two.workspace.yaml", "applications: [shop/hybriddeploy.yaml]\n")
        alone = SHOP.replace(", billing/invoice]", "]").replace("callers: [billing/invoice], ", "").replace('schedule: "@daily", ', "")
        self.write("shop/hybriddeploy.yaml", alone)
        self.product("generate", "-f", "two.workspace.yaml", "-o", "out/")
        self.write("shop/hybriddeploy.yaml", alone.replace("replicas: 2", "replicas: 2, calls: [web]"))
        self.assertIn("connections\n  + orders -> web 8000/TCP\n", self.product("diff", "out", "two.workspace.yaml"))
        for form in ("markdown", "sarif", "html"):
            self.assertIn("orders -> web" if form == "sarif" else "orders -&#62; web", self.product("diff", "out", "two.workspace.yaml", "--format", form), form)
        for form in ("text", "markdown", "json", "sarif", "html"):
            self.assertNotIn("not compared", self.product("diff", "out", "two.workspace.yaml", "--format", form), form)
        [shop] = json.loads(self.product("diff", "out", "two.workspace.yaml", "--format", "json"))["applications"]
        self.assertEqual([(one["from"], one["to"], one["added"]) for one in shop["diff"]["connections"]], [("orders", "web", True)])

    def test_workspace_beside_a_model(self):
        """Its name is like that of an environment's layer, which it is not."""
        self.write("hybriddeploy.yaml", SHOP.replace("name: shop", "name: root").replace(", billing/invoice]", "]").replace("callers: [billing/invoice], ", ""))
        self.product("validate", "-q")
        self.write(FILE, "applications: [hybriddeploy.yaml]\n")
        self.product("validate", "-q", *F)
        self.assertIn("root/web[CronJob] -> root/orders[Deployment]", self.product("graph", "-q", *F))

    def test_broken_beside_right(self):
        self.write("broken/hybriddeploy.yaml", "name: [\n")
        done = self.run_it("graph", *F)
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn("shop/web[CronJob] -> billing-prod/invoice[Deployment]: TCP 8000", done.stdout)
        self.assertIn("broken/hybriddeploy.yaml:", done.stderr)


main()
