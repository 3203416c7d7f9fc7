#!/usr/bin/env python3
"""Puts numbers beyond their bounds into the models of all cases: test_beyond.py PRINT_TABLES PRINT_FINDINGS CASES

What a rule says of a number that is out of its range follows from that, and is left out. The models of the cases are those in which rules
speak of numbers. For each number of theirs that has bounds, what is just below and just above is written, and then that alone is told
at its place: it is out of range.
"""
import sys
from pathlib import Path

import tables
from limits import EXCLUSIVE, NEEDS_MESH, NOT_FOR_KIND, TOO_NEW
from test_harmed import text_of
from test_moved import cases_in, is_under
from test_tables import OUT_OF_RANGE, ask

# What is said of a member whatever its value is.
OF_ALL_VALUES = {TOO_NEW, NOT_FOR_KIND, NEEDS_MESH, EXCLUSIVE}


def beyond(row):
    """The numbers next to the range. Zero leaves some unset."""
    return [row.max + 1] if row.kind == tables.INTEGER and row.min <= 1 else [row.min - 1, row.max + 1]


def questions(book, case):
    """Models, each with the place of its wrong number."""
    for place in book.places(case.model):
        if place.row.is_bounded and isinstance(place.value, int) and not isinstance(place.value, bool):
            for number in beyond(place.row):
                yield case.name, text_of(book, case.model, place.path), number, tables.put(case.model, place.path, number)


def main():
    print_tables, print_findings, folder = sys.argv[1:]
    book = tables.Tables(print_tables)
    asked = [question for case in cases_in(Path(folder)) for question in questions(book, case)]
    failures = []
    for (name, where, number, _), findings in zip(asked, ask([print_findings, "--all"], [model for *_, model in asked])):
        found = [finding.split(" ", 1) for finding in findings]
        told = {code for code, path in found if path == where} - OF_ALL_VALUES
        is_within_other = any(path != where and path and is_under(where, path) for _, path in found)
        if told != {OUT_OF_RANGE} and (told or not is_within_other):
            failures.append(f"{name}: of {number} at {where} is told {sorted(told)}")
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(asked)} numbers beyond their bounds, {len(failures)} failed")
    return bool(failures) or not asked


if __name__ == "__main__":
    sys.exit(main())
