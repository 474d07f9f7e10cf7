"""Row-level security and grants, asked of PostgreSQL itself: as the roles that the services use."""

import uuid
from decimal import Decimal

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wealth_core.ledger import entry
from wealth_core.models import Account, AccountKind, Category
from wealth_core.money import Money
from wealth_core.repositories import AccountRepository, TransactionRepository, UserRepository
from wealth_core.repositories.transactions import NewTransaction

pytestmark = pytest.mark.anyio

OWNED = (
    *("accounts", "categories", "imports", "transactions", "postings", "sessions"),
    *("conversations", "messages", "proposals"),
)


def connect(url: str, user: uuid.UUID | None = None) -> psycopg.Connection:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("SELECT set_config('app.user_id', %s, false)", [str(user or "")])
    return connection


@pytest.fixture
async def spent(books, eve) -> uuid.UUID:
    new = uuid.uuid4()
    async with books.transaction(eve.id) as session:
        account = (await AccountRepository(session).list())[0]
        postings = entry(Money(Decimal(-5), "USD"), account_id=account.id)
        await TransactionRepository(session).record(
            NewTransaction(new, eve.id, eve.created_at.date(), "Eve's Lair", postings)
        )
    return new


async def spend(books, user, account_id, currency="USD", category_id=None) -> None:
    async with books.transaction(user.id) as session:
        postings = entry(Money(Decimal(-1), currency), account_id=account_id, category_id=category_id)
        new = NewTransaction(uuid.uuid4(), user.id, user.created_at.date(), "x", postings)
        await TransactionRepository(session).record(new)


def test_every_table_is_secured_even_from_its_owner(database):
    with psycopg.connect(database.superuser) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND NOT (relrowsecurity AND relforcerowsecurity)"
        ).fetchall()
    # Neither holds anybody's data: a number, and counters under digests.
    assert {name for (name,) in rows} == {"alembic_version", "attempts"}


@pytest.mark.parametrize("role", ["backend", "mcp"])
def test_the_services_roles_are_bound(database, role):
    with psycopg.connect(database.superuser) as connection:
        flags = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
            " WHERE rolname = %s",
            [f"wealth_{role}"],
        ).fetchone()
    assert flags == (False,) * 5


async def test_nobody_sees_anything_and_a_user_sees_their_own(database, ada, eve, spent):
    for who, expected in ((None, set()), (ada.id, {ada.id}), (eve.id, {eve.id})):
        with connect(database.backend, who) as connection:
            assert {row for (row,) in connection.execute("SELECT id FROM users")} == expected
            for table in OWNED:
                owners = {owner for (owner,) in connection.execute(f"SELECT user_id FROM {table}")}  # noqa: S608
                assert owners <= expected, table


async def test_signing_in_shows_the_claimed_address_and_no_other(database, ada, eve):
    with connect(database.backend) as connection:
        connection.execute("SELECT set_config('app.email', %s, false)", [ada.email])
        assert [row for (row,) in connection.execute("SELECT id FROM users")] == [ada.id]
        assert connection.execute("UPDATE users SET name = 'x'").rowcount == 0
        assert connection.execute("SELECT count(*) FROM accounts").fetchone() == (0,)


async def test_nobody_elses_rows_can_be_changed(database, ada, eve, spent):
    with connect(database.backend, ada.id) as connection:
        for table in OWNED:
            assert connection.execute(f"DELETE FROM {table} WHERE user_id = %s", [eve.id]).rowcount == 0  # noqa: S608
        assert connection.execute("UPDATE accounts SET name = 'x' WHERE user_id = %s", [eve.id]).rowcount == 0
        assert connection.execute("DELETE FROM users WHERE id = %s", [eve.id]).rowcount == 0
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            connection.execute("UPDATE accounts SET user_id = %s", [eve.id])


async def test_nothing_can_be_written_in_another_users_name(database, ada, eve):
    with connect(database.backend, ada.id) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(
            "INSERT INTO accounts (id, user_id, name, kind, currency) VALUES (%s, %s, 'x', 'bank', 'USD')",
            [uuid.uuid4(), eve.id],
        )


async def test_no_row_can_point_at_another_users(books, ada, eve):
    async with books.transaction(eve.id) as session:
        hers = await session.scalar(select(Account.id))
        category = await session.scalar(select(Category.id))
    async with books.transaction(ada.id) as session:
        mine = await session.scalar(select(Account.id))
    for account_id, category_id in ((hers, None), (mine, category)):
        with pytest.raises(IntegrityError) as refused:
            await spend(books, ada, account_id, category_id=category_id)
        assert isinstance(refused.value.orig, ForeignKeyViolation)


async def test_an_accounts_currency_is_that_of_its_postings(books, ada):
    async with books.transaction(ada.id) as session:
        account_id = await session.scalar(select(Account.id))
    with pytest.raises(IntegrityError):
        await spend(books, ada, account_id, "EUR")
    await spend(books, ada, account_id)


async def test_the_mcp_servers_role_reads_what_its_tools_need_and_writes_nothing(database, eve, spent):
    with connect(database.mcp, eve.id) as connection:
        for statement in (
            "SELECT id, name, currency FROM users",
            "SELECT * FROM accounts",
            "SELECT * FROM categories",
            "SELECT * FROM transactions",
            "SELECT * FROM postings",
        ):
            assert connection.execute(statement.encode()).fetchall(), statement
        refused = [
            "SELECT email FROM users",
            "SELECT password_hash FROM users",
            "SELECT * FROM sessions",
            "SELECT * FROM imports",
            "SELECT * FROM attempts",
            "SELECT * FROM conversations",
            "SELECT * FROM messages",
            *(f"DELETE FROM {table}" for table in ("users", *OWNED, "attempts")),  # noqa: S608
            "UPDATE accounts SET name = 'x'",
            "INSERT INTO categories (id, user_id, name, kind) VALUES (gen_random_uuid(), app_user_id(), 'x', 'income')",
            "TRUNCATE postings",
            "CREATE TABLE mine (x int)",
        ]
        for statement in refused:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


def test_the_backends_role_can_not_change_the_schema(database):
    with connect(database.backend) as connection:
        for statement in (
            "CREATE TABLE mine (x int)",
            "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
            "DROP POLICY own_row ON users",
            "ALTER TABLE postings DISABLE TRIGGER ALL",
            "TRUNCATE users CASCADE",
            "UPDATE alembic_version SET version_num = '9'",
            "SET ROLE wealth_owner",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


async def test_a_user_is_deleted_with_all_that_is_theirs_and_nothing_else(books, database, ada, eve, spent):
    async with books.transaction(eve.id) as session:
        account = Account(user_id=eve.id, name="Second", kind=AccountKind.CASH, currency="USD")
        await AccountRepository(session).add(account)
    async with books.transaction(eve.id) as session:
        assert await UserRepository(session).delete(eve.id)
    with psycopg.connect(database.superuser) as connection:
        for table in OWNED:
            count = connection.execute(f"SELECT count(*) FROM {table} WHERE user_id = %s", [eve.id]).fetchone()  # noqa: S608
            assert count == (0,), table
        assert connection.execute("SELECT count(*) FROM accounts WHERE user_id = %s", [ada.id]).fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO users (id, email, name, currency, password_hash) VALUES (%(user)s, 'UPPER@x', '', 'USD', 'x')",
        "INSERT INTO users (id, email, name, currency, password_hash) VALUES (%(user)s, 'a@x', '', 'usd', 'x')",
        "UPDATE accounts SET kind = 'house' WHERE user_id = %(ada)s",
        "UPDATE categories SET kind = 'transfer' WHERE user_id = %(ada)s",
    ],
)
async def test_the_database_refuses_values_that_mean_nothing(database, ada, statement):
    with psycopg.connect(database.superuser) as connection, pytest.raises(CheckViolation):
        connection.execute(statement.encode(), {"user": uuid.uuid4(), "ada": ada.id})
