#!/usr/bin/env python3
"""check_released.py BUILD_FOLDER COMPILER... : programs and libraries of different versions work together.

- Programs that were compiled with the headers of a released version run with the library of today, and print the same.
- Programs that were compiled with the headers of next year, in which structs have grown, run with the library of today; a member that
  it does not have is refused where it is set.
- Programs that were compiled with headers that lack members lose nothing of what a file says.
- Two parts of one program that were compiled with different headers share one library, each with structs of its own.
- Nothing that was released has been removed, renamed or changed.
"""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODEL = ROOT / "examples" / "graphmemory" / "hybriddeploy.yaml"
# Structs that programs hold in arrays or within others, so that they cannot grow.
NEVER_GROW = {"hd_at", "hd_mark", "hd_opt_int", "hd_source", "hd_place", "hd_edit", "hd_word", "hd_layout"}
STRUCT = re.compile(r"^struct (hd_\w+) \{(.*?)^\};", re.S | re.M)
ENUM = re.compile(r"^enum hd_\w+ \{(.*?)\};", re.S | re.M)


class Compiler:
    def __init__(self, build, command, folder):
        self.library, self.command, self.folder, self.count = build / "lib", command, folder, 0
        self.generated = build / "include"

    def compile(self, source, includes, *more):
        self.count += 1
        program = self.folder / f"{source.stem}-{self.count}"
        subprocess.run([*self.command, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *(f"-I{path}" for path in includes), source, "-o",
                        program, f"-L{self.library}", "-lhybriddeploy", f"-Wl,-rpath,{self.library}", *more], check=True)
        return program

    def compile_text(self, text, includes, *more):
        source = self.folder / f"text{self.count}.c"
        source.write_text(text)
        return self.compile(source, includes, *more)


def run(*command, status=0):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == status, f"{command}: status {done.returncode}\n{done.stdout[-2000:]}{done.stderr}"
    return done.stdout


def text_of(folder):
    text = "\n".join(path.read_text() for path in sorted(folder.rglob("*.h")))
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def members(body):
    return [" ".join(one.split()) for one in body.split(";") if one.strip()]


def constants(text):
    found = {}
    for body in ENUM.findall(text):
        value = -1
        for entry in body.split(","):
            name, _, number = entry.partition("=")
            if name.strip():
                value = int(number) if number.strip() else value + 1
                found[name.strip()] = value
    return found


def check_nothing_changed(released, today):
    """What programs hold by value or by name is there, and as it was."""
    old, new = text_of(released), text_of(today)
    now = {name: members(body) for name, body in STRUCT.findall(new)}
    model = set(re.findall(r'^    "(hd_\w+) ', new, re.M))
    for name, body in STRUCT.findall(old):
        then = members(body)
        assert name in now, f"struct {name} is gone"
        if name in model:  # laid out by the program's own table
            assert set(then) <= set(now[name]), f"struct {name}: {set(then) - set(now[name])} is gone or has another type"
        else:
            assert now[name][:len(then)] == then, f"struct {name} may grow at its end only"
            assert name not in NEVER_GROW or now[name] == then, f"struct {name} may not grow"
    then, now = constants(old), constants(new)
    changed = {name for name, value in then.items() if now.get(name) != value}
    assert len(then) > 100 and not changed, f"these constants are gone or have another value: {changed}"
    functions = {name for name in re.findall(r"\b(hd_\w+)\(", old)} - {name for name in re.findall(r"\b(hd_\w+)\(", new)}
    assert not functions, f"these functions are gone: {functions}"


def check_old_programs(compiler, released, today):
    includes = [released / "include"]
    old, new = ([compiler.compile(released / "examples" / f"{name}.c", path) for name in ("graphmemory", "load_change_emit", "validator")]
                for path in (includes, today))
    for arguments, program, same in zip(([], [MODEL, "dashboard-service", "5"], [MODEL]), old, new):
        printed = run(program, *arguments)
        assert printed == run(same, *arguments), f"{program} prints something else than with the headers of today"
    print(f"{released.name}: {len(old)} programs run")


def changed_headers(folder, today, change):
    """Today's headers after a change of each struct of the model; `change(struct, body)` gives its new members."""
    model = folder / "hybriddeploy"
    for include in today:
        for path in include.rglob("*.h"):
            target = folder / path.relative_to(include)
            if target.exists():  # with its comments, as it is installed
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text()
            if path.name == "model.h" or path.parent.name == "model":
                text = STRUCT.sub(lambda m: f"struct {m[1]} {{{change(m[1], m[2])}}};" if m[1] not in NEVER_GROW else m[0], text)
            target.write_text(text)
    run(sys.executable, ROOT / "lib" / "core" / "tables" / "model_layout.py", model / "layout.h", ROOT / "include" / "hybriddeploy" / "layout.h.in",
        model / "model.h", *sorted((model / "model").glob("*.h")))
    return [folder]


def grown(struct, body):
    first = "\n    const char *next_year;\n    const struct hd_pair *next_years;\n    size_t n_next_years;"
    if struct == "hd_pair":
        first = "\n    const char *next_year;"
    if struct == "hd_app":  # the layout itself always comes first
        stamp = "    const struct hd_layout *abi;\n"
        return body.replace(stamp, stamp + first + "\n")
    return first + body.replace("    const struct hd_at *at;", "    struct hd_opt_int later;\n    const struct hd_at *at;\n    int64_t last;")


PROGRAM = """
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
int main(void)
{
    const struct hd_service service = {.name = "web", .runtime = "cpython", %s};
    const struct hd_app app = {
        .abi = HD_ABI, .name = "shop", .image_registry = "registry.example.com", .image_tag = "1", .services = &service, .n_services = 1};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    enum hd_status status = hd_validate(&app, NULL, diagnostics);
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++)
        printf("HD%%d %%s\\n", hd_diagnostics_get(diagnostics, i)->code, hd_diagnostics_get(diagnostics, i)->path);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
"""
SET_MEMBERS = {
    ".next_year = \"x\"": "services.web.next_year", ".later = {.set = true, .value = 0}": "services.web.later", ".last = 1": "services.web.last",
    "HD_LIST(calls, struct hd_call, {.to = \"web\", .last = 1})": "services.web.calls[0].last",
    "HD_LIST(next_years, struct hd_pair, {.name = \"a\"})": "services.web.next_years",
}


def check_new_programs(compiler, folder, today):
    includes = changed_headers(folder, today, grown)
    for name in ("graphmemory", "load_change_emit", "validator"):
        arguments = {"graphmemory": [], "load_change_emit": [MODEL, "dashboard-service", "5"], "validator": [MODEL]}[name]
        source = ROOT / "examples" / f"{name}.c"
        assert run(compiler.compile(source, includes), *arguments) == run(compiler.compile(source, today), *arguments), name
    assert run(compiler.compile_text(PROGRAM % ".workload = HD_WORKLOAD_UNSET", includes)) == ""
    for member, path in SET_MEMBERS.items():
        printed = run(compiler.compile_text(PROGRAM % member, includes), status=5)
        assert printed == f"HD1008 {path}\n", printed


# What the example does not name; a file may.
LACKING = {
    "hd_service": ["struct hd_opt_int revision_history_limit;", "struct hd_pod pod;", "const struct hd_silence *silence;", "size_t n_silence;"],
    "hd_container": ["const char *const *command;", "size_t n_command;"], "hd_env": ["const char *field;"],
    "hd_app": ["const struct hd_external *externals;", "size_t n_externals;"],
}
FILE = """
name: shop
imageRegistry: registry.example.com
imageTag: "1"
externals: {postgres: {namespace: database, port: 5432}}
services:
  web:
    runtime: cpython
    calls: [postgres]
    revisionHistoryLimit: 7
    terminationGracePeriodSeconds: 77
    command: [python, -m, app]
    env: {A: {field: metadata.name}}
"""


def check_nothing_is_lost(compiler, folder, today):
    def shrunk(struct, body):
        for member in LACKING.get(struct, []):
            assert body.count(member) == 1, f"{struct} has {member} no more"
            body = body.replace(member, "")
        return body

    includes = changed_headers(folder, today, shrunk)
    model = folder / "hybriddeploy.yaml"
    model.write_text(FILE)
    source = ROOT / "examples" / "load_change_emit.c"
    deployment = json.loads(run(compiler.compile(source, includes), model, "web", "5"))
    assert deployment == json.loads(run(compiler.compile(source, today), model, "web", "5"))
    pod = deployment["spec"]["template"]["spec"]
    assert deployment["spec"]["replicas"] == 5 and deployment["spec"]["revisionHistoryLimit"] == 7
    assert pod["terminationGracePeriodSeconds"] == 77 and pod["containers"][0]["command"] == ["python", "-m", "app"]
    assert {"name": "A", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}} in pod["containers"][0]["env"]
    assert {"name": "REPLICAS_FIXED_BY", "value": "load_change_emit"} in pod["containers"][0]["env"]


# A part of a program, with structs of its own: it loads a model, adds a service to it, and writes the manifests.
PART = """
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <string.h>
static int count(void *user, const char *text, size_t length)
{
    unsigned long *sum = user;
    for (size_t i = 0; i < length; i++)
        *sum = *sum * 31 + (unsigned char)text[i];
    return 0;
}
int %(name)s(void);
int %(name)s(void)
{
    const char *text = "name: shop\\nimageRegistry: r.example.com\\nimageTag: '1'\\nservices: {web: {runtime: cpython, replicas: 4}}\\n";
    const struct hd_source source = {.name = "shop.yaml", .text = text, .length = strlen(text)};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    struct hd_model *model = NULL;
    unsigned long sum = 0;
    int status = (int)hd_document_load(&source, 1, NULL, diagnostics, &document);
    const struct hd_app *loaded = hd_document_app(document);
    struct hd_service services[2] = {loaded->services[0], {.name = "api", .runtime = "condon", .replicas = HD_INT(3)}};
    struct hd_app app = *loaded;
    app.services = services;
    app.n_services = 2;
    if (status == 0)
        status = (int)hd_resolve(&app, NULL, diagnostics, &model);
    if (status == 0)
        status = (int)hd_generate(model, NULL, diagnostics, count, &sum);
    printf("%%lu %%ld %%d %%lu\\n", (unsigned long)loaded->n_services, (long)hd_model_app(model)->services[0].replicas.value, status, sum);
    fprintf(stderr, "%%lu\\n", (unsigned long)sizeof app);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return status;
}
"""
HOST = """
#include <stdio.h>
#include <string.h>
int old_part(void);
int new_part(void);
int main(void)
{
    char line[4096];
    int failed = old_part() + new_part() + old_part();
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, "libhybriddeploy.so") && strstr(line, " r-xp "))
            puts("one library");
    if (maps)
        fclose(maps);
    return failed;
}
"""


def check_two_layouts(compiler, released, today):
    """A plugin that was built long ago, in a program of today."""
    parts = [compiler.compile_text(PART % {"name": name}, includes, "-shared", "-fPIC")
             for name, includes in (("old_part", [released / "include"]), ("new_part", today))]
    host = compiler.compile_text(HOST, [], *parts, f"-Wl,-rpath,{compiler.folder}")
    done = subprocess.run([host], capture_output=True, text=True)
    printed, sizes = done.stdout.splitlines(), done.stderr.split()
    assert done.returncode == 0 and len(printed) == 4 and printed[3] == "one library", done
    assert printed[0] == printed[1] == printed[2] and printed[0].startswith("1 4 0 "), printed
    assert sizes[0] == sizes[2] != sizes[1], f"the structs have not grown since {released.name}: {sizes}"


def main(build, command):
    today = [ROOT / "include", build / "include"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        compiler = Compiler(build, command, folder)
        installed = folder / "today"
        changed_headers(installed, today, lambda struct, body: body)
        versions = sorted((HERE / "released").iterdir())
        assert versions, "no version is kept"
        for released in versions:
            check_nothing_changed(released / "include", installed)
            check_old_programs(compiler, released, today)
            check_two_layouts(compiler, released, today)
        check_new_programs(compiler, folder / "grown", today)
        check_nothing_is_lost(compiler, folder / "shrunk", today)
        print(f"{compiler.count} programs")


main(pathlib.Path(sys.argv[1]).resolve(), [word for argument in sys.argv[2:] for word in shlex.split(argument)])
