"""Random patches of golden objects: what hybridgen makes of them, against Kubernetes' own library and the package jsonpatch.

Usage: patches.py HYBRIDGEN PATCHES COUNT SEED MODEL...; PATCHES is the program of tools/patches. Prints a line for each difference.
"""
import copy
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter

import yaml

try:
    import jsonpatch
except ModuleNotFoundError:
    # Debian's package is for Debian's own Python, but any other can read it.
    sys.path.append("/usr/lib/python3/dist-packages")
    import jsonpatch

# Lists that are merged, by the last key of their path, and the key by which that is done.
MERGED = {"containers": "name", "initContainers": "name", "env": "name", "volumes": "name", "volumeMounts": "mountPath",
          "topologySpreadConstraints": "topologyKey", "imagePullSecrets": "name", "hostAliases": "ip"}
IDENTITY = ("/apiVersion", "/kind", "/metadata", "/metadata/name", "/metadata/namespace")
OWN_GROUPS = ("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "scheduling.k8s.io")


def generate(hybridgen, model, *more):
    done = subprocess.run([hybridgen, "generate", "-f", model, *more, "--format", "json"], capture_output=True, text=True)
    return done.stderr, [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else None


def some(dice):
    return dice.choice([1, 7, True, False, "x", "a: b", "8080", "", 0.5, {}, [], {"k": "v"}, ["a", "b"], {"n": {"m": [1, {"z": 2}]}}])


def random_merge(dice, value, strategic, depth=0):
    """Changes, removes and adds keys of a mapping, and elements of lists by their keys."""
    patch = {}
    for key in dice.sample(sorted(value), min(len(value), dice.randint(1, 2))):
        merge_key = "containerPort" if key == "ports" and "containerPort" in str(value[key]) else "port" if key == "ports" else MERGED.get(key)
        if (depth == 0 and key in ("apiVersion", "kind")) or (depth == 1 and key in ("name", "namespace")):
            continue
        if isinstance(value[key], dict) and dice.random() < 0.85:
            patch[key] = random_merge(dice, value[key], strategic, depth + 1)
        elif strategic and isinstance(value[key], list) and merge_key and all(merge_key in one for one in value[key]):
            patch[key] = random_list(dice, value[key], merge_key, depth)
        else:
            patch[key] = dice.choice([None, some(dice), copy.deepcopy(value[key])])
    if dice.random() < 0.3 and depth:
        patch[dice.choice(["extra", "zz", "note"])] = dice.choice([some(dice), {"deep": {"n": None, "v": 1}}])
    if strategic and depth and dice.random() < 0.05:
        patch["$patch"] = dice.choice(["replace", "delete"])
    elif strategic and depth and dice.random() < 0.05:
        patch["$retainKeys"] = sorted({*dice.sample(sorted(value), min(2, len(value))), *patch})
    return patch


def random_list(dice, items, merge_key, depth):
    patch = []
    for one in dice.sample(items, dice.randint(1, len(items)) if items else 0):
        if dice.random() < 0.2:
            patch.append({merge_key: one[merge_key], "$patch": "delete"})
        else:
            rest = {key: value for key, value in one.items() if key != merge_key}
            patch.append({**random_merge(dice, rest, True, depth + 2), merge_key: one[merge_key]})
    if dice.random() < 0.4:
        new = {merge_key: 4242 if merge_key in ("port", "containerPort") else "new", "value": "1"}
        patch.insert(dice.randint(0, len(patch)), new)
    if dice.random() < 0.07:
        patch.append({"$patch": "replace"})
    return patch


def pointers(value, path=""):
    yield path, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from pointers(one, f"{path}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from pointers(one, f"{path}/{i}")


def random_operations(dice, value):
    value, patch = copy.deepcopy(value), []
    for _ in range(dice.randint(1, 4)):
        places = [(path, at) for path, at in pointers(value) if path and path not in IDENTITY]
        if not places:
            break
        path, here = dice.choice(places)
        op = dice.choice(["add", "remove", "replace", "move", "copy", "test"])
        step = {"op": op, "path": path}
        if op == "add":
            step.update(path=path + dice.choice(["", "/-", "/new", "/0", "/a~1b"]), value=some(dice))
        elif op == "replace":
            step.update(value=some(dice))
        elif op == "test":
            step.update(value=here if dice.random() < 0.9 else some(dice))
        elif op != "remove":
            step.update({"from": path, "path": dice.choice(places)[0] + dice.choice(["", "/-", "/new", "/0"])})
        patch.append(step)
        try:
            value = jsonpatch.apply_patch(value, [step])
        except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError):
            break
    return patch


def identity(manifest):
    metadata = manifest.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    return manifest.get("apiVersion"), manifest.get("kind"), metadata.get("name"), metadata.get("namespace")


def without_nulls(value):
    """A server stores no nulls."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


class Library:
    """Kubernetes' own, for merges; jsonpatch for operations."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def patched(self, before, patch):
        if isinstance(patch, list):
            try:
                # Later operations change the values that earlier ones put in.
                return jsonpatch.apply_patch(before, copy.deepcopy(patch))
            except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError):
                return None
        self.process.stdin.write(json.dumps({"object": before, "patch": patch}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline()).get("object")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def ours(hybridgen, model, before, patch):
    """The codes of errors, and the object as it comes out, or None."""
    group = before["apiVersion"].rpartition("/")[0]
    target = before["kind"] + (f".{group}" if group else "") + "/" + before["metadata"]["name"]
    with open(model) as text, tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        patches = yaml.safe_load(text).get("patches", [])
        json.dump({"patches": [*patches, {"target": target, "json" if isinstance(patch, list) else "merge": patch}]}, file)
        file.flush()
        said, after = generate(hybridgen, model, "-f", file.name)
    codes = {line.rpartition("[")[2][:6] for line in said.splitlines() if ": error: " in line}
    return codes, after and next((one for one in after if identity(one) == identity(before)), None)


def compared(before, theirs, codes, mine):
    """How both judge a patch, and whether that is well."""
    if theirs is None or mine is None:
        # What is refused here for its effect alone is no difference: no change, another identity, a selector, what the reader refuses.
        refused_well = (theirs is None or (without_nulls(theirs) == without_nulls(before)) if "HD2022" in codes
                        else theirs is None or not codes & {"HD2032", "HD2042", "HD2082"})
        return ("taken, and the library refuses" if mine else f"refused: {', '.join(sorted(codes))}"), mine is None and refused_well
    return ("same", True) if without_nulls(mine) == without_nulls(theirs) else ("different", False)


def main():
    hybridgen, program, count, seed, *models = sys.argv[1:]
    library, dice, judged = Library(program), random.Random(int(seed)), Counter()
    objects = {model: manifests for model in models if (manifests := generate(hybridgen, model)[1])}
    for number in range(int(count)):
        model = dice.choice(sorted(objects))
        before = dice.choice(objects[model])
        strategic = before["apiVersion"].rpartition("/")[0] in OWN_GROUPS
        patch = random_operations(dice, before) if dice.random() < 0.4 else random_merge(dice, before, strategic)
        theirs = library.patched(before, patch)
        codes, mine = ours(hybridgen, model, before, patch)
        word, is_well = compared(before, theirs, codes, mine)
        judged[word] += 1
        if not is_well:
            print(f"seed {seed}, patch {number}: {word}: {identity(before)}: {json.dumps(patch)}: {json.dumps(theirs)}")
    library.close()
    print(dict(judged), file=sys.stderr)
    # Patches that nobody takes show nothing.
    assert judged["same"] >= int(count) / 5, judged


main()
