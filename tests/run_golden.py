#!/usr/bin/env python3
"""Generates each golden model and compares byte by byte: run_golden.py HYBRIDGEN READ_YAML FOLDER ... [--update] [--only NAME]

A golden folder holds hybriddeploy.yaml and expected.yaml; or, where it is a variant of another one, expected.diff with what
differs, of which the whole text is made before it is compared (expected.py). A folder becomes a variant with a file
expected.diff that says `--- ../BASE/expected.yaml`, and --update. In a folder files/, if there is one, also what goes with the manifests
by default, with the same permissions. A folder with hybriddeploy.workspace.yaml has the manifests of all its applications in
expected.yaml. What is printed is also read back by PyYAML, by YAML 1.1 rules, and by
libfyaml (READ_YAML), by YAML 1.2 rules; both must see the values and types that the JSON output has. With --update the
expectation is written anew: read it before you keep it.
"""
import argparse
import difflib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from expected import expected, keep

WORKSPACE = "hybriddeploy.workspace.yaml"
# libyaml's reader has the same rules as PyYAML's own, and takes a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def generate(hybridgen, folder, *args):
    if (folder / WORKSPACE).exists():
        args = ("-f", WORKSPACE, *args)
    done = subprocess.run([hybridgen, "generate", "-q", *(() if "-o" in args else ("-o", "-")), *args], cwd=folder, capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ValueError(f"exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode()


def read_by_libfyaml(read_yaml, text):
    done = subprocess.run([read_yaml], input=text.encode(), capture_output=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def typed(value):
    """The value with the type of each scalar, so that 1, 1.0, True and "1" all differ."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value).__name__, value


def first_difference(meant, read, path=""):
    if isinstance(meant, dict) and isinstance(read, dict) and list(meant) == list(read):
        return next(filter(None, (first_difference(meant[k], read[k], f"{path}.{k}") for k in meant)), None)
    if isinstance(meant, list) and isinstance(read, list) and len(meant) == len(read):
        return next(filter(None, (first_difference(m, r, f"{path}[{i}]") for i, (m, r) in enumerate(zip(meant, read)))), None)
    return None if meant == read else f"{path}: {meant!r} is meant, {read!r} was read"


def files_below(folder):
    return {str(path.relative_to(folder)): (path.read_text(), bool(path.stat().st_mode & 0o100))
            for path in sorted(folder.rglob("*")) if path.is_file()}


# Text that is embedded as it stands is compared with where it stands, not with a copy for each folder.
AS_THEY_STAND = files_below(Path(__file__).resolve().parents[1] / "lib/operations/emit/scripts")


def is_as_it_stands(name, file):
    return AS_THEY_STAND.get(name.removeprefix("scripts/"), ("", False))[0] == file[0]


def generated_files(hybridgen, folder):
    """What a folder gets beside manifests and index."""
    with tempfile.TemporaryDirectory() as temporary:
        generate(hybridgen, folder, "-o", temporary)
        files = files_below(Path(temporary))
    return {name: file for name, file in files.items()
            if ("/" in name or not name.endswith((".yaml", ".hybriddeploy"))) and not is_as_it_stands(name, file)}


def check_files(hybridgen, folder, update):
    files = generated_files(hybridgen, folder)
    kept = folder / "files"
    if update and files:
        shutil.rmtree(kept, ignore_errors=True)
        for name, (text, executable) in files.items():
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            (kept / name).write_text(text)
            (kept / name).chmod(0o755 if executable else 0o644)
    old = files_below(kept)
    for name in sorted(files.keys() | old.keys()):
        if files.get(name) != old.get(name):
            lines = [side.get(name, ("", False)) for side in (old, files)]
            diff = difflib.unified_diff(*(text.splitlines(True) for text, _ in lines), f"files/{name}", "generated")
            raise ValueError("".join(list(diff)[:60]) or f"files/{name}: executable is {lines[0][1]}, generated {lines[1][1]}")


def check(hybridgen, read_yaml, folder, update):
    is_workspace = (folder / WORKSPACE).exists()
    if not is_workspace:
        check_files(hybridgen, folder, update)
    text = generate(hybridgen, folder)
    meant = [json.loads(line) for line in generate(hybridgen, folder, "--format", "json").splitlines()]
    # A workspace is no List, because each application would be one.
    listed = {"items": meant} if is_workspace else yaml.load(generate(hybridgen, folder, "--format", "list"), Loader=LOADER)
    if update:
        keep(folder, text)
    old = expected(folder) or ""
    if text != old:
        diff = difflib.unified_diff(old.splitlines(True), text.splitlines(True), "expected.yaml", "generated")
        raise ValueError("".join(list(diff)[:60]))
    for reader, read in (("PyYAML", list(yaml.load_all(text, Loader=LOADER))), ("libfyaml", read_by_libfyaml(read_yaml, text)),
                         ("the List", listed["items"])):
        difference = first_difference(typed(meant), typed(read))
        if difference:
            raise ValueError(f"{reader}: {difference}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hybridgen")
    parser.add_argument("read_yaml")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    folders = sorted({model.parent for folder in args.folders for name in ("hybriddeploy.yaml", WORKSPACE)
                      for model in folder.glob(f"*/{name}") if args.only in str(model)},
                     key=lambda folder: ((folder / "expected.diff").exists(), folder))
    failed = 0
    for folder in folders:
        try:
            check(str(Path(args.hybridgen).resolve()), str(Path(args.read_yaml).resolve()), folder, args.update)
        except (ValueError, yaml.YAMLError, subprocess.SubprocessError) as why:
            failed += 1
            print(f"FAIL {folder.name}\n{why}")
    print(f"{len(folders) - failed} passed, {failed} failed")
    return failed > 0 or not folders


sys.exit(main())
