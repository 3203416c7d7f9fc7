"""From manifests back to the model. The search is part of the command hybridgen, which is installed with this package."""
from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import warnings

from .__main__ import find_hybridgen
from ._positions import _TOKEN


@dataclasses.dataclass(frozen=True)
class ManifestSource:
    """A value of the complete model that a manifest's value came from. `origin` is "given", "caller", "runtime", "default" or "derived", and
    `of` names the runtime or the other value of the last three. `value` is None for a part of the model. `certain` says whether a change of it
    was tried and changed the manifest; else only texts and names agree."""

    path: str
    value: str | None
    origin: str
    of: str | None
    file: str | None
    line: int | None
    column: int | None
    environment: str | None
    certain: bool


@dataclasses.dataclass(frozen=True)
class ManifestValue:
    """A value of a manifest and the values of the model that it came from. Where there is none, the library writes it in all such objects, and
    `rule` says when there is one, if that is known. `application` is that of a workspace."""

    kind: str
    name: str
    manifest: str
    line: int | None
    field: str
    value: str
    rule: str | None
    sources: tuple[ManifestSource, ...]
    application: str | None = None


def lines_of(text):
    """A JSON text with each key and value in a line of its own, and what finds a place of it as a column of `text`."""
    text = text.decode("utf-8")
    broken = _TOKEN.sub(lambda match: match[0] + "\n" if match[0] in "{[," else match[0], text)
    starts = [0]
    for line in broken.split("\n"):
        starts.append(starts[-1] + len(line))
    return broken.encode("utf-8"), lambda line, column: starts[line - 1] + column


def run(args, where, field, *, text=None, folder=None):
    """The rows that `hybridgen explain` writes. `folder` is the one from which a model as `text` names files."""
    line = re.fullmatch(r"(.+):(\d+)", where, re.S)
    operands = [f"{os.path.abspath(line[1])}:{line[2]}" if line else where, *([field] if field else [])]
    done = subprocess.run([find_hybridgen(), "explain", "--format", "json", "--quiet", *args, "--", *operands], input=text or b"", cwd=folder or None,
                          capture_output=True, check=False)
    words = done.stderr.decode("utf-8", "replace").replace("hybridgen: ", "").strip()
    if done.returncode == 2:
        raise ValueError(words)
    if done.returncode > 2 or (done.returncode and not done.stdout):
        raise OSError(words)
    if words:
        warnings.warn(words, stacklevel=4)
    return [json.loads(row) for row in done.stdout.decode("utf-8", "surrogateescape").splitlines()]


def explanations(rows, place):
    """The answer for the rows. `place` gives file, line and column of a source."""
    def origin(one):
        file, at, column = place(one)
        return ManifestSource(one["path"], one["value"], one["origin"], one["from"], file, at, column, one["environment"], one["certain"])

    return [ManifestValue(row["kind"], row["name"], row["manifest"], row["line"], row["field"], row["value"], row["rule"],
                        tuple(map(origin, row["sources"])), row.get("application")) for row in rows]


def as_it_is(one):
    """The place that the command gives."""
    return one["file"], one["line"], one["column"]
