#!/usr/bin/env python3
"""Whether a value of the model ever becomes code: hostile.py HYBRIDGEN

Every text of a model that is free, or might be, is replaced by texts that mean something to a shell, to Docker, HCL, YAML, Markdown
and the pipelines. Either the model is refused, or the files have the shape that they have with a harmless text: the same
instructions, the same lines and fields, the same structure, the same scripts byte for byte.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from check_images import instructions, unquoted

MODEL = """\
name: shop
namespace: shop
environment: staging
host: shop.example.com
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
secretStore: vault
secrets: {keys: {keys: {key: {remoteKey: shop/key}}}}
externals: {billing: {cidrs: [192.0.2.0/24], port: 443, host: billing.example.com}}
operations:
  recoveryPoint: 24h
  recoveryTime: 1h
  source: https://git.example.com/shop
  backup:
    schedule: "0 3 * * *"
    retention: 720h
    exempt: {web-cache: harmless}
    velero: {namespace: velero, storageLocation: main, provider: aws, bucket: backups, prefix: shop, config: {region: harmless}}
services:
  web:
    runtime: cpython
    command: [harmless]
    args: [harmless]
    workingDir: /harmless
    expose: {path: /harmless}
    calls: [search, billing]
    replicas: 1
    volumes: {cache: {mountPath: /cache, claim: 1Gi}}
    env: {A: harmless, B: {secret: keys, key: key}}
    labels: {team: harmless}
    annotations: {note: harmless}
    build: {context: web, requirements: r.txt, packages: [libpq5], buildPackages: [gcc], args: {A: harmless}, platforms: [linux/amd64]}
  search:
    runtime: condon
    build: {source: main.py, compilerFlags: [harmless], context: search}
"""

PLACES = """
name namespace environment host imageRegistry imageTag secretStore.name secrets.keys.keys.key.remoteKey externals.billing.host
operations.recoveryPoint operations.recoveryTime operations.source operations.backup.schedule operations.backup.retention
operations.backup.exempt.web-cache.reason operations.backup.velero.namespace operations.backup.velero.storageLocation
operations.backup.velero.provider operations.backup.velero.bucket operations.backup.velero.prefix operations.backup.velero.config.region
services.web.command[0] services.web.args[0] services.web.workingDir services.web.expose[0].path services.web.env.A.value
services.web.labels.team services.web.annotations.note services.web.build.context services.web.build.requirements
services.web.build.packages[0] services.web.build.buildPackages[0] services.web.build.args.A services.web.build.platforms[0]
services.web.build.module services.web.build.baseImage services.web.build.builderImage services.web.build.pythonVersion
services.search.build.source services.search.build.compilerFlags[0] services.search.build.compilerVersion
services.search.build.compilerDigest services.web.volumes.cache.claim.storageClassName
""".split()

TEXTS = ["$(touch /tmp/x)", "`id`", "a'b", 'a"b', 'a"]; RUN id', "a\nRUN id", "a\n\nENTRYPOINT [\"id\"]", "a\tb\tc", "a\\", "a\\\nb", "${HOME}",
         "$HOME", "%{if true}", "${{ github.token }}", "; id #", "&& id", "| b | c |", "```\n# d\n```", "# syntax=x", "--help", "../../x",
         "a\r\nb", "<script>", "\x1b[31m", "*", "~"]


def hcl_shape(text):
    """The text with its strings empty; None when one does not end."""
    text = re.sub(r"#.*", "", re.sub(r'"(?:\$\$\{|%%\{|(?!\$\{(?!DOCKERFILES\})|%\{)(?:[^"\\\n]|\\.))*"', '""', text))
    return None if text.count('"') % 2 or re.search(r'"[^"]', text.replace('""', "")) else text


def yaml_shape(value):
    if isinstance(value, dict):
        return {key: yaml_shape(item) for key, item in value.items()}
    return [yaml_shape(item) for item in value] if isinstance(value, list) else type(value).__name__


def markdown_shape(text):
    return [(line.startswith("#"), line.startswith("```"), len(re.findall(r"(?<!\\)\|", line))) for line in text.splitlines()]


def shape(name, text):
    if name.endswith("/Dockerfile"):
        for word, rest in instructions(text):
            if word in ("ARG", "WORKDIR"):
                unquoted(rest.partition("=")[2] if word == "ARG" else rest)  # raises when something would be expanded
        return [word for word, _ in instructions(text)], [line for line in text.splitlines() if line.startswith("#")]
    if name.endswith(".tsv"):
        return [(line.split("\t")[0], line.count("\t")) for line in text.split("\n")]
    if name.endswith(".hcl"):
        return hcl_shape(text)
    if name.endswith((".yml", ".yaml")):
        return yaml_shape(yaml.safe_load(text))
    return markdown_shape(text) if name.endswith(".md") else text


def generate(hybridgen, folder, *sets):
    """The shapes of all files that go with the manifests; None when the model is refused."""
    model = Path(folder, "model.yaml")
    model.write_text(MODEL)
    with tempfile.TemporaryDirectory() as output:
        done = subprocess.run([hybridgen, "generate", "-q", "-f", model, "-o", output, *(word for one in sets for word in ("--set", one))],
                              capture_output=True, text=True)
        if done.returncode in (1, 2, 3) and "error" in done.stderr:
            return None
        if done.returncode:
            raise AssertionError(f"{sets}: status {done.returncode}: {done.stderr}")
        files = [file for file in Path(output).rglob("*/*") if file.is_file()] + [Path(output, "runbook.md")]
        return {str(file.relative_to(output)): shape(str(file), file.read_text()) for file in files}


def main(hybridgen):
    failed, n_refused, n_taken = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        harmless = generate(hybridgen, folder)
        assert len(harmless) > 10 and all(shape is not None for shape in harmless.values()), harmless
        for place in PLACES:
            for text in TEXTS:
                found = generate(hybridgen, folder, f"{place}={json.dumps(text)}")
                if found is None:
                    n_refused += 1
                    continue
                n_taken += 1
                failed += [f"{place}={text!r}: {name} has another shape" for name in harmless.keys() | found.keys()
                           if harmless.get(name) != found.get(name)]
    print(*failed, sep="\n")
    print(f"{n_taken} taken, {n_refused} refused, {len(failed)} with another shape")
    return bool(failed) or not n_taken or not n_refused


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
