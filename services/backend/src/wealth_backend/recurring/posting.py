"""How an occurrence becomes a transaction. The caller has claimed it, in the same database transaction."""

import uuid
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core import ledger
from wealth_core.ids import new_id
from wealth_core.models import Account, Schedule
from wealth_core.money import Money
from wealth_core.repositories import AccountRepository, ScheduleRepository, TransactionRepository
from wealth_core.repositories.transactions import NewTransaction


async def obstacle(session: AsyncSession, schedule: Schedule) -> str | None:
    """Why nothing can be posted, and what helps."""
    if schedule.account_id is None:
        return "It has no account, or its account was deleted: choose another one."
    account = await AccountRepository(session).get(schedule.account_id)
    if account is None or is_archived(account):
        return "Its account is archived: choose another one, or take it out of the archive."
    return None


def is_archived(account: Account) -> bool:
    return bool(getattr(account, "archived", False))


async def record(
    session: AsyncSession, schedule: Schedule, occurrence: date, *, money: Money | None = None, day: date | None = None
) -> uuid.UUID:
    if schedule.account_id is None:
        raise ValueError("a schedule without an account can't post")
    new = NewTransaction(
        id=new_id(),
        user_id=schedule.user_id,
        date=day or occurrence,
        payee=schedule.payee,
        note=schedule.note,
        postings=ledger.entry(
            money or Money(schedule.amount, schedule.currency),
            account_id=schedule.account_id,
            category_id=schedule.category_id,
        ),
    )
    await TransactionRepository(session).record(new)
    await ScheduleRepository(session).note_transaction(schedule.id, occurrence, new.id)
    return new.id
