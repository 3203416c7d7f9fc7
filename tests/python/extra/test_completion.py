"""Editors complete attributes and words of the model: Jedi (IPython, Jupyter, Vim) and the server of pyright (Pylance)."""
import json
import os
import shutil
import subprocess
import sys

import pytest

import hybriddeploy as hd
from hybriddeploy import _raw, _schema

pytestmark = pytest.mark.usefixtures("with_types")

BEFORE = "import hybriddeploy as hd\napp = hd.App()\n"
# Typed text, and some of the completions that must be offered.
TYPED = {
    'app.services["web"].': {"replicas", "autoscaling", "to_dict"},
    'app.services["web"].autoscaling.': {"max_replicas", "behavior"},
    'app.services["web"].readiness_probe.http_get.': {"path", "port"},
    "app.services[0].calls[0].": {"to", "methods"},
    "app.services.": {"append", "keys", "items"},
    "for one in app.services: one.": {"replicas"},
    "hd.Service(repl": {"replicas="},
    "hd.Autosc": {"Autoscaling"},
    "app.generate(on": {"only="},
    "app.generate()[0].": {"kind", "data"},
    "app.patch(app.objects())[0].": {"target", "merge"},
    "app.check()[0].": {"code", "hint"},
    'hd.App.from_yaml("").resolve().services["web"].resources.': {"requests", "limits"},
}


def jedi(line):
    script = pytest.importorskip("jedi").Script(BEFORE + line)
    return {one.name for one in script.complete(BEFORE.count("\n") + 1, len(line))}


class Server:
    """A client of pyright's language server, which acts as an editor."""

    def __init__(self, folder):
        self.process = subprocess.Popen(["pyright-langserver", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.uri = (folder / "typed.py").as_uri()
        self.number = 0
        self.ask("initialize", processId=os.getpid(), rootUri=folder.as_uri(), capabilities={},
                 workspaceFolders=[{"uri": folder.as_uri(), "name": "typed"}])
        self.tell("initialized")
        self.tell("textDocument/didOpen", textDocument={"uri": self.uri, "languageId": "python", "version": 0, "text": ""})

    def send(self, **message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def tell(self, method, **params):
        self.send(method=method, params=params)

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, **params):
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        while True:
            message = self.read()
            if message.get("id") == self.number and "method" not in message:
                return message["result"]
            if "method" in message and "id" in message:
                # The server asks for its settings, such as the path of Python.
                wanted = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
                self.send(id=message["id"], result=[{"pythonPath": sys.executable} if one.get("section") == "python" else {} for one in wanted])

    def complete(self, line):
        self.tell("textDocument/didChange", textDocument={"uri": self.uri, "version": self.number + 1}, contentChanges=[{"text": BEFORE + line}])
        found = self.ask("textDocument/completion", textDocument={"uri": self.uri},
                         position={"line": BEFORE.count("\n"), "character": len(line)})
        return {one["label"] for one in (found["items"] if isinstance(found, dict) else found or [])}

    def end(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def pyright(tmp_path_factory):
    if not shutil.which("pyright-langserver"):
        pytest.skip("needs pyright")
    server = Server(tmp_path_factory.mktemp("typed"))
    yield server.complete
    server.end()


@pytest.mark.parametrize("line", TYPED)
def test_jedi(line):
    assert TYPED[line] <= jedi(line)


@pytest.mark.parametrize("line", TYPED)
def test_pyright(line, pyright):
    assert TYPED[line] <= pyright(line)


def test_what_is_not_there_is_not_offered(pyright):
    assert "replica" not in jedi("hd.Service().") and "replica" not in pyright("hd.Service().")


@pytest.mark.skipif(not os.environ.get("HYBRIDDEPLOY_SLOW_TESTS"), reason="takes minutes; HYBRIDDEPLOY_SLOW_TESTS=1 runs it")
def test_jedi_knows_the_parts_of_every_class():
    for name, table in _schema.tables().items():
        for raw in _schema.rows(table) if isinstance(table, _raw.Struct) else []:
            if raw.kind in (_raw.STRUCT, _raw.STRUCT_LIST) and not raw.of.contents.map:
                line = f"hd.{name}().{_schema.attribute(raw)}{'[0]' if raw.kind == _raw.STRUCT_LIST else ''}."
                assert set(getattr(hd, _schema.class_name(raw.of.contents.name))._fields) <= jedi(line), line
