"""Diagnostics for machines: SARIF, GitHub's annotations, GitLab's code quality and JUnit, also where a text is hostile or the call is wrong.

$SARIF_SCHEMA is the official schema, sarif-schema-2.1.0.json; with it and the package jsonschema, what is written is checked by it.
"""
import json
import os
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from harness import FINE, MODEL, WRONG_CALL, WRONG_MODEL, Case, main

DOCUMENTS = ("sarif", "gitlab", "junit")
FORMATS = ("json", "github", *DOCUMENTS)
WRONG = MODEL.replace("calls: [catalog]", "calls: [catalgo]") + "    autoscaling: {minReplicas: 12, maxReplicas: 10}\n"
HOSTILE = MODEL + '    "a\\e[31m\u202e]](x) {0} %0A::error,b: <c>&\'\\n": 2\n'


class Formats(Case):
    def said(self, form, *args, status=WRONG_MODEL):
        done = self.run_it("validate", "--diagnostics", form, *args)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def sarif(self, *args, status=WRONG_MODEL):
        log = json.loads(self.said("sarif", *args, status=status))
        self.assertEqual((log["version"], len(log["runs"])), ("2.1.0", 1))
        self.check_schema(log)
        for result in log["runs"][0]["results"]:
            rule = log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
            self.assertEqual(rule["id"], result["ruleId"])
            self.assertTrue(rule["help"]["text"] and rule["help"]["markdown"] and rule["shortDescription"]["text"])
        return log["runs"][0]

    def check_schema(self, log):
        if "SARIF_SCHEMA" in os.environ:
            import jsonschema
            jsonschema.validate(log, json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text()))

    def test_whole_documents(self):
        """Every member of every form stands in forms.txt: an error, a warning, a note, a hint, a change, and what is not shown."""
        self.write("hybriddeploy.yaml", WRONG.replace("1.0", "latest"))
        self.write("more.yaml", "services: {catalog: {replica: 2, ports: [{name: http, port: 8000}, {name: odd, port: 8001}]}}\n")
        said = "".join(f"{form} {' '.join(args)}\n{self.said(form, *args)}\n"
                       for form in FORMATS for args in ([], ["--max-diagnostics", "1"], ["-f", "hybriddeploy.yaml", "-f", "more.yaml"]))
        version = self.product("version").split()[1]
        self.assertEqual(said.replace(version, "VERSION"), Path(__file__).with_name("forms.txt").read_text())

    @unittest.skipUnless("SARIF_SCHEMA" in os.environ, "$SARIF_SCHEMA does not name sarif-schema-2.1.0.json")
    def test_schema_is_the_official_one(self):
        self.assertIn("sarif-schema-2.1.0", json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text())["id"])

    def test_sarif(self):
        self.write("hybriddeploy.yaml", WRONG)
        first, second = self.sarif()["results"]
        self.assertEqual(first["message"]["text"], 'there is no service or external "catalgo"\nhint: did you mean catalog?')
        place = first["locations"][0]["physicalLocation"]
        self.assertEqual(place, {"artifactLocation": {"uri": "hybriddeploy.yaml"},
                                 "region": {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 20}})
        self.assertEqual(first["locations"][0]["logicalLocations"], [{"fullyQualifiedName": "services.web.calls[0].to"}])
        change = first["fixes"][0]["artifactChanges"][0]
        self.assertEqual(change["replacements"], [{"deletedRegion": place["region"], "insertedContent": {"text": "catalog"}}])
        self.assertEqual(second["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"], 49)
        self.assertNotIn("fixes", second)

    def test_sarif_of_other_names(self):
        self.write("a b:\u00e9.yaml", WRONG)
        self.assertEqual(self.sarif("-f", "a b:\u00e9.yaml")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                         "a%20b%3A%C3%A9.yaml")
        self.write("hybriddeploy.yaml", MODEL)
        location = self.sarif("--set", "services.web.replica=2")["results"][0]["locations"][0]
        self.assertEqual(location, {"logicalLocations": [{"fullyQualifiedName": "services.web.replica"}]})

    def test_github(self):
        self.write("hybriddeploy.yaml", WRONG)
        self.assertEqual(self.said("github").splitlines()[0], "::error file=hybriddeploy.yaml,line=7,endLine=7,col=13,endColumn=20,title=HD3015::"
                         'there is no service or external "catalgo"%0Ahint: did you mean catalog?')

    def test_gitlab(self):
        self.write("hybriddeploy.yaml", WRONG)
        first, second = issues = json.loads(self.said("gitlab"))
        self.assertEqual((first["check_name"], first["severity"], first["location"]), ("HD3015", "major", {"path": "hybriddeploy.yaml", "lines": {"begin": 7}}))
        self.assertNotEqual(first["fingerprint"], second["fingerprint"])
        self.write("hybriddeploy.yaml", "# moved\n\n" + WRONG)
        moved = json.loads(self.said("gitlab", "-f", "./hybriddeploy.yaml"))
        self.assertEqual(moved[0]["location"]["path"], "hybriddeploy.yaml")
        moved = json.loads(self.said("gitlab"))
        self.assertEqual([one["fingerprint"] for one in moved], [one["fingerprint"] for one in issues])

    def test_junit(self):
        self.write("hybriddeploy.yaml", WRONG)
        self.write("fine.yaml", MODEL)
        suite = ElementTree.fromstring(self.said("junit", "hybriddeploy.yaml", "fine.yaml")).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("3", "2"))
        cases = suite.findall("testcase")
        self.assertEqual([case.get("classname") for case in cases], ["hybriddeploy.yaml", "hybriddeploy.yaml", "fine.yaml"])
        self.assertEqual(cases[0].get("name"), "HD3015 services.web.calls[0].to")
        self.assertIn("    7 |     calls: [catalgo]\n      |             ^~~~~~~\n", cases[0].find("failure").text)
        self.assertIsNone(cases[2].find("failure"))

    def test_warnings_pass_unless_strict(self):
        self.write("hybriddeploy.yaml", MODEL + "  job:\n    calls: [web]\n")
        case = ElementTree.fromstring(self.said("junit", status=FINE)).find("testsuite/testcase")
        self.assertEqual([child.tag for child in case], ["system-out"])
        case = ElementTree.fromstring(self.said("junit", "--strict")).find("testsuite/testcase")
        self.assertEqual([child.tag for child in case], ["failure"])
        self.assertEqual(json.loads(self.said("gitlab", status=FINE))[0]["severity"], "minor")
        self.assertIn("::warning file=", self.said("github", status=FINE))
        self.assertEqual(json.loads(self.said("gitlab", "-q", status=FINE)), [])

    def test_documents_are_there_without_findings(self):
        self.write("hybriddeploy.yaml", MODEL)
        self.assertEqual(self.sarif(status=FINE)["results"], [])
        self.assertEqual(json.loads(self.said("gitlab", status=FINE)), [])
        self.assertEqual(ElementTree.fromstring(self.said("junit", status=FINE)).find("testsuite").get("failures"), "0")
        self.assertEqual(self.said("github", status=FINE), "")

    def test_many_models_are_one_document(self):
        models = [f"app{i}/hybriddeploy.yaml" for i in range(5)]
        for model in models:
            self.write(model, WRONG)
        uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in self.sarif(*models)["results"]]
        self.assertEqual(uris, [model for model in models for _ in range(2)])
        self.assertEqual(len(json.loads(self.said("gitlab", *models))), 10)
        self.assertEqual(len(self.said("github", *models).splitlines()), 10)

    def test_hostile_text_is_escaped(self):
        self.write("hybriddeploy.yaml", HOSTILE)
        for form in FORMATS:
            said = self.said(form)
            self.assertFalse(any((c < " " and c != "\n") or c in "\x7f\u202e" for c in said), form)
        self.assertEqual(len(self.said("github").splitlines()), 1)
        self.assertIn("%250A::error,b", self.said("github"))
        text = self.sarif()["results"][0]["message"]["text"]
        self.assertIn("\\]\\](x) {{0}}", text)
        failure = ElementTree.fromstring(self.said("junit")).find("testsuite/testcase/failure")
        self.assertIn("<U+001B>[31m<U+202E>]](x) {0} %0A::error,b: <c>&'", failure.get("message"))
        self.assertIn("\u202e", json.loads(self.said("gitlab"))[0]["description"])

    def test_bytes_that_are_no_text(self):
        name = os.fsdecode(b"caf\xe9.yaml")
        self.folder.joinpath(name).write_text(WRONG)
        for form in FORMATS:
            self.said(form, "-f", name).encode("utf-8")

    def test_what_is_left_out_is_said(self):
        self.write("hybriddeploy.yaml", "".join(f"key{i}: 1\n" for i in range(30)) + MODEL)
        run = self.sarif("--max-diagnostics", "7")
        self.assertEqual(len(run["results"]), 7)
        self.assertEqual(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], "23 more are not shown")
        self.assertEqual(json.loads(self.said("gitlab", "--max-diagnostics", "7"))[7]["description"], "23 more are not shown")
        for form in ("github", "junit"):
            self.assertIn("23 more are not shown", self.said(form, "--max-diagnostics", "7"))

    def test_wrong_calls_are_said_in_the_format(self):
        for args in (["--bogus"], ["--color", "pink"], ["-v"], ["-f"]):
            finding = json.loads(self.said("json", *args, status=WRONG_CALL))
            self.assertEqual((finding["code"], finding["severity"], finding["file"]), ("HD1003", "error", None), args)
            self.assertEqual(self.sarif(*args, status=WRONG_CALL)["results"][0]["message"]["text"], finding["message"])
            self.assertIn(f"title=HD1003::{finding['message'][:10]}", self.said("github", *args, status=WRONG_CALL))
            self.assertEqual(json.loads(self.said("gitlab", *args, status=WRONG_CALL))[0]["check_name"], "HD1003")
        missing = json.loads(self.said("json", status=3))
        self.assertEqual((missing["code"], missing["hint"]), ("HD1013", "give a model with -f FILE, or write a first one with hybridgen init"))
        done = self.run_it("list", "--diagnostics=json", "codes")
        self.assertEqual((done.returncode, json.loads(done.stderr)["message"]), (WRONG_CALL, "list has no option --diagnostics"))

    def test_documents_of_generate(self):
        self.write("hybriddeploy.yaml", MODEL)
        done = self.run_it("generate", "--diagnostics", "sarif", "--only", "Deployment/wbe")
        self.assertEqual((done.returncode, done.stdout), (WRONG_CALL, ""))
        self.assertIn("did you mean Deployment/web?", json.loads(done.stderr)["runs"][0]["results"][0]["message"]["text"])
        done = self.run_it("generate", "--diagnostics", "gitlab")
        self.assertEqual((done.returncode, json.loads(done.stderr)), (FINE, []))
        self.assertIn("kind: Deployment", done.stdout)


if __name__ == "__main__":
    main()
