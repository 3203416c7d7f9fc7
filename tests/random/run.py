#!/usr/bin/env python3
"""Judges hybridgen by random models: run.py HYBRIDGEN [--seeds N] [--mutants N] [--from SEED] [--only SEED,...] [--jobs N]

A valid model must be accepted and its manifests must hold together (check_refs.py, ../judges/), allow what is declared and nothing else
(../policy/evaluate.py), and come out alike in every format and surrounding. A harmed model must never crash or hang the
program: it is accepted, or refused with positions. Every failure is printed with the seed that shows it again.
"""
import argparse
import copy
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

import jsonschema
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "policy"), os.path.join(HERE, "..", "judges")]

import check_refs
import delivery
import environments
import evaluate
import manifests
import routing
import traffic
import generate
from dice import Dice
from model import Model
from otlp import Telemetry

LONGEST = 20  # seconds
EVERY = 8  # seeds of which one is looked at from all sides
SURROUNDINGS = [{"LC_ALL": "C", "TZ": "Pacific/Auckland"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York", "HOME": "/", "COLUMNS": "20"}]


class StrictLoader(yaml.CSafeLoader):
    """YAML 1.1, where no mapping may have a key twice."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key stands twice on line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError(f"a key stands twice in {[key for key, _ in pairs]}")
    return dict(pairs)


def without_collectors(model, docs):
    """What the collector stands in is no service of the model; its network is looked at with the others."""
    names = {name for name, _ in Telemetry(model).collectors(model)}
    return [doc for doc in docs if doc["kind"] != "OpenTelemetryCollector" and (doc["metadata"].get("labels") or {}).get("app.kubernetes.io/name") not in names and doc["metadata"]["name"] not in names]


def move(dice, holder, layer, kept):
    """Some members go from a mapping into the layer over it; of numbers another one may stay."""
    for key in sorted(set(holder) - kept):
        if dice.chance(0.3):
            layer[key] = holder[key]
            if type(holder[key]) is int and dice.chance(0.5):
                holder[key] += 1
            else:
                del holder[key]


class Runner:
    """One worker's place and its way to call the program."""

    def __init__(self, hybridgen):
        self.hybridgen = os.path.abspath(hybridgen)
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "model.yaml")
        self.validator = None

    def put(self, data):
        with open(self.path, "wb") as file:
            file.write(data)

    def call(self, *arguments, env=None, cwd=None):
        return subprocess.run([self.hybridgen, *arguments], capture_output=True, timeout=LONGEST, check=False, stdin=subprocess.DEVNULL,
                              env={**os.environ, **env} if env else None, cwd=cwd)

    def valid(self, seed):
        model, text = generate.valid(seed)
        self.put(text.encode())
        run = self.call("generate", "-f", self.path, "--format", "json", "-q")
        if run.returncode:
            errors = [line for line in run.stderr.decode(errors="replace").splitlines() if ": error: " in line]
            return errors or [f"status {run.returncode}: {run.stderr.decode(errors='replace')[:600]}"]
        docs = [json.loads(line, object_pairs_hook=unique) for line in run.stdout.splitlines()]
        found = manifests.problems(model, docs)[:5]
        told, own = generate.plain(model, docs)
        split, whole = delivery.undelivered(model, own)
        found += told + split + evaluate.problems(model, whole)[:5] + routing.problems(model, own)[:5] + traffic.problems(model, whole)[:5] + check_refs.problems(Model(model), without_collectors(Model(model), whole)) + self.refused_by_schema(model)
        found += self.in_each_environment(model)
        if seed % EVERY == 0:
            found += self.from_all_sides(model, seed, docs)
        return found

    def from_all_sides(self, model, seed, docs):
        found = []
        first = self.call("generate", "-f", self.path)
        if [doc for doc in yaml.load_all(first.stdout, Loader=StrictLoader) if doc] != docs:
            found.append("YAML and JSON differ")
        listed = yaml.load(self.call("generate", "-f", self.path, "--format", "list").stdout, Loader=StrictLoader)
        if (listed["apiVersion"], listed["kind"], listed["items"]) != ("v1", "List", docs):
            found.append("YAML and the List differ")
        for env in SURROUNDINGS:
            if self.call("generate", "-f", "model.yaml", env=env, cwd=self.folder.name).stdout != first.stdout:
                found.append(f"other bytes with {env}")
        if self.call("validate", "-f", self.path).returncode:
            found.append("generate accepts what validate refuses")
        found += self.taken_away(model, seed)
        found += self.in_environment(model, seed)
        self.put(self.call("explain", "-f", self.path).stdout)
        if self.call("generate", "-f", self.path).stdout != first.stdout:
            found.append("what explain writes yields other manifests")
        return found

    def in_each_environment(self, model):
        """An environment of the model gives what the model with its layer would give."""
        found, path = [], os.path.join(self.folder.name, "laid.json")
        for name, whole in environments.models(model):
            self.write(path, whole)
            wanted, got = self.call("generate", "-q", "-f", path), self.call("generate", "-q", "-f", self.path, "-e", name)
            if wanted.stdout != got.stdout or not got.stdout:
                found.append(f"the environment {name} yields other manifests: {got.stderr.decode(errors='replace')[:300]}")
        return found

    def in_environment(self, model, seed):
        """What stands in an environment, in the model or beside it, counts there like what stands in the model."""
        dice, whole = Dice(f"environment {seed}"), {"environment": "staging", **model}
        base, layer = copy.deepcopy(whole), {}
        move(dice, base, layer, {"name", "services", "environments"})
        if isinstance(base["services"], dict):
            for name, service in base["services"].items():
                over = {}
                if isinstance(service, dict):
                    move(dice, service, over, set())
                if over:
                    layer.setdefault("services", {})[name] = over
        folder = os.path.join(self.folder.name, "environments")
        os.makedirs(folder, exist_ok=True)
        is_beside, outputs = dice.chance(0.5), []
        for content in (whole, base if is_beside else {**base, "environments": {"staging": layer}}):
            self.write(os.path.join(folder, "hybriddeploy.yaml"), content)
            self.write(os.path.join(folder, "hybriddeploy.staging.yaml"), layer if is_beside and content is base else {})
            outputs.append(self.call("generate", "-q", "-e", "staging", cwd=folder))
        if outputs[0].stdout != outputs[1].stdout or not outputs[1].stdout:
            return [f"an environment of {json.dumps(layer)[:300]} yields other manifests: {outputs[1].stderr.decode(errors='replace')[:300]}"]
        return []

    @staticmethod
    def write(path, value):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)

    def taken_away(self, model, seed):
        """A layer of nulls leaves the same as a model that never had what they take away."""
        dice, without, over = Dice(f"taken away {seed}"), copy.deepcopy(model), {}
        for _ in range(3):
            holder, layer = without, over
            while True:
                key = dice.pick(sorted(holder))
                if not isinstance(holder[key], dict) or not holder[key] or (holder is not without and dice.chance(0.2)):
                    break
                holder, layer = holder[key], layer.setdefault(key, {})
            if holder is without or len(holder) == 1:
                continue
            del holder[key]
            layer[key] = None
        paths = [os.path.join(self.folder.name, name) for name in ("whole.json", "over.json", "without.json")]
        for path, value in zip(paths, (model, over, without)):
            with open(path, "w", encoding="utf-8") as file:
                json.dump(value, file)
        laid, plain = self.call("generate", "-q", "-f", paths[0], "-f", paths[1]), self.call("generate", "-q", "-f", paths[2])
        if (laid.returncode, laid.stdout) != (plain.returncode, plain.stdout):
            return [f"the nulls of {json.dumps(over)} leave another model: status {laid.returncode}, not {plain.returncode}"]
        return []

    def refused_by_schema(self, model):
        """What the JSON Schema has against a model."""
        if not self.validator:
            self.validator = jsonschema.Draft202012Validator(json.loads(self.call("schema").stdout))
        error = next(self.validator.iter_errors(model), None)
        return [f"the schema refuses {list(error.absolute_path)}: {error.message[:300]}"] if error else []

    def mutated(self, seed):
        self.put(generate.mutated(seed))
        try:
            run = self.call("validate" if seed % 4 else "generate", "-f", self.path, "--diagnostics", "json")
        except subprocess.TimeoutExpired:
            return [f"takes more than {LONGEST} s"]
        if run.returncode not in (0, 1, 3):
            return [f"status {run.returncode}: {run.stderr.decode(errors='replace')[-1500:]}"]
        return self.diagnostics(run)

    @staticmethod
    def diagnostics(run):
        """Each error says where it is, and errors and the status agree."""
        found, errors = [], 0
        for line in run.stderr.decode().splitlines():
            try:
                diagnostic = json.loads(line)
            except ValueError:
                return [f"stderr has {line[:300]!r}"]
            errors += diagnostic["severity"] == "error"
            if not diagnostic["line"] or not diagnostic["column"] or not diagnostic["message"] or not diagnostic["code"].startswith("HD"):
                found.append(f"says without a position {line[:300]}")
        if bool(errors) != bool(run.returncode):
            found.append(f"status {run.returncode} with {errors} errors")
        if run.returncode and run.stdout:
            found.append("writes manifests of a wrong model")
        return found


RUNNER = None


def start(hybridgen):
    global RUNNER
    RUNNER = Runner(hybridgen)


def judge(task):
    kind, seed = task
    try:
        found = RUNNER.valid(seed) if kind == "valid" else RUNNER.mutated(seed)
    except subprocess.TimeoutExpired:
        found = [f"takes more than {LONGEST} s"]
    except Exception as error:  # pylint: disable=broad-except: whatever the output did to a judge is a finding
        found = [f"{type(error).__name__}: {error}"]
    return kind, seed, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hybridgen")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--only", type=lambda text: [int(word) for word in text.split(",")], help="valid models of these seeds, and no others")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--failures", type=int, default=20, help="stop after so many")
    options = parser.parse_args()
    seeds = options.only or range(options.first, options.first + options.seeds)
    tasks = [("valid", seed) for seed in seeds] + [("mutated", options.first + i) for i in range(options.mutants)]
    began, failures = time.monotonic(), 0
    with multiprocessing.Pool(options.jobs, start, (options.hybridgen,)) as pool:
        for kind, seed, found in pool.imap_unordered(judge, tasks, chunksize=16):
            for words in found[:5]:
                print(f"{kind} seed {seed} (generate.py {'--mutate ' if kind == 'mutated' else ''}{seed}): {words}")
            failures += bool(found)
            if failures >= options.failures:
                pool.terminate()
                break
    print(f"{len(seeds)} valid and {options.mutants} harmed models from seed {seeds[0] if seeds else options.first}: {failures} failures, "
          f"{time.monotonic() - began:.1f} s")
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
