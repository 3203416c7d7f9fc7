#!/usr/bin/env python3
"""check_cpp.py BUILD_FOLDER SOURCE COMPILER... : a program in C++17 compiles with each compiler and runs with the library."""
import pathlib
import subprocess
import sys
import tempfile


def main(build, source, compilers):
    include = pathlib.Path(__file__).resolve().parents[2] / "include"
    for compiler in compilers:
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program"
            # Designated initialisers are C++20, and known before.
            subprocess.run([compiler, "-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", "-Wno-c++20-designator", "-Wno-unknown-warning-option",
                            "-Wno-missing-field-initializers", f"-I{include}", f"-I{build}/include", source, "-o", program, f"-L{build}/lib",
                            "-lhybriddeploy", f"-Wl,-rpath,{build}/lib"], check=True)
            subprocess.run([program], check=True)
    print(f"{len(compilers)} compilers")


main(sys.argv[1], sys.argv[2], sys.argv[3:])
