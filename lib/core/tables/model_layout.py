#!/usr/bin/env python3
"""model_layout.py OUTPUT TEMPLATE HEADER... : makes the installed header layout.h, by which the library reads the structs of programs
that were compiled with older or newer headers: of each struct of the model the names, types and offsets of its members.
"""
import hashlib
import re
import sys

from field_docs import MEMBER, structs_of, write_changed

# What a member is, by its type in C; {} is a name that stands behind the letter.
TYPES = [
    (r"const char \*const \*", "S"), (r"const char \*", "s"), (r"int64_t ", "i"), (r"struct hd_opt_int ", "o"), (r"enum hd_\w+ ", "e"),
    (r"const struct hd_at \*", "@"), (r"const struct (hd_\w+) \*", "*{}"), (r"struct (hd_\w+) ", ".{}"),
]
# Not a struct of the model, or laid out for ever.
FIXED_STRUCTS = {"hd_opt_int"}
FIXED_MEMBERS = {("hd_app", "abi")}


def type_of(struct, member):
    for pattern, letter in TYPES:
        found = re.fullmatch(pattern, member["type"])
        if found:
            return letter.format(*found.groups())
    sys.exit(f'{struct}.{member["name"]}: a program cannot hand over a member of type {member["type"]!r}')


def layout_of(headers):
    """For each struct its text and its numbers."""
    for struct in structs_of(headers):
        name = struct["name"]
        if name in FIXED_STRUCTS:
            continue
        words, numbers = [name], [f"(uint32_t)sizeof(struct {name})"]
        for member in MEMBER.finditer(struct["body"]):
            if member["name"].startswith("n_") and member["type"] == "size_t " or (name, member["name"]) in FIXED_MEMBERS:
                continue
            kind = type_of(name, member)
            words.append(f'{member["name"]}:{kind}')
            numbers.append(f'(uint32_t)offsetof(struct {name}, {member["name"]})')
            if kind[0] in "S*":
                numbers.append(f'(uint32_t)offsetof(struct {name}, n_{member["name"]})')
        text = " ".join(words)
        assert len(text) < 4096, f"{name}: longer than a string literal of C may be"
        yield text, numbers


def main(output, template, headers):
    layout = sorted(layout_of(headers))
    texts = [text for text, _ in layout]
    parts = {
        "STRUCTS": "\n".join(f'    "{text}",' for text in texts),
        "NUMBERS": "\n".join("    " + ", ".join(numbers) + "," for _, numbers in layout),
        "IDENTITY": "0x" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16],
    }
    with open(template, encoding="utf-8") as file:
        text = re.sub(r"@([A-Z]+)@", lambda match: parts[match[1]], file.read())
    write_changed(output, text)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
