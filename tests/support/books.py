"""Users with books in a real database: what they own is known to the cent."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.ledger import entry
from wealth_core.models import Account, AccountKind, Category, CategoryKind, User
from wealth_core.money import Money
from wealth_core.repositories import AccountRepository, CategoryRepository, TransactionRepository, UserRepository
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
