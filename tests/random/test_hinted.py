#!/usr/bin/env python3
"""Follows the numbers that hints name: test_hinted.py PRINT_TABLES PRINT_FINDINGS CASES

Many hints say how much would be right: "raise it to at least 1050m", "use at most 256Mi", "lower maxEjectionPercent to 50", "write less than
100%". For each such hint in the cases, the last right amount is written where the hint says, and the rule must be silent there; with the
first wrong amount it must speak, or one that takes its place. So a rule's bound is the one that its text says, and neither one more nor
one less. hinted.yaml names the rules whose hints mean something else, and why.
"""
import collections
import re
import sys
from pathlib import Path

import yaml

import tables
from test_harmed import text_of
from test_moved import cases_in, step
from test_tables import ask

AMOUNT = r"(?P<number>-?\d+(?:\.\d+)?)(?P<unit>[a-zA-Z]+|%)?"
MEMBER = r"(?P<member>[a-zA-Z]+)"
HERE = r"(?P<member>)\b(?:use|write|run|give|than|listen|raise it to)"
# What a hint says, the last right amount as a distance from the one that it names, and on which side the wrong ones are.
FORMS = [(re.compile(form), right, wrong) for form, right, wrong in (
    (rf"raise (?!it\b){MEMBER} to (?:at least )?{AMOUNT}", 0, -1),
    (rf"lower (?!it\b){MEMBER} to (?:at most )?{AMOUNT}", 0, 1),
    (rf"write {MEMBER}: {AMOUNT} or less", 0, 1),
    (rf"(?:raise|listen) {MEMBER} above {AMOUNT}", 1, -1),
    (rf"{MEMBER} of at most {AMOUNT}", 0, 1),
    (rf"{HERE} at least {AMOUNT}", 0, -1),
    (rf"{HERE} at most {AMOUNT}(?!\d| letters| digits| of| search)", 0, 1),
    (rf"(?P<member>)(?:less than|the timeout below) {AMOUNT}", -1, 1),
    (rf"(?P<member>)\b(?:write more than|an amount above|cpu request above|another id above|listen above) {AMOUNT}", 1, -1))]


class Hint:
    """A finding with an amount in its hint, where that is to be written, and the right and the wrong amount."""

    def __init__(self, case, finding, place, amounts):
        self.case, (self.code, self.path), self.place, self.amounts = case, finding, place, amounts
        self.models = [tables.put(case.model, place, amount) for amount in amounts]

    def problem(self, right, wrong):
        """What is wrong with the findings of both models; None when there is nothing."""
        told, codes = self.at_path(right), self.at_path(wrong)
        if self.code in told:
            return f"{self} is told of {self.amounts[0]}, which its hint calls right"
        if self.code not in codes and not codes - told:
            return f"{self} is not told of {self.amounts[1]}, which its hint calls wrong"
        return None

    def at_path(self, findings):
        return {code for code, path in (finding.split(" ", 1) for finding in findings) if path == self.path}

    def __str__(self):
        return f"{self.case.name}: {self.code} at {self.path}"


def places_by_text(book, model):
    """The keys and indexes that lead to what diagnostics call so."""
    found = {}
    for place in book.places(model):
        text, items = text_of(book, model, place.path), place.value
        found.setdefault(text, place.path)
        if place.row.kind == tables.STRUCT_LIST and isinstance(items, (dict, list)):
            for at in items if isinstance(items, dict) else range(len(items)):
                found.setdefault(text + step(book, place.row, items, at), (*place.path, at))
    return found


def named_place(model, path, member):
    """The member of that name in what leads to a place, the nearest one; None where there is none."""
    for length in range(len(path), -1, -1):
        value = value_at(model, path[:length])
        if isinstance(value, dict) and member in value:
            return (*path[:length], member)
    return None


def value_at(model, path):
    for key in path:
        model = model[key]
    return model


def moved_by(number, unit, distance):
    """The number so many of its last digit away, with its unit."""
    digits = len(number.partition(".")[2])
    text = f"{float(number) + distance / 10 ** digits:.{digits}f}{unit or ''}"
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def hint_of(case, finding, places):
    told, _, hint = finding.split("\v")
    code, path = told.split(" ", 1)
    for form, right, wrong in FORMS:
        found = form.search(hint)
        if found:
            near = next((places[text] for text in (path[:end] for end in range(len(path), 0, -1)) if text in places), ())
            place = named_place(case.model, near, found["member"]) if found["member"] else places.get(path)
            if place is None or isinstance(value_at(case.model, place), (dict, list)):
                return None
            amounts = [moved_by(found["number"], found["unit"], distance) for distance in (right, right + wrong)]
            return Hint(case, (code, path), place, amounts)
    return None


def hints_in(print_findings, book, folder):
    cases = list(cases_in(folder))
    for case, findings in zip(cases, ask([print_findings, "--all", "--messages"], [case.model for case in cases])):
        spoken = [finding for finding in findings if finding.count("\v") == 2 and re.search(r"\d", finding.split("\v")[2])]
        places = places_by_text(book, case.model) if spoken else {}
        yield from filter(None, (hint_of(case, finding, places) for finding in spoken))


def main():
    print_tables, print_findings, folder = sys.argv[1:]
    hints = list(hints_in(print_findings, tables.Tables(print_tables), Path(folder)))
    answers = ask([print_findings, "--all"], [model for hint in hints for model in hint.models])
    rows = yaml.safe_load(Path(__file__).with_name("hinted.yaml").read_text())
    excused, used = {code for row in rows for code in row["codes"]}, set()
    failures = []
    for hint, right, wrong in zip(hints, answers[::2], answers[1::2]):
        problem = hint.problem(right, wrong)
        if problem and hint.code in excused:
            used.add(hint.code)
        elif problem:
            failures.append(problem)
    failures += [f"hinted.yaml excuses {code}, and no case needs that" for code in sorted(excused - used)]
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    codes = collections.Counter(hint.code for hint in hints)
    print(f"{len(hints)} hints of {len(codes)} rules followed, {len(failures)} failed")
    return bool(failures) or not hints


if __name__ == "__main__":
    sys.exit(main())
