#!/usr/bin/env python3
"""Makes a C header of text files: embed.py HEADER FILE ...

Each file becomes an array of lines, `static const char *const <name>_text[]`, that ends in NULL. The name is the file's, with _ for
everything that C does not take.
"""
import pathlib
import re
import sys


def quoted(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("?", "\\?") + '\\n"'


def main(header, *files):
    out = ["/* Made by embed.py. */"]
    for file in map(pathlib.Path, files):
        name = re.sub(r"\W", "_", file.name)
        lines = file.read_text(encoding="utf-8").splitlines()
        out += [f"static const char *const {name}_text[] = {{", *(f"    {quoted(line)}," for line in lines), "    NULL,", "};"]
    pathlib.Path(header).write_text("\n".join(out) + "\n", encoding="utf-8")


main(*sys.argv[1:])
