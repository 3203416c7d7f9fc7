"""Type checkers accept the examples, and find a wrong word or type."""
import pathlib
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("with_types")

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
    "hd.Service(autoscaling={'max_replica': 3})": "max_replica",
    "hd.App(services={'web': {'autoscaling': {'maxReplica': 3}}})": "maxReplica",
    "hd.App(services={'web': {'ports': [{'nmae': 'http', 'port': 80}]}})": "nmae",
    "hd.Service(readiness_probe={'http_get': {'pth': '/'}})": "pth",
    "hd.Service(resources={'requests': {'cpu': 1}, 'limit': {'cpu': 2}})": "limit",
    "hd.Service().calls.append({'two': 'orders'})": "two",
    "hd.App().services['web'] = {'replicas': '3'}": "replicas",
    "made: hd.ServiceDict = {'replica': 3}": "replica",
}
# Correct programs: both spellings of a key, objects beside dicts, and data whose type no checker can know.
RIGHT = """\
import json
import hybriddeploy as hd

def web() -> hd.ServiceDict:
    return {"autoscaling": {"maxReplicas": 3}, "calls": [{"to": "orders", "port": "http"}, "search"]}

app = hd.App(services={"web": web(), "orders": {"resources": {"requests": {"cpu": 0.5}}}, "search": hd.Service(), "mail": None})
app.services["web"].autoscaling = {"max_replicas": 3}
app.services["web"].calls.append("mail")
app.services["web"].calls.append({"to": "mail", "methods": ["GET"]})
app.services["web"].ports = [{"name": "http", "port": 80}, hd.Port(port=81), 82]
app.services["web"].env = {"A": "b", "C": hd.Env(secret="s", key="k"), "D": {"secret": "s", "key": "k"}}
app.services["jobs"] = {"kind": "CronJob", "schedule": "0 3 * * *"}
app.services["more"] = hd.Service.from_dict(json.loads("{}"))
objects = app.objects(only="Deployment")
objects["Deployment/web"]["spec"]["paused"] = True
targets: list[str | None] = [one.target for one in app.patch(objects, only="Deployment")]
del app.services["web"].replicas, app.services["web"].env
"""


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
def test_right_words_pass(checker, tmp_path):
    file = tmp_path / "right.py"
    file.write_text(RIGHT)
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
