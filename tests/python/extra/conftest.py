import os
import pathlib
import shutil
import subprocess
import sys

import pytest

SOURCES = pathlib.Path(__file__).parents[3] / "bindings" / "python"


@pytest.fixture(scope="session")
def with_types(tmp_path_factory):
    """Lets the programs that a test starts find the package as it is installed: the sources, and the types, which a build makes."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(SOURCES / "hybriddeploy", folder / "hybriddeploy")
    subprocess.run([sys.executable, SOURCES / "make_stubs.py", folder / "hybriddeploy" / "__init__.pyi"], check=True, timeout=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        yield
