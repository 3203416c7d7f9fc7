#!/usr/bin/env python3
"""Prints a random model: generate.py [--kube-version 1.NN] [--mutate] SEED
Answers for many:      generate.py --asked

The same seed gives the same model for ever. Without --mutate the model is valid: what it says is right by Kubernetes' own
rules, whatever the library thinks of it. With --mutate it is the valid one after some random harm.

Asked, it greets with a line of JSON and then reads questions: the length of one on a line, then so many bytes, such as
"1.30 7" for a valid model. The answer is the model as a line of JSON.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import application
import delivery
import environments
import hosts_outside
import mesh
import mutate
import operations
import own_gateway
import patching
import routes
import scalers
import style
import telemetry
import traffic
import versions
import ways_in
import whole_objects
from dice import Dice


def sometimes(chance, name, seed, add, model):
    """Adds a part to some models, with dice of its own, so that all other parts stay as they were."""
    dice = Dice(f"{name} {seed}")
    if dice.chance(chance):
        add(dice, model)


def valid(seed, newest=application.NEWEST):
    """The model as values, and as text."""
    dice = Dice(f"model {seed}")
    model = application.application(dice, newest)
    # From dice of its own, so that what has no mesh stays as it was.
    more = Dice(f"mesh {seed}")
    if more.chance(0.4):
        mesh.add(more, model)
        routes.add(Dice(f"routes {seed}"), model)
        traffic.add(Dice(f"traffic {seed}"), model)
    sometimes(0.5, "versions", seed, versions.add, model)
    sometimes(0.7 if "mesh" in model else 0.2, "delivery", seed, delivery.add, model)
    sometimes(0.4, "operations", seed, operations.add, model)
    sometimes(0.4, "telemetry", seed, telemetry.add, model)
    scalers.settle(model)
    sometimes(0.3, "scalers", seed, scalers.add, model)
    ways_in.add(Dice(f"ways in {seed}"), model)
    sometimes(0.5, "gateway", seed, own_gateway.add, model)
    sometimes(0.3, "cilium", seed, hosts_outside.add, model)
    sometimes(0.3, "patches", seed, patching.add, model)
    sometimes(0.3, "whole objects", seed, whole_objects.add, model)
    sometimes(0.3, "environments", seed, environments.add, model)
    return model, style.write(Dice(f"style {seed}"), model)


def plain(model, docs):
    """What is wrong with versions and with objects that are not the library's, and the manifests as they would be without."""
    foreign, own = whole_objects.without(model, docs)
    apart, own = versions.joined(model, own)
    return foreign[:5] + apart[:5], own


def mutated(seed, newest=application.NEWEST):
    """Bytes that are seldom a valid model."""
    dice = Dice(f"mutation {seed}")
    model, text = valid(dice.number(0, 1 << 30), newest)
    if dice.chance(0.5):
        text = style.write(dice, mutate.structure(dice, model))
    data = text.encode("utf-8", "surrogatepass")
    return mutate.text(dice, data) if dice.chance(0.7) else data


def answer():
    print(json.dumps("random models"), flush=True)
    for length in iter(sys.stdin.buffer.readline, b""):
        version, seed = sys.stdin.buffer.read(int(length)).decode().split()
        print(json.dumps(valid(seed, int(version.partition(".")[2]))[1]), flush=True)


def main():
    arguments = sys.argv[1:]
    if arguments == ["--asked"]:
        answer()
        return
    newest = application.NEWEST
    if arguments[:1] == ["--kube-version"]:
        newest = int(arguments[1].partition(".")[2])
        arguments = arguments[2:]
    if len(arguments) not in (1, 2) or (len(arguments) == 2 and arguments[0] != "--mutate"):
        sys.exit(__doc__)
    data = mutated(arguments[1], newest) if len(arguments) == 2 else valid(arguments[0], newest)[1].encode()
    sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
