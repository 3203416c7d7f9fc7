#!/usr/bin/env python3
"""Merges into each list that the API server merges by a key: merge_keys.py HYBRIDGEN

Which lists of which kinds these are, and by which key, stands here once more (patchMergeKey of Kubernetes' published types), because the
library's table would agree with any mistake in it. An element with the key of one that is there must become one with it, a text
in a list of texts must join it, and all other lists must be replaced.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

MODEL = {"name": "shop", "imageTag": "1.0", "services": {"web": {"image": "docker.io/acme/web:1.0.0"}}}
META = {"metadata.ownerReferences": "uid", "metadata.finalizers": ""}
CONTAINER = {"ports": "containerPort", "env": "name", "volumeMounts": "mountPath", "volumeDevices": "devicePath", "args": None}
POD = {"volumes": "name", "initContainers": "name", "containers": "name", "ephemeralContainers": "name", "imagePullSecrets": "name",
       "hostAliases": "ip", "topologySpreadConstraints": "topologyKey", "schedulingGates": "name", "resourceClaims": "name", "tolerations": None,
       **{f"{kind}.{key}": merged for kind in ("initContainers", "containers", "ephemeralContainers") for key, merged in CONTAINER.items()}}


def below(way, lists):
    return {f"{way}.{path}": key for path, key in lists.items()}


TEMPLATE = {**below("spec.template", META), **below("spec.template.spec", POD)}
WORKLOAD = {**META, **TEMPLATE}
LISTS = {
    "apps/v1 Deployment": WORKLOAD, "apps/v1 StatefulSet": WORKLOAD, "apps/v1 DaemonSet": WORKLOAD, "apps/v1 ReplicaSet": WORKLOAD,
    "batch/v1 Job": WORKLOAD,
    "batch/v1 CronJob": {**META, **below("spec.jobTemplate", {**META, **TEMPLATE})},
    "v1 Pod": {**META, **below("spec", POD)},
    "v1 Service": {**META, "spec.ports": "port", "spec.externalIPs": None},
    "v1 ServiceAccount": {**META, "secrets": "name", "imagePullSecrets": None},
    "policy/v1 PodDisruptionBudget": META,
    **{f"{version} Other": {**META, "spec.ports": None, "spec.volumes": None} for version in (
        "v1", "apps/v1", "batch/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1", "rbac.authorization.k8s.io/v1",
        "scheduling.k8s.io/v1", "storage.k8s.io/v1")},
    "example.com/v1 Deployment": {path: None for path in WORKLOAD},
}


# What an element has before and what the patch adds, of lists whose elements are known to the library; others take anything.
CONTAINERS = {"image": "there"}, {"workingDir": "there"}
MEMBERS = {"containers": CONTAINERS, "initContainers": CONTAINERS, "ephemeralContainers": CONTAINERS, "env": ({"value": "there"}, {"valueFrom": {}}),
           "volumeMounts": ({"subPath": "there"}, {"subPathExpr": "there"}), "tolerations": ({"key": "there"}, {"value": "there"}),
           "topologyKey": ({"maxSkew": 1}, {"whenUnsatisfiable": "ScheduleAnyway"}),
           "containerPort": ({"hostIP": "there"}, {"name": "there"}), "port": ({"appProtocol": "there"}, {"nodePort": 80})}
TEXTS = ("args", "externalIPs", "finalizers")


def with_list(path, key, name):
    """A list of one element, with another member for each name."""
    last = path.rpartition(".")[2]
    if key == "" or last in TEXTS:
        return [name]
    members = MEMBERS.get(key) or MEMBERS.get(last) or ({"before": "there"}, {"patched": "there"})
    return [{**({key: 80 if key.lower().endswith("port") else "same"} if key else {}), **members[name == "patched"]}]


def nested(path, key, name):
    """An object with a list at a path; where that leads through containers, the one that both sides have."""
    first, _, rest = path.partition(".")
    if not rest:
        return {first: with_list(path, key, name)}
    inner = nested(rest, key, name)
    return {first: [{"name": "same", **inner}] if first.lower().endswith("containers") else inner}


def merged(path, key):
    """What the list must be: one element with both members, both texts, those of the patch first, or only what the patch has."""
    before, after = with_list(path, key, "before"), with_list(path, key, "patched")
    return [{**before[0], **after[0]}] if key else after if key is None else [*after, *before]


def found(manifest, path):
    for step in path.split("."):
        manifest = manifest[0] if isinstance(manifest, list) else manifest
        manifest = manifest.get(step)
    return manifest


def rows():
    for number, (kind, path, key) in enumerate((kind, path, key) for kind, lists in LISTS.items() for path, key in lists.items()):
        yield f"object-{number}", *kind.split(), path, key


def merged_object(name, version, kind, path, key):
    head = {"apiVersion": version, "kind": kind, "metadata": {"name": name}}
    before = nested(path, key, "before")
    target = {"group": version.rpartition("/")[0], "kind": kind, "name": name}
    return {**head, **before, "metadata": {**before.get("metadata", {}), **head["metadata"]}}, target, nested(path, key, "patched")


def target_of(target):
    return target["kind"] + ("." + target["group"] if target["group"] else "") + "/" + target["name"]


def main():
    wanted = list(rows())
    # The selector of a budget is replaced as a whole, although it is a mapping.
    objects = [merged_object(*row) for row in wanted]
    budget = {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "budget"},
              "spec": {"selector": {"matchLabels": {"a": "b"}}}}
    model = {**MODEL, "manifests": [*(manifest for manifest, _, _ in objects), budget],
             "patches": [{"target": target_of(target), "merge": merge} for _, target, merge in objects] +
                        [{"target": "PodDisruptionBudget/budget", "merge": {"spec": {"selector": {"matchLabels": {"c": "d"}}}}}]}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "hybriddeploy.yaml").write_text(json.dumps(model))
        done = subprocess.run([Path(sys.argv[1]).resolve(), "generate"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"FAIL {done.stderr[:3000]}")
        return True
    made = {manifest["metadata"]["name"]: manifest for manifest in yaml.safe_load_all(done.stdout)}
    wrong = [(kind, path, found(made[name], path)) for name, _, kind, path, key in wanted if found(made[name], path) != merged(path, key)]
    if made["budget"]["spec"]["selector"] != {"matchLabels": {"c": "d"}}:
        wrong.append(("PodDisruptionBudget", "spec.selector", made["budget"]["spec"]["selector"]))
    for kind, path, value in wrong:
        print(f"FAIL {kind}: {path} is {value}")
    print(f"{len(wanted)} lists, {len(wrong)} merged otherwise")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
