#!/usr/bin/env python3
"""Holds the directions of lib/: which folder may include which.

A folder that is not named here is a mistake too: whoever adds one says what it may know. What may include what makes no circle.
Usage: check_includes.py LIB
"""
import re
import sys
import tempfile
from pathlib import Path

CORE = {"core/memory", "core/text", "core/reporting", "core/tables", "core/reading", "core/writing"}
FAMILIES = ("kubernetes", "mesh", "gateway", "delivery", "operations", "telemetry")
# What stands above the model, and what above the plan.
MODEL = CORE - {"core/reading", "core/writing"}
PLAN = CORE - {"core/reading"} | {"model"}

# What the files of a folder may include beside those of their own.
MAY_INCLUDE = {
    # Core knows no model.
    "core/memory": set(),
    "core/text": {"core/memory"},
    "core/reporting": {"core/memory", "core/text"},
    "core/tables": {"core/memory", "core/text", "core/reporting"},
    "core/reading": {"core/memory", "core/text", "core/reporting", "core/tables", "core/writing"},
    "core/writing": {"core/memory", "core/text", "core/reporting", "core/tables"},
    # The model knows neither what is planned nor what is written, and none of the families.
    "model": MODEL,
    "model/application": MODEL | {"model"},
    "model/routing": MODEL | {"model"},
    "plan": PLAN,
    "emit": PLAN | {"plan"},
    "diagnostics": CORE,
    # Objects that the library does not make are read, and take their turn in the plan.
    "foreign": CORE | {"model", "plan"},
    # Manifests are read and judged without a model.
    "cluster": CORE,
    "patch": CORE | {"model", "plan"},
    "explain": CORE | {"model", "diagnostics"},
    "change": CORE | {"model", "plan", "patch", "diagnostics", "explain", "cluster"},
    "output": PLAN | {"plan"},
    # Several models, loaded and resolved as one is.
    "workspace": CORE | {"", "model"},
    # The public functions put everything together; families.c alone names the families.
    "": CORE | {"model", "model/routing", "plan", "patch", "diagnostics", "explain", "foreign", "output"} | set(FAMILIES),
}
for family in FAMILIES:
    # A family knows core, the model, the plan and what all emitters share; and no other family.
    MAY_INCLUDE[f"{family}/model"] = MODEL | {"model", "model/routing"}
    MAY_INCLUDE[f"{family}/emit"] = PLAN | {"model/routing", "plan", "emit", f"{family}/model"}
    MAY_INCLUDE[family] = {"model", f"{family}/model", f"{family}/emit"}


def circle():
    """Folders that could include each other in a circle; empty when there is none."""
    left = {folder: set(may) for folder, may in MAY_INCLUDE.items()}
    while free := [folder for folder, may in left.items() if not may & left.keys()]:
        for folder in free:
            del left[folder]
    return sorted(left)


def included(path, lib):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'#\s*include "([^"]+\.h)"', line)
        if not found:
            continue
        beside, from_lib = path.parent / found[1], lib / found[1]
        target = beside if beside.exists() else from_lib if from_lib.exists() else None
        if target:  # else it is generated
            yield number, target.resolve().parent.relative_to(lib.resolve())


def folder(path):
    return "" if str(path) == "." else str(path)


def mistakes_in(lib):
    mistakes = []
    for path in sorted([*lib.rglob("*.c"), *lib.rglob("*.h")]):
        own = folder(path.parent.relative_to(lib))
        if own.startswith("subprojects/"):  # sources of others, which Meson has brought
            continue
        if own not in MAY_INCLUDE:
            mistakes.append(f"{path}: {own}/ has no row in MAY_INCLUDE of {sys.argv[0]}")
            continue
        for number, target in included(path, lib):
            target = folder(target)
            if target != own and target not in MAY_INCLUDE[own]:
                mistakes.append(f"{path}:{number}: {own or 'lib'}/ includes {target or 'lib'}/")
    return mistakes


def misses():
    """Includes that break a rule and are not reported: each folder includes each other one, in a tree that is made for it."""
    meant = {f"{own or 'lib'}/ includes {target or 'lib'}/" for own, may in MAY_INCLUDE.items() for target in MAY_INCLUDE
             if target != own and target not in may}
    with tempfile.TemporaryDirectory() as temporary:
        for own in MAY_INCLUDE:
            here = Path(temporary, own)
            here.mkdir(parents=True, exist_ok=True)
            (here / f"of_{own.replace('/', '_')}.h").touch()
            (here / "all.c").write_text("".join(f'#include "{Path(target, "of_" + target.replace("/", "_"))}.h"\n' for target in MAY_INCLUDE))
        told = {mistake.split(": ", 1)[1] for mistake in mistakes_in(Path(temporary))}
    return [f"not reported: {mistake}" for mistake in sorted(meant - told)]


def main(lib):
    mistakes = [f"MAY_INCLUDE has a circle: {', '.join(circle())}"] if circle() else []
    mistakes += misses() + mistakes_in(lib)
    print("\n".join(mistakes))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
