"""NONE removes a default; None unsets a member, so that the default applies."""
import hybriddeploy
from hybriddeploy import NONE, App, Service


def shop(**members):
    app = App(name="shop", image_registry="registry.example.com/shop", image_tag="1.4.2")
    app.services.append(Service(name="web", runtime="cpython", **members))
    return app


def container_of(app):
    deployment = next(manifest for manifest in app.generate() if manifest.kind == "Deployment")
    return deployment.data["spec"]["template"]["spec"]["containers"][0]


def test_none_refuses_what_nothing_given_has():
    assert "livenessProbe" in container_of(shop(liveness_probe=None))
    assert "livenessProbe" not in container_of(shop(liveness_probe=NONE))
    assert container_of(shop())["resources"]["limits"]["cpu"] == "500m"
    assert container_of(shop(resources={"limits": {"cpu": NONE}}))["resources"]["limits"] == {"memory": "512Mi"}
    assert "limits" not in container_of(shop(resources={"limits": NONE}))["resources"]


def test_none_for_a_number():
    app = shop(kind="Job", ttl_seconds_after_finished=NONE)
    job = next(manifest for manifest in app.generate() if manifest.kind == "Job")
    assert "ttlSecondsAfterFinished" not in job.data["spec"]
    assert app.to_dict()["services"]["web"]["ttlSecondsAfterFinished"] == NONE
    assert App.from_dict(app.to_dict()) == app


def test_where_there_is_no_default_to_refuse():
    for members in ({"replicas": NONE}, {"termination_grace_period_seconds": NONE}):
        try:
            shop(**members)
        except TypeError:
            continue
        raise AssertionError(members)
    assert hybriddeploy.NONE == "none"
