"""Single transactions, found by what is known about them."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from heapq import nlargest
from typing import Annotated, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field, WithJsonSchema

from wealth_core.repositories import TransactionFilter, TransactionRepository, TransactionView
from wealth_core.repositories.transactions import MAX_PAGE
from wealth_mcp.books import Books, Call, open_books
from wealth_mcp.naming import find_account, find_category
from wealth_mcp.schemas import AccountName, Amount, CategoryName, Currency, DateFrom, DateTo, PlainText

_MAX_SCANNED = 10 * MAX_PAGE

# A plain number to the caller: the pattern that pydantic gives Decimal strings is more than some models' APIs accept.
_Limit = Annotated[Decimal | None, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
_Direction = Annotated[Literal["all", "expense", "income"], Field(description="Money out, money in, or both")]


class Transaction(BaseModel):
    id: str
    date: dt.date
    payee: str
    note: str
    amount: Amount = Field(description="As the account sees it: spending is negative")
    account: str
    category: str | None


class Transactions(BaseModel):
    transactions: list[Transaction]
    next_cursor: str | None = Field(description="Give it as cursor for the next page; null on the last one")


async def search_transactions(
    call: Call,
    *,
    text: Annotated[PlainText | None, Field(max_length=200, description="Part of the payee or the note")] = None,
    account: AccountName | None = None,
    category: CategoryName | None = None,
    date_from: DateFrom | None = None,
    date_to: DateTo | None = None,
    direction: _Direction = "all",
    min_amount: Annotated[_Limit, Field(description="At least this much, without sign")] = None,
    max_amount: Annotated[_Limit, Field(description="At most this much, without sign")] = None,
    currency: Currency = None,
    order: Annotated[Literal["newest", "largest"], Field(description="What comes first")] = "newest",
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Field(max_length=100, description="next_cursor of the page before")] = None,
) -> Transactions:
    """Transactions, newest or largest first, narrowed by text, account, category, dates, amount and direction.

    Amount limits, direction and the order by size look at one currency, by default the user's own, and give one page.
    """
    by_size = order == "largest" or direction != "all" or min_amount is not None or max_amount is not None
    if by_size and cursor is not None:
        raise ToolError("cursor goes with order newest and without direction, min_amount and max_amount")
    async with open_books(call) as books:
        wanted = TransactionFilter(
            account_id=None if account is None else (await find_account(books, account)).id,
            category_id=None if category is None else (await find_category(books, category)).id,
            start=date_from,
            end=date_to,
            text=text,
        )
        if not by_size:
            page = await TransactionRepository(books.session).search(wanted, limit=limit, cursor=cursor)
            kept = [one for one in page.items if currency in (None, one.amount.currency)]
            return Transactions(transactions=[shown(one) for one in kept], next_cursor=page.next_cursor)
        fits = _sieve(books.currency(currency), direction, min_amount, max_amount)
        found = [one async for one in _scan(books, wanted) if fits(one)]
    chosen = found[:limit] if order == "newest" else nlargest(limit, found, key=lambda one: abs(one.amount.amount))
    return Transactions(transactions=[shown(one) for one in chosen], next_cursor=None)


def _sieve(
    currency: str, direction: str, least: Decimal | None, most: Decimal | None
) -> Callable[[TransactionView], bool]:
    def fits(one: TransactionView) -> bool:
        amount = one.amount.amount
        return (
            one.amount.currency == currency
            and (direction == "all" or (amount < 0) == (direction == "expense"))
            and (least is None or abs(amount) >= least)
            and (most is None or abs(amount) <= most)
        )

    return fits


async def _scan(books: Books, wanted: TransactionFilter) -> AsyncIterator[TransactionView]:
    repository, cursor = TransactionRepository(books.session), None
    for _ in range(_MAX_SCANNED // MAX_PAGE):
        page = await repository.search(wanted, limit=MAX_PAGE, cursor=cursor)
        for one in page.items:
            yield one
        cursor = page.next_cursor
        if cursor is None:
            return
    raise ToolError(f"more than {_MAX_SCANNED} transactions to look through; narrow the dates")


def shown(one: TransactionView) -> Transaction:
    return Transaction(
        id=str(one.id),
        date=one.date,
        payee=one.payee,
        note=one.note,
        amount=Amount.of(one.amount),
        account=one.account_name,
        category=one.category_name,
    )
