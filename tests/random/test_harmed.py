#!/usr/bin/env python3
"""Harms every member of every golden model, one at a time: test_harmed.py PRINT_TABLES PRINT_FINDINGS FOLDER...

A member gets a value of a type that none has, or is left out; an element loses its name. All that stands around it stays, so that each
rule meets members that are not there. Then

- what was harmed is told at its place, as what it is: a wrong type, or a member that is missing;
- it is told once: what is of a wrong type is not also missing, and nothing is told twice in the same words;
- no text speaks of what is not there as "(null)";
- a model that has no errors generates manifests.
"""
import re
import sys

import tables
from test_tables import MISSING, NO_VALUE, NOT_GENERATED, WRONG_TYPE, Question, ask, golden_models

WRONG = [[]]  # of a type that no member takes
NULL = "(null)"


def without(model, path):
    """The model without a member."""
    copy = list(model) if isinstance(model, list) else dict(model)
    if len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = without(model[path[0]], path[1:])
    return copy


class Harm(Question):
    """A model in which one member is harmed; `codes` of which one must be told at `where`."""

    def __init__(self, what, model, place, codes, where):
        super().__init__(model, [(place, what)])
        self.what, self.codes, self.where = what, codes, where

    def __str__(self):
        return f"{'.'.join(map(str, self.changes[0][0].path))} is {self.what}"


def step_of(name):
    """The step of a path to an element with a name, as diagnostics write it."""
    return f".{name}" if not re.search(r'[].["\s]', name) else f'["{name}"]'


def text_of(book, model, path):
    """A path as diagnostics write it: elements by their names where they have any, short keys by the list that they stand for."""
    text, struct, value, steps = "", tables.ROOT, model, list(path)
    while steps:
        key = steps.pop(0)
        row, value = book.row(struct, key), value[key]
        text += f".{row.key}[0]" if key == row.short_key and key != row.key else f".{row.key}"
        struct = row.of
        if row.kind != tables.STRUCT_LIST or not steps:
            continue
        keyed_by = book.structs[struct].keyed_by
        if isinstance(value, list):
            at = steps.pop(0)
            value = value[at]
            name = value.get(keyed_by) if isinstance(value, dict) and keyed_by else None
            text += step_of(name) if isinstance(name, str) else f"[{at}]"
        elif keyed_by and isinstance(value, dict) and key != row.short_key:
            name = steps.pop(0)
            text, value = text + step_of(name), value[name]
        elif key != row.short_key:
            text += "[0]"
    return text.removeprefix(".")


def listed(items, key, unnamed):
    """A mapping of elements as a list, in which one has no name."""
    return [{**({} if name == unnamed else {key: name}), **(item if isinstance(item, dict) else {})} for name, item in items.items()]


def unnamed(book, model, place):
    row, items = place.row, place.value
    if row.kind != tables.STRUCT_LIST or not isinstance(items, dict) or not book.structs[row.of].keyed_by or book.structs[row.of].map:
        return
    if not all(item is None or isinstance(item, dict) for item in items.values()):
        return
    key = book.structs[row.of].keyed_by
    needs = book.row(row.of, key).required
    for at, name in enumerate(items):
        changed = tables.put(model, place.path, listed(items, key, name))
        yield Harm(f"without the name of {name}", changed, place, {MISSING} if needs else set(), f"{text_of(book, model, place.path)}[{at}]")


def harms(book, model):
    for place in book.places(model):
        wrong, left = tables.put(model, place.path, WRONG), without(model, place.path)
        # Any value is of a right type for some members.
        if place.row.kind != tables.VALUE:
            yield Harm("of a wrong type", wrong, place, {WRONG_TYPE}, text_of(book, wrong, place.path))
        yield Harm("left out", left, place, {MISSING, NO_VALUE} if place.row.required else set(), text_of(book, left, place.path[:-1]))
        yield from unnamed(book, model, place)


def problem(harm):
    """What is wrong with what is told of a harm; None when it is right."""
    told = [finding.split("\v")[0].split(" ", 1) for finding in harm.findings]
    here = {code for code, path in told if path == harm.where or path.startswith((harm.where + "[", harm.where + "."))}
    if harm.codes and not harm.codes & here:
        return f"{harm} is not told at {harm.where}: {harm.findings[:4]}"
    if harm.codes == {WRONG_TYPE} and {MISSING, NO_VALUE} & {code for code, path in told if path == harm.where}:
        return f"{harm} is also missing: {harm.findings[:4]}"
    if len(set(harm.findings)) != len(harm.findings):
        return f"{harm} is told twice: {sorted(harm.findings)[:6]}"
    if any(code in (NOT_GENERATED, NULL) for code, _ in told):
        return f"{harm}: {harm.findings[:4]}"
    return None


def main():
    print_tables, print_findings, *folders = sys.argv[1:]
    book, seen, asked = tables.Tables(print_tables), set(), []
    for model in golden_models(folders):
        asked += harms(book, model)
    for harm, findings in zip(asked, ask([print_findings, "--messages"], [harm.model for harm in asked])):
        harm.findings = findings
    failures = [words for words in map(problem, asked) if words]
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(asked)} harms, {len(failures)} failed")
    return bool(failures) or not asked


if __name__ == "__main__":
    sys.exit(main())
