"""A real PostgreSQL for the services' tests: one cluster per run."""

import secrets
from collections.abc import Iterator

import pytest

from tests.support.database import Cluster, TestDatabase, migrated, run_cluster


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with run_cluster() as running:
        yield running


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that the test may take down."""
    with run_cluster() as running:
        yield running


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[TestDatabase]:
    name = f"empty_{secrets.token_hex(4)}"
    cluster.execute(f"CREATE DATABASE {name} OWNER wealth_owner")
    yield TestDatabase(cluster, name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def database(cluster: Cluster) -> TestDatabase:
    """A migrated database that all tests share: each makes users of its own, whom row-level security keeps apart."""
    return migrated(cluster, "wealth")
