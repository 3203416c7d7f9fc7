"""Where a member may or must stand: since which version of Kubernetes, on which kinds of workload, in which mesh, beside which others.

limits.yaml says it once more, in words of its own, since tables alone would agree with any mistake in them. `differences` compares
the tables with it; `questions` are models of which it says what the library must refuse.
"""
import collections
import re
from pathlib import Path

import yaml

import tables

TOO_NEW, NOT_FOR_KIND, NEEDS_MESH, EXCLUSIVE = "HD1223", "HD1238", "HD1242", "HD1211"
KINDS = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]
# The last one is no mesh: requests come in by the application's gateway.
MODES = ["off", "sidecar", "ambient", "gateway"]


def words_of(bits, words):
    """The words of a set in which bit 1 is the first word's."""
    return " ".join(word for i, word in enumerate(words, 1) if bits & 1 << i)


def of_tables(book):
    """What limits.yaml should hold."""
    found = {"since": {}, "only": collections.defaultdict(list), "mesh": collections.defaultdict(list), "oneOf": [], "alone": [],
             "required": []}
    groups = collections.defaultdict(list)
    for row in (row for struct in book.structs.values() for row in struct.rows):
        if row.since:
            found["since"][row.name] = f"1.{row.since}"
        if row.workloads:
            found["only"][words_of(row.workloads, KINDS)].append(row.name)
        if row.mesh:
            found["mesh"][words_of(row.mesh, MODES)].append(row.name)
        if row.choice:
            groups[row.struct, row.choice].append(row.name)
        if row.alone:
            found["alone"].append(row.name)
        if row.required:
            found["required"].append(row.name)
    found["oneOf"] = list(groups.values())
    return found


def flat(limits):
    """Each limit as a line."""
    lines = {f"{name}: since {version}" for name, version in limits["since"].items()}
    lines |= {f"{name}: only for {kinds}" for kinds, names in limits["only"].items() for name in names}
    lines |= {f"{name}: only in a mesh that is {modes}" for modes, names in limits["mesh"].items() for name in names}
    lines |= {f"one of {' '.join(sorted(names))}" for names in limits["oneOf"]}
    lines |= {f"{name}: required" for name in limits["required"]}
    return lines | {f"{name}: alone" for name in limits["alone"]}


def said():
    return yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text())


def differences(book):
    theirs, mine = flat(said()), flat(of_tables(book))
    return [f"limits.yaml lacks: {line}" for line in sorted(mine - theirs)] + [f"the tables lack: {line}" for line in sorted(theirs - mine)]


class Question:
    """A model, and a code that must be told at a member, or must not."""

    def __init__(self, model, code, key, expected, words):
        self.model, self.code, self.key, self.expected, self.words = model, code, key, expected, words

    def problem(self, findings):
        """What is wrong with what was found; None when it is right."""
        told = any(finding.startswith(self.code + " ") and re.search(rf"(^|[ .]){re.escape(self.key)}(\[\d+\])?$", finding) for finding in findings)
        return None if told == self.expected else f"{self.words}: {self.code} is {'' if told else 'not '}told at {self.key}"


def of_versions(model, place):
    row = place.row
    for minor in (row.since - 1, row.since) if row.since > 24 else ():
        yield Question({**model, "kubernetesVersion": f"1.{minor}"}, TOO_NEW, row.key, minor < row.since, f"{row.name} in 1.{minor}")


def of_kinds(model, place):
    if place.path[0] != "services" or not place.row.workloads or {"initContainers", "sidecars", "extraContainers"} & set(place.path):
        return
    name = place.path[1]
    for i, kind in enumerate(KINDS, 1):
        changed = tables.put(model, ("services", name), {**model["services"][name], "kind": kind})
        yield Question(changed, NOT_FOR_KIND, place.row.key, not place.row.workloads & 1 << i, f"{place.row.name} of a {kind}")


def of_modes(model, place, book):
    row, held = place.row, model
    for step in place.path[:-1]:
        held = held[step]
    if not row.mesh or (book.structs[row.struct].scalar == row.key and len(held) > 1):
        return  # what follows from its neighbours is told at them
    for i, mode in enumerate(MODES, 1):
        yield Question(in_mode(model, mode), NEEDS_MESH, row.key, not row.mesh & 1 << i, f"{row.name} with mesh {mode}")


def in_mode(model, mode):
    """The model in a mesh of a mode. For off nothing is said of one: who says it does so over a file that has a mesh."""
    rest = {key: value for key, value in model.items() if key not in ("mesh", "gateway") and not (key == "ingress" and mode == "gateway")}
    if mode == "gateway":
        rest["gateway"] = "eg"
    given = {key: value for key, value in model.get("mesh", {}).items() if key != "mode"}
    if mode not in ("off", "gateway"):
        given["mode"] = mode
    return {**rest, "mesh": given} if given else rest


def of_neighbours(model, place, values, limits):
    """Each other member of the struct beside it: the two exclude each other or do not."""
    row, outer = place.row, model
    for step in place.path[:-1]:
        outer = outer[step]
    for other, value in values[row.struct].items():
        if other.key == row.key or other.key in outer or other.key == "enabled":
            continue
        excluded = {row.name, other.name} & set(limits["alone"]) or any({row.name, other.name} <= set(group) for group in limits["oneOf"])
        changed = tables.put(model, place.path[:-1], {row.key: place.value, other.key: value})
        last = max(row, other, key=lambda item: item.place)
        yield Question(changed, EXCLUSIVE, last.key, bool(excluded), f"{row.name} beside {other.key}")


def questions(book, chosen):
    limits, values = said(), collections.defaultdict(dict)
    for _, place in chosen:
        values[place.row.struct].setdefault(place.row, place.value)
    for model, place in chosen:
        yield from of_versions(model, place)
        yield from of_kinds(model, place)
        yield from of_modes(model, place, book)
        if (place.row.choice or place.row.alone) and not book.structs[place.row.struct].whole:
            yield from of_neighbours(model, place, values, limits)
