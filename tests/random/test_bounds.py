#!/usr/bin/env python3
"""Where the mistake of each case begins: test_bounds.py PRINT_TABLES PRINT_FINDINGS CASES [--update]

A case has a number on the wrong side of a bound, mostly far from it, so that a bound that is one more or one less would pass. Here each number
of a case that stands beside a finding, also one with a unit such as 30s or 128Mi, is moved up and down until the finding goes away, and
bounds.txt says between which two neighbours that is. With --update it is written anew: read it before you keep it, since each line
claims that the first number is wrong and the second one is not.
"""
import re
import sys
from pathlib import Path

import yaml

import tables
from test_harmed import text_of
from test_moved import cases_in, is_under
from test_tables import OF_MEMBERS, ask

NUMBER = re.compile(r"(-?\d{1,9})([a-zA-Z]{0,2}|%)")
MOST = 1 << 31
SMALLER = {"h": (3600, "s"), "m": (60, "s"), "s": (1000, "ms"), "d": (24, "h"), "Gi": (1024, "Mi"), "Mi": (1024, "Ki"), "": (1000, "m")}


class Search:
    """Moves one number of a case in one direction, in steps of a size: to its end, and if the finding is gone there, to where it goes away."""

    def __init__(self, case, finding, where, place, start, step):
        self.case, self.finding, self.where, self.place, self.step = case, finding, where, place.path, step
        self.is_text = isinstance(place.value, str)
        self.start, self.unit = start
        low, high = (place.row.min, place.row.max) if place.row.is_bounded else (-1 if self.is_text and step == -1 else 0, MOST)
        # So many steps the finding was still told, and so many it was not.
        self.told, self.free = 0, None
        self.tried = max(-(((high if step > 0 else low) - self.start) // -step), 0)

    @property
    def is_done(self):
        return self.tried == self.told

    def at(self, n_steps):
        return f"{self.start + self.step * n_steps}{self.unit}"

    def model(self, n_steps=None):
        number = self.at(self.tried if n_steps is None else n_steps)
        return tables.put(self.case.model, self.place, number if self.is_text else int(number))

    def answer(self, is_told):
        if not is_told:
            self.free = self.tried
        elif self.free is None:
            self.tried = self.told
            return
        else:
            self.told = self.tried
        # From where it starts the steps double; most bounds are near.
        self.tried = min(max(2 * self.told, 1), (self.told + self.free) // 2) if self.free - self.told > 1 else self.told

    def __str__(self):
        code, path = self.finding
        return f"{self.case.name}: {code} at {path} with {self.where} {self.at(self.told)}, not {self.at(self.free)}"


def is_number(value):
    return not isinstance(value, bool) and isinstance(value, (int, str)) and NUMBER.fullmatch(str(value)) is not None


def steps(value, is_here):
    """Pairs of the number with its unit, and a step: one, and hundreds and thousands where it has so many zeros, because some rules speak of
    round numbers alone; and one of a smaller unit, where the finding is told here."""
    digits, unit = NUMBER.fullmatch(str(value)).groups()
    zeros = len(digits) - len(digits.rstrip("0"))
    for size in (1, *(10 ** power for power in range(2, zeros + 1))):
        yield from (((int(digits), unit), size), ((int(digits), unit), -size))
    if unit in SMALLER and isinstance(value, str) and is_here:
        size, smaller = SMALLER[unit]
        yield from (((int(digits) * size, smaller), 1), ((int(digits) * size, smaller), -1))


def searches(book, case):
    for place in book.places(case.model):
        if not is_number(place.value):
            continue
        where = text_of(book, case.model, place.path)
        for code, path in dict.fromkeys(case.told):
            beside = re.sub(r"[.[][^.[]*$", "", path)
            if code not in OF_MEMBERS and beside and is_under(where, beside):
                yield from (Search(case, (code, path), where, place, start, step) for start, step in steps(place.value, where == path))


def bounds(print_findings, asked):
    # A smaller unit may be refused, and then other things are told.
    is_told = [" ".join(search.finding) in findings
               for search, findings in zip(asked, ask([print_findings, "--all"], [search.model(0) for search in asked]))]
    waiting = [search for search, told in zip(asked, is_told) if told and not search.is_done]
    while waiting:
        for search, findings in zip(waiting, ask([print_findings, "--all"], [search.model() for search in waiting])):
            search.answer(" ".join(search.finding) in findings)
        waiting = [search for search in waiting if not search.is_done]
    return sorted({str(search) for search in asked if search.free is not None})


def main():
    update = "--update" in sys.argv
    print_tables, print_findings, folder = [word for word in sys.argv[1:] if word != "--update"]
    book, cases, known = tables.Tables(print_tables), list(cases_in(Path(folder))), Path(__file__).with_name("bounds.txt")
    for case, findings in zip(cases, ask([print_findings, "--all"], [case.model for case in cases])):
        case.told = [tuple(finding.split(" ", 1)) for finding in findings if not finding.startswith("HD0 ")]
    found = bounds(print_findings, [search for case in cases for search in searches(book, case)])
    if update:
        known.write_text("".join(f"{line}\n" for line in found))
    expected = known.read_text().splitlines() if known.exists() else []
    failures = [*(f"not found: {line}" for line in sorted({*expected} - {*found})), *(f"not in bounds.txt: {line}" for line in sorted({*found} - {*expected}))]
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(found)} bounds of {len(cases)} cases, {len(failures)} failed")
    return bool(failures) or not found


if __name__ == "__main__":
    sys.exit(main())
