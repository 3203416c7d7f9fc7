#!/usr/bin/env python3
"""Each struct of the model's headers has the same members, in the same order and of the same types, as its table has rows;
and the comment of a number states the range that the table checks."""
import json
import re
import subprocess
import sys

STRUCT = re.compile(r"^struct (hd_\w+) \{$(.*?)^\};$", re.S | re.M)
MEMBER = re.compile(r"(?:/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*)?(?P<type>[a-z][\w \*]*?[ \*])(?P<name>\w+);", re.S)
KINDS = {
    1: r"const char \*", 2: r"int64_t ", 3: r"struct hd_opt_int ", 4: r"enum hd_bool ", 5: r"enum hd_\w+ ", 6: r"const char \*",
    7: r"const char \*const \*", 8: r"struct hd_\w+ ", 9: r"struct hd_\w+ ", 10: r"const struct hd_\w+ \*",
    11: r"const char \*",
}
# Not of the model: what the model is made of.
NO_MODEL = {"hd_at", "hd_mark", "hd_opt_int"}
LARGEST = 2 ** 31 - 1


def members(body):
    """(name, type, doc) of each member that a row stands for."""
    found = [(m["name"], m["type"], " ".join((m["doc"] or "").replace("*", " ").split())) for m in MEMBER.finditer(body)
             if m["type"] != "const struct hd_layout *"]
    names = {name for name, _, _ in found}
    assert found[-1][:2] == ("at", "const struct hd_at *"), "the last member is at"
    for name, kind, _ in found[:-1]:
        if name.startswith("n_") and kind == "size_t ":
            assert name[2:] in names, f"{name} counts nothing"
        elif kind.endswith("*") and kind.count("const") == kind.count("*") and kind != "const char *":
            assert f"n_{name}" in names, f"{name} has no count"
    return [m for m in found if m[0] != "at" and not (m[0].startswith("n_") and m[1] == "size_t ")]


def tables(program):
    """(member, kind, least, most) of each row, by struct."""
    said = json.loads(subprocess.run([program], capture_output=True, check=True).stdout)
    return {name: [(row["member"], row["kind"], row.get("min", 0), row.get("max", 0)) for row in struct["fields"]] for name, struct in said.items()}


def wrong_range(doc, least, most):
    """What is wrong with the range that a comment states, 1 to 65535; from 0 where the type alone ends it. None when all is well."""
    if not least and not most:
        return None
    stated = re.search(r"(?<![\w-])(-?\d+) to (\d+)\b", doc) or re.search(r"\b(\d+), [^.]* or (\d+)\b", doc)
    start = re.search(r"\bfrom (\d+)\b", doc)
    if not stated and not start:
        return f"the comment states no range, the table {least} to {most}"
    right = (least, most) == (int(stated[1]), int(stated[2])) if stated else most == LARGEST and least == int(start[1])
    return None if right else f"the comment says {(stated or start)[0]}, the table {least} to {most}"


def main(program, headers):
    model = tables(program)
    seen, ranges, n_ranges = set(), [], 0
    for header in headers:
        for struct in STRUCT.finditer(open(header, encoding="utf-8").read()):
            name = struct[1]
            if name in NO_MODEL:
                continue
            assert name in model, f"{name} has no table that is reached from the application's"
            seen.add(name)
            rows = model[name]
            found = members(struct[2])
            assert [m[0] for m in found] == [r[0] for r in rows], f"{name}: members {[m[0] for m in found]}, rows {[r[0] for r in rows]}"
            for (member, kind, doc), row in zip(found, rows):
                assert re.fullmatch(KINDS[row[1]], kind), f"{name}.{member} is {kind!r} and its row of kind {row[1]}"
                wrong = wrong_range(doc, row[2], row[3]) if row[1] in (2, 3) else None
                n_ranges += bool(row[2] or row[3])
                if wrong:
                    ranges.append(f"{name}.{member}: {wrong}")
    assert seen == set(model), f"no header has {set(model) - seen}"
    assert not ranges, "\n".join(ranges)
    assert n_ranges > 20, "comments state no ranges"
    print(f"{len(seen)} structs and {n_ranges} ranges agree")


main(sys.argv[1], sys.argv[2:])
