#!/usr/bin/env python3
"""check_man.py HYBRIDGEN PAGE...: man pages are clean for mandoc, and hybriddeploy.yaml(5) has every key of the schema."""
import json
import re
import subprocess
import sys
from pathlib import Path


def keys_of(schema):
    """Every key of every struct in the schema."""
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        yield from properties
        for value in [*properties.values(), *(v for k, v in schema.items() if k != "properties")]:
            yield from keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys_of(value)


def main():
    hybridgen, pages = sys.argv[1], [Path(page) for page in sys.argv[2:]]
    failures = []
    for page in pages:
        lint = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, text=True).stdout
        # Whether a page is installed says nothing about this one.
        failures += [line for line in lint.splitlines() if "referenced manual not found" not in line]
    [model_page] = [page.read_text() for page in pages if page.name == "hybriddeploy.yaml.5"]
    described = set(re.findall(r"^\.It Ic (\S+) Pq", model_page, re.M)) | set(re.findall(r"Short:\s(\w+)\.", model_page))
    schema = json.loads(subprocess.run([hybridgen, "schema"], capture_output=True, check=True).stdout)
    keys = set(keys_of(schema)) - {"amount"}
    assert len(keys) > 200
    failures += [f"{key} is not described" for key in sorted(keys - described)]
    titles = set(re.findall(r"^\.Ss (.*)$", model_page, re.M))
    failures += [f"no section {title}" for title in sorted(set(re.findall(r"^\.Sx (.*) \.$", model_page, re.M)) - titles)]
    print("\n".join(failures))
    return len(failures) > 0


sys.exit(main())
