#!/usr/bin/env python3
"""Makes a C header of text files: embed.py HEADER FILE ...

Each file becomes `static const char <name>[]`, its bytes without a NUL behind them. The name is the file's, with _ for everything that C
does not take. They are numbers, because C promises strings of 4,095 characters alone. The macro <NAME>_SHA256 is its hash as pages of HTML name it.
"""
import base64
import hashlib
import pathlib
import re
import sys


def main(header, *files):
    out = ["/* Made by embed.py. */"]
    for file in map(pathlib.Path, files):
        name, data = re.sub(r"\W", "_", file.name), file.read_text(encoding="ascii").encode()
        out.append(f"static const char {name}[] = {{")
        out += ["    " + ",".join(map(str, data[i:i + 32])) + "," for i in range(0, len(data), 32)]
        out += ["};", f'#define {name.upper()}_SHA256 "{base64.b64encode(hashlib.sha256(data).digest()).decode()}"']
    pathlib.Path(header).write_text("\n".join(out) + "\n", encoding="ascii")


main(*sys.argv[1:])
