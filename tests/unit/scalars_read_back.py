#!/usr/bin/env python3
"""Everything the writer can print is read back as it was meant: by PyYAML, in Python and in C, and by a JSON reader."""
import json
import subprocess
import sys

import yaml


def documents(writer, seed, count, form):
    output = subprocess.run([writer, str(seed), str(count), form], capture_output=True, check=True).stdout
    if form == "hex":
        texts = [bytes.fromhex(line).decode() for line in output.decode().split("\n")[:-1]]
        return list(zip(texts[0::3], texts[1::3], texts[2::3]))
    text = output.decode()
    # Only "\n" ends a line here.
    return [json.loads(line) for line in text.split("\n")[:-1]] if form == "json" else text


def meant(texts):
    key, value, item = texts
    return {key: value, "\x1flist": [item, {"name": value, key: {value: item}}]} if key != "name" else None


def main(writer, count):
    readers = {"PyYAML": yaml.SafeLoader}
    if hasattr(yaml, "CSafeLoader"):
        readers["libyaml"] = yaml.CSafeLoader
    for seed in range(1, 4):
        texts = documents(writer, seed, count, "hex")
        read = {"json": documents(writer, seed, count, "json")}
        stream = documents(writer, seed, count, "yaml")
        for name, loader in readers.items():
            read[name] = list(yaml.load_all(stream, loader))
        for name, results in read.items():
            assert len(results) == len(texts), f"{name} reads {len(results)} documents of {len(texts)}"
            for wrote, got in zip(texts, results):
                assert got == meant(wrote), f"{name} reads {got!r}, which was {wrote!r}"
    print(f"{3 * count} documents read back by {', '.join(read)}")


main(sys.argv[1], int(sys.argv[2]))
