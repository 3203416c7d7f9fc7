#!/usr/bin/env python3
"""man3.py VERSION HEADER... FOLDER: a manual page for each public function: its header's own words, in mdoc."""
import pathlib
import re
import sys
import textwrap

# One comment may stand before several functions.
DECLARATION = re.compile(r"(?:/\*\*(?P<words>(?:(?!\*/).)*)\*/\s*)?^HD_API\s+(?P<declaration>[^;]+);", re.S | re.M)
FUNCTION = re.compile(r"(?P<type>.*?)(?P<name>hd_\w+)\((?P<parameters>.*)\)", re.S)
NAMED = re.compile(r"\bhd_\w+(?=\(\))")


def plain(words):
    """A comment's text: without the stars before its lines."""
    return " ".join(re.sub(r"^\s*\*", "", line).strip() for line in words.splitlines()).strip()


def macro_argument(text):
    return '"' + re.sub(r"\s+", " ", text).strip().replace('"', '\\(dq') + '"'


def lines_of(text):
    """A sentence a line, as mdoc wants it, functions marked; nothing in it is taken for a request."""
    text = text.replace("\\", "\\e").replace("`", "")
    for sentence in re.split(r"(?:(?<=\.)|(?<=\.\))) (?=\S)", text):
        for piece in re.split(r"\s*(\bhd_\w+\(\)[.,;:]?)\s*", sentence):
            function = re.match(r"(hd_\w+)\(\)(.?)$", piece)
            if function:
                yield f".Fn {function[1]} {function[2]}".rstrip()
                continue
            for line in textwrap.wrap(piece, 79, break_long_words=False, break_on_hyphens=False):
                yield "\\&" * line.startswith((".", "'")) + line


def page(header, words, function, others):
    name, text = function["name"], plain(words)
    first = re.split(r"(?<=\.) ", text, maxsplit=1)[0].rstrip(".").replace("`", "")
    parameters = [part for part in re.split(r",(?![^(]*\))", function["parameters"]) if part.strip() != "void"] or ["void"]
    also = sorted({other for other in others if other != name} & set(NAMED.findall(text)))
    yield from [".Dd November 29, 2026", f".Dt {name.upper()} 3", ".Os", ".Sh NAME", f".Nm {name}", f".Nd {first[0].lower() + first[1:]}",
                ".Sh LIBRARY", ".Lb libhybriddeploy", ".Sh SYNOPSIS", f".In hybriddeploy/{header}", f".Ft {macro_argument(function['type'])}",
                f".Fo {name}"]
    yield from (f".Fa {macro_argument(parameter)}" for parameter in parameters)
    yield from [".Fc", ".Sh DESCRIPTION", *lines_of(text), ".Sh SEE ALSO", ".Xr hybridgen 1 ,"]
    yield from (f".Xr {other} 3 ," for other in also)
    yield ".Xr hybriddeploy.yaml 5"


def functions(header):
    words = ""
    for found in DECLARATION.finditer(header.read_text(encoding="utf-8")):
        words = found["words"] or words
        yield header.name, words, FUNCTION.match(found["declaration"])


def main(version, headers, folder):
    found = [function for header in headers for function in functions(pathlib.Path(header))]
    names = [function["name"] for _, _, function in found]
    for header, words, function in found:
        lines = [line if line != ".Lb libhybriddeploy" else f"libhybriddeploy {version}" for line in page(header, words, function, names)]
        pathlib.Path(folder, function["name"] + ".3").write_text("\n".join(lines) + "\n", encoding="utf-8")


main(sys.argv[1], sys.argv[2:-1], sys.argv[-1])
