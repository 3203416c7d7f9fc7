#!/usr/bin/env python3
"""Runs every case in a folder of mistakes: run_cases.py HYBRIDGEN FOLDER [--update | --codes] [--programs=FOLDER] [CASE ...]

A case is a folder named after the mistake. It holds the model (hybriddeploy.yaml, or what `args` names), optionally `args`
(arguments for hybridgen, one a line, instead of `validate`), and `expected.txt`: the exit status and what is printed on
stderr, with positions. A mistake that only a program can make stands in `program.c` instead, which is compiled to FOLDER/case-NAME;
without --programs it is left out. With --update the expectation is written anew: read it before you keep it. With --codes no case is
run: every code must stand in an expectation.
"""
import re
import subprocess
import sys
from pathlib import Path


def command_of(hybridgen, case, programs):
    if (case / "program.c").exists():
        return [f"{programs}/case-{case.name}"]
    args_file = case / "args"
    return [hybridgen, *(args_file.read_text().splitlines() if args_file.exists() else ["validate"])]


def run(command, case):
    done = subprocess.run(command, cwd=case, capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
                          env={"NO_COLOR": "1", "LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    return f"exit {done.returncode}\n{done.stderr.decode('utf-8', 'backslashreplace')}"


def check_codes(hybridgen, cases):
    listed = subprocess.run([hybridgen, "list", "codes"], capture_output=True, text=True, check=True).stdout
    codes = re.findall(r"^(HD\d{4})", listed, re.M)
    seen = {code for case in cases for code in re.findall(r"\[(HD\d{4})\]", (case / "expected.txt").read_text())}
    missing = [code for code in codes if code not in seen]
    for code in missing:
        print(f"FAIL {code} has no case")
    print(f"{len(codes)} codes, {len(missing)} without a case")
    return bool(missing) or not codes


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    programs = next((str(Path(a.partition("=")[2]).resolve()) for a in sys.argv if a.startswith("--programs=")), None)
    update = "--update" in sys.argv
    hybridgen, folder, only = str(Path(args[0]).resolve()), Path(args[1]), args[2:]
    cases = sorted(p for p in folder.iterdir() if p.is_dir() and (not only or p.name in only))
    passed, failed = 0, 0
    if "--codes" in sys.argv:
        return check_codes(hybridgen, cases)
    for case in cases:
        if (case / "program.c").exists() and not programs:
            continue
        got = run(command_of(hybridgen, case, programs), case)
        expected_file = case / "expected.txt"
        if update:
            expected_file.write_text(got)
        expected = expected_file.read_text() if expected_file.exists() else "(no expected.txt)\n"
        if got == expected:
            passed += 1
        else:
            failed += 1
            print(f"FAIL {case.name}\n--- expected\n{expected}--- got\n{got}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or not cases


sys.exit(main())
