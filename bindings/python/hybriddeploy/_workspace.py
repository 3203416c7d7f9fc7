"""Applications that know each other: loads a workspace, checks it, and writes a folder for each application."""
from __future__ import annotations

import ctypes
import functools
import os

from . import _raw
from ._run import Run


def _text(file):
    try:
        with open(file, "rb") as opened:
            return opened.read().decode("utf-8", "surrogateescape")
    except OSError:
        return None


class Workspace:
    """The applications that a file lists: models, contracts, and patterns of them."""

    def __init__(self, file):
        text = functools.lru_cache(None)(_text)
        self._run = Run(lambda file, line, column, path: (file, line, column, file and text(file), None))
        self._workspace = ctypes.c_void_p()
        self._run._must(_raw.lib.hd_workspace_load(os.fsencode(file), None, self._run._diagnostics, self._workspace))
        _raw.lib.hd_workspace_check(self._workspace, self._run._diagnostics)

    @classmethod
    def from_file(cls, file="hybriddeploy.workspace.yaml"):
        """Loads and checks a workspace. Raises UnreadableError when the file itself cannot be read."""
        return cls(file)

    def __del__(self, lib=_raw.lib):
        lib.hd_workspace_free(getattr(self, "_workspace", None))

    def _members(self):
        for index in range(_raw.lib.hd_workspace_count(self._workspace)):
            name = _raw.lib.hd_workspace_name(self._workspace, index)
            yield index, name and name.decode(), _raw.lib.hd_workspace_model(self._workspace, index)

    @property
    def names(self):
        """The names of the applications, contracts among them."""
        return [name for _, name, _ in self._members() if name]

    def check(self):
        """The mistakes of all models, and where two of them do not agree."""
        return self._run.findings()

    def errors(self):
        """How many errors each application has."""
        return {name: _raw.lib.hd_workspace_errors(self._workspace, index) for index, name, _ in self._members() if name}

    def write(self, folder):
        """Writes a folder for each application below `folder`. Raises InvalidModelError, and writes nothing, when one has errors."""
        self._run.must_be_valid()
        os.makedirs(folder, exist_ok=True)
        for _, name, model in self._members():
            if model:
                self._run._must(_raw.lib.hd_generate_folder(model, self._run.options(), self._run._diagnostics,
                                                            os.fsencode(os.path.join(folder, name))))
