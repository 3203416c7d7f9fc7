#!/usr/bin/env python3
"""What each row of the tables says, once more: test_allowed.py PRINT_TABLES HYBRIDGEN [--update]

Tests that try what a row allows get that from the row itself, so they agree with any mistake in it. allowed.txt has what a user may write, a
line for each row: what must be given, bounds, defaults, words, whether the name is the library's own; and for each form its longest text,
its words and its pattern. With --update it is written anew: read what changed against the API's own words. Where members may stand has
limits.yaml.
"""
import json
import subprocess
import sys
from pathlib import Path

import tables


def rows_of(said):
    for name, struct in said.items():
        for field in struct["fields"]:
            row = tables.Row(name, 0, field)
            parts = [row.name]
            parts += ["required"] if row.required else []
            parts += [f"{row.min} to {row.max}"] if row.is_bounded else []
            parts += [f"default {field[key]}" for key in ("def", "defInt") if key in field]
            parts += ["one of " + " ".join(row.words)] if row.words else []
            parts += ["none"] if field.get("none") else []
            parts += ["ours"] if field.get("ours") else []
            parts += [f"or {field['shortKey']}"] if field.get("shortKey") else []
            parts += [f"of {row.of.removeprefix('hd_')}"] if row.of else []
            if len(parts) > 1:
                yield ", ".join(parts)


def forms_of(said, schema):
    """(pattern, words, longest) of each form that a row has."""
    longest = dict(lengths(schema))
    words = {field["pattern"]: field["form"] for struct in said.values() for field in struct["fields"] if "pattern" in field}
    for pattern, text in sorted(words.items()):
        yield f"{text}, at most {longest.get(pattern)}: {pattern}"


def lengths(schema):
    if isinstance(schema, dict):
        if "pattern" in schema and "maxLength" in schema:
            yield schema["pattern"], schema["maxLength"]
        for value in schema.values():
            yield from lengths(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from lengths(value)


def main():
    update = "--update" in sys.argv
    print_tables, hybridgen = [word for word in sys.argv[1:] if word != "--update"]
    said = json.loads(subprocess.run([print_tables], capture_output=True, check=True).stdout)
    schema = json.loads(subprocess.run([hybridgen, "schema"], capture_output=True, check=True).stdout)
    found, known = [*rows_of(said), *forms_of(said, schema)], Path(__file__).with_name("allowed.txt")
    if update:
        known.write_text("".join(f"{line}\n" for line in found))
    expected = known.read_text().splitlines()
    failures = [f"{'no longer' if line in expected else 'not in allowed.txt'}: {line}" for line in sorted({*expected} ^ {*found})]
    print("\n".join(f"FAIL {failure}" for failure in failures))
    print(f"{len(found)} rows and forms, {len(failures)} differ")
    return bool(failures) or not found


if __name__ == "__main__":
    sys.exit(main())
