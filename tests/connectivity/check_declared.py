#!/usr/bin/env python3
"""hybridgen graph --check on golden and random models, and on manifests with a fault: check_declared.py HYBRIDGEN GOLDEN RANDOM

The generated manifests must allow what the model declares, and nothing else. Then one rule of a policy is removed, or opened to anybody:
graph --check must report it whenever this changes the connections between workloads. RANDOM is the number of random models.
"""
import json
import random
import re
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "random"))
import generate


def run(hybridgen, *args, text=None):
    return subprocess.run([hybridgen, *args], input=text, capture_output=True, text=True, timeout=60)


def pairs(hybridgen, text):
    """The connections between workloads."""
    lines = run(hybridgen, "graph", "-q", "-", text=text).stdout.splitlines()
    return {line for line in lines if line.count("[") == 2 and not re.search(r"\[(Ingress|\w*Route|VirtualService)\] -> ", line)}


def faulty(manifests, choice):
    """The manifests with a fault in one policy; None when no policy has a rule in which to make one."""
    copy = json.loads(json.dumps(manifests))
    rules = [(spec, key, i) for spec in (one["spec"] for one in copy if one["kind"] == "NetworkPolicy") for key in ("ingress", "egress")
             for i in range(len(spec.get(key) or []))]
    if not rules:
        return None
    spec, key, index = choice.choice(rules)
    if choice.random() < 0.5:
        del spec[key][index]
    else:
        spec[key][index] = {}
    return copy


def stream(manifests):
    return "".join(json.dumps(one) + "\n" for one in manifests)


def check_random(hybridgen, n_models):
    """The first seed whose manifests allow something else than its model declares; None when all agree."""
    for seed in range(n_models):
        done = run(hybridgen, "graph", "-q", "--check", "-f", "-", text=generate.valid(seed)[1])
        if done.returncode or done.stdout:
            print(f"seed {seed}: {done.stdout}{done.stderr}")
            return seed
    return None


def main(hybridgen, golden, n_random):
    if check_random(hybridgen, int(n_random)) is not None:
        return 1
    choice, n_models, n_told, n_same = random.Random(1), 0, 0, 0
    for model in sorted(Path(golden).glob("*/hybriddeploy.yaml")):
        done = run(hybridgen, "graph", "-q", "--check", "-f", model)
        if done.returncode or done.stdout:
            print(f"{model}: {done.stdout}{done.stderr}")
            return 1
        manifests = [json.loads(line) for line in run(hybridgen, "generate", "-q", "--format", "json", "-f", model).stdout.splitlines()]
        right = pairs(hybridgen, stream(manifests))
        n_models += 1
        for changed in filter(None, [faulty(manifests, choice) for _ in range(4)]):
            differs = pairs(hybridgen, stream(changed)) != right
            told = run(hybridgen, "graph", "-q", "--check", "-f", model, "-", text=stream(changed)).returncode == 5
            if differs != told:
                print(f"{model}: a fault that {'changes' if differs else 'does not change'} the connections is {'told' if told else 'not told'}")
                print(stream([one for one, was in zip(changed, manifests) if one != was]))
                return 1
            n_told += told
            n_same += not told
    print(f"{n_models} golden and {n_random} random models; {n_told} faults told, {n_same} without effect between the pods")
    return not (n_models and n_told and n_same)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
