"""Builds a wheel, adds the libraries that it needs, and uses it in an environment without anything else."""
import os
import pathlib
import shutil
import subprocess
import sys
import venv

import pytest

ROOT = pathlib.Path(__file__).parents[3]
PACKAGE = ROOT / "bindings" / "python"
CLEAN = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "HYBRIDDEPLOY_LIBRARY", "LD_LIBRARY_PATH")}

pytestmark = pytest.mark.skipif(not shutil.which("auditwheel") or not shutil.which("patchelf"), reason="needs auditwheel and patchelf")


def run(*command, cwd=ROOT):
    done = subprocess.run([str(one) for one in command], cwd=cwd, env=CLEAN, text=True, capture_output=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_wheel(source, folder):
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_types(python, folder):
    """Type checkers find the types of the package that this interpreter has: of two lines, one has a mistake."""
    wrong = folder / "wrong.py"
    wrong.write_text("import hybriddeploy as hd, hybriddeploy.pytest_plugin\nhd.Service(replica=3)\nhd.Service(replicas=3)\n")
    for checker in (["mypy", "--python-executable", python, "--cache-dir", os.devnull], ["pyright", "--pythonpath", python]):
        if shutil.which(checker[0]):
            done = subprocess.run([*map(str, checker), str(wrong)], env=CLEAN, cwd=folder, text=True, capture_output=True, timeout=300, check=False)
            mistakes = [line for line in done.stdout.splitlines() if "wrong.py:" in line and "error" in line]
            assert len(mistakes) == 1 and "wrong.py:2" in mistakes[0] and '"replica"' in mistakes[0], done.stdout


@pytest.fixture(params=["folder", "sdist"])
def wheel(request, tmp_path):
    if request.param == "folder":
        return build_wheel(PACKAGE, tmp_path)
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, PACKAGE)
    (sdist,) = tmp_path.glob("*.tar.gz")
    return build_wheel(sdist, tmp_path)


def test_wheel_works_in_an_empty_environment(wheel, tmp_path):
    run("auditwheel", "repair", "-w", tmp_path / "repaired", wheel)
    (repaired,) = (tmp_path / "repaired").glob("*.whl")
    # The wheel is for every Python 3.
    assert "-py3-none-manylinux" in repaired.name
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--no-index", repaired)
    assert run(python, ROOT / "examples" / "graphmemory.py", cwd="/") == (ROOT / "examples/graphmemory/expected.yaml").read_text()
    where = run(python, "-c", "import hybriddeploy; print(hybriddeploy._raw.library_path)", cwd="/").strip()
    assert pathlib.Path(where).is_relative_to(tmp_path / "venv")
    run(python, "-c", "import hybriddeploy as hd; [getattr(hd, name) for name in hd.__all__]", cwd="/")
    check_types(python, tmp_path)
    # The command is on the PATH, and the module and the command that uvx and pipx run look for are the same command.
    model = ROOT / "examples/graphmemory/hybriddeploy.yaml"
    assert run(tmp_path / "venv/bin/hybridgen", "generate", "-f", model, cwd="/") == (ROOT / "examples/graphmemory/expected.yaml").read_text()
    assert run(python, "-m", "hybriddeploy", "version", cwd="/").startswith("hybridgen ")
    assert run(tmp_path / "venv/bin/hybriddeploy", "version", cwd="/").startswith("hybridgen ")
    # The wheel contains the libraries that ours is linked to.
    libraries = {line.split()[0]: line for line in run("ldd", where).splitlines() if "=>" in line}
    assert all(str(tmp_path) in line for name, line in libraries.items() if "fyaml" in name) and any("fyaml" in name for name in libraries)


def test_an_editable_installation_has_library_command_and_types(tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    # Use the build tools of this environment.
    tools = "import os, site, sys; print(os.pathsep.join(site.getsitepackages()))"
    build = dict(CLEAN, PYTHONPATH=run(sys.executable, "-c", tools).strip())
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps", "-e", PACKAGE], env=build, check=True, timeout=900)
    where, library = run(python, "-c", "import hybriddeploy as hd; print(hd.__file__, hd._raw.library_path)", cwd="/").split()
    assert pathlib.Path(where).parent == PACKAGE / "hybriddeploy" and pathlib.Path(library).is_relative_to(tmp_path / "venv")
    assert run(tmp_path / "venv/bin/hybridgen", "version", cwd="/").startswith("hybridgen ")
    check_types(python, tmp_path)
    # pytest finds the plugin by itself.
    done = subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hybriddeploy", ROOT / "examples/graphmemory/hybriddeploy.yaml"],
                          env=build, cwd=tmp_path, text=True, capture_output=True, timeout=60, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    run(python, "-m", "pip", "uninstall", "-q", "-y", "hybriddeploy")
    assert not list((tmp_path / "venv").rglob("hybriddeploy*"))
