"""From manifests back to the model: the same answers as those of the command, also for models that have no file."""
import json
import os
import pathlib
import subprocess

import pytest

import hybriddeploy as hd
from hybriddeploy import _backward

HYBRIDGEN = os.environ.get("HYBRIDGEN", "hybridgen")
GOLDEN = pathlib.Path(__file__).parents[1] / "golden"
MODELS = sorted(path.parent for path in GOLDEN.glob("*/hybriddeploy.yaml"))
# The quick tests take some of them.
CHOSEN = MODELS if os.environ.get("ALL_MODELS") else MODELS[::12]
TEXT = """name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
services:
  web:
    runtime: cpython
    replicas: 3
    calls: [orders]
  orders: {runtime: cpython, callers: []}
"""


@pytest.fixture(autouse=True)
def the_command(monkeypatch):
    monkeypatch.setattr(_backward, "find_hybridgen", lambda: HYBRIDGEN)


def told(folder, *args):
    done = subprocess.run([HYBRIDGEN, "explain", "-q", "--format", "json", *args], cwd=folder, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_rows(answer):
    keys = {"of": "from"}
    return [{**{key: getattr(one, key) for key in ("kind", "name", "manifest", "line", "field", "value", "rule")},
             "sources": [{keys.get(key, key): value for key, value in vars(source).items()} for source in one.sources]} for one in answer]


def without_places(rows):
    """The text of a model that was changed in Python says less: whether a layer or a setting gave a value, and what stands in which line."""
    return [(row["field"], row["value"], {(one["path"], one["value"], one["origin"], one["certain"]) for one in row["sources"]}) for row in rows]


@pytest.mark.parametrize("folder", CHOSEN, ids=lambda folder: folder.name)
def test_golden_models(folder, monkeypatch):
    monkeypatch.chdir(folder)
    app = hd.App.from_file("hybriddeploy.yaml")
    manifest = next((one for one in app.generate() if one.service), app.generate()[0])
    # A whole object takes seconds, so that few of them are asked for.
    where, field = f"{manifest.kind}/{manifest.name}", "" if MODELS.index(folder) % 10 == 0 else "metadata.labels" if manifest.service else "metadata"
    rows = told(folder, where, *([field] if field else []))
    assert as_rows(app.explain_manifest(where, field)) == rows
    # Another text of the same model, at the same place.
    text = hd.App.from_yaml(pathlib.Path("hybriddeploy.yaml").read_bytes(), name="./other.yaml")
    found = as_rows(text.explain_manifest(where, field))
    assert without_places(found) == without_places(rows)
    assert len(found) == len(rows)
    for row, one in zip(found, rows):
        lines = {source["path"]: source["line"] for source in one["sources"] if source["file"] == "hybriddeploy.yaml"}
        # A part of the model begins at its key for the command, and at its first entry for an object of Python.
        for source in (source for source in row["sources"] if source["value"] is not None):
            if source["file"] == "./other.yaml" and source["path"] in lines:
                assert source["line"] == lines[source["path"]], (row["field"], source)


def test_a_line_and_a_changed_model(tmp_path):
    (tmp_path / "hybriddeploy.yaml").write_text(TEXT)
    app = hd.App.from_file(tmp_path / "hybriddeploy.yaml")
    app.write(tmp_path / "deploy")
    [file] = (tmp_path / "deploy").glob("*deployment-web.yaml")
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if "replicas: 3" in text)
    [answer] = app.explain_manifest(f"{file}:{line}")
    [source] = answer.sources
    assert (answer.field, source.path, source.line, source.column, source.certain) == ("spec.replicas", "services.web.replicas", 7, 15, True)
    assert source.file == str(tmp_path / "hybriddeploy.yaml")
    app.services["web"].min_ready_seconds = 7
    [answer] = app.explain_manifest("Deployment/web", "spec.replicas")
    assert (answer.sources[0].file, answer.sources[0].line) == (str(tmp_path / "hybriddeploy.yaml"), 7)
    app.services["web"].replicas = 4
    with pytest.warns(UserWarning, match="has another spec.replicas than the model gives now"):
        [answer] = app.explain_manifest(f"{file}:{line}")
    assert (answer.value, answer.sources[0].file) == ("4", None)


def test_a_model_made_in_python():
    hd.track_positions()
    try:
        app = hd.App(name="shop", image_registry="registry.example.com/shop", image_tag="1.4.2",
                     services={"web": hd.Service(runtime="cpython", annotations={"a": 'x,{"y":[1]}\n'})})
        app.services["web"].replicas = 3
    finally:
        hd.track_positions(False)
    [answer] = app.explain_manifest("Deployment/web", "spec.replicas")
    assert (answer.sources[0].path, pathlib.Path(answer.sources[0].file).name) == ("services.web.replicas", "test_backward.py")
    assert app.explain_manifest("Deployment/web", "spec.replicas", namespace="other") == [answer]
    [source] = app.explain_manifest("Deployment/web", "metadata.namespace", namespace="other")[0].sources
    assert (source.origin, source.value) == ("caller", "other")
    assert app.explain_manifest("NetworkPolicy/web", "kind")[0].rule


def test_lines_have_the_columns_of_the_text():
    text = '{"a":["x,{",1,{"é":"\\"]"}],"b":{}}'
    broken, column_at = _backward.lines_of(text.encode())
    assert json.loads(broken) == json.loads(text)
    for number, line in enumerate(broken.decode().splitlines(), 1):
        for column in range(1, len(line) + 1):
            assert text[column_at(number, column) - 1] == line[column - 1]


def test_wrong_calls(tmp_path, monkeypatch):
    app = hd.App.from_yaml(TEXT)
    with pytest.raises(ValueError, match="did you mean Deployment/web"):
        app.explain_manifest("Deployment/wbe")
    with pytest.raises(ValueError, match="has nothing at spec.nowhere"):
        app.explain_manifest("Deployment/web", "spec.nowhere")
    with pytest.raises(OSError, match="No such file"):
        app.explain_manifest(f"{tmp_path}/gone.yaml:3")
    with pytest.raises(hd.InvalidModelError):
        hd.App.from_yaml(TEXT.replace("[orders]", "[order]")).explain_manifest("Deployment/web")
    monkeypatch.undo()
    monkeypatch.setattr("hybriddeploy.__main__.os.access", lambda *_: False)
    with pytest.raises(FileNotFoundError, match="the command hybridgen is in none of"):
        app.explain_manifest("Deployment/web")


def test_workspace(tmp_path):
    for name in ("shop", "billing"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hybriddeploy.yaml").write_text(TEXT.replace("name: shop", f"name: {name}"))
    (tmp_path / "hybriddeploy.workspace.yaml").write_text('applications: ["*/hybriddeploy.yaml"]')
    workspace = hd.Workspace.from_file(tmp_path / "hybriddeploy.workspace.yaml", sets="shop/services.web.replicas=5")
    [answer] = workspace.explain_manifest("shop/Deployment/web", "spec.replicas")
    assert (answer.application, answer.value, answer.sources[0].file) == ("shop", "5", "--set services.web.replicas=5")
    with pytest.raises(ValueError, match="is of several applications: billing and shop"):
        workspace.explain_manifest("Deployment/web", "spec.replicas")
