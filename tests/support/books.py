"""Users with books in a real database: what they own is known to the cent."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.ledger import Part, entry, split, transfer
from wealth_core.models import (
    Account,
    AccountKind,
    Category,
    CategoryKind,
    Direction,
    Rule,
    TransactionKind,
    TransactionStatus,
    User,
)
from wealth_core.money import Money
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    RuleRepository,
    TagRepository,
    TransactionRepository,
    UserRepository,
)
from wealth_core.repositories.transactions import NewTransaction
from wealth_core.settings import DatabaseSettings
from wealth_core.tokens import mint_tool_token

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY = SecretStr("Zk3vQ9xR7pLw2Tn8Yb5Hc1Jd6Gf4Ms0A")


@dataclass(frozen=True)
class Row:
    date: str
    payee: str
    amount: str
    category: str | None = None
    account: str = "Checking"


ROWS = (
    Row("2026-10-01", "Acme Corp", "3000.00", "Salary"),
    Row("2026-10-03", "Green Grocer", "-82.40", "Groceries"),
    Row("2026-10-12", "Green Grocer", "-17.60", "Groceries"),
    Row("2026-10-15", "City Rail", "-49.00", "Transport"),
    Row("2026-10-20", "Corner Kiosk", "-3.50"),
    Row("2026-09-01", "Acme Corp", "2900.00", "Salary"),
    Row("2026-09-05", "Green Grocer", "-60.00", "Groceries"),
    Row("2026-10-08", "Kaffeehaus", "-7.00", None, "Euro"),
)


@dataclass(frozen=True)
class Person:
    id: uuid.UUID

    @property
    def token(self) -> str:
        return mint_tool_token(self.id, KEY)


async def keep_books(url: str, rows: Sequence[Row]) -> Person:
    """A new user with two accounts, three categories and these transactions; `url` is the backend role's."""
    database = Database(DatabaseSettings(database_url=SecretStr(url)))
    user = User(id=uuid.uuid4(), email=f"{uuid.uuid4().hex}@example.com", name="Ada", currency="USD", password_hash="-")
    async with database.transaction() as session:
        await UserRepository(session).register(user)
        accounts = AccountRepository(session)
        for name, currency in (("Checking", "USD"), ("Euro", "EUR")):
            await accounts.add(
                Account(id=uuid.uuid4(), user_id=user.id, name=name, kind=AccountKind.BANK, currency=currency)
            )
        categories = CategoryRepository(session)
        for name in ("Groceries", "Transport", "Salary"):
            kind = CategoryKind.INCOME if name == "Salary" else CategoryKind.EXPENSE
            await categories.add(Category(id=uuid.uuid4(), user_id=user.id, name=name, kind=kind))
        account_ids = {one.name: (one.id, one.currency) for one in await accounts.list()}
        category_ids = {one.name: one.id for one in await categories.list()}
        if rows:
            await TransactionRepository(session).record(
                *(
                    NewTransaction(
                        id=uuid.uuid4(),
                        user_id=user.id,
                        date=dt.date.fromisoformat(row.date),
                        payee=row.payee,
                        postings=entry(
                            Money(Decimal(row.amount), account_ids[row.account][1]),
                            account_id=account_ids[row.account][0],
                            category_id=category_ids.get(row.category or ""),
                        ),
                    )
                    for row in rows
                )
            )
    await database.close()
    return Person(user.id)


async def keep_rich_books(url: str) -> Person:
    """A new user with a split, a transfer between two currencies, a tag, a tree of categories and a rule."""
    person = await keep_books(url, ())
    database = Database(DatabaseSettings(database_url=SecretStr(url)))
    async with database.transaction(person.id) as session:
        accounts = {one.name: one.id for one in await AccountRepository(session).list()}
        categories = {one.name: one for one in await CategoryRepository(session).list()}
        food = await CategoryRepository(session).add(
            Category(user_id=person.id, name="Food", kind=CategoryKind.EXPENSE, icon="🥕")
        )
        groceries = categories["Groceries"]
        groceries.parent_id = food.id
        await session.flush()
        tags = await TagRepository(session).named(person.id, ["weekly"])
        dollars = partial(Money, currency="USD")
        parts = [Part(dollars(Decimal(-7)), groceries.id, "food"), Part(dollars(Decimal(-3)))]
        await TransactionRepository(session).record(
            NewTransaction(
                id=uuid.uuid4(),
                user_id=person.id,
                date=dt.date(2026, 10, 2),
                payee="Market",
                postings=split(dollars(Decimal(-10)), parts, account_id=accounts["Checking"]),
                status=TransactionStatus.PENDING,
                tag_ids=tags.values(),
            ),
            NewTransaction(
                id=uuid.uuid4(),
                user_id=person.id,
                kind=TransactionKind.TRANSFER,
                date=dt.date(2026, 10, 1),
                payee="Exchange",
                postings=transfer(
                    dollars(Decimal(109)),
                    from_account_id=accounts["Checking"],
                    to_account_id=accounts["Euro"],
                    received=Money(Decimal(100), "EUR"),
                ),
            ),
        )
        rule = await RuleRepository(session).add(
            Rule(
                user_id=person.id,
                name="Food",
                position=1,
                any_text=True,
                texts=[
                    {"field": "payee", "operator": "contains", "value": "market"},
                    {"field": "note", "operator": "equals", "value": "food"},
                ],
                account_id=accounts["Checking"],
                currency="USD",
                direction=Direction.OUT,
                min_amount=Decimal(5),
                category_id=groceries.id,
                payee="Market",
                status=TransactionStatus.CLEARED,
            )
        )
        await RuleRepository(session).set_tags(person.id, rule.id, tags.values())
    await database.close()
    return person
