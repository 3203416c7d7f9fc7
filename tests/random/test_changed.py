#!/usr/bin/env python3
"""Changes each member of the models of all cases and correct models, one at a time: test_changed.py PRINT_TABLES PRINT_FINDINGS CASES CORRECT

test_harmed.py and test_tables.py do so in golden models, where few rules have anything to say. In these models a rule speaks, or nearly does,
so that each of its conditions meets a member that is not there, is empty, or has another of its values. Then

- what was harmed is told at its place, as what it is, and nothing is told twice (test_harmed.py);
- a number is out of its range beyond its bounds, and nowhere else (test_tables.py);
- no text speaks of what is not there as "(null)";
- a model that has no errors generates manifests.
"""
import sys
from pathlib import Path

import tables
from dice import Dice
from test_harmed import harms, problem
from test_moved import cases_in, model_of
from test_tables import OF_MEMBERS, OUT_OF_RANGE, Question, ask, wrong_bound

SAME_NAME = "HD1255"
# A text that is not read on, and a member that is given twice.
NOT_READ = {"HD1031", "HD1079", "HD1128"}


class Whole(Question):
    """A model as it is, and what is told of it."""

    def __init__(self, name, model):
        super().__init__(model, [])
        self.name = name

    def codes(self):
        return {finding.split(" ")[0] for finding in self.findings}


def models_in(cases, correct):
    yield from (Whole(case.name, case.model) for case in cases_in(Path(cases)))
    yield from (Whole(path.name, model) for path in sorted(Path(correct).glob("*.yaml")) for model in [model_of(path)] if model)


def changes(book, whole):
    """Each member with one of the values that it may or may not have."""
    dice = Dice(f"changed {whole.name}")
    for place in book.places(whole.model):
        candidates = list(book.candidates(place))
        if candidates:
            value = dice.pick(candidates)
            yield Question(tables.put(whole.model, place.path, value), [(place, value)])


def problem_of_change(change, whole):
    told = [finding.split("\v")[0].split(" ", 1)[0] for finding in change.findings]
    twice = len(set(change.findings)) != len(change.findings) and SAME_NAME not in whole.codes()
    if twice or {"(null)", "HD0"} & set(told):
        return f"{change}: {change.findings[:4]}"
    return None if OUT_OF_RANGE in whole.codes() else wrong_bound(change)


def is_left_empty(harm):
    """Whether what stands around the member has no content without it, so that it counts as left out as a whole."""
    value = harm.model
    for step in harm.changes[0][0].path[:-1]:
        value = value[step]
    return isinstance(value, dict) and not any(value.values())


def problem_of_harm(harm, whole):
    """What a case tells of its own may stand in the way: nothing is missing in what could not be read, and two of a name have one path."""
    if (OF_MEMBERS | NOT_READ) & whole.codes() or (harm.what == "left out" and is_left_empty(harm)):
        harm.codes = set()
    if SAME_NAME in whole.codes():
        harm.findings = sorted(set(harm.findings))
    return problem(harm)


def main():
    print_tables, print_findings, *folders = sys.argv[1:]
    book, wholes = tables.Tables(print_tables), list(models_in(*folders))
    asked = [(whole, question) for whole in wholes for question in [*harms(book, whole.model), *changes(book, whole)]]
    questions = wholes + [question for _, question in asked]
    for question, findings in zip(questions, ask([print_findings, "--messages"], [question.model for question in questions])):
        question.findings = findings
    failures = [(whole, words) for whole, question in asked
                for words in [(problem_of_harm if hasattr(question, "codes") else problem_of_change)(question, whole)] if words]
    print("\n".join(f"FAIL {whole.name}: {words}" for whole, words in failures[:100]))
    print(f"{len(asked)} changes of {len(wholes)} models, {len(failures)} failed")
    return bool(failures) or not asked


if __name__ == "__main__":
    sys.exit(main())
