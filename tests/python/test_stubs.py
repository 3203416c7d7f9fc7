"""The stub in the repository is the one that make_stubs.py writes from the library's tables."""
import pathlib
import subprocess
import sys

PACKAGE = pathlib.Path(__file__).parents[2] / "bindings" / "python"


def test_stubs_are_as_made(tmp_path):
    subprocess.run([sys.executable, PACKAGE / "make_stubs.py", tmp_path / "made.pyi"], check=True, timeout=60)
    made = (tmp_path / "made.pyi").read_text(encoding="utf-8")
    assert made == (PACKAGE / "hybriddeploy" / "__init__.pyi").read_text(encoding="utf-8"), "make them anew: ninja -C build python-stubs"
