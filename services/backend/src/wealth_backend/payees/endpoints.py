from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.payees.schemas import Payee, PayeePage, PayeeRename, PayeeRenamed
from wealth_backend.schemas import PlainText
from wealth_core.repositories import PayeeQueries, TransactionRepository

router = routing.router("payees")


@router.get("")
async def list_payees(
    work: UserWork,
    *,
    q: Annotated[PlainText | None, Query(max_length=200, description="Part of the name")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> PayeePage:
    """The last used first."""
    page = await PayeeQueries(work.session).search(q, limit=limit, cursor=cursor)
    return PayeePage(items=[Payee.of(view) for view in page.items], next_cursor=page.next_cursor)


@router.post("/rename")
async def rename_payees(wanted: PayeeRename, work: UserWork) -> PayeeRenamed:
    """Changes the payee of every transaction that has one of these names."""
    return PayeeRenamed(transactions=await TransactionRepository(work.session).rename_payees(wanted.names, wanted.name))
