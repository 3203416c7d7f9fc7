"""Many models in one call."""
import os
import subprocess
import time
import unittest

from harness import DRIFT, FINE, MODEL, UNREADABLE, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main


class Each(Case):
    def setUp(self):
        super().setUp()
        self.models = [f"apps/app{i:02}/hybriddeploy.yaml" for i in range(20)]
        for i, model in enumerate(self.models):
            self.write(model, MODEL.replace("name: shop", f"name: shop{i}"))

    def test_same_as_one_by_one(self):
        self.assertEqual(self.product("generate", *self.models), "".join(self.product("generate", "-f", model) for model in self.models))
        self.product("generate", "-o", "deploy/", *self.models)
        for model in self.models:
            folder = self.folder / model.replace("hybriddeploy.yaml", "deploy")
            self.product("generate", "-f", model, "-o", "alone/")
            files = {path.name: path.read_bytes() for path in folder.iterdir()}
            self.assertEqual(files, {path.name: path.read_bytes() for path in (self.folder / "alone").iterdir()})
        self.assertEqual(self.product("generate", "-o", "deploy/", "--check", *self.models), "")

    def feed(self, pipe, text):
        """Writes to a pipe as soon as somebody reads it."""
        for _ in range(3000):
            try:
                end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                time.sleep(0.01)
                continue
            with os.fdopen(end, "w") as file:
                file.write(text)
            return
        self.fail(f"nobody reads {pipe}")

    @unittest.skipIf(os.sysconf("SC_NPROCESSORS_ONLN") < 2, "one processor does one after the other")
    def test_in_parallel(self):
        """The second model is read while the first one still is; the output has the order of the call all the same."""
        pipes = [self.folder / "first.yaml", self.folder / "second.yaml"]
        for pipe in pipes:
            os.mkfifo(pipe)
        process = self.popen("generate", *pipes, stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close()))
        self.feed(pipes[1], MODEL.replace("name: shop", "name: second"))
        self.feed(pipes[0], MODEL.replace("name: shop", "name: first"))
        printed = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, FINE)
        self.assertLess(printed.index("name: first\n"), printed.index("name: second\n"))

    def test_findings_in_order_and_the_highest_status(self):
        self.write(self.models[3], MODEL.replace("catalog]", "catalgo]"))
        self.write(self.models[11], MODEL.replace("/", "nowhere"))
        done = self.run_it("validate", *self.models)
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn(f"{self.models[3]}:7:13: error: ", done.stderr)
        self.assertLess(done.stderr.index(self.models[3]), done.stderr.index(self.models[11]))
        self.assertEqual(done.stderr.count("\x1b"), 0)
        self.assertEqual(self.run_it("validate", *self.models, "absent.yaml").returncode, UNREADABLE)
        self.assertEqual(self.run_it("validate", *self.models[4:8]).returncode, FINE)
        self.assertIn("\x1b[", self.run_it("validate", "--color", "always", *self.models[:4]).stderr)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            done = self.run_it("generate", *self.models[:4], stdout=full)
        self.assertEqual((done.returncode, done.stderr.count("standard output cannot be written")), (UNWRITTEN, 1), done.stderr)

    def test_drift_of_one(self):
        self.product("generate", "-o", "deploy", "--depfile", "deploy.d", *self.models)
        self.assertEqual((self.folder / "apps/app07/deploy.d").read_text(), "apps/app07/deploy: apps/app07/hybriddeploy.yaml\n")
        for model in self.models:
            (self.folder / model.replace("hybriddeploy.yaml", "deploy")).unlink()
        self.product("generate", "-o", "deploy/", *self.models)
        (self.folder / "apps/app05/deploy/45-service-web.yaml").unlink()
        done = self.run_it("generate", "-o", "deploy/", "--check", *self.models)
        self.assertEqual((done.returncode, done.stdout), (DRIFT, "apps/app05/deploy/45-service-web.yaml: is missing\n"))

    def test_two_of_one_place(self):
        self.write("apps/app00/other.yaml", MODEL)
        error = self.refused(WRONG_CALL, "generate", "-o", "deploy/", *self.models, "apps/app00/other.yaml")
        self.assertIn("apps/app00/hybriddeploy.yaml and apps/app00/other.yaml would both be written to apps/app00/deploy/", error)
        self.refused(WRONG_CALL, "generate", "-o", str(self.folder / "deploy/"), *self.models)


if __name__ == "__main__":
    main()
