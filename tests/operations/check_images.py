#!/usr/bin/env python3
"""Whether images and manifests agree: check_images.py HYBRIDGEN MODEL ... | --random COUNT

Reads each generated Dockerfile with a reader of its own, and compares with the manifests what the last stage says: its user, its
ports, what it runs and where. Shares no code with the library.
"""
import collections
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml


def instructions(text):
    """Pairs of an instruction and its argument, with lines joined; comments are gone."""
    joined, found = "", []
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("#") or (not line.strip() and not joined):
            continue
        if line.endswith("\\"):
            joined += line[:-1]
            continue
        word, _, rest = (joined + line).strip().partition(" ")
        found.append((word.upper(), rest.strip()))
        joined = ""
    assert not joined, "the last line goes on"
    return found


def unquoted(word):
    """A word as BuildKit takes it: quotes gone, backslashes resolved; nothing in it may be expanded."""
    out, quoted, i = "", word.startswith('"'), 0
    body = word[1:-1] if quoted else word
    while i < len(body):
        if body[i] == "\\":
            i += 1
        elif body[i] in "$\"":
            raise ValueError(f"{word} is expanded")
        out += body[i]
        i += 1
    return out


class Image:
    """What the last stage leaves."""

    def __init__(self, text):
        self.stages = 0
        for word, rest in instructions(text):
            if word == "FROM":
                self.stages += 1
                self.user = self.folder = self.entry = self.health = None
                self.ports, self.arguments, self.labels = set(), [], {}
            elif word == "USER":
                self.user = tuple(int(part) for part in rest.split(":"))
            elif word == "WORKDIR":
                self.folder = unquoted(rest)
            elif word == "EXPOSE":
                self.ports |= {(int(p.partition("/")[0]), p.partition("/")[2] or "tcp") for p in rest.split()}
            elif word == "ENTRYPOINT":
                self.entry = json.loads(rest)
            elif word == "CMD":
                self.arguments = json.loads(rest)
            elif word == "HEALTHCHECK":
                self.health = rest


def pod_of(manifest):
    spec = manifest["spec"]
    if manifest["kind"] == "ScaledJob":
        spec = spec["jobTargetRef"]
    return (spec["jobTemplate"]["spec"] if manifest["kind"] == "CronJob" else spec)["template"]["spec"]


def complaints(image, pod, container):
    context = {**pod.get("securityContext", {}), **container.get("securityContext", {})}
    user = tuple(context[key] for key in ("runAsUser", "runAsGroup") if key in context)
    ports = {(port["containerPort"], port.get("protocol", "TCP").lower()) for port in container.get("ports", [])}
    if image.stages != 2:
        yield f"{image.stages} stages"
    if image.user != (user or None):
        yield f"user {image.user}, the pod's is {user}"
    if image.ports != ports:
        yield f"ports {image.ports}, the container's are {ports}"
    if image.health != "NONE":
        yield "a health check beside the probes"
    if "command" in container and image.entry != container["command"]:
        yield f"entry point {image.entry}, the container's command is {container['command']}"
    if image.arguments != container.get("args", []):
        yield f"arguments {image.arguments}, the container's are {container.get('args', [])}"
    if "workingDir" in container and image.folder != container["workingDir"]:
        yield f"folder {image.folder}, the container's is {container['workingDir']}"
    if not image.entry:
        yield "nothing to run"


def check(hybridgen, model):
    n_images, failed = 0, []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([hybridgen, "generate", "-q", "-f", model, "-o", folder + "/", "--with", "dockerfiles"], check=True)
        pods = collections.defaultdict(list)
        for file in Path(folder).glob("*.yaml"):
            manifest = yaml.safe_load(file.read_text())
            if manifest["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ScaledJob", "Rollout"):
                # Each version of a service has pods of its own, and all have one Dockerfile.
                pods[(manifest["metadata"].get("labels") or {}).get("app.kubernetes.io/name")].append(pod_of(manifest))
        for file in sorted(Path(folder).glob("dockerfiles/*/Dockerfile")):
            name = file.parent.name
            if not pods[name]:
                failed.append(f"{model}: {name}: a Dockerfile, and no pods")
            for pod in pods[name]:
                container = next(c for c in pod["containers"] if c["name"] == name)
                failed += [f"{model}: {name}: {what}" for what in complaints(Image(file.read_text()), pod, container)]
            n_images += 1
    return n_images, failed


def random_models(folder, count):
    generate = Path(__file__).parents[1] / "random/generate.py"
    for seed in range(count):
        model = Path(folder, f"{seed}.yaml")
        model.write_bytes(subprocess.run([sys.executable, generate, f"images {seed}"], capture_output=True, check=True).stdout)
        yield model


def main(hybridgen, *models):
    if models[0] == "--random":
        with tempfile.TemporaryDirectory() as folder:
            return main(hybridgen, *random_models(folder, int(models[1])))
    results = [check(hybridgen, model) for model in models]
    failed = [line for _, lines in results for line in lines]
    print(*failed, sep="\n")
    n_images = sum(n for n, _ in results)
    print(f"{n_images} images, {len(failed)} disagreements")
    return bool(failed) or not n_images


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
