"""The scripts of a generated folder, as people start them."""
import json
import os
import subprocess
from pathlib import Path

from cluster import kubectl
from lines import traced

ROOT = Path(__file__).resolve().parents[2]
HYBRIDGEN = os.environ.get("HYBRIDGEN", str(ROOT / "build/bindings/cli/hybridgen"))
GRAPHMEMORY = ROOT / "examples/graphmemory/hybriddeploy.yaml"
WORKLOADS = ROOT / "tests/operations/workloads.yaml"


def generate(model, folder, *options):
    version = json.loads(kubectl("version", "--output", "json"))["serverVersion"]
    subprocess.run([HYBRIDGEN, "generate", "-f", str(model), "--kube-version", f"{version['major']}.{version['minor']}", "--with", "ops",
                    "-o", f"{folder}/", *options], check=True, capture_output=True, text=True)
    return Path(folder)


def start(folder, script, *arguments, **environment):
    return subprocess.Popen([folder / "scripts" / script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True, env=traced({**os.environ, **environment}))


def run(folder, script, *arguments, **environment):
    return subprocess.run([folder / "scripts" / script, *arguments], capture_output=True, text=True, timeout=300,
                          env=traced({**os.environ, **environment}))


def deploy(folder, *arguments, **environment):
    return run(folder, "deploy-hybrid.sh", *arguments, **environment)


def recovery(folder, *arguments, **environment):
    return run(folder, "disaster-recovery.sh", *arguments, **environment)


def maintenance(folder, *arguments, **environment):
    return run(folder, "maintenance.sh", *arguments, **environment)
