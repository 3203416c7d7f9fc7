"""Reads YAML documents by YAML 1.1's rules and says in JSON what it found.

Input: for each document its length in bytes on a line, then the document.
Output: a line of JSON each. A value that JSON has no type for (a date, a set,
a binary) is an error: nothing in a manifest should look like one.
"""

import json
import sys

import yaml

loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def strange(value):
    raise TypeError("%s %r" % (type(value).__name__, value))


def check_keys(value):
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                raise TypeError("key %r is a %s" % (key, type(key).__name__))
            check_keys(member)
    elif isinstance(value, list):
        for member in value:
            check_keys(member)


print(json.dumps("PyYAML " + yaml.__version__), flush=True)
for length in iter(sys.stdin.buffer.readline, b""):
    text = sys.stdin.buffer.read(int(length))
    try:
        value = yaml.load(text, loader)
        check_keys(value)
        answer = json.dumps({"value": value}, default=strange)
    except Exception as e:
        answer = json.dumps({"error": "%s: %s" % (type(e).__name__, e)})
    print(answer, flush=True)
