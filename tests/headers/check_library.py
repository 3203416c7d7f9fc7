#!/usr/bin/env python3
"""check_library.py MOST_BYTES LIBRARY MAP HEADER... : the shared library exports what the headers declare and nothing else, is small,
and needs nothing but libc and libfyaml."""
import os
import re
import subprocess
import sys
import tempfile

MAY_NEED = {"libc.so.6", "libfyaml.so.0"}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def declared(headers):
    text = "\n".join(open(header, encoding="utf-8").read() for header in headers)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"^static inline .*?^}", "", text, flags=re.S | re.M)
    functions = set(re.findall(r"\bHD_API\b[^;{]*?\b(hd_\w+)\s*\(", text))
    text = re.sub(r"^typedef [^;{]*;", "", text, flags=re.M)
    unmarked = set(re.findall(r"^(?!HD_API)[a-z][\w \*]*?\b(hd_\w+)\([^;]*\);", text, flags=re.M))
    assert not unmarked, f"without HD_API: {unmarked}"
    return functions


def main(most_bytes, library, version_script, headers):
    functions = declared(headers)
    script = open(version_script, encoding="utf-8").read()
    listed = set(re.findall(r"\bhd_\w+", script.split("local:")[0]))
    symbols = [line.split()[-1] for line in run("nm", "-D", "--defined-only", library).splitlines()]
    exported = {symbol.split("@")[0] for symbol in symbols if not symbol.startswith("HYBRIDDEPLOY_")}
    assert functions == exported, f"only declared: {functions - exported}; only exported: {exported - functions}"
    assert functions == listed, f"headers and version script differ in {functions ^ listed}"
    dynamic = run("readelf", "-d", library)
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
    assert needed <= MAY_NEED, f"needs {needed - MAY_NEED}"
    soname = re.search(r"\(SONAME\).*\[libhybriddeploy\.so\.(\d+)\]", dynamic)
    assert soname, "no soname"
    # Libraries of two ABIs in one process, by a plugin, keep apart: each caller finds the version that it was linked with.
    assert all(symbol.endswith(f"@@HYBRIDDEPLOY_{soname[1]}") for symbol in symbols if symbol.startswith("hd_")), "a symbol of no or another version"

    with tempfile.TemporaryDirectory() as folder:
        stripped = os.path.join(folder, "stripped.so")
        run("strip", "-o", stripped, library)
        size = os.path.getsize(stripped)
    assert size < most_bytes, f"{size} bytes"
    print(f"{len(functions)} functions, {size} bytes, needs {', '.join(sorted(needed))}")


main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
