"""Row-level security and grants, asked of PostgreSQL itself: as the roles that the services use."""

import uuid
from decimal import Decimal

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from wealth_core.ledger import entry
from wealth_core.models import Account, AccountKind, Base, Category, Rule
from wealth_core.money import Money
from wealth_core.repositories import (
    AccountRepository,
    RuleRepository,
    TagRepository,
    TransactionRepository,
    UserRepository,
)
from wealth_core.repositories.transactions import NewTransaction

pytestmark = pytest.mark.anyio

# The audit log is tested apart: it is only ever added to.
OWNED = tuple(
    name for name, table in Base.metadata.tables.items() if "user_id" in table.columns and name != "audit_events"
)
PLANS = ("budgets", "budget_amounts", "goals", "goal_accounts", "goal_contributions", "schedules")
PLANS += ("schedule_occurrences", "notifications")


def connect(url: str, user: uuid.UUID | None = None) -> psycopg.Connection:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("SELECT set_config('app.user_id', %s, false)", [str(user or "")])
    return connection


PLAN = """
    INSERT INTO budgets (id, user_id, category_id, currency, rollover)
        SELECT %(new)s, user_id, id, 'USD', 'none' FROM categories;
    INSERT INTO budget_amounts (budget_id, month, user_id, amount) VALUES (%(new)s, '2026-10-01', app_user_id(), 100);
    INSERT INTO goals (id, user_id, name, target, currency) VALUES (%(new)s, app_user_id(), 'Boat', 5000, 'USD');
    INSERT INTO goal_accounts (account_id, goal_id, user_id, currency)
        SELECT id, %(new)s, user_id, currency FROM accounts;
    INSERT INTO goal_contributions (id, user_id, goal_id, currency, date, amount)
        VALUES (%(new)s, app_user_id(), %(new)s, 'USD', '2026-10-01', 5);
    INSERT INTO schedules (id, user_id, name, kind, rule, start_date, amount, currency, account_id, payee, wake_on)
        SELECT %(new)s, user_id, 'Rent', 'post', 'FREQ=MONTHLY', '2026-10-01', -5, currency, id, 'x', '2026-10-01'
        FROM accounts;
    INSERT INTO schedule_occurrences (schedule_id, date, user_id, outcome)
        VALUES (%(new)s, '2026-10-01', app_user_id(), 'skipped');
    INSERT INTO plan_reviews (user_id) VALUES (app_user_id());
    INSERT INTO notifications (id, user_id, kind, key, title, message)
        VALUES (%(new)s, app_user_id(), 'goal_reached', 'goal', 'Boat', 'Reached.');
"""


@pytest.fixture
async def spent(books, database, eve) -> uuid.UUID:
    new = uuid.uuid4()
    with connect(database.backend, eve.id) as connection:
        for statement in PLAN.split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), {"new": new})
    async with books.transaction(eve.id) as session:
        account = (await AccountRepository(session).list())[0]
        postings = entry(Money(Decimal(-5), "USD"), account_id=account.id)
        tags = await TagRepository(session).named(eve.id, ["Secret"])
        await TransactionRepository(session).record(
            NewTransaction(new, eve.id, eve.created_at.date(), "Eve's Lair", postings, tag_ids=tags.values())
        )
        rule = await RuleRepository(session).add(Rule(user_id=eve.id, name="r", position=1, account_id=account.id))
        await RuleRepository(session).set_tags(eve.id, rule.id, tags.values())
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


async def test_no_new_reference_crosses_either(books, ada, eve, spent):
    async with books.transaction(eve.id) as session:
        hers = {
            "account": await session.scalar(select(Account.id)),
            "category": await session.scalar(select(Category.id)),
            "tag": (await TagRepository(session).named(eve.id, ["Unused"]))["Unused"],
            "rule": await session.scalar(select(Rule.id)),
        }
    names = hers | {"transaction": spent, "user": ada.id}
    rule = "INSERT INTO rules (id, user_id, name, position, {}) VALUES (gen_random_uuid(), :user, 'x', 1, :{})"
    for statement in (
        "INSERT INTO transaction_tags (transaction_id, tag_id, user_id) VALUES (:transaction, :tag, :user)",
        "INSERT INTO rule_tags (rule_id, tag_id, user_id) VALUES (:rule, :tag, :user)",
        "UPDATE categories SET parent_id = :category",
        rule.format("account_id", "account"),
        rule.format("transfer_account_id", "account"),
        rule.format("category_id", "category"),
    ):
        with pytest.raises(IntegrityError) as refused:
            async with books.transaction(ada.id) as session:
                await session.execute(text(statement), names)
        assert isinstance(refused.value.orig, ForeignKeyViolation), statement


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
            "SELECT * FROM tags",
            "SELECT * FROM transaction_tags",
            "SELECT * FROM rules",
            "SELECT * FROM rule_tags",
            *(f"SELECT * FROM {table}" for table in PLANS),  # noqa: S608
        ):
            assert connection.execute(statement.encode()).fetchall(), statement
        refused = [
            "SELECT email FROM users",
            "SELECT password_hash FROM users",
            "SELECT * FROM sessions",
            "SELECT * FROM import_profiles",
            "SELECT * FROM attempts",
            "SELECT * FROM conversations",
            "SELECT * FROM messages",
            "SELECT * FROM plan_reviews",
            "SELECT * FROM due_schedules('2199-12-31', 10)",
            "SELECT * FROM due_plan_reviews(10)",
            *(f"DELETE FROM {table}" for table in ("users", *OWNED, "attempts")),  # noqa: S608
            "UPDATE accounts SET name = 'x'",
            "INSERT INTO categories (id, user_id, name, kind) VALUES (gen_random_uuid(), app_user_id(), 'x', 'income')",
            "TRUNCATE postings",
            "CREATE TABLE mine (x int)",
        ]
        for statement in refused:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


async def test_what_is_due_is_found_for_everybody_as_ids_and_nothing_more(database, ada, eve, spent):
    with connect(database.backend, ada.id) as connection:
        due = connection.execute("SELECT * FROM due_schedules('2026-10-01', 1000)")
        assert [column.name for column in due.description] == ["user_id", "schedule_id"]
        assert (eve.id, spent) in due.fetchall()
        assert (eve.id, spent) not in connection.execute("SELECT * FROM due_schedules('2026-09-30', 1000)").fetchall()
        reviews = connection.execute("SELECT * FROM due_plan_reviews(1000)")
        assert [column.name for column in reviews.description] == ["user_id"]
        assert (eve.id,) in reviews.fetchall()
        assert len(connection.execute("SELECT * FROM due_schedules('2026-10-01', 0)").fetchall()) == 0


@pytest.mark.parametrize("who", ["backend", "owner"])
async def test_what_opens_the_tables_to_the_functions_opens_them_to_nobody_else(database, ada, eve, spent, who):
    """The owner, who could open them, finds them shut unless it says so itself: neither has rows to see by accident."""
    with connect(getattr(database, who), ada.id) as connection:
        assert connection.execute("SELECT count(*) FROM schedules").fetchone() == (0,)
        if who == "backend":
            for scan in ("schedules", "plan_reviews"):
                connection.execute("SELECT set_config('app.scan', %s, false)", [scan])
                assert connection.execute(f"SELECT count(*) FROM {scan}").fetchone() == (0,)  # noqa: S608
        with connection.transaction():
            connection.execute("SELECT * FROM due_schedules('2026-10-01', 1)")
            assert connection.execute("SELECT count(*) FROM schedules").fetchone() == (0,)


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
        "UPDATE categories SET parent_id = id WHERE user_id = %(ada)s",
        "UPDATE categories SET color = 'red' WHERE user_id = %(ada)s",
    ],
)
async def test_the_database_refuses_values_that_mean_nothing(database, ada, statement):
    with psycopg.connect(database.superuser) as connection, pytest.raises(CheckViolation):
        connection.execute(statement.encode(), {"user": uuid.uuid4(), "ada": ada.id})


async def test_the_audit_log_is_only_added_to_and_goes_with_its_user(books, database, ada, eve):
    with connect(database.backend, ada.id) as connection:
        connection.execute(
            "INSERT INTO audit_events (id, user_id, event, address, ids) VALUES (%s, %s, 'session.started', '', '{}')",
            [uuid.uuid4(), ada.id],
        )
        assert connection.execute("SELECT count(*) FROM audit_events").fetchone() == (1,)
        for statement in (
            "UPDATE audit_events SET event = 'session.ended'",
            "DELETE FROM audit_events",
            "TRUNCATE audit_events",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            connection.execute(
                "INSERT INTO audit_events (id, user_id, event, address, ids) VALUES (%s, %s, 'a.b', '', '{}')",
                [uuid.uuid4(), eve.id],
            )
    with connect(database.backend, eve.id) as connection:
        assert connection.execute("SELECT count(*) FROM audit_events").fetchone() == (0,)
    async with books.transaction(ada.id) as session:
        assert await UserRepository(session).delete(ada.id)
    with psycopg.connect(database.superuser) as connection:
        assert connection.execute("SELECT count(*) FROM audit_events WHERE user_id = %s", [ada.id]).fetchone() == (0,)
