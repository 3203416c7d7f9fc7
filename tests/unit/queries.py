#!/usr/bin/env python3
"""Compares which queries the library takes with what Prometheus takes: queries.py HYBRIDGEN QUERIES

The judge is promtool, Prometheus' own program. Each line of the file is a query; each is also tried with one letter left out, and those that
promtool takes must be taken. Of those that promtool refuses, a few may be taken, because the library does not know everything.
"""
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = """name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.0"
mesh: sidecar
services:
  web:
    runtime: cpython
    delivery:
      executor: argoRollouts
      canary:
        steps: [{setWeight: 50, pause: 1h}]
        analysis:
          metrics:
"""
SHARE_MISSED = 0.05


def refused_by_library(hybridgen, folder, queries):
    model = Path(folder) / "hybriddeploy.yaml"
    model.write_text(HEAD + "".join(f"            m{number}: {{query: {json.dumps(query)}, max: 1}}\n" for number, query in enumerate(queries)))
    done = subprocess.run([hybridgen, "validate", "--max-diagnostics", "100000", "-f", model], capture_output=True, text=True, check=False,
                          env={"NO_COLOR": "1"})
    first = len(HEAD.splitlines()) + 1
    return {queries[int(line.split(":")[1]) - first] for line in done.stderr.splitlines() if "[HD9340]" in line}


def refused_by_prometheus(folder, queries):
    rules = Path(folder) / "rules.json"
    rules.write_text(json.dumps({"groups": [{"name": "g", "rules": [{"record": f"r{number}", "expr": query}
                                                                   for number, query in enumerate(queries)]}]}))
    done = subprocess.run(["promtool", "check", "rules", "--lint=none", rules], capture_output=True, text=True, check=False)
    return {queries[int(number)] for number in re.findall(r'"r(\d+)".*could not parse expression', done.stdout + done.stderr)}


def main():
    hybridgen, lines = sys.argv[1], Path(sys.argv[2]).read_text().splitlines()
    if not shutil.which("promtool"):
        print("promtool is not installed")
        return 77
    dice = random.Random(1)
    damaged = [line[:at] + line[at + 1:] for line in lines for at in dice.sample(range(len(line)), min(4, len(line)))]
    queries = [query for query in dict.fromkeys(lines + damaged) if query.strip()]
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = refused_by_library(hybridgen, folder, queries), refused_by_prometheus(folder, queries)
    # A range or a text is a query, but gives no number to compare.
    wrong = {query for query in ours - theirs if not re.fullmatch(r'"[^"]*"|.*\[[^]]*\]( (offset|@) .*)?', query)}
    missed = theirs - ours
    print(f"{len(queries)} queries, {len(theirs)} refused by promtool; refused by the library alone: {sorted(wrong)}; "
          f"taken by the library alone: {sorted(missed)}")
    return bool(wrong) or len(missed) > SHARE_MISSED * len(queries) or not theirs


sys.exit(main())
