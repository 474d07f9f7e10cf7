"""Deadlines: a database that is slow, silent or gone costs a bounded time, and is used again once it is back."""

import re
import signal
import time

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from wealth_core.database import Database, DatabaseUnavailableError
from wealth_core.settings import DatabaseSettings

pytestmark = pytest.mark.anyio


def settings(url: str, **changes: int) -> DatabaseSettings:
    limits = {"database_connect_timeout_s": 2, "database_statement_timeout_ms": 500, "database_pool_size": 1} | changes
    return DatabaseSettings(database_url=SecretStr(url), **limits)


async def test_a_statement_that_takes_too_long_is_ended(database):
    books = Database(settings(database.backend))
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailableError):
        async with books.transaction() as session:
            await session.execute(text("SELECT pg_sleep(30)"))
    assert time.monotonic() - started < 10
    async with books.transaction() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await books.close()


async def test_a_transaction_that_takes_too_long_is_ended(database):
    books = Database(settings(database.backend, database_statement_timeout_ms=5000))

    async def dawdle() -> None:
        async with books.transaction(deadline_s=0.3) as session:
            for _ in range(20):
                await session.execute(text("SELECT pg_sleep(0.1)"))

    with pytest.raises(DatabaseUnavailableError):
        await dawdle()
    await books.close()


async def test_a_pool_that_is_used_up_is_said_in_time(database):
    books = Database(settings(database.backend, database_connect_timeout_s=1))
    async with books.transaction(deadline_s=20):
        with pytest.raises(DatabaseUnavailableError):
            async with books.transaction():
                pass
    await books.close()


async def test_the_cause_is_that_the_password_is_wrong(database):
    url = re.sub(r"(//[^:]+):[^@]+@", r"\1:another-one@", database.backend)
    assert "password authentication failed for user" in await cause_told(url)


@pytest.mark.parametrize(
    ("host", "cause"), [("no-such-host.invalid", "no-such-host.invalid"), ("127.0.0.1:1", "Connection refused")]
)
async def test_the_cause_is_why_it_is_not_reached(host, cause):
    assert cause in await cause_told(f"postgresql://wealth_backend:another-one@{host}/wealth")


async def cause_told(url: str) -> str:
    books = Database(settings(url, database_connect_timeout_s=5))
    with pytest.raises(DatabaseUnavailableError, match=r"^the database is not available$") as caught:
        await books.check()
    await books.close()
    assert "another-one" not in caught.value.cause
    return caught.value.cause


async def test_what_fails_is_rolled_back(books, ada):
    async def fail() -> None:
        async with books.transaction(ada.id) as session:
            await session.execute(text("UPDATE users SET name = 'x'"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with books.transaction(ada.id) as session:
        assert await session.scalar(text("SELECT name FROM users")) == ""


async def test_the_user_of_one_transaction_is_forgotten_by_the_next(books, ada):
    async with books.transaction(ada.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM users")) == 1
    async with books.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM users")) == 0


async def test_a_server_that_stops_falls_silent_and_comes_back(own_cluster):
    books = Database(settings(own_cluster.url("postgres")))

    async def one() -> int:
        async with books.transaction() as session:
            return await session.scalar(text("SELECT 1"))

    assert await one() == 1
    own_cluster.stop()
    with pytest.raises(DatabaseUnavailableError):
        await one()
    own_cluster.start()
    assert await one() == 1
    own_cluster.signal_backends(signal.SIGSTOP)
    started = time.monotonic()
    try:
        with pytest.raises(DatabaseUnavailableError):
            await one()
    finally:
        own_cluster.signal_backends(signal.SIGCONT)
    assert time.monotonic() - started < 15
    assert await one() == 1
    await books.close()
