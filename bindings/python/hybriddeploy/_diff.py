"""Compares two models, or manifests: which objects a change touches, and with what effect."""
from __future__ import annotations

import dataclasses
import functools
import json
import os
import re
from typing import TYPE_CHECKING

from . import _raw
from ._cluster import Cluster

if TYPE_CHECKING:
    from typing import Literal
    _Effect = Literal["nothing", "create", "update", "restart", "recreate", "delete", "data"]

_TEXT, _JSON, _MARKDOWN = range(3)


@dataclasses.dataclass(frozen=True)
class Cause:
    """A value of the model, or of the new manifests, that changed. With `is_gone`, `file`, `line` and `column` are a place in the old ones."""

    path: str
    before: str | None
    after: str | None
    file: str | None
    line: int | None
    column: int | None
    is_gone: bool


@dataclasses.dataclass(frozen=True)
class FieldChange:
    """A field of an object that differs. `why` gives the reason when its effect is greater than an update; else None."""

    path: str
    before: object
    after: object
    effect: _Effect
    why: str | None


@dataclasses.dataclass(frozen=True)
class ObjectChange:
    """An object that is new, gone or differs. `least_pods`, `most_pods` and `pace` say how pods are replaced; None when none are."""

    effect: _Effect
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
    """A connection that only one of the two models allows. `ports` are (number, protocol); empty means all ports. `methods` and `paths` are the
    only requests that the mesh allows; empty means all. Where these change, one connection is new and one is gone."""

    is_added: bool
    source: str
    target: str
    ports: tuple[tuple[int, str], ...]
    reason: str
    in_network: bool
    in_mesh: bool
    methods: tuple[str, ...]
    paths: tuple[str, ...]


class Diff:
    """The effects of a change. `str()` lists them by cause."""

    def __init__(self, before, after):
        """Both are checked models (Run) or clusters, which the diff borrows from."""
        self._given = before, after
        self._runs = [side._run if isinstance(side, Cluster) else side for side in self._given]
        sides = [run.side(getattr(side, "_cluster", None)) for run, side in zip(self._runs, self._given)]
        self._diff = self._runs[1].diff(*sides)

    def __del__(self, lib=_raw.lib):
        lib.hd_diff_free(getattr(self, "_diff", None))

    def _written(self, form):
        text = self._runs[1].write_diff(self._diff, form)
        # The text of a model that was made in Python is not a file, so its lines mean nothing to the reader.
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
        # The text of a model that was made in Python is not a file, and not every value has a line of Python.
        if file is None or file == run.name:
            file = line = column = None
        return Cause(one["path"], one["before"], one["after"], file, line, column, one["gone"])

    @functools.cached_property
    def objects(self):
        """The objects that are new, gone or differ, in the order of application; those that are gone come last."""
        return [ObjectChange(one["effect"], one["why"], "/".join(filter(None, (one["group"], one["version"]))), one["kind"], one["namespace"],
                             one["name"], one["service"],
                             tuple(FieldChange(*(field[key] for key in ("path", "before", "after", "effect", "why"))) for field in one["fields"]),
                             tuple(self.causes[index] for index in one["causes"]),
                             one.get("leastPods"), one.get("mostPods"), one.get("pace")) for one in self._data["objects"]]

    @functools.cached_property
    def edges(self):
        """The connections that are new, then those that are gone."""
        return [EdgeChange(one["added"], one["from"], one["to"], tuple((port["number"], port["protocol"]) for port in one["ports"]), one["reason"],
                           one["inNetwork"], one["inMesh"], tuple(one["methods"]), tuple(one["paths"])) for one in self._data["edges"]]

    @property
    def load(self):
        """What all pods together request and may use: `before` and `after`, each with `leastRequests`, `mostRequests`, `leastLimits` and
        `mostLimits`, at the smallest and the greatest number of replicas. Each has `cpu` in thousandths of a core, `memory` and
        `ephemeralStorage` in bytes."""
        return self._data["load"]

    @property
    def notes(self):
        """Sentences that say what was not compared."""
        return self._data["notes"]

    def to_markdown(self):
        """The effects as Markdown for the comment of a pull request: a table of at most 30 lines, and the details folded."""
        return self._written(_MARKDOWN)

    def __str__(self):
        return self._written(_TEXT)

    def __bool__(self):
        return self.worst != "nothing"


def diff(before, after, *, kubernetes_version=None, namespace=None):
    """Compares two states of one application. Each is a model (App), the path of a folder or file of manifests, or a Cluster that was read
    with `keep_content`, such as what `kubectl get -o yaml` prints. Raises InvalidModelError when a model has errors."""
    def side(given):
        if isinstance(given, Cluster):
            return given
        if isinstance(given, (str, os.PathLike)):
            return Cluster.from_files(given, keep_content=True)
        return given._checked(kubernetes_version, namespace, False)
    names = [None if isinstance(given, (Cluster, str, os.PathLike)) else given.name for given in (before, after)]
    if None not in names and names[0] != names[1]:
        raise ValueError(f"{names[0]} and {names[1]} are two applications; diff() compares two states of one")
    return Diff(side(before), side(after))
