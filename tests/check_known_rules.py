#!/usr/bin/env python3
"""Holds the table of known rules: check_known_rules.py HYBRIDGEN TABLE CASES

Each line says which codes report a rule, or why no model can break it. Each code exists and stands in the expectation of a case.
"""
import re
import subprocess
import sys
from pathlib import Path


def main():
    hybridgen, table, cases = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    listed = set(re.findall(r"^(HD\d{4})", subprocess.run([hybridgen, "list", "codes"], capture_output=True, text=True, check=True).stdout, re.M))
    seen = {code for case in cases.iterdir() if case.is_dir() for code in re.findall(r"\[(HD\d{4})\]", (case / "expected.txt").read_text())}
    faults, rules = [], 0
    for number, line in enumerate(table.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        rules += 1
        words, _, how = line.partition(": ")
        codes = re.findall(r"HD\d{4}", how)
        if not codes and not re.match(r"(written|outside)\b", how):
            faults.append(f"line {number}: \"{words}\" has neither a code nor a reason")
        faults += [f"line {number}: there is no code {code}" for code in codes if code not in listed]
        faults += [f"line {number}: {code} has no case" for code in codes if code in listed - seen]
    print("\n".join(faults + [f"{rules} rules"]))
    return bool(faults) or not rules


sys.exit(main())
