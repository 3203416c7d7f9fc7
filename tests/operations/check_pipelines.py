#!/usr/bin/env python3
"""What pipelines run is pinned, and what they deploy is what they signed: check_pipelines.py HYBRIDGEN MODEL ...

Every action stands at a commit and every image at a digest; nothing is installed by name. The steps of the example's pipelines that
sign, verify and generate are carried out with a pretended cosign. Needs jq.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

PRETENDED_COSIGN = """\
#!/bin/sh
echo "$*" >>"$COSIGN_CALLS"
case "$* " in
verify*"$COSIGN_REFUSES "*) exit 1 ;;
esac
"""


def steps_of(workflow):
    return [(name, step) for name, job in workflow["jobs"].items() for step in job["steps"]]


def complaints(workflow, gitlab, text):
    """What is not pinned, or left where it can be taken."""
    for name, step in steps_of(workflow):
        action = step.get("uses", "")
        if action and not re.search(rf"uses: {re.escape(action)}  # v\d+\.\d+\.\d+\n", text):
            yield f"{name}: {action} has no release beside it"
        if action and not re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40}", action):
            yield f"{name}: {action} is not pinned"
        if action.startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") is not False:
            yield f"{name}: checkout leaves its token"
        for value in step.get("with", {}).values():
            if re.search(r"[a-z]/[a-z]+:[a-z0-9.-]+$", str(value)):
                yield f"{name}: {value} is not pinned"
        if action.startswith(("docker/setup-qemu-action@", "docker/setup-buildx-action@")) and "@sha256:" not in str(step.get("with")):
            yield f"{name}: {action} takes an image that is not pinned"
    for name, job in gitlab.items():
        if isinstance(job, dict):
            for image in [job["image"], *job.get("services", [])]:
                if image != "$DEPLOY_IMAGE" and not re.search(r"@sha256:[0-9a-f]{64}$", image):
                    yield f"{name}: {image} is not pinned"
    commands = [step.get("run", "") for _, step in steps_of(workflow)]
    commands += [command for job in gitlab.values() if isinstance(job, dict) for command in [*job.get("before_script", []), *job["script"]]]
    for command in commands:
        if re.search(r"\b(apk add|apt-get|pip install|npm install|curl|wget)\b", command):
            yield f"something is installed by name: {command}"
        if "buildx create" in command and "@sha256:" not in command:
            yield f"an image that is not pinned: {command}"


def run(folder, command, **environment):
    return subprocess.run(["bash", "-e", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, env={
        **os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "COSIGN_CALLS": f"{folder}/calls", "COSIGN_REFUSES": "nothing", **environment})


def carry_out(hybridgen, model, commands, environment, identity):
    """The commands of one pipeline: it signs all, verifies all, and deploys nothing else."""
    sign, verify, generate = commands
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bin").mkdir()
        (folder / "bin/cosign").write_text(PRETENDED_COSIGN)
        (folder / "bin/cosign").chmod(0o755)
        (folder / "bin/hybridgen").symlink_to(Path(hybridgen).resolve())
        shutil.copy(model, folder / "hybriddeploy.yaml")
        services = yaml.safe_load(model.read_text())["services"]
        digests = {service: f"sha256:{number:064x}" for number, service in enumerate(services, 1)}
        images = {service: {"image.name": f"registry.example.com/{service}:1", "containerimage.digest": digest} for service, digest in digests.items()}
        (folder / "images.json").write_text(json.dumps({**images, "buildx.build.warnings": [{"vertex": "x"}], "other": "text"}))
        done = run(folder, sign)
        assert done.returncode == 0, done.stderr
        signed = sorted(f"registry.example.com/{service}:1@{digest}" for service, digest in digests.items())
        calls = (folder / "calls").read_text().splitlines()
        assert sorted(calls) == [f"sign --yes {image}" for image in signed], calls
        # One image whose signature does not hold ends the job.
        assert run(folder, verify, COSIGN_REFUSES=signed[0], **environment).returncode != 0
        (folder / "calls").write_text("")
        done = run(folder, verify + generate, **environment)
        assert done.returncode == 0, done.stderr
        calls = sorted((folder / "calls").read_text().splitlines())
        assert len(calls) == len(signed), calls
        for call, image in zip(calls, signed):
            assert call.endswith(f" {image}") and f"--certificate-identity {identity} " in call, call
        deployed = {}
        for file in (folder / "deploy").glob("50-*.yaml"):
            for container in yaml.safe_load(file.read_text())["spec"]["template"]["spec"]["containers"]:
                if container["name"] in digests:
                    deployed[container["name"]] = container["image"].partition("@")[2]
        assert deployed == digests, deployed
        # Nothing signed is nothing to deploy.
        (folder / "signed.txt").write_text("")
        assert run(folder, verify + generate, **environment).returncode != 0


def main(hybridgen, *models):
    if not shutil.which("jq"):
        print("jq is not installed: the pipelines' steps cannot be carried out")
        return 77
    failed = []
    for model in map(Path, models):
        text, gitlab_text = (subprocess.run([hybridgen, "generate", "-q", "-f", model, "--only", file], check=True, capture_output=True,
                                            text=True).stdout for file in ("ci/github/deploy.yml", "ci/gitlab/gitlab-ci.yml"))
        workflow, gitlab = yaml.safe_load(text), yaml.safe_load(gitlab_text)
        failed += [f"{model}: {complaint}" for complaint in complaints(workflow, gitlab, text)]
    steps = {step["name"]: step["run"] for _, step in steps_of(workflow) if "run" in step}
    carry_out(hybridgen, model, (steps["Sign"], steps["Verify signatures"], steps["Generate with the signed digests"]),
              {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_WORKFLOW_REF": "a/b/.github/workflows/deploy.yml@refs/heads/main", "GITHUB_SHA": "abc"},
              "https://github.com/a/b/.github/workflows/deploy.yml@refs/heads/main")
    verify, generate = gitlab["deploy"]["script"][1:3]
    carry_out(hybridgen, model, (gitlab["sign"]["script"][1], verify, generate),
              {"CI_PROJECT_URL": "https://gitlab.com/a/b", "CI_CONFIG_PATH": ".gitlab-ci.yml", "CI_COMMIT_BRANCH": "main", "CI_SERVER_URL": "https://gitlab.com",
               "CI_COMMIT_SHA": "abc"}, "https://gitlab.com/a/b//.gitlab-ci.yml@refs/heads/main")
    for image, taken in (("registry.example.com/tools:1", False), ("registry.example.com/tools:1@sha256:" + "0" * 64, True), ("", False)):
        for check in steps["Tools are pinned"], gitlab["deploy"]["script"][0]:
            assert (subprocess.run(["sh", "-e", "-c", check], env={"IMAGE": image}, capture_output=True).returncode == 0) == taken, image
    print("\n".join(failed) or f"the pipelines of {len(models)} models are pinned")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
