"""Two users who don't know each other, each with a word in every place that holds one."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from tests.fuzz.mcp import Caller
from tests.support.books import keep_books
from wealth_core.database import Database
from wealth_core.ids import new_id
from wealth_core.ledger import entry
from wealth_core.models import Account, AccountKind, Category, CategoryKind, ProposalKind
from wealth_core.money import Money
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    ProposalRepository,
    TransactionFilter,
    TransactionRepository,
)
from wealth_core.repositories.transactions import NewTransaction
from wealth_core.settings import DatabaseSettings


@dataclass(frozen=True)
class Books:
    """One database, by the addresses of the services' roles."""

    backend: str
    mcp: str


async def strangers(books: Books) -> list[Caller]:
    return [await _somebody(books) for _ in range(2)]


async def _somebody(books: Books) -> Caller:
    person = await keep_books(books.backend, ())
    canary = f"canary{secrets.token_hex(8)}"
    database = Database(DatabaseSettings(database_url=SecretStr(books.backend)))
    async with database.transaction(person.id) as session:
        account = Account(user_id=person.id, name=f"{canary} account", kind=AccountKind.SAVINGS, currency="USD")
        await AccountRepository(session).add(account)
        category = Category(user_id=person.id, name=f"{canary} category", kind=CategoryKind.EXPENSE)
        await CategoryRepository(session).add(category)
        for number in range(40):
            new = NewTransaction(
                id=new_id(),
                user_id=person.id,
                date=dt.date(2026, 10, 1) + dt.timedelta(days=number % 28),
                payee=f"{canary} payee {number % 5}",
                note=f"{canary} note",
                postings=entry(Money.parse(f"{number - 20}.25", "USD"), account_id=account.id, category_id=category.id),
            )
            await TransactionRepository(session).record(new)
        await ProposalRepository(session).file(
            person.id, ProposalKind.CATEGORY, {"name": f"{canary} proposal", "kind": "expense"}
        )
        transactions = await TransactionRepository(session).search(TransactionFilter(), limit=5)
        accounts = await AccountRepository(session).list()
        categories = await CategoryRepository(session).list()
    await database.close()
    names: dict[str, list[Any]] = {
        "account": [*(one.name for one in accounts), *(str(one.id) for one in accounts)],
        "category": [*(one.name for one in categories), *(str(one.id) for one in categories)],
    }
    days = ["2026-10-01", "2026-10-31", "2026-11-15", "1900-01-01", "2199-12-31"]
    known = {
        **names,
        "from_account": names["account"],
        "to_account": names["account"],
        "parent": names["category"],
        "transaction_id": [str(one.id) for one in transactions.items],
        "cursor": [transactions.next_cursor, None],
        "text": [canary, "payee"],
        "payee": [f"{canary} payee 1", "payee"],
        "month": ["2026-10", "2026-11", "1900-01", "2199-12", "0001-01", "9999-12"],
        "other_month": ["2026-09", "2026-10", "9999-12"],
        "currency": ["USD", "EUR", "JPY", "KWD", None],
        "target_amount": ["5", "1000"],
        "received_amount": ["5", "1000"],
        "name": ["Tea", f"{canary} name"],
        "payee_contains": ["tea"],
        "transfer_account": names["account"],
        "tags": [["a", "b"], []],
        "rule": ["FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", None],
        "frequency": ["monthly", None],
        "amount": ["-5", "12.50", "0.01", "9999999999999", "-0"],
        **dict.fromkeys(("date", "date_from", "date_to", "start_date", "target_date"), days),
    }
    return Caller(person, known, (canary,))
