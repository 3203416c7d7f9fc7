"""Lists of the codes, of the kinds of manifests, and of the parts of other files."""
from __future__ import annotations

import dataclasses
import json

from . import _raw
from ._diagnostic import Severity, severity


@dataclasses.dataclass(frozen=True)
class CodeInfo:
    """The meaning of a diagnostic's code, with a wrong and a right model."""

    code: str
    severity: Severity
    name: str
    what: str
    why: str
    wrong: str
    right: str


@dataclasses.dataclass(frozen=True)
class KindInfo:
    """A kind of manifest. `when` says for which models it is generated."""

    kind: str
    api_version: str
    family: str
    when: str


@dataclasses.dataclass(frozen=True)
class PartInfo:
    """A part of the files beside the manifests. `when` says when a folder gets it; `group` is a name for several parts, or None."""

    name: str
    group: str | None
    what: str
    when: str


def codes():
    """All codes, in order of their numbers."""
    words = ("name", "what", "why", "wrong", "right")
    return [CodeInfo(f"HD{row.code:04}", severity(row.severity), *[getattr(row, word).decode() for word in words])
            for row in _raw.rows(_raw.lib.hd_code_at)]


def kinds():
    """All kinds of manifests, in the order of application."""
    return [KindInfo(row.kind.decode(), f"{row.group.decode()}/{row.version.decode()}" if row.group else row.version.decode(),
                     row.family.decode(), row.when.decode()) for row in _raw.rows(_raw.lib.hd_kind_at)]


def parts():
    """All parts of the files that a folder gets beside the manifests."""
    return [PartInfo(row.name.decode(), row.group.decode() if row.group is not None else None, row.what.decode(), row.when.decode())
            for row in _raw.rows(_raw.lib.hd_part_at)]


def json_schema():
    """The JSON Schema of the model, as a dict."""
    out = _raw.Collector()
    if _raw.lib.hd_schema_write(out.sink, None) != _raw.OK:
        raise MemoryError
    return json.loads(out.take())
