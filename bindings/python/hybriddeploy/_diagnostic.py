"""Findings, as values and as text."""
from __future__ import annotations

import dataclasses
import enum
import linecache
import re

from . import _raw
from ._snippet import snippet, visible


class Severity(str, enum.Enum):
    """How bad it is."""

    WARNING = "warning"
    ERROR = "error"

    def __str__(self):
        return self.value

    def __format__(self, how):
        return format(self.value, how)


def severity(number):
    """The severity that C means."""
    return Severity.ERROR if number == _raw.ERROR else Severity.WARNING


@dataclasses.dataclass(frozen=True)
class Place:
    """A second place that a diagnostic speaks of."""

    message: str
    path: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    source: str | None = dataclasses.field(default=None, repr=False, compare=False)

    def __str__(self):
        return f"{_where(self)}: note: {_indented(self.message, 4)}\n{_snippet(self)}".rstrip("\n")


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One finding: what is wrong with a model, where, and what would be right.

    `object` is the part of the model, when it is known. `paths` are the model paths of all members that have the mistake, when one place
    in a file is the mistake of several, such as of all services of a runtime; else it is empty.
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
    paths: tuple[str, ...] = ()
    object: object = dataclasses.field(default=None, repr=False, compare=False)
    source: str | None = dataclasses.field(default=None, repr=False, compare=False)

    @property
    def services(self) -> tuple[str, ...]:
        """The names of the services that share the mistake; empty when it is not of several services."""
        found = [re.match(r'services(?:\.([^.\[]*)|\["([^"]*))', path) for path in self.paths]
        return tuple(dict.fromkeys(match[1] or match[2] for match in found)) if all(found) else ()

    def _concerned(self):
        services = self.services
        if len(services) > 1:
            return f"  for {len(services)} services: {_shown(services)}\n"
        return f"  and at {_shown(self.paths[1:])}\n" if len(self.paths) > 1 else ""

    def __str__(self):
        text = f"{_where(self)}: {self.severity.value}: {_indented(self.message, 4)} [{self.code}]\n{_snippet(self)}"
        if self.file and self.path:
            text += f"  at {visible(self.path)}\n"
        text += self._concerned()
        if self.hint:
            text += f"  hint: {_indented(self.hint, 8)}\n"
        if self.related:
            text += f"{self.related}\n"
            if self.related.file and self.related.path and self.related.path != self.path:
                text += f"  at {visible(self.related.path)}\n"
        return text.rstrip("\n")


def _shown(names):
    """"a, b, c and 57 more"; a list that is hardly longer is shown whole."""
    shown = names if len(names) <= 4 else names[:3]
    more = len(names) - len(shown)
    return ", ".join(map(visible, shown)) + (f" and {more} more" if more else "")


def _indented(text, width):
    return visible(text).replace("\n", "\n" + " " * width)


def _where(place):
    if not place.file:
        return visible(place.path) or "hybriddeploy"
    if place.file.startswith("--set "):
        return "--set"
    return ":".join([visible(place.file)] + [str(number) for number in (place.line, place.column) if number])


def _snippet(place):
    if not place.line or not place.file:
        return ""
    lines = place.source.splitlines() if place.source is not None else linecache.getlines(place.file)
    if place.line > len(lines):
        return ""
    return snippet(lines[place.line - 1].rstrip("\r\n"), place.line, place.column)


def report(diagnostics, omitted=0, strict=False):
    """All findings and their number, as hybridgen prints them."""
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
    """The findings of a C collection. `locate(file, line, column, path)` gives (file, line, column, source, object)."""
    def located(raw):
        return locate(_text(raw.file), raw.line or None, raw.column or None, _text(raw.path) or "")

    findings = []
    for i in range(_raw.lib.hd_diagnostics_count(diagnostics)):
        raw = _raw.lib.hd_diagnostics_get(diagnostics, i).contents
        related = None
        if raw.related.message is not None:
            file, line, column, source, _ = located(raw.related)
            related = Place(_text(raw.related.message), _text(raw.related.path) or "", file, line, column, source)
        file, line, column, source, found = located(raw)
        findings.append(Diagnostic(f"HD{raw.code:04}", severity(raw.severity), _text(raw.message), _text(raw.path) or "", _text(raw.hint),
                                   file, line, column, related, tuple(_text(raw.paths[k]) for k in range(raw.n_paths)), found, source))
    return findings
