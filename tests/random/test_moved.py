#!/usr/bin/env python3
"""Moves the mistakes of all cases: test_moved.py PRINT_TABLES PRINT_FINDINGS CASES

In most cases the mistake is the only element of its list, or the first. Here the model of each case is changed so that the rule meets
it elsewhere:

- services without a mistake stand before and behind those of the model;
- each list is turned around;
- each element that has a finding is there twice, the second time as the last one and with another name.

What was told must be told again, at the place where the mistake is now: a loop that begins too late, ends too early, or looks at one
element only does not. moved.yaml names the rules that mean something else, and why.
"""
import json
import re
import sys
from pathlib import Path

import yaml

import tables
from test_harmed import step_of, text_of
from test_tables import ask

NEIGHBOUR = {"runtime": "cpython"}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is there
LISTS = (tables.STRUCT_LIST, tables.STRING_LIST)


class Case:
    def __init__(self, folder, model):
        self.name, self.model, self.told = folder.name, model, []


class Moved:
    """A model of a case that was changed, and what must be told of it: pairs of a code and a path."""

    def __init__(self, case, how, where, model, expected):
        self.case, self.how, self.where, self.model, self.expected = case, how, where, model, expected

    def __str__(self):
        return f"{self.case.name} with {self.where} {self.how}"

    def problems(self, findings, excuses):
        told = {tuple(finding.split(" ", 1)) for finding in findings}
        codes = {code for code, _ in told}
        for code, path in self.expected:
            if (code, path) not in told and not excuses.allow(self.how, code, code in codes):
                yield f"{self}: {code} is not told at {path}"


class Excuses:
    """Rules that say something else when their mistake is moved, and lists that are not moved."""

    def __init__(self, path):
        said = yaml.safe_load(path.read_text())
        self.ordered = set(said.pop("ordered"))
        self.codes = {(how, what, code) for how, kinds in said.items() for what, rows in kinds.items() for row in rows for code in row["codes"]}
        self.used = set()

    def allow(self, how, code, is_told):
        """Whether the rule may be silent where its mistake is now; `is_told` when it speaks elsewhere."""
        excuse = next((excuse for excuse in self.codes if excuse == (how, "gone", code) or is_told and excuse == (how, "elsewhere", code)), None)
        self.used.add(excuse)
        return excuse is not None

    def problems(self):
        return [f"moved.yaml excuses {code} when its mistake is {how}, and no case needs that" for how, _, code in sorted(self.codes - self.used)]


def model_of(path):
    """The model as JSON would hold it; None where that is not the same: an alias is one place in several."""
    text = path.read_bytes()
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, LOADER)):
            return None
        return json.loads(json.dumps(yaml.load(text, LOADER)))
    except (yaml.YAMLError, TypeError, ValueError, RecursionError):
        return None


def cases_in(folder):
    """The cases that are one file without arguments, and that any reader of YAML takes."""
    for path in sorted(folder.glob("*/hybriddeploy.yaml")):
        is_alone = {item.name for item in path.parent.iterdir()} == {"hybriddeploy.yaml", "expected.txt"}
        model = model_of(path) if is_alone else None
        if isinstance(model, dict):
            yield Case(path.parent, model)


def is_under(path, prefix):
    return path == prefix or path.startswith((prefix + ".", prefix + "["))


def step(book, row, items, at):
    """The step of a path to an element, as diagnostics write it."""
    if isinstance(items, dict):
        return step_of(at)
    key = row.kind == tables.STRUCT_LIST and book.structs[row.of].keyed_by
    name = items[at].get(key) if key and isinstance(items[at], dict) else None
    return step_of(name) if isinstance(name, str) else f"[{at}]"


def lists_of(book, model, ordered):
    for place in book.places(model):
        row, items = place.row, place.value
        if ordered & set(place.path):
            continue
        is_keyed = row.kind == tables.STRUCT_LIST and book.structs[row.of].keyed_by
        if row.kind in LISTS and (isinstance(items, list) or isinstance(items, dict) and is_keyed):
            yield place


def turned_items(items):
    return dict(reversed(items.items())) if isinstance(items, dict) else items[::-1]


def turned(book, case, place, where):
    items = place.value
    if len(items) < 2:
        return
    new = turned_items(items)
    ways = {} if isinstance(items, dict) else \
        {where + step(book, place.row, items, at): where + step(book, place.row, new, len(items) - 1 - at) for at in range(len(items))}
    moved = []
    for code, path in case.told:
        old = next((way for way in ways if is_under(path, way)), "")
        moved.append((code, ways.get(old, "") + path[len(old):]))
    yield Moved(case, "turned", where, tables.put(case.model, place.path, new), moved)


def copied(items, at, key):
    """The items with a copy of one as the last, and where that is; None when it cannot have another name."""
    if isinstance(items, dict):
        return ({**items, f"{at}-2": items[at]}, f"{at}-2") if re.fullmatch(r"[a-z0-9-]+", str(at)) else (None, None)
    element = items[at]
    if key and isinstance(element, dict) and isinstance(element.get(key), str):
        element = {**element, key: element[key] + "-2"}
    return [*items, element], len(items)


def repeated(book, case, place, where):
    row, items = place.row, place.value
    if row.kind != tables.STRUCT_LIST or book.structs[row.of].map:
        return
    for at in list(items) if isinstance(items, dict) else range(len(items)):
        here = where + step(book, row, items, at)
        told = [(code, path) for code, path in case.told if is_under(path, here)]
        new, last = copied(items, at, book.structs[row.of].keyed_by) if told else (None, None)
        if new:
            there = where + step(book, row, new, last)
            yield Moved(case, "repeated", here, tables.put(case.model, place.path, new), [(code, there + path[len(here):]) for code, path in told])


def between_neighbours(model):
    return {**model, "services": {"a-neighbour": NEIGHBOUR, **model["services"], "z-neighbour": NEIGHBOUR}}


def between(case):
    if isinstance(case.model.get("services"), dict):
        yield Moved(case, "between", "services", between_neighbours(case.model), case.told)


def changes(book, case, ordered):
    yield from between(case)
    for place in lists_of(book, case.model, ordered):
        where = text_of(book, case.model, place.path)
        yield from turned(book, case, place, where)
        yield from repeated(book, case, place, where)


def main():
    print_tables, print_findings, folder = sys.argv[1:]
    book, cases, excuses = tables.Tables(print_tables), list(cases_in(Path(folder))), Excuses(Path(__file__).with_name("moved.yaml"))
    for case, findings in zip(cases, ask([print_findings, "--all"], [case.model for case in cases])):
        case.told = [tuple(finding.split(" ", 1)) for finding in findings if not finding.startswith("HD0 ")]
    asked = [moved for case in cases for moved in changes(book, case, excuses.ordered)]
    answers = ask([print_findings, "--all"], [moved.model for moved in asked])
    failures = [problem for moved, findings in zip(asked, answers) for problem in moved.problems(findings, excuses)] + excuses.problems()
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(cases)} cases, {len(asked)} with the mistake elsewhere, {len(failures)} failed")
    return bool(failures) or not asked


if __name__ == "__main__":
    sys.exit(main())
