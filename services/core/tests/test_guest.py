"""A program that isn't ours has a role and a database of its own in the server, and nothing of ours."""

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr

from tests.support import postgresql
from wealth_core.guest import GuestSettings, make_room
from wealth_core.migrate import MigrationError

OWNER, GUEST = "wealth_owner", "visitor"
PASSWORD, NEXT = "a-password-of-the-guest", "another-password-of-it"


@pytest.fixture(scope="module")
def house():
    """A server whose owner may make roles and databases, and is no superuser."""
    with postgresql.server("the-superusers-password") as (host, port):
        server = f"{host}:{port}"
        superuser = f"postgresql://postgres:the-superusers-password@{server}/postgres"
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD 'the-owners-password'").format(
                    sql.Identifier(OWNER)
                )
            )
            connection.execute(sql.SQL("CREATE DATABASE wealth OWNER {}").format(sql.Identifier(OWNER)))
        with psycopg.connect(
            f"postgresql://{OWNER}:the-owners-password@{server}/wealth", autocommit=True
        ) as connection:
            connection.execute("CREATE TABLE secrets (line text)")
        yield server


def settings(house: str, password: str) -> GuestSettings:
    url = f"postgresql://{OWNER}:the-owners-password@{house}/wealth"
    return GuestSettings(database_url=SecretStr(url), guest_password=SecretStr(password), guest_wait_s=0)


def sign_in(house: str, password: str, database: str = GUEST, role: str = GUEST) -> psycopg.Connection:
    return psycopg.connect(f"postgresql://{role}:{password}@{house}/{database}", connect_timeout=5, autocommit=True)


def test_a_guest_gets_a_database_and_a_second_run_only_its_password(house):
    make_room(settings(house, PASSWORD), GUEST)
    with sign_in(house, PASSWORD) as connection:
        connection.execute("CREATE TABLE kept (line text)")
        connection.execute("CREATE SCHEMA own")
    make_room(settings(house, NEXT), GUEST)
    with sign_in(house, NEXT) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError):
        sign_in(house, PASSWORD)


def test_a_guest_reads_nothing_of_ours_and_nobody_else_comes_in(house):
    make_room(settings(house, PASSWORD), GUEST)
    with sign_in(house, PASSWORD, "wealth") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM secrets")
    with psycopg.connect(f"postgresql://{OWNER}:the-owners-password@{house}/wealth", autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN PASSWORD 'a-strangers-password'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        sign_in(house, "a-strangers-password", role="stranger")


def test_a_server_that_is_away_is_said_so(house):
    away = GuestSettings(
        database_url=SecretStr("postgresql://owner:password@127.0.0.1:1/wealth"),
        guest_password=SecretStr(PASSWORD),
        guest_wait_s=0,
    )
    with pytest.raises(MigrationError, match="did not answer"):
        make_room(away, GUEST)
