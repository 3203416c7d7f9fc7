"""The types for editors are made in the build, and describe all that the package has."""
import ast
import pathlib
import re
import subprocess
import sys

import pytest

import hybriddeploy as hd
from hybriddeploy import _schema

MAKE_STUBS = pathlib.Path(__file__).parents[2] / "bindings" / "python" / "make_stubs.py"


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """The names that the stub defines, and of a class the names in it."""
    file = tmp_path_factory.mktemp("stub") / "__init__.pyi"
    subprocess.run([sys.executable, MAKE_STUBS, file], check=True, timeout=60)
    return {name: names(getattr(node, "body", [])) for name, node in names(ast.parse(file.read_text(encoding="utf-8")).body).items()}


def names(statements):
    found = {}
    for one in statements:
        if isinstance(one, (ast.ClassDef, ast.FunctionDef)):
            found[one.name] = one
        elif isinstance(one, ast.AnnAssign):
            found[one.target.id] = one
        elif isinstance(one, ast.Assign):
            found[one.targets[0].id] = one
    return found


def test_every_module_is_installed():
    build = (MAKE_STUBS.parent / "meson.build").read_text(encoding="utf-8")
    there = {f"hybriddeploy/{path.name}" for path in (MAKE_STUBS.parent / "hybriddeploy").iterdir() if path.suffix in (".py", ".typed")}
    assert set(re.findall(r"^  '(hybriddeploy/\S+)',$", build, re.M)) == there


def test_all_names_are_there(classes):
    assert not set(hd.__all__) - set(classes)


def test_members_are_those_of_the_model(classes):
    for name in _schema.tables():
        thing = getattr(hd, name)
        members = getattr(thing, "_fields", None) or thing.__members__
        assert not set(members) - set(classes[name]), name
        assert not hasattr(thing, "_fields") or f"{name}Dict" in classes
