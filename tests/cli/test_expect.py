"""hybridgen diff --expect: a change does what its author wrote down, and nothing else."""
import os
import re
from pathlib import Path

from harness import DRIFT, FINE, MODEL, UNREADABLE, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main

PAGE = Path(os.environ["MAN_PAGE"])
CLOSED = MODEL.replace("    expose: /\n", "")


class Expect(Case):
    def judge(self, expected, new, *args, old=MODEL, status=DRIFT):
        """stderr of a diff with --expect."""
        self.write("old.yaml", old)
        self.write("new.yaml", new)
        self.write("expect.yaml", expected)
        done = self.run_it("diff", "old.yaml", "new.yaml", "--expect", "expect.yaml", *args)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(bool(done.stdout), status in (FINE, DRIFT))
        return done.stderr

    def test_what_is_expected(self):
        release = MODEL.replace('"1.0"', '"1.1"')
        for expected in ('objects: {"Deployment/*": restart}', '{"objects": {"*/web": ["restart"], "Deployment/catalog": ["create", "restart"]}}',
                         'objects: {"*": restart}', "objects:\n  '*/*': nothing\n  Deployment/*: restart\n"):
            self.assertEqual(self.judge(expected, release, status=FINE), "", expected)
        self.assertEqual(self.judge("{}", MODEL, status=FINE), "")
        self.assertEqual(self.judge("objects: {}\nexposed: []\n", MODEL, status=FINE), "")

    def test_what_is_not(self):
        release = MODEL.replace('"1.0"', '"1.1"')
        text = self.judge("objects: {Deployment/web: restart}", release)
        self.assertEqual(text, """\
new.yaml:2:11: error: the effect on Deployment/catalog is restart, which expect.yaml does not expect [HD8320]
    2 | imageTag: "1.1"
      |           ^~~~~
  at imageTag
  hint: take the change back; if it is meant, write Deployment/catalog: restart below objects
1 error
""")
        text = self.judge('objects: {"Deployment/*": restart, Deployment/web: [create, update]}', release)
        self.assertIn("Deployment/web is restart", text)
        self.assertIn("expect.yaml:1:36: note: here it is create or update\n", text)
        self.assertTrue(text.endswith("\n1 error\n"), text)

    def test_the_last_entry_decides(self):
        release = MODEL.replace('"1.0"', '"1.1"')
        self.assertIn("Deployment/web is restart", self.judge('objects: {"*": restart, "*/web": nothing}', release))
        self.assertIn("1 warning", self.judge('objects: {"*/web": nothing, "*": restart, "*/w*b": restart, Deployment/w: restart}', release, status=FINE))
        self.assertIn("Deployment/web is restart", self.judge('objects: {Deployment/web: restart, "D*/*e*b": nothing, "*log": restart}', release))

    def test_connections(self):
        old = MODEL + "  search:\n    runtime: condon\n"
        new = old.replace("[catalog]", "[search]")
        objects = 'objects: {"NetworkPolicy/*": [create, update, delete], "Deployment/*": restart}\n'
        text = self.judge(objects, new, old=old)
        self.assertIn("new.yaml:7:13: error: the connection web -> search 8000/TCP, call, is new", text)
        self.assertIn("error: the connection web -> catalog 8000/TCP, call, is gone", text)
        for added in ("web -> search", "web -> search 8000/TCP", '"web -> *"', '"* -> *"'):
            text = self.judge(objects + f"newConnections: [{added}]\n", new, old=old)
            self.assertNotIn("is new", text)
            self.assertIn("is gone", text)
        for added in ("web -> search 8001/TCP", "search -> web", "web -> searc"):
            self.assertIn("is new", self.judge(objects + f"newConnections: [{added}]\n", new, old=old))
        self.assertIn("is new", self.judge(objects + "goneConnections: [\"* -> *\"]\n", new, old=old))

    def test_a_way_in_is_no_connection(self):
        """A pattern of connections opens nothing to the outside."""
        rest = 'objects: {"*": [create, update, restart]}\nnewConnections: ["* -> *"]\n'
        text = self.judge(rest, MODEL, old=CLOSED)
        self.assertIn("the connection gateway -> web 8000/TCP, gateway, is a new way in from outside", text)
        self.assertIn("if it is meant, write web below exposed", text)
        self.assertIn("new.yaml:6:13: error: ", text)
        self.assertNotIn("HD8320", self.judge(rest + "exposed: [web]\n", MODEL, old=CLOSED, status=FINE))
        self.assertIn("is gone", self.judge('objects: {"*": [update, delete]}\nexposed: [web]\n', CLOSED, old=MODEL))
        host = "podSecurity: privileged\n" + MODEL.replace("runtime: condon", "runtime: container\n    image: example.com/c:1\n    port: {port: 8000, hostPort: 8000}")
        self.assertIn("outside -> catalog 8000/TCP, hostPort, is a new way in",
                      self.judge('objects: {"*": [create, update, restart, recreate, delete]}\nnewConnections: ["* -> *"]\n', host,
                                 old=host.replace(", hostPort: 8000", "")))

    def test_what_another_entry_decides(self):
        """An entry that is fulfilled is not told as missing because a later one, or one without ports, decides or says the same."""
        release = MODEL.replace('"1.0"', '"1.1"')
        for objects in ('{Deployment/web: restart, "Deployment/*": restart}', '{"*": [restart, create], "Deployment/*": restart}'):
            self.assertEqual(self.judge(f"objects: {objects}\n", release, status=FINE), "", objects)
        self.assertIn("* is expected and does not happen", self.judge('objects: {"*": create, "Deployment/*": restart}\n', release, status=FINE))
        rest = 'objects: {"*": [create, update, restart]}\n'
        new = MODEL + "  search:\n    runtime: condon\n    calls: [catalog]\n"
        calls = '["search -> catalog", "search -> catalog", "search -> catalog 8000/TCP", "search -> catalog 8000/TCP", "s* -> catalog", "* -> *"]'
        self.assertEqual(self.judge(rest + f"newConnections: {calls}\n", new, status=FINE), "")
        self.assertEqual(self.judge(rest + "exposed: [web, '*', web]\n", MODEL, old=CLOSED, status=FINE), "")

    def test_nothing_or_an_effect(self):
        """[nothing, restart] lets the object as it is."""
        self.assertEqual(self.judge('objects: {"*": [nothing, restart], Deployment/web: [restart, nothing]}\n', MODEL, status=FINE), "")
        self.assertIn("here it is nothing or update", self.judge('objects: {"*": [nothing, update]}\n', MODEL.replace('"1.0"', '"1.1"')))

    def test_what_does_not_happen(self):
        missing = "objects: {Deployment/web: restart, Job/no: nothing}\nnewConnections: [a -> b]\ngoneConnections: [c -> d]\nexposed: [e]\n"
        text = self.judge(missing, MODEL, status=FINE)
        for place, what in (("1:11", "Deployment/web"), ("2:18", "a -> b"), ("3:19", "c -> d"), ("4:11", "e")):
            self.assertIn(f"expect.yaml:{place}: warning: {what} is expected and does not happen [HD8321]", text)
        self.assertTrue(text.endswith("\n4 warnings\n"), text)
        self.assertIn("which --strict does not let pass", self.judge(missing, MODEL, "--strict"))
        self.assertEqual(self.judge(missing, MODEL, "-q", status=FINE), "")

    def test_connections_that_nobody_knows(self):
        """A change does not pass without a word where its connections could not be compared; what is expected of them is not told as missing."""
        self.write("hybriddeploy.yaml", MODEL)
        bare = "".join(line for line in self.product("generate").splitlines(True) if not line.startswith("  namespace: shop"))
        expected = 'objects: {"*": [nothing, create, update]}\nnewConnections: [a -> b]\n'
        new = MODEL + "  search:\n    runtime: condon\n    calls: [catalog]\n"
        text = self.judge(expected, new, old=bare, status=FINE)
        self.assertEqual(text, "expect.yaml: warning: connections are not checked, because the manifests name no namespace, and policies depend on it [HD8321]\n"
                               "  hint: compare two models, or manifests with all objects that decide about connections\n1 warning\n")
        self.judge(expected, new, "--strict", old=bare)

    def test_how_much_is_shown(self):
        services = "".join(f"  s{i:02}:\n    runtime: condon\n" for i in range(40))
        text = self.judge("{}", MODEL + services, "--max-diagnostics", "3")
        self.assertEqual(text.count("[HD8320]"), 3)
        self.assertRegex(text, r"\n3 errors; \d+ more not shown")
        self.assertEqual(self.judge("{}", MODEL + services).count("[HD8320]"), 100)

    def test_formats_of_diagnostics(self):
        release = MODEL.replace('"1.0"', '"1.1"')
        for form, piece in {"json": '"code":"HD8320"', "sarif": '"ruleId":"HD8321","ruleIndex":1', "github": "::error file=new.yaml,line=2", "gitlab": "HD8321",
                            "junit": 'failures="2"'}.items():
            text = self.judge("objects: {Job/a: create}", release, "--diagnostics", form)
            self.assertIn(piece, text.replace(" ,", ","), form)
        self.assertNotIn("HD8321", self.judge("objects: {Job/a: create}", release, "--diagnostics", "sarif", "-q"))

    def test_forms(self):
        for text, place, words in (
                ("", "1:1", "must be a mapping"), ("# nothing\n", "2:1", "must be a mapping"), ("[a]\n", "1:1", "must be a mapping"),
                ("objects: {a/b: restart}\n---\n{}\n", "2:1", "a second document"), ("objects: [a]\n", "1:10", "objects must be a mapping"),
                ("objects: {[a]: restart}\n", "1:11", "a key must be a word"), ("? {a: b}\n: c\n", "1:3", "a key must be a word"),
                ("objects: {a/b: }\n", "1:11", "no effect is given"), ("exposed: {a: b}\n", "1:10", "exposed must be a list"),
                ("objects: {a/b: \"x\\0y\"}\n", "1:16", "a NUL character"), ("objects: {a: [restart\n", "2:1", ""),
                ("objects: {a/b: restart, a/b: update}\n", "1:25", "second time"), ("objects:\n  '*': restart\n  a/b: nothing\n  '*': update\n", "4:3", "* stands here for the second time"), ("objects: " + "[" * 3000, "", ""), (b"# a\nobjects: {\xff/b: restart}\n", "2:1", "not UTF-8"), (b"objects:\n  a\0/b: restart\n", "2:1", "not UTF-8"),
                ("exposed: [&a web, *a]\n", "1:19", "without aliases"), ("exposd: {a: [b, {c: d}]}\n", "1:1", "did you mean exposed?")):
            found = self.judge(text, MODEL, status=WRONG_MODEL)
            self.assertIn(f"expect.yaml:{place}", found, text)
            self.assertIn(words, found, text)
        self.assertIn("nowhere.yaml: the file cannot be read", self.refused(UNREADABLE, "diff", "new.yaml", "new.yaml", "--expect", "nowhere.yaml"))
        self.assertIn("cannot be read", self.refused(UNREADABLE, "diff", "new.yaml", "new.yaml", "--expect", "."))
        self.assertIn("exclude each other", self.refused(WRONG_CALL, "diff", "new.yaml", "new.yaml", "--expect", "a", "--write-expect", "b"))
        self.assertIn("standard input can be read only once", self.refused(WRONG_CALL, "diff", "-", "--expect", "-"))
        self.assertIn("<stdin>:1:1: error: ", self.refused(WRONG_MODEL, "diff", "new.yaml", "new.yaml", "--expect", "-", stdin="[]"))

    def test_written(self):
        """What --write-expect writes is fulfilled by the change, and by no smaller one."""
        new = CLOSED.replace("catalog", "orders").replace("condon", "condon\n    env: {A: b}").replace('"1.0"', '"1.1"')
        for old, after in ((CLOSED, MODEL), (MODEL, CLOSED), (MODEL, new), (new, MODEL), (MODEL, MODEL)):
            self.write("old.yaml", old)
            self.write("new.yaml", after)
            self.product("diff", "old.yaml", "new.yaml", "--write-expect", "written.yaml")
            written = (self.folder / "written.yaml").read_text()
            self.assertEqual(self.judge(written, after, old=old, status=FINE), "")
            for line in range(len(written.splitlines()) if old != after else 0):
                rest = written.splitlines()
                if not rest.pop(line).endswith(":"):
                    cut = "\n".join(one for n, one in enumerate(rest) if not one.endswith(":") or rest[n + 1:n + 2] and not rest[n + 1].endswith(":"))
                    self.assertIn("[HD8320]", self.judge(cut or "{}", after, old=old))
        self.assertEqual(written, "{}\n")
        for args, place in ((["-"], "standard output"), (["-", "-o", "-"], "standard output"), (["same", "-o", "same"], "same")):
            self.assertIn(f"would both be written to {place}\n", self.refused(WRONG_CALL, "diff", "old.yaml", "new.yaml", "--write-expect", *args))
        self.assertFalse((self.folder / "same").exists())
        self.assertEqual(self.product("diff", "old.yaml", "new.yaml", "--write-expect", "-", "-o", "text"), written)
        self.assertEqual(self.run_it("diff", "old.yaml", "new.yaml", "--write-expect", "no/such/folder").returncode, UNWRITTEN)

    def test_the_example_of_the_man_page(self):
        """The file of hybridgen(1) is fulfilled by the change that it means, and each of its entries is needed."""
        example = re.search(r"\.It Fl -expect Ar FILE\n.*?\.Bd [^\n]*\n(.*?)\n\.Ed", PAGE.read_text(), re.S)[1] + "\n"
        old = CLOSED + "  search:\n    runtime: condon\n"
        new = old.replace("    calls: [catalog]\n", "    expose: /\n    calls: [search]\n    env: {A: b}\n")
        self.assertEqual(self.judge(example, new, old=old, status=FINE), "")
        for line in ('  "Deployment/*": restart\n', '  "NetworkPolicy/*": [create, update]\n', "newConnections: [web -> search]\n", "exposed: [web]\n"):
            self.assertIn("[HD8320]", self.judge(example.replace(line, ""), new, old=old))
        self.assertIn("Deployment/catalog is restart", self.judge(example, new.replace("catalog:\n    runtime: condon", "catalog:\n    runtime: condon\n    env: {A: b}"), old=old))


if __name__ == "__main__":
    main()
