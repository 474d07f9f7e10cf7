"""Schedules, what is coming of them, and the claims that settle their occurrences once."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta
from heapq import merge
from itertools import islice

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from wealth_core.ledger import PostingKind
from wealth_core.models import (
    OccurrenceOutcome,
    PostingRow,
    Schedule,
    ScheduleKind,
    ScheduleOccurrence,
    Transaction,
    TransactionKind,
)
from wealth_core.money import Money
from wealth_core.patterns import Payment
from wealth_core.recurrence import Rule
from wealth_core.repositories.base import Repository

MAX_UPCOMING = 500
_MAX_PAYMENTS = 20_000


@dataclass(frozen=True, slots=True)
class ScheduleView:
    id: uuid.UUID
    name: str
    kind: ScheduleKind
    rule: str
    start_date: Date
    end_date: Date | None
    money: Money
    account_id: uuid.UUID | None
    payee: str
    note: str
    category_id: uuid.UUID | None
    notice_days: int
    paused: bool
    next_date: Date | None

    @classmethod
    def of(cls, row: Schedule) -> "ScheduleView":
        return cls(
            id=row.id,
            name=row.name,
            kind=row.kind,
            rule=row.rule,
            start_date=row.start_date,
            end_date=row.end_date,
            money=Money(row.amount, row.currency),
            account_id=row.account_id,
            payee=row.payee,
            note=row.note,
            category_id=row.category_id,
            notice_days=row.notice_days,
            paused=row.paused,
            next_date=row.next_date,
        )

    def occurrences(self, since: Date) -> Iterator[Date]:
        return Rule.parse(self.rule).occurrences(self.start_date, since=since, end=self.end_date)


@dataclass(frozen=True, slots=True)
class UpcomingView:
    date: Date
    schedule: ScheduleView


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    schedule_id: uuid.UUID
    date: Date
    outcome: OccurrenceOutcome
    transaction_id: uuid.UUID | None


class ScheduleRepository(Repository[Schedule]):
    model = Schedule

    async def list(self) -> Sequence[ScheduleView]:
        """The next to come first, those that are over last."""
        statement = select(Schedule).order_by(Schedule.next_date.nulls_last(), func.lower(Schedule.name), Schedule.id)
        return [ScheduleView.of(row) for row in await self._session.scalars(statement)]

    async def view(self, schedule_id: uuid.UUID) -> ScheduleView | None:
        row = await self.get(schedule_id)
        return ScheduleView.of(row) if row else None

    async def upcoming(self, last: Date, *, limit: int = MAX_UPCOMING) -> Sequence[UpcomingView]:
        """What isn't settled and due until `last`, in order; what is paused is left out."""
        rows = await self._session.scalars(
            select(Schedule).where(~Schedule.paused, Schedule.next_date <= last).order_by(Schedule.id)
        )
        schedules = [ScheduleView.of(row) for row in rows]
        settled = await self._settled(schedules)
        coming = (_coming(one, last, settled[one.id]) for one in schedules)
        return list(islice(merge(*coming, key=lambda view: view.date), limit))

    async def payments(self, since: Date, until: Date) -> Sequence[Payment]:
        """What was paid and earned, the newest first. Of a split it is the first part that gives the category."""
        account, category = aliased(PostingRow), aliased(PostingRow)
        statement = (
            select(
                Transaction.date,
                Transaction.payee,
                account.amount,
                account.currency,
                account.account_id,
                category.category_id,
            )
            .join(account, (account.transaction_id == Transaction.id) & (account.kind == PostingKind.ACCOUNT))
            .join(
                category,
                (category.transaction_id == Transaction.id)
                & (category.kind == PostingKind.CATEGORY)
                & (category.position == 1),
            )
            .where(Transaction.kind == TransactionKind.STANDARD, Transaction.date.between(since, until))
            .order_by(Transaction.date.desc(), Transaction.id.desc())
            .limit(_MAX_PAYMENTS)
        )
        return [
            Payment(day, payee, Money(amount, currency), account_id, category_id)
            for day, payee, amount, currency, account_id, category_id in await self._session.execute(statement)
            if account_id is not None
        ]

    async def due(self, schedule_id: uuid.UUID, today: Date) -> Schedule | None:
        """The schedule, locked, if there is something to do for it and nobody else is at it."""
        return await self._session.scalar(
            select(Schedule)
            .where(Schedule.id == schedule_id, ~Schedule.paused, Schedule.wake_on <= today)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )

    async def claim(self, schedule: Schedule, day: Date, outcome: OccurrenceOutcome) -> bool:
        """Whether the occurrence is now ours to settle. Only a reminder may be settled once more, as something else."""
        new = insert(ScheduleOccurrence).values(
            schedule_id=schedule.id, date=day, user_id=schedule.user_id, outcome=outcome
        )
        reopened = (ScheduleOccurrence.outcome == OccurrenceOutcome.REMINDED) & (
            new.excluded.outcome != OccurrenceOutcome.REMINDED
        )
        statement = new.on_conflict_do_update(
            index_elements=[ScheduleOccurrence.schedule_id, ScheduleOccurrence.date],
            set_={"outcome": new.excluded.outcome},
            where=reopened,
        )
        return await self._session.scalar(statement.returning(ScheduleOccurrence.date)) is not None

    async def note_transaction(self, schedule_id: uuid.UUID, day: Date, transaction_id: uuid.UUID) -> None:
        await self._session.execute(
            update(ScheduleOccurrence)
            .where(ScheduleOccurrence.schedule_id == schedule_id, ScheduleOccurrence.date == day)
            .values(transaction_id=transaction_id)
        )

    async def occurrence(self, schedule_id: uuid.UUID, day: Date) -> OccurrenceView | None:
        row = await self._session.scalar(
            select(ScheduleOccurrence)
            .where(ScheduleOccurrence.schedule_id == schedule_id, ScheduleOccurrence.date == day)
            .execution_options(populate_existing=True)
        )
        return OccurrenceView(row.schedule_id, row.date, row.outcome, row.transaction_id) if row else None

    async def advance(self, schedule: Schedule, since: Date) -> None:
        """Makes the first occurrence from `since` on that isn't settled the next one."""
        view = ScheduleView.of(schedule)
        statement = select(ScheduleOccurrence.date).where(
            ScheduleOccurrence.schedule_id == schedule.id, ScheduleOccurrence.date >= since
        )
        settled = set(await self._session.scalars(statement))
        schedule.next_date = next((day for day in view.occurrences(since) if day not in settled), None)
        schedule.wake_on = schedule.next_date and schedule.next_date - timedelta(days=schedule.notice_days)
        await self._session.flush()

    async def _settled(self, schedules: Sequence[ScheduleView]) -> dict[uuid.UUID, set[Date]]:
        settled: defaultdict[uuid.UUID, set[Date]] = defaultdict(set)
        statement = (
            select(ScheduleOccurrence.schedule_id, ScheduleOccurrence.date)
            .join(Schedule, Schedule.id == ScheduleOccurrence.schedule_id)
            .where(
                ScheduleOccurrence.schedule_id.in_([one.id for one in schedules]),
                ScheduleOccurrence.date > Schedule.next_date,
            )
        )
        for schedule_id, day in await self._session.execute(statement):
            settled[schedule_id].add(day)
        return settled


def _coming(schedule: ScheduleView, last: Date, settled: Collection[Date]) -> Iterator[UpcomingView]:
    if schedule.next_date is None:
        return
    for day in schedule.occurrences(schedule.next_date):
        if day > last:
            return
        if day not in settled:
            yield UpcomingView(day, schedule)
