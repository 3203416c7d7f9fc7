#!/usr/bin/env python3
"""check_calls.py TABLE HEADER... : the table of wrong calls, a C file, calls each public function that takes arguments.

A function that is new gets its wrong calls there: NULL for each pointer, a bad enum, a wrong size, a count without an array.
"""
import re
import sys
from pathlib import Path


def main(table, headers):
    text = re.sub(r"/\*.*?\*/", "", "\n".join(Path(header).read_text() for header in headers), flags=re.S)
    functions = {name for name, arguments in re.findall(r"\bHD_API\b[^;{(]*?\b(hd_\w+)\s*\(([^;]*?)\);", text) if arguments != "void"}
    called = set(re.findall(r"\b(hd_\w+)\(", Path(table).read_text()))
    missing = sorted(functions - called)
    print("\n".join(f"FAIL {name}() is called wrongly by no row" for name in missing))
    print(f"{len(functions)} functions, {len(missing)} without a wrong call")
    return bool(missing) or len(functions) < 50


sys.exit(main(sys.argv[1], sys.argv[2:]))
