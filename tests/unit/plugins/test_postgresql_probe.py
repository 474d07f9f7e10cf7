"""Each way a database can be unusable becomes one sentence with cause and cure, and never shows the password."""

import socket
from collections.abc import Iterator
from types import ModuleType

import pytest


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.mark.parametrize(
    ("message", "cause", "cure"),
    [
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: Connection refused',
            "Connection refused",
            "start the server",
        ),
        (
            'connection to server at "h", port 5432 failed: FATAL:  password authentication failed for user "app"',
            'password authentication failed for user "app"',
            "correct its user and password",
        ),
        ('connection failed: FATAL:  database "nope" does not exist', 'database "nope"', "database name"),
        ("failed: server does not support SSL, but SSL was required", "server does not support SSL", "sslmode"),
        ("failed to resolve host 'nowhere': Name or service not known", "nowhere", "host name"),
        ("connection timeout expired", "connection timeout expired", "open the way to it"),
        ("something new", "something new", "correct it."),
    ],
)
def test_a_message_becomes_a_sentence(postgresql_probe: ModuleType, message: str, cause: str, cure: str) -> None:
    sentence = postgresql_probe.sentence("vault_database_url", message)

    assert sentence.startswith("vault_database_url can not be used (")
    assert cause in sentence
    assert cure in sentence


def test_a_server_that_is_not_there(postgresql_probe: ModuleType, closed_port: int) -> None:
    url = f"postgresql://app:hidden-word@127.0.0.1:{closed_port}/wealth"

    problem = postgresql_probe.probe(url, "vault_database_url", 2)["problem"]

    assert "refused" in problem
    assert "hidden-word" not in problem


def test_an_unreadable_url_is_not_repeated(postgresql_probe: ModuleType) -> None:
    problem = postgresql_probe.probe("postgresql://app:hidden%zzword@h/wealth", "vault_database_url", 2)["problem"]

    assert "percent-encode" in problem
    assert "hidden" not in problem
