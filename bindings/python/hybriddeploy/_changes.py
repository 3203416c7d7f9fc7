"""Patches that change one value of JSON into another: merges as the API server does them, and operations of RFC 6902."""
import json

# The key by which the API server merges the elements of a list of its own kinds. Every other list is replaced by the one of the patch.
_WORKLOADS = {"containers": "name", "initContainers": "name", "ephemeralContainers": "name", "volumes": "name", "imagePullSecrets": "name",
              "hostAliases": "ip", "topologySpreadConstraints": "topologyKey", "schedulingGates": "name", "resourceClaims": "name",
              "ports": "containerPort", "env": "name", "volumeMounts": "mountPath", "volumeDevices": "devicePath"}
_KEYS = {**dict.fromkeys(["Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet", "CronJob", "Pod"], _WORKLOADS),
         "Service": {"ports": "port"}, "ServiceAccount": {"secrets": "name"}}


class _Unsayable(Exception):
    """A merge cannot make this change."""


def same(one, other):
    """Whether two values are the same in YAML, where 1 and 1.0 are one number, and true is none."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _added(value):
    """A value that a merge adds. It cannot add null, which takes a key away."""
    if value is None or (isinstance(value, dict) and None in value.values()):
        raise _Unsayable
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _added(one)
    return value


def _by_key(elements, key):
    found = {one.get(key): one for one in elements if isinstance(one, dict) and isinstance(one.get(key), (str, int))}
    if len(found) != len(elements):
        raise _Unsayable  # because the elements cannot be told apart
    return found


def _merge_list(before, after, key, keys):
    """What stays and stands before something new is named too, because the order of a patch's elements is the order of the list."""
    old, new = _by_key(before, key), _by_key(after, key)
    changes = {name: one if name not in old else _merge_mapping(old[name], one, keys) for name, one in new.items()}
    found, names = [{key: name, "$patch": "delete"} for name in old if name not in new], list(new)
    for i, name in enumerate(names):
        if name not in old:
            found.append(_added(changes[name]))
        elif changes[name] or (i + 1 < len(names) and names[i + 1] not in old):
            found.append({key: name, **changes[name]})
    return found


def _merge_mapping(before, after, keys):
    found = {key: None for key in before if key not in after}
    for key, value in after.items():
        was = before.get(key)
        if key in before and same(was, value):
            continue
        if isinstance(was, dict) and isinstance(value, dict):
            found[key] = _merge_mapping(was, value, keys)
        elif isinstance(was, list) and isinstance(value, list) and key in keys:
            found[key] = _merge_list(was, value, keys[key], keys)
        else:
            found[key] = _added(value)
    return found


def merge(before, after):
    """The value of `merge` that changes one manifest into the other; None when there is none."""
    try:
        return _merge_mapping(before, after, _KEYS.get(before["kind"], {}) if "." not in before["apiVersion"] else {})
    except _Unsayable:
        return None


def _pointer(path, step):
    return f"{path}/{str(step).replace('~', '~0').replace('/', '~1')}"


def _list_operations(before, after, path):
    if len(before) == len(after):
        return [one for i, (was, value) in enumerate(zip(before, after)) for one in operations(was, value, _pointer(path, i))]
    begin = 0
    while begin < min(len(before), len(after)) and same(before[begin], after[begin]):
        begin += 1
    end = 0
    while end < min(len(before), len(after)) - begin and same(before[-1 - end], after[-1 - end]):
        end += 1
    gone, new = len(before) - begin - end, after[begin:len(after) - end]
    return [{"op": "remove", "path": _pointer(path, begin)}] * gone + [
        {"op": "add", "path": _pointer(path, begin + i), "value": value} for i, value in enumerate(new)]


def operations(before, after, path=""):
    """The shortest list of operations of RFC 6902 that changes one value into the other."""
    if same(before, after):
        return []
    whole = [{"op": "replace", "path": path, "value": after}]
    if isinstance(before, dict) and isinstance(after, dict):
        parts = [{"op": "remove", "path": _pointer(path, key)} for key in before if key not in after]
        for key, value in after.items():
            parts += operations(before[key], value, _pointer(path, key)) if key in before else [
                {"op": "add", "path": _pointer(path, key), "value": value}]
    elif isinstance(before, list) and isinstance(after, list):
        parts = _list_operations(before, after, path)
    else:
        return whole
    return whole if path and len(json.dumps(parts)) > len(json.dumps(whole)) else parts
