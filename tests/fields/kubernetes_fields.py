#!/usr/bin/env python3
"""Checks the list of the fields of Kubernetes that a model can set: kubernetes_fields.py FIELDS GOLDEN_FOLDER... [--published FILE...]

FIELDS lists the types of Kubernetes that the main objects of an application use, each with all its fields. At least one golden file must have
each field that has no reason in FIELDS, and none may have a field with a reason, so that a reason is removed when a member for the field is
added. With --published, the fields are compared with the schemas that Kubernetes publishes (internal.go of client-go's apply configurations).
"""
import sys
from pathlib import Path

import yaml

sys.path.append(str(Path(__file__).resolve().parent.parent))
from expected import expected

# The types of the objects' specs, where the walk begins.
ROOTS = {kind: kind + "Spec" for kind in ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Service", "PersistentVolumeClaim",
                                          "HorizontalPodAutoscaler")}
# The groups and versions of these types and of the types of their fields.
PACKAGES = {"io.k8s.api.core.v1", "io.k8s.api.apps.v1", "io.k8s.api.batch.v1", "io.k8s.api.autoscaling.v2", "io.k8s.apimachinery.pkg.apis.meta.v1"}
# Left out, because the library itself writes names, labels and annotations, and the server writes a status.
WHOLE = {"ObjectMeta", "PersistentVolumeClaimStatus"}


def documents(folders):
    """The objects of all golden files."""
    for path in sorted(path for folder in folders for path in Path(folder).glob("*/hybriddeploy.yaml")):
        text = expected(path.parent)
        yield from (doc for doc in yaml.load_all(text or "", Loader=yaml.CSafeLoader) if doc)


def type_of(field):
    """The name of the type of a field, or of its elements; None for a value."""
    while "namedType" not in field:
        field = (field.get("list") or field.get("map") or {}).get("elementType")
        if field is None:
            return None
    return field["namedType"].rpartition(".")[2]


def published(path):
    """{type: {field: type or None}} of one version; only types that have fields are named."""
    text = Path(path).read_text()
    schema = yaml.load(text[text.index("`types:") + 1:text.rindex("`")], Loader=yaml.CSafeLoader)
    types = {}
    for item in schema["types"]:
        package, _, name = item["name"].rpartition(".")
        if package in PACKAGES and item.get("map", {}).get("fields") and name not in WHOLE:
            types[name] = {field["name"]: type_of(field["type"]) for field in item["map"]["fields"]}
    return {name: {key: inner if inner in types else None for key, inner in fields.items()} for name, fields in types.items()}


def mark(types, name, value, written):
    """Records which fields of which types a value has."""
    for item in value if isinstance(value, list) else [value]:
        for key, inner in (item or {}).items() if isinstance(item, dict) else ():
            if name not in types or key not in types[name]:
                continue
            written.add((name, key))
            if types[name][key]:
                mark(types, types[name][key], inner, written)


def written_in(types, docs):
    written = set()
    for doc in docs:
        if doc["kind"] in ROOTS:
            mark(types, ROOTS[doc["kind"]], doc.get("spec"), written)
    return written


def reason(field):
    return field.get("reason") if isinstance(field, dict) else None


def against_golden(listed, docs):
    """Fields of the list that no golden file has, and fields with a reason although a golden file has them."""
    types = {name: {key: field if isinstance(field, str) else None for key, field in fields.items()} for name, fields in listed.items()}
    written = written_in(types, docs)
    for name, fields in listed.items():
        for key, field in fields.items():
            if reason(field) and (name, key) in written:
                yield f"{name}.{key} is written in a golden file: take its reason away"
            elif not reason(field) and (name, key) not in written:
                yield f"{name}.{key} is in no golden file: show it in one, or give the reason why no model can say it"


def against_published(listed, schemas):
    """The fields that the list lacks or should not have, for all versions together."""
    fields = {name: {} for name in listed}
    for schema in schemas:
        for name in listed:
            fields[name].update(schema.get(name, {}))
    for name, keys in listed.items():
        yield from (f"{name}.{key} is in no version" for key in keys if key not in fields[name])
        for key, inner in fields[name].items():
            if key not in keys:
                yield f"{name}.{key} is new: write it, or give the reason why no model can say it"
            elif not reason(keys[key]) and keys[key] != inner:
                yield f"{name}.{key} is of the type {inner}, the list says {keys[key]}"
            elif inner and not reason(keys[key]) and inner not in listed:
                yield f"{inner}, the type of {name}.{key}, is not in the list"


def main(path, *args):
    folders, _, schemas = " ".join(args).partition("--published")
    listed = yaml.load(Path(path).read_text(), Loader=yaml.CSafeLoader)
    found = list(against_golden(listed, documents(folders.split())))
    if schemas:
        found += against_published(listed, [published(schema) for schema in schemas.split()])
    print(*found, sep="\n", end="\n" if found else "")
    unsaid = sum(1 for fields in listed.values() for field in fields.values() if reason(field))
    print(f"{sum(map(len, listed.values()))} fields of {len(listed)} types, {unsaid} with a reason, {len(found)} wrong", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
