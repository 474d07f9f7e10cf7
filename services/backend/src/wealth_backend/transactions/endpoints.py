import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.schemas import Day, PlainText
from wealth_backend.transactions import service
from wealth_backend.transactions.schemas import NewTransaction, Transaction, TransactionChange, TransactionPage
from wealth_core.repositories import TransactionFilter

router = routing.router("transactions")


@router.get("")
async def list_transactions(
    work: UserWork,
    *,
    q: Annotated[PlainText | None, Query(max_length=200, description="Part of the payee or the note")] = None,
    account_id: uuid.UUID | None = None,
    category_id: uuid.UUID | None = None,
    start: Annotated[Day | None, Query(alias="from", description="The first day")] = None,
    end: Annotated[Day | None, Query(alias="to", description="The last day")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> TransactionPage:
    """The newest first."""
    wanted = TransactionFilter(account_id=account_id, category_id=category_id, start=start, end=end, text=q)
    page = await service.search(work, wanted, limit=limit, cursor=cursor)
    return TransactionPage(items=[Transaction.of(view) for view in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=201)
async def add_transaction(wanted: NewTransaction, work: UserWork, match: Match) -> Transaction:
    return match.tag(Transaction.of(await service.add(work, wanted)))


@router.get("/{transaction_id}", responses=responses(404))
async def get_transaction(transaction_id: uuid.UUID, work: UserWork, match: Match) -> Transaction:
    return match.tag(Transaction.of(await service.view(work, transaction_id)))


@router.patch("/{transaction_id}", responses=responses(404, 412))
async def change_transaction(
    transaction_id: uuid.UUID, wanted: TransactionChange, work: UserWork, match: Match
) -> Transaction:
    match.check(Transaction.of(await service.view(work, transaction_id, lock=True)))
    return match.tag(Transaction.of(await service.change(work, transaction_id, wanted)))


@router.delete("/{transaction_id}", status_code=204, responses=responses(404, 412))
async def delete_transaction(transaction_id: uuid.UUID, work: UserWork, match: Match) -> None:
    match.check(Transaction.of(await service.view(work, transaction_id, lock=True)))
    await service.remove(work, transaction_id)
