"""What the database does with imports: how they are undone, and what counts as a change of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import delete, select, text, update

from wealth_core.database import Database
from wealth_core.migrate import migrate
from wealth_core.models import Account, Import, PostingRow, Transaction
from wealth_core.money import Money
from wealth_core.repositories import ImportRepository, ImportRow, ImportState
from wealth_core.repositories.imports import external_mark, fingerprint
from wealth_core.settings import DatabaseSettings

from .conftest import new_user

pytestmark = pytest.mark.anyio

DAY = date(2026, 11, 5)
SPENT = Money(Decimal(-1), "USD")
READ = text("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'postings'")


async def imported(session, user, count: int, payee: str = "Payee") -> Import:
    account = await session.scalar(select(Account).limit(1))
    imports = ImportRepository(session)
    started = await imports.add(
        Import(user_id=user.id, account_id=account.id, currency="USD", filename="f", imported=count, duplicates=0)
    )
    payees = [f"{payee} {number}" for number in range(count)]
    rows = [ImportRow(DAY, one, "", SPENT, None, fingerprint(DAY, SPENT, one, "", 0)) for one in payees]
    await imports.write(started, rows)
    return started


async def test_an_undo_does_not_use_plans_from_when_the_table_was_small(empty_database):
    """Each transaction's postings would be looked for in all of the table: 76 s instead of 2 s for 20,000 of them."""
    migrate(empty_database.migration_settings())
    books = Database(DatabaseSettings(database_url=SecretStr(empty_database.backend), database_pool_size=1))
    ada = await new_user(books)
    async with books.transaction(ada.id) as session:
        await imported(session, ada, 20, "Early")
    with psycopg.connect(empty_database.superuser, autocommit=True) as connection:
        connection.execute("ANALYZE")
    async with books.transaction(ada.id) as session:
        for one in (await session.scalars(select(Transaction.id).limit(12))).all():
            await session.execute(delete(Transaction).where(Transaction.id == one))
    async with books.transaction(ada.id) as session:
        started = await imported(session, ada, 2000)
    async with books.transaction(ada.id) as session:
        before = await session.scalar(READ) or 0
        await ImportRepository(session).undo(started.id)
        assert (await session.scalar(READ) or 0) - before < 2000 * 10
        assert await ImportRepository(session).state(started.id) == ImportState(0, 0)
    await books.close()


async def test_only_what_a_transaction_says_counts_as_a_change(books, ada):
    async with books.transaction(ada.id) as session:
        started = await imported(session, ada, 3)
    async with books.transaction(ada.id) as session:
        imports = ImportRepository(session)
        of_import = select(Transaction.id).where(Transaction.import_id == started.id)
        first, second, third = (await session.scalars(of_import.order_by(Transaction.payee))).all()
        mark = fingerprint(DAY, SPENT, "Payee 0", "", 0)
        await imports.recognise(started.account_id, {mark: external_mark("A", SPENT, 0)})
        assert await imports.known(started.account_id, [mark]) == {mark: external_mark("A", SPENT, 0)}
        await session.execute(update(Transaction).where(Transaction.id == first).values(payee="Payee 0"))
        assert await imports.state(started.id) == ImportState(3, 0)
        await session.execute(update(Transaction).where(Transaction.id == first).values(note="Mine"))
        assert await imports.state(started.id) == ImportState(3, 1)
        amounts = update(PostingRow).where(PostingRow.transaction_id == second).values(amount=PostingRow.amount * 2)
        await session.execute(amounts)
        assert await imports.state(started.id) == ImportState(3, 2)
        # As when another set of categories takes the place of the one.
        replaced = text(
            "WITH old AS (DELETE FROM postings WHERE transaction_id = :id AND kind = 'category' RETURNING *)"
            " INSERT INTO postings (transaction_id, position, user_id, kind, amount, currency)"
            " SELECT transaction_id, 7, user_id, kind, amount, currency FROM old"
        )
        await session.execute(replaced, {"id": third})
        assert await imports.state(started.id) == ImportState(3, 3)
