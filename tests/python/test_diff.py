"""Compares models: the effects of a change, and its causes."""
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

import hybriddeploy as hd


def app(name="shop", **members):
    return hd.App(name=name, image_registry="r.example.com", **{"image_tag": "1", **members},
                  services={"web": hd.Service(runtime="cpython", calls=["api"]), "api": hd.Service(runtime="cpython")})


def test_a_release():
    diff = hd.diff(app(), app(image_tag="2"))
    assert (diff.worst, bool(diff)) == ("restart", True)
    [cause] = diff.causes
    assert (cause.path, cause.before, cause.after, cause.is_gone) == ("imageTag", "1", "2", False)
    assert [(one.kind, one.name, one.effect) for one in diff.objects] == [("Deployment", "web", "restart"), ("Deployment", "api", "restart")]
    assert diff.objects[0].causes == (cause,)
    assert (diff.objects[0].api_version, diff.objects[0].least_pods, diff.objects[0].most_pods) == ("apps/v1", 2, 10)
    image = [field for field in diff.objects[0].fields if field.path.endswith(".image")]
    assert [(field.before, field.after, field.effect) for field in image] == [("r.example.com/web:1", "r.example.com/web:2", "restart")]
    assert str(diff).startswith("imageTag: 1 -> 2\n  restart     Deployment/web\n")
    assert "| **restart** | Deployment/web |" in diff.to_markdown()


def test_nothing():
    diff = hd.diff(app(), app())
    assert (diff.worst, bool(diff), diff.causes, diff.objects, diff.edges) == ("nothing", False, [], [], [])


def test_connections():
    without = app()
    without.services["web"].calls.clear()
    [edge] = hd.diff(app(), without).edges
    assert (edge.is_added, edge.source, edge.target, edge.ports, edge.reason) == (False, "web", "api", ((8000, "TCP"),), "call")


def test_lines_of_files(tmp_path):
    (tmp_path / "old.yaml").write_text('name: shop\nimageTag: "1"\nservices: {web: {runtime: condon}}\n')
    (tmp_path / "new.yaml").write_text('name: shop\nimageTag: "1"\nservices:\n  web:\n    runtime: condon\n    env: {A: b}\n')
    [cause] = hd.diff(hd.App.from_file(tmp_path / "old.yaml"), hd.App.from_file(tmp_path / "new.yaml")).causes
    assert (cause.file, cause.line, cause.before, cause.after) == (str(tmp_path / "new.yaml"), 6, None, "b")


def test_what_cannot_be_compared():
    with pytest.raises(ValueError, match="two applications"):
        hd.diff(app(), app(name="other"))
    wrong = app()
    wrong.services["web"].calls.append("nobody")
    with pytest.raises(hd.InvalidModelError):
        hd.diff(app(), wrong)


def test_manifests(tmp_path):
    """A folder, a stream and a model are compared with each other; causes are lines of the newer side."""
    app().write(tmp_path / "old")
    app(image_tag="2").write(tmp_path / "new")
    assert not hd.diff(tmp_path / "old", app())
    assert not hd.diff(app(), str(tmp_path / "old"))
    diff = hd.diff(tmp_path / "old", tmp_path / "new")
    assert [(one.effect, one.kind, one.name) for one in diff.objects] == [("restart", "Deployment", "api"), ("restart", "Deployment", "web")]
    for one in diff.objects:
        for cause in one.causes:
            assert cause.file == str(tmp_path / "new" / f"50-deployment-{one.name}.yaml")
            assert cause.after.strip('"') in (tmp_path / "new" / cause.file).read_text().splitlines()[cause.line - 1]
    assert diff.notes == ["not compared: connections, because OLD and NEW are not both models"]
    stream = hd.Cluster.from_yaml(app().to_stream(), keep_content=True)
    assert [one.effect for one in hd.diff(stream, app(image_tag="2")).objects] == ["restart"] * 2
    with pytest.raises(RuntimeError, match="keep_content: the one before"):
        hd.diff(hd.Cluster.from_yaml(app().to_stream()), app())


def test_against_what_runs(tmp_path):
    """Nothing is written when the API server would refuse a change."""
    running = app()
    running.services["api"].selector = {"app": "old"}
    cluster = hd.Cluster.from_yaml(running.to_stream(), keep_content=True)
    with pytest.raises(hd.InvalidModelError, match=r"the Deployment api that runs has spec.selector.* \[HD8256\]"):
        app().write(tmp_path / "out", against=cluster)
    assert not (tmp_path / "out").exists()
    with pytest.raises(hd.InvalidModelError, match="keep what runs with selector: in the service api"):
        app().to_stream(against=cluster)
    assert running.to_stream(against=cluster) == running.to_stream()
    running.write(tmp_path / "out", against=cluster)


UNITS = {"m": Fraction(1, 1000), "k": 1000, "M": 1000**2, "G": 1000**3, "Ki": 1024, "Mi": 1024**2, "Gi": 1024**3, "Ti": 1024**4, "": 1}


def amount(text):
    digits = str(text).rstrip("kmMGTKi")
    return Fraction(digits) * UNITS[str(text)[len(digits):]]


def pod_sum(pod, which):
    """What the scheduler counts for a pod, written down again from the documentation of Kubernetes and not from the library."""
    def of(container):
        given = container.get("resources", {})
        every = {**given.get("limits", {}), **given.get("requests", {})} if which == "requests" else given.get("limits", {})
        return [amount(every.get(name, 0)) for name in ("cpu", "memory", "ephemeral-storage")]
    sidecars, peak = [0] * 3, [0] * 3
    for one in pod.get("initContainers", []):
        now = [a + b for a, b in zip(sidecars, of(one))]
        peak = [max(a, b) for a, b in zip(peak, now)]
        sidecars = now if one.get("restartPolicy") == "Always" else sidecars
    total = [sum(column) for column in zip(sidecars, *(of(one) for one in pod["containers"]))]
    return [max(a, b) for a, b in zip(total, peak)]


def load_of(manifests):
    scalers = {one["spec"]["scaleTargetRef"]["name"]: one["spec"] for one in manifests if one["kind"] in ("HorizontalPodAutoscaler", "ScaledObject")}
    sums = {}
    for one in manifests:
        spec = one.get("spec", {})
        spec = spec["jobTemplate"]["spec"] if one["kind"] == "CronJob" else spec
        if one["kind"] in ("Job", "CronJob"):
            least, most = 0, spec.get("parallelism", 1)
        elif one["kind"] == "DaemonSet":
            least = most = 1
        elif one["kind"] in ("Deployment", "StatefulSet", "Rollout"):
            scaler = scalers.get(one["metadata"]["name"])
            least = most = spec.get("replicas", 1)
            if scaler:
                least = scaler.get("minReplicas", scaler.get("minReplicaCount", 1 if "minReplicas" in scaler else 0))
                most = scaler.get("maxReplicas", scaler.get("maxReplicaCount", 100))
        else:
            continue
        for name, which, n in (("leastRequests", "requests", least), ("mostRequests", "requests", most),
                               ("leastLimits", "limits", least), ("mostLimits", "limits", most)):
            sums[name] = [a + n * b for a, b in zip(sums.get(name, [0] * 3), pod_sum(spec["template"]["spec"], which))]
    return {name: {"cpu": -(-cpu * 1000 // 1), "memory": memory, "ephemeralStorage": storage} for name, (cpu, memory, storage) in sums.items()}


@pytest.mark.parametrize("name", ["graphmemory", "boutique", "guestbook"])
def test_load(name, tmp_path):
    """The numbers are those that come out of the manifests, for models and for manifests that are read back."""
    [model] = (Path(__file__).parents[2] / "examples" / name).glob("hybriddeploy.y*ml")
    old, new = hd.App.from_file(model), hd.App.from_file(model)
    for service in new.services:
        service.resources.limits["memory"] = "3Gi"
        if service.replicas is None:
            service.autoscaling.max_replicas = 12
        else:
            service.replicas += 3
    loads = [load_of([document for document in yaml.safe_load_all(one.to_stream()) if document]) for one in (old, new)]
    assert loads[0] != loads[1]
    assert hd.diff(old, new).load == dict(zip(("before", "after"), loads))
    old.write(tmp_path / "old")
    assert hd.diff(tmp_path / "old", new).load == dict(zip(("before", "after"), loads))
