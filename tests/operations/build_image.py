#!/usr/bin/env python3
"""Carries out the instructions of a generated Python image without a container engine: build_image.py HYBRIDGEN

A model with one service is written, with a little program that needs a package. What the Dockerfile says is done below a temporary
folder that stands for the image's root: packages are built and installed, files copied, and the entry point is started in the
image's folder with its environment and, when this is run by root, as its user. The program must answer the probe.

What this cannot do: pull the base images (the Python here stands for theirs), mount caches, make the user in /etc/passwd, and a
read-only file system. All that is said while it runs.
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from check_images import instructions, unquoted

MODEL = """\
name: shop
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
operations: on
services:
  web-shop:
    runtime: cpython
    args: [--port, "{port}"]
    port: {port}
    build: {{args: {{GREETING: "hello $(id) \\"you\\""}}}}
"""

PROGRAM = """\
import argparse, http.server, os, sys, tempfile
import idna

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path in ("/health", "/ready") else 404)
        self.end_headers()
        with tempfile.TemporaryFile(dir=os.path.expanduser("~")):
            pass
        self.wfile.write(f"{os.getuid()} {os.getgid()} {os.getcwd()} {sys.executable} {idna.__file__}".encode())

    def log_message(self, *args):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Handler).serve_forever()
"""

# Folders of the image that are made; the rest of it would come with the base image.
OF_IMAGE = re.compile(r"(?<![\w./-])/(?=(build|wheels|packages|opt|app)(?![\w-]))")


# One that every user may start, where there is one.
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Builder:
    def __init__(self, context, root):
        self.context, self.root = context, root
        self.environment, self.folder, self.user, self.entry, self.arguments = {}, "/", None, None, []
        (root / "bin").mkdir()
        (root / "bin/python").symlink_to(PYTHON)

    def here(self, text):
        return OF_IMAGE.sub(f"{self.root}/", text)

    def variables(self):
        start = {"PATH": f"{self.root}/bin:{os.environ['PATH']}", "HOME": str(self.root), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        return {**start, **self.environment}

    def place(self, path):
        return Path(self.here(path) if path.startswith("/") else self.here(self.folder) + "/" + path)

    def do_FROM(self, rest):
        print(f"  not done: {rest.split()[0]} is not pulled; {PYTHON} stands for its Python")
        self.environment, self.folder = {}, "/"

    def do_WORKDIR(self, rest):
        self.folder = unquoted(rest)
        self.place(self.folder).mkdir(parents=True, exist_ok=True)

    def do_ENV(self, rest):
        for name, value in re.findall(r'(\w+)=("[^"]*"|\S+)', rest):
            self.environment[name] = self.here(value.strip('"')).replace("$PATH", self.variables()["PATH"])

    def do_ARG(self, rest):
        name, _, value = rest.partition("=")
        self.environment[name] = unquoted(value)

    def do_RUN(self, rest):
        command = re.sub(r"--mount=\S+\s+", "", rest)
        if "useradd" in command:
            print(f"  not done: {command}")
            return
        subprocess.run(["sh", "-c", self.here(command)], cwd=self.here(self.folder), env=self.variables(), check=True,
                       stdout=subprocess.DEVNULL)

    def do_COPY(self, rest):
        words = json.loads(rest) if rest.startswith("[") else rest.split()
        if words[0].startswith("--from="):
            assert self.place(words[1]).is_dir() and words[1] == words[2], "both stages have one root here"
            return
        source, target = self.context / words[0], self.place(words[1])
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)

    def do_USER(self, rest):
        self.user = tuple(int(part) for part in rest.split(":"))

    def do_ENTRYPOINT(self, rest):
        self.entry = json.loads(rest)

    def do_CMD(self, rest):
        self.arguments = json.loads(rest)

    def build(self, text):
        for word, rest in instructions(text):
            getattr(self, f"do_{word}", lambda _: None)(rest)

    def start(self, *before):
        user = dict(zip(("user", "group"), self.user), extra_groups=[]) if os.geteuid() == 0 else {}
        if not user:
            print("  not done: only root can start it as the image's user")
        return subprocess.Popen([*before, *self.entry, *self.arguments], cwd=self.here(self.folder), env=self.variables(), **user)


def ask(port, path):
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.read().decode().split()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer to {path}")


def check_first_process(builder, port):
    """In a namespace of processes of its own the program is the first one, as in a container."""
    if subprocess.run(["unshare", "--pid", "--fork", "true"], capture_output=True).returncode:
        print("  not done: no namespace of processes can be made here")
        return
    outer = subprocess.Popen(["unshare", "--pid", "--fork", "--kill-child", *builder.entry, *builder.arguments], cwd=builder.here(builder.folder),
                             env=builder.variables())
    ask(port, "/health")
    (first,) = Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text().split()
    try:
        os.kill(int(first), signal.SIGTERM)
        assert outer.wait(10) == 143, "the first process does not end on SIGTERM"
    finally:
        outer.kill()


def main(hybridgen):
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        top.chmod(0o755)
        (top / "model.yaml").write_text(MODEL.format(port=port))
        subprocess.run([hybridgen, "generate", "-q", "-f", top / "model.yaml", "-o", top / "deploy/"], check=True)
        (top / "web-shop/web_shop").mkdir(parents=True)
        (top / "web-shop/web_shop/__main__.py").write_text(PROGRAM)
        (top / "web-shop/requirements.txt").write_text("idna==3.10\n")
        (top / "image").mkdir()
        builder = Builder(top / "web-shop", top / "image")
        builder.build((top / "deploy/dockerfiles/web-shop/Dockerfile").read_text())
        process = builder.start()
        try:
            for path in ("/health", "/ready"):
                user, group, folder, python, package = ask(port, path)
                assert os.geteuid() or (int(user), int(group)) == builder.user == (10001, 10001), (user, group)
                assert folder == f"{top}/image/app", folder
                assert python.startswith(f"{top}/image/opt/venv/bin/") and package.startswith(f"{top}/image/opt/venv/"), (python, package)
        finally:
            process.terminate()
        assert process.wait(10) < 0, "the signal does not reach the program"
        check_first_process(builder, port)
    print("the image's instructions lead to a program that answers")


main(sys.argv[1])
