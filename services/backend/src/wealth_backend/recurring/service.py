import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from wealth_backend.amounts import money_of
from wealth_backend.dependencies import Work
from wealth_backend.problems import Problem, invalid, not_found
from wealth_backend.recurring import posting
from wealth_backend.recurring.schemas import NewRecurring, PostOccurrence, RecurringChange
from wealth_core.models import Account, OccurrenceOutcome, Schedule, ScheduleKind
from wealth_core.money import Money
from wealth_core.patterns import Pattern, find_patterns
from wealth_core.periods import utc_today
from wealth_core.recurrence import Rule
from wealth_core.repositories import (
    AccountRepository,
    CategoryRepository,
    OccurrenceView,
    ScheduleRepository,
    ScheduleView,
    UpcomingView,
)

MAX_AHEAD_DAYS = 366
# Three payments a year apart, the last of them a while ago.
_LOOK_BACK_DAYS = 1300
_MAX_SUGGESTIONS = 50

# A change of one of these moves the occurrences.
_SHAPE = {"rule", "start_date", "end_date"}


async def add(work: Work, wanted: NewRecurring) -> ScheduleView:
    account = await _account(work, wanted.account_id)
    currency = wanted.currency or (account.currency if account else work.user.currency)
    if account is not None and currency != account.currency:
        raise invalid("currency", f"“{account.name}” is in {account.currency}: leave the currency out.")
    await _check_category(work, wanted.category_id)
    schedule = Schedule(
        user_id=work.user_id,
        name=wanted.name,
        kind=wanted.kind,
        rule=wanted.rule,
        start_date=wanted.start_date,
        end_date=wanted.end_date,
        amount=_money(wanted.amount, currency).amount,
        currency=currency,
        account_id=wanted.account_id,
        payee=wanted.payee or wanted.name,
        note=wanted.note or "",
        category_id=wanted.category_id,
        categorised=wanted.category_id is not None,
        notice_days=wanted.notice_days,
        paused=False,
    )
    _check(schedule)
    schedules = ScheduleRepository(work.session)
    await schedules.add(schedule)
    await schedules.advance(schedule, utc_today())
    if schedule.next_date is None:
        raise invalid("rule", "This has no occurrence from today on: let it end later, or start it later.")
    return ScheduleView.of(schedule)


async def change(work: Work, schedule_id: uuid.UUID, wanted: RecurringChange) -> ScheduleView:
    schedules = ScheduleRepository(work.session)
    schedule = await schedules.lock(schedule_id)
    if schedule is None:
        raise not_found("schedule")
    given = wanted.model_fields_set
    resumed = schedule.paused and wanted.paused is False
    await _apply(work, schedule, wanted)
    _check(schedule)
    await work.session.flush()
    if resumed or given & _SHAPE:
        await schedules.advance(schedule, utc_today())
    elif "notice_days" in given and schedule.next_date is not None:
        await schedules.advance(schedule, schedule.next_date)
    return ScheduleView.of(schedule)


async def _apply(work: Work, schedule: Schedule, wanted: RecurringChange) -> None:
    given = wanted.model_fields_set
    schedule.name = wanted.name or schedule.name
    schedule.kind = wanted.kind or schedule.kind
    schedule.rule = wanted.rule or schedule.rule
    schedule.start_date = wanted.start_date or schedule.start_date
    if "end_date" in given:
        schedule.end_date = wanted.end_date
    if "payee" in given:
        schedule.payee = wanted.payee or schedule.name
    if "note" in given:
        schedule.note = wanted.note or ""
    if wanted.notice_days is not None:
        schedule.notice_days = wanted.notice_days
    if wanted.paused is not None:
        schedule.paused = wanted.paused
    amount = f"{schedule.amount.normalize():f}" if wanted.amount is None else wanted.amount
    if "account_id" in given:
        account = await _account(work, wanted.account_id)
        schedule.account_id = wanted.account_id
        schedule.currency = account.currency if account else schedule.currency
    schedule.amount = _money(amount, schedule.currency).amount
    if "category_id" in given:
        await _check_category(work, wanted.category_id)
        schedule.category_id = wanted.category_id
        schedule.categorised = wanted.category_id is not None


async def remove(work: Work, schedule_id: uuid.UUID) -> None:
    if not await ScheduleRepository(work.session).delete(schedule_id):
        raise not_found("schedule")


async def view(work: Work, schedule_id: uuid.UUID, *, lock: bool = False) -> ScheduleView:
    schedules = ScheduleRepository(work.session)
    if lock:
        await schedules.lock(schedule_id)
    found = await schedules.view(schedule_id)
    if found is None:
        raise not_found("schedule")
    return found


async def upcoming(work: Work, days: int) -> Sequence[UpcomingView]:
    return await ScheduleRepository(work.session).upcoming(utc_today() + timedelta(days=days))


async def suggestions(work: Work) -> Sequence[Pattern]:
    """What seems to recur in the last years and has no schedule yet."""
    today = utc_today()
    schedules = ScheduleRepository(work.session)
    payments = await schedules.payments(today - timedelta(days=_LOOK_BACK_DAYS), today)
    known = {(one.payee.casefold(), one.money.amount > 0) for one in await schedules.list()}
    found = [
        one
        for one in find_patterns(payments, today)
        if (one.latest.payee.casefold(), one.latest.money.amount > 0) not in known
    ]
    return found[:_MAX_SUGGESTIONS]


async def post(work: Work, schedule_id: uuid.UUID, occurrence: date, wanted: PostOccurrence) -> OccurrenceView:
    schedule = await _of_occurrence(work, schedule_id, occurrence)
    problem = await posting.obstacle(work.session, schedule)
    if problem is not None:
        raise Problem(409, "not_postable", f"This can't be posted. {problem}")
    money = None if wanted.amount is None else _money(wanted.amount, schedule.currency)
    await _claim(work, schedule, occurrence, OccurrenceOutcome.POSTED)
    await posting.record(
        work.session, schedule, occurrence, money=money, day=wanted.date or min(occurrence, utc_today())
    )
    return await _settled(work, schedule, occurrence)


async def skip(work: Work, schedule_id: uuid.UUID, occurrence: date) -> OccurrenceView:
    schedule = await _of_occurrence(work, schedule_id, occurrence)
    await _claim(work, schedule, occurrence, OccurrenceOutcome.SKIPPED)
    return await _settled(work, schedule, occurrence)


async def _of_occurrence(work: Work, schedule_id: uuid.UUID, occurrence: date) -> Schedule:
    """The schedule, locked, if it has the occurrence."""
    schedule = await ScheduleRepository(work.session).lock(schedule_id)
    if schedule is None:
        raise not_found("schedule")
    is_near = occurrence <= utc_today() + timedelta(days=MAX_AHEAD_DAYS)
    if not is_near or not Rule.parse(schedule.rule).falls_on(occurrence, schedule.start_date, end=schedule.end_date):
        raise not_found("occurrence")
    return schedule


async def _claim(work: Work, schedule: Schedule, occurrence: date, outcome: OccurrenceOutcome) -> None:
    if not await ScheduleRepository(work.session).claim(schedule, occurrence, outcome):
        raise Problem(
            409, "occurrence_settled", "This occurrence was posted or skipped already: there is nothing to do."
        )


async def _settled(work: Work, schedule: Schedule, occurrence: date) -> OccurrenceView:
    schedules = ScheduleRepository(work.session)
    if schedule.next_date == occurrence:
        await schedules.advance(schedule, occurrence)
    settled = await schedules.occurrence(schedule.id, occurrence)
    if settled is None:
        raise not_found("occurrence")
    return settled


def _check(schedule: Schedule) -> None:
    if schedule.kind is ScheduleKind.POST and schedule.account_id is None:
        raise invalid("account_id", "To post, a schedule needs an account: choose one of yours, or only be reminded.")
    if schedule.end_date is not None and schedule.end_date < schedule.start_date:
        raise invalid("end_date", "The end is before the start: swap them.")


def _money(amount: str, currency: str) -> Money:
    money = money_of(amount, currency)
    if not money.amount:
        raise invalid("amount", "A schedule of 0 moves nothing: give an amount.")
    return money


async def _account(work: Work, account_id: uuid.UUID | None) -> Account | None:
    if account_id is None:
        return None
    account = await AccountRepository(work.session).get(account_id)
    if account is None:
        raise invalid("account_id", "There is no such account: choose one of yours.")
    if posting.is_archived(account):
        raise invalid("account_id", f"“{account.name}” is archived: choose another account.")
    return account


async def _check_category(work: Work, category_id: uuid.UUID | None) -> None:
    if category_id is not None and await CategoryRepository(work.session).get(category_id) is None:
        raise invalid("category_id", "There is no such category: choose one of yours, or none.")
