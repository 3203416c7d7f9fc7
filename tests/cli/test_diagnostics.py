"""What is printed about a wrong model: text like a compiler's, and JSON."""
import json
import os
import pty
import re

from harness import FINE, MODEL, WRONG_MODEL, Case, main

WRONG = """\
name: shop
imageTag: "1.0"
services:
  web:
    runtime: cpython
    autoscaling: {minReplicas: 12, maxReplicas: 10}
"""


COLORS = {"error": "\033[1;31m", "warning": "\033[1;35m", "note": "\033[1;36m"}


class Text(Case):
    def error(self, model, *args, status=WRONG_MODEL, name="hybriddeploy.yaml"):
        self.write(name, model)
        return self.refused(status, "validate", *args)

    def caret(self, model, *args):
        """The first source line shown, and its part that is marked."""
        lines = self.error(model, "-q", *args).splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("      | "))
        source, mark = lines[at - 1][8:], lines[at][8:]
        start, length = mark.index("^"), len(mark.strip())
        self.assertEqual(mark.strip(), "^" + "~" * (length - 1))
        return source, source[start:start + length]

    def test_whole(self):
        self.assertEqual(self.error(WRONG), """\
hybriddeploy.yaml:6:32: error: minReplicas 12 is above maxReplicas 10 [HD6021]
    6 |     autoscaling: {minReplicas: 12, maxReplicas: 10}
      |                                ^~
  at services.web.autoscaling.minReplicas
  hint: raise maxReplicas to at least 12, or lower minReplicas
hybriddeploy.yaml:6:49: note: maxReplicas is 10
    6 |     autoscaling: {minReplicas: 12, maxReplicas: 10}
      |                                                 ^~
  at services.web.autoscaling.maxReplicas
1 error
""")

    def test_a_value_of_wrong_form_is_told_once(self):
        """A name that nothing can have is missing wherever it is looked for; that would be the same mistake in other words."""
        text = self.error(MODEL.replace("cpython", "No Such", 1).replace("expose: /", "expose: {path: /, port: No_Port}\n    env: {A: {secret: S_S, key: k}}"))
        for told in ('"No Such" is not valid for runtime', '"No_Port" is not valid for port', '"S_S" is not valid for secret'):
            self.assertIn(told, text)
        for again in ("there is no runtime", "has no port", "there is no secret"):
            self.assertNotIn(again, text)

    def test_values_are_marked_to_their_end(self):
        for value in ("some word", '"quoted # word"', "'it''s, quoted'", '"a \\" quote"', "[a, {b: c}]", "{a: [1, 2], 'x}': 3}", "a,b"):
            self.assertEqual(self.caret(f"kubernetesVersion: {value}   # why\n" + MODEL)[1], value)

    def test_values_in_brackets_end_at_the_bracket(self):
        self.assertEqual(self.caret(MODEL + "    autoscaling: {minReplicas: abc, maxReplicas: 2}\n")[1], "abc")
        self.assertEqual(self.caret(MODEL + "    autoscaling: {maxReplicas: abc}\n")[1], "abc")

    def test_keys_end_at_the_colon(self):
        self.assertEqual(self.caret(MODEL + "    replica: 2\n")[1], "replica")
        self.assertEqual(self.caret(MODEL + '    "replica": 2\n')[1], '"replica"')

    def test_wide_and_combining_characters(self):
        lines = self.error(MODEL + "    podLabels: {\u65e5\u672c: x, e\u0301: y, \U0001f600: z}\n    replica: 2\n").splitlines()
        line = next(i for i, line in enumerate(lines) if "podLabels" in line and "|" in line)
        self.assertTrue(lines[line + 1].startswith("      | " + " " * 16 + "^"), lines[line + 1])
        self.assertEqual(lines[line + 1].count("~"), 3)
        second = [n for n, text in enumerate(lines) if "podLabels" in text and "|" in text][1]
        self.assertEqual(lines[second + 1].index("^"), 8 + 16 + 4 + 5)
        self.assertNotIn("~", lines[second + 1])

    def test_tabs(self):
        source, marked = self.caret('{"name":\t"shop",\t"imageTag": "1.0", "services":\t{"web":\t{"runtime":\t"cpython",\t"replica":\t2}}}\n')
        self.assertEqual(marked, '"replica"')
        self.assertNotIn("\t", source)

    def test_long_lines_are_cut(self):
        labels = ", ".join(f"label-{i}: value" for i in range(2000))
        source, marked = self.caret(f"name: shop\nimageTag: '1'\nservices: {{web: {{runtime: cpython, podLabels: {{{labels}}}, replica: 2, podAnnotations: {{{labels}}}}}}}\n")
        self.assertEqual(marked, "replica")
        self.assertLessEqual(len(source), 120)
        self.assertTrue(source.startswith("...") and source.endswith("..."), source)

    def test_terminal_is_not_obeyed(self):
        error = self.error('name: "\\e[31mshop\\a"\nservices: {web: {}}\n# \u202e\n')
        error += self.error(MODEL + "    replica\u202e\u009b31m: 2\n")
        self.assertFalse(any((c < " " and c != "\n") or c in "\x7f\u202e\u009b" for c in error), repr(error))
        self.assertIn("<U+001B>", error)
        self.assertIn("<U+202E>", error)

    def test_bytes_that_are_no_text(self):
        self.write("hybriddeploy.yaml", b"name: shop\nhost: caf\xe9.example.com\n")
        error = self.run_it("validate", text=False).stderr
        self.assertIn(b"    2 | host: caf<E9>.example.com\n      |          ^", error)

    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r"):
            error = self.error(WRONG.replace("\n", end))
            self.assertIn("    6 |     autoscaling: {minReplicas: 12, maxReplicas: 10}\n", error)

    def test_byte_order_mark(self):
        self.assertEqual(self.caret(b"\xef\xbb\xbfnome: shop\nname: shop\nservices: {web: {}}\n".decode())[1], "nome")

    def test_without_place(self):
        error = self.refused(3, "validate", "-f", "missing.yaml")
        self.assertEqual(error, "missing.yaml: error: the input cannot be read: No such file or directory [HD1013]\n1 error\n")

    def test_end_of_file(self):
        self.assertIn("1 error", self.error("name: [shop", status=3))

    def test_limit(self):
        error = self.error("".join(f"key{i}: 1\n" for i in range(30)) + MODEL, "--max-diagnostics", "7")
        self.assertEqual(error.count("[HD"), 7)
        self.assertTrue(error.endswith("\n7 errors; 23 more not shown (--max-diagnostics shows more)\n"), error)

    def warning_model(self):
        return MODEL + "  job:\n    calls: [web]\n"

    def test_warnings(self):
        self.write("hybriddeploy.yaml", self.warning_model())
        done = self.run_it("validate")
        self.assertEqual(done.returncode, FINE)
        self.assertIn(": warning: ", done.stderr)
        self.assertRegex(done.stderr, r"\n1 warning\n\Z")
        strict = self.run_it("validate", "--strict")
        self.assertEqual(strict.returncode, WRONG_MODEL)
        self.assertTrue(strict.stderr.endswith("\n1 warning, which --strict does not let pass\n"), strict.stderr)
        self.assertEqual(self.run_it("generate", "--strict").stdout, "")
        self.assertEqual(self.product("validate", "-q"), "")
        self.assertIn(": warning: ", self.run_it("validate", "-q", "--strict").stderr)

    def test_silence_as_explained(self):
        """The line that `explain` offers for a warning silences it."""
        self.write("hybriddeploy.yaml", self.warning_model())
        code = self.run_it("validate").stderr.split("[HD")[1][:4]
        line = self.product("explain", code).splitlines()[-1].strip()
        self.write("hybriddeploy.yaml", self.warning_model() + "    " + line + "\n")
        self.product("validate")

    def test_quiet_has_no_sum(self):
        self.assertNotIn("1 error", self.error(WRONG, "-q"))
        self.assertIn("[HD6021]", self.error(WRONG, "-q"))

    def test_verbose(self):
        self.write("hybriddeploy.yaml", MODEL)
        done = self.run_it("generate", "-v")
        self.assertRegex(done.stderr, r"\Ahybridgen: reading hybriddeploy.yaml\nhybridgen: shop: \d+ manifests written to standard output\n\Z")
        self.assertEqual(done.stdout, self.product("generate"))
        self.assertRegex(self.run_it("validate", "-v").stderr, r"no errors in 2 services and \d+ manifests\n\Z")

    def test_json(self):
        error = self.error(WRONG + "    replica: 2\n", "--diagnostics", "json")
        first, second = [json.loads(line) for line in error.splitlines()]
        self.assertEqual(first, {
            "code": "HD6021", "severity": "error", "file": "hybriddeploy.yaml", "line": 6, "column": 32,
            "path": "services.web.autoscaling.minReplicas", "message": "minReplicas 12 is above maxReplicas 10",
            "hint": "raise maxReplicas to at least 12, or lower minReplicas",
            "related": {"file": "hybriddeploy.yaml", "line": 6, "column": 49, "path": "services.web.autoscaling.maxReplicas", "message": "maxReplicas is 10"},
            "endLine": 6, "endColumn": 34, "edits": [], "paths": [], "services": [], "environments": []})
        self.assertEqual(second["edits"], [{"file": "hybriddeploy.yaml", "line": 7, "column": 5, "endLine": 7, "endColumn": 12, "text": "replicas"}])
        self.assertEqual(set(second), set(first))
        self.assertIsNone(second["related"])
        limited = self.error(WRONG + "    replica: 2\n", "--diagnostics=json", "--max-diagnostics=1").splitlines()
        self.assertEqual(json.loads(limited[1]), {"omitted": 1})
        missing = json.loads(self.refused(3, "validate", "--diagnostics", "json", "-f", "missing.yaml"))
        self.assertEqual((missing["line"], missing["column"], missing["path"]), (None, None, ""))

    def test_json_holds_any_text(self):
        name = 'quote" back\\slash \x01\x7f\u2028\u65e5.yaml'
        self.write(name, WRONG)
        self.assertEqual(json.loads(self.refused(1, "validate", "--diagnostics", "json", "-f", name))["file"], name)
        self.folder.joinpath(os.fsdecode(b"caf\xe9.yaml")).write_text(WRONG)
        done = self.run_it("validate", "--diagnostics", "json", "-f", os.fsdecode(b"caf\xe9.yaml"))
        self.assertEqual(json.loads(done.stderr)["file"], "caf\ufffd.yaml")

    def test_color(self):
        self.write("hybriddeploy.yaml", WRONG)
        plain = self.run_it("validate").stderr
        self.assertNotIn("\033", plain)
        colored = self.run_it("validate", "--color", "always").stderr
        self.assertIn("\033[1;31merror:\033[0m", colored)
        self.environment["NO_COLOR"] = "1"
        self.assertEqual(self.run_it("validate", "--color", "always").stderr, colored)
        self.assertEqual(self.on_terminal(), plain)
        del self.environment["NO_COLOR"]
        self.environment["TERM"] = "dumb"
        self.assertEqual(self.on_terminal(), plain)
        self.environment["TERM"] = "xterm"
        self.assertEqual(self.on_terminal(), colored)
        self.assertEqual(self.on_terminal("--color=never"), plain)

    def test_color_of_each_part(self):
        """Without its sequences the text is the plain one, and each part has the sequence of its kind."""
        self.write("hybriddeploy.yaml", WRONG + "    ports: [{name: http, port: 8000}, {name: http, port: 8001}]\n")
        plain = self.run_it("validate").stderr
        expected = re.sub(r"^(\S+:\d+:\d+:) (error|warning|note):", lambda found: f"\033[1m{found[1]}\033[0m {COLORS[found[2]]}{found[2]}:\033[0m", plain,
                          flags=re.MULTILINE)
        expected = re.sub(r"\^~*$", lambda found: f"\033[1;32m{found[0]}\033[0m", expected, flags=re.MULTILINE)
        self.assertEqual({word for word in COLORS if f"{word}:" in plain}, set(COLORS))
        self.assertEqual(self.run_it("validate", "--color", "always").stderr, expected)

    def on_terminal(self, *args):
        ours, theirs = pty.openpty()
        done = self.run_it("validate", *args, stderr=theirs)
        os.close(theirs)
        self.assertEqual(done.returncode, WRONG_MODEL)
        text = b""
        try:
            while more := os.read(ours, 65536):
                text += more
        except OSError:
            pass
        os.close(ours)
        return text.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
