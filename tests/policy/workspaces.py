#!/usr/bin/env python3
"""Proves of random workspaces that what both sides declare is allowed, and nothing else: workspaces.py HYBRIDGEN N [--from SEED]

Each has two to eight applications, which call each other with and without consent, and let in callers that do not call, in no mesh, with proxies,
or in an ambient one. The judges of policies, which share no code with the library, look at the manifests, and `hybridgen graph --check`
must find no difference in them. With manifests that lack a rule both must find one.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import hybriddeploy as hd
from neighbours import problems_of

MODES = ("off", "sidecar", "ambient")
PORTS = {"http": 8000, "admin": 8001}
PART = {"methods": ["GET"], "paths": ["/orders/*"]}
DRIFT = 5


class Workspace:
    """A random workspace, and what it declares, by the words of its models alone."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.mode = self.dice.choice(MODES)
        self.models, self.calls, self.consented, self.parts = {}, set(), set(), {}
        for number in range(self.dice.randint(2, 8)):
            self.add_application(f"app{number}")
        for _ in range(self.dice.randint(1, 3 * len(self.models))):
            self.add_call()

    def add_application(self, name):
        services = {f"s{i}": {"runtime": "cpython", "ports": [{"name": port, "port": number} for port, number in PORTS.items()]}
                    for i in range(self.dice.randint(1, 3))}
        for service in services.values():
            if self.dice.random() < 0.3:
                service["serviceAccount"] = f"{name}-{self.dice.choice('xyz')}"
        model = {"name": name, "imageRegistry": "registry.example.com", "imageTag": "1.0", "mesh": self.mode, "platform": {"prometheus": False}}
        if self.dice.random() < 0.4:
            model["namespace"] = f"{name}-prod"
        self.models[name] = {**model, "services": services}

    def add_call(self):
        """A call, its consent, or both; of two services of other applications once alone."""
        apps = self.dice.sample(sorted(self.models), 2)
        caller, callee = (f"{app}/{self.dice.choice(sorted(self.models[app]['services']))}" for app in apps)
        port = self.dice.choice(sorted(PORTS))
        if any((caller, callee) == one[:2] for one in self.calls | self.consented):
            return
        part = PART if self.mode != "off" and self.dice.random() < 0.3 else {}
        if part:
            self.parts[caller, callee] = part
        what = self.dice.random()
        if what < 0.85:
            self.service(caller).setdefault("calls", []).append({"to": callee, "port": port, **part})
            self.calls.add((caller, callee, PORTS[port]))
        if what > 0.25:
            self.add_consent(caller, callee, port, part)

    def service(self, name):
        app, service = name.split("/")
        return self.models[app]["services"][service]

    def add_consent(self, caller, callee, port, part):
        app, service = caller.split("/")
        entry, form = {"from": caller}, self.dice.random()
        if form < 0.3:
            entry = {"namespace": self.models[app].get("namespace", app), "podLabels": {"app.kubernetes.io/name": service},
                     "serviceAccount": self.service(caller).get("serviceAccount", service)}
            if self.mode != "off":
                entry["mesh"] = True
        self.service(callee).setdefault("callers", []).append({**entry, "port": port, **part})
        self.consented.add((caller, callee, PORTS[port]))

    def write(self, folder):
        for name, model in self.models.items():
            (folder / name).mkdir()
            (folder / name / "hybriddeploy.yaml").write_text(json.dumps(model))
        file = folder / "hybriddeploy.workspace.yaml"
        file.write_text('applications: ["*/hybriddeploy.yaml"]')
        return file


def check(hybridgen, file, *more):
    done = subprocess.run([hybridgen, "graph", "-q", "--check", "-f", file, *more], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def told(found):
    """The calls that lack consent, as the library tells them."""
    return sorted(one.message for one in found if one.code == "HD3189")


def problems(hybridgen, seed, folder):
    made = Workspace(seed)
    file = made.write(folder)
    workspace = hd.Workspace(file)
    wrong = [one for one in workspace.check() if one.severity == hd.Severity.ERROR and one.code != "HD3189"]
    assert not wrong, f"seed {seed}: a model is wrong: {wrong[0]}"
    if told(workspace.check()) != sorted(f"{callee} does not let {caller} in" for caller, callee, _ in made.calls - made.consented):
        yield f"other calls lack consent than those that are told: {told(workspace.check())}"
    manifests = {name: [yaml.safe_load(manifest.text) for manifest in all_of] for name, all_of in workspace.generate().items()}
    assert set(manifests) == set(made.models), f"seed {seed}: {set(made.models) - set(manifests)} is not generated"
    declared = made.calls & made.consented
    yield from problems_of(manifests, made.mode, declared, made.parts, made.consented, (), {})
    code, difference, _ = check(hybridgen, file)
    if difference or code != (1 if made.calls - made.consented else 0):
        yield f"hybridgen graph --check: exit {code}\n{difference}"
    yield from blindness(hybridgen, made, file, manifests, declared)


def blindness(hybridgen, made, file, manifests, declared):
    """A judge that finds nothing wrong with manifests that lack a rule proves nothing."""
    if not declared:
        return
    callee = min(declared)[1]
    app, service = callee.split("/")
    for doc in manifests[app]:
        if doc["kind"] == "NetworkPolicy" and doc["metadata"]["name"] in (service, "waypoint"):
            doc["spec"]["ingress"] = []
    text = file.parent / "harmed.yaml"
    text.write_text(yaml.safe_dump_all([doc for docs in manifests.values() for doc in docs]))
    if not list(problems_of(manifests, made.mode, declared, made.parts, made.consented, (), {})):
        yield f"the judges do not notice that {callee} lets nobody in"
    if check(hybridgen, file, str(text))[0] != DRIFT:
        yield f"hybridgen graph --check does not notice that {callee} lets nobody in"


def main(hybridgen, n, first=0):
    hybridgen, failed, modes = os.path.abspath(hybridgen), 0, dict.fromkeys(MODES, 0)
    for seed in range(first, first + n):
        with tempfile.TemporaryDirectory() as folder:
            found = list(problems(hybridgen, seed, Path(folder)))
        modes[Workspace(seed).mode] += 1
        failed += len(found)
        for problem in found[:5]:
            print(f"FAIL seed {seed}: {problem}")
    print(f"{n} workspaces ({', '.join(f'{count} {mode}' for mode, count in modes.items())}), {failed} differences")
    return failed > 0 or (n >= 20 and not all(modes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), *[int(sys.argv[4])] if "--from" in sys.argv else []))
