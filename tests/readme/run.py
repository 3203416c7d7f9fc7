#!/usr/bin/env python3
"""Does what a document says: run.py ROOT BUILD_FOLDER DOCUMENT...

In Markdown, a block ```LANGUAGE file=NAME is written to that file. A block ```console in=FOLDER is run there: lines that begin
with "$ " are commands, which lines that begin with "> " continue, and what they print, on stdout and stderr, must be the lines
that follow. A block ```sh holds commands
for the root of the repository, which CI runs; here each must be a program of the repository. In a man page (its name ends in
.in or in a number) a literal display behind a comment line, .\\" file=NAME or .\\" in=FOLDER, is the same. Each document begins
in an empty folder.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MARKDOWN = re.compile(r"^```(\w+)(?: (file|in)=(\S+))?\n(.*?)^```$", re.M | re.S)
MDOC = re.compile(r'^\.\\" (file|in)=(\S+)\n\.Bd -literal[^\n]*\n(.*?)^\.Ed$', re.M | re.S)
ESCAPES = {r"\(aq": "'", r"\(dq": '"', r"\e": "\\", r"\-": "-", r"\&": ""}


def blocks(document):
    """Yields (language, file or in, name, text)."""
    text = document.read_text()
    if document.suffix == ".md":
        yield from MARKDOWN.findall(text)
        return
    for kind, name, block in MDOC.findall(text):
        yield "", kind, name, re.sub("|".join(map(re.escape, ESCAPES)), lambda escape: ESCAPES[escape.group()], block)


def commands(text):
    """Yields (command, output) of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command = re.match(r".*\n?(?:> .*\n)*", part).group()
        output = part[len(command):]
        command = re.sub(r"^> ", "", command, flags=re.M)
        yield command, output


def failures(document, root, environment):
    """Yields a text for each block, which is empty where the document tells the truth."""
    with tempfile.TemporaryDirectory() as work:
        for language, kind, name, text in blocks(document):
            if kind == "file":
                (Path(work) / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(work) / name).write_text(text)
            elif kind == "in":
                for command, expected in commands(text):
                    done = subprocess.run(["sh", "-c", command], cwd=Path(work) / name, env=environment, text=True, timeout=120,
                                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
                    yield "" if done.stdout == expected else f"$ {command}\n--- expected\n{expected}--- got\n{done.stdout}"
            elif language == "sh":
                for command in text.splitlines():
                    yield "" if os.access(root / command, os.X_OK) else f"{command}: no such program"


def main(root, build, *documents):
    environment = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8", PATH=f"{build}/bindings/cli:{os.environ['PATH']}",
                       PKG_CONFIG_PATH=f"{build}/meson-uninstalled", LD_LIBRARY_PATH=f"{build}/lib",
                       PYTHONPATH=f"{root}/bindings/python", PYTHONDONTWRITEBYTECODE="1")
    passed = failed = 0
    for document in documents:
        results = list(failures(document, root, environment))
        if not results:
            results = ["there is nothing to run in it"]
        for result in filter(None, results):
            print(f"{document.name}: {result}")
        failed += sum(map(bool, results))
        passed += len(results) - sum(map(bool, results))
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(*(Path(argument).resolve() for argument in sys.argv[1:])))
