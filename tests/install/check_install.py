#!/usr/bin/env python3
"""check_install.py BUILD_FOLDER EXAMPLES COMPILER... : installs into an empty folder, compiles the examples with nothing but
what pkg-config or CMake say, runs them, and compares what they print with what hybridgen prints."""
import json
import os
import re
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def run(*command, status=0, env=None):
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == status, f"{command}: status {done.returncode}\n{done.stdout[-2000:]}{done.stderr}"
    return done.stdout


class Installed:
    """A library installed into a folder that stands for /."""

    def __init__(self, build, root, compiler):
        run("meson", "install", "-C", build, "--no-rebuild", "--destdir", root)
        self.root, self.compiler = root, compiler
        pc, = root.rglob("hybriddeploy.pc")
        library, = (path for path in root.rglob("libhybriddeploy.so"))
        abi, = re.findall(r"^#define HD_INTERFACE_VERSION (\d+)u", next(root.rglob("hybriddeploy/version.h")).read_text(), re.M)
        assert library.is_symlink() and library.with_suffix(f".so.{abi}").exists()
        self.env = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=str(root), PKG_CONFIG_PATH=str(pc.parent), LD_LIBRARY_PATH=str(library.parent))
        self.hybridgen, = root.rglob("bin/hybridgen")

    def flags(self, *options):
        return shlex.split(run("pkg-config", *options, "hybriddeploy", env=self.env))

    def compiled(self, source, libraries=None):
        program = self.root / source.stem
        run(*shlex.split(self.compiler), *WARNINGS, source, "-o", program, *self.flags("--cflags"), *(libraries or self.flags("--libs")))
        return program

    def run(self, *command, status=0):
        return run(*command, status=status, env=self.env)


def check_graphmemory(installed, examples):
    model = examples / "graphmemory" / "hybriddeploy.yaml"
    from_structs = installed.run(installed.compiled(examples / "graphmemory.c"))
    from_yaml = installed.run(installed.hybridgen, "generate", "-f", model)
    assert from_structs.count("\n---\n") >= 6, "six services have more manifests"
    assert from_structs == from_yaml, "the structs give other manifests than the file"


def check_load_change_emit(installed, examples):
    program = installed.compiled(examples / "load_change_emit.c")
    model = examples / "graphmemory" / "hybriddeploy.yaml"
    deployment = json.loads(installed.run(program, model, "dashboard-service", "5"))
    assert (deployment["kind"], deployment["metadata"]["name"]) == ("Deployment", "dashboard-service")
    assert deployment["spec"]["replicas"] == 5
    installed.run(program, model, "dashboard-service", "-1", status=1)
    installed.run(program, "absent.yaml", "web", "5", status=2)


def check_validator(installed, examples):
    program = installed.compiled(examples / "validator.c")
    assert len((examples / "validator.c").read_text().splitlines()) <= 35
    assert ": error: " not in installed.run(program, examples / "graphmemory" / "hybriddeploy.yaml")
    wrong = installed.root / "wrong.yaml"
    wrong.write_text("name: shop\nservices:\n  web:\n    runtim: cpython\n    image: {tag: '1'}\n    replicas: -1\n")
    printed = installed.run(program, wrong, status=1)
    assert f"{wrong}:4:5: error: " in printed and "did you mean runtime?" in printed and f"{wrong}:6:15: error: " in printed, printed


def check_archive(installed):
    """The static library takes no name but the public ones from a program."""
    archive, = installed.root.rglob("libhybriddeploy.a")
    exported = {line.split()[-1].split("@")[0] for line in run("nm", "-D", "--defined-only", archive.with_suffix(".so")).splitlines()}
    in_archive = {line.split()[-1] for line in run("nm", "-g", "--defined-only", archive).splitlines() if " " in line}
    assert in_archive == {name for name in exported if name.startswith("hd_")}, in_archive ^ exported
    # After the library itself come the flags of what it needs.
    needed = [flag for flag in installed.flags("--libs", "--static") if flag != "-lhybriddeploy"]
    program = installed.compiled(pathlib.Path(__file__).with_name("own_names.c"), [archive, *needed])
    assert "kind: Deployment" in run(program), "without LD_LIBRARY_PATH: nothing but the archive is used"


def check_cpp(installed, examples):
    compiler = shutil.which("g++")
    if not compiler:
        return print("no g++: the C++ example is not compiled")
    program = installed.root / "embed"
    # As distributions build: optimized when it is linked, and without libraries that nothing calls.
    run(compiler, "-std=c++17", "-O2", "-flto=auto", *WARNINGS[1:], "-Wl,--as-needed", examples / "embed.cpp", "-o", program, *installed.flags("--cflags", "--libs"))
    assert "libhybriddeploy.so." in run("readelf", "-d", program)
    assert "Deployment: 2\n" in installed.run(program, "web", "orders")
    assert "web" in subprocess.run([program, "web", "web"], env=installed.env, capture_output=True, text=True).stderr
    return installed.run(program, "web", "web", status=1)


def check_cmake(installed, examples):
    """A CMake project finds the library where it was installed, and links it both ways."""
    if not shutil.which("cmake"):
        return print("no cmake: its config files are not tried")
    build = installed.root / "cmake-build"
    config, = installed.root.rglob("hybriddeployConfig.cmake")
    run("cmake", "-S", pathlib.Path(__file__).with_name("cmake"), "-B", build, f"-Dhybriddeploy_DIR={config.parent}", f"-DSOURCE={examples / 'graphmemory.c'}")
    run("cmake", "--build", build)
    expected = (examples / "graphmemory" / "expected.yaml").read_text()
    assert installed.run(build / "with_default") == expected
    assert run(build / "with_archive") == expected
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-d", build / "with_default"))
    assert any(name.startswith("libhybriddeploy.so.") for name in needed) and "hybriddeploy" not in run("readelf", "-d", build / "with_archive")
    return None


def check_places(installed):
    """What is not compiled stands where shells and man look for it."""
    exported = re.findall(r"\bhd_\w+", run("nm", "-D", "--defined-only", next(installed.root.rglob("libhybriddeploy.so"))))
    pages = {page.stem for page in installed.root.rglob("man3/*.3")}
    assert pages == set(exported), pages ^ set(exported)
    for place in ["man1/hybridgen.1", "man5/hybriddeploy.yaml.5", "bash-completion/completions/hybridgen.bash", "zsh/site-functions/_hybridgen",
                  "fish/vendor_completions.d/hybridgen.fish"]:
        assert any(installed.root.rglob(place)), place
    if shutil.which("mandoc"):
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *installed.root.rglob("man3/*.3")], capture_output=True, text=True).stdout
        # Where sentences end in a header is for those who read the header.
        assert not [line for line in lint.splitlines() if "new sentence" not in line], lint


def main(build, examples, compiler):
    with tempfile.TemporaryDirectory() as folder:
        installed = Installed(build, pathlib.Path(folder), compiler)
        assert installed.flags("--modversion") and "-lfyaml" not in installed.flags("--libs"), "libfyaml is the library's own affair"
        assert "-lfyaml" in installed.flags("--libs", "--static")
        checks = {"graphmemory": check_graphmemory, "load_change_emit": check_load_change_emit, "validator": check_validator}
        assert set(checks) == {source.stem for source in examples.glob("*.c")}, "an example is not checked"
        for check in checks.values():
            check(installed, examples)
        check_archive(installed)
        check_cpp(installed, examples)
        check_cmake(installed, examples)
        check_places(installed)


main(sys.argv[1], pathlib.Path(sys.argv[2]), " ".join(sys.argv[3:]))
