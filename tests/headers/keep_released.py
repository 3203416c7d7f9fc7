#!/usr/bin/env python3
"""keep_released.py BUILD_FOLDER VERSION: keeps the headers of a version that is released, without comments, and the examples in C that
were written for it. check_released.py compiles them against the library of today, as long as the major version stays."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def keep(source, target):
    text = re.sub(r"/\*.*?\*/", "", source.read_text(), flags=re.S)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n")


def main(build, version):
    folder = HERE / "released" / version
    for include in (ROOT / "include", pathlib.Path(build) / "include"):
        for header in include.rglob("*.h"):
            keep(header, folder / "include" / header.relative_to(include))
    for example in (ROOT / "examples").glob("*.c"):
        keep(example, folder / "examples" / example.name)


main(sys.argv[1], sys.argv[2])
