#!/usr/bin/env python3
"""Counts how the work grows with the parts of one model: shapes.py VALGRIND HYBRIDGEN

Each shape is a model in which one thing is there many times, and would cost its square if somebody looked for each of them in a list.
Between N and 4 * N the executed instructions grow with an exponent of at most 1.15.
"""
import math
import os
import subprocess
import sys
import tempfile

MOST = 1.15
N = 1000
N_OF_APPLICATIONS = 100
HEAD = 'name: shop\nimageRegistry: registry.example.com/shop\nimageTag: "1"\n'
SERVICE = "services:\n  web:\n    runtime: cpython\n    port: 8000\n"


def lines(indent, template, count):
    return "".join(" " * indent + template.format(i=i) + "\n" for i in range(count))


def variables(count):
    return HEAD + SERVICE + "    env:\n" + lines(6, "V{i}: x", count)


def variables_of_runtime(count):
    return HEAD + "runtimes:\n  cpython:\n    env:\n" + lines(6, "R{i}: x", count) + SERVICE + "    env:\n" + lines(6, "V{i}: x", count)


def anchors(count):
    return f"x: [{','.join(f'&a{i} v' for i in range(count))},{','.join(f'*a{i}' for i in range(count))}]\n"


def keys_of_secret(count):
    return (HEAD + "secretStore: vault\nsecrets:\n  x:\n    keys:\n" + lines(6, "k{i}: {{remoteKey: a/b, property: c}}", count) + SERVICE +
            "    env:\n" + lines(6, "V{i}: {{secret: x, key: k{i}}}", count))


def merged_keys(count):
    return HEAD + SERVICE + f"    env:\n      <<: {{{','.join(f'V{i}: x' for i in range(count))}}}\n" + lines(6, "W{i}: x", count)


def exposures(count):
    return HEAD + SERVICE + "    expose:\n" + lines(6, "- {{host: h{i}.example.com, path: /}}", count)


def hosts(count):
    return HEAD + "mesh: {mode: sidecar}\n" + SERVICE + "    expose:\n      - path: /\n        hosts:\n" + lines(10, "- h{i}.example.com", count)


def routes(count):
    return HEAD + "mesh: {mode: sidecar}\n" + SERVICE + "    expose:\n" + lines(6, "- {{host: shop.example.com, path: /p{i}}}", count)


def addresses(count):
    """Each service has an address of its external, and one that nobody knows."""
    return (HEAD + "externals:\n" + lines(2, "e{i}: {{host: h{i}.example.org, port: 443}}", count) + "services:\n" +
            lines(2, "s{i}: {{runtime: cpython, calls: [e{i}], env: {{A: 'https://h{i}.example.org', B: 'https://x{i}.example.net'}}}}", count))


def addresses_of_service(count):
    return (HEAD + "externals:\n" + lines(2, "e{i}: {{host: h{i}.example.org, port: 443}}", count) + SERVICE +
            "    calls:\n" + lines(6, "- e{i}", count) + "    env:\n" + lines(6, "V{i}: 'https://h{i}.example.org'", count))


def externals(count):
    return (HEAD + "externals:\n" + lines(2, "e{i}: {{hosts: [h{i}.example.com], port: 443}}", count) + SERVICE +
            "    calls:\n" + lines(6, "- e{i}", count))


def arguments(count):
    return HEAD + SERVICE + "    command:\n" + lines(6, "- a{i}", count) + "    args:\n" + lines(6, "- a{i}", count)


def attributes(count):
    return (HEAD + "telemetry: {enabled: true}\n" + SERVICE + "    telemetry:\n      signals:\n        resourceAttributes:\n" +
            lines(10, "a{i}: x", count))


def unknown_keys(count):
    return HEAD + SERVICE + lines(4, "unknown{i}: x", count)


def services(count):
    return HEAD + "services:\n" + lines(2, "s{i}: {{runtime: cpython, port: 8000}}", count)


def affinities(count):
    """Each service wants its pods beside each other, and apart from those of a service that there is not."""
    term = "requiredDuringSchedulingIgnoredDuringExecution: [{{{{labelSelector: {{{{matchLabels: {{{{app.kubernetes.io/name: {name}}}}}}}}}, topologyKey: zone}}}}]"
    return (HEAD + "services:\n" + lines(2, "s{i}: {{runtime: cpython, port: 8000, affinity: {{podAffinity: {{" + term.format(name="s{i}") +
                                         "}}, podAntiAffinity: {{" + term.format(name="x{i}") + "}}}}}}", count))


def settings(count):
    return [argument for i in range(count) for argument in ("--set", f"services.s{i}.replicas=2")]


# Name, verb, model, options.
SHAPES = [
    ("variables of a service", "explain", variables, None),
    ("variables of a runtime and of a service", "validate", variables_of_runtime, None),
    ("variables of a runtime and of a service", "explain", variables_of_runtime, None),
    ("anchors", "validate", anchors, None),
    ("keys of a secret", "validate", keys_of_secret, None),
    ("merged keys", "validate", merged_keys, None),
    ("exposures", "validate", exposures, None),
    ("routes of one host", "validate", routes, None),
    ("hosts of an exposure", "validate", hosts, None),
    ("hosts of an exposure", "generate", hosts, None),
    ("externals", "validate", externals, None),
    ("addresses of externals", "validate", addresses, None),
    ("addresses of one service", "validate", addresses_of_service, None),
    ("arguments", "explain", arguments, None),
    ("resource attributes", "validate", attributes, None),
    ("unknown keys", "validate", unknown_keys, None),
    ("affinities", "validate", affinities, None),
    ("settings", "validate", services, settings),
]


def fleet(count, variable, host):
    """Services with a variable each, and externals in a mesh with a host each."""
    return (HEAD + "mesh: {mode: sidecar}\nexternals:\n" + lines(2, f"e{{i}}: {{{{host: {host}{{i}}.example.org, cidrs: 192.0.2.0/24, port: 443}}}}", count) + "services:\n" +
            lines(2, f"s{{i}}: {{{{runtime: cpython, calls: [e{{i}}], env: {{{{V: {variable}}}}}}}}}", count))


# Two models that hybridgen diff compares.
CHANGES = [
    ("a variable of each service", lambda n: fleet(n, "a", "h"), lambda n: fleet(n, "b", "h")),
    ("a host of each external", lambda n: fleet(n, "a", "h"), lambda n: fleet(n, "a", "g")),
    ("both", lambda n: fleet(n, "a", "h"), lambda n: fleet(n, "b", "g")),
    ("services that are new", lambda n: fleet(1, "a", "h"), lambda n: fleet(n, "a", "h")),
]
N_OF_CHANGES = 250


def caller(count):
    return HEAD.replace("shop", "front", 1) + "services:\n" + lines(2, "f{i}: {{runtime: cpython, calls: [back/b{i}]}}", count)


def callee(count):
    return HEAD.replace("shop", "back", 1) + "services:\n" + lines(2, "b{i}: {{runtime: cpython, callers: [front/f{i}]}}", count)


def instructions(valgrind, command, check=False):
    with tempfile.TemporaryDirectory() as folder:
        counts = os.path.join(folder, "counts")
        subprocess.run([valgrind, "--quiet", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={counts}", *command],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=check)
        with open(counts, encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("summary:"))


def is_missed(what, counts):
    exponent = math.log(counts[1] / counts[0], 4)
    print(f"{what}: {counts[0] / 1e6:.1f} and {counts[1] / 1e6:.1f} million instructions, exponent {exponent:.2f} (at most {MOST})")
    return exponent > MOST


def write_applications(folder, count, mistake):
    """A workspace whose applications call each other in a circle."""
    for i in range(count):
        before, after = (i - 1) % count, (i + 1) % count
        os.makedirs(f"{folder}/a{i}", exist_ok=True)
        write(f"{folder}/a{i}/hybriddeploy.yaml",
              f'name: a{i}\nimageRegistry: registry.example.com/a{i}\nimageTag: "1"\nservices:\n'
              f"  web: {{runtime: cpython, port: 8000, calls: [api, a{after}/api]{mistake}}}\n"
              f"  api: {{runtime: cpython, port: 8000, callers: [a{before}/web]}}\n")
    write(f"{folder}/hybriddeploy.workspace.yaml", 'applications: ["*/hybriddeploy.yaml"]\n')
    return f"{folder}/hybriddeploy.workspace.yaml"


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    valgrind, hybridgen = sys.argv[1:]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "hybriddeploy.yaml")
        for name, verb, text, options in SHAPES:
            counts = []
            for count in (N, 4 * N):
                write(model, text(count))
                counts.append(instructions(valgrind, [hybridgen, verb, "-f", model, *(options(count) if options else [])]))
            missed += is_missed(f"{verb}, {name}", counts)
        old = os.path.join(folder, "old.yaml")
        for name, before, after in CHANGES:
            counts = []
            for count in (N_OF_CHANGES, 4 * N_OF_CHANGES):
                write(old, before(count))
                write(model, after(count))
                counts.append(instructions(valgrind, [hybridgen, "diff", old, model], check=True))
            missed += is_missed(f"diff, {name}", counts)
        counts = []
        for count in (N_OF_CHANGES, 4 * N_OF_CHANGES):
            workspace = os.path.join(folder, "hybriddeploy.workspace.yaml")
            write(workspace, "applications: [front.yaml, back.yaml]\n")
            write(os.path.join(folder, "front.yaml"), caller(count))
            write(os.path.join(folder, "back.yaml"), callee(count))
            counts.append(instructions(valgrind, [hybridgen, "graph", "-q", "--check", "-f", workspace], check=True))
        missed += is_missed("graph --check, calls between two applications", counts)
        for what, mistake in (("applications that call each other", ""), ("applications with a mistake each", ", replica: 1")):
            counts = []
            for count in (N_OF_APPLICATIONS, 4 * N_OF_APPLICATIONS):
                workspace = write_applications(os.path.join(folder, f"{len(mistake)}-{count}"), count, mistake)
                counts.append(instructions(valgrind, [hybridgen, "validate", "-q", "-f", workspace], check=not mistake))
            missed += is_missed(f"validate, {what}", counts)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
