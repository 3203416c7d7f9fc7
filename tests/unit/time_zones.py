#!/usr/bin/env python3
"""Compares the time zones that a model may name with those of the installed database: time_zones.py HYBRIDGEN

The judge is the system's own time zone database, which Debian makes from the IANA's. The library's list and the installed one may be of
different years; in ten years the IANA added fewer names than LATE.
"""
import subprocess
import sys
import tempfile
import zoneinfo
from pathlib import Path

MODEL = """name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.0"
services:
"""
LATE = 5


def unknown(hybridgen, names):
    """Those of the names that the library refuses."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "hybriddeploy.yaml"
        model.write_text(MODEL + "".join(f'  job-{number}: {{runtime: cpython, schedule: "0 12 * * *", timeZone: "{name}"}}\n'
                                         for number, name in enumerate(names)))
        done = subprocess.run([hybridgen, "validate", "-f", model], capture_output=True, text=True, env={"NO_COLOR": "1"}, check=False)
        first = len(MODEL.splitlines()) + 1
        return {names[int(line.split(":")[1]) - first] for line in done.stderr.splitlines() if "[HD7146]" in line}


def main():
    hybridgen = sys.argv[1]
    names = sorted(zoneinfo.available_timezones() - {"localtime", "posixrules", "Factory"})
    if not names:
        print("no time zone database is installed")
        return 77
    missing = unknown(hybridgen, names)
    wrong = [name[:-1] + ("x" if name[-1] != "x" else "y") for name in names[::50]]
    taken = set(wrong) - unknown(hybridgen, wrong)
    print(f"{len(names)} names, {len(missing)} of them unknown to the library: {sorted(missing)}; misspelled and taken: {sorted(taken)}")
    return len(missing) > LATE or bool(taken)


sys.exit(main())
