"""What can be found and what can be generated."""
import dataclasses
import json

from . import _raw
from ._diagnostic import Severity, severity


@dataclasses.dataclass(frozen=True)
class CodeInfo:
    """What a code of a diagnostic means."""

    code: str
    severity: Severity
    name: str
    what: str
    why: str
    wrong: str
    right: str


@dataclasses.dataclass(frozen=True)
class KindInfo:
    """A kind of manifest, and when there is one."""

    kind: str
    api_version: str
    family: str
    when: str


def _rows(at):
    i = 0
    while True:
        row = at(i)
        if not row:
            return
        yield row.contents
        i += 1


def codes():
    """All codes, in order of their numbers."""
    words = ("name", "what", "why", "wrong", "right")
    return [CodeInfo(f"HD{row.code:04}", severity(row.severity), *[getattr(row, word).decode() for word in words])
            for row in _rows(_raw.lib.hd_code_at)]


def kinds():
    """All kinds of manifests, in the order of application."""
    return [KindInfo(row.kind.decode(), f"{row.group.decode()}/{row.version.decode()}" if row.group else row.version.decode(),
                     row.family.decode(), row.when.decode()) for row in _rows(_raw.lib.hd_kind_at)]


def json_schema():
    """The JSON Schema of the model, as a dict."""
    out = _raw.Collector()
    if _raw.lib.hd_schema_write(out.sink, None) != _raw.OK:
        raise MemoryError
    return json.loads(out.take())
