#!/usr/bin/env python3
"""What a form's function takes, its pattern in the schema matches: an editor must not refuse what the library takes. And neither
takes a control character."""
import re
import subprocess
import sys

CONTROLS = "".join(map(chr, (*range(1, 32), *range(127, 160), 0x2028, 0x2029)))
# What a form takes all the same.
TAKEN = {"header_value": "\t", "text": "\t\n\r"}


def main(program, count):
    n_texts, n_patterns, pattern = 0, 0, None
    for line in subprocess.run([program, count], capture_output=True, text=True, check=True).stdout.splitlines():
        if not line.startswith("\t"):
            name, pattern = line.split(" ", 1)
            n_patterns += bool(pattern)
            # Python's $ is also true before a newline at the end.
            expression = re.compile(pattern.replace("$", r"\Z"))
            continue
        text = bytes.fromhex(line[1:]).decode()
        assert not pattern or expression.search(text), f"{name}: {text!r} is valid and does not match {pattern}"
        taken = TAKEN.get(name, "")
        assert not set(text) & set(CONTROLS) - set(taken), f"{name}: {text!r} is valid"
        at, control = n_texts % (len(text) + 1), CONTROLS[n_texts % len(CONTROLS)]
        if control in taken:
            control = "\0"
        assert not pattern or not expression.search(text[:at] + control + text[at:]), f"{name}: {pattern} takes {control!r} in {text!r}"
        n_texts += 1
    assert n_patterns > 25 and n_texts > 5000
    print(f"{n_texts} valid texts match their {n_patterns} patterns")


main(sys.argv[1], sys.argv[2])
