#!/usr/bin/env python3
"""Plants single faults into the emitters, the model and its rules, and lists those that no test notices.

    run.py [--count 300] [--seed 1] [--seconds N] [--report FILE] [--most PERCENT]
    run.py --again FILE      plants once more what a report lists, after tests were added

The sources are copied to a folder of their own and built there; each fault (faults.py says which there are) compiles the changed
file and links a library of its own, which takes a second. A fault that the compiler refuses, or that leaves the object file as it was,
does not count. The cases and the golden models, whose every byte is compared, and the random models go through one program (digests.c),
which tells in two seconds which of them come out differently: a case or a golden model that does is a test that fails, and judges of
models are asked for those models alone. Then come changed models of tests/random/test_causes.py until one is answered differently: those of
cases that a code of the changed file is told of, and some thousands of the others. What passes these, and the tests that look at the part of
the library that was changed, waits for the end: then all faults that wait are planted together, and the other quick tests run once. Those
that fail, though they pass without a fault, are asked about each fault alone. What passes them all has survived; it is listed with its
difference. equivalent.txt names faults that change no behaviour, and says why.

The kinds take turns, and within a kind every place is as likely as another. The same seed finds the same places in the same sources.
"""
import argparse
import collections
import concurrent.futures
import contextlib
import difflib
import functools
import itertools
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "random")]

import faults
import generate
import tables
import test_causes

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["lib", "include", "bindings", "examples", "tests", "meson.build", "meson_options.txt", "README.md", "pyproject.toml"]
# Folders of lib/ that know nothing of the model, or only print it or compare two.
OTHERS = {"core", "output", "explain", "subprojects", "cluster", "change"}
# What looks at other things: folders on a disk, headers, what is installed, texts of the documentation, the judges themselves.
BLIND = {"folder", "folder files", "folder failing", "headers compile alone", "installed library and C examples", "README", "threads",
         "library exports what the headers declare", "judge of images", "judge of references", "judges of manifests", "patterns",
         "scalars read back", "no memory", "cli completion", "python", "places of faults",
         "rows of tables"}
# What goes through digests.c instead; and what looks at its models with members taken away.
BY_DIGEST, ALTERS = ("cases", "golden", "correct models"), {"every row has an effect"}
# Of these what is said is compared, of the others what is written.
SAID = {"cases", "correct models"}
MOST_MEMORY = 4 << 30
RANDOM_MODELS = 300
LONGEST, LONGEST_DIGESTS = 400, 120  # seconds of a test, and of all models
SKIPPED = 77  # status of a test that lacks what it needs
ASKED = 8  # random models that come out differently and are shown to the judges
CHANGES_AT_ONCE, MOST_CHANGES = 1000, 6000
# Tests that are likely to notice what models do not show, by folder of lib/.
LIKELY = {"diagnostics": ("cli formats", "cli edits"), "workspace": ("cli contract", "cli workspace"), "foreign": ("kinds of others",),
          "plan": ("cli generate", "cli output"), "patch": ("kinds of others",)}


class Test:
    def __init__(self, said):
        self.name, self.command = said["name"], said["cmd"]
        self.environment, self.workdir = said["env"], said["workdir"]
        self.suites = {suite.rpartition(":")[2] for suite in said["suite"]}
        self.models = set() if self.name in ALTERS else {os.path.realpath(word) for word in self.command if word.endswith(".yaml")}

    def fails(self, build, longest, library=None):
        """Whether it ends with an error, or does not end; with another build of the library where a folder of one is given."""
        env = {**os.environ, **self.environment, **({"LD_LIBRARY_PATH": str(library)} if library else {})}
        process = subprocess.Popen(self.command, cwd=self.workdir or build, env=env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)))
        try:
            return process.wait(longest) not in (0, SKIPPED)
        except subprocess.TimeoutExpired:
            return True
        finally:
            stop(process)


def stop(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


BUILD = Test({"name": "build", "cmd": ["false"], "env": {}, "workdir": None, "suite": []})


class Farm:
    """The copy of the sources, and what can be built and run in it."""

    def __init__(self, folder):
        self.root, self.build = folder / "source", folder / "build"
        self.root.mkdir()
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.root / name, symlinks=True)
            else:
                shutil.copy2(source, self.root / name)
        self.call("meson", "setup", "-Dtests=enabled", "-Ddefault_library=shared", "-Dwerror=true", "-Doptimization=1", "-Ddebug=false", "-Dc_args=-Wno-unused",
                  str(self.build), str(self.root))
        if not (self.make() and self.make("tests/mutation/digests")):
            sys.exit("the sources do not build")
        self.compilers, self.objects = {}, {}
        for entry in json.loads((self.build / "compile_commands.json").read_text()):
            if entry["output"].startswith("lib/"):
                source = os.path.realpath(self.build / entry["file"])
                self.compilers[source], self.objects[source] = compiler_of(shlex.split(entry["command"])), entry["output"]
        self.before = {source: (self.build / name).read_bytes() for source, name in self.objects.items()}
        made = (self.build / "lib/libhybriddeploy.so").resolve().relative_to(self.build)
        self.linker = linker_of(self.call("ninja", "-C", str(self.build), "-t", "commands", str(made)), self.objects.values())
        self.trial = folder / "trial"
        self.trial.mkdir()
        said = json.loads(self.call("meson", "introspect", str(self.build), "--tests"))
        self.tests = [test for test in map(Test, said) if test.suites & {"quick", "unit"} and test.name not in BLIND | {*BY_DIGEST}]
        self.tests.append(self.cases_with_arguments())
        self.left_out = []
        self.models = self.all_models(folder / "random")
        codes = re.findall(r"^HD_CODE\((\d+), (HD_\w+)", (self.root / "lib/diagnostic_codes.def").read_text(), re.MULTILINE)
        self.codes = {name: number for number, name in codes}
        self.digests = list(self.digest(self.build / "lib", self.models))
        self.changes = self.all_changes()
        self.unchanged = folder / "unchanged"
        shutil.copytree(self.build / "lib", self.unchanged, symlinks=True, ignore=lambda _, names: [name for name in names if ".so" not in name])

    def cases_with_arguments(self):
        """The cases that digests.c does not see, because they are about the command's arguments, several models or environments."""
        cases = self.root / "tests/cases"
        others = [case.name for case in sorted(cases.iterdir()) if case.is_dir() and
                  ({path.name for path in case.iterdir()} != {"hybriddeploy.yaml", "expected.txt"} or
                   "environments:" in (case / "hybriddeploy.yaml").read_text(errors="replace"))]
        command = [sys.executable, str(cases.parent / "run_cases.py"), str(self.build / "bindings/cli/hybridgen"), str(cases), *others]
        return Test({"name": "cases with arguments", "cmd": command, "env": {}, "workdir": None, "suite": ["quick"]})

    def all_models(self, folder):
        """Pairs of who looks at a model, and the model."""
        folder.mkdir()
        for seed in range(RANDOM_MODELS):
            (folder / f"{seed}.yaml").write_text(generate.valid(seed)[1])
        cases = [path for path in sorted((self.root / "tests/cases").glob("*/hybriddeploy.yaml")) if not (path.parent / "args").exists()]
        golden = [path for place in ("tests/golden", "examples") for path in sorted((self.root / place).glob("*/hybriddeploy.yaml"))]
        judged = [("judges", path) for path in sorted((self.root / "tests/judged").glob("*.yaml"))]
        correct = [("correct models", path) for path in sorted((self.root / "tests/correct").glob("*.yaml"))]
        return [("cases", path) for path in cases] + [("golden", path) for path in golden] + correct + judged + \
            [("random models", folder / f"{seed}.yaml") for seed in range(RANDOM_MODELS)]

    def codes_in(self, path):
        """The codes that a source names."""
        return {self.codes[name] for name in re.findall(r"\bHD_[A-Z0-9_]+\b", path.read_text()) if name in self.codes}

    def likely_first(self, path):
        """The numbers of all models: first the cases of the codes that a source names, or golden models where it names none."""
        codes = self.codes_in(path)

        def rank(number):
            who, model = self.models[number]
            if not codes or who != "cases":
                return who != "golden" if not codes else 1
            return not any(f"[HD{code}]" in self.expected(model) for code in codes)
        return sorted(range(len(self.models)), key=rank)

    def likely_changes(self, path):
        """Changed models whose findings may come from a source; emitters find nothing."""
        if "emit" in path.relative_to(self.root / "lib").parts[:-1]:
            return []
        codes = {f"HD{code}" for code in self.codes_in(path)}
        related = [change for change in self.changes if codes & change.codes]
        return related + [change for change in self.changes if not codes & change.codes][:MOST_CHANGES]

    @functools.lru_cache(None)
    def expected(self, model):
        return model.with_name("expected.txt").read_text(errors="replace")

    def all_changes(self):
        """The models of test_causes.py; what is told of each without a fault is asked when it is needed."""
        tests, programs = self.root / "tests", self.build / "tests"
        found = test_causes.all_changes(programs / "headers/print_tables", self.print_findings, tests / "cases", tests / "correct",
                                        [tests / "golden", self.root / "examples"])
        self.everywhere = test_causes.everywhere_in(tests / "random/causes.txt")
        self.vocabulary = test_causes.Vocabulary(tables.Tables(programs / "headers/print_tables"), tests / "cases", self.root / "include")
        for change in found:
            change.codes, change.answer = {code for code, _ in change.case.told}, None
        random.Random(0).shuffle(found)
        return found

    def answers(self, changes, library):
        limits = ["prlimit", f"--as={MOST_MEMORY}", "timeout", str(LONGEST_DIGESTS), "env", f"LD_LIBRARY_PATH={library}"]
        return list(test_causes.ask_all([*limits, self.print_findings], [change.model for change in changes]))

    @property
    def print_findings(self):
        return self.build / "tests/random/print_findings"

    def call(self, *command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def make(self, *targets):
        return subprocess.run(["ninja", "-j2", "-C", str(self.build), *targets], capture_output=True, check=False).returncode == 0

    def digest(self, library, models):
        """What comes of each model, one after the other; None at the end when the program ends before it is through."""
        process = subprocess.Popen([self.build / "tests/mutation/digests", *(path for _, path in models)], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True, errors="replace", start_new_session=True,
                                   env={**os.environ, "LD_LIBRARY_PATH": str(library)},
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)))
        timer = threading.Timer(LONGEST_DIGESTS, stop, [process])
        timer.start()
        try:
            yield from (tuple(line.split()) for line in process.stdout)
            if process.wait():
                yield None
        finally:
            timer.cancel()
            stop(process)
            process.stdout.close()

    def differing(self, library, order):
        """Pairs of who sees a model of theirs come out differently, and the model; or of who ends early."""
        answers = self.digest(library, [self.models[number] for number in order])
        for number, new in itertools.zip_longest(order, answers):
            if number is None or new is None:
                yield "cases", None
                return
            (who, path), old = self.models[number], self.digests[number]
            if old[who not in SAID] != new[who not in SAID]:
                yield who, path

    def changes_differ(self, library, asked):
        """Whether test_causes.py would find another line, or the program ends early."""
        for at in range(0, len(asked), CHANGES_AT_ONCE):
            part = asked[at:at + CHANGES_AT_ONCE]
            new = [change for change in part if not change.answer]
            for change, answer in zip(new, self.answers(new, self.unchanged)):
                change.answer = answer
            try:
                if any(self.is_answered_otherwise(change, answer) for change, answer in zip(part, self.answers(part, library))):
                    return True
            except (subprocess.SubprocessError, ValueError):
                return True
        return False

    def is_answered_otherwise(self, change, answer):
        return answer.told != change.answer.told and test_causes.lines_differ(change, change.answer.told, answer.told, self.everywhere) or \
            self.vocabulary.unknown(change, answer.texts - change.answer.texts)

    def judged(self, paths):
        """Whether the judges of random models refuse one of those that come out differently, and did not before."""
        seeds = ",".join(path.stem for path in paths[:ASKED])
        test = Test({"cmd": [sys.executable, str(self.root / "tests/random/run.py"), str(self.build / "bindings/cli/hybridgen"), "--only", seeds,
                             "--jobs", "1"], "name": "random models", "env": {}, "workdir": None, "suite": []})
        return self.fails_alone(test)

    def notices(self, test):
        return test.fails(self.build, LONGEST, self.build / "lib")

    def may_notice(self, found):
        """Tests that look at something else than models which come out as before."""
        changed = {os.path.realpath(path) for _, path in found if path}
        return [test for test in self.tests if not test.models or test.models & changed]

    def noticed_at_once(self, path):
        """Who notices the fault in the object that compile() made by what comes of models; None when nobody does."""
        planted_object = str(self.trial / "planted.o")
        command = [planted_object if word == self.objects[str(path)] else word for word in self.linker]
        if subprocess.run([*command, "-o", self.trial / "libhybriddeploy.so.3"], cwd=self.build, capture_output=True, check=False).returncode:
            return "linker"
        random_models = []
        for who, model in self.differing(self.trial, self.likely_first(path)):
            if who in BY_DIGEST:
                return who
            random_models += [model] if who == "random models" else []
        if self.changes_differ(self.trial, self.likely_changes(path)):
            return "causes of findings"
        if random_models and self.judged(random_models):
            return "random models"
        likely = LIKELY.get(path.relative_to(self.root / "lib").parts[0], ())
        return next((test.name for test in self.tests if test.name in likely and self.fails_alone(test)), None)

    @functools.lru_cache(None)
    def longest(self, test):
        """Seconds after which a test with a fault does not end: ten times those without one; None when it fails without one."""
        began = time.monotonic()
        return None if test.fails(self.build, LONGEST, self.unchanged) else min(LONGEST, 10 + 10 * (time.monotonic() - began))

    def fails_alone(self, test):
        longest = self.longest(test)
        return longest is not None and test.fails(self.build, longest, self.trial)

    def failing(self, tests, first):
        """Those of the tests that fail with what is planted now, or only the first; of all tests, those that may notice."""
        is_built = self.make()
        if tests is None:
            tests = self.may_notice(self.differing(self.build / "lib", range(len(self.models))))
        if not is_built:
            return [BUILD] if first else tests
        if first:
            return list(itertools.islice((test for test in tests if self.notices(test)), 1))
        return self.noticing(tests)

    def noticing(self, tests):
        """Those that fail, two at a time."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return [test for test, fails in zip(tests, pool.map(self.notices, tests)) if fails]

    def without(self, tests):
        """Those of the tests that pass without a fault; the others are left out."""
        self.make()
        failing = [test.name for test in self.noticing(tests)]
        self.left_out += [name for name in failing if name not in self.left_out]
        self.tests = [test for test in self.tests if test.name not in failing]
        return [test for test in tests if test.name not in failing]

    def compile(self, path):
        """The object file of a source; None when the compiler refuses it."""
        made = self.trial / "planted.o"
        done = subprocess.run([*self.compilers[str(path)], "-o", made], cwd=self.build, capture_output=True, check=False)
        return None if done.returncode else made.read_bytes()


def compiler_of(command):
    """A command of the compiler without its cache, the file that it writes, and the list of headers."""
    words, taken = [], iter(word for word in command if word not in ("ccache", "-MD"))
    for word in taken:
        if word in ("-o", "-MQ", "-MF"):
            next(taken)
        else:
            words.append(word)
    return words


def linker_of(commands, objects):
    """The command that links the library, from its objects instead of archives, and without the file that it writes."""
    [command] = [words for words in map(shlex.split, commands.splitlines()) if "-shared" in words]
    words = compiler_of(command)
    archives = [i for i, word in enumerate(words) if word.endswith(".a")]
    return [*words[:archives[0] - 1], *objects, *words[archives[-1] + 1:]]


def places(root):
    """Every fault of every file, by kind."""
    found, structs = collections.defaultdict(list), {}
    for path in sorted([*root.glob("include/**/*.h"), *root.glob("lib/**/*.h")]):
        structs.update(faults.structs_of(path.read_text()))
    for path in sorted((root / "lib").glob("*/**/*.c")):
        if path.relative_to(root).parts[1] not in OTHERS:
            for fault in faults.find(path.read_text(), structs):
                found[fault.kind].append((path, fault))
    return found


def difference(old, new, name):
    return "".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), name, name, n=2))


def key_of(diff):
    """What names a fault whatever stands around it: the file, and the lines that changed."""
    lines = diff.splitlines()
    return (lines[0].split()[1], *(re.sub(r"\s+", " ", line).strip() for line in lines[2:] if line[:1] in "+-"))


def equivalents(path):
    """Faults that change nothing, by key: paragraphs of a file's name, changed lines, and "because" with the reason."""
    found = {}
    for paragraph in path.read_text().split("\n\n") if path.exists() else []:
        lines = [line for line in paragraph.splitlines() if line and not line.startswith("#")]
        if lines:
            reason = next(i for i, line in enumerate(lines) if line.startswith("because "))
            key = (lines[0], *(re.sub(r"\s+", " ", line).strip() for line in lines[1:reason]))
            found[key] = " ".join(line.strip() for line in lines[reason:])
    return found


@contextlib.contextmanager
def planted(found, is_unseen=False):
    """The sources with faults: {path: [fault]}. Afterwards they are as they were, with the same time when nobody but us compiled them."""
    before, times = {path: path.read_text() for path in found}, {path: path.stat() for path in found}
    try:
        for path, those in found.items():
            text = before[path]
            for fault in sorted(those, key=lambda fault: -fault.start):
                text = faults.planted(text, fault)
            path.write_text(text)
        yield
    finally:
        for path, text in before.items():
            path.write_text(text)
            if is_unseen:
                os.utime(path, ns=(times[path].st_atime_ns, times[path].st_mtime_ns))


def is_apart(one, other):
    """Whether two faults that wait are not at the same place."""
    return one[1] != other[1] or one[2].end < other[2].start or other[2].end < one[2].start


class Run:
    def __init__(self, farm, options):
        self.farm, self.options, self.began = farm, options, time.monotonic()
        self.noticed, self.refused, self.same, self.by_kind = collections.Counter(), 0, 0, collections.Counter()
        self.survivors, self.equal, self.waiting = [], [], []
        self.reasons = equivalents(Path(__file__).with_name("equivalent.txt"))

    @property
    def counted(self):
        return sum(self.noticed.values()) + len(self.survivors) + len(self.equal) + len(self.waiting)

    def plant(self, kind, path, fault):
        old = path.read_text()
        new = faults.planted(old, fault)
        diff = difference(old, new, str(path.relative_to(self.farm.root)))
        with planted({path: [fault]}, is_unseen=True):
            after = self.farm.compile(path)
            if after is None or after == self.farm.before[str(path)]:
                self.refused += after is None
                self.same += after is not None
                return
        test = self.farm.noticed_at_once(path)
        if test:
            self.note(kind, diff, test)
        else:
            self.waiting.append((kind, path, fault, diff))
            print(f"{self.counted:4} {time.monotonic() - self.began:6.0f} s {kind:10} waits\n{diff}", flush=True)

    def settle(self):
        """Asks the other tests about the faults that wait."""
        while self.waiting:
            together, rest = [], []
            for fault in self.waiting:
                # Faults at one place are planted one after the other.
                (together if all(is_apart(fault, other) for other in together) else rest).append(fault)
            self.waiting = []
            self.ask(together, None)
            self.waiting = rest

    def ask(self, waiting, tests):
        """Plants all that waits at once; where a test fails, it is asked about each half. `tests` are those that may notice, None for all."""
        found = collections.defaultdict(list)
        for _, path, fault, _ in waiting:
            found[path].append(fault)
        with planted(found):
            failing = self.farm.failing(tests, tests is not None and len(waiting) == 1)
        if tests is None:
            failing = self.farm.without(failing)
        if len(waiting) > 1 and failing:
            half = len(waiting) // 2
            self.ask(waiting[:half], failing)
            self.ask(waiting[half:], failing)
            return
        for kind, _, _, diff in waiting:
            self.note(kind, diff, failing[0].name if failing else None)

    def note(self, kind, diff, test):
        self.by_kind[kind] += 1
        if test:
            self.noticed[test] += 1
        elif key_of(diff) in self.reasons:
            self.equal.append((diff, self.reasons[key_of(diff)]))
        else:
            self.survivors.append((kind, diff))
        print(f"{self.counted:4} {time.monotonic() - self.began:6.0f} s {kind:10} {test or 'SURVIVED'}", flush=True)
        if not test:
            print(diff, flush=True)

    def all(self):
        found, dice = places(self.farm.root), random.Random(self.options.seed)
        kinds = sorted(found)
        while self.counted < self.options.count and time.monotonic() - self.began < self.options.seconds:
            kind = kinds[(self.counted + self.refused + self.same) % len(kinds)]
            path, fault = found[kind][dice.randrange(len(found[kind]))]
            self.plant(kind, path, fault)
        self.settle()

    def again(self, listed):
        """Plants the differences of a report, where the sources still have their lines."""
        for diff in re.findall(r"```diff\n(.*?)```", listed, re.DOTALL):
            lines = diff.splitlines(True)
            path = self.farm.root / lines[0].split()[1]
            before, after = ("".join(line[1:] for line in lines[3:] if line[0] in kept) for kept in (" -", " +"))
            text = path.read_text() if path.exists() else ""
            if text.count(before) == 1:
                at = text.index(before)
                self.plant("again", path, faults.Fault("again", at, at + len(before), after))
            else:
                print(f"the sources have other lines now:\n{diff}")
        self.settle()


def report(run):
    percent = 100 * len(run.survivors) / max(run.counted, 1)
    lines = ["# Faults planted into the emitters, the model and its rules", "",
             f"`tests/mutation/run.py --count {run.options.count} --seed {run.options.seed}`: of {run.counted} faults {sum(run.noticed.values())} were noticed, "
             f"{len(run.equal)} change no behaviour, {len(run.survivors)} survived ({percent:.1f} %). {run.refused} more did not compile, and "
             f"{run.same} left the object file as it was.", "",
             "Kinds: " + ", ".join(f"{kind} {count}" for kind, count in sorted(run.by_kind.items())) + ".", "",
             "| noticed by | faults |", "|---|---|", *(f"| {test} | {count} |" for test, count in run.noticed.most_common())]
    if run.farm.left_out:
        lines += ["", f"Left out, because they fail without a fault: {', '.join(run.farm.left_out)}."]
    if run.survivors:
        lines += ["", "## Survived"]
    for kind, diff in run.survivors:
        lines += ["", f"{kind}:", "", "```diff", diff.rstrip("\n"), "```"]
    if run.equal:
        lines += ["", "## Without an effect"]
    for diff, reason in run.equal:
        lines += ["", "```diff", diff.rstrip("\n"), "```", "", reason[0].upper() + reason[1:]]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300, help="faults that count")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="plant no more after so many seconds")
    parser.add_argument("--again", type=Path, metavar="FILE", help="plant what this report lists")
    parser.add_argument("--report", type=Path, help="write a report of it in Markdown")
    parser.add_argument("--most", type=float, default=5, help="percentage of survivors above which the status is 1")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        farm = Farm(Path(folder).resolve())
        run = Run(farm, options)
        if options.again:
            run.again(options.again.read_text())
        else:
            run.all()
    text = report(run)
    if options.report:
        options.report.write_text(text)
    print(text)
    return not run.counted or 100 * len(run.survivors) > options.most * run.counted


if __name__ == "__main__":
    sys.exit(main())
