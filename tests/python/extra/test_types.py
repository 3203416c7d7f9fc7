"""Type checkers know the package: they let the examples pass, and find a wrong word or type."""
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
EXAMPLES = sorted(str(path) for path in (ROOT / "examples").glob("*.py"))
WRONG = {
    "hd.Service(replica=3)": "replica",
    "hd.Service(replicas='3')": "replicas",
    "hd.Service(kind='Deploymnt')": "kind",
    "hd.App(services={'web': hd.Port(port=1)})": "services",
    "hd.Service().autoscaling.max_replica": "max_replica",
    "hd.App(name='shop').services[0].replicas + 'x'": "+",
    "hd.App(name='shop').generate(onyl='Service')": "onyl",
}


def mypy(*args):
    return subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir=/dev/null", *args], text=True,
                          capture_output=True, timeout=300, check=False)


def pyright(*args):
    return subprocess.run(["pyright", "--pythonpath", sys.executable, *args], text=True, capture_output=True, timeout=300, check=False)


checkers = pytest.mark.parametrize("checker", [
    pytest.param(mypy, id="mypy"),
    pytest.param(pyright, id="pyright", marks=pytest.mark.skipif(not shutil.which("pyright"), reason="needs pyright"))])


@checkers
def test_examples_pass(checker):
    done = checker(*EXAMPLES)
    assert done.returncode == 0, done.stdout


@checkers
def test_members_can_be_deleted(checker, tmp_path):
    file = tmp_path / "right.py"
    file.write_text("import hybriddeploy as hd\nweb = hd.Service(replicas=3)\ndel web.replicas, web.env\n")
    done = checker(str(file))
    assert done.returncode == 0, done.stdout


@checkers
def test_mistakes_are_found(checker, tmp_path):
    file = tmp_path / "wrong.py"
    file.write_text("import hybriddeploy as hd\n" + "\n".join(WRONG) + "\n")
    done = checker(str(file))
    lines = [line for line in done.stdout.splitlines() if "wrong.py:" in line and "error" in line]
    found = {int(line.split("wrong.py:")[1].split(":")[0]) for line in lines}
    assert found == set(range(2, len(WRONG) + 2)), done.stdout


def test_stubs_say_what_is_there():
    done = subprocess.run([sys.executable, "-m", "mypy.stubtest", "hybriddeploy", "--concise", "--allowlist",
                           ROOT / "tests" / "python" / "stubtest_allowlist"], text=True, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
