"""One server for the tests that only look at what it answers."""

import pytest
from harness import API, Server, Visitor


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("server")) as server:
        Visitor(server.base).set_up(server)
        yield server


@pytest.fixture(scope="module")
def token(server) -> str:
    return server.token("root")


@pytest.fixture(scope="module")
def api(server, token) -> API:
    return API(server.base, token)
