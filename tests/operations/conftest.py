import pytest

import lines
from cluster import Operator, give_gpus, of_environment


def pytest_addoption(parser):
    parser.addoption("--every-line", action="store_true", help="fail when a line of the scripts was run by no test")


def pytest_sessionfinish(session):
    if session.config.getoption("--every-line"):
        missed = list(lines.missed())
        print(*(f"\nno test runs {line}" for line in missed), sep="")
        if missed and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def api():
    api = of_environment()
    give_gpus(api)
    operator = Operator(api)
    operator.start()
    yield api
    operator.ends.set()
