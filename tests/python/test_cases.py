"""Validates each case of tests/cases through Python: the diagnostics, their places and their words are those of the command."""
import os
import pathlib

import pytest

import hybriddeploy as hd

CASES = pathlib.Path(__file__).parents[1] / "cases"


def arguments(case):
    file = case / "args"
    return file.read_text().splitlines() if file.exists() else ["validate"]


def is_seen(case):
    """Whether Python can run the case: not other commands than validate, and not arguments that the command refuses."""
    args = arguments(case)
    is_program = (case / "program.c").exists()
    expected = (case / "expected.txt").read_text()
    # The command checks all environments of a model, from_file() the one that it is given.
    of_environments = "\n  in environment" in expected
    return args[0] == "validate" and not is_program and not expected.startswith("exit 2") and not of_environments and set(args[1::2]) <= {"-f", "--set"}


SEEN = sorted(case.name for case in CASES.iterdir() if case.is_dir() and is_seen(case))


def found(case):
    args = arguments(case)[1:]
    options = list(zip(args[::2], args[1::2]))
    try:
        if options and options[0][1].endswith("workspace.yaml"):
            return hd.HybridDeployError(hd.Workspace(options[0][1]).check())
        return hd.HybridDeployError(hd.App.from_file(*[value for word, value in options if word == "-f"],
                                                     sets=[value for word, value in options if word == "--set"]).check())
    except hd.HybridDeployError as error:
        return error


def test_most_cases_are_seen():
    assert len(SEEN) > 0.95 * len([case for case in CASES.iterdir() if case.is_dir()])


@pytest.mark.parametrize("name", SEEN)
def test_case(name, monkeypatch):
    monkeypatch.chdir(CASES / name)
    _status, expected = pathlib.Path("expected.txt").read_text().split("\n", 1)
    assert str(found(pathlib.Path(os.curdir))) == expected.rstrip("\n")
