"""Where the product goes: standard output, files, and what happens when it cannot."""
import fcntl
import os
import stat
import subprocess
import threading

from harness import FINE, HYBRIDGEN, MODEL, UNWRITTEN, WRONG_MODEL, Case, main

PRODUCTS = [["generate"], ["schema"], ["explain", "HD1013"], ["list", "codes"], ["list", "kinds"], ["list", "parts"], ["version"], ["completion", "bash"], ["help"],
            ["help", "generate"], ["init", "-o", "-"]]


class Output(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)
        self.expected = self.product("generate")

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())

    def shell(self, command):
        return subprocess.run(["bash", "-c", command], cwd=self.folder, env={**self.environment, "H": HYBRIDGEN}, capture_output=True, text=True,
                              timeout=60)

    def test_full_disk(self):
        for args in PRODUCTS:
            with open("/dev/full", "w") as full:
                done = self.run_it(*args, stdout=full)
            self.assertEqual(done.returncode, UNWRITTEN, args)
            self.assertEqual(done.stderr, "hybridgen: standard output cannot be written: No space left on device\n")

    def test_closed_standard_output(self):
        for args in PRODUCTS:
            done = self.shell(f"exec $H {' '.join(args)} >&-")
            self.assertEqual((done.returncode, done.stderr), (UNWRITTEN, "hybridgen: standard output cannot be written: Bad file descriptor\n"), args)

    def test_closed_pipe(self):
        for args in PRODUCTS:
            done = self.shell(f"(sleep 0.1; exec $H {' '.join(args)}) | exec 0<&-; exit ${{PIPESTATUS[0]}}")
            self.assertEqual((done.returncode, done.stderr), (UNWRITTEN, ""), args)

    def test_closed_standard_error(self):
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        self.assertEqual(self.shell("exec $H generate 2>&- -o out.yaml").returncode, WRONG_MODEL)
        self.assertEqual(self.names(), ["hybriddeploy.yaml"])

    def test_all_streams_closed(self):
        done = self.shell("exec $H generate -o out.yaml <&- >&- 2>&-")
        self.assertEqual(done.returncode, FINE)
        self.assertEqual((self.folder / "out.yaml").read_text(), self.expected)

    def test_file(self):
        self.assertEqual(self.product("generate", "-o", "out.yaml"), "")
        self.assertEqual((self.folder / "out.yaml").read_text(), self.expected)
        self.assertEqual(self.names(), ["hybriddeploy.yaml", "out.yaml"])
        self.assertEqual(self.product("generate", "-o", "-"), self.expected)

    def test_file_is_whole_or_untouched(self):
        self.write("out.yaml", "old\n")
        self.write("hybriddeploy.yaml", MODEL + "    replica: 2\n")
        self.refused(WRONG_MODEL, "generate", "-o", "out.yaml")
        self.assertEqual((self.folder / "out.yaml").read_text(), "old\n")
        self.write("hybriddeploy.yaml", MODEL)
        limited = self.shell("ulimit -f 1; exec $H generate -o out.yaml")
        self.assertEqual((self.folder / "out.yaml").read_text(), "old\n")
        self.assertNotEqual(limited.returncode, FINE)

    def test_killed_run_is_cleared_away(self):
        """A limit that kills leaves the file that was being written; the next run removes it, also when the run fails."""
        self.shell("ulimit -f 1; exec $H generate -o out.yaml")
        self.assertEqual(self.names(), [".out.yaml.hybridgen", "hybriddeploy.yaml"])
        self.product("generate", "-o", "out.yaml")
        self.assertEqual(self.names(), ["hybriddeploy.yaml", "out.yaml"])
        self.assertEqual((self.folder / "out.yaml").read_text(), self.expected)

    def test_what_others_left_stays(self):
        """Nothing is written where a link leads, and nothing removed that a killed run did not leave."""
        self.write("precious", "keep\n")
        name = self.folder / ".out.yaml.hybridgen"
        for make in (lambda: name.symlink_to("precious"), lambda: name.hardlink_to(self.folder / "precious"), name.mkdir, lambda: os.mkfifo(name)):
            make()
            self.assertIn("no run of yours", self.refused(UNWRITTEN, "generate", "-o", "out.yaml"))
            self.assertEqual((self.folder / "precious").read_text(), "keep\n")
            name.rmdir() if name.is_dir() and not name.is_symlink() else name.unlink()
        with open(name, "w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            self.assertIn("another run", self.refused(UNWRITTEN, "generate", "-o", "out.yaml"))
        self.product("generate", "-o", "out.yaml")
        self.product("generate", "-o", "x" * 255)
        self.assertEqual(self.names(), sorted(["hybriddeploy.yaml", "out.yaml", "precious", "x" * 255]))

    def test_file_too_large(self):
        """A limit that is reported, as a full disk is: nothing stays behind."""
        self.write("out.yaml", "old\n")
        done = self.shell("trap '' XFSZ; ulimit -f 1; exec $H generate -o out.yaml")
        self.assertEqual((done.returncode, done.stderr), (UNWRITTEN, "hybridgen: out.yaml cannot be written: File too large\n"))
        self.assertEqual((self.folder / "out.yaml").read_text(), "old\n")
        self.assertEqual(self.names(), ["hybriddeploy.yaml", "out.yaml"])

    def test_mode(self):
        self.shell("umask 027; $H generate -o new.yaml")
        self.assertEqual(stat.S_IMODE((self.folder / "new.yaml").stat().st_mode), 0o640)
        old = self.write("old.yaml", "old\n")
        old.chmod(0o604)
        self.product("generate", "-o", "old.yaml")
        self.assertEqual(stat.S_IMODE(old.stat().st_mode), 0o604)

    def test_link_stays(self):
        (self.folder / "there").mkdir()
        self.write("there/target.yaml", "old\n")
        (self.folder / "link.yaml").symlink_to("there/target.yaml")
        self.product("generate", "-o", "link.yaml")
        self.assertTrue((self.folder / "link.yaml").is_symlink())
        self.assertEqual((self.folder / "there/target.yaml").read_text(), self.expected)
        self.assertEqual([p.name for p in (self.folder / "there").iterdir()], ["target.yaml"])

    def test_devices_and_pipes_stay(self):
        done = self.run_it("generate", "-o", "/dev/full")
        self.assertEqual((done.returncode, done.stderr), (UNWRITTEN, "hybridgen: /dev/full cannot be written: No space left on device\n"))
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))
        pipe, got = self.folder / "pipe", []
        os.mkfifo(pipe)
        reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
        reader.start()
        self.product("generate", "-o", "pipe")
        reader.join()
        self.assertEqual(got, [self.expected])
        self.assertTrue(pipe.is_fifo())

    def test_unwritable(self):
        self.write("file", "x")
        for path in ("missing/out.yaml", "file/out.yaml"):
            done = self.run_it("generate", "-o", path)
            self.assertEqual((done.returncode, done.stdout), (UNWRITTEN, ""))
            self.assertTrue(done.stderr.startswith(f"hybridgen: {path} cannot be written: "), done.stderr)
        (self.folder / "folder").mkdir()
        self.assertIn("Is a directory", self.refused(UNWRITTEN, "schema", "-o", "folder"))

    def test_other_products_to_a_file(self):
        for args in (["schema"], ["explain", "HD1013"]):
            text = self.product(*args)
            self.product(*args, "-o", "out")
            self.assertEqual((self.folder / "out").read_text(), text)

    def test_init(self):
        self.refused(UNWRITTEN, "init")
        self.assertEqual((self.folder / "hybriddeploy.yaml").read_text(), MODEL)
        for name in ("hybriddeploy.yml", "hybriddeploy.json"):
            (self.folder / "hybriddeploy.yaml").unlink(missing_ok=True)
            self.write(name, MODEL)
            self.assertIn(name, self.refused(UNWRITTEN, "init"))
            (self.folder / name).unlink()
        self.product("init")
        starter = (self.folder / "hybriddeploy.yaml").read_text()
        self.assertIn("# ", starter)
        self.assertLess(len(starter.splitlines()), 60)
        self.product("validate", "--strict")
        self.assertIn("kind: Deployment", self.product("generate"))
        self.assertEqual(self.product("init", "-o", "-"), starter)
        self.product("init", "-o", "other.yaml")
        self.assertEqual((self.folder / "other.yaml").read_text(), starter)
        self.assertIn("File exists", self.refused(UNWRITTEN, "init", "-o", "other.yaml"))
        (self.folder / "dangling").symlink_to("nowhere")
        self.assertIn("File exists", self.refused(UNWRITTEN, "init", "-o", "dangling"))
        self.assertIn("No such file", self.refused(UNWRITTEN, "init", "-o", "missing/model.yaml"))
        self.assertEqual((self.folder / "other.yaml").read_text(), starter)


if __name__ == "__main__":
    main()
