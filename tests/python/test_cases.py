"""Every case of tests/cases that only validates, seen through Python: the same findings at the same places."""
import os
import pathlib
import re

import pytest

import hybriddeploy as hd

CASES = pathlib.Path(__file__).parents[1] / "cases"
FINDING = re.compile(r"^(?:(\S.*?):(\d+):(\d+)|(\S+?)): (error|warning): .* \[(HD\d{4})\]$", re.M)


def arguments(case):
    file = case / "args"
    return file.read_text().splitlines() if file.exists() else ["validate"]


def is_seen(case):
    """What is only the command line's is not: other commands, and arguments that it refuses."""
    args = arguments(case)
    return args[0] == "validate" and not (case / "expected.txt").read_text().startswith("exit 2") and set(args[1::2]) <= {"-f", "--set"}


SEEN = sorted(case.name for case in CASES.iterdir() if case.is_dir() and is_seen(case))


def findings(case):
    args = arguments(case)[1:]
    options = list(zip(args[::2], args[1::2]))
    try:
        return hd.App.from_file(*[value for word, value in options if word == "-f"],
                                sets=[value for word, value in options if word == "--set"]).check()
    except hd.HybridDeployError as error:
        return error.diagnostics


def test_most_cases_are_seen():
    assert len(SEEN) > 0.95 * len([case for case in CASES.iterdir() if case.is_dir()])


@pytest.mark.parametrize("name", SEEN)
def test_case(name, monkeypatch):
    monkeypatch.chdir(CASES / name)
    expected = [(severity, code, file or "", int(line or 0), int(column or 0)) for file, line, column, _, severity, code in
                FINDING.findall(pathlib.Path("expected.txt").read_text())]
    found = [(one.severity.value, one.code, one.file or "", one.line or 0, one.column or 0) for one in findings(pathlib.Path(os.curdir))]
    assert [one if one[3] else one[:2] for one in expected] == [mine if one[3] else mine[:2] for mine, one in zip(found, expected)]
    assert len(found) == len(expected)
