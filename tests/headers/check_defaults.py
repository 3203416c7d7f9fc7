#!/usr/bin/env python3
"""Each default has, in its member's comment, a reason: why it is safe, or what it presumes of the program.

check_defaults.py PRINT_TABLES HYBRIDGEN: asked are all comments of members that name a default, the fixed defaults of the tables, and
what the library's runtimes give to services. The reason stands behind "Default:", and one that is inherited has it where it comes from.
"""
import json
import re
import subprocess
import sys

DEFAULT = re.compile(r"\b[Dd]efault(?: for [^:]*)?:")
REASON = re.compile(r"\b(because|safe|so that|presumes)\b|, which\b")
# What is said once for all: of the application for its services, of the pod for its containers, of an alert for its settings.
INHERITED = re.compile(r"the (application|service|pod|alert)'s(?! name\b)")
# A service of each runtime, and a job; none of them says anything else.
MODEL = """\
name: shop
imageRegistry: registry.example.com/shop
imageTag: "1"
services:
  a: {runtime: cpython}
  b: {runtime: condon}
  c: {image: "registry.example.com/c:1", port: 8080, autoscaling: on, livenessProbe: on}
  d: {runtime: cpython, kind: Job}
  e: {runtime: cpython, kind: StatefulSet}
"""


def rows(tables, struct):
    """The rows of a struct, with those of the structs that stand in it without a key."""
    for row in tables[struct]["fields"]:
        yield from rows(tables, row["of"]) if row.get("key") == "" else [(struct, row)]


def row_at(tables, path):
    """The row of a path in a service, such as services.a.readinessProbe.periodSeconds; None for an entry of a map."""
    struct, found = "hd_service", None
    for key in re.sub(r"\[\d+\]", "", path).split(".")[2:]:
        found = next(((name, row) for name, row in rows(tables, struct) if row["key"] == key), None) if struct else None
        if not found:
            return None
        struct = found[1].get("of")
    return found


def chosen(tables, hybridgen):
    """(struct, member, comment) of each default."""
    for name, struct in tables.items():
        asked = (row for row in struct["fields"] if "def" in row or "defInt" in row or DEFAULT.search(row.get("doc", "")))
        yield from ((name, row["member"], row["doc"]) for row in asked)
    lines = subprocess.run([hybridgen, "explain", "-q", "--format", "json", "-f", "-"], input=MODEL, capture_output=True, text=True, check=True).stdout
    for line in map(json.loads, lines.splitlines()):
        found = row_at(tables, line["path"]) if line["origin"] == "default" and line["path"].startswith("services.") else None
        # The others belong to a list whose comment says all of it.
        if found and line["from"] and "Default" in found[1]["doc"]:
            yield found[0], found[1]["member"], found[1]["doc"]


def has_reason(doc):
    default = DEFAULT.search(doc)
    rest = doc[default.end():].lstrip() if default else ""
    return bool(REASON.search(rest) or INHERITED.match(rest))


def main(program, hybridgen):
    tables = json.loads(subprocess.run([program], capture_output=True, check=True).stdout)
    defaults = sorted(set(chosen(tables, hybridgen)))
    lacking = [(name, member, doc) for name, member, doc in defaults if not has_reason(doc)]
    for name, member, doc in lacking:
        print(f"FAIL struct {name}, {member}: the comment gives no reason for the default: {doc}")
    print(f"{len(defaults)} defaults, {len(lacking)} without a reason")
    return bool(lacking)


sys.exit(main(*sys.argv[1:]))
