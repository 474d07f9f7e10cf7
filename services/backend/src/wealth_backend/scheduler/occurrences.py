"""Settles what is due: posts, reminds, or says why it can't. Every step is one transaction in the name of its user.

A step locks its schedule, passing over those that another replica holds, and claims the occurrence by its key in the
same transaction that records what comes of it: a replica that dies half-way has done nothing, and none does it twice.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.recurring import posting
from wealth_core.database import Database, DatabaseUnavailableError
from wealth_core.models import NotificationKind, OccurrenceOutcome, Schedule, ScheduleKind
from wealth_core.money import Money
from wealth_core.repositories import DueWork, NewNotification, NotificationRepository, ScheduleRepository, ScheduleView

# What was missed for longer isn't posted behind people's backs; they are told.
CATCH_UP_DAYS = 366

_BATCH = 100
# How many occurrences of one schedule a pass settles, so that a long backlog doesn't keep others waiting.
_STEPS = 40
_ONE_DAY = timedelta(days=1)

_log = logging.getLogger(__name__)


async def settle_due(database: Database, today: date, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """How many steps were taken. What is left over is for the next pass."""
    async with database.transaction() as session:
        due = await DueWork(session).schedules(today, _BATCH)
    steps = 0
    for user_id, schedule_id in due:
        for _ in range(_STEPS):
            if stopping() or not await _try_step(database, user_id, schedule_id, today):
                break
            steps += 1
    return steps


async def _try_step(database: Database, user_id: uuid.UUID, schedule_id: uuid.UUID, today: date) -> bool:
    try:
        async with database.transaction(user_id) as session:
            schedule = await ScheduleRepository(session).due(schedule_id, today)
            if schedule is None:
                return False
            await _step(session, schedule, today)
    except DatabaseUnavailableError:
        raise
    except Exception:  # noqa: BLE001 - one schedule mustn't keep the others from being settled, nor fail in every pass
        _log.exception("schedule failed", extra={"schedule": str(schedule_id)})
        async with database.transaction(user_id) as session:
            await _put_off(session, schedule_id, today)
        return False
    return True


async def _step(session: AsyncSession, schedule: Schedule, today: date) -> None:
    schedules, due = ScheduleRepository(session), schedule.next_date
    if due is None:
        schedule.wake_on = None
    elif due > today:
        await _announce(session, schedule, due)
        schedule.wake_on = due
    elif due < today - timedelta(days=CATCH_UP_DAYS):
        first = today - timedelta(days=CATCH_UP_DAYS)
        await _say_missed(session, schedule, due, first)
        await schedules.advance(schedule, first)
    elif schedule.kind is ScheduleKind.REMIND:
        await schedules.claim(schedule, due, OccurrenceOutcome.REMINDED)
        await _announce(session, schedule, due)
        await schedules.advance(schedule, due + _ONE_DAY)
    else:
        await _post(session, schedule, due)


async def _post(session: AsyncSession, schedule: Schedule, due: date) -> None:
    schedules = ScheduleRepository(session)
    obstacle = await posting.obstacle(session, schedule)
    if obstacle is not None:
        schedule.paused = True
        await _say(
            session,
            schedule,
            NotificationKind.SCHEDULE_PROBLEM,
            key=f"paused:{due}",
            title=f"{schedule.name} is paused",
            message=f"The payment of {due} could not be posted. {obstacle} Then end the pause.",
        )
        return
    if await schedules.claim(schedule, due, OccurrenceOutcome.POSTED):
        await posting.record(session, schedule, due)
        if schedule.categorised and schedule.category_id is None:
            schedule.categorised = False
            await _say(
                session,
                schedule,
                NotificationKind.SCHEDULE_PROBLEM,
                key=f"category:{due}",
                title=f"{schedule.name} has no category any more",
                message=f"The payment of {due} was posted without one, since its category was deleted: choose another.",
            )
    await schedules.advance(schedule, due + _ONE_DAY)


async def _announce(session: AsyncSession, schedule: Schedule, due: date) -> None:
    money = Money(schedule.amount, schedule.currency)
    what = f"{abs(money)} to {schedule.payee}" if money.amount < 0 else f"{money} from {schedule.payee}"
    await _say(
        session,
        schedule,
        NotificationKind.BILL_UPCOMING,
        key=f"bill:{due}",
        title=f"{schedule.name} is due on {due}",
        message=f"{what} on {due}.",
    )


async def _say_missed(session: AsyncSession, schedule: Schedule, since: date, until: date) -> None:
    missed = 0
    for day in ScheduleView.of(schedule).occurrences(since):
        if day >= until:
            break
        missed += 1
    await _say(
        session,
        schedule,
        NotificationKind.SCHEDULE_MISSED,
        key=f"missed:{since}",
        title=f"{schedule.name} missed {missed} {'occurrence' if missed == 1 else 'occurrences'}",
        message=f"What was due from {since} to before {until} is too long ago to be posted unasked: add it yourself.",
    )


async def _put_off(session: AsyncSession, schedule_id: uuid.UUID, today: date) -> None:
    schedule = await ScheduleRepository(session).due(schedule_id, today)
    if schedule is None:
        return
    schedule.wake_on = today + _ONE_DAY
    await _say(
        session,
        schedule,
        NotificationKind.SCHEDULE_PROBLEM,
        key=f"failed:{today}",
        title=f"{schedule.name} could not be settled",
        message="Something went wrong on our side and has been logged. It is tried again tomorrow.",
    )


async def _say(
    session: AsyncSession, schedule: Schedule, kind: NotificationKind, *, key: str, title: str, message: str
) -> None:
    new = NewNotification(kind, f"{key}:{schedule.id}", title, message, schedule.id)
    await NotificationRepository(session).notify(schedule.user_id, new)
