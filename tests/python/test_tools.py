"""The tables for notebooks, and the plugin for pytest."""
import copy
import pathlib
import subprocess
import sys

import hybriddeploy as hd
from hybriddeploy import _html

MODEL = str(pathlib.Path(__file__).parents[2] / "examples/graphmemory/hybriddeploy.yaml")


def shop(*calls):
    return hd.App(name="shop", image_registry="registry.example.com/shop", image_tag="1.4.2",
                  services={"web": hd.Service(runtime="cpython", calls=list(calls)), "orders": hd.Service(runtime="cpython")})


def test_a_notebook_shows_who_may_talk_to_whom():
    shown = shop("orders")._repr_html_()
    row = "".join(f'<td style="text-align:left">{cell}</td>' for cell in ("web", "orders", "8000", "call"))
    assert f"<tr>{row}</tr>" in shown
    assert f"<tr>{row}</tr>" not in shop()._repr_html_()


def test_a_notebook_shows_a_picture_where_there_is_one(tmp_path, monkeypatch):
    table = _html.connections([])
    command = tmp_path / "hybridgen"
    monkeypatch.setattr(_html, "find_hybridgen", lambda: str(command))
    assert table.partition("<tr>")[0] == shop("orders")._repr_html_().partition("<tr>")[0]
    for script, shown in (("cat >&2; echo half; exit 4", ""), ("grep -c ^kind:.Deployment; echo \"$*\"", "2\ngraph --quiet --format svg -\n")):
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(0o755)
        assert shop("orders")._repr_html_().partition("<table>")[0] == shown


def test_a_notebook_shows_findings_and_obeys_none_of_them():
    found = shop("<script>alert(1)</script>").check()
    assert isinstance(found, list) and len(found) == 1
    for shown in (found._repr_html_(), found[0]._repr_html_(), shop("<script>")._repr_html_()):
        assert found[0].code in shown and "<script>" not in shown and "&lt;script&gt;" in shown


def test_a_notebook_says_that_nothing_is_wrong():
    assert shop("orders").check()._repr_html_() == "<p>no mistakes</p>"


def test_a_copy_keeps_what_a_derived_class_holds():
    class Owned(hd.Service):
        __slots__ = ("team", "__pager", "unset")

        def __init__(self, team, **members):
            super().__init__(**members)
            self.team, self.__pager = team, [team]

        def pager(self):
            return self.__pager

    class More(Owned):
        __slots__ = ("more",)

    app = shop()
    app.services["web"] = More("blue", runtime="cpython")
    app.services["web"].more = 3
    for made in (app.copy().services["web"], copy.deepcopy(app).services["web"], copy.copy(app.services["web"])):
        assert (type(made), made.team, made.pager(), made.more, made.runtime) == (More, "blue", ["blue"], 3, "cpython")
        assert not hasattr(made, "unset")


def run_pytest(folder, *options):
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-p", "hybriddeploy.pytest_plugin",
                           "--rootdir=.", *options],
                          cwd=folder, text=True, capture_output=True, timeout=60, check=False)


def test_pytest_makes_a_failing_test_of_each_finding(tmp_path):
    wrong = shop("serach", "mial").to_yaml()
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    done = run_pytest(tmp_path, "--hybriddeploy", MODEL, "--hybriddeploy", "wrong.yaml", "--hybriddeploy", "missing.yaml")
    assert done.returncode == 1 and "3 failed, 1 passed" in done.stdout, done.stdout
    assert f"PASSED {MODEL}" in done.stdout and "FAILED missing.yaml::HD1013" in done.stdout
    assert "FAILED wrong.yaml::HD3015 services.web.calls[0].to" in done.stdout and 'there is no service or external "mial"' in done.stdout


def test_pytest_has_a_fixture_that_loads_a_model(tmp_path):
    (tmp_path / "wrong.yaml").write_text("name: Shop\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(
        f"def test_right(hybriddeploy_model):\n    assert hybriddeploy_model({MODEL!r}).name == 'graphmemory'\n\n"
        "def test_wrong(hybriddeploy_model):\n    hybriddeploy_model('wrong.yaml')\n", encoding="utf-8")
    done = run_pytest(tmp_path)
    assert "1 failed, 1 passed" in done.stdout and "wrong.yaml:1:7" in done.stdout, done.stdout
