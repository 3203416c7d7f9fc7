import pytest

from cluster import Operator, give_gpus, of_environment


@pytest.fixture(scope="session")
def api():
    api = of_environment()
    give_gpus(api)
    operator = Operator(api)
    operator.start()
    yield api
    operator.ends.set()
