#!/usr/bin/env python3
"""Turns the lists of golden and of correct models around: test_turned.py PRINT_TABLES PRINT_FINDINGS HYBRIDGEN TESTS FOLDER...

The order of most lists means nothing, so the same must come out in another order, and services that nobody calls take nothing from the
others. In a golden model an element with an effect is often not the first of its list, or alone. Here

- all lists are turned at once, and each line of the manifests must be there as often as before, with the same words;
- services stand before and behind those of the model, and each line must still be there.

Cases with warnings alone, and correct models, are turned as well. Of correct models nothing may be said then.
"""
import collections
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

import tables
from test_moved import LOADER, between_neighbours, lists_of, model_of, turned_items
from test_tables import ask

# The order says something: what happens one after another, the first port, the gateway that is meant without a name, rising bounds.
ORDERED = {"args", "command", "json", "patches", "steps", "ports", "gateways", "buckets"}
# Of these models only the lines count, and not how often each is there: edges to one peer share a rule when they come one after another.
SHARE_RULES = {"own-telemetry"}
# Patches name elements by their index.
BY_INDEX = {"patches-of-each-form.yaml"}
# Of correct models: neighbours have no callers.
MAY_BE_TOLD = ("HD3145 services.a-neighbour", "HD3145 services.z-neighbour")
# Names that are numbered, and sums over all content.
NUMBERED, SUMS = re.compile(r"-\d+\b"), re.compile("checksum|hybriddeploy.io/content")


def turned(book, model):
    # From the inside, since the way to a place leads through lists that are turned later.
    for place in sorted(lists_of(book, model, ORDERED), key=lambda place: -len(place.path)):
        items = model
        for key in place.path:
            items = items[key]
        model = tables.put(model, place.path, turned_items(items))
    return model


def generated(hybridgen, model, folder):
    """The lines that come of a model, each as its sorted words; None when it is refused."""
    done = subprocess.run([hybridgen, "generate", "-f", "-"], input=json.dumps(model), capture_output=True, text=True, cwd=folder, check=False)
    lines = [NUMBERED.sub("", line) for line in done.stdout.splitlines() if not SUMS.search(line)]
    return collections.Counter(" ".join(sorted(re.findall(r"[\w./*-]+", line))) for line in lines) if not done.returncode else None


def other_lines(hybridgen, book, path, model, before):
    """What came of a model and does not when it is turned, or the other way round."""
    after = generated(hybridgen, turned(book, model), path.parent)
    if after is None:
        yield f"{path} turned is refused"
    elif set(before) != set(after) or before != after and path.parent.name not in SHARE_RULES:
        yield f"{path} turned: lost {list((before - after).items())[:4]}, new {list((after - before).items())[:4]}"


def lost_lines(hybridgen, path, model, before):
    """What comes of a model and does not when its services have neighbours."""
    after = generated(hybridgen, between_neighbours(model), path.parent)
    if after is None or before - after:
        yield f"{path} with neighbours: lost {list((before - after).items())[:6] if after else 'all'}"


def problems(hybridgen, book, goldens, others):
    for path in goldens:
        model = json.loads(json.dumps(yaml.load(path.read_text(), LOADER)))
        before = generated(hybridgen, model, path.parent)
        yield from other_lines(hybridgen, book, path, model, before) if before else [f"{path} is refused"]
        if before and isinstance(model["services"], dict):
            yield from lost_lines(hybridgen, path, model, before)
    for path in others:
        # What JSON cannot say, such as off, is refused.
        model = model_of(path) if path.name not in BY_INDEX else None
        before = generated(hybridgen, model, path.parent) if model else None
        yield from other_lines(hybridgen, book, path, model, before) if before else []


def of_warnings(case):
    """Whether it is one model that manifests come of."""
    return {item.name for item in case.iterdir()} == {"hybriddeploy.yaml", "expected.txt"} and \
        (case / "expected.txt").read_text().startswith("exit 0\n")


def wrongly_refused(print_findings, book, folder):
    """What is said of correct models."""
    models = [(path.name, model) for path in sorted(folder.glob("*.yaml")) for model in [model_of(path)] if model and path.name not in BY_INDEX]
    changed = [(f"{name} {how}", change(model)) for name, model in models
               for how, change in (("turned", lambda model: turned(book, model)), ("with neighbours", between_neighbours))]
    for (name, _), findings in zip(changed, ask([print_findings, "--all"], [model for _, model in changed])):
        told = [finding for finding in findings if not finding.startswith(MAY_BE_TOLD)]
        if told:
            yield f"{name}: {told[:4]}"


def main():
    print_tables, print_findings, hybridgen, tests, *folders = sys.argv[1:]
    hybridgen = str(Path(hybridgen).resolve())
    book, correct = tables.Tables(print_tables), Path(tests) / "correct"
    goldens = [path for folder in folders for path in sorted(Path(folder).glob("*/hybriddeploy.yaml"))]
    others = [case / "hybriddeploy.yaml" for case in sorted((Path(tests) / "cases").iterdir()) if case.is_dir() and of_warnings(case)]
    others += sorted(correct.glob("*.yaml"))
    failures = [*problems(hybridgen, book, goldens, others), *wrongly_refused(print_findings, book, correct)]
    print("\n".join(f"FAIL {failure}" for failure in failures))
    print(f"{len(goldens)} golden models, {len(others)} others, {len(failures)} failed")
    return bool(failures) or not goldens or not others


if __name__ == "__main__":
    sys.exit(main())
