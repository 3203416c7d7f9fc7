#!/usr/bin/env python3
"""Copies headers without their comments: without_comments.py FOLDER HEADER...

A copy that stays as it is keeps its time, so that nothing is compiled again for it.
"""
import re
import sys
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.S)


def without_comments(text):
    lines = (line.rstrip() for line in COMMENT.sub("", text).splitlines())
    return "".join(line + "\n" for line in lines if line)


def main(folder, headers):
    for header in map(Path, headers):
        copy = Path(folder, header.name)
        text = f"/* {header.name} without its comments. */\n" + without_comments(header.read_text(encoding="utf-8"))
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:
            copy.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
