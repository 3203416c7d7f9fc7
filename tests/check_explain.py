#!/usr/bin/env python3
"""What `hybridgen explain` writes: check_explain.py HYBRIDGEN TESTS EXAMPLES

It must be a model that yields the same manifests byte by byte and no further diagnostics; every value must say where it came
from, and where it names a line, the value must stand there.
"""
import re
import subprocess
import sys
from pathlib import Path

VALUE = re.compile(r"^ *(?:- )*(?:(?:[^\"\s:]|:(?! )|\"[^\"]*\")+: )?(?P<value>[^#\s].*?)  # (?P<origin>.*)$")
LINE = re.compile(r"^(?:runtimes\.\w+, )?hybriddeploy\.yaml:(\d+)$")
ORIGIN = re.compile(r"^(hybriddeploy\.yaml:\d+|runtimes\.\w+, hybriddeploy\.yaml:\d+|default( of \w+)?|imageRegistry|imageTag|name of the service|name of the application|"
                    r"image of the service|[\w./-]+\.(yaml|json|toml|conf|txt))$")
EDGE = re.compile(r"^ +# (reached by|reaches) [\w.]+(?:[ :/-][\w./-]+)* on [\d, /udpalorts]+ \([\w ]+\)$")


class Explained:
    def __init__(self, hybridgen, model):
        self.hybridgen, self.model, self.failures = hybridgen, model, []
        self.text = self.run("explain").stdout
        self.source = model.read_text().splitlines()
        self.counts = {}

    def run(self, *args, **more):
        return subprocess.run([self.hybridgen, *args], cwd=self.model.parent, capture_output=True, text=True, timeout=60, **more)

    def fail(self, what):
        self.failures.append(f"{self.model}: {what}")

    def check_manifests(self):
        own = self.run("generate")
        again = self.run("generate", "-f", "-", input=self.text)
        if own.returncode or not own.stdout:
            self.fail(f"is wrong itself: {own.stderr}")
        if own.stdout != again.stdout:
            self.fail(f"what explain writes yields other manifests {again.stderr}")
        more = set(re.findall(r"\[HD\d+\]", again.stderr)) - set(re.findall(r"\[HD\d+\]", own.stderr))
        if more:
            self.fail(f"what explain writes is blamed for {more}")

    @staticmethod
    def stands_in(value, line):
        # A truth value may stand for its whole mapping; texts of many lines begin on the next.
        if value in line or value in ("true", "false", "|", "[]"):
            return True
        # An alias, and the number of a port that was named.
        return (value == "condon" and "codon" in line) or (value.isdigit() and re.search(r"(grpc|port): grpc", line))

    def check_line(self, line):
        match = VALUE.match(line)
        if not match or not ORIGIN.match(match["origin"]):
            self.fail(f"does not say where this came from: {line}")
            return
        origin = LINE.match(match["origin"])
        self.counts[re.sub(r"[, ].*|:.*", "", match["origin"])] = True
        value = match["value"].strip('"')
        if origin and not self.stands_in(value, self.source[int(origin[1]) - 1].replace('\\"', '"')):
            self.fail(f"line {origin[1]} is no place of {value}")

    def check_lines(self):
        block = whole = None
        for line in self.text.splitlines():
            indent = len(line) - len(line.lstrip())
            # The lines of an object that stands in the model as a whole come from where its first one does.
            if whole is not None and (indent > whole or line.startswith(" " * whole + "- ")):
                if indent > whole:
                    continue
            else:
                whole = indent if line.strip() == "manifests:" else None
            if block is not None and (indent > block or not line):
                continue
            block = None
            if EDGE.match(line) or re.match(r"^ *(- )*[^#]*:( \{\})?$", line):
                continue
            self.check_line(line)
            if re.search(r": \|  # ", line):
                block = indent


def check_paths(hybridgen, model):
    """A path gives the part of the whole that it names, and what is nowhere is a wrong call."""
    explained = Explained(hybridgen, model)
    whole = explained.text.splitlines()
    part = explained.run("explain", "services.auth-service.resources.limits").stdout.splitlines()
    assert part[:4] == ["services:", "  auth-service:", "    resources:", "      limits:"] and len(part) == 6, part
    assert all(line in whole for line in part)
    element = explained.run("explain", "services.streaming-service.ports[0].protocol").stdout
    assert re.fullmatch(r"services:\n  streaming-service:\n    ports:\n    - protocol: websocket  # hybriddeploy.yaml:\d+\n", element), element
    assert explained.run("explain", "services.streaming-service.ports").stdout == explained.run("explain", "services.streaming-service.port").stdout
    for path in ("services.nobody", "services.auth-service.replicas", "name.x", "services.auth-service.ports[1]", "[", "services[\"auth-service"):
        assert explained.run("explain", path).returncode == 2, path


def main():
    hybridgen, tests, examples = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]), Path(sys.argv[3])
    graphmemory = examples / "graphmemory" / "hybriddeploy.yaml"
    seen, failures = {}, []
    for model in [graphmemory, *sorted((tests / "golden").glob("*/hybriddeploy.yaml"))]:
        explained = Explained(hybridgen, model)
        explained.check_manifests()
        explained.check_lines()
        seen.update(explained.counts)
        failures += explained.failures
    assert {"hybriddeploy.yaml", "runtimes.codon", "default", "imageTag"} <= set(seen), seen
    check_paths(hybridgen, graphmemory)
    text = Explained(hybridgen, graphmemory).text
    for edge in ("reached by dashboard-service on 8000 (call)", "reached by gateway on 8000 (gateway)", "reaches postgres on 5432 (call)"):
        assert f"    # {edge}\n" in text, f"no edge {edge}"
    print("\n".join(f"FAIL {failure}" for failure in failures))
    return len(failures) > 0


sys.exit(main())
