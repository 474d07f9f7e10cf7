"""The schema goes up and down on a database with people's data in it, and is what the models say."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import create_engine

import wealth_core
from wealth_core import migrate as migrations
from wealth_core.database import SCHEMA_REVISION, Database, DatabaseNotReadyError
from wealth_core.migrate import MigrationError, migrate
from wealth_core.models import Base
from wealth_core.settings import DatabaseSettings, sqlalchemy_url

REVISIONS = sorted(
    path.name.split("_")[0] for path in Path(wealth_core.__file__).parent.glob("migrations/versions/0*.py")
)
TABLES = set(Base.metadata.tables)
FILL = """
    INSERT INTO users (id, email, name, currency, password_hash)
        VALUES (%(user)s, 'ada@example.org', 'Ada', 'USD', 'x');
    INSERT INTO accounts (id, user_id, name, kind, currency) VALUES (%(id)s, %(user)s, 'Main', 'bank', 'USD');
    INSERT INTO categories (id, user_id, name, kind) VALUES (%(id)s, %(user)s, 'Food', 'expense');
    INSERT INTO imports (id, user_id, account_id, currency, filename, imported, duplicates)
        VALUES (%(id)s, %(user)s, %(id)s, 'USD', 'f.csv', 1, 0);
    INSERT INTO import_profiles (id, user_id, name, header, mapping)
        VALUES (%(id)s, %(user)s, 'My bank', ARRAY['Date', 'Amount'], '{}');
    INSERT INTO transactions (id, user_id, kind, date, payee, import_id)
        VALUES (%(id)s, %(user)s, 'standard', '2026-10-01', 'Shop', %(id)s);
    INSERT INTO postings (transaction_id, position, user_id, kind, account_id, category_id, amount, currency)
        VALUES (%(id)s, 0, %(user)s, 'account', %(id)s, NULL, -5, 'USD'),
            (%(id)s, 1, %(user)s, 'category', NULL, %(id)s, 5, 'USD');
    INSERT INTO sessions (id, user_id, expires_at, refresh_digest) VALUES (%(id)s, %(user)s, now(), 'x');
    INSERT INTO attempts (key, count, resets_at) VALUES ('x', 1, now());
    INSERT INTO access_tokens (id, user_id, name, digest, scopes, expires_at)
        VALUES (%(id)s, %(user)s, 'Script', 'x', '{read}', now());
    INSERT INTO audit_events (id, user_id, event, address, ids)
        VALUES (%(id)s, %(user)s, 'session.started', '198.51.100.0', '{}');
    INSERT INTO idempotency_keys (user_id, key, request, status, headers, body)
        VALUES (%(user)s, 'k', 'x', 201, '{}', 'x');
    INSERT INTO tags (id, user_id, name) VALUES (%(id)s, %(user)s, 'Holiday');
    INSERT INTO transaction_tags (transaction_id, tag_id, user_id) VALUES (%(id)s, %(id)s, %(user)s);
    INSERT INTO rules (id, user_id, name, position, texts, account_id, category_id)
        VALUES (%(id)s, %(user)s, 'Food', 0, '[{"field": "payee", "operator": "contains", "value": "x"}]',
            %(id)s, %(id)s);
    INSERT INTO rule_tags (rule_id, tag_id, user_id) VALUES (%(id)s, %(id)s, %(user)s);
    INSERT INTO budgets (id, user_id, category_id, currency, rollover)
        VALUES (%(id)s, %(user)s, %(id)s, 'USD', 'leftover');
    INSERT INTO budget_amounts (budget_id, month, user_id, amount) VALUES (%(id)s, '2026-10-01', %(user)s, 100);
    INSERT INTO goals (id, user_id, name, target, currency) VALUES (%(id)s, %(user)s, 'Boat', 5000, 'USD');
    INSERT INTO goal_accounts (account_id, goal_id, user_id, currency) VALUES (%(id)s, %(id)s, %(user)s, 'USD');
    INSERT INTO goal_contributions (id, user_id, goal_id, currency, date, amount)
        VALUES (%(id)s, %(user)s, %(id)s, 'USD', '2026-10-01', 5);
    INSERT INTO schedules (id, user_id, name, kind, rule, start_date, amount, currency, account_id, payee, category_id)
        VALUES (%(id)s, %(user)s, 'Rent', 'post', 'FREQ=MONTHLY', '2026-10-01', -5, 'USD', %(id)s, 'Shop', %(id)s);
    INSERT INTO schedule_occurrences (schedule_id, date, user_id, outcome, transaction_id)
        VALUES (%(id)s, '2026-10-01', %(user)s, 'posted', %(id)s);
    INSERT INTO plan_reviews (user_id) VALUES (%(user)s);
    INSERT INTO notifications (id, user_id, kind, key, title, message)
        VALUES (%(id)s, %(user)s, 'goal_reached', 'goal', 'Boat', 'Reached.');
    INSERT INTO securities (id, user_id, symbol, name, kind, currency)
        VALUES (%(id)s, %(user)s, 'ACME', 'Acme', 'stock', 'USD');
    INSERT INTO trades (id, user_id, account_id, currency, security_id, kind, date, quantity, amount, fee)
        VALUES (%(id)s, %(user)s, %(id)s, 'USD', %(id)s, 'buy', '2026-10-01', 2, 4, 1);
    INSERT INTO prices (id, user_id, security_id, date, price)
        VALUES (%(id)s, %(user)s, %(id)s, '2026-10-01', 2.5);
    INSERT INTO exchange_rates (id, user_id, base, quote, date, rate)
        VALUES (%(id)s, %(user)s, 'EUR', 'USD', '2026-10-01', 1.1);
    INSERT INTO conversations (id, user_id, title) VALUES (%(id)s, %(user)s, 'Groceries');
    INSERT INTO messages (id, user_id, conversation_id, role, text, evidence)
        VALUES (%(id)s, %(user)s, %(id)s, 'assistant', 'You spent 5 USD.', '{"model": "offline-analyst"}');
    INSERT INTO proposals (id, user_id, kind, payload, summary)
        VALUES (%(id)s, %(user)s, 'category', '{"name": "Tea"}', 'New category Tea');
"""
# What only the newer versions know: a loan, a transfer to it, and spending in two parts.
NEWER = """
    INSERT INTO accounts (id, user_id, name, kind, currency) VALUES (%(loan)s, %(user)s, 'Loan', 'loan', 'USD');
    INSERT INTO transactions (id, user_id, kind, date, payee)
        VALUES (%(loan)s, %(user)s, 'transfer', '2026-10-02', 'Rate'),
            (%(split)s, %(user)s, 'standard', '2026-10-03', 'Shop');
    INSERT INTO postings (transaction_id, position, user_id, kind, account_id, category_id, amount, currency)
        VALUES (%(loan)s, 0, %(user)s, 'account', %(id)s, NULL, -50, 'USD'),
            (%(loan)s, 1, %(user)s, 'account', %(loan)s, NULL, 50, 'USD'),
            (%(split)s, 0, %(user)s, 'account', %(id)s, NULL, -9, 'USD'),
            (%(split)s, 1, %(user)s, 'category', NULL, %(id)s, 7, 'USD'),
            (%(split)s, 2, %(user)s, 'category', NULL, NULL, 2, 'USD');
"""


def connect(database) -> psycopg.Connection:
    return psycopg.connect(database.superuser, autocommit=True)


def fill(database, statements: str, names: dict[str, uuid.UUID]) -> None:
    with connect(database) as connection, connection.transaction():
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), names)


def tables(database) -> set[str]:
    with connect(database) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows} - {"alembic_version"}


def test_the_newest_revision_is_the_one_that_services_ask_for():
    config = Config()
    config.set_main_option("script_location", str(Path(wealth_core.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_REVISION]
    assert REVISIONS[-1] == SCHEMA_REVISION


def test_models_and_migrations_say_the_same(database):
    engine = create_engine(sqlalchemy_url(SecretStr(database.superuser)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_populated_database_goes_down_step_by_step_and_up_again(empty_database):
    migrate(empty_database.migration_settings())
    assert tables(empty_database) == TABLES
    fill(empty_database, FILL, {"user": uuid.uuid4(), "id": uuid.uuid4()})
    for revision in reversed(REVISIONS[:-1]):
        migrate(empty_database.migration_settings(), down_to=revision)
        with connect(empty_database) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revision,)
            assert connection.execute("SELECT sum(amount), count(*) FROM postings").fetchone() == (0, 2)
    migrate(empty_database.migration_settings())
    with connect(empty_database) as connection:
        assert connection.execute("SELECT email FROM users").fetchall() == [("ada@example.org",)]
        assert connection.execute("SELECT count(*) FROM postings").fetchone() == (2,)
    migrate(empty_database.migration_settings(), down_to="base")
    assert tables(empty_database) == set()
    migrate(empty_database.migration_settings())
    assert tables(empty_database) == TABLES


def test_what_an_older_version_does_not_know_becomes_what_it_does(empty_database):
    migrate(empty_database.migration_settings())
    names = {name: uuid.uuid4() for name in ("user", "id", "loan", "split")}
    fill(empty_database, FILL + NEWER, names)
    migrate(empty_database.migration_settings(), down_to="0003")
    with connect(empty_database) as connection:
        assert connection.execute("SELECT DISTINCT kind FROM transactions").fetchall() == [("standard",)]
        assert connection.execute("SELECT DISTINCT kind FROM accounts").fetchall() == [("bank",)]
        postings = connection.execute(
            "SELECT kind, category_id, amount FROM postings WHERE transaction_id = %s ORDER BY position",
            [names["split"]],
        ).fetchall()
        assert postings == [("account", None, -9), ("category", None, 9)]
        assert connection.execute("SELECT sum(amount), count(*) FROM postings").fetchone() == (0, 4)
    migrate(empty_database.migration_settings())
    assert tables(empty_database) == TABLES


def test_it_may_run_again_and_twice_at_once(empty_database):
    with ThreadPoolExecutor(2) as hands:
        for run in [hands.submit(migrate, empty_database.migration_settings()) for _ in range(2)]:
            run.result()
    migrate(empty_database.migration_settings())
    assert tables(empty_database) == TABLES


def test_what_fails_leaves_nothing_behind(empty_database, monkeypatch):
    with connect(empty_database) as connection:
        connection.execute("SET ROLE wealth_owner")
        connection.execute("CREATE TABLE attempts (something int)")
    with pytest.raises(Exception, match="attempts"):
        migrate(empty_database.migration_settings())
    assert tables(empty_database) == {"attempts"}


def test_a_new_password_is_set_and_the_old_one_is_refused(empty_database):
    migrate(empty_database.migration_settings())
    settings = empty_database.migration_settings()
    old = empty_database.backend
    settings.wealth_backend_password = SecretStr("another-long-password")
    try:
        migrate(settings)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(old)
        psycopg.connect(old, password="another-long-password").close()
    finally:
        migrate(empty_database.migration_settings())  # the roles belong to the server, which other tests use too
    psycopg.connect(old).close()


def test_a_schema_of_a_newer_release_stays_and_is_served(empty_database):
    migrate(empty_database.migration_settings())
    with psycopg.connect(empty_database.superuser) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    migrate(empty_database.migration_settings())
    with psycopg.connect(empty_database.superuser) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    ready(empty_database.backend)


def test_a_second_login_has_what_the_first_has_and_can_be_shut(empty_database):
    settings = empty_database.migration_settings()
    first, second = empty_database.backend, empty_database.cluster.url(empty_database.name, "wealth_backend_b")
    try:
        settings.wealth_backend_b_password = SecretStr("another-long-password")
        migrate(settings)
        psycopg.connect(first).close()
        ready(second.replace(empty_database.password, "another-long-password"))
        settings.wealth_backend_password = None
        migrate(settings)
        ready(second.replace(empty_database.password, "another-long-password"))
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(first)
        settings.wealth_backend_b_password = None
        with pytest.raises(MigrationError, match="WEALTH_BACKEND_PASSWORD or WEALTH_BACKEND_B_PASSWORD"):
            migrate(settings)
    finally:
        migrate(empty_database.migration_settings())
    psycopg.connect(first).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(second, password="another-long-password")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"user": "nobody_at_all"}, "refuses DATABASE_URL"),
        ({"password": "not-the-password"}, "refuses DATABASE_URL"),
        ({"dbname": "not_there"}, "refuses DATABASE_URL"),
        ({"host": "127.0.0.1", "port": "1"}, "did not answer within 0 s"),
    ],
)
def test_a_database_that_can_not_be_had_is_said_so_without_its_password(empty_database, change, words):
    parts = {"user": "wealth_owner", "password": "correct-horse-battery-staple", "dbname": empty_database.name} | change
    host = parts.get("host") or str(empty_database.cluster.folder)
    where = f"host={host}&port={parts.get('port', 5432)}"
    url = f"postgresql://{parts['user']}:{parts['password']}@/{parts['dbname']}?{where}"
    settings = empty_database.migration_settings()
    settings.database_url = SecretStr(url)
    with pytest.raises(MigrationError, match=words) as refused:
        migrate(settings)
    assert "correct" in str(refused.value)  # the cure
    assert parts["password"] not in str(refused.value)


def test_the_command_ends_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["migrate"])
    for name in ("DATABASE_URL", "WEALTH_BACKEND_PASSWORD", "WEALTH_MCP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(migrations, "configure_logging", lambda *_: None)
    assert migrations.main() == 1


def ready(url: str) -> None:
    async def check() -> None:
        database = Database(DatabaseSettings(database_url=SecretStr(url)))
        try:
            await database.check()
        finally:
            await database.close()

    asyncio.run(check())


def test_a_service_is_ready_only_on_a_schema_that_is_new_enough(empty_database):
    migrate(empty_database.migration_settings())
    for url in (empty_database.backend, empty_database.mcp):
        ready(url)
    migrate(empty_database.migration_settings(), down_to=REVISIONS[0])
    with pytest.raises(DatabaseNotReadyError, match="run the migrations"):
        ready(empty_database.backend)
    migrate(empty_database.migration_settings(), down_to="base")
    with pytest.raises(DatabaseNotReadyError, match="run the migrations"):
        ready(empty_database.backend)


def test_a_service_is_not_ready_with_a_role_that_sees_everything(database):
    with pytest.raises(DatabaseNotReadyError, match="row-level security"):
        ready(database.superuser)


def test_the_owner_of_the_tables_is_bound_too(database, cluster):
    with psycopg.connect(database.owner) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)
