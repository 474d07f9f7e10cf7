"""Sessions on PostgreSQL: one transaction each, in the name of one user, with a deadline.

Everything here holds behind a transaction pooler too: no prepared statements, no session state, no start-up options.
"""

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast

from psycopg.errors import QueryCanceled
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker, create_async_engine

from wealth_core.settings import DatabaseSettings, sqlalchemy_url

if TYPE_CHECKING:
    import psycopg

# The newest revision in migrations/versions (a test compares them); the services don't load Alembic to learn it.
SCHEMA_REVISION = "0008"

# On top of the server's statement_timeout: a server that accepts and then falls silent never enforces its own.
_SILENCE_MARGIN_S = 2.0

# One message instead of two: the driver would send the BEGIN, and wait for its answer, by itself. It takes no
# parameters; what is put in is a UUID and a number.
_BEGIN = "BEGIN ISOLATION LEVEL {level}; SELECT set_config('app.user_id', '{user_id}', true), {timeout}"
_TIMEOUT = "set_config('statement_timeout', '{milliseconds:d}', true)"
_IDENTIFY = text("SELECT set_config('app.user_id', :user_id, true)")
_CLAIM_EMAIL = text("SELECT set_config('app.email', :email, true)")
_STATE = text(
    "SELECT (SELECT version_num FROM alembic_version),"
    " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
)


class DatabaseError(Exception):
    """The database can't serve this."""

    @property
    def cause(self) -> str:
        """What the driver said, on one line; around it stands the statement, which may be long.

        It may name hosts and logins: for logs, not for answers.
        """
        return " ".join(str(getattr(self.__cause__, "orig", None) or self.__cause__ or self).split())


class DatabaseUnavailableError(DatabaseError):
    """The database can't be reached, refuses, or doesn't answer in time. Worth trying again."""


class DatabaseNotReadyError(DatabaseError):
    """The database answers, but mustn't be served from: old schema, or a role that row-level security doesn't bind."""


class Database:
    def __init__(self, settings: DatabaseSettings) -> None:
        self._timeout_ms = settings.database_statement_timeout_ms
        self._engine = create_async_engine(
            sqlalchemy_url(settings.database_url),
            pool_size=settings.database_pool_size,
            max_overflow=0,
            pool_timeout=settings.database_connect_timeout_s,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",  # of the driver: transactions begin with _BEGIN
            connect_args={
                "prepare_threshold": None,
                "connect_timeout": settings.database_connect_timeout_s,
                "tcp_user_timeout": self._timeout_ms,
            },
        )
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(
        self, user_id: uuid.UUID | None = None, *, deadline_s: float | None = None, snapshot: bool = False
    ) -> AsyncIterator[AsyncSession]:
        """A session that sees `user_id`'s rows only (without one: no rows), commits at the end and rolls back on error.

        All of it must be over within `deadline_s` (by default little more than one statement may take). A snapshot
        shows all its statements the same state, whatever others write meanwhile.
        """
        watchdog: _Watchdog | None = None
        try:
            async with self._sessions() as session:
                watchdog = await self._begin(
                    session, user_id, deadline_s or self._timeout_ms / 1000 + _SILENCE_MARGIN_S, snapshot=snapshot
                )
                yield session
                await session.commit()
        except (OperationalError, InterfaceError, PoolTimeoutError) as error:
            raise DatabaseUnavailableError("the database is not available") from error
        except DBAPIError as error:
            if error.connection_invalidated or isinstance(error.orig, QueryCanceled):
                raise DatabaseUnavailableError("the database did not answer in time") from error
            raise
        finally:
            if watchdog is not None:
                watchdog.cancel()

    async def _begin(
        self, session: AsyncSession, user_id: uuid.UUID | None, deadline_s: float, *, snapshot: bool
    ) -> "_Watchdog":
        # The first statement doubles as the check that a pooled connection is still alive: when it turns out dead (the
        # database restarted or was suspended), the pool has dropped all of that age and the second try connects anew.
        begin = _BEGIN.format(
            level="REPEATABLE READ" if snapshot else "READ COMMITTED",
            user_id=user_id.hex if user_id else "",
            timeout=_TIMEOUT.format(milliseconds=self._timeout_ms),
        )
        for last_try in (False, True):
            connection = await session.connection()
            watchdog = _Watchdog(connection, deadline_s)
            try:
                await connection.exec_driver_sql(begin)
            except DBAPIError as error:
                watchdog.cancel()
                if last_try or not error.connection_invalidated:
                    raise
                await session.rollback()
            else:
                return watchdog
        raise AssertionError("unreachable")

    async def check(self) -> None:
        """Raises unless requests can be served: reachable, schema new enough, a role that row-level security binds."""
        async with self.transaction() as session:
            try:
                revision, unbound = (await session.execute(_STATE)).one()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
                raise DatabaseNotReadyError("the schema is missing; run the migrations") from error
        # A newer schema is served too: migrations only ever add what the running version can live with.
        if revision is None or revision < SCHEMA_REVISION:
            raise DatabaseNotReadyError(f"the schema is at {revision}, needed is {SCHEMA_REVISION}; run the migrations")
        if unbound:
            raise DatabaseNotReadyError("DATABASE_URL's role bypasses row-level security; use the service's own role")

    async def close(self) -> None:
        await self._engine.dispose()


async def identify(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Continues a transaction that began without a user in the name of one, as sign-up does."""
    await session.execute(_IDENTIFY, {"user_id": str(user_id)})


async def claim_email(session: AsyncSession, email: str) -> None:
    """Makes the user of this address, and nobody else's row, readable: how sign-in finds whom it deals with."""
    await session.execute(_CLAIM_EMAIL, {"email": email})


class _Watchdog:
    """Shuts a connection's socket down when a transaction is still running at its deadline.

    Cancelling the task isn't enough: the driver first waits for the silent server to confirm the cancellation.
    """

    def __init__(self, connection: AsyncConnection, seconds: float) -> None:
        assert connection.sync_connection  # noqa: S101 - tells the type checker
        driver = cast("psycopg.AsyncConnection", connection.sync_connection.connection.driver_connection)
        self._descriptor = os.dup(driver.pgconn.socket)
        self._handle = asyncio.get_running_loop().call_later(seconds, self._shut_down)

    def _shut_down(self) -> None:
        with suppress(OSError), socket.socket(fileno=os.dup(self._descriptor)) as connection:
            connection.shutdown(socket.SHUT_RDWR)

    def cancel(self) -> None:
        self._handle.cancel()
        os.close(self._descriptor)
