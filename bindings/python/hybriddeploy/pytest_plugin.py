"""The plugin for pytest, which loads it by itself: `pytest --hybriddeploy MODEL` makes a failing test of each diagnostic."""
import pytest

from . import App, HybridDeployError


class ModelTest(pytest.Item):
    """The test of one diagnostic of a model, which fails; or of a model without diagnostics, which passes."""

    def __init__(self, *, file, found, **more):
        super().__init__(**more)
        self._file, self._found = file, found

    def runtest(self):
        if self._found:
            pytest.fail(str(self._found), pytrace=False)

    def reportinfo(self):
        return self._file, (getattr(self._found, "line", None) or 1) - 1, self.name


def pytest_addoption(parser):
    parser.getgroup("hybriddeploy").addoption(
        "--hybriddeploy", action="append", default=[], metavar="MODEL", dest="hybriddeploy_models",
        help="check this model; each finding is a failing test. May be given several times")


def _findings(file):
    try:
        return App.from_file(file).check()
    except (HybridDeployError, OSError) as error:
        return getattr(error, "diagnostics", None) or [error]


def pytest_collection_modifyitems(session, config, items):
    for file in config.getoption("hybriddeploy_models"):
        for found in _findings(file) or [None]:
            name = f"{file}::{found.code} {found.path}".rstrip() if hasattr(found, "code") else file
            items.append(ModelTest.from_parent(session, name=name, nodeid=name, file=file, found=found))


@pytest.fixture
def hybriddeploy_model():
    """hybriddeploy_model(file, ...) loads a model; the test fails when the model has a mistake."""
    def load(*files, **how):
        app = App.from_file(*files, **how)
        found = app.check()
        if found:
            pytest.fail("\n".join(map(str, found)), pytrace=False)
        return app
    return load
