"""Diagnostics, as values and as text."""
from __future__ import annotations

import ctypes
import dataclasses
import enum
import linecache
import re

from . import _raw


class Severity(str, enum.Enum):
    """The severity of a diagnostic. No manifests are generated while there is an error."""

    WARNING = "warning"
    ERROR = "error"

    def __str__(self):
        return self.value

    def __format__(self, how):
        return format(self.value, how)


def severity(number):
    """The severity for a number of the C library."""
    return Severity.ERROR if number == _raw.ERROR else Severity.WARNING


@dataclasses.dataclass(frozen=True)
class Place:
    """A second place of a diagnostic, such as the value that contradicts it."""

    message: str
    path: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    source: str | None = dataclasses.field(default=None, repr=False, compare=False)


@dataclasses.dataclass(frozen=True)
class Edit:
    """A change of a file that corrects the model: `text` replaces the characters from (line, column) up to (end_line, end_column)."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One mistake: what is wrong with a model, where, and what would be right.

    `object` is the part of the model with the mistake; None when it is unknown. `end_column` is behind the last character of the value.
    `edits` correct the mistake; empty when more than one correction is possible. `paths` are the model paths of all members with the
    mistake when one place in a file is the mistake of several, such as all services of a runtime; else empty. `environments` are those with
    the mistake when several were checked and not all have it; else empty.
    """

    code: str
    severity: Severity
    message: str
    path: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    related: Place | None = None
    end_line: int | None = None
    end_column: int | None = None
    edits: tuple[Edit, ...] = ()
    paths: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    object: object = dataclasses.field(default=None, repr=False, compare=False)
    source: str | None = dataclasses.field(default=None, repr=False, compare=False)

    @property
    def services(self) -> tuple[str, ...]:
        """The names of the services that have the mistake; empty unless several services share it."""
        found = [re.match(r'services(?:\.([^.\[]*)|\["([^"]*))', path) for path in self.paths]
        return tuple(dict.fromkeys(match[1] or match[2] for match in found if match)) if all(found) else ()

    def __str__(self):
        related = self.related
        raw = _raw.Diagnostic(int(self.code[2:]), _raw.ERROR if self.severity is Severity.ERROR else _raw.WARNING, *_raw_place(self),
                              _bytes(self.message), _bytes(self.hint))
        raw.n_paths, raw.paths = len(self.paths), (ctypes.c_char_p * len(self.paths))(*map(_bytes, self.paths))
        raw.n_environments, raw.environments = len(self.environments), (ctypes.c_char_p * len(self.environments))(*map(_bytes, self.environments))
        if related:
            raw.related = _raw.Place(*_raw_place(related), _bytes(related.message))
        sources = [source for source in (_source(place) for place in (self, related) if place) if source]
        style = _raw.DiagnosticsStyle(ctypes.sizeof(_raw.DiagnosticsStyle), sources=(_raw.Source * len(sources))(*sources), n_sources=len(sources))
        out = _raw.Collector()
        if _raw.lib.hd_diagnostic_write(raw, style, out.sink, None) == _raw.NO_MEMORY:
            raise MemoryError
        return out.take().rstrip("\n")


    def _repr_html_(self):
        return Findings([self])._repr_html_()


class Findings(list):
    """A list of diagnostics, which notebooks show as a table."""

    __slots__ = ()

    def _repr_html_(self):
        from . import _html
        return _html.findings(self)


def _bytes(text):
    """A text as bytes for C. Lone surrogates from U+DC80 on are bytes that are not valid UTF-8 (surrogateescape)."""
    return text.encode("utf-8", "surrogateescape" if all("\udc80" <= c <= "\udcff" for c in text if "\ud800" <= c <= "\udfff")
                       else "surrogatepass") if text is not None else None


def _raw_place(place):
    return _bytes(place.file), place.line or 0, place.column or 0, _bytes(place.path)


def _source(place):
    """The text of the file of a place. linecache also finds modules in archives and cells of notebooks. A file may have changed."""
    if place.source is None:
        linecache.checkcache(place.file)
    if not place.file or not place.line:
        return None
    text = place.source if place.source is not None else "".join(linecache.getlines(place.file))
    data = _bytes(text)
    return _raw.Source(_bytes(place.file), data, len(data)) if data else None


def report(diagnostics, omitted=0, strict=False):
    """All diagnostics and their number, as hybridgen prints them."""
    errors = sum(one.severity is Severity.ERROR for one in diagnostics)
    warnings = len(diagnostics) - errors
    counts = [f"{n} {what}{'' if n == 1 else 's'}" for n, what in ((errors, "error"), (warnings, "warning")) if n]
    summary = ", ".join(counts)
    if warnings and not errors and strict:
        summary += ", which strict does not let pass"
    if omitted:
        summary += f"; {omitted} more not shown"
    return "\n".join([str(one) for one in diagnostics] + ([summary] if summary else []))


def _text(data):
    return data.decode("utf-8", "replace") if data is not None else None


def read(diagnostics, locate):
    """The diagnostics of a C collection. `locate(file, line, column, path)` gives (file, line, column, source, object)."""
    def located(raw):
        return locate(_text(raw.file), raw.line or None, raw.column or None, _text(raw.path) or "")

    findings = Findings()
    for i in range(_raw.lib.hd_diagnostics_count(diagnostics)):
        raw = _raw.lib.hd_diagnostics_get(diagnostics, i).contents
        related = None
        if raw.related.message is not None:
            file, line, column, source, _ = located(raw.related)
            related = Place(_text(raw.related.message), _text(raw.related.path) or "", file, line, column, source)
        file, line, column, source, found = located(raw)
        edits = tuple(Edit(_text(one.file), one.line, one.column, one.end_line, one.end_column, _text(one.text)) for one in raw.edits[:raw.n_edits])
        findings.append(Diagnostic(f"HD{raw.code:04}", severity(raw.severity), _text(raw.message), _text(raw.path) or "", _text(raw.hint),
                                   file, line, column, related, raw.end_line or None, raw.end_column or None, edits,
                                   tuple(map(_text, raw.paths[:raw.n_paths])),
                                   tuple(map(_text, raw.environments[:raw.n_environments])), found, source))
    return findings
