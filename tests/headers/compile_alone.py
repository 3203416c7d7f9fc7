#!/usr/bin/env python3
"""compile_alone.py INCLUDE_FOLDER... -- COMPILER... : each public header compiles by itself, as C11 and as C++17."""
import pathlib
import shlex
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def main(folders, compilers):
    headers = sorted({str(path.relative_to(folder)) for folder in folders for path in pathlib.Path(folder).rglob("*.h")})
    assert "hybriddeploy/hybriddeploy.h" in headers and "hybriddeploy/version.h" in headers
    failed = []
    for compiler in compilers:
        language = ["-x", "c++", "-std=c++17"] if "++" in compiler else ["-x", "c", "-std=c11"]
        for header in headers:
            # Twice, for its guard.
            text = f"#include <{header}>\n#include <{header}>\nextern int nothing;\n"
            command = shlex.split(compiler) + language + WARNINGS + [f"-I{folder}" for folder in folders] + ["-fsyntax-only", "-"]
            done = subprocess.run(command, input=text, capture_output=True, text=True)
            if done.returncode:
                failed.append(f"{header} with {compiler}:\n{done.stderr}")
    if failed:
        sys.exit("\n".join(failed))
    print(f"{len(headers)} headers compile alone with {', '.join(compilers)}")


split = sys.argv.index("--")
main(sys.argv[1:split], sys.argv[split + 1:])
