#!/usr/bin/env python3
"""Counts what ten times the services cost in executed instructions, and GraphMemory: work.py VALGRIND WRITE_FLEET HYBRIDGEN MODEL

Times of a large model grow a little faster than the model, since caches no longer hold it; instructions do not know caches, and
repeat to the last digit but a few. So this is what proves that no loop over services stands in another.
"""
import os
import subprocess
import sys
import tempfile

SIZES = [60, 600, 6000]
MOST_GROWTH = 10.2
MOST_FOR_GRAPHMEMORY = 9_000_000


def instructions(valgrind, hybridgen, model, folder):
    counts = os.path.join(folder, "counts")
    for verb in ("validate", "generate"):
        subprocess.run([valgrind, "--quiet", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={counts}.{verb}",
                        hybridgen, verb, "-f", model], stdout=subprocess.DEVNULL, check=True)
        with open(f"{counts}.{verb}", encoding="utf-8") as file:
            yield verb, next(int(line.split()[1]) for line in file if line.startswith("summary:"))


def main():
    valgrind, write_fleet, hybridgen, graphmemory = sys.argv[1:]
    missed, last = 0, {}
    with tempfile.TemporaryDirectory() as folder:
        count = dict(instructions(valgrind, hybridgen, graphmemory, folder))["generate"]
        print(f"GraphMemory: {count / 1e6:.2f} million instructions (at most {MOST_FOR_GRAPHMEMORY / 1e6})")
        missed += count > MOST_FOR_GRAPHMEMORY
        for size in SIZES:
            model = os.path.join(folder, "hybriddeploy.yaml")
            with open(model, "wb") as file:
                subprocess.run([write_fleet, str(size)], stdout=file, check=True)
            for verb, count in instructions(valgrind, hybridgen, model, folder):
                growth = count / last[verb] if verb in last else 0
                print(f"{verb}, {size} services: {count / 1e6:.1f} million instructions" + (f", {growth:.2f} times (at most {MOST_GROWTH})" if growth else ""))
                missed += growth > MOST_GROWTH
                last[verb] = count
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
