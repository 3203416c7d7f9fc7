#!/usr/bin/env python3
"""Checks that golden files have the defaults that servers add inside lists: list_defaults.py TABLE GOLDEN_FOLDER... [--definitions FILE...]

kubectl diff, Argo CD and other GitOps tools compare a list as a whole, so they report a difference for ever when the server adds a default to
an element. TABLE has these defaults: those of Kubernetes' own kinds, each with its source, and those that CustomResourceDefinitions declare.
With --definitions, the table is compared with the given definitions.
"""
import sys
from pathlib import Path

import yaml

from kubernetes_fields import documents


class Loader(yaml.CSafeLoader):
    """Reads a plain `=` as a text, because Prometheus' definitions use it so."""


Loader.add_constructor("tag:yaml.org,2002:value", yaml.CSafeLoader.construct_yaml_str)

POD_SPECS = {"Pod": "spec", "Deployment": "spec.template.spec", "StatefulSet": "spec.template.spec", "DaemonSet": "spec.template.spec",
             "Job": "spec.template.spec", "CronJob": "spec.jobTemplate.spec.template.spec"}


def kind_of(doc):
    return f"{doc['apiVersion']} {doc['kind']}"


def rows_for(table, doc):
    """The (path, default) pairs for an object; those of pods below the path of its template."""
    yield from table.get(kind_of(doc), {}).items()
    at = POD_SPECS.get(doc["kind"]) if doc["apiVersion"] in ("v1", "apps/v1", "batch/v1") else None
    for path, default in table["pods"].items() if at else ():
        yield f"{at}.{path}", default


def parents(value, path):
    """The mappings to which a path leads; `[]` in it means each element of a list."""
    if not path:
        return [value] if isinstance(value, dict) else []
    first, rest = path[0], path[1:]
    if first == "[]":
        return [found for item in (value if isinstance(value, list) else []) for found in parents(item, rest)]
    return parents(value[first], rest) if isinstance(value, dict) and first in value else []


def steps(path):
    return [step for part in path.split(".") for step in part.replace("[]", " []").split()]


def added(table, doc):
    for path, default in rows_for(table, doc):
        *way, key = steps(path)
        for parent in parents(doc, way):
            if key not in parent:
                yield f"{kind_of(doc)} {doc['metadata']['name']}: {path} is missing, servers fill in {default!r}"


def declared(schema, path=""):
    """(path, default) of a definition's schema, below lists."""
    for key, inner in schema.get("properties", {}).items():
        here = f"{path}.{key}" if path else key
        if "default" in inner and "[]" in path:
            yield here, inner["default"]
        yield from declared(inner, here)
    if isinstance(schema.get("items"), dict):
        yield from declared(schema["items"], path + "[]")


def definitions(files):
    for path in files:
        for doc in yaml.load_all(Path(path).read_text(), Loader=Loader):
            if doc and doc["kind"] == "CustomResourceDefinition":
                spec = doc["spec"]
                for version in spec["versions"]:
                    name = f"{spec['group']}/{version['name']} {spec['names']['kind']}"
                    yield name, dict(declared({"properties": {"spec": version["schema"]["openAPIV3Schema"].get("properties", {}).get("spec", {})}}))


def met(table, docs):
    """The rows whose path exists in at least one object."""
    for doc in docs:
        for path, default in table.get(kind_of(doc), {}).items():
            if any(parents(doc, steps(path)[:-1])):
                yield kind_of(doc), path, default


def against_definitions(table, docs, files):
    """Rows of the table that no definition has, and defaults that the table lacks although golden files have their path."""
    said = dict(definitions(files))
    for kind, rows in table.items():
        for path, default in rows.items():
            if kind in said and said[kind].get(path, rows) != default:
                yield f"{kind}: {path} has no default {default!r} in its definition"
    for kind, path, default in sorted(set((kind, path, repr(default)) for kind, path, default in met(said, docs))):
        if path not in table.get(kind, {}):
            yield f"{kind}: {path} has the default {default}, which the table lacks"


def main(path, *args):
    folders, _, files = " ".join(args).partition("--definitions")
    table, docs = yaml.load(Path(path).read_text(), Loader=yaml.CSafeLoader), list(documents(folders.split()))
    found = [words for doc in docs for words in added(table, doc)]
    if files:
        found += against_definitions(table, docs, files.split())
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(docs)} objects, {len(found)} wrong", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
