#!/usr/bin/env python3
"""Does what the README says: run.py README BUILD_FOLDER

A block ```LANGUAGE file=NAME is written to that file. A block ```console in=FOLDER is run there: lines that begin with "$ " are
commands, and what they print, on stdout and stderr, must be the lines that follow. A block ```sh holds commands for the root of
the repository, which CI runs; here each must be a program of the repository.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)(?: (file|in)=(\S+))?\n(.*?)^```$", re.M | re.S)


def commands(text):
    """Yields (command, output) of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def main(readme, build):
    root, build = readme.resolve().parent, build.resolve()
    environment = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8", PATH=f"{build}/bindings/cli:{os.environ['PATH']}",
                       PKG_CONFIG_PATH=f"{build}/meson-uninstalled", LD_LIBRARY_PATH=f"{build}/lib",
                       PYTHONPATH=f"{root}/bindings/python", PYTHONDONTWRITEBYTECODE="1")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        for language, kind, name, text in BLOCK.findall(readme.read_text()):
            if kind == "file":
                (Path(work) / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(work) / name).write_text(text)
            elif kind == "in":
                for command, expected in commands(text):
                    done = subprocess.run(["sh", "-c", command], cwd=Path(work) / name, env=environment, text=True, timeout=120,
                                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
                    if done.stdout == expected:
                        passed += 1
                    else:
                        failed += 1
                        print(f"$ {command}\n--- expected\n{expected}--- got\n{done.stdout}")
            elif language == "sh":
                for command in text.splitlines():
                    if os.access(root / command, os.X_OK):
                        passed += 1
                    else:
                        failed += 1
                        print(f"{command}: no such program")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or not passed


sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
