#!/usr/bin/env python3
"""Compares our connection lists with those of np-guard's netpol-analyzer, on its own test suite: peer_lists.py HYBRIDGEN EXPLAINED FOLDER

FOLDER is the analyzer's repository, or a part of it with tests/ and test_outputs/connlist/; this repository has no part of it. Without
FOLDER, or when it does not exist, the test says so and is skipped. EXPLAINED lists the folders in which the lists differ because the
analyzer's list contradicts the documentation of Kubernetes, with the place in the documentation. The test fails for a folder of this list
in which the lists no longer differ.

Folders with kinds that the library does not use (AdminNetworkPolicy, user-defined networks, virtual machines) are left out and counted.
"""
import ipaddress
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

SUFFIX = "_connlist_output.txt"
OTHER_KINDS = re.compile(r"kind: *\"?(AdminNetworkPolicy|BaselineAdminNetworkPolicy|UserDefinedNetwork|ClusterUserDefinedNetwork|"
                         r"NetworkAttachmentDefinition|MultiNetworkPolicy|VirtualMachine|VirtualMachineInstance)\b")
ALL = tuple((protocol, 1, 65535) for protocol in ("SCTP", "TCP", "UDP"))


def ports_of_text(text):
    """`TCP 80,8000-8999,UDP 53` as sorted ranges."""
    if text == "All Connections":
        return ALL
    ranges, protocol = [], None
    for part in text.split(","):
        *word, numbers = part.split(" ")
        protocol = word[0] if word else protocol
        first, _, last = numbers.partition("-")
        ranges.append((protocol, int(first), int(last or first)))
    return tuple(sorted(ranges))


def addresses(name):
    """The first and last address of an IPv4 range, as numbers; None for other texts."""
    found = re.fullmatch(r"(\d+\.\d+\.\d+\.\d+)-(\d+\.\d+\.\d+\.\d+)(\[External\])?", name)
    return (int(ipaddress.ip_address(found[1])), int(ipaddress.ip_address(found[2]))) if found else None


WAYS_IN = re.compile(r".*\[(Ingress|Route)\]")


class Connections:
    """Connections in a form that does not depend on their order, or on how addresses are divided into ranges."""

    def __init__(self):
        self.pairs, self.ranges = defaultdict(set), defaultdict(list)

    def add(self, source, target, ports):
        for name, other, direction in ((source, target, "from"), (target, source, "to")):
            if addresses(name):
                self.ranges[other, direction].append((addresses(name), ports))
                return
        if WAYS_IN.fullmatch(source):
            source = "{ingress-controller}"  # the analyzer has one name for all of them
        if source != target:
            self.pairs[source, target].add(ports)

    def lines(self):
        found = set()
        for (source, target), alternatives in self.pairs.items():
            if source == "{ingress-controller}":
                alternatives = {tuple(sorted(set().union(*alternatives)))}
            found.add(f"{source} => {target}: {sorted(alternatives)}")
        for (name, direction), ranges in self.ranges.items():
            merged = []
            for (first, last), ports in sorted(set(ranges)):
                if merged and merged[-1][1] == first - 1 and merged[-1][2] == ports:
                    merged[-1] = (merged[-1][0], last, ports)
                else:
                    merged.append((first, last, ports))
            found |= {f"{direction} {ipaddress.ip_address(a)}-{ipaddress.ip_address(b)}, {name}: {ports}" for a, b, ports in merged}
        return found


def theirs(path):
    connections = Connections()
    for line in path.read_text().splitlines():
        if found := re.fullmatch(r"(.+) => (.+) : (.+)", line):
            connections.add(found[1], found[2], ports_of_text(found[3]))
    return connections.lines()


def ours(hybridgen, folder):
    # The analyzer does not know that policies ignore pods with hostNetwork.
    done = subprocess.run([hybridgen, "graph", "--format", "json", "--host-network", "pods", "--quiet", folder], capture_output=True, text=True,
                          timeout=120)
    connections = Connections()
    for line in done.stdout.splitlines():
        row = json.loads(line)
        if ":" in row["from"] + row["to"]:
            continue  # The analyzer ignores IPv6.
        ports = tuple(sorted((port["protocol"], port["first"], port["last"]) for port in row["ports"] if port["protocol"] != "other"))
        if ports:
            connections.add(row["from"], row["to"], ports)
    return connections.lines(), done.stderr


def outputs_of(folder, kind):
    """The folder with the analyzer's outputs of a kind; None, and says so, when it is not there."""
    outputs = Path(folder) / "test_outputs" / kind
    if folder and outputs.is_dir():
        return outputs
    print(f"skipped: the test suite of netpol-analyzer is not there ({folder or 'no folder is given'}); give its folder with "
          "-Dnetpol_analyzer=FOLDER")
    return None


def explanations(file):
    return dict(line.split("\t", 1) for line in Path(file).read_text().splitlines() if line and not line.startswith("#"))


def main(hybridgen, explained_file, folder=""):
    root, outputs = Path(folder), outputs_of(folder, "connlist")
    if not outputs:
        return 77
    explained = explanations(explained_file)
    left_out, equal, wrong = 0, 0, 0
    for expected in sorted(outputs.glob("*" + SUFFIX)):
        name = expected.name[:-len(SUFFIX)]
        case = root / "tests" / name
        if not case.is_dir():
            continue  # the output of another call of the analyzer for the same folder
        if any(OTHER_KINDS.search(path.read_text(errors="replace")) for path in case.rglob("*") if path.is_file()):
            left_out += 1
            continue
        right, (got, messages) = theirs(expected), ours(hybridgen, case)
        if (right == got) == (name in explained):
            wrong += 1
            print(f"FAIL {name}: " + ("it does not differ any more: take it out of the explained ones" if right == got else ""))
            print("\n".join([f"  only theirs: {line}" for line in sorted(right - got)] + [f"  only ours: {line}" for line in sorted(got - right)]))
            print(messages)
        equal += right == got
    print(f"{equal} equal, {sum(not name.startswith('diff_between_') for name in explained)} explained, {wrong} wrong; {left_out} left out, because they have kinds that are not decided about")
    return bool(wrong) or not equal


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
