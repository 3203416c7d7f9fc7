#!/usr/bin/env python3
"""Which members the mistake of each case needs: test_causes.py PRINT_TABLES PRINT_FINDINGS HEADERS CASES CORRECT GOLDEN... [--update]

A rule has many conditions, and its case meets all of them, so that one of them could be turned around or lost. Here each case and each correct
model is changed in one member at a time: it is left out, has its other words, the other of true and false, or another text; and next to a
finding each member is added that is not there, with the value that the first golden model has for it. causes.txt says with which
changes each finding goes away, and which other ones come; what comes with the same change of many models stands there once. What any reader
of the tables would say is left out (test_tables.py has it). With --update it is written anew: read what changed, since each line claims that
the rule is about this member, and that what is not named makes no difference.

And each word of what is said stands in the model, in what is said of a case, or in the documentation of a member.
"""
import collections
import concurrent.futures
import functools
import json
import os
import re
import sys
from pathlib import Path

import tables
from test_harmed import text_of, without
from test_moved import Case, cases_in, is_under, model_of
from test_tables import NOT_GENERATED, OF_MEMBERS, ask, golden_models

MOST_ALIKE = 2
AT_ONCE = 2000
# Without the name of everything hardly any rule has anything to say.
OF_THE_WHOLE = {"hd_app.name"}
WORD = re.compile("[A-Za-z]{2,}")
PLACEHOLDERS = ("${X}", "$(X)", "{{X}}")
# Patches are tried where nothing else is wrong.
OF_PATCHES = {"HD2072", "HD2102"}


class Change:
    """A model that differs from a case in one member. `what` is the change in words, `kind` is the same for the same change of other models."""

    def __init__(self, case, place, where, what, model):
        self.case, self.path, self.where, self.model, self.what = case, place.path, where, model, what
        self.kind = f"{place.row.struct}.{place.row.key} {what}"
        self.is_left_out = what == "left out"


def samples_of(book, folders):
    """The first value that a golden model has for each row."""
    found = {}
    for model in golden_models(folders):
        for place in book.places(model):
            found.setdefault((place.row.struct, place.row.key), place.value)
    return found


def models_of(cases, correct):
    yield from cases_in(cases)
    yield from (Case(path, model) for path in sorted(correct.glob("*.yaml")) for model in [model_of(path)] if model)


def other_values(place):
    """Pairs of words and a value that the member may have, too."""
    row, value = place.row, place.value
    if row.kind == tables.BOOLEAN and isinstance(value, bool):
        yield str(not value).lower(), not value
    elif row.kind == tables.ENUMERATION:
        yield from ((word, word) for word in row.words if word != value)
    elif row.kind in (tables.STRING, tables.INT_OR_STRING, tables.VALUE) and isinstance(value, str):
        yield "one letter more", value + "x"
        # Other programs fill these in later; a pattern has no room for them.
        yield from ((f"more {words}", value + words) for words in PLACEHOLDERS if not row.pattern)
    elif row.kind == tables.STRING_LIST and isinstance(value, list):
        yield from ((f"without element {at}", value[:at] + value[at + 1:]) for at in range(len(value)) if len(value) > 1)
        yield from ((f"one letter more in element {at}", [*value[:at], f"{value[at]}x", *value[at + 1:]]) for at in range(len(value)))


def objects_of(book, place):
    """The objects at a place, with the way to each, and their struct."""
    row = place.row
    if row.kind == tables.STRUCT:
        yield place.path, place.value, row.of
    elif row.kind == tables.STRUCT_LIST and not book.structs[row.of].map:
        yield from (((*place.path, *way), element, row.of) for way, element in book.elements(row, place.value))


def added(book, case, place, samples):
    beside = {re.sub(r"[.[][^.[]*$", "", path) for _, path in case.told}
    for path, value, struct in objects_of(book, place):
        if not isinstance(value, dict) or book.structs[struct].whole or text_of(book, case.model, path) not in beside:
            continue
        for row in book.rows(struct):
            sample = samples.get((row.struct, row.key))
            if sample is not None and not {row.key, row.short_key} & {*value}:
                yield Change(case, tables.Place(path, row, value), text_of(book, case.model, path), f"+ {row.key}",
                             tables.put(case.model, path, {**value, row.key: sample}))


def changes(book, case, samples):
    for place in book.places(case.model):
        where = text_of(book, case.model, place.path)
        if f"{place.row.struct}.{place.row.key}" not in OF_THE_WHOLE:
            if not case.told or not all(is_under(path, where) for _, path in case.told):
                yield Change(case, place, where, "left out", without(case.model, place.path))
            for words, value in other_values(place):
                yield Change(case, place, where, words, tables.put(case.model, place.path, value))
        yield from added(book, case, place, samples)


class Answer:
    """Told of a model: pairs of a code and a path, and the words of rules, which are messages and hints."""

    def __init__(self, findings):
        said = [finding.split("\v") for finding in findings]
        self.told = {tuple(where.split(" ", 1)) for where, *_ in said}
        self.texts = {text for where, *texts in said if where.split(" ", 1)[0] not in OF_MEMBERS for text in texts}


def ask_all(command, models):
    """The answer to each model, from several processes at once."""
    parts = [models[at:at + AT_ONCE] for at in range(0, len(models), AT_ONCE)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for answers in pool.map(functools.partial(ask, [*command, "--all", "--messages"]), parts):
            yield from map(Answer, answers)


class Vocabulary:
    def __init__(self, book, folder, headers):
        texts = [*folder.glob("*/expected*"), *headers.rglob("*.h")]
        self.known = {word for path in texts for word in WORD.findall(path.read_text(errors="replace"))}
        self.known |= {word for struct in book.structs.values() for row in struct.rows for word in WORD.findall(row.key)}
        self.unknown_of = functools.lru_cache(None)(lambda text: {*WORD.findall(text)} - self.known)

    def unknown(self, change, texts):
        """Words that stand nowhere. Long texts of the model are cut."""
        found = {word for text in texts for word in self.unknown_of(text)}
        own = WORD.findall(json.dumps([change.model, change.case.model])) if found else ()
        return {word for word in found if not any(other.startswith(word) for other in own)}


def without_those_around(changes_alike):
    """Of places that are left out, those that hold no other one: what is around a cause is a cause, too."""
    ways = [change.path for change in changes_alike if change.is_left_out]
    return [change for change in changes_alike if not change.is_left_out or
            not any(len(way) > len(change.path) and way[:len(change.path)] == change.path for way in ways)]


def differences(change, told):
    """Findings that go and that come with a change; none where any reader of the tables would refuse the model."""
    came = told - change.case.told
    codes = {code for code, _ in came}
    if codes & OF_MEMBERS:
        return set(), set()
    return {(code, path) for code, path in change.case.told - told
            if not (change.is_left_out and is_under(path, change.where) or code in OF_PATCHES and codes)}, came


def lines_differ(change, before, after, everywhere):
    """Whether two answers to a change make other lines, beside those that many changes have in common."""
    (gone, came), (gone_before, came_before) = differences(change, after), differences(change, before)
    return gone != gone_before or any((code, change.kind) not in everywhere for code, _ in came ^ came_before)


def everywhere_in(path):
    """The pairs of everywhere() as causes.txt has them."""
    return {found.groups() for line in path.read_text().splitlines() for found in [re.fullmatch("everywhere: (HD[0-9]+) comes: (.*)", line)] if found}


class Causes:
    """The findings that go and that come with each change, in lines of text."""

    def __init__(self):
        self.gone, self.come = collections.defaultdict(list), collections.defaultdict(list)
        self.alike = collections.Counter()

    def add(self, change, told):
        gone, came = differences(change, told)
        for finding in gone:
            self.gone[change.case.name, finding].append(change)
        for finding in came:
            self.come[change.case.name, finding].append(change)
            self.alike[finding[0], change.kind] += 1

    def everywhere(self):
        """Pairs of a code and of what changes alike have in common, where it comes with many of them."""
        return {alike for alike, count in self.alike.items() if count > MOST_ALIKE}

    def lines(self):
        yield from (f"everywhere: {code} comes: {kind}" for code, kind in sorted(self.everywhere()))
        yield from written(self.gone, "goes")
        yield from written({where: [change for change in those if self.alike[where[1][0], change.kind] <= MOST_ALIKE]
                            for where, those in self.come.items()}, "comes")


def written(found, word):
    for (case, (code, path)), those in sorted(found.items()):
        ways = collections.defaultdict(list)
        for change in without_those_around(those):
            ways[change.where].append(change.what)
        if ways:
            yield f"{case}: {code} at {path} {word}: " + "; ".join(f"{where} {', '.join(what)}" for where, what in ways.items())


def all_changes(print_tables, print_findings, cases, correct, golden):
    """Each change of each model, once it is known what is told of the models as they are."""
    book, wholes = tables.Tables(print_tables), list(models_of(Path(cases), Path(correct)))
    samples = samples_of(book, golden)
    for case, answer in zip(wholes, ask_all([print_findings], [case.model for case in wholes])):
        case.told = {finding for finding in answer.told if finding[0] != NOT_GENERATED}
    return [change for case in wholes for change in changes(book, case, samples)]


def main():
    update = "--update" in sys.argv
    print_tables, print_findings, headers, cases, correct, *golden = [word for word in sys.argv[1:] if word != "--update"]
    asked, causes, failures = all_changes(print_tables, print_findings, cases, correct, golden), Causes(), []
    vocabulary = Vocabulary(tables.Tables(print_tables), Path(cases), Path(headers))
    for change, answer in zip(asked, ask_all([print_findings], [change.model for change in asked])):
        causes.add(change, answer.told)
        if NOT_GENERATED in {code for code, _ in answer.told}:
            failures.append(f"{change.case.name}: nothing is generated where {change.where} is {change.what}, though it has no errors")
        failures += [f"{change.case.name}: \"{word}\" is said where {change.where} is {change.what}, and nowhere else"
                     for word in sorted(vocabulary.unknown(change, answer.texts))]
    found, known = list(causes.lines()), Path(__file__).with_name("causes.txt")
    if update:
        known.write_text("".join(f"{line}\n" for line in found))
    expected = known.read_text().splitlines() if known.exists() else []
    failures += [*(f"not found: {line}" for line in sorted({*expected} - {*found})),
                 *(f"not in causes.txt: {line}" for line in sorted({*found} - {*expected}))]
    print("\n".join(f"FAIL {failure}" for failure in failures[:100]))
    print(f"{len(asked)} changes of {len({change.case.name for change in asked})} models, {len(found)} lines, {len(failures)} failed")
    return bool(failures) or not asked


if __name__ == "__main__":
    sys.exit(main())
