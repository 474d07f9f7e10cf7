"""Makes room in the database server for a program that isn't ours: a role and a database of its name, its own.

    python -m wealth_core.guest kagent

Run again, it only brings the role's password to what the environment says. The guest reaches nothing else: it owns its
database, and in ours it has been granted nothing. DATABASE_URL is that of our owner, who may make roles and databases.
"""

import argparse
import logging
import sys
from typing import Annotated

import psycopg
from psycopg import sql
from pydantic import Field

from wealth_core.migrate import LOCK, MigrationError, Password, connect, set_password, wait_for_database
from wealth_core.settings import DatabaseUrl, SettingsError, TelemetrySettings, load, sqlalchemy_url
from wealth_core.telemetry import configure_logging

_log = logging.getLogger("wealth.guest")


class GuestSettings(TelemetrySettings):
    database_url: DatabaseUrl
    guest_password: Password
    guest_wait_s: Annotated[int, Field(ge=0, le=600)] = 60


def make_room(settings: GuestSettings, name: str) -> None:
    """Raises MigrationError when the server doesn't answer, psycopg.Error when its owner may not do this."""
    url = sqlalchemy_url(settings.database_url)
    wait_for_database(url, settings.guest_wait_s)
    guest = sql.Identifier(name)
    with connect(url) as connection:
        # Of two runs at once the second finds everything made.
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", name):
            connection.execute(sql.SQL("CREATE ROLE {}").format(guest))
        set_password(connection, name, settings.guest_password.get_secret_value())
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", name):
            # Who gives a database away has to be a member of the role that gets it.
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(guest))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(guest, guest))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(guest))


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a role and a database for a guest.")
    parser.add_argument("name", help="what both are called")
    name = parser.parse_args().name
    configure_logging("guest")
    try:
        settings = load(GuestSettings)
        configure_logging("guest", settings.log_level)
        make_room(settings, name)
    except (MigrationError, SettingsError) as error:
        _log.error(str(error))
        return 1
    except psycopg.Error:
        _log.exception("the database could not be made; its owner has to be allowed to make roles and databases")
        return 1
    _log.info("the guest has its database", extra={"guest": name})
    return 0


if __name__ == "__main__":
    sys.exit(main())
