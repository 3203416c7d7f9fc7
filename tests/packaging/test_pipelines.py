"""What pipelines use: each step of the GitHub Action is executed with a stand-in for the host's client, and each hook's command runs."""
import json
import os
import pathlib
import re
import shlex
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(__file__).parents[2]
HYBRIDGEN = pathlib.Path(os.environ["HYBRIDGEN"]).resolve()
MODEL = """\
name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.0"
services:
  web:
    runtime: cpython
"""
# Says what it was asked, and answers that there is no comment yet.
CLIENT = '#!/bin/bash\nprintf "%s\\n" "$*" >>"$ASKED"\nfor word; do case $word in body=@*) cat "${word#body=@}" >>"$ASKED" ;; esac; done\n'


@pytest.fixture
def repository(tmp_path):
    """A repository with a commit, and a change of the working tree's model after it."""
    work = tmp_path / "work"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(CLIENT)
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "bin/hybridgen").symlink_to(HYBRIDGEN)
    work.mkdir()
    (work / "hybriddeploy.yaml").write_text(MODEL)
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=work, check=True)
    return work


def steps():
    action = yaml.safe_load((ROOT / ".github/action/action.yml").read_text())
    return {step["name"]: step["run"] for step in action["runs"]["steps"]}


def run(repository, name, **more):
    """A step as the host runs it: bash -e, with its variables."""
    top = repository.parent
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True).stdout.strip()
    environment = {"PATH": f"{top / 'bin'}:{os.environ['PATH']}", "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""), "RUNNER_TEMP": str(top),
                   "GITHUB_ACTION_PATH": str(ROOT / ".github/action"), "GITHUB_OUTPUT": str(top / "output"), "GITHUB_REPOSITORY": "x/shop",
                   "GITHUB_SHA": head, "GITHUB_REF": "refs/heads/main", "BASE": head, "PULL_REQUEST": "7", "MODELS": "hybriddeploy.yaml",
                   "ASKED": str(top / "asked"), **more}
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps()[name]], cwd=repository, env=environment,
                          capture_output=True, text=True, timeout=60)


def test_a_mistake_is_told_and_reported(repository):
    (repository / "hybriddeploy.yaml").write_text(MODEL.replace("cpython", "cpythn"))
    done = run(repository, "Validate")
    assert done.returncode == 1 and "::error file=hybriddeploy.yaml,line=6," in done.stderr and ",col=14," in done.stderr and "title=HD" in done.stderr, done.stderr
    sarif = dict(line.split("=", 1) for line in (repository.parent / "output").read_text().splitlines())["sarif"]
    run_of_it, = json.loads(pathlib.Path(sarif).read_text())["runs"]
    found, = run_of_it["results"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    assert [rule["id"] for rule in run_of_it["tool"]["driver"]["rules"]] == [found["ruleId"]]
    assert run(repository, "Report to code scanning", SARIF=sarif).returncode == 0
    assert "api --method POST repos/x/shop/code-scanning/sarifs -f commit_sha=" in (repository.parent / "asked").read_text()


def test_a_right_model(repository):
    done = run(repository, "Validate")
    assert (done.returncode, "::error" in done.stderr) == (0, False), done.stderr


def test_folder_that_is_not_as_the_model_says(repository):
    assert run(repository, "Check the folders", OUTPUT="deploy/").returncode == 5
    subprocess.run([HYBRIDGEN, "generate", "-o", "deploy/"], cwd=repository, check=True)
    assert run(repository, "Check the folders", OUTPUT="deploy/").returncode == 0


def comment(repository, **more):
    """What the step asks the host to write."""
    (repository.parent / "asked").unlink(missing_ok=True)
    done = run(repository, "Show what changes", **more)
    assert done.returncode == 0, done.stderr
    return (repository.parent / "asked").read_text()


def test_comment_shows_what_changes(repository):
    assert "No object changes." in comment(repository)
    (repository / "hybriddeploy.yaml").write_text(MODEL + "    replicas: 4\n    autoscaling: off\n")
    asked = comment(repository)
    assert "api --method POST repos/x/shop/issues/7/comments" in asked
    assert "The worst effect is **delete**." in asked and "| **delete** | HorizontalPodAutoscaler/web |" in asked
    assert "- Deployment/web spec.replicas: nothing -> 4" in asked


def test_comment_names_each_model(repository):
    (repository / "two").mkdir()
    (repository / "two/hybriddeploy.yaml").write_text(MODEL)
    asked = comment(repository, MODELS="hybriddeploy.yaml */hybriddeploy.yaml none/*.yaml")
    assert "### `hybriddeploy.yaml`\n\nNo object changes." in asked and "### `two/hybriddeploy.yaml`\n\nThe model is new: it generates 8 objects." in asked
    assert "none/" not in asked
    (repository / "two/hybriddeploy.yaml").write_text(MODEL.replace("cpython", "cpythn"))
    (repository / "hybriddeploy.yaml").write_text(MODEL.replace("cpython", "cpythn"))
    asked = comment(repository, MODELS="hybriddeploy.yaml */hybriddeploy.yaml")
    assert "The model cannot be compared" in asked and "The model is new, and has errors" in asked
    (repository / "hybriddeploy.yaml").unlink()
    assert "### `hybriddeploy.yaml`\n\nThe model is gone." in comment(repository, MODELS="*.yaml */hybriddeploy.yaml")


def test_long_comment_is_cut(repository):
    services = "".join(f"  {'long-name-of-a-service' * 2}-{i}:\n    runtime: cpython\n" for i in range(400))
    (repository / "hybriddeploy.yaml").write_text(MODEL + services)
    asked = comment(repository, MODELS="hybriddeploy.yaml ./hybriddeploy.yaml")
    assert len(asked) < 62000 and asked.endswith("</details>\n\nThe rest is cut off.\n")


@pytest.mark.parametrize("name, permission", [("Report to code scanning", "security-events"), ("Show what changes", "pull-requests")])
def test_host_that_refuses_is_a_warning(repository, name, permission):
    (repository.parent / "bin/gh").write_text("#!/bin/sh\nexit 1\n")
    assert run(repository, "Validate").returncode == 0
    done = run(repository, name, SARIF=str(repository.parent / "hybriddeploy.sarif"))
    assert done.returncode == 0 and f"permission {permission}: write" in done.stdout, done.stdout + done.stderr


def test_action_needs_nothing_of_others(repository):
    action = yaml.safe_load((ROOT / ".github/action/action.yml").read_text())
    assert not [step for step in action["runs"]["steps"] if "uses" in step], "what is used has to be pinned by its commit"


def test_hooks(repository):
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    environment = {**os.environ, "PATH": f"{repository.parent / 'bin'}:{os.environ['PATH']}"}

    def status(name, changed="hybriddeploy.yaml"):
        hook = hooks[name]
        assert re.search(hook["files"], changed), "the change starts the hook"
        command = [*shlex.split(hook["entry"]), *hook.get("args", []), *([changed] if hook.get("pass_filenames", True) else [])]
        return subprocess.run(command, cwd=repository, env=environment, capture_output=True, timeout=60).returncode

    assert status("hybriddeploy-validate") == 0 and status("hybriddeploy-check") == 5
    assert status("hybriddeploy-generate") == 0 and status("hybriddeploy-check") == 0
    manifest = "deploy/45-service-web.yaml"
    assert status("hybriddeploy-check", manifest) == 0
    (repository / manifest).write_text("edited\n")
    assert status("hybriddeploy-check", manifest) == 5
    (repository / "hybriddeploy.yaml").write_text(MODEL.replace("cpython", "cpythn"))
    assert status("hybriddeploy-validate") == 1
