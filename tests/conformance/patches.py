"""Random patches of golden objects: what hybridgen makes of them, against Kubernetes' own library, the package jsonpatch, kubectl and kustomize.

Usage: patches.py HYBRIDGEN PATCHES KUBECTL COUNT SEED MODEL...; PATCHES is the program of tools/patches, which kustomize is built into. Of
KUBECTL, which takes longest, one patch of ten is asked; "" is no kubectl. Prints a line for each difference.
"""
import copy
import json
import random
import re
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
# Mappings of texts, which may have any keys.
TEXTS = ("labels", "annotations", "matchLabels", "nodeSelector", "data", "parameters")
IDENTITY = ("/apiVersion", "/kind", "/metadata", "/metadata/name", "/metadata/namespace")
OWN_GROUPS = ("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "scheduling.k8s.io")


def generate(hybridgen, model, *more):
    done = subprocess.run([hybridgen, "generate", "-f", model, *more, "--format", "json"], capture_output=True, text=True)
    return done.stderr, [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else None


def some(dice):
    return dice.choice([1, 7, True, False, "x", "a: b", "8080", "", 0.5, {}, [], {"k": "v"}, ["a", "b"], {"n": {"m": [1, {"z": 2}]}}])


def alike(dice, value):
    """Another value of the same type."""
    if value is None or isinstance(value, bool):
        return value if value is None else not value
    if isinstance(value, (int, float)):
        return value + dice.randint(1, 9)
    if isinstance(value, str):
        # Most of them may stand in a label.
        return dice.choice(["x", "8080", "null", "1e3", "v1", "7", dice.choice(["a: b", "", "two words"])])
    if isinstance(value, list):
        return [alike(dice, one) for one in value] if dice.random() < 0.5 else value[1:]
    return {key: alike(dice, one) for key, one in value.items()}


def random_merge(dice, value, strategic, depth=0, is_typed=False, texts=False):
    """Changes, removes and adds keys of a mapping, and elements of lists by their keys. When typed, by values of the types that were there."""
    patch = {}
    for key in dice.sample(sorted(value), min(len(value), dice.randint(1, 2))):
        merge_key = "containerPort" if key == "ports" and "containerPort" in str(value[key]) else "port" if key == "ports" else MERGED.get(key)
        if (depth == 0 and key in ("apiVersion", "kind")) or (depth == 1 and key in ("name", "namespace")):
            continue
        if isinstance(value[key], dict) and dice.random() < 0.85:
            patch[key] = random_merge(dice, value[key], strategic, depth + 1, is_typed, key in TEXTS)
        elif strategic and isinstance(value[key], list) and merge_key and all(merge_key in one for one in value[key]):
            patch[key] = random_list(dice, value[key], merge_key, depth, is_typed)
        else:
            patch[key] = dice.choice([None, *[alike(dice, value[key]) if is_typed else some(dice) for _ in range(2)], copy.deepcopy(value[key])])
    if dice.random() < 0.3 and depth and (texts or not is_typed):
        patch[dice.choice(["extra", "zz", "note"])] = alike(dice, "") if is_typed else dice.choice([some(dice), {"deep": {"n": None, "v": 1}}])
    if strategic:
        patch.update(of_lists(dice, {key: one for key, one in value.items() if key in MERGED or key not in patch}, depth))
    if strategic and depth and dice.random() < 0.05:
        patch["$patch"] = dice.choice(["replace", "delete"])
    elif strategic and depth and dice.random() < 0.05:
        patch["$retainKeys"] = sorted({*dice.sample(sorted(value), min(2, len(value))), *patch})
    return patch


def of_lists(dice, value, depth):
    """A directive beside a list: which texts go out of it, or how its elements are ordered."""
    lists = [key for key in sorted(value) if isinstance(value[key], list) and value[key]]
    if not lists or not depth or dice.random() > 0.15:
        return {}
    key = dice.choice(lists)
    if all(isinstance(one, str) for one in value[key]):
        return {"$deleteFromPrimitiveList/" + key: dice.sample(value[key], 1) + ["nowhere"]}
    if key in MERGED and all(MERGED[key] in one for one in value[key]):
        return {"$setElementOrder/" + key: [{MERGED[key]: one[MERGED[key]]} for one in reversed(value[key])]}
    return {}


def random_list(dice, items, merge_key, depth, is_typed):
    patch = []
    for one in dice.sample(items, dice.randint(1, len(items)) if items else 0):
        if dice.random() < 0.2:
            patch.append({merge_key: one[merge_key], "$patch": "delete"})
        else:
            rest = {key: value for key, value in one.items() if key != merge_key}
            patch.append({**random_merge(dice, rest, True, depth + 2, is_typed), merge_key: one[merge_key]})
    if dice.random() < 0.4:
        new = {merge_key: 4242 if merge_key in ("port", "containerPort") else "new", **({} if is_typed else {"value": "1"})}
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


def behind(dice, value):
    """A step into a value, mostly one that there is."""
    steps = ["/-", "/0"] if isinstance(value, list) else ["/new", "/a~1b", "/c~0d~01"] if isinstance(value, dict) else [""]
    return dice.choice(steps if dice.random() < 0.9 else ["", "/-", "/new", "/0"])


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
            step.update(path=path + behind(dice, here), value=some(dice))
        elif op == "replace":
            step.update(value=alike(dice, here) if dice.random() < 0.7 else some(dice))
        elif op == "test":
            other = some(dice)
            # To Python, 1 is true as well.
            step.update(value=here if dice.random() < 0.9 or other == here else other)
        elif op != "remove":
            to, there = dice.choice(places)
            step.update({"from": path, "path": to + behind(dice, there)})
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


def moves_into_itself(patch):
    """RFC 6902 forbids it, and none of the others looks."""
    return isinstance(patch, list) and any(step["op"] == "move" and step["path"].startswith(step["from"] + "/") for step in patch)


class Library:
    """Kubernetes' own, for merges; jsonpatch for operations."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def kustomized(self, before, patch):
        """What kustomize makes of it; a merge must name its object there."""
        if isinstance(patch, dict):
            metadata = patch.get("metadata", {})
            names = {key: before["metadata"][key] for key in ("name", "namespace") if key in before["metadata"]}
            if not isinstance(metadata, dict):
                return None
            patch = {"apiVersion": before["apiVersion"], "kind": before["kind"], **patch, "metadata": {**names, **metadata}}
        return self.ask(before, patch, kustomize=True)

    def patched(self, before, patch):
        if isinstance(patch, list):
            try:
                # Later operations change the values that earlier ones put in.
                return jsonpatch.apply_patch(before, copy.deepcopy(patch))
            except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError):
                return None
        return self.ask(before, patch)

    def ask(self, before, patch, **how):
        self.process.stdin.write(json.dumps({"object": before, "patch": patch, **how}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        self.said = answer.get("error")
        return answer.get("object")

    @staticmethod
    def by_kubectl(kubectl, before, patch):
        """What kubectl makes of it, without a server; of kinds that it does not know it takes JSON merge patches alone."""
        form = "json" if isinstance(patch, list) else "strategic" if group_of(before) in OWN_GROUPS else "merge"
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(before, file)
            file.flush()
            done = subprocess.run([kubectl, "patch", "--local", "-f", file.name, "--type", form, "-p", json.dumps(patch), "-o", "json"],
                                  capture_output=True, text=True)
        # What changes nothing is printed as it was read.
        return json.loads(done.stdout) if done.returncode == 0 else None

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def group_of(manifest):
    return manifest["apiVersion"].rpartition("/")[0]


def patched_by_services(model):
    with open(model) as text:
        return '"patches": ' in json.dumps(yaml.safe_load(text)["services"], default=str)


def alone(manifests):
    """Those that a target means alone: it names no namespace."""
    names = Counter((one["kind"], one["metadata"]["name"]) for one in manifests)
    return [one for one in manifests if names[one["kind"], one["metadata"]["name"]] == 1]


def ours(hybridgen, model, before, patch):
    """The codes of errors, and the object as it comes out, or None."""
    group = group_of(before)
    target = before["kind"] + (f".{group}" if group else "") + "/" + before["metadata"]["name"]
    with open(model) as text, tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        patches = yaml.safe_load(text).get("patches", [])
        json.dump({"patches": [*patches, {"target": target, "json" if isinstance(patch, list) else "merge": patch}]}, file)
        file.flush()
        said, after = generate(hybridgen, model, "-f", file.name)
    codes = {line.rpartition("[")[2][:6] for line in said.splitlines() if ": error: " in line}
    return codes, after and next((one for one in after if identity(one) == identity(before)), None)


# Where an object that kustomize makes may differ from the API server's: the kind, the place, and why the server's is right.
OTHER_WAYS = [
    # The documentation of kubectl patch: null removes what is there. Kustomize makes a label "null" of it, and keeps all labels.
    (".*", r"/metadata/(labels|annotations)(/.*)?", lambda here: here is None),
    # It keeps the name of an object whatever a patch says; here such a patch is refused.
    (".*", r"/metadata/(name|namespace)", lambda here: True),
    # The published type of the kind says patchStrategy=replace: a selector takes the place of the one that was there.
    ("PodDisruptionBudget", r"/spec/selector/.*", lambda here: here is None),
    # In what is replaced as a whole the API server's library looks for no directive, and leaves $patch there; kustomize obeys it.
    (".*", r".*/\$patch", lambda here: here in ("replace", "delete")),
    (".*", r".*", lambda here: isinstance(here, dict) and "$patch" in here),
    # The published type says patchMergeKey=topologyKey; kustomize takes whenUnsatisfiable for a part of the key.
    (".*", r".*/topologySpreadConstraints", lambda here: True),
    # The published types say patchMergeKey=port and containerPort; kustomize takes the protocol for a part of the key.
    (".*", r".*/ports", lambda here: True),
    # Of a mapping with $patch: delete the API server leaves an empty one, and kustomize none.
    (".*", r".*", lambda here: here == {}),
]
# Directives of Kubernetes that kustomize takes for fields.
UNKNOWN_TO_KUSTOMIZE = ("$retainKeys", "$deleteFromPrimitiveList/", "$setElementOrder/")


def differing(here, there, path=""):
    """The places where two values differ, and what is here."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted({*here, *there}):
            if here.get(key) != there.get(key):
                yield from differing(here.get(key), there.get(key), f"{path}/{key}")
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there) and not path.endswith(("/ports", "/topologySpreadConstraints")):
        for one, other in zip(here, there):
            yield from differing(one, other, path)
    elif here != there:
        yield path, here


def as_kustomize(before, patch, theirs, kustomized):
    """How kustomize's object compares with the API server's, and whether that is well."""
    if any(word in json.dumps(patch) for word in UNKNOWN_TO_KUSTOMIZE):
        return "not for kustomize", True
    if theirs is None or kustomized is None:
        # It reads what it has made, and refuses an object without a name.
        return "refused by one", theirs is None or not (theirs.get("metadata") or {}).get("name")
    there = [(path, here) for path, here in differing(without_nulls(theirs), without_nulls(kustomized))]
    known = all(any(re.fullmatch(kind, before["kind"]) and re.fullmatch(place, path) and holds(here) for kind, place, holds in OTHER_WAYS)
                for path, here in there)
    return ("differs as it is known to" if there else "the same"), known


def has_directive(value):
    return any(f'"{word}' in json.dumps(value) for word in ("$patch", *UNKNOWN_TO_KUSTOMIZE))


def compared(before, patch, theirs, codes, mine):
    """How both judge a patch, and whether that is well."""
    if theirs is not None and mine is None and has_directive(theirs):
        return "a directive that the library leaves", True
    if theirs is None or mine is None:
        # What is refused here for its effect alone is no difference: no change, another identity, a selector, what the reader refuses.
        # An order of elements is refused; kubectl apply writes it into patches, people do not.
        refused_well = (theirs is None or (without_nulls(theirs) == without_nulls(before)) if "HD2022" in codes
                        else theirs is None or not codes & {"HD2032", "HD2042", "HD2082"} or "$setElementOrder/" in json.dumps(patch))
        return ("taken, and the library refuses" if mine else f"refused: {', '.join(sorted(codes))}"), mine is None and refused_well
    # The published type of a selector says patchStrategy=replace, and the library leaves a directive in it as a label, which no server takes.
    if has_directive(theirs):
        return "a directive that the library leaves", before["kind"] == "PodDisruptionBudget"
    return ("same", True) if without_nulls(mine) == without_nulls(theirs) else ("different", False)


def main():
    hybridgen, program, kubectl, count, seed, *models = sys.argv[1:]
    library, dice, judged = Library(program), random.Random(int(seed)), Counter()
    # Patches of a service come after those of the application, and would change the object once more.
    objects = {model: alone(manifests) for model in models if not patched_by_services(model) and (manifests := generate(hybridgen, model)[1])}
    for number in range(int(count)):
        model = dice.choice(sorted(objects))
        before = dice.choice(objects[model])
        # Kustomize reads objects by their types, and refuses or mends what has another one; hybridgen refuses it when it is merged.
        is_typed, is_json = dice.random() < 0.7, dice.random() < 0.4
        patch = random_operations(dice, before) if is_json else random_merge(dice, before, group_of(before) in OWN_GROUPS, is_typed=is_typed)
        theirs = None if moves_into_itself(patch) else library.patched(before, patch)
        codes, mine = ours(hybridgen, model, before, patch)
        verdicts = [compared(before, patch, theirs, codes, mine)]
        if is_typed and not is_json:
            word, is_well = as_kustomize(before, patch, theirs, library.kustomized(before, patch))
            verdicts.append((f"kustomize: {word}", is_well))
        if kubectl and number % 10 == 0 and not moves_into_itself(patch):
            printed = library.by_kubectl(kubectl, before, patch)
            verdicts.append(("kubectl: asked", without_nulls(printed) == without_nulls(theirs)))
        for word, is_well in verdicts:
            judged[word] += 1
            if not is_well:
                print(f"seed {seed}, patch {number}: {word}: {identity(before)}: {json.dumps(patch)}: {json.dumps(theirs)}")
    library.close()
    print(dict(judged), file=sys.stderr)
    # Patches that nobody takes show nothing.
    assert judged["same"] >= int(count) / 5 and judged["kustomize: the same"] >= int(count) / 8, judged


if __name__ == "__main__":
    main()
