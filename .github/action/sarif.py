#!/usr/bin/env python3
"""sarif.py VERSION: findings of hybridgen, JSON a line, to SARIF 2.1.0; what is no JSON is left out. Each is also an annotation, on stderr."""
import json
import sys


def result(finding):
    text = finding["message"] + (f" ({finding['hint']})" if finding["hint"] else "")
    found = {"ruleId": finding["code"], "level": finding["severity"], "message": {"text": text}}
    if finding["file"]:
        place = {"artifactLocation": {"uri": finding["file"]}}
        if finding["line"]:
            place["region"] = {"startLine": finding["line"], "startColumn": finding["column"] or 1}
        found["locations"] = [{"physicalLocation": place}]
    return found


def annotation(finding):
    """A workflow command, which the host shows beside the line."""
    def escaped(text):
        return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    place = f"file={escaped(finding['file'])},line={finding['line'] or 1},col={finding['column'] or 1}," if finding["file"] else ""
    message = finding["message"].replace("%", "%25").replace("\n", "%0A")
    return f"::{finding['severity']} {place}title={finding['code']}::{message}"


findings = [json.loads(line) for line in sys.stdin if line.startswith("{")]
findings = [finding for finding in findings if "code" in finding]
for finding in findings:
    print(annotation(finding), file=sys.stderr)
rules = [{"id": code} for code in sorted({finding["code"] for finding in findings})]
driver = {"name": "hybridgen", "version": sys.argv[1], "rules": rules}
json.dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
           "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [result(finding) for finding in findings]}]}, sys.stdout)
