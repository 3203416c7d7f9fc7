#!/usr/bin/env python3
"""archive.py OBJCOPY AR VERSION_SCRIPT OUTPUT LIBRARY... -- COMPILER...: one static library of several, in which only the names are global
that the version script exports."""
import pathlib
import re
import subprocess
import sys
import tempfile


def main(objcopy, ar, version_script, output, libraries, compiler):
    with tempfile.TemporaryDirectory() as folder:
        # The same name in every build: the archive holds it.
        whole = pathlib.Path(folder, "hybriddeploy.o")
        subprocess.run([*compiler, "-r", "-nostdlib", "-o", whole, "-Wl,--whole-archive", libraries[0], "-Wl,--no-whole-archive", *libraries[1:]],
                       check=True)
        exported = re.findall(r"\bhd_\w+", pathlib.Path(version_script).read_text(encoding="utf-8"))
        subprocess.run([objcopy, *(f"--keep-global-symbol={name}" for name in exported), whole], check=True)
        pathlib.Path(output).unlink(missing_ok=True)
        subprocess.run([ar, "rcsD", output, whole], check=True)


divider = sys.argv.index("--")
main(*sys.argv[1:5], sys.argv[5:divider], sys.argv[divider + 1:])
