"""The books as a whole: whatever is done to them, every currency sums to zero; and what reading and writing cost."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pydantic import SecretStr
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from wealth_core import ledger
from wealth_core.database import Database
from wealth_core.ids import new_id
from wealth_core.ledger import Part, PostingKind, StatementLine, UnbalancedError
from wealth_core.models import Account, AccountKind, Category, CategoryKind, TransactionKind, TransactionStatus, User
from wealth_core.money import Money, MoneyError
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    TagRepository,
    TransactionFilter,
    TransactionRepository,
    UserRepository,
)
from wealth_core.repositories.transactions import NewTransaction
from wealth_core.settings import DatabaseSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

AMOUNTS = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def test_a_transfer_leaves_each_currency_at_zero():
    one, other = uuid.uuid4(), uuid.uuid4()
    same = ledger.transfer(usd("5"), from_account_id=one, to_account_id=other, line=StatementLine(b"x"))
    assert [(leg.kind, leg.account_id, str(leg.money)) for leg in same] == [
        (PostingKind.ACCOUNT, one, "-5.00 USD"),
        (PostingKind.ACCOUNT, other, "5.00 USD"),
    ]
    assert [leg.line for leg in same] == [StatementLine(b"x"), None]
    exchanged = ledger.transfer(
        usd("5"),
        from_account_id=one,
        to_account_id=other,
        received=Money(Decimal(4), "EUR"),
        received_line=StatementLine(b"y"),
    )
    assert [(leg.kind, str(leg.money)) for leg in exchanged[2:]] == [
        (PostingKind.EXCHANGE, "5.00 USD"),
        (PostingKind.EXCHANGE, "-4.00 EUR"),
    ]
    for sent, to, received in ((usd("0"), other, None), (usd("-1"), other, None), (usd("5"), one, None)):
        with pytest.raises(ValueError, match=r"transfer|more than nothing"):
            ledger.transfer(sent, from_account_id=one, to_account_id=to, received=received)
    with pytest.raises(UnbalancedError):
        ledger.transfer(usd("5"), from_account_id=one, to_account_id=other, received=usd("4"))


def test_a_split_adds_up():
    account, food = uuid.uuid4(), uuid.uuid4()
    made = ledger.split(usd("-9"), [Part(usd("-10"), food, "n"), Part(usd("1"))], account_id=account)
    assert [(leg.kind, str(leg.money), leg.category_id, leg.note) for leg in made] == [
        (PostingKind.ACCOUNT, "-9.00 USD", None, ""),
        (PostingKind.CATEGORY, "10.00 USD", food, "n"),
        (PostingKind.CATEGORY, "-1.00 USD", None, ""),
    ]
    with pytest.raises(UnbalancedError):
        ledger.split(usd("-9"), [Part(usd("-10"))], account_id=account)
    with pytest.raises(MoneyError):
        ledger.split(
            usd("0"), [Part(Money(ledger.LIMIT, "USD")), Part(Money(-ledger.LIMIT, "USD"))], account_id=account
        )


class Books(RuleBasedStateMachine):
    """Any sequence of what people do; `url` is that of the backend's role."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.database = Database(DatabaseSettings(database_url=SecretStr(self.url), database_pool_size=1))
        self.user = uuid.uuid4()
        self.accounts: dict[uuid.UUID, str] = {}
        self.categories: list[uuid.UUID] = []
        self.transactions: list[uuid.UUID] = []
        self.expected: dict[uuid.UUID, Decimal] = {}

    def run(self, work: Any) -> Any:
        async def done() -> Any:
            async with self.database.transaction(self.user, deadline_s=60) as session:
                return await work(session)

        return self.loop.run_until_complete(done())

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()

    @initialize()
    def begin(self) -> None:
        async def work(session: Any) -> None:
            await UserRepository(session).register(
                User(id=self.user, email=f"{self.user.hex}@example.org", name="", currency="USD", password_hash="-")
            )
            for name, currency in (("A", "USD"), ("B", "USD"), ("C", "EUR")):
                account = Account(user_id=self.user, name=name, kind=AccountKind.BANK, currency=currency)
                await AccountRepository(session).add(account)
                self.accounts[account.id], self.expected[account.id] = currency, Decimal(0)
            for name in ("X", "Y"):
                category = Category(user_id=self.user, name=name, kind=CategoryKind.EXPENSE)
                await CategoryRepository(session).add(category)
                self.categories.append(category.id)

        async def first() -> None:
            async with self.database.transaction() as session:
                await work(session)

        self.loop.run_until_complete(first())

    def postings(self, data: Any) -> tuple[TransactionKind, Any]:
        account, other = data.draw(st.permutations(sorted(self.accounts)).map(lambda ids: (ids * 2)[:2]))
        currency, amount = self.accounts[account], data.draw(AMOUNTS)
        categories = st.none() | st.sampled_from(self.categories) if self.categories else st.none()
        shape = data.draw(st.sampled_from(["entry", "split", "transfer"]))
        if shape == "transfer" and account != other:
            received = Money(amount if self.accounts[other] == currency else data.draw(AMOUNTS), self.accounts[other])
            return TransactionKind.TRANSFER, ledger.transfer(
                Money(amount, currency), from_account_id=account, to_account_id=other, received=received
            )
        if shape == "split":
            parts = [
                Part(Money(one, currency), data.draw(categories))
                for one in data.draw(st.lists(AMOUNTS.map(lambda one: -one) | AMOUNTS, min_size=2, max_size=4))
            ]
            whole = Money.total((part.money for part in parts), currency)
            return TransactionKind.STANDARD, ledger.split(whole, parts, account_id=account)
        money = Money(-amount, currency)
        return TransactionKind.STANDARD, ledger.entry(money, account_id=account, category_id=data.draw(categories))

    def entry(self, data: Any, row_id: uuid.UUID) -> NewTransaction:
        kind, postings = self.postings(data)
        return NewTransaction(row_id, self.user, data.draw(DAYS), "payee", postings, kind=kind)

    def moved(self, postings: Any, sign: int) -> None:
        for posting in postings:
            if posting.account_id is not None:
                self.expected[posting.account_id] += sign * posting.money.amount

    @precondition(lambda self: self.accounts)
    @rule(data=st.data())
    def record(self, data: Any) -> None:
        new = [self.entry(data, new_id()) for _ in range(data.draw(st.integers(1, 3)))]
        self.run(lambda session: TransactionRepository(session).record(*new))
        for one in new:
            self.transactions.append(one.id)
            self.moved(one.postings, 1)

    @precondition(lambda self: self.transactions and self.accounts)
    @rule(data=st.data())
    def rewrite(self, data: Any) -> None:
        changed = self.entry(data, data.draw(st.sampled_from(self.transactions)))

        async def work(session: Any) -> Any:
            before = await TransactionRepository(session).postings(changed.id)
            await TransactionRepository(session).rewrite(changed)
            return before[changed.id]

        self.moved(self.run(work), -1)
        self.moved(changed.postings, 1)

    @precondition(lambda self: self.transactions)
    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        gone = data.draw(st.lists(st.sampled_from(self.transactions), unique=True, max_size=3))

        async def work(session: Any) -> Any:
            before = await TransactionRepository(session).postings(*gone)
            await TransactionRepository(session).delete_all(gone)
            return before

        for postings in self.run(work).values():
            self.moved(postings, -1)
        self.transactions = [one for one in self.transactions if one not in gone]

    @precondition(lambda self: self.accounts)
    @rule(data=st.data())
    def open(self, data: Any) -> None:
        account_id = data.draw(st.sampled_from(sorted(self.accounts)))
        balance = data.draw(st.just(Decimal(0)) | AMOUNTS)

        async def work(session: Any) -> Decimal:
            accounts = AccountRepository(session)
            account, view = await accounts.get(account_id), await accounts.view(account_id)
            await accounts.set_opening_balance(account, Money(balance, account.currency))
            return view.opening_balance.amount

        self.expected[account_id] += balance - self.run(work)

    @precondition(lambda self: len(self.accounts) > 1)
    @rule(data=st.data())
    def close_account(self, data: Any) -> None:
        account_id = data.draw(st.sampled_from(sorted(self.accounts)))

        async def work(session: Any) -> set[uuid.UUID]:
            await AccountRepository(session).delete(account_id)
            found = await TransactionRepository(session).views(self.transactions)
            return {one.id for one in found}

        left = self.run(work)
        self.transactions = [one for one in self.transactions if one in left]
        del self.accounts[account_id], self.expected[account_id]

    @precondition(lambda self: self.categories)
    @rule(data=st.data())
    def drop_category(self, data: Any) -> None:
        gone, *others = data.draw(st.permutations(self.categories))
        self.categories.remove(gone)

        async def work(session: Any) -> None:
            if others:
                await CategoryRepository(session).merge(gone, others[0])
            else:
                await CategoryRepository(session).delete(gone)

        self.run(work)

    @precondition(lambda self: self.transactions)
    @rule(data=st.data())
    def unbalance(self, data: Any) -> None:
        """What doesn't balance the database refuses, whoever asks."""
        row_id = data.draw(st.sampled_from(self.transactions))
        # Which positions there are depends on what became of the accounts.
        first = "(SELECT min(position) FROM postings WHERE transaction_id = :id)"
        change = data.draw(
            st.sampled_from(
                [
                    f"UPDATE postings SET amount = amount + 0.01 WHERE transaction_id = :id AND position = {first}",  # noqa: S608
                    f"UPDATE postings SET amount = amount - 7 WHERE transaction_id = :id AND position > {first}",  # noqa: S608
                    f"DELETE FROM postings WHERE transaction_id = :id AND position > {first}",  # noqa: S608
                ]
            )
        )
        with pytest.raises(DBAPIError, match="balance"):
            self.run(lambda session: session.execute(text(change), {"id": row_id}))

    @invariant()
    def every_currency_sums_to_zero(self) -> None:
        async def work(session: Any) -> Any:
            sums = text("SELECT currency, sum(amount) FROM postings GROUP BY currency")
            views = await AccountRepository(session).list()
            found = await TransactionRepository(session).search(TransactionFilter(), limit=500)
            return (await session.execute(sums)).all(), views, found.items

        if not self.expected:
            return
        sums, views, listed = self.run(work)
        assert all(amount == 0 for _, amount in sums)
        assert {one.id: one.balance.amount for one in views} == self.expected
        assert {one.id for one in listed} == set(self.transactions)
        for one in listed:
            assert (one.transfer is not None) == (one.kind is TransactionKind.TRANSFER)
            if one.splits:
                assert Money.total((part.amount for part in one.splits), one.amount.currency) == one.amount


def test_the_books_sum_to_zero_after_whatever_is_done(database):
    case = type("Case", (Books,), {"url": database.backend})
    case.TestCase.settings = settings(
        max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    case.TestCase("runTest").runTest()


# --- what it costs ---


@contextmanager
def statements(books: Database) -> Iterator[list[str]]:
    """What is sent to the server meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(" ".join(statement.split()))

    engine = books._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.anyio
async def test_many_are_written_in_one_statement_and_read_in_one(books, ada):
    async with books.transaction(ada.id) as session:
        account = await session.scalar(select(Account.id))
        tags = await TagRepository(session).named(ada.id, ["a", "b"])
        repository = TransactionRepository(session)
        new = [
            NewTransaction(
                new_id(),
                ada.id,
                date(2026, 10, 1),
                "Shop",
                ledger.split(usd("-3"), [Part(usd("-1")), Part(usd("-2"))], account_id=account),
                tag_ids=tags.values(),
                status=TransactionStatus.PENDING,
            )
            for _ in range(100)
        ]
        with statements(books) as sent:
            await repository.record(*new)
        assert len(sent) == 1
        with statements(books) as sent:
            page = await repository.search(TransactionFilter(account_id=account), limit=100)
        assert len(sent) == 1
        assert all((one.tags, len(one.splits)) == (("a", "b"), 2) for one in page.items)
        with statements(books) as sent:
            await repository.rewrite(*new)
        assert len(sent) == 1


@pytest.mark.anyio
async def test_a_page_of_a_long_history_reads_one_range_of_one_index(database, books, ada):
    count = 100_000
    async with books.transaction(ada.id) as session:
        account = await session.scalar(select(Account.id))
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        # As the server's owner, past its triggers: they are not what is measured here.
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "INSERT INTO transactions (id, user_id, kind, date, payee)"
            " SELECT gen_random_uuid(), %s, 'standard', date '2020-01-01' + n / 50, 'Shop ' || n"
            " FROM generate_series(1, %s) AS n",
            [ada.id, count],
        )
        connection.execute(
            "INSERT INTO postings (transaction_id, position, user_id, kind, account_id, amount, currency)"
            " SELECT id, side, user_id, CASE side WHEN 0 THEN 'account' ELSE 'category' END,"
            " CASE side WHEN 0 THEN %s::uuid END, side * 2 - 1, 'USD'"
            " FROM transactions, generate_series(0, 1) AS side WHERE user_id = %s",
            [account, ada.id],
        )
        connection.execute("ANALYZE transactions, postings")
    try:
        async with books.transaction(ada.id, deadline_s=60) as session:
            repository = TransactionRepository(session)
            first = await repository.search(TransactionFilter(), limit=50)
            middle = await repository.search(TransactionFilter(start=date(2023, 1, 1), end=date(2023, 1, 3)), limit=1)
            cursors = (None, first.next_cursor, middle.next_cursor)
            plans = [await _plan(session, repository, cursor) for cursor in cursors]
    finally:
        with psycopg.connect(database.superuser, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for table in ("postings", "transactions"):
                connection.execute(f"DELETE FROM {table} WHERE user_id = %s".encode(), [ada.id])  # noqa: S608
    for plan in plans:
        scans = [node for node in _nodes(plan) if node.get("Relation Name") == "transactions"]
        ranges = [scan for scan in scans if scan.get("Index Name") == "transactions_user_id_date_id_idx"]
        (scan,) = ranges
        assert "user_id" in scan["Index Cond"]
        assert scan.get("Rows Removed by Filter", 0) == 0
        assert all(node["Actual Rows"] * node["Actual Loops"] <= 51 for node in scans)
        assert not [node for node in _nodes(plan) if node["Node Type"] == "Seq Scan" and _large(node)]


def _large(node: dict[str, Any]) -> bool:
    return node["Actual Rows"] * node["Actual Loops"] > 1000


async def _plan(session: Any, repository: TransactionRepository, cursor: str | None) -> dict[str, Any]:
    """Of the very statement that a page is read with."""
    sent: list[Any] = []
    original = session.execute

    async def note(statement: Any, parameters: Any) -> Any:
        sent.append((statement, parameters))
        return await original(statement, parameters)

    session.execute = note
    try:
        await repository.search(TransactionFilter(), limit=50, cursor=cursor)
    finally:
        del session.execute
    ((statement, parameters),) = sent
    connection = await session.connection()
    compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    explained = await connection.exec_driver_sql(
        f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}", compiled.construct_params(parameters)
    )
    found = explained.scalar_one()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)
