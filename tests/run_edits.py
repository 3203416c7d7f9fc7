#!/usr/bin/env python3
"""Makes the edits of every case: run_edits.py HYBRIDGEN FOLDER LEAST [CASE ...]

Each case of FOLDER that hybridgen proposes an edit for is copied and edited as its diagnostics say. Afterwards the mistakes that had an edit
must be gone and no new one may have come, and nothing else of the file may have changed. At least LEAST cases must have an edit.
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
    """Whether the case has edits; an assertion fails when they do not mend it."""
    with tempfile.TemporaryDirectory(prefix="edits-") as name:
        folder = Path(name) / case.name
        shutil.copytree(case, folder)
        before = findings(hybridgen, case, folder)
        mended = [one for one in before if one.get("edits")]
        if not mended:
            return False
        apply(folder, [edit for one in mended for edit in one["edits"]])
        after = {identity(one): one for one in findings(hybridgen, case, folder)}
        stayed = [one for one in map(identity, mended) if one in after]
        assert not stayed, f"still there: {stayed}"
        came = after.keys() - set(map(identity, before))
        assert not came, f"new: {came}"
        return True


def main():
    hybridgen, cases, least, only = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    n_mended = n_failed = 0
    for case in sorted(cases.iterdir()):
        if not case.is_dir() or (case / "program.c").exists() or (only and case.name not in only):
            continue
        try:
            n_mended += check(hybridgen, case)
        except AssertionError as error:
            n_failed += 1
            print(f"FAIL {case.name}: {error}")
    print(f"{n_mended} cases mended by their edits, {n_failed} failed")
    return n_failed > 0 or (not only and n_mended < least)


sys.exit(main())
