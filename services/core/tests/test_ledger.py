"""The ledger sums to zero: in Python, and again in the database, whoever writes to it."""

import json
import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from wealth_core import ledger
from wealth_core.database import identify
from wealth_core.ledger import LIMIT, Posting, PostingKind, UnbalancedError, check_balanced
from wealth_core.money import Money, MoneyError

ACCOUNT = uuid.uuid4()
TRANSACTION = (
    "INSERT INTO transactions (id, user_id, kind, date, payee) VALUES (:id, :user, 'standard', '2026-10-01', 'x')"
)
POSTINGS = """
    INSERT INTO postings (transaction_id, position, user_id, kind, account_id, amount, currency)
    SELECT :id, row.position, :user, row.kind, CASE WHEN row.kind = 'account' THEN accounts.id END, amount, row.currency
    FROM accounts, json_to_recordset(CAST(:rows AS json))
        AS row (position smallint, kind text, amount numeric, currency text)
"""


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


@given(st.integers(-(10**12), 10**12).map(lambda cents: Money(Decimal(cents).scaleb(-2), "USD")))
def test_entries_balance(money):
    for postings in (ledger.entry(money, account_id=ACCOUNT), ledger.opening(money, account_id=ACCOUNT)):
        assert sum(posting.money.amount for posting in postings) == 0


@pytest.mark.parametrize(
    "postings",
    [
        [],
        [Posting(PostingKind.CATEGORY, usd("0"))],
        [Posting(PostingKind.CATEGORY, usd("1")), Posting(PostingKind.CATEGORY, usd("-1.01"))],
        [Posting(PostingKind.CATEGORY, usd("1")), Posting(PostingKind.CATEGORY, Money(Decimal(-1), "EUR"))],
    ],
)
def test_what_does_not_balance_is_refused(postings):
    with pytest.raises(UnbalancedError):
        check_balanced(postings)


def test_a_posting_is_of_one_kind_and_of_a_size_that_is_stored():
    with pytest.raises(ValueError, match="account"):
        Posting(PostingKind.ACCOUNT, usd("1"))
    with pytest.raises(ValueError, match="account"):
        Posting(PostingKind.CATEGORY, usd("1"), account_id=ACCOUNT)
    with pytest.raises(ValueError, match="category"):
        Posting(PostingKind.EQUITY, usd("1"), category_id=ACCOUNT)
    with pytest.raises(MoneyError, match="range"):
        Posting(PostingKind.EQUITY, Money(LIMIT, "USD"))


@pytest.fixture
async def write(books, ada):
    """Writes one transaction with these postings past all Python."""

    async def written(*postings: tuple[str, str, str]) -> uuid.UUID:
        new = uuid.uuid4()
        async with books.transaction(ada.id) as session:
            await session.execute(text(TRANSACTION), {"id": new, "user": ada.id})
            fields = ("kind", "amount", "currency")
            rows = [{"position": n, **dict(zip(fields, row, strict=True))} for n, row in enumerate(postings)]
            await session.execute(text(POSTINGS), {"id": new, "user": ada.id, "rows": json.dumps(rows)})
        return new

    return written


BALANCED = (("account", "-5", "USD"), ("category", "5", "USD"))


@pytest.mark.anyio
async def test_the_database_takes_what_balances(write):
    assert await write(*BALANCED)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "postings",
    [
        (),
        (("category", "0", "USD"),),
        (("account", "-5", "USD"), ("category", "4.99", "USD")),
        (("account", "-5", "USD"), ("category", "5", "EUR")),
    ],
    ids=["none", "one", "a cent", "two currencies"],
)
async def test_the_database_refuses_what_does_not_balance(write, postings):
    with pytest.raises(IntegrityError, match="balance"):
        await write(*postings)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE postings SET amount = amount + 1 WHERE position = 0",
        "UPDATE postings SET currency = 'EUR' WHERE position = 1",
        "DELETE FROM postings WHERE position = 1",
        "DELETE FROM postings",
    ],
)
async def test_a_balance_can_not_be_broken_later(write, books, ada, change):
    new = await write(*BALANCED)
    with pytest.raises(DBAPIError, match="balance"):
        async with books.transaction(ada.id) as session:
            await session.execute(text(change))
    async with books.transaction(ada.id) as session:
        rows = await session.execute(text("SELECT amount FROM postings WHERE transaction_id = :id"), {"id": new})
        assert sum(rows.scalars()) == 0


@pytest.mark.anyio
async def test_a_whole_transaction_can_go(write, books, ada):
    new = await write(*BALANCED)
    async with books.transaction(ada.id) as session:
        await session.execute(text("DELETE FROM transactions WHERE id = :id"), {"id": new})
    async with books.transaction(ada.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM postings")) == 0


@pytest.mark.anyio
async def test_nothing_is_written_in_another_users_name_by_changing_the_user_midway(books, ada, eve):
    async def turn_coat() -> None:
        async with books.transaction(ada.id) as session:
            await session.execute(text(TRANSACTION), {"id": uuid.uuid4(), "user": ada.id})
            await identify(session, eve.id)

    with pytest.raises(DBAPIError, match="another user's name"):
        await turn_coat()
