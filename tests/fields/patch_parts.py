#!/usr/bin/env python3
"""Compares the fields by which the library judges patches and manifests with what Kubernetes publishes: patch_parts.py PARTS_C --published FILE...

PARTS_C is lib/patch/parts.c, whose comment says how its table is read. The FILEs are the schemas of all supported versions (internal.go of
client-go's apply configurations). A field that any version has must stand in the table, and one that none has may not.
"""
import re
import sys
from pathlib import Path

import yaml

GROUPS = ("core.v1", "apps.v1", "batch.v1", "policy.v1", "autoscaling.v1", "autoscaling.v2")
NUMBERS = "#>^_-"
# The API server takes no such container in a template, nor in a new pod.
NOT_MEANT = {("EphemeralContainer", "targetContainerName")}
# Parts of objects of several kinds, and of custom resources.
NOT_PUBLISHED = ("other", "custom", ";", "`")
AMOUNTS = ("io.k8s.apimachinery.pkg.api.resource.Quantity", "io.k8s.apimachinery.pkg.util.intstr.IntOrString")
FIELD = re.compile(r"!?([a-zA-Z]+)((?:\[[^\]]*\])?(?:['%@:|].|\([^)]*\)|[^!+~\[]))")


def table(path):
    """The parts with all their fields, {part: {field: mark}}; those that may have others;
    the name of the part that each takes fields from; and the names of the kinds."""
    source = Path(path).read_text()
    text = source[source.index("parts[] ="):]
    text = "".join(re.findall(r'^    "(.*?)";?$', text[:text.index(";\n")] + ";", re.M))
    parts, opened, shared = {}, set(), {}
    for line in filter(None, text.split("\\n")):
        name, _, fields = line.partition(" ")
        rest = FIELD.sub("", fields)
        if not re.fullmatch(r"(\+.)?~?", rest):
            sys.exit(f"{path}: {rest!r} of {name} is no field with a mark")
        parts[name], shared[name] = dict(FIELD.findall(fields)), rest[1:2]
        if rest.endswith("~"):
            opened.add(name)
    whole = {name: {**fields, **parts.get(shared[name], {})} for name, fields in parts.items()}
    return whole, opened, shared, [name for name in parts if len(name) > 1 and name not in NOT_PUBLISHED]


def published(path):
    text = Path(path).read_text()
    schema = yaml.load(text[text.index("`types:") + 1:text.rindex("`")], Loader=yaml.CSafeLoader)
    return {item["name"]: item for item in schema["types"]}


def fits(mark, field, behind):
    """Whether a mark stands for the type of a field. The types that a letter stands for are added to those behind it."""
    named = field.get("namedType", "")
    elements = (field.get("list") or field.get("map") or {}).get("elementType", {})
    if mark == "*":
        return True
    if mark[0] == "[":
        return "list" in field and fits(mark[mark.index("]") + 1:], elements, behind)
    if mark[0] in ":|" or mark.isalnum():
        behind.append((mark[-1], named))
        return bool(named) and named not in AMOUNTS
    if mark[0] in "@&=":
        return "map" in field and fits("%" if mark == "&" else "$", elements, behind)
    if mark[0] == "%":
        return named in AMOUNTS
    scalar = "numeric" if mark in NUMBERS else "boolean" if mark == "?" else "string"
    return scalar == field.get("scalar") or (mark == "$" and named.endswith(".Time"))


def compare(parts, opened, shared, kinds, versions):
    seen, known = set(), {name: set() for name in parts}
    todo = [(kind, f"io.k8s.api.{group}.{kind}") for kind in kinds for group in GROUPS]
    while todo:
        part, name = todo.pop()
        if (part, name) in seen:
            continue
        seen.add((part, name))
        for schema in versions:
            for field in schema.get(name, {}).get("map", {}).get("fields", ()):
                key, mark = field["name"], parts[part].get(field["name"])
                known[part].add(key)
                behind = []
                if mark is None and part not in opened and (name.rpartition(".")[2], key) not in NOT_MEANT:
                    yield f"{name}.{key} is not in the part {part}"
                elif mark and not fits(mark, field["type"], behind):
                    yield f"{name}.{key} is {field['type']}, the part {part} says {mark}"
                todo += behind
    for part in kinds:
        if not known[part]:
            yield f"no version has the kind {part}"
    for part, fields in parts.items():
        # Fields that several parts share are those of any of them.
        takers = [taker for taker in parts if part in (taker, shared[taker])]
        own = [key for key in fields if key not in parts.get(shared[part], {})]
        yield from (f"{key} of the part {part} is in no version" for key in own if part not in NOT_PUBLISHED and not any(key in known[taker] for taker in takers))


def main(path, _, *schemas):
    parts, opened, shared, kinds = table(path)
    found = sorted(set(compare(parts, opened, shared, kinds, [published(schema) for schema in schemas])))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{sum(map(len, parts.values()))} fields of {len(parts)} parts, {len(found)} wrong", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
