#!/usr/bin/env python3
"""Puts into every row of every table what it may hold and what it may not: test_tables.py PRINT_TABLES PRINT_FINDINGS HYBRIDGEN FOLDER...

The folders hold golden models, which have every row. For each place of each row there are many models that differ in this value alone
(tables.py), and whole golden models in which several values differ at random. Then

- what the JSON Schema refuses, the library refuses: by a rule of single members, not because parts contradict each other;
- what the library refuses by such a rule, the schema refuses: type, range, word, unknown key, missing, empty. A form is excused where
  its pattern says less than the library's own check, which some forms need: bits beyond a mask, the last part of a path;
- a number is out of its range beyond its bounds, and nowhere else;
- a model that has no errors generates manifests;
- a member may stand since which version, on which workload, in which mesh and beside which others as limits.yaml has it.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import yaml

import limits
import tables
from dice import Dice

UNKNOWN_KEY, WRONG_TYPE, UNKNOWN_WORD, YAML_TRAP, NO_VALUE, OUT_OF_RANGE, BAD_FORM, MISSING = \
    "HD1139", "HD1146", "HD1157", "HD1163", "HD1174", "HD1182", "HD1195", "HD1204"
RANDOM_MODELS = 200
NOT_GENERATED = "HD0"
OF_MEMBERS = {UNKNOWN_KEY, WRONG_TYPE, UNKNOWN_WORD, YAML_TRAP, NO_VALUE, OUT_OF_RANGE, BAD_FORM, MISSING}


def golden_models(folders):
    for folder in folders:
        for path in sorted(Path(folder).glob("*/hybriddeploy.yaml")):
            yield yaml.safe_load(path.read_text())


def chosen_places(book, folders):
    """One place of each row, and one more where it is a runtime's default; each in a model of its own."""
    found = {}
    for model in golden_models(folders):
        for place in book.places(model):
            key = place.row.struct, place.row.key, place.holds_defaults
            if key not in found:
                shrunk, path = book.shrunk(model, place.path)
                found[key] = shrunk, tables.Place(path, place.row, place.value)
    return list(found.values())


class Question:
    """A model with what was put into it: pairs of a place and a value."""

    def __init__(self, model, changes):
        self.model, self.changes, self.findings = model, changes, []

    def __str__(self):
        return ", ".join(f"{'.'.join(map(str, place.path))} = {json.dumps(value)[:80]}" for place, value in self.changes)


def questions(book, chosen):
    for model, place in chosen:
        seen = set()
        for value in book.candidates(place):
            text = json.dumps(value)
            if text not in seen:
                seen.add(text)
                yield Question(tables.put(model, place.path, value), [(place, value)])


def is_there(model, path):
    """Whether a path still leads somewhere after other changes."""
    for step in path:
        if isinstance(model, list) and isinstance(step, int) and step < len(model) or isinstance(model, dict) and step in model:
            model = model[step]
        else:
            return False
    return True


def random_questions(book, folders):
    models = list(golden_models(folders))
    for seed in range(RANDOM_MODELS):
        dice = Dice(f"tables {seed}")
        model, changes = dice.pick(models), []
        for place in dice.some(book.places(model), 1, 4):
            value = dice.pick(list(book.candidates(place)))
            if is_there(model, place.path):
                model = tables.put(model, place.path, value)
                changes.append((place, value))
        yield Question(model, changes)


def ask(print_findings, models):
    """What is found in each model by the program with its arguments: pairs of a code and a path, as texts."""
    lines = "".join(json.dumps(model) + "\n" for model in models)
    done = subprocess.run(print_findings, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    found = [answer.split("\t")[:-1] for answer in done.stdout.split("\0")[:-1]]
    if len(found) != len(models):
        raise ValueError(f"{len(models)} models have {len(found)} answers")
    return found


def holds(value, kind):
    """Whether the value, or an element of the list, is of a type; True is no number here."""
    return any(isinstance(item, kind) and not isinstance(item, bool) for item in (value if isinstance(value, list) else [value]))


def beyond_pattern(place, value):
    """Whether the value has a wrong form that no schema can tell: that of a number without quotes, or more than the pattern says."""
    pattern = place.row.pattern
    texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    return holds(value, (int, float)) or bool(texts and all(not pattern or re.search(pattern, text) for text in texts))


def disagreement(question, validator):
    """What schema and library say differently of a model; None where they agree."""
    refused = not validator.is_valid(question.model)
    mine = {finding.split(" ")[0] for finding in question.findings} & OF_MEMBERS
    if refused and not mine:
        return f"the schema alone refuses {question}"
    if any(finding.startswith(NOT_GENERATED + " ") for finding in question.findings):
        return f"no manifests come of {question}, though it has no errors"
    # The schema takes any value where the table does; what it must be is for the rules.
    if any(place.row.kind == tables.VALUE for place, _ in question.changes):
        return None
    if mine and not refused and not (mine == {BAD_FORM} and any(beyond_pattern(*change) for change in question.changes)):
        return f"the library alone refuses {question}: {question.findings[:3]}"
    return None


def wrong_bound(question):
    """What the library says wrongly of a number; None where it is right, or where the value is none."""
    if len(question.changes) > 1:
        return None
    (place, value), = question.changes
    row = place.row
    if not row.is_bounded or not isinstance(value, int) or isinstance(value, bool):
        return None
    told = any(finding.startswith(OUT_OF_RANGE) for finding in question.findings)
    low = 1 if row.kind == tables.INTEGER and row.min == 0 else row.min
    return None if told != (low <= value <= row.max) else f"{question}: {question.findings[:3]}, though {row.min} to {row.max} is right"


def main():
    print_tables, print_findings, hybridgen, *folders = sys.argv[1:]
    book = tables.Tables(print_tables)
    schema = json.loads(subprocess.run([hybridgen, "schema"], capture_output=True, check=True).stdout)
    validator = jsonschema.Draft202012Validator(schema)
    chosen = chosen_places(book, folders)
    asked, limited = [*questions(book, chosen), *random_questions(book, folders)], list(limits.questions(book, chosen))
    for question, findings in zip(asked, ask(print_findings, [question.model for question in asked])):
        question.findings = findings
    failures = [problem for question in asked for problem in (disagreement(question, validator), wrong_bound(question)) if problem]
    for question, findings in zip(limited, ask(print_findings, [question.model for question in limited])):
        problem = question.problem(findings)
        failures += [problem] if problem else []
    failures += limits.differences(book)
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(chosen)} rows, {len(asked)} values, {len(limited)} surroundings, {len(failures)} failed")
    return bool(failures) or not (asked and limited)


if __name__ == "__main__":
    sys.exit(main())
