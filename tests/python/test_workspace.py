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
