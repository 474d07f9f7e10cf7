import uuid

from wealth_backend.amounts import money_of
from wealth_backend.dependencies import Work
from wealth_backend.problems import invalid, not_found
from wealth_backend.transactions.schemas import NewTransaction, TransactionChange
from wealth_core import ledger
from wealth_core.ids import new_id
from wealth_core.models import Account
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    Page,
    TransactionFilter,
    TransactionRepository,
    TransactionView,
)
from wealth_core.repositories.transactions import CursorError
from wealth_core.repositories.transactions import NewTransaction as Entry


async def search(work: Work, wanted: TransactionFilter, *, limit: int, cursor: str | None) -> Page[TransactionView]:
    if wanted.start and wanted.end and wanted.start > wanted.end:
        raise invalid("query.from", f"The first day ({wanted.start}) is after the last ({wanted.end}): swap them.")
    try:
        return await TransactionRepository(work.session).search(wanted, limit=limit, cursor=cursor)
    except CursorError:
        raise invalid("query.cursor", "This page mark is not one of ours: begin again without it.") from None


async def add(work: Work, wanted: NewTransaction) -> TransactionView:
    account = await _account(work, wanted.account_id)
    await _check_category(work, wanted.category_id)
    new = Entry(
        id=new_id(),
        user_id=work.user_id,
        date=wanted.date,
        payee=wanted.payee,
        note=wanted.note or "",
        postings=ledger.entry(
            money_of(wanted.amount, account.currency), account_id=account.id, category_id=wanted.category_id
        ),
    )
    await TransactionRepository(work.session).record(new)
    return await view(work, new.id)


async def change(work: Work, transaction_id: uuid.UUID, wanted: TransactionChange) -> TransactionView:
    old = await view(work, transaction_id)
    account = await _account(work, wanted.account_id or old.account_id)
    category_id = wanted.category_id if "category_id" in wanted.model_fields_set else old.category_id
    await _check_category(work, category_id)
    amount = f"{old.amount.amount:f}" if wanted.amount is None else wanted.amount
    await TransactionRepository(work.session).change(
        transaction_id,
        date=wanted.date or old.date,
        payee=wanted.payee or old.payee,
        note=(wanted.note or "") if "note" in wanted.model_fields_set else old.note,
        money=money_of(amount, account.currency),
        account_id=account.id,
        category_id=category_id,
    )
    return await view(work, transaction_id)


async def remove(work: Work, transaction_id: uuid.UUID) -> None:
    await view(work, transaction_id)
    await TransactionRepository(work.session).delete(transaction_id)


async def view(work: Work, transaction_id: uuid.UUID, *, lock: bool = False) -> TransactionView:
    if lock:
        await TransactionRepository(work.session).lock(transaction_id)
    found = await TransactionRepository(work.session).view(transaction_id)
    if found is None:
        raise not_found("transaction")
    return found


async def _account(work: Work, account_id: uuid.UUID) -> Account:
    account = await AccountRepository(work.session).get(account_id)
    if account is None:
        raise invalid("account_id", "There is no such account: choose one of yours.")
    return account


async def _check_category(work: Work, category_id: uuid.UUID | None) -> None:
    if category_id is not None and await CategoryRepository(work.session).get(category_id) is None:
        raise invalid("category_id", "There is no such category: choose one of yours, or none.")
