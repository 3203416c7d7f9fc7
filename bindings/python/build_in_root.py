"""Builds the package in the root of the repository, where the sources of the library are."""
import contextlib
import functools
import os
import pathlib

import mesonpy

ROOT = pathlib.Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def _root():
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(before)


def _in_root(function):
    """The same function of meson-python, called there; the folder it writes to stays the caller's."""
    @functools.wraps(function)
    def call(folder=None, *args, **more):
        folder = os.path.abspath(folder) if isinstance(folder, str) else folder
        with _root():
            return function(folder, *args, **more)
    return call


build_sdist = _in_root(mesonpy.build_sdist)
build_wheel = _in_root(mesonpy.build_wheel)
build_editable = _in_root(mesonpy.build_editable)
get_requires_for_build_sdist = _in_root(mesonpy.get_requires_for_build_sdist)
get_requires_for_build_wheel = _in_root(mesonpy.get_requires_for_build_wheel)
get_requires_for_build_editable = _in_root(mesonpy.get_requires_for_build_editable)
