#!/usr/bin/env python3
"""Holds the table of known rules: check_known_rules.py HYBRIDGEN TABLE CASES

Each line says which codes report a rule, or why no model can break it. Each code exists and stands in the expectation of a case. Codes for
forms, words and bounds hold for hundreds of members; these name one, and a case must have the code at it.
"""
import re
import subprocess
import sys
from pathlib import Path

# An unknown key, a wrong type, an unknown word, a text that YAML reads as another type, an empty value, a number out of range, a wrong form,
# something missing, two that exclude each other, a name that stands twice.
OF_MANY_MEMBERS = {"HD1139", "HD1146", "HD1157", "HD1163", "HD1174", "HD1182", "HD1195", "HD1204", "HD1211", "HD1255"}
FINDING = re.compile(r"^[^\n]*(?:error|warning): [^\n]* \[(HD\d{4})\]\n((?: [^\n]*\n)*)", re.M)


def shown_by(cases):
    """The paths at which cases show each code."""
    paths = {}
    for case in cases.iterdir():
        if case.is_dir():
            for code, rest in FINDING.findall((case / "expected.txt").read_text(errors="replace")):
                paths.setdefault(code, set()).update(re.findall(r"^  at (.*)$", rest, re.M))
    return paths


def faults_of(words, how, listed, shown):
    codes = re.findall(r"(HD\d{4})(?::(\S+))?", how)
    if not codes and not re.match(r"(written|outside)\b", how):
        yield f"\"{words}\" has neither a code nor a reason"
    for code, member in codes:
        if code not in listed:
            yield f"there is no code {code}"
        elif code not in shown:
            yield f"{code} has no case"
        elif code in OF_MANY_MEMBERS and not member:
            yield f"{code} does not say of which member"
        elif member and not any(member in path for path in shown[code]):
            yield f"no case shows {code} at {member}"


def main():
    hybridgen, table, cases = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    listed = set(re.findall(r"^(HD\d{4})", subprocess.run([hybridgen, "list", "codes"], capture_output=True, text=True, check=True).stdout, re.M))
    shown = shown_by(cases)
    faults, rules = [], 0
    for number, line in enumerate(table.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        rules += 1
        words, _, how = line.partition(": ")
        faults += [f"line {number}: {fault}" for fault in faults_of(words, how, listed, shown)]
    print("\n".join(faults + [f"{rules} rules"]))
    return bool(faults) or not rules


sys.exit(main())
