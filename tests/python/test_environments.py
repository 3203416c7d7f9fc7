"""Loads a model with the layer of one of its environments."""
import hybriddeploy as hd
import pytest

MODEL = """\
name: shop
imageTag: "1.0"
services:
  web: {runtime: cpython, calls: [{to: api, timeout: 2s}]}
  api: {runtime: cpython, replicas: 3}
environments:
  staging: {services: {api: {replicas: 2}}}
  production: {mesh: sidecar}
"""


@pytest.fixture
def model(tmp_path):
    (tmp_path / "hybriddeploy.yaml").write_text(MODEL)
    (tmp_path / "hybriddeploy.preview.yaml").write_text("services: {api: {replicas: 4}}\n")
    return tmp_path / "hybriddeploy.yaml"


def test_one_is_chosen(model):
    assert hd.App.environments(model) == ["staging", "production", "preview"]
    replicas = {name: hd.App.from_file(model, environment=name).services["api"].replicas for name in (None, "staging", "preview")}
    assert replicas == {None: 3, "staging": 2, "preview": 4}
    assert hd.App.from_yaml(MODEL, environment="production").mesh.mode is hd.MeshMode.SIDECAR
    assert hd.App.from_file(model, environment="preview", sets="services.api.replicas=5").services["api"].replicas == 5


def test_the_model_is_checked_for_its_environment(model):
    staging = hd.App.from_file(model, environment="staging")
    assert "HD1242" not in [finding.code for finding in staging.check()]
    assert staging.environment == "staging"
    assert any(manifest.kind == "AuthorizationPolicy" for manifest in hd.App.from_file(model, environment="production").generate())
    staging.services["api"].image = "registry.example.com/api:2"
    assert staging.services["api"].replicas == 2


def test_no_such_environment(model):
    with pytest.raises(hd.UnreadableError, match="no environment stagin"):
        hd.App.from_file(model, environment="stagin")
    with pytest.raises(TypeError, match="environment must be a text"):
        hd.App.from_file(model, environment=3)


def test_findings_stand_in_the_file_of_the_environment(model):
    preview = model.with_name("hybriddeploy.preview.yaml")
    preview.write_text("services:\n  api: {calls: [nobody]}\n")
    [error] = [one for one in hd.App.from_file(model, environment="preview").check() if one.severity == "error"]
    assert (error.file, error.line, error.environments) == (str(preview), 2, ())
    assert "calls: [nobody]" in str(error)
