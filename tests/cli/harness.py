"""Runs hybridgen in a folder of its own: what all tests of the command share. $HYBRIDGEN is the program."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HYBRIDGEN = str(Path(os.environ["HYBRIDGEN"]).resolve())

MODEL = """\
name: shop
imageTag: "1.0"
services:
  web:
    runtime: cpython
    expose: /
    calls: [catalog]
  catalog:
    runtime: condon
"""

FINE, WRONG_MODEL, WRONG_CALL, UNREADABLE, UNWRITTEN, DRIFT = range(6)


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hybridgen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.environment = {key: value for key, value in os.environ.items() if key in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def popen(self, *args, **options):
        return subprocess.Popen([HYBRIDGEN, *args], cwd=self.folder, env=self.environment, **options)

    def run_it(self, *args, stdin=None, text=True, **options):
        """Runs hybridgen; stdin is text or None for an empty one."""
        if stdin is not None:
            options["input"] = stdin
        else:
            options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        return subprocess.run([HYBRIDGEN, *args], cwd=self.folder, env=self.environment, timeout=60, text=text, **options)

    def product(self, *args, **options):
        """stdout of a call that must be fine and say nothing else."""
        done = self.run_it(*args, **options)
        self.assertEqual((done.returncode, done.stderr), (FINE, "" if options.get("text", True) else b""))
        return done.stdout

    def refused(self, status, *args, **options):
        """stderr of a call that must end in a status and yield no product."""
        done = self.run_it(*args, **options)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout or "", "")
        return done.stderr


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
