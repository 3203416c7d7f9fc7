#!/usr/bin/env python3
"""Compares the connections that hybridgen diff finds new or gone with those of np-guard's netpol-analyzer, on its own test suite:
peer_diffs.py HYBRIDGEN EXPLAINED FOLDER

FOLDER and EXPLAINED are as those of peer_lists.py, with tests/ and test_outputs/diff/. A line of the analyzer has the ports before and after;
what one has and the other has not is gone or new. Of names both have the namespace and the workload, of ways in only that they are one.
"""
import bisect
import ipaddress
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from peer_lists import ALL, OTHER_KINDS, addresses, explanations, outputs_of, ports_of_text

LINE = re.compile(r"diff-type: \w+, source: (.+), destination: (.+), ref1: (.+?), ref2: (.+?)(, workloads-diff-info: .*)?")
WAY_IN = "a way in"


def cut(low, high, borders):
    """The parts of a range, from `low` to `high`, between borders."""
    within = borders[bisect.bisect_left(borders, low):bisect.bisect_right(borders, high + 1)]
    return list(zip(within, within[1:]))


def ports_of(text, ports_borders):
    return set() if text == "No Connections" else {(protocol, part) for protocol, first, last in ports_of_text(text) for part in cut(first, last, ports_borders)}


def name_of(name):
    """A workload without its kind; a range of addresses; or a way in."""
    found = addresses(name)
    if found:
        return found
    return WAY_IN if "ingress-controller" in name or name.startswith(("Ingress/", "Route/")) or "/Ingress/" in name or "/Route/" in name else re.sub(r"\[\w+\]$", "", name)


class Changes:
    """What is new or gone, by pair and port; addresses are cut at all borders, so that it does not matter how they are divided."""

    def __init__(self):
        self.found = []

    def add(self, source, target, ports, is_added):
        if ports and source != target:
            self.found.append((name_of(source), name_of(target), frozenset(ports), is_added))

    def borders(self):
        return {border for source, target, _, _ in self.found for end in (source, target) if isinstance(end, tuple) for border in (end[0], end[1] + 1)}

    def cut(self, borders, has_namespaces):
        result = defaultdict(set)
        for source, target, ports, is_added in self.found:
            ends = [cut(*end, borders) if isinstance(end, tuple)
                    else [end if has_namespaces else end.rpartition("/")[2]] for end in (source, target)]
            for one in ends[0]:
                for other in ends[1]:
                    result[one, other, is_added] |= ports
        return {key: ports for key, ports in result.items() if ports}


def theirs(lines, ports_borders):
    changes = Changes()
    for found in lines:
        before, after = ports_of(found[3], ports_borders), ports_of(found[4], ports_borders)
        changes.add(found[1], found[2], after - before, True)
        changes.add(found[1], found[2], before - after, False)
    return changes


def copied(folder, target):
    """The analyzer does not know that policies ignore pods with hostNetwork: the copy has none."""
    for path in folder.rglob("*"):
        if path.suffix in (".yaml", ".yml", ".json"):
            (target / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(folder)).write_text(re.sub(r'("?hostNetwork"?: *)true', r"\1false", path.read_text(errors="replace")))
    return target


def ranges_of(text):
    """`80/TCP, 8000-8999/UDP, other protocols` as ranges."""
    words = [] if text == "all ports" else [part.split("/") for part in text.split(", ")]
    return [(word[1], int(word[0].partition("-")[0]), int(word[0].rpartition("-")[2])) for word in words if len(word) == 2] if words else ALL


def ours(hybridgen, old, new):
    """The connections, as (source, target, ranges, is_added); None, with the reason, when hybridgen says that it does not compare all."""
    done = subprocess.run([hybridgen, "diff", old, new, "--format", "json", "--quiet"], capture_output=True, text=True, timeout=120)
    if done.returncode:
        return None, done.stderr
    found = json.loads(done.stdout)
    # Manifests that servers wrote, such as pods with an owner or a status, are taken for a part of what runs, and the notes say what is not compared.
    if found["notes"]:
        return None, found["notes"]
    # The analyzer ignores IPv6.
    return [(*(f"{end}-{end}" if re.fullmatch(r"[0-9.]+", end) else end for end in (one["from"], one["to"])), ranges_of(one["ports"]), one["added"])
            for one in found["connections"] if ":" not in one["from"] + one["to"]], done.stderr


def compare(lines, connections):
    """What both found, in the same form."""
    every = [part for found in lines for text in found.group(3, 4) if text != "No Connections" for part in ports_of_text(text)]
    every += [part for _, _, ranges, _ in connections for part in ranges]
    ports_borders = sorted({border for _, first, last in every for border in (first, last + 1)})
    right, got = theirs(lines, ports_borders), Changes()
    for source, target, ranges, is_added in connections:
        got.add(source, target, {(protocol, part) for protocol, first, last in ranges for part in cut(first, last, ports_borders)}, is_added)
    borders = sorted(right.borders() | got.borders())
    has_namespaces = any("/" in str(end) for one in got.found for end in one[:2])
    return right.cut(borders, has_namespaces), got.cut(borders, has_namespaces)


def shown(changes):
    def text(end):
        return f"{ipaddress.ip_address(end[0])}-{ipaddress.ip_address(end[1] - 1)}" if isinstance(end, tuple) else end
    return [f"{'+' if is_added else '-'} {text(source)} -> {text(target)}: {sorted(ports)[:4]}"
            for (source, target, is_added), ports in sorted(changes.items(), key=str)]


def sides_of(tests, name):
    """The folders before and after; a name of one may have an _and_ in it."""
    parts = name.removeprefix("diff_between_").split("_and_")
    found = [(tests / "_and_".join(parts[i:]), tests / "_and_".join(parts[:i])) for i in range(1, len(parts))]
    return next((sides for sides in found if all(side.is_dir() for side in sides)), None)


def main(hybridgen, explained_file, folder=""):
    root, outputs = Path(folder), outputs_of(folder, "diff")
    if not outputs:
        return 77
    explained = explanations(explained_file)
    left_out, refused, equal, wrong = 0, 0, 0, 0
    for expected in sorted(outputs.glob("diff_between_*.txt")):
        name = expected.stem
        sides = sides_of(root / "tests", name)
        if not sides:
            continue  # the output of another call of the analyzer
        if any(OTHER_KINDS.search(path.read_text(errors="replace")) for side in sides for path in side.rglob("*") if path.is_file()):
            left_out += 1
            continue
        with tempfile.TemporaryDirectory() as scratch:
            got, messages = ours(hybridgen, *(copied(side, Path(scratch) / str(i)) for i, side in enumerate(sides)))
        if got is None:
            refused += 1
            continue
        right, got = compare([found for line in expected.read_text().splitlines() if (found := LINE.fullmatch(line))], got)
        if (right == got) == (name in explained):
            wrong += 1
            print(f"FAIL {name}: " + ("it does not differ any more: take it out of the explained ones" if right == got else ""))
            print("\n".join([f"  only theirs: {line}" for line in sorted(set(shown(right)) - set(shown(got)))] +
                            [f"  only ours: {line}" for line in sorted(set(shown(got)) - set(shown(right)))]))
            print(messages)
        equal += right == got
    print(f"{equal} equal, {sum(name.startswith('diff_between_') for name in explained)} explained, {wrong} wrong; "
          f"{left_out} left out, because they have kinds that are not decided about, {refused} because hybridgen says that it does not compare all")
    return bool(wrong) or not equal


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
