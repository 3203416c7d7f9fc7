#!/usr/bin/env python3
"""Makes a C header of text files: embed.py HEADER FILE ...

Each file becomes an array of pieces, `static const char *const <name>_text[]`, that ends in NULL. The name is the file's, with _ for
everything that C does not take. A piece is no longer than what every C compiler takes as one string.
"""
import pathlib
import re
import sys

LONGEST_STRING = 4000


def quoted(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("?", "\\?") + '\\n"'


def main(header, *files):
    out = ["/* Made by embed.py. */"]
    for file in map(pathlib.Path, files):
        name = re.sub(r"\W", "_", file.name)
        out.append(f"static const char *const {name}_text[] = {{")
        length = 0
        for line in file.read_text(encoding="utf-8").splitlines():
            if length and length + len(line) > LONGEST_STRING:
                out[-1] += ","
                length = 0
            out.append(f"    {quoted(line)}")
            length += len(line) + 1
        out += ["    , NULL", "};"]
    pathlib.Path(header).write_text("\n".join(out) + "\n", encoding="utf-8")


main(*sys.argv[1:])
