"""Builds, changes, copies, compares, prints and writes models."""
import copy
import inspect
import pickle

import pytest

import hybriddeploy as hd


def shop(**more):
    return hd.App(name="shop", host="shop.example.com", image_registry="registry.example.com/shop", image_tag="1.4.2",
                  services={"web": hd.Service(runtime="cpython", expose="/", **more)})


def test_same_manifests_from_keywords_dict_yaml_and_file(examples):
    text = (examples / "graphmemory" / "hybriddeploy.yaml").read_text()
    expected = (examples / "graphmemory" / "expected.yaml").read_text()
    app = hd.App.from_file(examples / "graphmemory" / "hybriddeploy.yaml")
    everything = {name: getattr(hd, name) for name in hd.__all__}
    for other in (hd.App.from_yaml(text), hd.App.from_dict(app.to_dict()), hd.App.from_yaml(app.to_yaml()), eval(repr(app), everything)):
        assert other == app
        assert other.to_stream() == expected


def test_words_are_those_of_the_file_in_snake_case():
    service = hd.Service(name="web", kind="StatefulSet", replicas=0, autoscaling=False)
    assert service.kind is hd.Workload.STATEFUL_SET and service.kind == "StatefulSet"
    assert service.to_dict() == {"name": "web", "kind": "StatefulSet", "replicas": 0, "autoscaling": False}
    assert hd.Service(min_ready_seconds=3) == hd.Service.from_dict({"minReadySeconds": 3})


def test_what_is_deleted_is_unset():
    app = shop(replicas=3, env={"LEVEL": "info"})
    web = app.services["web"]
    del web.replicas, web.env, web.labels
    assert web == hd.Service(name="web", runtime="cpython", expose="/")
    assert web.replicas is None and not web.env
    with pytest.raises(AttributeError, match="Service has no 'replica'; did you mean 'replicas'?"):
        del web.replica


def test_entries_of_mappings_are_no_attributes():
    with pytest.raises(AttributeError, match=r"Resources.requests is a mapping: write \['cpu'\]"):
        hd.Service().resources.requests.cpu


def test_words_know_their_other_names():
    assert hd.Protocol("ws") is hd.Protocol.WEBSOCKET
    assert str(hd.Protocol.WEBSOCKET) == f"{hd.Protocol.WEBSOCKET}" == "websocket"
    assert hd.Port(port=80, protocol="ws").protocol is hd.Protocol.WEBSOCKET


@pytest.mark.parametrize("wrong, message", [
    (lambda: hd.Service(replica=3), "Service has no 'replica'; did you mean 'replicas'?"),
    (lambda: hd.Service(minReplica=3), "Service has no 'minReplica'"),
    (lambda: hd.Service(replicas="3"), "Service.replicas must be a whole number, not '3'"),
    (lambda: hd.Service(replicas=True), "Service.replicas must be a whole number, not True"),
    (lambda: hd.App(image_tag=1.4), 'App.image_tag must be a text in quotes (write "1.4", or "1.40": a number does not keep a zero at its end), not '
     '1.4'),
    (lambda: hd.App(name=True), 'App.name must be a text (write "true"), not True'),
    (lambda: hd.App(name=b"shop"), "App.name must be a text, not b'shop'"),
    (lambda: hd.Service(metrics={"enabled": "yes"}), "Metrics.enabled must be True or False, not 'yes'"),
    (lambda: hd.App(services=3), "Service cannot be made of 3"),
    (lambda: hd.Service(port=80, ports=[81]), "Service: ports and port exclude each other"),
    (lambda: hd.App(services={"a": {"name": "a"}}), "services.a: Service 'a': name is given twice"),
    (lambda: hd.App(services={"a": {"ports": [1, {"prt": 2}]}}), "services.a.ports[1]: Port has no 'prt'; did you mean 'port'?"),
    (lambda: hd.App.from_dict({"services": [{"autoscaling": {"maxReplicas": "8"}}]}),
     "services[0].autoscaling: Autoscaling.max_replicas must be a whole number, not '8'"),
])
def test_wrong_types_are_refused(wrong, message):
    with pytest.raises(TypeError) as caught:
        wrong()
    assert message in str(caught.value)


def test_unknown_words_and_attributes():
    with pytest.raises(ValueError, match="Service.kind: there is no Workload 'Deploymnt'; did you mean 'Deployment'"):
        hd.Service(kind="Deploymnt")
    with pytest.raises(AttributeError, match="did you mean 'replicas'"):
        hd.Service().replica = 3
    with pytest.raises(AttributeError, match="did you mean 'Service'"):
        hd.Servce


def test_parts_appear_when_they_are_used():
    app = shop()
    before = app.to_dict()
    assert app.services["web"].autoscaling.max_replicas is None
    assert app.externals == [] and app.labels == {}
    assert app.to_dict() == before
    app.services["web"].autoscaling.max_replicas = 8
    app.labels["team"] = "shop"
    app.services.append({"name": "orders", "runtime": "cpython"})
    app.services["web"].calls.append("orders")
    assert app.services["web"].to_dict()["autoscaling"] == {"maxReplicas": 8}
    assert app.services["web"].to_dict()["calls"] == ["orders"]
    assert "orders" in app.services and app.services[-1].runtime == "cpython"
    app.services["web"].autoscaling = None
    assert "autoscaling" not in app.services["web"].to_dict()


def test_what_is_given_empty_differs_from_what_is_not_given():
    assert hd.Service(calls=[]) != hd.Service()
    assert hd.Service(autoscaling={}) != hd.Service()
    assert hd.App.from_yaml(shop(autoscaling={}, calls=[]).to_yaml()) == shop(autoscaling={}, calls=[])


def test_lists_of_named_things_are_found_by_name():
    app = shop()
    app.services["orders"] = hd.Service(runtime="condon")
    app.services["web"] = {"runtime": "condon", "calls": ["orders"]}
    app.services["web"].env["LOG_LEVEL"] = "info"
    assert [one.name for one in app.services] == ["web", "orders"] and app.services["web"].runtime == "condon"
    assert app.services["web"].env["LOG_LEVEL"].value == "info"
    assert app.services.get("nobody") is None and app.services.get("orders").name == "orders"
    assert app.services.pop("orders").runtime == "condon" and "orders" not in app.services
    calls = app.services["web"].calls
    assert "orders" in calls and "search" not in calls and calls.index("orders") == 0 and calls.count("orders") == 1
    calls.remove("orders")
    assert not calls
    calls[:] = ["a", "b"]
    assert calls == [hd.Call(to="a"), hd.Call(to="b")]
    with pytest.raises(KeyError, match="^'nobody'$"):
        app.services["nobody"]
    with pytest.raises(KeyError, match="wbe; did you mean 'web'"):
        app.services["wbe"]
    with pytest.raises(KeyError):
        calls["a"] = "b"


def test_lists_of_named_things_are_mappings_too():
    app = hd.App(services={"web": {"runtime": "cpython"}, "api": {"runtime": "condon"}})
    services = app.services
    assert services.keys() == ["web", "api"] and services.values() == list(services)
    assert [(name, one.runtime) for name, one in services.items()] == [("web", "cpython"), ("api", "condon")]
    assert services["api"] is services[1] and "web" in services and "search" not in services and services.get("search") is None


def test_names_are_found_after_every_change():
    """Lists keep an index of their names. After each change of the list or of a name they find the right element."""
    def names(app):
        return [one.name for one in app.services]

    def swap(app):
        app.services[0], app.services[1] = app.services[1], app.services[0]

    new = {"name": "new"}
    changes = [
        lambda app: app.services.append(new), lambda app: app.services.insert(0, new), lambda app: app.services.extend([new, {"name": "more"}]),
        lambda app: app.services.pop(), lambda app: app.services.pop("b"), lambda app: app.services.remove(app.services["a"]),
        lambda app: app.services.__delitem__(slice(0, 2)), lambda app: app.services.__setitem__(0, new), swap,
        lambda app: app.services.__setitem__(slice(0, 2), [{"name": "x"}, {"name": "y"}]), lambda app: app.services.sort(key=lambda one: one.name, reverse=True),
        lambda app: app.services.reverse(), lambda app: setattr(app.services[0], "name", "other"),
        lambda app: (app.services.pop(0), app.services.append(new)), lambda app: (app.services.clear(), app.services.extend([{"name": one} for one in "xyz"])),
        lambda app: app.services.__setitem__("b", {"runtime": "condon"}), lambda app: app.services.__setitem__("d", {"runtime": "condon"}),
        lambda app: app.services.__iadd__([new]), lambda app: delattr(app.services["c"], "name"),
    ]
    for change in changes:
        app = hd.App(services={"a": None, "b": None, "c": None})
        assert app.services["a"].name == "a" and "d" not in app.services  # fills the index before the change
        change(app)
        for name in [*"abcdxyz", "new", "more", "other"]:
            assert (name in app.services) == (name in names(app)), (change, name)
            assert name not in app.services or app.services[name].name == name
        assert app.copy().services.keys() == names(app)


def test_duplicate_names_stay_for_the_check():
    app = shop()
    app.services.append(hd.Service(name="web", runtime="cpython"))
    assert [one.name for one in hd.App.from_dict(app.to_dict()).services] == ["web", "web"]
    assert {one.path for one in app.check()} == {"services.web"}


def test_copies_are_independent():
    app = shop(autoscaling={"max_replicas": 8})
    for other in (app.copy(), copy.copy(app), copy.deepcopy(app), pickle.loads(pickle.dumps(app))):
        assert other == app and other is not app
        other.services["web"].autoscaling.max_replicas = 9
        assert other != app
    assert pickle.loads(pickle.dumps(hd.Workload.JOB)) is hd.Workload.JOB


class Web(hd.Service):
    """A derived class, whose services know their team."""

    __slots__ = ("_team",)

    def __init__(self, name, team):
        super().__init__(name=name, runtime="cpython", expose=f"/{name}")
        self._team = team

    @property
    def size(self):
        return self.replicas or 2

    @size.setter
    def size(self, value):
        self.replicas = value


class Shop(hd.App):
    def add(self, name):
        self.services.append(Web(name, "core"))
        return self.services[name]


def test_derived_classes():
    app = Shop(name="shop", image_registry="registry.example.com", image_tag="1", host="shop.example.com")
    web = app.add("web")
    web.size = 4
    assert app.services["web"] is web and web.replicas == web.size == 4
    plain = hd.Service(name="web", runtime="cpython", expose="/web", replicas=4)
    assert web == plain and plain == web and web != hd.Service(name="web") and web != hd.Port(name="web")
    for other in (web.copy(), copy.deepcopy(web), pickle.loads(pickle.dumps(web)), Web.from_dict(web.to_dict())):
        assert other == web and other is not web and type(other) is Web
    assert app.check() == [] and type(app.resolve()) is Shop and app.resolve().add("api").expose[0].path == "/api"
    with pytest.raises(AttributeError, match="Web has no 'replica'; did you mean 'replicas'"):
        web.replica = 3


def test_texts_of_any_kind_come_back():
    for text in ("", "yes", "1.10", "0x1f", "a: b", "#", "\"\\", "line\nline\n", "tab\t", "\x7f\x85\u2028\ufeff", "ünï😀", " ", "~",
                 "2024-01-01"):
        app = shop(env={"TEXT": text})
        assert hd.App.from_yaml(app.to_yaml()) == app
        assert hd.App.from_yaml(app.to_yaml()).services["web"].env["TEXT"].value == text


def test_half_of_a_character_is_no_text():
    with pytest.raises(ValueError, match="contains half of a surrogate pair, near .*LOG"):
        shop(env={"LOG": "\ud800"}).check()


def test_repr_is_short_and_can_be_read_back():
    assert repr(hd.Port(name="http", port=8000)) == "Port(name='http', port=8000)"
    assert repr(hd.Service(name="a", runtime="cpython", calls=["b"])) == "Service(name='a', runtime='cpython', calls=[Call(to='b')])"


def test_documentation_comes_along():
    assert "Fewest pods, from 1" in hd.Autoscaling.__doc__
    assert "StatefulSet" in hd.Workload.__doc__
    assert hd.Service.replicas.__doc__ == hd.Service._fields["replicas"].doc != ""
    parameters = inspect.signature(hd.Service).parameters
    assert {"runtime", "port", "ports"} <= set(parameters) and len(parameters) > 40


def test_a_number_that_is_a_key_is_the_number():
    policy = hd.TrafficPolicy(port_level_settings={443: {}, "metrics": {}})
    assert [one.port for one in policy.port_level_settings] == [443, "metrics"]
    assert hd.TrafficPolicy.from_dict(policy.to_dict()) == policy
    assert policy == hd.TrafficPolicy(port_level_settings=[hd.PortPolicy(port=443), hd.PortPolicy(port="metrics")])


def test_dicts_that_stand_for_objects_have_types():
    assert hd.ServiceDict.__name__ == "ServiceDict" and hd.ServiceDict is hd.ServiceDict
    assert {"replicas", "readiness_probe", "readinessProbe", "port"} <= set(hd.ServiceDict.__annotations__)
    for name in ("Dict", "ProtocolDict", "ServicDict"):
        with pytest.raises(AttributeError):
            getattr(hd, name)


def test_assigning_by_name_looks_through_the_list_once(monkeypatch):
    from hybriddeploy import _model
    looked, keys = [], _model.List.keys
    monkeypatch.setattr(_model.List, "keys", lambda self: looked.append(len(self)) or keys(self))
    app = hd.App()
    for i in range(200):
        app.services[f"s{i}"] = hd.Service(replicas=i)
    for i in range(200):
        app.services[f"s{i}"] = hd.Service(replicas=2 * i)
    assert len(looked) == 1 and app.services["s199"].replicas == 398


def test_a_name_as_an_attribute_is_told_how_to_be_written():
    app = hd.App(services={"web": None})
    with pytest.raises(AttributeError, match=r"App.services is a list: write \['web'\]"):
        app.services.web
    with pytest.raises(AttributeError, match="no attribute 'wbe'"):
        app.services.wbe
