"""Clusters that are read from manifests."""
import os

import pytest

import hybriddeploy as hd

MANIFESTS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web, containers: [{name: web, ports: [{name: http, containerPort: 8000}]}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: more}
"""


def test_objects_and_workloads():
    cluster = hd.Cluster.from_yaml(MANIFESTS, name="manifests.yaml")
    assert [(one.api_version, one.kind, one.namespace, one.name, one.takes_part, one.line) for one in cluster.objects] == [
        ("apps/v1", "Deployment", "shop", "web", True, 1), ("networking.k8s.io/v1", "NetworkPolicy", "shop", "web", True, 6),
        ("v1", "ConfigMap", None, "more", False, 11)]
    assert cluster.workloads == [hd.ClusterWorkload("Deployment", "web", "shop", {"app": "web"}, (("http", 8000, "TCP"),), "web", False)]
    assert cluster.diagnostics == []


def test_connections():
    cluster = hd.Cluster.from_yaml(MANIFESTS)
    inside, *_, outside = cluster.connections()
    assert inside == hd.Connection("shop/web[Deployment]", "shop/web[Deployment]", (("TCP", 8000, 8000),), False)
    assert outside.is_all and outside.source.startswith("::")
    assert cluster.to_text("csv").splitlines()[0] == "from,to,ports"
    with pytest.raises(ValueError, match="there is no format"):
        cluster.to_text("yaml")


def test_files(tmp_path):
    (tmp_path / "a.yaml").write_text(MANIFESTS)
    assert hd.Cluster.from_files(tmp_path).objects[0].file == os.path.join(tmp_path, "a.yaml")
    with pytest.raises(hd.UnreadableError):
        hd.Cluster.from_files(tmp_path / "nowhere")


def test_what_is_wrong():
    [one] = hd.Cluster.from_yaml(MANIFESTS.replace("[Egress]", "[Outwards]")).diagnostics
    assert (one.code, one.line) == ("HD1157", 9)


def test_what_an_app_writes():
    app = hd.App(name="shop", image_registry="r.example.com", image_tag="1", services={"web": hd.Service(runtime="cpython", calls=["api"]),
                                                                                      "api": hd.Service(runtime="cpython")})
    found = [one for one in hd.Cluster.from_yaml(app.to_stream()).connections() if one.source == "shop/web[Deployment]" and "api" in one.target]
    assert [one.ports for one in found] == [(("TCP", 8000, 8000),)]
