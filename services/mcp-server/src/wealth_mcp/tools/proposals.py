"""Changes that the user may confirm. Filing one changes nothing in the books."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Annotated, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from wealth_core.ledger import LIMIT
from wealth_core.models import CategoryKind, Direction, ProposalKind, ProposalStatus
from wealth_core.money import Money
from wealth_core.recurrence import Rule, RuleError
from wealth_core.repositories import ProposalRepository, TransactionRepository, TransactionView
from wealth_core.repositories.proposals import MAX_PENDING, TooManyProposalsError
from wealth_mcp.books import Books, Call, open_books
from wealth_mcp.naming import find_account, find_category
from wealth_mcp.schemas import (
    AccountName,
    AmountText,
    CategoryName,
    Currency,
    Day,
    Month,
    Name,
    Note,
    Payee,
    PositiveAmount,
    Tag,
    Text,
)

_Frequency = Literal["daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly"]
_Signed = Annotated[AmountText, Field(description="Negative when money leaves the account: spending is negative")]
_TransactionId = Annotated[uuid.UUID, Field(description="id of a transaction, as search_transactions gives it")]


class Filed(BaseModel):
    proposal_id: str
    summary: str = Field(description="What will be done once the user confirms it")
    expires_at: dt.datetime


class Proposal(Filed):
    kind: ProposalKind
    status: ProposalStatus
    created_at: dt.datetime


class Proposals(BaseModel):
    proposals: list[Proposal] = Field(description="The newest first")
    next_cursor: str | None = Field(description="Give it as cursor for the next page; null on the last one")


async def list_proposals(
    call: Call,
    *,
    status: Annotated[
        Literal["pending", "confirmed", "declined", "expired", "failed"] | None,
        Field(description="Only those; null for all"),
    ] = "pending",
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Field(max_length=100, description="next_cursor of the page before")] = None,
) -> Proposals:
    """What was proposed to the user, by default what still waits for their decision."""
    wanted = None if status is None else ProposalStatus(status)
    async with open_books(call) as books:
        page = await ProposalRepository(books.session).list(status=wanted, limit=limit, cursor=cursor)
    now = dt.datetime.now(dt.UTC)
    return Proposals(
        proposals=[
            Proposal(
                proposal_id=str(one.id),
                kind=one.kind,
                summary=one.summary,
                status=one.status_at(now),
                created_at=one.created_at,
                expires_at=one.expires_at,
            )
            for one in page.items
        ],
        next_cursor=page.next_cursor,
    )


async def propose_transaction(
    call: Call,
    *,
    account: AccountName,
    amount: _Signed,
    payee: Annotated[Payee, Field(description="Who was paid, or who paid")],
    date: Day,
    category: CategoryName | None = None,
    note: Note | None = None,
) -> Filed:
    """Proposes to record income or spending. Nothing is recorded until the user confirms it in the application."""
    async with open_books(call) as books:
        found = await find_account(books, account)
        payload = {
            "account_id": str(found.id),
            "date": date.isoformat(),
            "payee": payee,
            "amount": _amount(amount, found.currency),
        }
        if category is not None:
            payload["category_id"] = str((await find_category(books, category)).id)
        if note:
            payload["note"] = note
        return await _file(books, ProposalKind.TRANSACTION, payload)


async def propose_transfer(
    call: Call,
    *,
    from_account: AccountName,
    to_account: AccountName,
    amount: Annotated[PositiveAmount, Field(description="What leaves from_account, in its currency")],
    date: Day,
    received_amount: Annotated[
        PositiveAmount | None,
        Field(description="What arrives, in to_account's currency; needed where the two currencies differ"),
    ] = None,
) -> Filed:
    """Proposes to move money between two of the user's accounts.

    Nothing is moved until the user confirms it in the application.
    """
    async with open_books(call) as books:
        source, target = await find_account(books, from_account), await find_account(books, to_account)
        if source.id == target.id:
            raise ToolError("from_account and to_account are the same account: name two")
        if received_amount is None and source.currency != target.currency:
            raise ToolError(f"give received_amount: what arrives in {target.name}, in {target.currency}")
        payload = {
            "account_id": str(source.id),
            "to_account_id": str(target.id),
            "amount": _amount(amount, source.currency),
            "date": date.isoformat(),
            "payee": f"Transfer to {target.name}",
        }
        if received_amount is not None:
            payload["received_amount"] = _amount(received_amount, target.currency)
            if source.currency == target.currency and payload["received_amount"] != payload["amount"]:
                raise ToolError("both accounts are in one currency: what arrives is what leaves")
            if source.currency == target.currency:
                del payload["received_amount"]
        return await _file(books, ProposalKind.TRANSFER, payload)


async def propose_transaction_change(
    call: Call,
    *,
    transaction_id: _TransactionId,
    account: AccountName | None = None,
    amount: _Signed | None = None,
    payee: Payee | None = None,
    date: Day | None = None,
    category: CategoryName | None = None,
    note: Note | None = None,
) -> Filed:
    """Proposes to correct a transaction: what is given changes, what is left out stays.

    Nothing is changed until the user confirms it in the application.
    """
    async with open_books(call) as books:
        old = await _transaction(books, transaction_id)
        payload: dict[str, str] = {}
        currency = old.amount.currency
        if account is not None:
            found = await find_account(books, account)
            currency, payload["account_id"] = found.currency, str(found.id)
        if amount is not None:
            payload["amount"] = _amount(amount, currency)
        if payee is not None:
            payload["payee"] = payee
        if date is not None:
            payload["date"] = date.isoformat()
        if category is not None:
            payload["category_id"] = str((await find_category(books, category)).id)
        if note is not None:
            payload["note"] = note
        if not payload:
            raise ToolError("this changes nothing: give at least one of account, amount, payee, date, category, note")
        return await _file(books, ProposalKind.TRANSACTION_CHANGE, {"transaction_id": str(transaction_id), **payload})


async def propose_transaction_deletion(call: Call, transaction_id: _TransactionId) -> Filed:
    """Proposes to delete a transaction. Nothing is deleted until the user confirms it in the application."""
    async with open_books(call) as books:
        await _transaction(books, transaction_id)
        return await _file(books, ProposalKind.TRANSACTION_DELETION, {"transaction_id": str(transaction_id)})


async def propose_budget(
    call: Call,
    *,
    category: CategoryName,
    amount: Annotated[PositiveAmount, Field(description="For one month")],
    month: Annotated[Month | None, Field(description="The first month it holds for; left out: this month")] = None,
    currency: Currency = None,
) -> Filed:
    """Proposes a monthly budget for a category, or another amount for the one it has.

    Nothing changes until the user confirms it in the application.
    """
    async with open_books(call) as books:
        code = books.currency(currency)
        payload = {
            "category_id": str((await find_category(books, category)).id),
            "amount": _amount(amount, code, zero=True),
            "currency": code,
        }
        if month is not None:
            payload["month"] = month
        return await _file(books, ProposalKind.BUDGET, payload)


async def propose_goal(
    call: Call,
    *,
    name: Name,
    target_amount: PositiveAmount,
    currency: Currency = None,
    target_date: Day | None = None,
    account: Annotated[
        AccountName | None, Field(description="Name or id of the account whose balance is what is saved")
    ] = None,
) -> Filed:
    """Proposes a savings goal. Nothing is set up until the user confirms it in the application."""
    async with open_books(call) as books:
        payload: dict[str, object] = {"name": name}
        code = books.currency(currency)
        if account is not None:
            found = await find_account(books, account)
            if currency not in {None, found.currency}:
                raise ToolError(f"{found.name} is in {found.currency}: a goal has the currency of its account")
            code, payload["account_ids"] = found.currency, [str(found.id)]
        payload |= {"target_amount": _amount(target_amount, code), "currency": code}
        if target_date is not None:
            payload["target_date"] = target_date.isoformat()
        return await _file(books, ProposalKind.GOAL, payload)


async def propose_recurring(
    call: Call,
    *,
    name: Name,
    amount: _Signed,
    account: AccountName,
    start_date: Day,
    frequency: Annotated[_Frequency | None, Field(description="Either this or rule")] = None,
    rule: Annotated[
        str | None,
        Field(
            max_length=200,
            pattern="^[A-Za-z0-9=;,+-]+$",
            description="An RRULE of RFC 5545, like FREQ=MONTHLY;BYMONTHDAY=31",
        ),
    ] = None,
    category: CategoryName | None = None,
    remind_only: Annotated[bool, Field(description="Only remind of it, record nothing")] = False,
) -> Filed:
    """Proposes a payment or income that comes again and again, or a reminder of one.

    Nothing is set up until the user confirms it in the application.
    """
    if (frequency is None) == (rule is None):
        raise ToolError("give either frequency or rule")
    try:
        written = str(Rule.parse(rule or frequency or ""))
    except RuleError as error:
        raise ToolError(str(error)) from error
    async with open_books(call) as books:
        found = await find_account(books, account)
        payload = {
            "name": name,
            "kind": "remind" if remind_only else "post",
            "rule": written,
            "start_date": start_date.isoformat(),
            "amount": _amount(amount, found.currency),
            "account_id": str(found.id),
        }
        if category is not None:
            payload["category_id"] = str((await find_category(books, category)).id)
        return await _file(books, ProposalKind.RECURRING, payload)


async def propose_rule(
    call: Call,
    *,
    name: Name,
    payee_contains: Annotated[Text | None, Field(description="Condition: part of the payee")] = None,
    text_contains: Annotated[Text | None, Field(description="Condition: part of the payee or the note")] = None,
    account: Annotated[AccountName | None, Field(description="Condition: name or id of the account")] = None,
    direction: Annotated[Direction | None, Field(description="Condition: money in, or money out")] = None,
    min_amount: Annotated[PositiveAmount | None, Field(description="Condition: at least this, without sign")] = None,
    max_amount: Annotated[PositiveAmount | None, Field(description="Condition: at most this, without sign")] = None,
    category: Annotated[CategoryName | None, Field(description="Action: name or id of the category to set")] = None,
    payee: Annotated[Payee | None, Field(description="Action: the payee to write instead")] = None,
    tags: Annotated[list[Tag] | None, Field(max_length=20, description="Action: tags to add")] = None,
    transfer_account: Annotated[
        AccountName | None, Field(description="Action: make it a transfer with this account, by name or id")
    ] = None,
) -> Filed:
    """Proposes a rule that is applied to new transactions: when all its conditions are met, its actions are done.

    Nothing is set up until the user confirms it in the application.
    """
    texts = (("payee", payee_contains), ("any", text_contains))
    conditions: dict[str, object] = {
        "texts": [{"field": field, "operator": "contains", "value": value} for field, value in texts if value]
    }
    actions: dict[str, object] = {"tags": tags or []}
    async with open_books(call) as books:
        if account is not None:
            conditions["account_id"] = str((await find_account(books, account)).id)
        bounds = (("min_amount", min_amount), ("max_amount", max_amount))
        conditions |= {key: value for key, value in (("direction", direction), *bounds) if value is not None}
        if category is not None:
            actions["category_id"] = str((await find_category(books, category)).id)
        if payee is not None:
            actions["payee"] = payee
        if transfer_account is not None:
            actions["transfer_account_id"] = str((await find_account(books, transfer_account)).id)
        if category is not None and transfer_account is not None:
            raise ToolError("a transfer has no category: leave category or transfer_account out")
        if conditions == {"texts": []}:
            raise ToolError("a rule without a condition would change everything: give at least one")
        if actions == {"tags": []}:
            raise ToolError("a rule without an action does nothing: give category, payee, tags or transfer_account")
        return await _file(books, ProposalKind.RULE, {"name": name, "conditions": conditions, "actions": actions})


async def propose_category(
    call: Call,
    *,
    name: Name,
    kind: Annotated[CategoryKind | None, Field(description="Left out: the parent's, or expense")] = None,
    parent: Annotated[CategoryName | None, Field(description="Name or id of the category above it")] = None,
) -> Filed:
    """Proposes a new category. Nothing is added until the user confirms it in the application."""
    async with open_books(call) as books:
        above = None if parent is None else await find_category(books, parent)
        if above is not None and kind not in {None, above.kind}:
            raise ToolError(f"{above.name} is of kind {above.kind.value}: what is below it is, too")
        payload = {"name": name, "kind": (kind or (above.kind if above else CategoryKind.EXPENSE)).value}
        if above is not None:
            payload["parent_id"] = str(above.id)
        return await _file(books, ProposalKind.CATEGORY, payload)


async def _file(books: Books, kind: ProposalKind, payload: Mapping[str, object]) -> Filed:
    try:
        filed = await ProposalRepository(books.session).file(books.user_id, kind, payload)
    except TooManyProposalsError:
        raise ToolError(
            f"{MAX_PENDING} proposals wait already: ask the user to confirm or decline some of them first"
        ) from None
    return Filed(proposal_id=str(filed.id), summary=filed.summary, expires_at=filed.expires_at)


async def _transaction(books: Books, transaction_id: uuid.UUID) -> TransactionView:
    found = await TransactionRepository(books.session).view(transaction_id)
    if found is None:
        raise ToolError(f"there is no transaction {transaction_id}; search_transactions gives their ids")
    return found


def _amount(text: str, currency: str, *, zero: bool = False) -> str:
    money = Money.parse(text, currency)
    if not money.amount and not zero:
        raise ToolError("an amount of zero moves nothing: give the amount")
    if abs(money.amount) >= LIMIT:
        raise ToolError(f"{text} is out of range")
    return f"{money.amount:f}"
