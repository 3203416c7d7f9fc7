#!/usr/bin/env python3
"""Where lines of manifests come from, as `hybridgen explain` tells it: check_backward.py HYBRIDGEN VALUES LINES MODEL...

A folder stands for the models in its folders.

Of each model, VALUES values that stand in it are changed one after the other with --set. Where a line of a manifest showed the value, and then
shows the new one, explain must name the line of the value. LINES lines of all manifests are asked for as FILE:LINE, twice: both answers must be
the same, name a line where the value stands, if any, and agree with the answer for the field. The comparison is this program's own.
"""
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextLoader(LOADER):
    """All scalars are texts, as they stand in the file."""


TextLoader.yaml_implicit_resolvers = {}


class Model:
    def __init__(self, hybridgen, path):
        self.hybridgen, self.path, self.failures, self.n_values, self.n_lines = hybridgen, path, [], 0, 0
        self.random = random.Random(path.parent.name)
        self.text = self.run("generate").stdout
        self.documents = self.objects(self.text)
        self.source = path.read_text().splitlines()
        self.tree = yaml.compose(path.read_text(), LOADER)

    def run(self, *args):
        return subprocess.run([self.hybridgen, *args], cwd=self.path.parent, capture_output=True, text=True, timeout=120)

    @staticmethod
    def objects(text):
        return {(document["kind"], document["metadata"]["name"]): document for document in yaml.load_all(text, TextLoader) if document}

    def answer(self, *args):
        done = self.run("explain", "-q", "--format", "json", *args)
        if done.returncode:
            self.failures.append(f"{self.path}: explain {' '.join(args)}: exit {done.returncode} {done.stderr}")
            return []
        return [json.loads(line) for line in done.stdout.splitlines()]

    def other(self, value):
        """Texts for --set that the member may have."""
        if isinstance(value, bool):
            return ()
        if isinstance(value, int):
            return [str(value + 1), str(value - 1)] if value > 0 else [str(value + 1)]
        more = re.sub(r"\d+(?=\D*$)", lambda found: str(int(found[0]) + 1), value)
        less = re.sub(r"\d+(?=\D*$)", lambda found: str(max(int(found[0]) - 1, 0)), value)
        return [text for text in (more, less, value + "q", "q" + value) if text != value]

    def check_value(self, value):
        for text in self.other(value["value"]):
            setting = text if isinstance(value["value"], int) else json.dumps(text)
            done = self.run("generate", "-q", "--set", f"{value['path']}={setting}")
            if done.returncode == 0:
                self.check_change(value, text, self.objects(done.stdout))
                return

    def check_change(self, value, text, changed):
        shown = []
        for key, document in self.documents.items():
            if key in changed:
                shown += [(key, field) for field, was, now in differences(document, changed[key]) if "\n" not in was and str(value["value"]) in was and text in now]
        for (kind, name), field in self.random.sample(shown, min(len(shown), 2)):
            self.n_values += 1
            for answer in self.answer(f"{kind}/{name}", field):
                if not any((source["file"], source["line"]) == (value["file"], value["line"]) and source["certain"] for source in answer["sources"]):
                    told = [f"{source['file']}:{source['line']} {source['path']}" for source in answer["sources"]]
                    self.failures.append(f"{self.path}: {kind}/{name} {field} ({answer['value']}) comes from line {value['line']} {value['path']}, and not from {told}")

    def check_values(self, n):
        values = [value for value in self.answer() if value["origin"] == "given" and value["line"] and value["value"] not in (None, [], "")
                  and isinstance(value["value"], (int, str)) and value["file"] == self.path.name]
        for value in self.random.sample(values, min(n, len(values))):
            self.check_value(value)

    def check_lines(self, n, folder):
        self.run("generate", "-q", "--with", "none", "-o", f"{folder}/")
        lines = [(file, line) for file in sorted(folder.glob("[0-9]*.yaml")) for line, text in enumerate(file.read_text().splitlines(), 1) if text != "---"]
        for file, line in self.random.sample(lines, min(n, len(lines))):
            answers = self.answer(f"{file}:{line}")
            self.n_lines += 1
            if answers != self.answer(f"{file}:{line}"):
                self.failures.append(f"{self.path}: two answers for line {line} of {file.name}")
            # A key means all that is below it.
            is_key = file.read_text().splitlines()[line - 1].endswith(":")
            if not answers or any(answer["manifest"] != file.name or (answer["line"] < line if is_key else answer["line"] != line) for answer in answers):
                self.failures.append(f"{self.path}: no answer for line {line} of {file.name}, but {answers}")
            for answer in self.random.sample(answers, min(len(answers), 1)):
                whole = self.answer(f"{answer['kind']}/{answer['name']}", answer["field"])
                # A line of a text of several lines is no field of its own, and the name may be that of an object of another namespace too.
                if [answer] != whole and not any("\n" in other["value"] or other["manifest"] != answer["manifest"] for other in whole):
                    self.failures.append(f"{self.path}: another answer for {answer['field']} of {answer['kind']}/{answer['name']} than for line {line}")
            for source in (source for answer in answers for source in answer["sources"]):
                self.check_place(source)

    def lines_of(self, path):
        """The lines at which a path of the model begins: that of its key and that of its value; none where the model says it shorter."""
        node, lines = self.tree, set()
        for name, quoted, index in re.findall(r'([^.\[\]"]+)|\["([^"]*)"\]|\[(\d+)\]', path):
            if index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
                node = node.value[int(index)]
                lines = {node.start_mark.line + 1}
            elif isinstance(node, yaml.MappingNode) and any(key.value == (name or quoted) for key, _ in node.value):
                key, node = next(entry for entry in node.value if entry[0].value == (name or quoted))
                lines = {key.start_mark.line + 1, node.start_mark.line + 1}
            else:
                return set()
        return lines

    def check_place(self, source):
        """The line that is named begins the value, where its path leads to one; else it shows the value, or a key that leads to it."""
        if source["file"] != self.path.name:
            return
        lines = self.lines_of(source["path"])
        if lines:
            if source["line"] not in lines:
                self.failures.append(f"{self.path}: {source['path']} begins in {sorted(lines)} and not in line {source['line']}")
            return
        line = "\n".join(self.source[max(source["line"] - (2 if source["value"] is None or "\n" in source["value"] else 1), 0):source["line"]])
        names = re.findall(r"[\w-]+", source["path"])
        if str(source["value"]).split("\n")[0] not in line and not any(name in line for name in names):
            self.failures.append(f"{self.path}: {source['path']} ({source['value']}) does not stand in line {source['line']}: {line}")


def key_text(key, is_first):
    if re.search(r'[.\[\]" ]', key):
        return f'["{key}"]'
    return key if is_first else f".{key}"


def differences(was, now, path=""):
    """The scalars that differ, where both have them at the same place."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in was:
            if key in now:
                yield from differences(was[key], now[key], path + key_text(key, not path))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now)):
            yield from differences(one, other, f"{path}[{i}]")
    elif isinstance(was, str) and isinstance(now, str) and was != now:
        yield path, was, now


def check(hybridgen, n_values, n_lines, path):
    model = Model(hybridgen, path)
    with tempfile.TemporaryDirectory() as folder:
        model.check_values(n_values)
        model.check_lines(n_lines, Path(folder) / "deploy")
    return model.failures, model.n_values, model.n_lines


def main():
    hybridgen, n_values, n_lines = str(Path(sys.argv[1]).resolve()), int(sys.argv[2]), int(sys.argv[3])
    paths = [path for one in map(Path, sys.argv[4:]) for path in (sorted(one.glob("*/hybriddeploy.yaml")) if one.is_dir() else [one])]
    failures, n = [], [0, 0]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for more, of_values, of_lines in pool.map(lambda path: check(hybridgen, n_values, n_lines, path), paths):
            failures += more
            n = [n[0] + of_values, n[1] + of_lines]
    print("\n".join(f"FAIL {failure}" for failure in failures))
    print(f"{n[0]} lines that show a value of the model, {n[1]} lines by chance")
    assert n[0] and n[1]
    return len(failures) > 0


if __name__ == "__main__":
    sys.exit(main())
