#!/usr/bin/python3 -IS
"""A kubectl that says what a test wants: the first answer whose expression is found in the call. Written down are all calls.

PRETENDED is a file: a JSON list of {"call": expression, "out": text, "err": text, "status": number}.
"""
import json
import os
import re
import sys

call = " ".join(sys.argv[1:])
with open(os.environ["PRETENDED"] + ".calls", "a") as calls:
    calls.write(call.replace("\n", " ") + "\n")
with open(os.environ["PRETENDED"]) as file:
    answers = json.load(file)
answer = next((answer for answer in answers if re.search(answer["call"], call)), {})
sys.stdout.buffer.write(answer.get("out", "").encode())
sys.stderr.buffer.write(answer.get("err", "").encode())
sys.exit(answer.get("status", 0))
