"""hybridgen diff as SARIF and as a page of HTML, also where names and values are hostile.

$SARIF_SCHEMA is the official schema, as in test_formats.py.
"""
import html.parser
import json
import os
import unittest
from pathlib import Path

from harness import DRIFT, MODEL, WRONG_CALL, Case, main

HOSTILE = "a</script><script>alert(1)</script>\"'><img src=x onerror=y> [x](z) {0} \u202e\u0007\U000e0041 &amp; ]]>"
LEVELS = {"none": "note", "nothing": "note", "create": "note", "update": "note", "restart": "warning", "recreate": "error", "delete": "error", "data": "error",
          "connection": "note", "exposed": "warning", "breaks": "error"}
DATABASE = ("  db: {image: 'docker.io/library/postgres:16.4', runtime: container, kind: StatefulSet, replicas: 2, port: {port: 5432, protocol: tcp},\n"
            "       volumes: {data: {mountPath: /data, claimTemplate: 10Gi}}}\n")


class Formats(Case):
    def diff(self, form, new, *args, old=MODEL):
        self.write("old.yaml", old)
        self.write("new.yaml", new)
        return self.product("diff", "old.yaml", "new.yaml", "--format", form, *args)


class Sarif(Formats):
    def assert_place(self, result):
        """Code scanning refuses a document in which one result has no file."""
        [place] = result["locations"]
        self.assertTrue(place["physicalLocation"]["artifactLocation"]["uri"])
        self.assertGreater(place["physicalLocation"]["region"]["startLine"], 0)

    def results(self, new, *args, old=MODEL):
        log = json.loads(self.diff("sarif", new, *args, old=old))
        [run] = log["runs"]
        if "SARIF_SCHEMA" in os.environ:
            import jsonschema
            jsonschema.validate(log, json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text()))
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual({rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}, LEVELS)
        for result in run["results"]:
            self.assert_place(result)
            self.assertEqual((rules[result["ruleIndex"]]["id"], result["level"]), (result["ruleId"], LEVELS[result["ruleId"]]))
        return run["results"]

    def test_each_cause_is_a_result(self):
        """At its place, with the rule of the greatest effect; the same causes and effects as in JSON."""
        old = MODEL + DATABASE
        new = old.replace('"1.0"', '"1.1"').replace("    calls: [catalog]\n", "").replace("10Gi", "20Gi").replace("condon", "condon\n    env: {A: b}")
        results = self.results(new, old=old)
        whole = json.loads(self.diff("json", new, old=old))
        order = ["nothing", "create", "update", "restart", "recreate", "delete", "data"]
        meant = []
        for number, cause in enumerate(whole["causes"]):
            effects = [item["effect"] for item in whole["objects"] if number in item["causes"]]
            meant.append((cause["path"], cause["file"], cause["line"], cause["column"], max(effects, key=order.index) if effects else "none"))
        found = []
        for result in results[:len(meant)]:
            [place] = result["locations"]
            region = place["physicalLocation"]["region"]
            found.append((place["logicalLocations"][0]["fullyQualifiedName"], place["physicalLocation"]["artifactLocation"]["uri"], region["startLine"],
                          region["startColumn"], result["ruleId"]))
        self.assertEqual(found, meant)
        self.assertEqual({rule for *_, rule in found} - {"none"}, {"data", "restart", "update"})
        self.assertEqual([(result["ruleId"], result["message"]["text"]) for result in results[len(meant):]],
                         [("connection", "connection that is gone: web -> catalog 8000/TCP, call")])

    def test_a_way_in(self):
        [*_, last] = self.results(MODEL, old=MODEL.replace("    expose: /\n", ""))
        self.assertEqual(last["locations"], [{"physicalLocation": {"artifactLocation": {"uri": "new.yaml"}, "region": {"startLine": 6, "startColumn": 13}},
                                              "logicalLocations": [{"fullyQualifiedName": "gateway -> web"}]}])
        self.assertEqual((last["ruleId"], last["message"]["text"]), ("exposed", "new connection: gateway -> web 8000/TCP, gateway"))

    def test_nothing(self):
        self.assertEqual(self.results(MODEL), [])

    def test_objects_without_a_cause(self):
        """Where OLD is a folder, and no line of the model fits."""
        self.write("hybriddeploy.yaml", MODEL)
        self.product("generate", "-o", "old/")
        service = next((self.folder / "old").glob("45-service-catalog.yaml"))
        service.write_text(service.read_text().replace("ports:", "sessionAffinity: ClientIP\n  ports:"))
        run = json.loads(self.product("diff", "old", "--format", "sarif"))["runs"][0]
        told = [result for result in run["results"] if "Service/catalog" in result["message"]["text"]]
        self.assertEqual(len(told), 1)
        for result in run["results"]:
            self.assert_place(result)
        self.assertIn("not compared: connections" if "invocations" in run else "", json.dumps(run))

    def test_hostile(self):
        new = MODEL.replace("condon", f"condon\n    env: {json.dumps({'A': HOSTILE})}")
        text = self.diff("sarif", new)
        for raw in "\u202e\u0007\U000e0041":
            self.assertNotIn(raw, text)
        [result] = self.results(new)
        self.assertIn("{{0}}", result["message"]["text"])
        self.assertIn("\\[x\\](z)", result["message"]["text"])
        self.assertIn("\U000e0041", result["message"]["text"])
        self.write("a b\u00e9:\x07.yaml", MODEL.replace('"1.0"', '"1.1"'))
        done = self.product("diff", "old.yaml", "a b\u00e9:\x07.yaml", "--format", "sarif")
        self.assertEqual(json.loads(done)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b%C3%A9%3A%07.yaml")

    def test_bytes_that_are_no_text(self):
        name = b"n\xff.yaml"
        with open(os.path.join(os.fsencode(self.folder), name), "w", encoding="utf-8") as file:
            file.write(MODEL.replace('"1.0"', '"1.1"'))
        self.write("old.yaml", MODEL)
        for form in ("sarif", "html"):
            self.product("diff", "old.yaml", os.fsdecode(name), "--format", form, text=False).decode()

    @unittest.skipUnless("SARIF_SCHEMA" in os.environ, "$SARIF_SCHEMA does not name sarif-schema-2.1.0.json")
    def test_schema_is_the_official_one(self):
        self.assertIn("sarif-schema-2.1.0", json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text())["id"])

    def test_fail_on(self):
        self.write("old.yaml", MODEL)
        self.write("new.yaml", MODEL.replace('"1.0"', '"1.1"'))
        self.assertEqual(self.run_it("diff", "old.yaml", "new.yaml", "--format", "sarif", "--fail-on", "restart").returncode, DRIFT)
        self.assertIn("text, json, markdown, sarif, html", self.refused(WRONG_CALL, "diff", "old.yaml", "--format", "pdf"))


class Page(html.parser.HTMLParser):
    """Reads a page as a browser does, and holds it to what it may have."""
    VOID = {"meta", "br"}
    ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "span", "code", "section", "details", "summary", "table", "tr", "th", "td", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.text, self.n = [], [], "", {}
        # Texts of the sections of applications, and of the one that is open its first character and how deep it stands.
        self.applications, self.begin, self.depth = [], 0, 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.n[tag] = self.n.get(tag, 0) + 1
        names = {name for name, _ in attrs}
        if tag not in self.ALLOWED or names - {"class", "lang", "charset", "name", "content", "http-equiv"}:
            self.wrong.append((tag, attrs))
        if tag not in self.VOID:
            self.open.append(tag)
        if ("class", "application") in attrs:
            self.begin, self.depth = len(self.text), len(self.open)

    def application(self, name):
        """The text of its section, whose heading begins with the name."""
        [text] = [text for text in self.applications if text.split()[0].rstrip(":") == name]
        return text

    def handle_endtag(self, tag):
        if len(self.open) == self.depth:
            self.applications.append(self.text[self.begin:])
            self.depth = 0
        if not self.open or self.open.pop() != tag:
            self.wrong.append(("/" + tag, self.getpos()))

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


class Html(Formats):
    def page(self, new, *args, old=MODEL):
        return self.read(self.diff("html", new, *args, old=old))

    def read(self, text):
        page = Page(text)
        self.assertEqual((page.wrong, page.open), ([], []))
        for outside in ("http://", "https://", "url(", "@import", "<script", "src="):
            self.assertNotIn(outside, text.replace("onerror", ""), outside)
        self.assertIn("default-src 'none'", text)
        self.assertIn("prefers-color-scheme: dark", text)
        return page

    def test_whole(self):
        """Every object with its effect, every field, cause, connection and sum of the load that JSON has."""
        new = MODEL.replace('"1.0"', '"1.1"').replace("[catalog]", "[orders]").replace("catalog:", "orders:").replace("condon", "condon\n    resources: {requests: {memory: 3Gi}, limits: {memory: 3Gi}}")
        page = self.page(new)
        whole = json.loads(self.diff("json", new))
        self.assertIn(f"{len(whole['objects'])} objects differ", page.text)
        for item in whole["objects"]:
            self.assertIn(f"{item['effect']} {item['kind']}/{item['name']}", page.text)
            for field in item["fields"]:
                self.assertIn(field["path"], page.text)
        for cause in whole["causes"]:
            self.assertIn(f"{cause['path']}: ", page.text)
            self.assertIn(f"{cause['file']}:{cause['line']}:{cause['column']}", page.text)
        for edge in whole["edges"]:
            self.assertIn(f"{edge['from']} -> {edge['to']}", page.text)
        self.assertIn("memory requests", page.text)
        self.assertEqual(page.n["details"], page.n["summary"])
        self.assertGreater(page.n["details"], 0)

    def test_nothing(self):
        self.assertIn("0 objects differ", self.page(MODEL).text)

    def test_hostile(self):
        page = self.page(MODEL.replace("condon", f"condon\n    env: {json.dumps({'A': HOSTILE})}").replace('"1.0"', '"1.1"'))
        self.assertIn("<img src=x onerror=y>", page.text)
        self.assertIn("<U+202E><U+0007><U+E0041>", page.text)
        self.assertNotIn("\u202e", page.text)
        self.write("hybriddeploy.yaml", MODEL)
        self.write("<b>&.yaml", MODEL.replace('"1.0"', '"1.1"'))
        text = self.product("diff", "hybriddeploy.yaml", "<b>&.yaml", "--format", "html")
        self.assertEqual(Page(text).wrong, [])

    def workspaces(self, old, new):
        """Writes both, each with its applications; returns the page of their comparison, and the same as JSON."""
        for side, models in (("old", old), ("new", new)):
            for name, text in models.items():
                self.write(f"{side}/models/{name}.yaml", text.replace("name: shop", f"name: {name}"))
            self.write(f"{side}/hybriddeploy.workspace.yaml", "applications: [models/*.yaml]\n")
        sides = [f"{side}/hybriddeploy.workspace.yaml" for side in ("old", "new")]
        done = [self.run_it("diff", *sides, "--format", form) for form in ("html", "json")]
        self.assertEqual(done[0].returncode, done[1].returncode)
        return self.read(done[0].stdout), json.loads(done[1].stdout)

    def test_workspace(self):
        """One page, with a section for each application that differs, and in it all that JSON has of it."""
        new = MODEL.replace('"1.0"', '"1.1"').replace("[catalog]", "[orders]").replace("catalog:", "orders:")
        new = new.replace("condon", "condon\n    resources: {requests: {cpu: 2}, limits: {cpu: 2}}")
        page, whole = self.workspaces({"first": MODEL, "gone": MODEL, "same": MODEL}, {"first": new, "more": MODEL, "same": MODEL})
        texts = {name: page.application(name) for name in ("first", "more", "gone")}
        self.assertEqual((page.n["html"], len(page.applications), "Applications that differ: 3 of 4" in page.text), (1, 3, True))
        self.assertIn(f"The worst effect is {whole['worst']}.", page.text.split("Applications that differ")[1].split("first: ")[0])
        compared = {one["application"]: one for one in whole["applications"]}
        self.assertEqual({name: one["state"] for name, one in compared.items()}, {"first": "changed", "more": "new", "gone": "gone", "same": "same"})
        self.assertEqual([texts[name].split(":")[0].strip() for name in texts], ["first", "more is new", "gone is gone"])
        for name, text in texts.items():
            diff = compared[name]["diff"]
            self.assertIn(f": {len(diff['objects'])} objects differ\nThe worst effect is {diff['worst']}.", text)
            for item in diff["objects"]:
                self.assertIn(f"{item['effect']} {item['kind']}/{item['name']}", text)
                for field in item["fields"]:
                    self.assertIn(field["path"], text)
            for cause in diff["causes"]:
                self.assertIn(f"{cause['path']}: ", text)
                self.assertIn(f"{cause['file']}:{cause['line']}:{cause['column']}" if cause["file"] else "", text)
            for edge in diff.get("connections", diff["edges"]):
                self.assertIn(f"{edge['from']} -> {edge['to']}", text)
            self.assertEqual("cpu requests" in text, diff["load"]["before"] != diff["load"]["after"])
        # The other files of both sides are as before: nothing differs now.
        page, _ = self.workspaces({"more": MODEL}, {"first": MODEL, "gone": MODEL})
        self.assertEqual((page.applications, "Applications that differ: 0 of 4" in page.text, "The worst effect is nothing." in page.text), ([], True, True))

    def test_workspace_that_disagrees(self):
        """The calls that the change breaks stand before all applications; those that are not compared say why."""
        caller = MODEL.replace("[catalog]", "[catalog, other/web]")
        callee = MODEL.replace("    expose: /\n", "    callers: [caller/web]\n")
        page, whole = self.workspaces({"caller": caller, "other": callee, "wrong": MODEL},
                                      {"caller": caller, "other": callee.replace("    callers: [caller/web]\n", ""), "wrong": MODEL.replace("[catalog]", "[<b>&nowhere]")})
        self.assertEqual(len(whole["breaks"]), 1)
        self.assertIn("Applications that differ: 1 of 3, not compared: 1", page.text)
        for one in whole["breaks"]:
            told = f"breaks {one['message']} [{one['code']}] {one['file']}:{one['line']}:{one['column']}"
            self.assertIn(told, page.text)
            self.assertLess(page.text.index(told), page.text.index(page.applications[0]))
        self.assertEqual(page.application("wrong").split(), ["wrong", "not", "compared,", "because", "its", "model", "has", "mistakes"])

    def test_workspace_of_hostile_folders(self):
        """Names of applications that only folders can have."""
        self.workspaces({"a": MODEL}, {"a": MODEL})
        name = "<img src=x onerror=y>&\"'\u202e"
        self.product("generate", "-f", "old/hybriddeploy.workspace.yaml", "-o", "out/")
        (self.folder / "out/a").rename(self.folder / "out" / name)
        page = self.read(self.product("diff", "out", "new/hybriddeploy.workspace.yaml", "--format", "html"))
        self.assertIn("<img src=x onerror=y>&\"'<U+202E> is gone: ", page.text)
        self.assertIn("a is new: ", page.text)

    def test_hostile_manifests(self):
        """Names of objects and fields that no server would take, but files have."""
        name = json.dumps(HOSTILE)
        for side, value in (("a", 1), ("b", 2)):
            self.write(f"{side}.yaml", f"apiVersion: v1\nkind: Thing\nmetadata: {{name: {name}}}\n{name}: {value}\n")
        for form in ("html", "sarif"):
            text = self.product("diff", "a.yaml", "b.yaml", "--format", form)
            self.assertNotIn("\u202e", text)
            if form == "html":
                self.assertEqual(Page(text).wrong, [])
            else:
                json.loads(text)


if __name__ == "__main__":
    main()
