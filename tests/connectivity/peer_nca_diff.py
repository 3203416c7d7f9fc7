#!/usr/bin/env python3
"""Compares the connections that hybridgen diff finds new or gone with those of network-config-analyzer's semantic_diff:
peer_nca_diff.py HYBRIDGEN PAIRS [SEED] [--nca PROGRAM]

The program nca is found, and manifests are read by both, as in peer_nca.py. Of random models one or two policies are edited, or a workload is taken
out, until PAIRS pairs of manifests differ for one of both; pairs without a difference are compared as well. Compared are the same points, in two
directions: at each port of two workloads, or of one and addresses, whether all requests or some are new, and whether all or some are gone. Of two
policies that both let some requests in, hybridgen does not compare which: where only the analyzer sees a difference, both graphs have to say "some".
The analyzer does not know that a sidecar lets everybody to its own ports of health and metrics, so these are left out.

All pairs are read by one process of the analyzer, because most of a call's time is its start; one that takes it more than 20 seconds is left out.
"""
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from shutil import which

import peer_nca
from peer_diffs import ranges_of

MOST_MODELS = 12
PORTS_OF_SIDECARS = (15020, 15021, 15090)
CUBE = re.compile(r"\{([^{}]*)\}")
# The analyzer remembers where it complains to from when it is imported.
READER = """
import contextlib, io, json, signal, sys
complained = sys.stderr = io.StringIO()
from nca.nca_cli import nca_main
for line in sys.stdin:
    old, new = json.loads(line)
    said = io.StringIO()
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("too slow"))
    signal.alarm(20)
    try:
        with contextlib.redirect_stdout(said):
            nca_main(["--semantic_diff", "--base_resource_list", old, "--resource_list", new, "--output_format", "txt_no_fw_rules", "--print_ipv6", "--return_0"])
    except (Exception, SystemExit) as error:
        print(repr(error), file=complained)
    signal.alarm(0)
    print(json.dumps([said.getvalue(), complained.getvalue()]), flush=True)
    complained.seek(0)
    complained.truncate()
"""


class Analyzer:
    """One process that compares pair after pair, with the Python of the program nca."""

    def __init__(self, program):
        python = re.match(r"#!\s*(\S+)", Path(program).read_text()).group(1)
        self.process = subprocess.Popen([python, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def compare(self, old, new):
        print(json.dumps([str(old), str(new)]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise AssertionError("nca ends")
        said, complained = json.loads(answer)
        if ("not yet supported" in complained and "Error: " in complained) or "SystemExit('too slow')" in complained:
            return None
        if "was not executed" in said or "Total run time" not in said:
            raise AssertionError(f"nca did not compare: {said[-500:]}{complained[-1500:]}")
        return said

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


def cubes_of(text):
    """(protocols, ports, whether all requests) of each part of {protocols:TCP,dst_ports:80,443-445,methods:GET},{...}"""
    for part in CUBE.findall(text):
        keys = dict(re.findall(r"(\w+):((?:(?!,\w+:)[^{}])*)", part))
        protocols = set(re.split(r"[,\s]+", keys["protocols"])) if "protocols" in keys else set(peer_nca.PROTOCOLS)
        ports = [tuple(int(end) for end in (word.partition("-")[0], word.rpartition("-")[2])) for word in keys.get("dst_ports", "1-65535").split(",")]
        yield protocols, ports, not set(keys) - {"dst_ports", "protocols", "src_ports"}


def theirs(said):
    """Rows (is added, from, to, function of protocol and port), which says "all", "some" or nothing; and the ports at which something changes."""
    rows, borders, is_added = [], set(), None
    for line in said.splitlines():
        header = re.match(r"(Added|New|Removed|Lost) connections ", line)
        if header:
            is_added = header[1] in ("Added", "New")
        match = peer_nca.ENDS.match(line)
        if not match:
            continue
        what = match["what"]
        cubes = list(cubes_of(what))
        assert cubes or what == "All connections", line
        borders |= {border for _, ports, _ in cubes for first, last in ports for border in (first, last + 1)}

        def state(protocol, number, cubes=cubes, is_rest=what.startswith("All")):
            found = {whole for protocols, ports, whole in cubes if protocol in protocols and any(first <= number <= last for first, last in ports)}
            if is_rest:
                return "all" if not found else None if True in found else "some"
            return "all" if True in found else "some" if found else None
        rows.append((is_added, match["from"], match["to"], state))
    return rows, borders


def ours(hybridgen, old, new):
    """The same of hybridgen; None, with the reason, when it says that it does not compare all."""
    done = peer_nca.run(hybridgen, "diff", str(old), str(new), "--format", "json", "--quiet")
    if done.returncode:
        raise AssertionError(f"hybridgen ends with {done.returncode}: {done.stderr}")
    found = json.loads(done.stdout)
    rows, borders = [], set()
    for one in found["connections"]:
        ports = [part for part in ranges_of(one["ports"]) if part[0] in peer_nca.PROTOCOLS]
        limits = [part for word in re.findall(r"(?:some requests|not known) at ([^;]*)", one["limits"]) for part in ranges_of(word)]
        borders |= {border for _, first, last in ports + limits for border in (first, last + 1)}

        def state(protocol, number, ports=ports, limits=limits):
            def holds(parts):
                return any(part[0] == protocol and part[1] <= number <= part[2] for part in parts)
            return None if not holds(ports) else "some" if holds(limits) else "all"
        rows.append((one["added"], one["from"], one["to"], state))
    return rows, borders, found["notes"]


def end_of(text, has_namespaces, hosts):
    """The points of an end: a workload's name, or the addresses; none for pods that the analyzer adds."""
    ranges = peer_nca.addresses(text)
    if ranges:
        return [host for host in hosts if any(version == host[0] and first <= host[1] <= last for version, first, last in ranges)]
    if text.endswith("]") and not peer_nca.workload(text):
        return []
    name = re.sub(r"\[\w+\]$", "", text)
    return [name if has_namespaces else name.rpartition("/")[2]]


def hosts_of(rows):
    hosts = {(4, 8 << 24 | 8)}
    for row in rows:
        for end in row[1:3]:
            for version, first, last in peer_nca.addresses(end) or []:
                hosts |= {(version, bound) for bound in (first, last + 1, first - 1) if 0 <= bound < (1 << (32 if version == 4 else 128))}
    return sorted(hosts)


def table(rows, numbers, hosts, has_namespaces):
    """Of each point whether all requests or some are new, and gone."""
    found = defaultdict(lambda: {True: None, False: None})
    for is_added, source, target, state in rows:
        for one in end_of(source, has_namespaces, hosts):
            for other in end_of(target, has_namespaces, hosts):
                if one == other or not (isinstance(one, str) or isinstance(other, str)):
                    continue
                for protocol in peer_nca.PROTOCOLS:
                    for number in numbers:
                        what = state(protocol, number)
                        if what:
                            kept = found[protocol, one, other, number]
                            kept[is_added] = "all" if "all" in (kept[is_added], what) else what
    return found


# Both, when hybridgen says this of a point (new, gone): what has to be new or gone of requests.
MEANT = {("all", None): ("all", None), (None, "all"): (None, "all"), ("some", None): ("some", None), (None, "some"): (None, "some"),
         ("all", "some"): ("some", None), ("some", "all"): (None, "some")}


class Judge:
    def __init__(self, hybridgen, analyzer):
        self.hybridgen, self.analyzer, self.counts = hybridgen, analyzer, Counter()

    def some(self, manifests, point, has_namespaces):
        """Whether hybridgen's graph lets some requests through at a point, and not all."""
        protocol, source, target, number = point
        rows = peer_nca.ours(self.hybridgen, manifests)
        hosts = [end for end in (source, target) if not isinstance(end, str)]
        found = [whole for known, one, other, first, last, whole in rows if known == protocol and first <= number <= last and
                 source in end_of(one, has_namespaces, hosts) and target in end_of(other, has_namespaces, hosts)]
        return bool(found) and not any(found)

    def differs(self, folder, old, new):
        """The first point about which both do not agree, with what they say."""
        for name, manifests in (("old", old), ("new", new)):
            (folder / name).mkdir(exist_ok=True)
            (folder / name / "all.yaml").write_text("---\n".join(json.dumps(one, ensure_ascii=False) + "\n" for one in manifests))
        said = self.analyzer.compare(folder / "old", folder / "new")
        if said is None:
            self.counts["not supported, or too slow"] += 1
            return None
        right, right_borders = theirs(said)
        got, got_borders, notes = ours(self.hybridgen, folder / "old", folder / "new")
        if notes:
            raise AssertionError(f"hybridgen does not compare all: {notes}")
        has_namespaces = any("/" in str(end) for row in got for end in row[1:3])
        numbers = sorted(border for border in (right_borders | got_borders | {1}).difference(PORTS_OF_SIDECARS) if border <= 65535)
        hosts = hosts_of(right + got)
        right, got = table(right, numbers, hosts, has_namespaces), table(got, numbers, hosts, has_namespaces)
        self.counts["pairs"] += 1
        self.counts["pairs that differ"] += bool(right or got)
        self.counts["pairs that differ in a mesh"] += bool(right or got) and any(one["kind"] == "AuthorizationPolicy" for one in old)
        self.counts["pairs with requests"] += any("some" in (one[True], one[False]) for one in right.values())
        for point in sorted(set(right) | set(got), key=str):
            a, b = ((side[point][True], side[point][False]) if point in side else (None, None) for side in (got, right))
            self.counts["points"] += 1
            if a == ("some", "some") or (a == (None, None) and "all" not in b):
                # Both sides let some requests in: others than before.
                self.counts["points of requests"] += 1
                if all(self.some(side, point, has_namespaces) for side in (old, new)):
                    continue
            elif MEANT[a] == b:
                continue
            return f"{point}: hybridgen says new {a[0]}, gone {a[1]}; the analyzer new {b[0]}, gone {b[1]}"
        return None


def changed(manifests, choice):
    """One or two edits of policies, or a workload less; None when there is nothing to edit."""
    makers = [one for one in manifests if one["kind"] in peer_nca.MAKERS]
    if len(makers) > 2 and choice.random() < 0.15:
        gone = choice.choice(makers)
        return [one for one in manifests if one is not gone]
    result = peer_nca.edited(manifests, choice)
    twice = peer_nca.edited(result, choice) if result and choice.random() < 0.5 else None
    # Both edits may add a policy of the same name.
    names = [(one["kind"], one["metadata"]["name"]) for one in twice or ()]
    return twice if twice and len(set(names)) == len(names) else result


def main():
    args = sys.argv[1:]
    nca = args[args.index("--nca") + 1] if "--nca" in args else which("nca")
    args = args[:args.index("--nca")] if "--nca" in args else args
    hybridgen, n_pairs, number = args[0], int(args[1]), int(args[2]) if len(args) > 2 else 0
    if not nca:
        print("not compared: there is no program nca; pip install network-config-analyzer")
        return peer_nca.SKIPPED
    analyzer = Analyzer(nca)
    judge = Judge(hybridgen, analyzer)
    last = number + MOST_MODELS * n_pairs
    with tempfile.TemporaryDirectory() as folder:
        while judge.counts["pairs that differ"] < n_pairs and number < last:
            done = peer_nca.run(hybridgen, "generate", "-q", "--format", "json", "-f", "-", text=peer_nca.generate.valid(number)[1])
            if done.returncode:
                print(f"model {number}: {done.stderr}")
                return 1
            manifests = peer_nca.readable([json.loads(line) for line in done.stdout.splitlines()])
            after = changed(manifests, random.Random(number)) if any(one["kind"] in peer_nca.MAKERS for one in manifests) else None
            wrong = judge.differs(Path(folder), manifests, after) if after else None
            if wrong:
                print(f"model {number}: {wrong}")
                print("\n".join(json.dumps(one) for one in manifests if one not in after), "\n  comes to be")
                print("\n".join(json.dumps(one) for one in after if one not in manifests))
                return 1
            number += 1
    analyzer.close()
    print(", ".join(f"{count} {what}" for what, count in sorted(judge.counts.items())))
    return not (judge.counts["pairs that differ"] >= n_pairs and judge.counts["pairs with requests"] and judge.counts["not supported, or too slow"] < n_pairs // 4)


if __name__ == "__main__":
    sys.exit(main())
