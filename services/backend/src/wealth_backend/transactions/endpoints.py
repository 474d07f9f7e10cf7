import uuid
from decimal import Decimal
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.amounts import AmountLimit
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match as ETagMatch
from wealth_backend.problems import responses
from wealth_backend.schemas import Currency, Day, PlainText
from wealth_backend.transactions import bulk, service
from wealth_backend.transactions.schemas import (
    BulkChange,
    BulkResult,
    Match,
    NewTransaction,
    Transaction,
    TransactionChange,
    TransactionPage,
)
from wealth_core.models import Direction, TransactionKind, TransactionStatus
from wealth_core.repositories import TransactionFilter
from wealth_core.repositories.transactions import LISTED

router = routing.router("transactions")


@router.get("")
async def list_transactions(
    work: UserWork,
    *,
    q: Annotated[PlainText | None, Query(max_length=200, description="Part of the payee, note or reference")] = None,
    account_id: Annotated[uuid.UUID | None, Query(description="Each is shown as this account sees it")] = None,
    category_id: Annotated[uuid.UUID | None, Query(description="With the categories below it")] = None,
    uncategorised: Annotated[bool, Query(description="Only income and spending without a category")] = False,
    tag_id: uuid.UUID | None = None,
    status: TransactionStatus | None = None,
    kind: Annotated[TransactionKind | None, Query(description="By default all but opening balances")] = None,
    direction: Annotated[Direction | None, Query(description="Of the money, as the account sees it")] = None,
    currency: Currency | None = None,
    min_amount: Annotated[AmountLimit | None, Query(description="Without regard to the sign")] = None,
    max_amount: Annotated[AmountLimit | None, Query(description="Without regard to the sign")] = None,
    start: Annotated[Day | None, Query(alias="from", description="The first day")] = None,
    end: Annotated[Day | None, Query(alias="to", description="The last day")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> TransactionPage:
    """The newest first."""
    wanted = TransactionFilter(
        account_id=account_id,
        category_id=category_id,
        start=start,
        end=end,
        text=q,
        uncategorised=uncategorised,
        tag_id=tag_id,
        status=status,
        kinds=LISTED if kind is None else {kind} & set(LISTED),
        direction=direction,
        currency=currency,
        min_amount=Decimal(min_amount) if min_amount else None,
        max_amount=Decimal(max_amount) if max_amount else None,
    )
    page = await service.search(work, wanted, limit=limit, cursor=cursor)
    return TransactionPage.of(page.items, page.next_cursor)


@router.post("", status_code=201)
async def add_transaction(wanted: NewTransaction, work: UserWork, match: ETagMatch) -> Transaction:
    return match.tag(Transaction.of(await service.add(work, wanted)))


@router.post("/bulk", responses=responses(409))
async def change_transactions(wanted: BulkChange, work: UserWork) -> BulkResult:
    """Changes or deletes all of the transactions, or none when one of them can't be."""
    return BulkResult(transactions=await bulk.change(work, wanted))


@router.get("/{transaction_id:uuid}", responses=responses(404))
async def get_transaction(transaction_id: uuid.UUID, work: UserWork, match: ETagMatch) -> Transaction:
    return match.tag(Transaction.of(await service.view(work, transaction_id)))


@router.patch("/{transaction_id:uuid}", responses=responses(404, 409, 412))
async def change_transaction(
    transaction_id: uuid.UUID, wanted: TransactionChange, work: UserWork, match: ETagMatch
) -> Transaction:
    match.check(Transaction.of(await service.view(work, transaction_id, lock=True)))
    return match.tag(Transaction.of(await service.change(work, transaction_id, wanted)))


@router.delete("/{transaction_id:uuid}", status_code=204, responses=responses(404, 409, 412))
async def delete_transaction(transaction_id: uuid.UUID, work: UserWork, match: ETagMatch) -> None:
    match.check(Transaction.of(await service.view(work, transaction_id, lock=True)))
    await service.remove(work, transaction_id)


@router.post("/{transaction_id:uuid}/match", responses=responses(404, 409, 412))
async def match_transactions(transaction_id: uuid.UUID, wanted: Match, work: UserWork, match: ETagMatch) -> Transaction:
    """Makes one transfer of two rows of two accounts, which are its sides. The other row goes into this one."""
    match.check(Transaction.of(await service.view(work, transaction_id, lock=True)))
    return match.tag(Transaction.of(await service.match(work, transaction_id, wanted.other_id)))
