"""Arguments: verbs, options, what is wrong with a call, and help."""
import json
import re
from pathlib import Path

from harness import FINE, MODEL, UNREADABLE, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main

VERBS = ["init", "generate", "validate", "explain", "graph", "diff", "contract", "schema", "list", "version", "completion", "help"]


class Calls(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)

    def assert_wrong(self, said, *args):
        error = self.refused(WRONG_CALL, *args)
        self.assertTrue(error.startswith("hybridgen: "), error)
        self.assertIn(said, error)

    def test_no_verb(self):
        self.assert_wrong("a verb is missing")
        self.assert_wrong("a verb is missing", "-q")

    def test_unknown_verb(self):
        self.assert_wrong("did you mean generate?", "genrate")
        self.assert_wrong("there is no verb frobnicate", "frobnicate")

    def test_unknown_option(self):
        self.assert_wrong("there is no option --namspace; did you mean --namespace?", "generate", "--namspace", "x")
        self.assert_wrong("there is no option --namspace; did you mean --namespace?", "generate", "--namspace=x")
        self.assert_wrong("there is no option -x", "generate", "-x")
        self.assert_wrong("there is no option -x", "generate", "-qx")

    def test_argument_missing_or_unwanted(self):
        self.assert_wrong("--file needs FILE", "generate", "-f")
        self.assert_wrong("--file needs FILE", "generate", "--file")
        self.assert_wrong("--file: the argument is empty", "generate", "--file=")
        self.assert_wrong("--strict takes no argument", "generate", "--strict=yes")

    def test_words(self):
        self.assert_wrong("did you mean json?", "generate", "--format", "jsn")
        self.assert_wrong("did you mean always?", "generate", "--color", "alwys")
        self.assert_wrong("xml is not allowed here", "validate", "--diagnostics", "xml")
        self.assert_wrong("did you mean Deployment?", "generate", "--only", "Deploymnt")
        self.assert_wrong("did you mean StatefulSet?", "generate", "--only", "statefullset/web")
        self.assert_wrong("did you mean codes?", "list", "code")
        self.assert_wrong("tcsh is not allowed here", "completion", "tcsh")
        self.assert_wrong("did you mean validate?", "help", "validat")

    def test_numbers(self):
        for wrong in ("0", "-1", "x", "1x", "", " 1", "1000001", "99999999999999999999999"):
            self.assert_wrong("--max-diagnostics", "validate", "--max-diagnostics=" + wrong)

    def test_operands(self):
        self.assert_wrong("give all models in the same way", "generate", "hybriddeploy.yaml", "-f", "other.yaml")
        self.assert_wrong("standard input can be read only once", "validate", "-", "-")
        self.assert_wrong("is one too many", "explain", "HD1013", "HD1027")
        self.assert_wrong("is one too many", "version", "now")
        self.assert_wrong("list needs kinds|codes|parts", "list")
        self.assert_wrong("completion needs bash|zsh|fish", "completion")

    def test_options_of_other_verbs(self):
        for verb in ("version", "list", "help", "completion", "schema", "init"):
            self.assert_wrong(f"{verb} has no option --file", verb, *{"list": ["codes"], "completion": ["bash"]}.get(verb, []), "-f", "x")
        self.assert_wrong("validate has no option --output", "validate", "-o", "x")
        self.assert_wrong("explain has no option --force", "explain", "--force")

    def test_contradictions(self):
        self.assert_wrong("exclude each other", "validate", "-q", "-v")
        self.assert_wrong("only once", "validate", "-f", "-", "-f", "-")
        self.assert_wrong("--force has an effect only on folders", "generate", "--force")
        self.assert_wrong("--force has an effect only on folders", "generate", "--force", "-o", "out.yaml")
        self.assert_wrong("--format list", "generate", "--format", "list", "-o", "out/")
        self.assertEqual([p.name for p in self.folder.iterdir()], ["hybriddeploy.yaml"])

    def test_forms_of_options(self):
        expected = self.product("generate", "-f", "hybriddeploy.yaml", "-n", "other")
        for args in (["-fhybriddeploy.yaml", "-nother"], ["--file=hybriddeploy.yaml", "--namespace=other"],
                     ["--file", "hybriddeploy.yaml", "--namespace", "other"], ["-qfhybriddeploy.yaml", "-n", "other"], ["-nother", "--"]):
            self.assertEqual(self.product("generate", *args), expected)
            self.assertEqual(self.product(*args[:-1], args[-1], "generate") if args[-1] != "--" else expected, expected)

    def test_name_like_an_option(self):
        self.write("--strict", MODEL)
        self.assertIn("kind: Deployment", self.product("generate", "-f", "--strict"))

    def test_help(self):
        whole = self.product("help")
        self.assertEqual(self.product("--help"), whole)
        self.assertEqual(self.product("-h"), whole)
        for verb in VERBS:
            self.assertRegex(whole, rf"(?m)^  {verb} +\S")
            text = self.product("help", verb)
            self.assertEqual(self.product(verb, "--help"), text)
            self.assertTrue(text.startswith(f"hybridgen {verb} "), text)
            self.assertRegex(text, rf"Example:\n  (\S.*)?hybridgen {verb}")
        for line in whole.splitlines():
            self.assertLessEqual(len(line), 100)

    def test_options_stand_with_their_verbs(self):
        self.assertIn("--only", self.product("help", "generate"))
        self.assertNotIn("--only", self.product("help", "validate"))
        self.assertNotIn("--file", self.product("help", "version"))

    def test_examples_of_help_are_right(self):
        """Every call that help shows is understood: it may fail for want of files, but not as a call."""
        self.write("base.yaml", MODEL)
        self.write("production.yaml", "environment: production\n")
        for environment in ("staging", "production"):
            self.write(f"hybriddeploy.{environment}.yaml", "labels: {team: a}\n")
        head = 'imageTag: "1.0"\nimageRegistry: registry.example.com\nservices:\n'
        self.write("shop/hybriddeploy.yaml", f"name: shop\n{head}  web: {{runtime: cpython, schedule: '@daily', calls: billing/invoice}}\n")
        self.write("billing/hybriddeploy.yaml", f"name: billing\n{head}  invoice: {{runtime: cpython, callers: shop/web}}\n")
        self.write("hybriddeploy.workspace.yaml", 'applications: ["*/hybriddeploy.yaml"]\n')
        for verb in VERBS:
            example = self.product("help", verb).split("Example:\n")[1]
            for line in re.findall(r"hybridgen ([^|>\n]*)", example):
                args = line.replace(')"', "").split()
                if args[0] == "init":
                    continue
                done = self.run_it(*args, stdin='{"apiVersion": "v1", "kind": "List", "items": []}')
                if "services.auth-service" in line or "auth-service" in line:
                    self.assertNotIn("there is no option", done.stderr)
                else:
                    self.assertEqual(done.returncode, FINE, f"{line}: {done.stderr}")

    def test_version(self):
        text = self.product("version")
        self.assertRegex(text, r"\Ahybridgen \d+\.\d+\.\d+\n\Z")
        self.assertEqual(self.product("--version"), text)
        self.assertEqual(self.product("generate", "-V"), text)

    def test_statuses(self):
        self.assertEqual(self.run_it("validate").returncode, FINE)
        self.write("wrong.yaml", MODEL + "    replica: 2\n")
        self.assertEqual(self.run_it("validate", "-f", "wrong.yaml").returncode, WRONG_MODEL)
        self.assertEqual(self.run_it("validate", "--frob").returncode, WRONG_CALL)
        self.assertEqual(self.run_it("validate", "-f", "missing.yaml").returncode, UNREADABLE)
        self.assertEqual(self.run_it("generate", "-o", "missing/out.yaml").returncode, UNWRITTEN)

    def test_lists(self):
        kinds = self.product("list", "kinds").splitlines()
        self.assertTrue(any(re.match(r"Deployment +apps/v1 +\S", line) for line in kinds))
        codes = self.product("list", "codes").splitlines()
        self.assertEqual(codes, sorted(codes))
        for line in codes:
            self.assertRegex(line, r"^HD\d{4}  (error  |warning)  \S")

    def test_words_of_lists(self):
        """People read these words in no other place, so they stand in lists.txt once more."""
        said = "".join(self.product("list", name, "--format", "json") for name in ("kinds", "parts"))
        self.assertEqual(said, Path(__file__).with_name("lists.txt").read_text())

    def test_lists_as_json(self):
        """Each line of the text has its object, and a code's object is what explain writes of it."""
        def objects(name):
            return [json.loads(line) for line in self.product("list", name, "--format", "json").splitlines()]

        def text(name):
            return self.product("list", name).splitlines()

        for kind, line in zip(objects("kinds"), text("kinds"), strict=True):
            api = "/".join(filter(None, (kind["group"], kind["version"])))
            self.assertEqual(re.split("  +", line, maxsplit=2), [kind["kind"], api, kind["when"]])
        for code, line in zip(objects("codes"), text("codes"), strict=True):
            self.assertEqual(line, f"{code['code']}  {code['severity']:7}  {code['what']}")
        for part, line in zip(objects("parts"), text("parts"), strict=True):
            self.assertEqual(line, f"{part['part']:12}  {part['group'] or '':4}  {part['what']}; by default when {part['when']}")
        code = json.loads(self.product("explain", "HD6021", "--format", "json"))
        self.assertIn(code, objects("codes"))
        plain = self.product("explain", "HD6021").replace("\n    ", "\n")
        for member in ("why", "wrong", "right"):
            self.assertIn(code[member], plain)
        for word in ("yaml", "list"):
            self.assert_wrong("with --format json", "list", "kinds", "--format", word)

    def test_explain_code(self):
        text = self.product("explain", "HD6021")
        for form in ("hd6021", "6021", "Hd6021"):
            self.assertEqual(self.product("explain", form), text)
        for part in ("HD6021 (error): ", "Why:\n    ", "Wrong:\n    ", "Right:\n    "):
            self.assertIn(part, text)
        for wrong in ("9999", "HD9999", "hd123", "HD60210"):
            self.assert_wrong(f"there is no code {wrong}\nhybridgen list codes", "explain", wrong)

    def test_every_code_is_explained(self):
        for line in self.product("list", "codes").splitlines():
            text = self.product("explain", line[:6])
            self.assertTrue(text.startswith(f"{line[:6]} ({line[8:15].strip()}): {line[17:]}\n"), text)
            self.assertEqual("say so in the model" in text, "warning" in line[8:15])


if __name__ == "__main__":
    main()
