"""Accounts and what is in them."""

from collections import defaultdict

from pydantic import BaseModel, Field

from wealth_core.models import AccountKind
from wealth_core.money import Money
from wealth_core.repositories import AccountRepository
from wealth_mcp.books import Call, open_books
from wealth_mcp.schemas import Amount


class Account(BaseModel):
    id: str
    name: str
    kind: AccountKind
    balance: Amount
    cleared_balance: Amount = Field(description="The balance without what is pending")
    archived: bool = Field(description="No longer used; it is in the totals all the same")
    note: str


class Accounts(BaseModel):
    accounts: list[Account]
    totals: list[Amount] = Field(description="Sum of the balances, one for each currency")


async def list_accounts(call: Call) -> Accounts:
    """The user's accounts with their current balances, and the total in each currency."""
    async with open_books(call) as books:
        found = await AccountRepository(books.session).list()
    by_currency: defaultdict[str, list[Money]] = defaultdict(list)
    for account in found:
        by_currency[account.currency].append(account.balance)
    return Accounts(
        accounts=[
            Account(
                id=str(one.id),
                name=one.name,
                kind=one.kind,
                balance=Amount.of(one.balance),
                cleared_balance=Amount.of(one.cleared_balance),
                archived=one.archived,
                note=one.note,
            )
            for one in found
        ],
        totals=[Amount.of(Money.total(parts, currency)) for currency, parts in sorted(by_currency.items())],
    )
