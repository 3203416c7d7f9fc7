"""The functions and structs of _raw are those of the public headers, and no class of the model has a name of the package."""
import ctypes
import pathlib
import re
import shutil
import subprocess

import pytest

import hybriddeploy as hd
from hybriddeploy import _app, _model, _positions, _raw, _schema

ROOT = pathlib.Path(__file__).parents[2]


def structs():
    """Pairs of a struct's name in C and its class."""
    every = {**vars(_raw), "At": _positions.At, "Mark": _positions.Mark}
    for name, cls in every.items():
        if isinstance(cls, type) and issubclass(cls, ctypes.Structure) and cls is not ctypes.Structure:
            yield "hd" + re.sub(r"([A-Z])", r"_\1", name).lower(), cls


def member(name):
    return "def" if name == "default" else name


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
def test_layout_is_that_of_the_headers(tmp_path):
    lines, expected = [], []
    for name, cls in structs():
        lines.append(f'printf("{name} %zu\\n", sizeof(struct {name}));')
        expected.append(f"{name} {ctypes.sizeof(cls)}")
        for field, kind in cls._fields_:
            there = member(field)
            lines.append(f'printf("{name}.{field} %zu %zu\\n", offsetof(struct {name}, {there}), sizeof(((struct {name} *)0)->{there}));')
            expected.append(f"{name}.{field} {getattr(cls, field).offset} {ctypes.sizeof(kind)}")
    (tmp_path / "layout.c").write_text("#include <hybriddeploy/hybriddeploy.h>\n#include <stddef.h>\n#include <stdio.h>\nint main(void)\n{\n" +
                                       "\n".join(lines) + "\nreturn 0;\n}\n")
    includes = [f"-I{ROOT / 'include'}", f"-I{pathlib.Path(_raw.library_path).parents[1] / 'include'}"]
    subprocess.run(["cc", *includes, "layout.c", "-o", "layout"], cwd=tmp_path, check=True)
    assert subprocess.run([tmp_path / "layout"], text=True, capture_output=True, check=True).stdout.splitlines() == expected


def test_members_of_c_structs_have_their_order():
    """Each struct has the same size as in C. A member that C added would change the size, unless it fits into padding."""
    headers = "".join(path.read_text() for path in (ROOT / "include" / "hybriddeploy").glob("*.h"))
    headers = re.sub(r"/\*.*?\*/", "", headers, flags=re.S)
    for name, cls in structs():
        (body,) = re.findall(rf"struct {name} {{(.*?)^}};", headers, re.M | re.S)
        members = [re.sub(r".*[ *]", "", one.strip()) for line in body.split(";") for one in line.split(",") if one.strip()]
        assert members == [member(field) for field, _ in cls._fields_], name


def test_every_function_is_there():
    exported = re.findall(r"^    (hd_\w+);", (ROOT / "lib" / "libhybriddeploy.map.in").read_text(), re.M)
    # Functions that the package does not need, because others do the same and return more.
    spared = {"hd_document_load_file", "hd_validate", "hd_check_against"}
    assert set(_raw._FUNCTIONS) == set(exported) - spared


def test_abi_is_that_of_the_headers():
    assert f"abi = '{_raw.ABI}'\n" in (ROOT / "include" / "hybriddeploy" / "meson.build").read_text()


def test_names_of_the_model_hide_none_of_the_package():
    names = set(_schema.tables())
    assert not names & {"File", "Manifest", "Model", "Place", "Severity", "Diagnostic", "CodeInfo", "KindInfo", "PartInfo"}
    assert not set(hd.App._fields) & set(vars(_app.BaseApp))
    for name in names:
        for attribute in getattr(_schema.class_named(name), "_fields", ()):
            assert attribute.isidentifier() and not hasattr(_model.Model, attribute)
