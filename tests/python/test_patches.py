"""Manifests as dicts that a program changes, and that are taken back as patches of the model."""
import copy
import os
import pathlib
import random
import re
import subprocess
import sys

import pytest

import hybriddeploy as hd
from hybriddeploy import _changes

ROOT = pathlib.Path(__file__).parents[2]
N_MODELS = 300 if os.environ.get("HYBRIDDEPLOY_SLOW_TESTS") else 20


def shop(**more):
    return hd.App(name="shop", image_registry="registry.example.com", image_tag="1.0", **more,
                  services={"web": {"runtime": "cpython", "env": {"A": "1", "B": "2"}, "calls": ["api"]}, "api": {"runtime": "cpython"}})


def pod(objects, name="web"):
    return objects[f"Deployment/{name}"]["spec"]["template"]["spec"]


def taken(change, app=None):
    """The patches for a change of the manifests, which the model then generates, also when it is read from its YAML."""
    app = app or shop()
    objects = app.objects()
    change(objects)
    made = [one.to_dict() for one in app.patch(objects)]
    assert app.objects() == objects and hd.App.from_yaml(app.to_yaml()).objects() == objects
    return made


def merged(change):
    """What the merge of the only patch has in the pod of web."""
    one, = taken(change)
    assert one["target"] == "Deployment/web"
    return one["merge"]["spec"]["template"]["spec"]


def test_objects_are_the_manifests():
    app = shop()
    assert list(app.objects()) == [f"{one.kind}/{one.name}" for one in app.generate()]
    assert list(app.objects().values()) == [one.data for one in app.generate()]
    assert list(app.objects(only="Deployment")) == ["Deployment/web", "Deployment/api"]


def test_a_change_is_the_smallest_patch_of_its_service():
    app = shop()
    objects = app.objects()
    pod(objects)["dnsPolicy"] = "None"
    pod(objects)["dnsConfig"] = {"nameservers": ["192.0.2.1"]}
    made = app.patch(objects)
    assert app.services["web"].patches == made and not app.patches and not app.services["api"].patches
    assert app.to_yaml().count("patches:") == 1 and "dnsPolicy: None" in app.to_yaml()
    assert app.objects() == objects and app.patch(objects) == [] and app.services["web"].patches == made


def test_what_belongs_to_no_service_is_a_patch_of_the_application():
    app = shop()
    taken(lambda objects: objects["Namespace/shop"]["metadata"]["labels"].update(team="blue"), app)
    assert app.patches == [hd.Patch(target="Namespace/shop", merge={"metadata": {"labels": {"team": "blue"}}})]


@pytest.mark.parametrize("change, env", [
    (lambda env: env[1].update(value="3"), [{"name": "B", "value": "3"}]),
    (lambda env: env.append({"name": "C", "value": "8080"}), [{"name": "B"}, {"name": "C", "value": "8080"}]),
    (lambda env: env.insert(0, {"name": "C", "value": "3"}), [{"name": "C", "value": "3"}]),
    (lambda env: env.pop(0), [{"name": "A", "$patch": "delete"}]),
    (lambda env: env[0].pop("value"), [{"name": "A", "value": None}]),
])
def test_lists_are_merged_by_the_key_of_their_elements(change, env):
    assert merged(lambda objects: change(pod(objects)["containers"][0]["env"])) == {"containers": [{"name": "web", "env": env}]}


@pytest.mark.parametrize("change, operation", [
    # The order of a list that is merged.
    (lambda objects: pod(objects)["containers"][0]["env"].reverse(), None),
    # A null, which a merge takes for "remove".
    (lambda objects: pod(objects).update(hostname=None), {"op": "add", "path": "/spec/template/spec/hostname", "value": None}),
    (lambda objects: pod(objects)["containers"][0]["resources"]["limits"].update({"a/b~c": None}),
     {"op": "add", "path": "/spec/template/spec/containers/0/resources/limits/a~1b~0c", "value": None}),
    # An element that has no key.
    (lambda objects: pod(objects)["containers"][0]["env"].append({"name": "A", "value": "3"}),
     {"op": "add", "path": "/spec/template/spec/containers/0/env/2", "value": {"name": "A", "value": "3"}}),
])
def test_what_no_merge_can_say_is_a_list_of_operations(change, operation):
    one, = taken(change)
    assert list(one) == ["target", "json"] and (operation is None or one["json"] == [operation])


@pytest.mark.parametrize("change", [
    lambda objects: pod(objects).update(new=None),
    lambda objects: pod(objects)["containers"][0].update({"$patch": "delete"}),
])
def test_fields_that_servers_do_not_know_are_refused(change):
    app = shop()
    before, objects = app.to_yaml(), app.objects()
    change(objects)
    with pytest.raises(ValueError):
        app.patch(objects)
    assert app.to_yaml() == before


def test_a_selector_that_servers_replace_is_taken_back():
    change = {"selector": {"matchLabels": {"app.kubernetes.io/name": "web"}}}
    one, = taken(lambda objects: objects["PodDisruptionBudget/web"]["spec"].update(change))
    assert one["json"]


def test_patches_that_were_for_the_object_alone_are_replaced():
    app = shop(patches=[{"target": "Deployment", "merge": {"metadata": {"annotations": {"seen": "yes"}}}}])
    app.services["web"].patches = [{"target": "Deployment/web", "json": [{"op": "add", "path": "/spec/paused", "value": False}]}]
    taken(lambda objects: objects["Deployment/web"]["spec"].update(paused=True), app)
    assert [one.to_dict() for one in app.services["web"].patches] == [{"target": "Deployment/web", "merge": {"spec": {"paused": True}}}]
    assert taken(lambda objects: objects["Deployment/web"]["spec"].pop("paused"), app) == []
    assert app == shop(patches=[{"target": "Deployment", "merge": {"metadata": {"annotations": {"seen": "yes"}}}}])


def test_patches_of_a_runtime_stay():
    app = shop(runtimes={"cpython": {"patches": [{"target": "Deployment", "merge": {"metadata": {"annotations": {"seen": "yes"}}}}]}})
    made = taken(lambda objects: objects["Deployment/web"]["spec"].update(paused=True), app)
    assert [one.to_dict() for one in app.patches] == made and not app.services["web"].patches


def test_a_patch_that_another_one_builds_on_stays():
    app = shop(patches=[{"target": "Deployment/web", "merge": {"metadata": {"annotations": {"seen": "yes"}}}},
                        {"target": "Deployment/web", "json": [{"op": "test", "path": "/metadata/annotations/seen", "value": "yes"},
                                                              {"op": "add", "path": "/metadata/annotations/then", "value": "yes"}]}])
    app.services["web"].patches = [{"target": "Deployment", "json": [{"op": "replace", "path": "/metadata/annotations/then", "value": "no"}]}]
    taken(lambda objects: objects["Deployment/web"]["spec"].update(paused=True), app)
    assert len(app.patches) == 2 and len(app.services["web"].patches) == 2


def test_only_what_is_selected_is_taken():
    app = shop()
    objects = app.objects(only="Service/web")
    objects["Service/web"]["spec"]["sessionAffinity"] = "ClientIP"
    assert [one.target for one in app.patch(objects, only="Service/web")] == ["Service/web"]
    with pytest.raises(ValueError, match="Namespace/shop is missing, and patches cannot remove it"):
        app.patch(objects)
    with pytest.raises(ValueError, match="only does not select Deployment/web"):
        app.patch(app.objects(), only=["Namespace", "ServiceAccount", "NetworkPolicy", "Service"])


@pytest.mark.parametrize("change, error, words", [
    (lambda objects: objects["Deployment/web"]["metadata"].update(name="other"), hd.InvalidModelError, "changes metadata.name of Deployment web"),
    (lambda objects: objects["Deployment/web"].clear(), hd.InvalidModelError, "changes apiVersion of Deployment web"),
    (lambda objects: objects["NetworkPolicy/web"]["spec"].update(ingres=[]), hd.InvalidModelError, 'after the patch: .*spec has no key "ingres"'),
    (lambda objects: objects["Deployment/web"]["spec"]["selector"].update(matchLabels={"a": "b"}), hd.InvalidModelError, "no longer selects its own pods"),
    (lambda objects: objects.pop("Service/api"), ValueError, "Service/api is missing, and patches cannot remove it; to change some of"),
    (lambda objects: objects.update({"Service/apy": {}}), ValueError, "there is no manifest 'Service/apy'; did you mean 'Service/api'"),
    (lambda objects: objects.update({"Role/reader": {}}), ValueError, "there is no manifest 'Role/reader'; patches add none"),
    (lambda objects: objects.update({"Service/api": "no"}), TypeError, "Service/api must be a dict, not 'no'"),
    (lambda objects: pod(objects).update(a={1}), TypeError, "Deployment/web must be a value of dicts, lists, texts and numbers, not {1}"),
    (lambda objects: pod(objects).update({1: "a"}), TypeError, "Deployment/web must be a value whose keys are texts, not 1"),
    (lambda objects: pod(objects).update(a=float("inf")), TypeError, "Deployment/web must be a value of numbers that YAML has, not inf"),
])
def test_what_patches_cannot_do_is_told_and_the_model_stays(change, error, words):
    app = shop()
    app.services["api"].patches = [{"target": "Deployment/api", "merge": {"spec": {"paused": True}}}]
    before, objects = app.copy(), app.objects()
    objects["Deployment/api"]["spec"]["paused"] = False
    change(objects)
    with pytest.raises(error, match=words):
        app.patch(objects)
    assert app == before and app.to_yaml() == before.to_yaml()


def test_one_object_in_two_namespaces_cannot_be_told_from_the_other():
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "reader"},
            "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
    app = shop(manifests=[{**role, "metadata": {"name": "reader", "namespace": namespace}} for namespace in ("one", "two")])
    objects = app.objects()
    objects["Role/one/reader"]["rules"][0]["verbs"] = ["list"]
    with pytest.raises(ValueError, match="Role/two/reader"):
        app.patch(objects)
    assert not app.patches
    objects["Role/two/reader"]["rules"][0]["verbs"] = ["list"]
    app.patch(objects)
    assert app.objects() == objects


def test_two_kinds_of_one_name_are_named_with_their_group():
    app = shop(host="shop.example.com", mesh={"mode": "sidecar"})
    app.services["web"].expose = "/"
    app.manifests = [{"apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"a": 1}}]
    objects = app.objects()
    assert {"Service./web", "Service.serving.knative.dev/web"} <= set(objects)
    made = taken(lambda objects: objects["Service.serving.knative.dev/web"]["spec"].update(a=2), app)
    assert made == [{"target": "Service.serving.knative.dev/web", "merge": {"spec": {"a": 2}}}]


def test_a_mistake_has_the_line_of_python():
    hd.track_positions()
    try:
        app = shop()
        objects = app.objects()
        pod(objects)["shareProcessNamespace"], line = True, sys._getframe().f_lineno + 1
        app.patch(objects)
        app.services["web"].patches[0].target = "Deployment/wbe"
        found = next(one for one in app.check() if one.code == "HD2002")
        assert found.file.endswith("test_patches.py") and found.line == line + 1
        app.services["web"].patches[0].target = "Deployment/web"
        assert f"test_patches.py:{line}" in app.explain("services.web.patches")
    finally:
        hd.track_positions(False)


def test_a_null_of_an_operation_stays():
    steps = "[{op: add, path: /spec/paused, value: null}, {op: test, path: /spec/paused, value: null}, {op: remove, path: /spec/paused}, {op: add, path: /spec/minReadySeconds, value: 5}]"
    app = hd.App.from_yaml(shop().to_yaml() + f"patches: [{{target: Deployment/web, json: {steps}}}]\n")
    app.services["web"].replicas = 3
    assert not [one for one in app.check() if one.severity is hd.Severity.ERROR] and app.to_yaml().count("value: null") == 2
    assert eval(repr(app.patches[0]), {name: getattr(hd, name) for name in hd.__all__}) == app.patches[0] and app.copy() == app


def test_lists_have_the_keys_of_the_library():
    table = "".join(re.findall(r'^    "(.*)"', (ROOT / "lib/patch/parts.c").read_text(encoding="utf-8"), re.M))
    # Objects have no owners when they are written.
    field = re.compile(r"([a-zA-Z]+)(?:\[(\w*|=)\])?(?:['%@:|].|\([^)]*\)|[^!+~\[])")
    keys = {(part, key): name for part, _, fields in (line.partition(" ") for line in table.split("\\n")) if part != "M"
            for key, name in field.findall(fields) if name}
    mine = {("C" if key in ("ports", "env", "volumeMounts", "volumeDevices") else "P", key): name for key, name in _changes._WORKLOADS.items()}
    assert keys == {**mine, ("S", "ports"): "port", ("ServiceAccount", "secrets"): "name"}


NEW = ["v1", "8080", "", True, 3, 1.5, [], {}, ["a", "b"], {"name": "x"}, [{"name": "x", "port": 1}], {"a": {"b": [1, "2"]}}, {"a": None}, None]
IDENTITY = [("apiVersion",), ("kind",), ("metadata",), ("metadata", "name"), ("metadata", "namespace")]


def ways(value, way=()):
    """The way to each value in a manifest."""
    if way:
        yield way
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from ways(one, (*way, key))


def change_somewhere(dice, manifest):
    *outer, last = dice.choice([way for way in ways(manifest) if way not in IDENTITY])
    inside = manifest
    for step in outer:
        inside = inside[step]
    there, how = inside[last], dice.choice(["set", "set", "remove", "add", "reverse"])
    if how == "remove":
        del inside[last]
    elif how == "add" and isinstance(there, dict):
        there[dice.choice(["new", "a/b~c", "~1"])] = copy.deepcopy(dice.choice(NEW))
    elif how == "add" and isinstance(there, list):
        there.insert(dice.randint(0, len(there)), copy.deepcopy(dice.choice(there + NEW)))
    elif how == "reverse" and isinstance(there, list):
        there.reverse()
    else:
        inside[last] = copy.deepcopy(dice.choice(NEW))


def test_random_changes_of_random_models_are_taken_back_or_refused():
    n_taken = 0
    for seed in range(N_MODELS):
        dice = random.Random(seed)
        text = subprocess.run([sys.executable, ROOT / "tests/random/generate.py", str(seed)], capture_output=True, check=True, timeout=60).stdout
        app = hd.App.from_yaml(text)
        was, before = app.copy(), app.objects()
        objects = copy.deepcopy(before)
        for _ in range(dice.randint(1, 2)):
            change_somewhere(dice, objects[dice.choice(list(objects))])
        try:
            app.patch(objects)
        except hd.InvalidModelError as error:
            # A value that no server takes is refused by its name, and not because a patch was made wrongly.
            codes = {one.code for one in error.diagnostics if one.severity is hd.Severity.ERROR}
            assert codes and not codes & {"HD2002", "HD2012", "HD2022", "HD2032", "HD2042", "HD2062", "HD2082"}, (seed, str(error))
            assert app == was, seed
            continue
        n_taken += 1
        assert app.objects() == objects, seed
        assert hd.App.from_yaml(app.to_yaml()).objects() == objects, seed
        app.patch(before)
        assert app.objects() == before, seed
        assert app == was or any(owner.patches for owner in (was, *was.services)), seed
    assert n_taken > N_MODELS / 4
