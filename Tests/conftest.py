"""Fixtures of the conformance and the browser tests."""

import hashlib
from pathlib import Path

import pytest
from harness import PROGRAM, Samples, Server, new_postgres_database, postgres_is_available

ENGINES = [
    "sqlite",
    pytest.param(
        "postgres",
        marks=pytest.mark.skipif(
            not postgres_is_available(), reason="scripts/with-postgres starts the PostgreSQL that this needs"
        ),
    ),
]


def pytest_configure(config):
    if not PROGRAM.exists():
        pytest.exit(f"{PROGRAM} is missing; `swift build` makes it", returncode=2)


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> Samples:
    return Samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    return request.param


@pytest.fixture
def make_server(tmp_path):
    """Makes servers that end with the test, whatever becomes of it."""
    servers: list[Server] = []

    def make(name: str = "one", engine: str = "sqlite", **options) -> Server:
        database = new_postgres_database() if engine == "postgres" else None
        server = Server(tmp_path / name, database=database, **options)
        servers.append(server)
        return server

    yield make
    for server in servers:
        server.stop()


def sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@pytest.fixture
def sha256():
    return sha256_of
