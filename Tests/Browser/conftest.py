"""A server and a browser for the tests of a file."""

import pytest
from harness import Server, Visitor
from harness.browser import Browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("server")) as server:
        Visitor(server.base).set_up(server)
        yield server


@pytest.fixture(scope="module")
def browser(server):
    browser = Browser(server.base)
    yield browser
    browser.close()
