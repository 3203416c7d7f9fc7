#!/usr/bin/env python3
"""Makes field_docs.h from the comments of the model's headers: DOC_<struct>_ and DOC_<struct>_<member>.

The header is the one place where a member is explained; tables, schema, man page and bindings take the words from here.
"""
import re
import sys

STRUCT = re.compile(r"/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*struct (?P<name>hd_\w+) \{(?P<body>.*?)\n\};", re.S)
MEMBER = re.compile(r"(?:/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*)?(?P<type>[a-z][\w\s]*?[\s\*]|[a-z][\w\s]*?\*const \*)(?P<name>\w+);", re.S)


def text(comment):
    words = " ".join(line.strip().lstrip("*").strip() for line in (comment or "").splitlines())
    words = re.sub(r" ?\(Kubernetes: [^)]*\)", "", words)  # where a rule comes from, for readers of the header
    return words.strip().replace("\\", "\\\\").replace('"', '\\"')


def structs_of(headers):
    for header in headers:
        with open(header, encoding="utf-8") as file:
            yield from STRUCT.finditer(file.read())


def main(output, headers):
    structs = list(structs_of(headers))
    about = {struct["name"]: text(struct["doc"]) for struct in structs}
    lines = ["/* Made by field_docs.py from the model's headers. */"]
    for struct in structs:
        lines.append(f'#define DOC_{struct["name"]}_ "{about[struct["name"]]}"')
        for member in MEMBER.finditer(struct["body"]):
            if member["name"] in ("at", "abi") or member["name"].startswith("n_"):
                continue
            # A member without words of its own is what its struct is.
            words = text(member["doc"]) or about.get(re.sub(r"const|struct|\*|\s", "", member["type"]), "")
            if not words:
                sys.exit(f'{struct["name"]}.{member["name"]} has no comment')
            lines.append(f'#define DOC_{struct["name"]}_{member["name"]} "{words}"')
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
