#!/usr/bin/env python3
"""Makes field_docs.h and field_docs.c from the comments of the model's headers: doc_<struct>_ and doc_<struct>_<member>.

The header is the one place where a member is explained; tables, schema, man page and bindings take the words from here. The words stand in
one source file, so that another word in a comment compiles that file alone. With --empty the texts are empty.
"""
import re
import sys
from pathlib import Path

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


def write_changed(name, text):
    """A file that stays as it is keeps its time, so that nothing is compiled again for it."""
    path = Path(name)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main(header, source, headers, empty):
    structs = list(structs_of(headers))
    about = {struct["name"]: text(struct["doc"]) for struct in structs}
    docs = []
    for struct in structs:
        docs.append((f'doc_{struct["name"]}_', about[struct["name"]]))
        for member in MEMBER.finditer(struct["body"]):
            if member["name"] in ("at", "abi") or member["name"].startswith("n_"):
                continue
            # A member without words of its own is what its struct is.
            words = text(member["doc"]) or about.get(re.sub(r"const|struct|\*|\s", "", member["type"]), "")
            if not words:
                sys.exit(f'{struct["name"]}.{member["name"]} has no comment')
            docs.append((f'doc_{struct["name"]}_{member["name"]}', words))
    made = "/* Made by field_docs.py from the model's headers. */\n"
    first = {words: name for name, words in reversed(docs)}
    write_changed(header, made + "".join(f"extern const char {name}[];\n" if first[words] == name else f"#define {name} {first[words]}\n" for name, words in docs))
    # Without it compilers begin each text at a boundary of 16 or 32 bytes.
    write_changed(source, f'{made}#include "field_docs.h"\n\n' + "".join(f'_Alignas(1) const char {name}[] = "{"" if empty else words}";\n' for words, name in first.items()))


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--empty"]
    main(arguments[0], arguments[1], arguments[2:], "--empty" in sys.argv)
