"""What a change of a model does to what runs."""
from __future__ import annotations

import dataclasses
import functools
import json
import re

from . import _raw

_TEXT, _JSON, _MARKDOWN = range(3)


@dataclasses.dataclass(frozen=True)
class Cause:
    """A value of the model that changed. `is_gone` says whether `file`, `line` and `column` are those of the model before."""

    path: str
    before: str | None
    after: str | None
    file: str | None
    line: int | None
    column: int | None
    is_gone: bool


@dataclasses.dataclass(frozen=True)
class FieldChange:
    """A field of an object that differs; `why` says why its effect is more than an update."""

    path: str
    before: object
    after: object
    effect: str
    why: str | None


@dataclasses.dataclass(frozen=True)
class ObjectChange:
    """An object that is new, gone or differs. `least_pods`, `most_pods` and `pace` tell of pods that are replaced, and are None for others."""

    effect: str
    why: str | None
    api_version: str
    kind: str
    namespace: str | None
    name: str
    service: str | None
    fields: tuple[FieldChange, ...]
    causes: tuple[Cause, ...]
    least_pods: int | None
    most_pods: int | None
    pace: str | None


@dataclasses.dataclass(frozen=True)
class EdgeChange:
    """A connection that is allowed only before, or only after; `ports` are (number, protocol), none means all."""

    is_added: bool
    source: str
    target: str
    ports: tuple[tuple[int, str], ...]
    reason: str
    in_network: bool
    in_mesh: bool


class Diff:
    """What a change does: `str()` tells it by cause."""

    def __init__(self, before, after):
        self._runs = before, after
        self._diff = after.diff(before)

    def __del__(self, lib=_raw.lib):
        lib.hd_diff_free(getattr(self, "_diff", None))

    def _written(self, form):
        text = self._runs[1].write_diff(self._diff, form)
        # The texts of Python's are no files, so their lines mean nothing to a reader.
        names = "|".join(re.escape(run.name) for run in self._runs if run.name)
        return re.sub(rf"^(?:{names}):\d+:\d+(?: \(before\))?: ", "", text, flags=re.M) if names and form == _TEXT else text

    @functools.cached_property
    def _data(self):
        return json.loads(self._written(_JSON))

    @property
    def worst(self):
        """The greatest effect of its objects: nothing, create, update, restart, recreate, delete or data."""
        return self._data["worst"]

    @functools.cached_property
    def causes(self):
        """The values of the model that changed, in the order of the model."""
        return [self._cause(one) for one in self._data["causes"]]

    def _cause(self, one):
        run = self._runs[0 if one["gone"] else 1]
        file, line, column = one["file"], one["line"] or None, one["column"] or None
        # A text of Python's is no file; where its objects were made is not known for all values.
        if file is None or file == run.name:
            file = line = column = None
        return Cause(one["path"], one["before"], one["after"], file, line, column, one["gone"])

    @functools.cached_property
    def objects(self):
        """The objects that are new, gone or differ: in the order of application, those that are gone last."""
        return [ObjectChange(one["effect"], one["why"], "/".join(filter(None, (one["group"], one["version"]))), one["kind"], one["namespace"],
                             one["name"], one["service"],
                             tuple(FieldChange(*(field[key] for key in ("path", "before", "after", "effect", "why"))) for field in one["fields"]),
                             tuple(self.causes[index] for index in one["causes"]),
                             one.get("leastPods"), one.get("mostPods"), one.get("pace")) for one in self._data["objects"]]

    @functools.cached_property
    def edges(self):
        """The connections that are new or gone: those that are new first."""
        return [EdgeChange(one["added"], one["from"], one["to"], tuple((port["number"], port["protocol"]) for port in one["ports"]), one["reason"],
                           one["inNetwork"], one["inMesh"]) for one in self._data["edges"]]

    def to_markdown(self):
        """For the comment of a pull request: a table of at most 30 lines, and the details folded."""
        return self._written(_MARKDOWN)

    def __str__(self):
        return self._written(_TEXT)

    def __bool__(self):
        return self.worst != "nothing"


def diff(before, after, *, kubernetes_version=None, namespace=None):
    """What it does to go from one model (App) to another of the same application. Raises InvalidModelError when one of them has mistakes."""
    runs = [app._checked(kubernetes_version, namespace, False) for app in (before, after)]
    names = [app.name for app in (before, after)]
    if names[0] != names[1]:
        raise ValueError(f"{names[0]} and {names[1]} are two applications; diff() compares two states of one")
    return Diff(*runs)
