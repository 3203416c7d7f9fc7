#!/usr/bin/env python3
"""Makes a C header of text files: embed.py HEADER FILE ...

Each file becomes an array of bytes, `static const unsigned char <name>_packed[]`, and `<name>_size`, the size of its text. The name is the
file's, with _ for everything that C does not take. The text is ASCII, and packed: a byte below 128 stands for itself; one above says
that text repeats, 3 bytes and as many more as its lower seven bits say, from as far back as the two bytes say that follow.
"""
import pathlib
import re
import sys

SHORTEST, LONGEST, FARTHEST = 4, 130, 65535


def longest_repeat(text, at, places):
    best = (0, 0)
    for place in reversed(places):
        if at - place > FARTHEST:
            break
        length = SHORTEST
        while length < LONGEST and at + length < len(text) and text[place + length] == text[at + length]:
            length += 1
        best = max(best, (length, at - place))
    return best


def packed(text):
    out, at, places = bytearray(), 0, {}
    while at < len(text):
        length, back = longest_repeat(text, at, places.get(text[at:at + SHORTEST], [])[-200:])
        out += bytes([128 + length - 3, back % 256, back // 256]) if length else text[at:at + 1]
        for i in range(at, at + max(length, 1)):
            places.setdefault(text[i:i + SHORTEST], []).append(i)
        at += max(length, 1)
    return bytes(out)


def main(header, *files):
    out = ["/* Made by embed.py. */"]
    for file in map(pathlib.Path, files):
        name, text = re.sub(r"\W", "_", file.name), file.read_text(encoding="ascii").encode()
        out.append(f"enum {{ {name}_size = {len(text)} }};\nstatic const unsigned char {name}_packed[] = {{")
        data = packed(text)
        out += ["    " + ",".join(map(str, data[i:i + 32])) + "," for i in range(0, len(data), 32)]
        out.append("};")
    pathlib.Path(header).write_text("\n".join(out) + "\n", encoding="ascii")


main(*sys.argv[1:])
