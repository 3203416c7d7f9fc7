#!/usr/bin/env python3
"""Validates models that are right, though few people write such ones: run_correct.py HYBRIDGEN FOLDER

Each file of the folder is a model of which nothing may be said: no error, no warning. What looks like a mistake in it is meant, and a
comment says why. A rule that speaks here would refuse or disturb somebody who is right.
"""
import subprocess
import sys
from pathlib import Path


def main():
    hybridgen, models = Path(sys.argv[1]).resolve(), sorted(Path(sys.argv[2]).glob("*.yaml"))
    failed = 0
    for model in models:
        done = subprocess.run([hybridgen, "validate", "-f", model.name], cwd=model.parent, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, env={"NO_COLOR": "1", "LC_ALL": "C"}, check=False)
        if done.returncode or done.stderr:
            failed += 1
            print(f"FAIL {model.name}: exit {done.returncode}\n{done.stderr}")
    print(f"{len(models)} correct models, {failed} of which something is said")
    return bool(failed) or not models


sys.exit(main())
