"""Brings the database up to date: waits for it, upgrades the schema, sets the passwords of the services' logins.

    python -m wealth_core.migrate                 # to the newest revision
    python -m wealth_core.migrate --down-to base  # back to an older revision; "base" is an empty schema

The schema changes in one transaction under an advisory lock: killed half-way it leaves nothing behind, and of two runs
at a time the second waits. DATABASE_URL is the owner's and goes to the server directly, not through a pooler.
"""

import argparse
import logging
import re
import sys
import time
from pathlib import Path
from typing import Annotated

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from pydantic import BeforeValidator, Field, SecretStr
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from wealth_core.database import SCHEMA_REVISION
from wealth_core.settings import DatabaseUrl, SettingsError, TelemetrySettings, load, sqlalchemy_url
from wealth_core.telemetry import configure_logging

Password = Annotated[SecretStr, Field(min_length=16)]
# of a login that may be shut
OptionalPassword = Annotated[Password | None, BeforeValidator(lambda value: value or None)]

LOCK = 0x7765616C7468  # "wealth": one number for everyone who migrates this product's database
_CONNECT_TIMEOUT_S = 5
_LOCK_TIMEOUT_S = 60
_RETRY_S = 1.0
# The server sends no code with a refused connection. What these say doesn't heal by waiting.
_REFUSAL = re.compile(r'password authentication failed|(role|database) "[^"]*" does not exist|no pg_hba.conf entry')
# Neon hands role changes to its control plane when they commit, and that takes no ready-made verifier.
_WANTS_PLAINTEXT = "only supports being given plaintext passwords"

_log = logging.getLogger("wealth.migrate")


class MigrationError(Exception):
    """A migration that couldn't run; the message says why and what to do."""


class MigrationSettings(TelemetrySettings):
    database_url: DatabaseUrl
    # Of each service's role and of its second login; the one without a password is shut.
    wealth_backend_password: OptionalPassword = None
    wealth_backend_b_password: OptionalPassword = None
    wealth_mcp_password: OptionalPassword = None
    wealth_mcp_b_password: OptionalPassword = None
    migration_wait_s: Annotated[int, Field(ge=0, le=600)] = 60


def migrate(settings: MigrationSettings, *, down_to: str | None = None) -> None:
    url = sqlalchemy_url(settings.database_url)
    wait_for_database(url, settings.migration_wait_s)
    _change_schema(url, down_to)
    if down_to is None:
        with connect(url) as connection:
            # Two runs that set the same role's password at once would fail.
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            for role, first, second in (
                ("wealth_backend", settings.wealth_backend_password, settings.wealth_backend_b_password),
                ("wealth_mcp", settings.wealth_mcp_password, settings.wealth_mcp_b_password),
            ):
                _set_logins(connection, role, first, second)


def connect(url: URL) -> psycopg.Connection:
    """A connection without a transaction around its statements."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, connect_timeout=_CONNECT_TIMEOUT_S, autocommit=True)


def wait_for_database(url: URL, patience_s: int) -> None:
    """Raises MigrationError when it doesn't answer in so many seconds, and at once when it refuses."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            connect(url).close()
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())
            if _REFUSAL.search(reason):
                raise MigrationError(
                    f"the database refuses DATABASE_URL ({reason}); correct its user, password or database name"
                ) from None
            if time.monotonic() >= deadline:
                raise MigrationError(
                    f"the database did not answer within {patience_s} s ({reason}); correct the host and port of"
                    " DATABASE_URL, or see why the server is down"
                ) from None
            _log.info("waiting for the database", extra={"reason": reason})
            time.sleep(_RETRY_S)
        else:
            return


def _change_schema(url: URL, down_to: str | None) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT_S}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        revision = MigrationContext.configure(connection).get_current_revision()
        if down_to is None and revision is not None and revision > SCHEMA_REVISION:
            # of a newer release that was taken back; what it added is served too
            _log.info("the schema is newer and stays", extra={"revision": revision})
        elif down_to is None:
            command.upgrade(config, "head")
        else:
            command.downgrade(config, down_to)


def _set_logins(connection: psycopg.Connection, role: str, first: SecretStr | None, second: SecretStr | None) -> None:
    """A role keeps one password only. With a second login, which has all that the role has, two count at a time."""
    if first is None and second is None:
        raise MigrationError(f"{role} would be shut out; set {role.upper()}_PASSWORD or {role.upper()}_B_PASSWORD")
    member = f"{role}_b"
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [member]).rowcount == 0:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(member)))
    # a run that was killed may have left it without
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))
    for login, password in ((role, first), (member, second)):
        if password is None:
            connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(sql.Identifier(login)))
        else:
            set_password(connection, login, password.get_secret_value())
        _log.info("role is shut" if password is None else "role may sign in", extra={"role": login})


def set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Lets a role sign in. The server is sent a verifier, so that no log of its statements ever holds the password."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
    try:
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(verifier)))
    except psycopg.Error as error:
        if _WANTS_PLAINTEXT not in str(error):
            raise
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def main() -> int:
    parser = argparse.ArgumentParser(description="Bring the database's schema and roles up to date.")
    parser.add_argument("--down-to", metavar="REVISION", help='go back to an older revision; "base" is an empty schema')
    arguments = parser.parse_args()
    configure_logging("migrations")
    try:
        settings = load(MigrationSettings)
        configure_logging("migrations", settings.log_level)
        migrate(settings, down_to=arguments.down_to)
    except (MigrationError, SettingsError) as error:
        _log.error(str(error))
        return 1
    except (psycopg.Error, DBAPIError):
        _log.exception("the migration failed and was rolled back")
        return 1
    _log.info("the database is up to date" if arguments.down_to is None else "the database was taken back")
    return 0


if __name__ == "__main__":
    sys.exit(main())
