"""Workspaces: applications that know each other."""
import json

import pytest

import hybriddeploy as hd

SHOP = """name: shop
imageTag: "1.0"
services:
  orders: {runtime: cpython, callers: billing/invoice}
"""
BILLING = """name: billing
imageTag: "1.0"
host: billing.example.com
services:
  invoice: {runtime: cpython, calls: [shop/orders], expose: /}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("shop", SHOP), ("billing", BILLING)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hybriddeploy.yaml").write_text(text)
    (tmp_path / "hybriddeploy.workspace.yaml").write_text('applications: ["*/hybriddeploy.yaml"]')
    return tmp_path


def test_agreement(folder):
    workspace = hd.Workspace.from_file(folder / "hybriddeploy.workspace.yaml")
    assert workspace.names == ["billing", "shop"] and workspace.check() == []
    workspace.write(folder / "out")
    assert "name: orders" in (folder / "out" / "billing" / "40-networkpolicy-invoice.yaml").read_text()


def test_disagreement(folder):
    (folder / "shop" / "hybriddeploy.yaml").write_text(SHOP.replace(", callers: billing/invoice", ""))
    workspace = hd.Workspace(folder / "hybriddeploy.workspace.yaml")
    assert [one.code for one in workspace.check()] == ["HD3189"]
    assert workspace.errors() == {"billing": 1, "shop": 1}
    with pytest.raises(hd.InvalidModelError):
        workspace.write(folder / "out")
    assert not (folder / "out").exists()


def test_contract(folder):
    text = hd.App.from_file(folder / "shop" / "hybriddeploy.yaml").contract()
    contract = json.loads(text)
    assert contract["contract"] == 1 and [service["name"] for service in contract["services"]] == ["orders"]
    (folder / "shop.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "apart.workspace.yaml").write_text("applications: [billing/hybriddeploy.yaml, shop.json]")
    workspace = hd.Workspace(folder / "apart.workspace.yaml")
    assert workspace.names == ["billing", "shop"] and workspace.check() == []


def test_unreadable(folder):
    with pytest.raises(hd.UnreadableError):
        hd.Workspace(folder / "missing.workspace.yaml")


ALL = "hybriddeploy.workspace.yaml"


def test_graph(folder):
    lines = {f"{one.source} -> {one.target}": one.ports for one in hd.Workspace(folder / ALL).graph().connections()}
    assert lines["billing/invoice[Deployment] -> shop/orders[Deployment]"] == (("TCP", 8000, 8000),)
    (folder / "shop" / "hybriddeploy.yaml").write_text(SHOP.replace(", callers: billing/invoice", ""))
    workspace = hd.Workspace(folder / ALL)
    assert workspace.errors() == {"billing": 1, "shop": 1}
    assert not [one for one in workspace.graph().connections() if "billing" in one.source and "shop" in one.target]


def test_generate_and_broken(folder):
    (folder / "shop" / "hybriddeploy.yaml").write_text(SHOP.replace("runtime", "runtim"))
    found = hd.Workspace(folder / ALL).generate(only="Deployment")
    assert list(found) == ["billing"]
    (folder / "shop" / "hybriddeploy.yaml").write_text(SHOP)
    found = hd.Workspace(folder / ALL).generate(only="Deployment")
    assert {name: [one.name for one in all_of] for name, all_of in found.items()} == {"billing": ["invoice"], "shop": ["orders"]}


def test_explain(folder):
    workspace = hd.Workspace(folder / ALL)
    assert "port: 8000  # default of cpython" in workspace.explain("shop/services.orders.ports")
    assert workspace.explain().count("\n---\n") == 1
    for path in ("nobody/services", "shop/services.nobody"):
        with pytest.raises(KeyError):
            workspace.explain(path)


def test_layers(folder):
    with open(folder / "shop" / "hybriddeploy.yaml", "a") as file:
        file.write("environments: {production: {services: {orders: {replicas: 7}}}}\n")
    workspace = hd.Workspace.from_file(folder / ALL, environment="production", sets="billing/services.invoice.replicas=4", kubernetes_version="1.33")
    assert "replicas: 7" in workspace.explain("shop/services.orders.replicas")
    assert "replicas: 4" in workspace.explain("billing/services.invoice.replicas")
    assert 'kubernetesVersion: "1.33"' in workspace.explain("shop")
    for sets in ("imageTag=1", "nobody/imageTag=1"):
        with pytest.raises(ValueError):
            hd.Workspace(folder / ALL, sets=sets)
    with pytest.raises(hd.UnreadableError, match="HD1121"):
        hd.Workspace(folder / ALL, environment="nowhere")
    # What is wrong in a call is told, and leaves no application out.
    for wrong, error in (({"environment": 5}, TypeError), ({"kubernetes_version": 1.33}, TypeError), ({"kubernetes_version": "x"}, ValueError),
                         ({"sets": "shop/imageTag=\ud800"}, UnicodeEncodeError)):
        with pytest.raises(error):
            hd.Workspace(folder / ALL, **wrong)


def test_no_environments(folder):
    with pytest.raises(ValueError, match="no application of the workspace has environments"):
        hd.Workspace(folder / ALL, environment="production")
    assert hd.Workspace(folder / ALL, environment="base").names == ["billing", "shop"]


def test_contracts_alone(folder):
    (folder / "shop.json").write_text(hd.App.from_file(folder / "shop" / "hybriddeploy.yaml").contract())
    (folder / "one.workspace.yaml").write_text("applications: [shop.json]")
    workspace = hd.Workspace(folder / "one.workspace.yaml")
    assert workspace.names == ["shop"] and workspace.graph().connections() == [] and workspace.generate() == {}


def test_diff(folder):
    before = hd.Workspace(folder / ALL)
    assert before.diff(hd.Workspace(folder / ALL)) == {}
    (folder / "shop" / "hybriddeploy.yaml").write_text(SHOP.replace("runtime", "labels: {team: red}, runtime"))
    (folder / "mail").mkdir()
    (folder / "mail" / "hybriddeploy.yaml").write_text(SHOP.replace("shop", "mail").replace(", callers: billing/invoice", ""))
    found = before.diff(hd.Workspace(folder / ALL))
    assert {name: diff.worst for name, diff in found.items()} == {"mail": "create", "shop": "restart"}
    found = hd.Workspace(folder / ALL).diff(before)
    assert {name: diff.worst for name, diff in found.items()} == {"mail": "data", "shop": "restart"}
