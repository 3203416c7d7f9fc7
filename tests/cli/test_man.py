"""The man page against the command's own tables, and against mandoc where that is installed."""
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from harness import Case, main

PAGE = Path(os.environ["MAN_PAGE"])


class ManPage(Case):
    def section(self, name):
        return re.search(rf"\.Sh {name}\n(.*?)(?=\n\.Sh |\Z)", PAGE.read_text(), re.S)[1]

    def test_options(self):
        """Each option with its letter and argument, in the order of help."""
        helped = []
        for line in self.product("help").split("Options")[1].split("\n\nExit")[0].splitlines():
            if found := re.match(r"  (?:-(\w), |    )--([\w-]+)(?: (\S+))?", line):
                helped.append((found[1] or "", found[2], found[3] or ""))
        written = []
        for line in re.findall(r"^\.It (Fl .*)$", self.section("OPTIONS"), re.M):
            found = re.fullmatch(r"(?:Fl (\w)(?: Ar (\S+))? , )?Fl -([\w-]+)(?: Ar (\S+))?", line)
            self.assertIsNotNone(found, line)
            if found[1]:
                self.assertEqual(found[2], found[4])
            written.append((found[1] or "", found[3], found[4] or ""))
        self.assertGreater(len(helped), 10)
        self.assertEqual(written, helped)

    def test_verbs(self):
        helped = re.findall(r"(?m)^  (\w+) +\w", self.product("help").split("Verbs:\n")[1].split("\n\n")[0])
        self.assertEqual(re.findall(r"(?m)^\.It Cm (\w+)", self.section("DESCRIPTION")), helped)
        self.assertEqual(set(re.findall(r"(?m)^\.Cm (\w+)", self.section("SYNOPSIS"))), set(helped))

    def test_statuses(self):
        self.assertEqual(re.findall(r"(?m)^\.It (\d)", self.section("EXIT STATUS")), list("012345"))

    def test_diagnostics_are_what_is_printed(self):
        shown = re.search(r"\.Bd [^\n]*\n(.*?)\n\.Ed", self.section("DIAGNOSTICS"), re.S)[1]
        self.write("hybriddeploy.yaml", 'name: shop\nimageTag: "1.0"\nservices:\n  web:\n    runtime: cpython\n'
                                        "    autoscaling: {minReplicas: 12, maxReplicas: 10}\n")
        self.assertEqual(self.run_it("validate").stderr, shown + "\n")

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_lint(self):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "style", PAGE], capture_output=True, text=True)
        # Whether the other page is installed says nothing about this one.
        self.assertEqual([line for line in done.stdout.splitlines() if "referenced manual not found" not in line], [])


if __name__ == "__main__":
    main()
