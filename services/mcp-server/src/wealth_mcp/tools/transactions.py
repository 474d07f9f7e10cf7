"""Single transactions, found by what is known about them."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from decimal import Decimal
from heapq import nlargest
from typing import Annotated, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field, WithJsonSchema

from wealth_core.models import TransactionKind, TransactionStatus
from wealth_core.repositories import TransactionFilter, TransactionRepository, TransactionView
from wealth_core.repositories.transactions import LISTED, MAX_PAGE
from wealth_mcp.books import Books, Call, open_books
from wealth_mcp.naming import find_account, find_category, find_tag
from wealth_mcp.schemas import AccountName, Amount, CategoryName, Currency, DateFrom, DateTo, Name, PlainText

_MAX_SCANNED = 10 * MAX_PAGE

# A plain number to the caller: the pattern that pydantic gives Decimal strings is more than some models' APIs accept.
_Limit = Annotated[Decimal | None, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
_Direction = Annotated[
    Literal["all", "expense", "income"],
    Field(description="What was spent, what was earned, or all that moved; transfers and trades are neither"),
]
_Kind = Annotated[
    Literal["standard", "transfer", "trade"] | None,
    Field(description="Income and spending (standard), transfers between own accounts, or trades of securities"),
]


class Split(BaseModel):
    amount: Amount
    category: str | None
    note: str


class Transfer(BaseModel):
    account: str
    amount: Amount = Field(description="As that account sees it")


class Transaction(BaseModel):
    id: str
    date: dt.date
    payee: str
    note: str
    amount: Amount = Field(description="As the account sees it: spending is negative")
    account: str
    category: str | None = Field(description="null where there is none, or several: see splits")
    kind: TransactionKind
    status: TransactionStatus
    reference: str = Field(description="What the bank or a cheque calls it")
    tags: list[str]
    splits: list[Split] = Field(description="Its parts, where it has several categories")
    transfer: Transfer | None = Field(description="The other side, where it went to or came from an own account")


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
    tag: Annotated[Name | None, Field(description="Name or id of a tag")] = None,
    kind: _Kind = None,
    status: Annotated[TransactionStatus | None, Field(description="Pending ones may still change")] = None,
    order: Annotated[Literal["newest", "largest"], Field(description="What comes first")] = "newest",
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Field(max_length=100, description="next_cursor of the page before")] = None,
) -> Transactions:
    """Transactions, newest or largest first, narrowed by text, account, category, tag, dates, amount and direction.

    A category stands for those below it, too. Asked for by an account, a transfer is shown as that account sees it.
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
            tag_id=None if tag is None else (await find_tag(books, tag)).id,
            status=status,
            kinds=_kinds(kind, direction),
        )
        transactions = TransactionRepository(books.session)
        names = await transactions.names()
        if not by_size:
            page = await transactions.search(wanted, limit=limit, cursor=cursor)
            kept = [one for one in page.items if currency in (None, one.amount.currency)]
            return Transactions(transactions=[shown(one, names) for one in kept], next_cursor=page.next_cursor)
        fits = _sieve(books.currency(currency), direction, min_amount, max_amount)
        found = [one async for one in _scan(books, wanted) if fits(one)]
    chosen = found[:limit] if order == "newest" else nlargest(limit, found, key=lambda one: abs(one.amount.amount))
    return Transactions(transactions=[shown(one, names) for one in chosen], next_cursor=None)


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


def _kinds(kind: str | None, direction: str) -> Collection[TransactionKind]:
    wanted = {TransactionKind(kind)} if kind else set(LISTED)
    return wanted if direction == "all" else wanted & {TransactionKind.STANDARD}


def shown(one: TransactionView, names: Mapping[uuid.UUID, str]) -> Transaction:
    """`names` holds those of all accounts and categories."""
    other = one.transfer
    return Transaction(
        id=str(one.id),
        date=one.date,
        payee=one.payee,
        note=one.note,
        amount=Amount.of(one.amount),
        account=names[one.account_id],
        category=names[one.category_id] if one.category_id else None,
        kind=one.kind,
        status=one.status,
        reference=one.reference,
        tags=list(one.tags),
        splits=[
            Split(
                amount=Amount.of(part.amount),
                category=names[part.category_id] if part.category_id else None,
                note=part.note,
            )
            for part in one.splits
        ],
        transfer=Transfer(account=names[other.account_id], amount=Amount.of(other.amount)) if other else None,
    )
