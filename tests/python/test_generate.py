"""Checks models and generates their manifests."""
import collections
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys

import pytest
import yaml

import hybriddeploy as hd
from test_model import shop


def test_manifests():
    manifests = shop().generate()
    web = next(one for one in manifests if one.kind == "Deployment")
    assert (web.name, web.namespace, web.api_version, web.service) == ("web", "shop", "apps/v1", "web")
    assert web.file_name == "50-deployment-web.yaml"
    assert web.data == yaml.safe_load(web.text)
    assert web.data["spec"]["template"]["spec"]["containers"][0]["image"] == "registry.example.com/shop/web:1.4.2"
    assert "".join(one.text for one in manifests) == shop().to_stream()
    again = pickle.loads(pickle.dumps(web))
    assert (again.text, again.data, again.kind) == (web.text, web.data, "Deployment")


def test_options():
    app = shop()
    assert [one.kind for one in app.generate(only="networkpolicy/web")] == ["NetworkPolicy"]
    assert {one.namespace for one in app.generate(only=["Service", "Deployment"], namespace="other")} == {"other"}
    assert [json.loads(line)["kind"] for line in app.to_stream(format="json").splitlines()] == [one.kind for one in app.generate()]
    assert yaml.safe_load(app.to_stream(format="list"))["kind"] == "List"
    with pytest.raises(ValueError, match="there is no format 'xml'"):
        app.to_stream(format="xml")
    assert "replicas" in app.explain("services.web") or "autoscaling" in app.explain("services.web")
    with pytest.raises(KeyError, match="the complete model has nothing at services.nobody"):
        app.explain("services.nobody")


FILE = """\
name: shop
imageRegistry: registry.example.com
imageTag: "1"
runtimes: {condon: {replicas: 4}}
services:
  web:
    runtime: cpython
    replicas: 3
    env: {LEVEL: info}
  api: {runtime: condon}
"""


def origin(app, path):
    return re.search(r"  # (.*)$", app.explain(path))[1]


def test_explain_names_the_file_for_what_it_still_says(tmp_path):
    path = tmp_path / "hybriddeploy.yaml"
    path.write_text(FILE)
    app = hd.App.from_file(path)
    whole = app.explain()
    assert f"{path}:7" in origin(app, "services.web.runtime") and f"{path}:8" in origin(app, "services.web.replicas")
    app.services["web"].replicas = 5
    assert origin(app, "services.web.replicas") == "given"
    assert origin(app, "services.web.runtime") == f"{path}:7"
    assert origin(app, "services.web.env") == f"{path}:9"
    assert origin(app, "services.api.replicas") == f"runtimes.condon, {path}:4"
    app.runtimes["condon"].replicas = 6
    assert origin(app, "services.api.replicas") == "runtimes.condon"
    app.services["web"].replicas, app.runtimes["condon"].replicas = 3, 4
    assert app.explain() == whole
    # The changed value has no place, and every other line is the same as before.
    app.services["web"].env["LEVEL"] = "debug"
    changed = [(a, b) for a, b in zip(whole.splitlines(), app.explain().splitlines()) if a != b]
    assert changed == [(f"        value: info  # {path}:9", "        value: debug  # given")]


def test_explain_names_the_line_of_python(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import hybriddeploy as hd\nhd.track_positions()\n"
                      "app = hd.App(name='shop', image_registry='r.example.com', image_tag='1')\n"
                      "app.services.append(hd.Service(name='web', runtime='cpython'))\n\n"
                      "app.services['web'].replicas = 3\nprint(app.explain('services.web'))\nhd.track_positions(False)\n")
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    assert f"runtime: cpython  # {script}:4" in printed and f"replicas: 3  # {script}:6" in printed


def test_a_resolved_model_is_objects(examples):
    app = hd.App.from_file(examples / "graphmemory" / "hybriddeploy.yaml")
    resolved = app.resolve(namespace="other")
    assert resolved.namespace == "other" and app.namespace != "other"
    assert app.services["auth-service"].readiness_probe.period_seconds is None
    assert resolved.services["auth-service"].readiness_probe.period_seconds > 0
    assert resolved.to_stream() == app.to_stream(namespace="other")
    made = shop()
    assert made.resolve().to_stream() == made.to_stream()


def test_exceptions_are_those_that_python_knows(tmp_path):
    with pytest.raises(ValueError):
        hd.App(name="X").generate()
    with pytest.raises(OSError) as caught:
        hd.App.from_file(tmp_path / "absent.yaml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and again.diagnostics == caught.value.diagnostics and "absent.yaml" in str(again)
    with pytest.raises(OSError):
        shop().write("/proc/absent/folder")
    with pytest.raises(TypeError, match='kubernetes_version must be a text, such as "1.30", not 1.3'):
        shop().generate(kubernetes_version=1.30)


def test_folder(tmp_path):
    app = shop()
    app.write(tmp_path / "deploy")
    for manifest in app.generate():
        assert (tmp_path / "deploy" / manifest.file_name).read_text() == manifest.text
    edited = tmp_path / "deploy" / "50-deployment-web.yaml"
    edited.write_text("# mine\n")
    with pytest.raises(hd.UnwritableError) as caught:
        app.write(tmp_path / "deploy")
    assert "50-deployment-web.yaml" in str(caught.value) and edited.read_text() == "# mine\n"
    app.write(tmp_path / "deploy", force=True)
    assert edited.read_text() != "# mine\n"


def test_words_that_choose_nothing():
    app = shop()
    assert app.generate(only="CronJob") == []
    for chosen, message in [({"only": "Deploymnet"}, "there is no kind 'Deploymnet'; did you mean 'Deployment'?"),
                            ({"only": ["Deployment", "xyz"]}, "there is no kind 'xyz'; kinds() lists all of them"),
                            ({"only": "Deployment/orders"}, "the model generates no 'Deployment/orders'")]:
        for function in (app.generate, app.to_stream, app.files, lambda **chosen: app.write("never-written", **chosen)):
            with pytest.raises(ValueError) as caught:
                function(**chosen)
            assert str(caught.value) == message
    with pytest.raises(ValueError, match="there is no part 'opps'; did you mean 'ops'?"):
        app.files(parts="opps")
    assert not os.path.exists("never-written")


def test_files_that_go_with_the_manifests(tmp_path):
    app = shop(build=True)
    assert app.files() == [] and {one.part for one in app.files(parts="ops")} <= {one.name for one in hd.parts() if one.group == "ops"}
    (dockerfile,) = [one for one in app.files(parts="dockerfiles") if one.path.endswith("/Dockerfile")]
    assert (dockerfile.service, dockerfile.part, dockerfile.executable) == ("web", "dockerfiles", False)
    assert dockerfile.text == str(dockerfile) and "\nFROM " in dockerfile.text
    assert app.files(only=dockerfile.path)[0].text == pickle.loads(pickle.dumps(dockerfile)).text == dockerfile.text
    app.write(tmp_path / "deploy", parts=["dockerfiles"])
    assert (tmp_path / "deploy" / dockerfile.path).read_text() == dockerfile.text
    app.write(tmp_path / "deploy", parts="none")
    assert not (tmp_path / "deploy" / dockerfile.path).exists()


def test_errors_carry_what_was_found():
    app = shop(calls=["serach"])
    with pytest.raises(hd.InvalidModelError) as caught:
        app.generate()
    (found,) = caught.value.diagnostics
    assert (found.code, found.severity, found.path) == ("HD3015", "error", "services.web.calls[0].to")
    assert found.file is None and found.line is None
    assert found.object is app.services["web"].calls[0]
    assert str(caught.value) == "services.web.calls[0].to: error: there is no service or external \"serach\" [HD3015]\n" + \
        (f"  hint: {found.hint}\n" if found.hint else "") + "1 error"
    with pytest.raises(hd.InvalidModelError):
        app.to_stream()
    assert [one.code for one in app.check()] == ["HD3015"]


def test_positions_of_python_when_asked_for():
    hd.track_positions()
    try:
        service = hd.Service(runtime="cpython", calls=["nobody"])  # here
        app = hd.App(name="shop", image_registry="registry.example.com", image_tag="1", services={"web": service.copy(), "api": service})
    finally:
        hd.track_positions(False)
    lines = open(__file__).read().splitlines()
    found = app.check()
    assert {os.path.abspath(one.file) for one in found} == {os.path.abspath(__file__)} and len(found) == 2
    assert all("# here" in lines[one.line - 1] or "services=" in lines[one.line - 1] for one in found)
    assert "test_generate.py" in str(found[0])


def test_positions_of_members_that_are_given_later():
    hd.track_positions()
    try:
        app = hd.App(name="shop", image_registry="registry.example.com", image_tag="1")
        app.services["web"] = hd.Service()
        app.services["web"].runtime = "cpython"
        app.services["web"].replicas = -1  # replicas
        app.runtimes["cpython"] = hd.Service()
        app.runtimes["cpython"].liveness_probe.period_seconds = -1  # runtime
        app = app.copy()
    finally:
        hd.track_positions(False)
    lines = open(__file__).read().splitlines()
    assert sorted(lines[one.line - 1].split("#")[-1].strip() for one in app.check()) == ["replicas", "runtime"]


def test_positions_of_the_file_as_long_as_it_says_the_same(tmp_path):
    text = "name: shop\nimageRegistry: registry.example.com\nimageTag: v1\nservices:\n  web: {runtime: cpython, calls: [nobody]}\n"
    file = tmp_path / "hybriddeploy.yaml"
    file.write_text(text)
    app = hd.App.from_file(file)
    (found,) = app.check()
    assert (found.file, found.line, found.column) == (str(file), 5, 35)
    assert "    5 |   web: {runtime: cpython, calls: [nobody]}\n      |                                   ^" in str(found)
    app.services["web"].calls.append("nobody-else")
    # A value that is the same as in the file has its place there; a new value has no place.
    old, new = sorted(app.check(), key=lambda one: one.path)
    assert (old.path, old.file, old.line, old.column) == ("services.web.calls[0].to", str(file), 5, 35)
    assert (new.path, new.file, new.line) == ("services.web.calls[1].to", None, None)
    del app.services["web"].calls[0]
    assert [(one.path, one.line) for one in app.check()] == [("services.web.calls[0].to", None)]


def test_every_place_of_a_file_is_found_again(monkeypatch):
    """A model that was changed has, for its unchanged parts, the same places as the unchanged model."""
    compared = 0
    for case in sorted((pathlib.Path(__file__).parents[1] / "cases").iterdir()):
        if not (case / "hybriddeploy.yaml").exists() or (case / "args").exists():
            continue
        monkeypatch.chdir(case)
        try:
            app = hd.App.from_file()
        except hd.HybridDeployError:
            continue
        unchanged = collections.defaultdict(set)
        for one in app.check():
            unchanged[one.code, one.path].add((one.file, one.line, one.column))
        app.annotations["changed"] = "yes"
        for one in app.check():
            # When a path leads to two elements, Python finds the first. A changed model has no lines inside its texts.
            in_text = case.name in ("reference-in-a-block-text", "config-json-in-block", "address-in-a-file", "probe-of-a-database-in-a-script",
                                     "addresses-in-scripts", "listens-elsewhere-by-a-file")
            # A mistake of a whole element of a list is reported at its name.
            if case.name == "sysctls-of-the-node":
                assert (one.file, one.line) in [place[:2] for place in unchanged[one.code, one.path]], one
                continue
            # A mistake in a value of any form is told where the value begins.
            if re.search(r"(^|\.)(manifests|patches)\[", one.path):
                continue
            if (one.code, one.path) in unchanged and "HD1255" != one.code and not in_text:
                assert (one.file, one.line, one.column) in unchanged[one.code, one.path], one
                compared += 1
    assert compared > 150


def test_input_that_is_none(tmp_path):
    with pytest.raises(hd.UnreadableError, match="cannot be read"):
        hd.App.from_file(tmp_path / "missing.yaml")
    with pytest.raises(hd.UnreadableError):
        hd.App.from_yaml("a: [")
    with pytest.raises(hd.InvalidModelError) as caught:
        hd.App.from_yaml("name: shop\nserices: {}\n", name="shop.yaml")
    assert 'shop.yaml:2:1: error: there is no key "serices" here' in str(caught.value)


def test_overrides():
    app = hd.App.from_yaml(shop().to_yaml(), sets=["services.web.replicas=3", "services.web.autoscaling=off"])
    assert app.services["web"].replicas == 3
    assert hd.App.from_yaml(shop().to_yaml(), sets="environment=test").environment == "test"


def test_files_of_the_model_are_found_beside_it(tmp_path):
    (tmp_path / "app.conf").write_text("a=1\n")
    (tmp_path / "hybriddeploy.yaml").write_text(
        shop().to_yaml().replace("runtime: cpython", "runtime: cpython\n    configFiles: {/etc/app.conf: {fromFile: app.conf}}"))
    app = hd.App.from_file(tmp_path / "hybriddeploy.yaml")
    assert "a=1" in app.to_stream()
    app.environment = "test"
    assert "a=1" in app.to_stream()


def test_tables():
    assert [one for one in hd.codes() if one.code == "HD3015"][0].severity == "error"
    assert "Deployment" in [one.kind for one in hd.kinds()]
    assert hd.json_schema()["type"] == "object"


def test_texts_longer_than_what_comes_at_once():
    content = "ü€😀x" * 60000
    app = shop(config_files={"/etc/long.txt": {"content": content}})
    (config_map,) = app.generate(only="ConfigMap")
    assert list(config_map.data["data"].values()) == [content]
    assert yaml.safe_load(config_map.text) == config_map.data


def test_documentation_is_true(tmp_path, monkeypatch):
    """The examples in the docstring of the package."""
    import doctest
    assert doctest.testmod(hd).attempted >= 4 and doctest.testmod(hd).failed == 0
    readme = (pathlib.Path(__file__).parents[2] / "bindings" / "python" / "README.md").read_text()
    script, test = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(script, names)
    assert (tmp_path / "deploy" / "kustomization.yaml").exists()
    (tmp_path / "hybriddeploy.yaml").write_text(names["app"].to_yaml())
    exec(test, names)
    names["test_web_is_open"](hd.App.from_file)
    names["app"].services["web"].expose = None
    (tmp_path / "hybriddeploy.yaml").write_text(names["app"].to_yaml())
    with pytest.raises(AssertionError):
        names["test_web_is_open"](hd.App.from_file)


def test_manifests_of_others(tmp_path):
    (tmp_path / "queue.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: queue}\n---\n"
                                         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: topics}\n", encoding="utf-8")
    (tmp_path / "hybriddeploy.yaml").write_text(shop().to_yaml() + "manifests: [queue.yaml]\n", encoding="utf-8")
    app = hd.App.from_file(tmp_path / "hybriddeploy.yaml")
    assert app.manifests[0].file == "queue.yaml"
    greetings = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "greetings"}, "data": {"number": "7", "off": "on"}}
    app.manifests.append(greetings)
    app.services["web"].manifests = [hd.ForeignManifest(object={**greetings, "metadata": {"name": "farewell", "namespace": "other"}})]
    again = hd.App.from_yaml(app.to_yaml(), name=str(tmp_path / "hybriddeploy.yaml"))
    assert again == app == pickle.loads(pickle.dumps(app))
    objects = {(one.namespace, one.name): one for one in app.generate(only=["ConfigMap"])}
    assert {("shop", "queue"), ("shop", "topics"), ("shop", "greetings"), ("other", "farewell")} <= set(objects)
    assert objects["shop", "greetings"].data == {**greetings, "metadata": {"name": "greetings", "namespace": "shop"}}
    assert objects["other", "farewell"].service == "web"
    app.manifests.append(greetings)
    with pytest.raises(hd.InvalidModelError, match="the ConfigMap greetings is given twice"):
        app.generate()
    with pytest.raises(TypeError, match="must be a dict"):
        hd.ForeignManifest(object="kind: ConfigMap")
