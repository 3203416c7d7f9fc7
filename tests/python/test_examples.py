"""Runs the examples and compares what they print."""
import os
import shutil
import subprocess
import sys

import pytest


def run(*command, cwd, **environment):
    return subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, text=True, capture_output=True, timeout=60, check=False)


def test_graphmemory(examples):
    done = run(sys.executable, "graphmemory.py", cwd=examples)
    assert done.stdout == (examples / "graphmemory" / "expected.yaml").read_text(), done.stderr
    assert len((examples / "graphmemory.py").read_text().splitlines()) <= 70


def fleet_csv(path, n_services):
    rows = ["name,runtime,port,calls,expose,max_replicas"]
    for i in range(n_services):
        runtime, calls, expose = "condon" if i % 3 else "cpython", f"s{i // 2}" if i else "", f"/s{i}" if i % 5 == 0 else ""
        rows.append(f"s{i},{runtime},{8000 + i % 10},{calls},{expose},{4 + i % 8}")
    path.write_text("\n".join(rows) + "\n")


def test_fleet(examples, tmp_path):
    fleet_csv(tmp_path / "services.csv", 500)
    done = run(sys.executable, examples / "fleet.py", "services.csv", "deploy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = list((tmp_path / "deploy").glob("*-*.yaml"))
    assert done.stdout.startswith("500 services, ") and f" {len(files)} manifests" in done.stdout
    assert len(list((tmp_path / "deploy").glob("50-deployment-*"))) == 500


def test_fleet_with_a_mistake(examples, tmp_path):
    fleet_csv(tmp_path / "services.csv", 3)
    table = tmp_path / "services.csv"
    table.write_text(table.read_text().replace("s1,condon", "s1,condom").replace(",s0,", ",s9,"))
    done = run(sys.executable, examples / "fleet.py", "services.csv", "deploy", cwd=tmp_path)
    assert done.returncode == 1 and "did you mean condon?" in done.stderr
    table.write_text(table.read_text().replace("condom", "condon"))
    done = run(sys.executable, examples / "fleet.py", "services.csv", "deploy", cwd=tmp_path)
    assert done.returncode == 1 and 'there is no service or external "s9"' in done.stderr and "fleet.py:" in done.stderr
    assert not (tmp_path / "deploy").exists()


def variants(folder):
    return sorted(str(path.parent.relative_to(folder)) for path in folder.glob("*/*/kustomization.yaml"))


ALL = [f"{cluster}/{environment}" for cluster in ("dublin", "vienna") for environment in ("development", "production", "staging")]


def test_build_matrix(examples, tmp_path):
    model = examples / "graphmemory" / "hybriddeploy.yaml"
    done = run(sys.executable, examples / "build_matrix.py", model, "deploy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert variants(tmp_path / "deploy") == ALL
    (tmp_path / "wrong.yaml").write_text(model.read_text().replace("calls: [postgres, redis]", "calls: [postgres, rediss]"))
    done = run(sys.executable, examples / "build_matrix.py", "wrong.yaml", "other", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.count("did you mean redis?") == 6 and not (tmp_path / "other").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_build_matrix_from_make(examples, tmp_path):
    command = ["make", "-C", examples / "build_matrix", f"DEPLOY={tmp_path}/deploy", f"PYTHON={sys.executable}"]
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert variants(tmp_path / "deploy") == ALL
    assert "up to date" in run(*command, cwd=tmp_path).stdout


@pytest.mark.skipif(not shutil.which("meson") or not shutil.which("ninja"), reason="needs meson and ninja")
def test_build_matrix_from_meson(examples, tmp_path):
    done = run("meson", "setup", tmp_path / "build", examples / "build_matrix", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    done = run("ninja", "-C", tmp_path / "build", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert variants(tmp_path / "build" / "deploy") == ALL


def test_pytest_helper(examples, tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", examples / "test_deployment.py"]
    model = examples / "graphmemory" / "hybriddeploy.yaml"
    done = run(*command, cwd=tmp_path, MODEL=str(model))
    assert done.returncode == 0, done.stdout
    (tmp_path / "hybriddeploy.yaml").write_text(model.read_text().replace("[postgres, redis]", "[postgres, rediss]"))
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 1 and "did you mean redis?" in done.stdout


def test_workflow_is_yaml(examples):
    import yaml
    workflow = yaml.safe_load((examples / "build_matrix" / "workflow.yaml").read_text())
    assert any("build_matrix.py" in step.get("run", "") for step in workflow["jobs"]["manifests"]["steps"])
