"""The build backend: runs meson-python in the root of the repository, because the library's sources are there."""
import base64
import contextlib
import functools
import hashlib
import os
import pathlib
import re
import zipfile

import mesonpy

PACKAGE = pathlib.Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]
_OF_PACKAGE = re.compile(r"([^/]+\.data/purelib/)?hybriddeploy/")


@contextlib.contextmanager
def _root():
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(before)


def _in_root(function):
    """Wraps a function of meson-python so that it runs in the root. A relative folder still means the caller's."""
    @functools.wraps(function)
    def call(folder=None, *args, **more):
        folder = os.path.abspath(folder) if isinstance(folder, str) else folder
        with _root():
            return function(folder, *args, **more)
    return call


build_sdist = _in_root(mesonpy.build_sdist)
build_wheel = _in_root(mesonpy.build_wheel)
get_requires_for_build_sdist = _in_root(mesonpy.get_requires_for_build_sdist)
get_requires_for_build_wheel = _in_root(mesonpy.get_requires_for_build_wheel)
get_requires_for_build_editable = _in_root(mesonpy.get_requires_for_build_editable)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """A wheel with the library, the command and the types. Instead of the package it has a .pth file with the path to the sources, because
    type checkers and editors understand that, and do not understand a hook for imports. The types are a package for stubs (PEP 561), because
    they are made in the build. Changes in C need a new installation."""
    name = build_wheel(wheel_directory, config_settings, metadata_directory)
    _point_to_sources(os.path.join(wheel_directory, name))
    return name


def _point_to_sources(wheel):
    with zipfile.ZipFile(wheel) as old:
        files = [(info, old.read(info)) for info in old.infolist()]
    (stub,) = [data for info, data in files if info.filename.endswith("hybriddeploy/__init__.pyi")]
    # The stub describes the package itself; checkers take other modules, such as the plugin of pytest, from the sources.
    added = {"hybriddeploy.pth": f"{PACKAGE}\n".encode(), "hybriddeploy-stubs/__init__.pyi": stub, "hybriddeploy-stubs/py.typed": b"partial\n"}
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as new:
        for path, data in added.items():
            new.writestr(path, data)
        for info, data in files:
            if info.filename.endswith(".dist-info/RECORD"):
                data = _record(data.decode(), added)
            if not _OF_PACKAGE.match(info.filename):
                new.writestr(info, data)


def _record(before, added):
    """The wheel's RECORD, with the added files instead of the files of the package."""
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in added.items()]
    lines += [line for line in before.splitlines() if not _OF_PACKAGE.match(line)]
    return "\n".join([*lines, ""])


def _digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
