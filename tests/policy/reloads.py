#!/usr/bin/env python3
"""Proves that a workspace whose applications are reloaded one by one tells the same as one that is loaded anew: reloads.py N [--from SEED]

Random workspaces are edited at random: services, ports, calls and callers come and go, lines move, names and namespaces change and are taken
twice, texts become unreadable, and are mended.
"""
import copy
import ctypes
import json
import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hybriddeploy import _raw
from hybriddeploy._run import Run
from workspaces import PORTS, Workspace

EDITS = 25
# A collection shows no more.
MOST_TOLD = 100


class _Borrowed(Run):
    """A model that the workspace owns."""

    def __init__(self, model):
        super().__init__(lambda *place: (*place, None))
        self._model = ctypes.c_void_p(model)

    def __del__(self, lib=_raw.lib):
        lib.hd_diagnostics_free(self._diagnostics)


class State:
    """A workspace in C."""

    def __init__(self, file):
        self.told = Run(lambda *place: (*place, None))
        self.pointer = ctypes.c_void_p()
        status = _raw.lib.hd_workspace_load(os.fsencode(file), None, self.told._diagnostics, self.pointer)
        assert status == _raw.OK, status

    def close(self):
        _raw.lib.hd_workspace_free(self.pointer)

    def check(self):
        """All that a check tells in a new collection, and all that can be asked of the workspace."""
        run = Run(lambda *place: (*place, None))
        _raw.lib.hd_workspace_check(self.pointer, run._diagnostics)
        found = seen(run)
        members = [(_raw.lib.hd_workspace_name(self.pointer, i), _raw.lib.hd_workspace_errors(self.pointer, i), self.manifests(i))
                   for i in range(_raw.lib.hd_workspace_count(self.pointer))]
        return found, members

    def all_told(self):
        """All that loading and a check tell."""
        _raw.lib.hd_workspace_check(self.pointer, self.told._diagnostics)
        return seen(self.told)

    def manifests(self, index):
        model = _raw.lib.hd_workspace_model(self.pointer, index)
        if not model:
            return None
        run = _Borrowed(model)
        if _raw.lib.hd_check(run._model, run._diagnostics) != _raw.OK:
            return seen(run)
        return run.stream(_raw.YAML, None)

    def reload(self, index):
        """What is told, and whether all was loaded anew."""
        run, is_all = Run(lambda *place: (*place, None)), ctypes.c_bool()
        status = _raw.lib.hd_workspace_reload(self.pointer, index, run._diagnostics, is_all)
        assert status in (_raw.OK, _raw.INVALID), status
        return seen(run), is_all.value


def seen(run):
    return [str(one) + str(getattr(one, "related", "")) for one in run.findings()]


def edit(dice, made):
    """Changes the model of one application; its name."""
    app = dice.choice(sorted(made.models))
    model = made.models[app]
    services = model["services"]
    service = services[dice.choice(sorted(services))] if services else None
    others = [f"{made.models[other]['name']}/{one}" for other in made.models for one in (made.models[other].get("services") or {}) if other != app]
    what = dice.randrange(13)
    if what == 0:
        services[f"s{dice.randrange(4)}"] = {"runtime": "cpython", "ports": [{"name": port, "port": number} for port, number in PORTS.items()]}
    elif what == 1 and len(services) > 1:
        del services[dice.choice(sorted(services))]
    elif what in (2, 3) and service and others:
        service.setdefault("calls", []).append({"to": dice.choice(others), "port": dice.choice(["http", "admin", "none"]),
                                                **({"timeout": dice.choice(["1s", "9s"])} if dice.random() < 0.5 else {})})
    elif what in (4, 5) and service and others:
        service.setdefault("callers", []).append({"from": dice.choice(others), "port": dice.choice(sorted(PORTS))})
    elif what == 6 and service:
        service.pop(dice.choice(["calls", "callers"]), None)
    elif what == 7:
        model["name"] = dice.choice([app, app, "app0", "app1", "other"])
    elif what == 8:
        model["namespace"] = dice.choice(["one", "two", app])
    elif what == 9 and service:
        service["expose"] = [{"host": f"{dice.choice('ab')}.example.com", "path": "/"}]
        service["port"] = "http"
    elif what == 10 and service:
        service["serviceAccount"] = f"{app}-{dice.choice('xyz')}"
    elif what == 11:
        made.broken ^= {app}
    elif service:
        service["replicas"] = dice.choice([1, 2, "many"])
    return app


def write(made, folder, app):
    model = copy.deepcopy(made.models[app])
    text = "\n" * made.dice.randrange(3) + json.dumps(model, indent=made.dice.choice([None, 1]))
    (folder / app / "hybriddeploy.yaml").write_text(text[:-1] if app in made.broken else text)


def problems(seed, folder, counts):
    made = Workspace(seed)
    made.broken = set()
    file = made.write(folder)
    state = State(file)
    if made.dice.random() < 0.5:
        state.check()
    for step in range(EDITS):
        app = edit(made.dice, made)
        write(made, folder, app)
        told, is_all = state.reload(sorted(made.models).index(app))
        fresh = State(file)
        everything = fresh.all_told()
        wanted, members = fresh.check()
        counts["alone"] += not is_all
        counts["findings"] += len(wanted)
        if is_all and told != everything:
            yield f"step {step}: {difference((told, []), (everything, []))}"
        # Warnings that are alike in several applications are joined, or left out beside errors.
        strange = [one for one in told if ": error:" in one and one not in everything]
        if strange and len(everything) < MOST_TOLD:
            yield f"step {step}: reload tells what loading does not: {strange[0]}"
        if made.dice.random() < 0.5 or step == EDITS - 1:
            got = state.check()
            if got != (wanted, members):
                yield f"step {step}: {difference(got, (wanted, members))}"
        fresh.close()
    state.close()


def difference(got, wanted):
    for one, other in zip(got[0] + ["-"], wanted[0] + ["-"]):
        if one != other:
            return f"told {one!r} instead of {other!r}"
    for i, (one, other) in enumerate(zip(got[1], wanted[1])):
        if one != other:
            return f"application {i}: {str(one)[:300]} instead of {str(other)[:300]}"
    return "the lengths differ"


def main(n, first=0):
    failed, counts = 0, {"alone": 0, "findings": 0}
    for seed in range(first, first + n):
        with tempfile.TemporaryDirectory() as folder:
            found = list(problems(seed, Path(folder), counts))
        failed += len(found)
        for problem in found[:3]:
            print(f"FAIL seed {seed}: {problem}", flush=True)
    print(f"{n} workspaces, {n * EDITS} edits, {counts}, {failed} differences")
    return failed > 0 or not all(counts.values())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *[int(sys.argv[3])] if "--from" in sys.argv else []))
