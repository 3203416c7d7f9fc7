#!/usr/bin/env python3
"""Judges the manifests and files of models by what servers and controllers do with them: judge.py HYBRIDGEN MODEL...

Each module of this folder has a function problems(value, docs), or problems(value, docs, folder) when it judges files too. The judges of
policies, of routes and of references look at the same models. None of them shares code with the library.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import manifests  # It knows where the others are.
import check_refs
import delivery
import evaluate
import files
import routing
import traffic
from model import Model
from run import without_collectors


def of_the_model(value, docs):
    """The findings of the judges in other folders. Those expect one workload a service, so the versions of a delivery are joined for them first."""
    found, whole = delivery.undelivered(value, docs)
    found += evaluate.problems(value, whole) + routing.problems(value, docs) + traffic.problems(value, whole)
    return found + check_refs.problems(Model(value), without_collectors(Model(value), whole))


def generated(hybridgen, path, folder):
    """(model, manifests in the order in which they are applied); the files are in the folder."""
    run = subprocess.run([hybridgen, "generate", "-q", "-f", path], capture_output=True, text=True, check=False)
    if run.returncode:
        raise ValueError(run.stderr)
    subprocess.run([hybridgen, "generate", "-q", "-f", path, "-o", folder], capture_output=True, check=True)
    return yaml.load(Path(path).read_text(), Loader=yaml.CSafeLoader), [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]


def judge(hybridgen, path, by_model):
    with tempfile.TemporaryDirectory() as folder:
        try:
            value, docs = generated(hybridgen, path, folder)
        except ValueError as error:
            return [str(error)]
        found = manifests.problems(value, docs) + files.problems(value, docs, Path(folder)) + list(files.checksums(os.path.abspath(hybridgen), value, docs, Path(path).parent))
        # These judges change the documents that they read.
        return found + (of_the_model(value, yaml.load(yaml.dump(docs, Dumper=yaml.CSafeDumper), Loader=yaml.CSafeLoader)) if by_model else [])


def main(hybridgen, *paths):
    failed, by_model = 0, True
    for path in paths:
        if path == "--manifests-alone":
            by_model = False
            continue
        found = judge(hybridgen, path, by_model)
        for words in found[:12]:
            print(f"{path}: {words}")
        failed += bool(found)
    print(f"{len(paths)} models, {failed} with faults")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
