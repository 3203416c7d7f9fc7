#!/usr/bin/env python3
"""Makes the edits of every case: run_edits.py HYBRIDGEN FOLDER [--update] [CASE ...]

Each case of FOLDER that hybridgen proposes an edit for is copied and edited as its diagnostics say. Afterwards the mistakes that had an edit
must be gone and no new one may have come, and nothing else of the file may have changed. edits.txt beside this program has each edit: an edit
that is no longer proposed leaves no mistake that a copy could show. With --update it is written anew.
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FORMAT = ["--diagnostics", "json", "--max-diagnostics", "10000"]


def findings(hybridgen, case, folder):
    args = (case / "args").read_text().splitlines() if (case / "args").exists() else ["validate"]
    if args[0] not in ("validate", "generate"):
        return []
    done = subprocess.run([hybridgen, *args, *FORMAT], cwd=folder, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    lines = done.stderr.decode("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def offset(lines, line, column):
    return sum(len(one) for one in lines[:line - 1]) + column - 1


def apply(folder, edits):
    for name in {edit["file"] for edit in edits}:
        text = (folder / name).read_bytes().decode("utf-8-sig")
        lines = text.splitlines(keepends=True)
        spans = sorted({(offset(lines, edit["line"], edit["column"]), offset(lines, edit["endLine"], edit["endColumn"]), edit["text"])
                        for edit in edits if edit["file"] == name}, reverse=True)
        for (start, _, _), (_, end, _) in zip(spans, spans[1:]):
            assert end <= start, "edits overlap"
        for start, end, new in spans:
            assert start < end, "an edit replaces nothing"
            text = text[:start] + new + text[end:]
        (folder / name).write_text(text, newline="")


def identity(finding):
    return finding["code"], finding["path"], finding["message"]


def check(hybridgen, case):
    """The edits of the case, a line each; an assertion fails when they do not mend it."""
    with tempfile.TemporaryDirectory(prefix="edits-") as name:
        folder = Path(name) / case.name
        shutil.copytree(case, folder)
        before = findings(hybridgen, case, folder)
        mended = [one for one in before if one.get("edits")]
        edits = [edit for one in mended for edit in one["edits"]]
        if not edits:
            return []
        apply(folder, edits)
        after = {identity(one): one for one in findings(hybridgen, case, folder)}
        stayed = [one for one in map(identity, mended) if one in after]
        assert not stayed, f"still there: {stayed}"
        came = after.keys() - set(map(identity, before))
        assert not came, f"new: {came}"
        return [f"{case.name} {edit['file']}:{edit['line']}:{edit['column']} to {edit['endLine']}:{edit['endColumn']} {json.dumps(edit['text'])}" for edit in edits]


def main():
    update = "--update" in sys.argv
    hybridgen, cases, *only = [word for word in sys.argv[1:] if word != "--update"]
    hybridgen, cases, known, lines, failures = str(Path(hybridgen).resolve()), Path(cases), Path(__file__).with_name("edits.txt"), [], []
    for case in sorted(cases.iterdir()):
        if not case.is_dir() or (case / "program.c").exists() or (only and case.name not in only):
            continue
        try:
            lines += check(hybridgen, case)
        except AssertionError as error:
            failures.append(f"{case.name}: {error}")
    if update:
        known.write_text("".join(f"{line}\n" for line in lines))
    expected = [line for line in known.read_text().splitlines() if not only or line.partition(" ")[0] in only]
    failures += [f"{'no longer proposed' if line in expected else 'not in edits.txt'}: {line}" for line in sorted({*expected} ^ {*lines})]
    print("\n".join(f"FAIL {failure}" for failure in failures))
    print(f"{len(lines)} edits, {len(failures)} failed")
    return len(failures) > 0 or (not only and not lines)


sys.exit(main())
