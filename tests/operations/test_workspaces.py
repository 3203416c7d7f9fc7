"""Random workspaces before a real API server: their applications are applied together, and applied again without a change."""
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

sys.path[:0] = [str(Path(__file__).parent.parent / "policy"), str(Path(__file__).parent.parent.parent / "bindings/python")]

import hybriddeploy as hd
from workspaces import Workspace


def kubectl(text, *arguments):
    return subprocess.run(["kubectl", *arguments, "--server-side", "--filename", "-"], input=text, text=True, capture_output=True, timeout=300, check=False)


def written(seed, folder):
    """The file of a random workspace, with consent and without. Each has namespaces of its own, because removing them takes long."""
    file = Workspace(seed).write(folder)
    for model in folder.glob("*/hybriddeploy.yaml"):
        model.write_text(re.sub(r"\bapp(\d)", rf"workspace{seed}-\1", model.read_text()))
    return file


def together(workspace):
    """All applications as one text, namespaces first, because kubectl applies objects in the order in which they stand."""
    docs = [yaml.safe_load(manifest.text) for manifests in workspace.generate().values() for manifest in manifests]
    return len(docs), yaml.safe_dump_all(sorted(docs, key=lambda doc: doc["kind"] != "Namespace"))


def difference(text):
    """Controllers may write to an object between the two looks of kubectl diff; what the manifests change is there each time."""
    for _ in range(5):
        done = kubectl(text, "diff")
        if not done.returncode:
            break
        time.sleep(1)
    return done


@pytest.mark.parametrize("seed", range(5))
def test_applied_together_and_again(seed, tmp_path):
    n, text = together(hd.Workspace(written(seed, tmp_path)))
    done = kubectl(text, "apply")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == n > 20
    again = difference(text)
    assert (again.returncode, again.stdout) == (0, ""), again.stderr
    # A comparison that sees no change proves nothing.
    assert kubectl(text.replace("port: 8000", "port: 8002"), "diff").returncode == 1
