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
    """A wheel with the library and the command. Instead of the package it has a .pth file with the path to the sources, because type
    checkers and editors understand that, and do not understand a hook for imports. Changes in C need a new installation."""
    name = build_wheel(wheel_directory, config_settings, metadata_directory)
    _point_to_sources(os.path.join(wheel_directory, name))
    return name


def _point_to_sources(wheel):
    path, text = "hybriddeploy.pth", f"{PACKAGE}\n".encode()
    with zipfile.ZipFile(wheel) as old:
        files = [(info, old.read(info)) for info in old.infolist() if not _OF_PACKAGE.match(info.filename)]
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(path, text)
        for info, data in files:
            if info.filename.endswith(".dist-info/RECORD"):
                data = _record(data.decode(), path, text)
            new.writestr(info, data)


def _record(before, path, text):
    """The wheel's RECORD, with the .pth file instead of the files of the package."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(text).digest()).decode().rstrip("=")
    kept = [line for line in before.splitlines() if not _OF_PACKAGE.match(line)]
    return "\n".join([f"{path},sha256={digest},{len(text)}", *kept, ""])
