import pathlib

import pytest


@pytest.fixture
def examples():
    return pathlib.Path(__file__).parents[2] / "examples"
