#!/usr/bin/env python3
"""code_names.py OUTPUT DEFINITIONS: makes the installed header codes.h, the names of all diagnostics."""
import re
import sys

HEAD = '''/** Names of the diagnostics' codes, for hd_diagnostic.code. A name and its number keep their meaning for ever. */
#ifndef HYBRIDDEPLOY_CODES_H
#define HYBRIDDEPLOY_CODES_H

/** Code of a diagnostic: HD and this number of four digits. New versions add to it. */
enum hd_code {
'''


def main(output, definitions):
    with open(definitions, encoding="utf-8") as file:
        codes = re.findall(r'^HD_CODE\((\d+), (HD_\w+), \w+, "((?:[^"\\]|\\.)*)"', file.read(), re.M)
    lines = [f"    /** {what[0].upper()}{what[1:]}. */\n    {name} = {number}" for number, name, what in sorted(codes)]
    with open(output, "w", encoding="utf-8") as file:
        file.write(HEAD + ",\n".join(lines) + "\n};\n\n#endif\n")


main(sys.argv[1], sys.argv[2])
