#!/usr/bin/env python3
"""Holds that a new value of an enum is added in one place: at most two files of lib/ have a switch over the same enum.

Where a third file would need one, the enum gets a table with a row for each value, as exporter_kinds and request_sources are.
Usage: check_switches.py LIB
"""
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

MOST_FILES = 2
# Kinds of members: each program that walks the tables does something else with each kind, and the kinds are not those of the model.
EXCEPTIONS = {"hd_kind"}


def source_of(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def enums_of(folders):
    """From an enumerator to the name of its enum."""
    names = {}
    for path in (path for folder in folders for path in sorted(folder.rglob("*.[ch]"))):
        for name, body in re.findall(r"\benum\s+(\w+)\s*\{([^}]*)\}", source_of(path)):
            names.update({word: name for word in re.findall(r"(?:^|,)\s*([A-Z]\w*)", body)})
    return names


def switches_in(lib, names):
    """From the name of an enum to the files that have a switch over it."""
    files = defaultdict(set)
    for path in sorted(lib.rglob("*.c")):
        if "subprojects" in path.relative_to(lib).parts:  # sources of others, which Meson has brought
            continue
        for word in re.findall(r"\bcase (\w+):", source_of(path)):
            if word in names:
                files[names[word]].add(str(path))
    return files


def mistakes_in(lib, *others):
    return [f"enum {name} has a switch in {len(files)} files, {', '.join(sorted(files))}: give it a table"
            for name, files in sorted(switches_in(lib, enums_of([lib, *others])).items()) if len(files) > MOST_FILES and name not in EXCEPTIONS]


def is_blind():
    """Whether three switches over one enum are not reported, in a tree that is made for it."""
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(MOST_FILES + 1):
            Path(temporary, f"{number}.c").write_text("switch (colour) {\ncase RED:\ncase GREEN:\n}\n")
        Path(temporary, "colour.h").write_text("enum colour { COLOUR_UNSET = 0, /* none */ RED, GREEN };\n")
        return len(mistakes_in(Path(temporary))) != 1


def main(lib):
    mistakes = mistakes_in(lib, lib.parent / "include")
    if is_blind():
        mistakes.append("three switches over one enum are not reported")
    print("\n".join(mistakes))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
