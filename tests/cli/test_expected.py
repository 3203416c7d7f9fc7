"""--check, --outputs and --depfile: for pipelines and for programs that build."""
import os
import subprocess
import unittest
import shutil

from harness import DRIFT, HYBRIDGEN, MODEL, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main


class Expected(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)
        self.environment["TMPDIR"] = str(self.folder / "temporary")
        (self.folder / "temporary").mkdir()

    def tearDown(self):
        self.assertEqual(list((self.folder / "temporary").iterdir()), [], "nothing is left behind")

    def files(self, folder="deploy"):
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in (self.folder / folder).rglob("*") if path.is_file()}

    def drift(self, *more):
        before = self.files() if (self.folder / "deploy").exists() else None
        done = self.run_it("generate", "-o", "deploy/", "--check", *more)
        self.assertEqual(self.files() if (self.folder / "deploy").exists() else None, before, "nothing is written")
        self.assertEqual(done.returncode, DRIFT if done.stdout else 0, done.stderr)
        return done.stdout.splitlines()

    def test_check(self):
        self.product("generate", "-o", "deploy/", "--with", "ops")
        self.assertEqual(self.drift("--with", "ops"), [])
        self.write("deploy/of-others.yaml", "x\n")
        self.assertEqual(self.drift("--with", "ops"), [])
        self.write("deploy/45-service-web.yaml", "edited\n")
        (self.folder / "deploy/kustomization.yaml").unlink()
        (self.folder / "deploy/50-deployment-web.yaml").unlink()
        (self.folder / "deploy/50-deployment-web.yaml").symlink_to("of-others.yaml")
        (self.folder / "deploy/scripts/deploy-hybrid.sh").chmod(0o644)
        self.assertEqual(self.drift("--with", "ops"), [
            "deploy/45-service-web.yaml: differs", "deploy/50-deployment-web.yaml: cannot be read as a file",
            "deploy/kustomization.yaml: is missing", "deploy/scripts/deploy-hybrid.sh: is not executable, but should be"])

    def test_what_is_not_generated_any_more(self):
        self.product("generate", "-o", "deploy/")
        found = self.drift("--set", "services.web.expose=null", "--set", "services.catalog.autoscaling=off")
        self.assertIn("deploy/60-horizontalpodautoscaler-catalog.yaml: is not generated any more", found)
        self.product("generate", "-o", "deploy/", "--set", "services.catalog.autoscaling=off")
        self.assertEqual(self.drift("--set", "services.catalog.autoscaling=off"), [])

    def test_no_folder_yet(self):
        self.assertEqual(len(self.drift()), len(self.product("generate", "-o", "deploy/", "--outputs").splitlines()) - 1)
        self.assertIn("deploy/kustomization.yaml: is missing", self.drift())

    def test_wrong_model_is_no_drift(self):
        self.write("hybriddeploy.yaml", MODEL.replace("catalog]", "catalgo]"))
        self.refused(WRONG_MODEL, "generate", "-o", "deploy/", "--check")

    def test_no_scratch_folder(self):
        self.environment["TMPDIR"] = str(self.folder / "absent")
        self.assertIn("cannot be made", self.refused(UNWRITTEN, "generate", "-o", "deploy/", "--check"))

    def test_outputs_are_what_is_written(self):
        for more in [(), ("--format", "json"), ("--with", "ops")]:
            listed = self.product("generate", "-o", "deploy/", "--outputs", *more).splitlines()
            self.assertFalse((self.folder / "deploy").exists())
            self.product("generate", "-o", "deploy/", *more)
            self.assertEqual(sorted(listed), sorted(self.files()))
            shutil.rmtree(self.folder / "deploy")

    def test_wrong_calls(self):
        for args in [("--check",), ("--outputs",), ("--check", "-o", "file.yaml"), ("--check", "-o", "deploy/", "--only", "Service"), ("--depfile", "d")]:
            self.refused(WRONG_CALL, "generate", *args)

    def test_depfile(self):
        self.write("a b$.yaml", "imageTag: \"2.0\"\n")
        self.product("generate", "-f", "hybriddeploy.yaml", "-f", "a b$.yaml", "-o", "deploy/", "--depfile", "deploy.d")
        self.assertEqual((self.folder / "deploy.d").read_text(), "deploy/.hybriddeploy: hybriddeploy.yaml a\\ b$$.yaml\n")
        self.product("generate", "-o", "all.yaml", "--depfile", "all.d")
        self.assertEqual((self.folder / "all.d").read_text(), "all.yaml: hybriddeploy.yaml\n")

    @unittest.skipUnless(shutil.which("make"), "make is not installed")
    def test_make(self):
        """Make runs again when a model has changed, also when no manifest has, and not otherwise; files that stay the same keep their times."""
        for depfile in ("", " --depfile deploy.d"):
            with self.subTest(depfile):
                shutil.rmtree(self.folder / "deploy", ignore_errors=True)
                self.write("Makefile", f"deploy/.hybriddeploy: hybriddeploy.yaml\n\t@echo runs\n\t@$(H) generate -o deploy/{depfile}\n-include deploy.d\n")
                self.makes_what_changed()

    @unittest.skipUnless(shutil.which("ninja"), "ninja is not installed")
    def test_ninja(self):
        """Ninja runs again when a layer has changed that only the depfile names."""
        self.write("more.yaml", 'imageTag: "2.0"\n')
        self.write("build.ninja", f"rule generate\n  command = {HYBRIDGEN} generate -f $in -f more.yaml -o deploy/ --depfile $out.d\n  depfile = $out.d\n"
                                  "build deploy/.hybriddeploy: generate hybriddeploy.yaml\n")

        def ninja():
            return subprocess.run(["ninja"], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True).stdout

        self.assertIn("[1/1]", ninja())
        self.assertIn("no work to do", ninja())
        self.write("more.yaml", 'imageTag: "3.0"\n')
        os.utime(self.folder / "more.yaml", (4_000_000_000, 4_000_000_000))
        self.assertIn("[1/1]", ninja())
        self.assertIn(":3.0\n", (self.folder / "deploy/50-deployment-web.yaml").read_text())

    def makes_what_changed(self):
        def make():
            return subprocess.run(["make", f"H={HYBRIDGEN}"], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True).stdout

        self.assertIn("runs", make())
        self.assertNotIn("runs", make())
        for path in self.folder.rglob("*"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        (self.folder / "hybriddeploy.yaml").touch()
        self.assertIn("runs", make())
        self.assertNotIn("runs", make())
        times = {path.stat().st_mtime for path in (self.folder / "deploy").iterdir() if path.name != ".hybriddeploy"}
        self.assertEqual(times, {1_000_000_000})


if __name__ == "__main__":
    main()
