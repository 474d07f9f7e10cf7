"""What happens by itself: each occurrence is posted once, whoever runs, dies or comes back meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
import uuid
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import delete, select

from tests.support.services import environment
from wealth_backend.scheduler.loop import Scheduler
from wealth_backend.scheduler.occurrences import CATCH_UP_DAYS, settle_due
from wealth_backend.scheduler.reviews import review_due
from wealth_core.budgets import Rollover
from wealth_core.database import Database
from wealth_core.ledger import entry
from wealth_core.migrate import migrate
from wealth_core.models import (
    Account,
    AccountKind,
    Budget,
    Category,
    CategoryKind,
    Goal,
    GoalContribution,
    Notification,
    PlanReview,
    Schedule,
    ScheduleKind,
    ScheduleOccurrence,
    Transaction,
    User,
)
from wealth_core.money import Money
from wealth_core.recurrence import Rule
from wealth_core.repositories import (
    AccountRepository,
    BudgetRepository,
    NotificationRepository,
    PlanReviewRepository,
    ScheduleRepository,
    TransactionRepository,
    UserRepository,
)
from wealth_core.repositories.transactions import NewTransaction
from wealth_core.settings import DatabaseSettings

from .conftest import problem, serve_backend, sign_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from services.conftest import TestDatabase

pytestmark = pytest.mark.anyio

START = date(2026, 10, 1)
PATIENCE_S = 60
AGAIN = timedelta(hours=1)


def open_database(url: str) -> Database:
    return Database(
        DatabaseSettings(
            database_url=SecretStr(url), database_connect_timeout_s=30, database_statement_timeout_ms=30_000
        )
    )


@dataclass(frozen=True)
class Saver:
    """A user with an account and a category in a database of the test's own."""

    database: Database
    id: uuid.UUID
    account_id: uuid.UUID
    category_id: uuid.UUID

    async def schedule(self, rule: str = "daily", start: date = START, **more: Any) -> uuid.UUID:
        wanted = {
            "name": "Rent",
            "kind": ScheduleKind.POST,
            "amount": Decimal(-10),
            "payee": "Landlord",
            "account_id": self.account_id,
            "category_id": self.category_id,
            "categorised": True,
            "notice_days": 0,
        } | more
        row = Schedule(user_id=self.id, rule=str(Rule.parse(rule)), start_date=start, currency="USD", **wanted)
        async with self.database.transaction(self.id) as session:
            await ScheduleRepository(session).add(row)
            await ScheduleRepository(session).advance(row, start)
        return row.id

    async def spend(self, amount: int, day: date = START) -> None:
        postings = entry(Money(Decimal(-amount), "USD"), account_id=self.account_id, category_id=self.category_id)
        async with self.database.transaction(self.id) as session:
            await TransactionRepository(session).record(NewTransaction(uuid.uuid4(), self.id, day, "Shop", postings))

    async def rows(self, statement) -> list[Any]:
        async with self.database.transaction(self.id) as session:
            return list(await session.scalars(statement))

    async def posted(self) -> list[date]:
        return await self.rows(select(Transaction.date).order_by(Transaction.id))

    async def told(self) -> list[str]:
        return await self.rows(select(Notification.title).order_by(Notification.id))

    async def told_and_shown(self) -> list[str]:
        async with self.database.transaction(self.id) as session:
            return [one.title for one in (await NotificationRepository(session).page(limit=10)).items]

    async def get(self, schedule_id: uuid.UUID) -> Schedule:
        (row,) = await self.rows(select(Schedule).where(Schedule.id == schedule_id))
        return row


async def new_saver(database: Database) -> Saver:
    user = User(id=uuid.uuid4(), email=f"{uuid.uuid4().hex}@example.org", name="", currency="USD", password_hash="-")
    account = Account(user_id=user.id, name="Main", kind=AccountKind.BANK, currency="USD")
    category = Category(user_id=user.id, name="Housing", kind=CategoryKind.EXPENSE)
    async with database.transaction() as session:
        await UserRepository(session).register(user)
        session.add_all([account, category])
    return Saver(database, user.id, account.id, category.id)


@pytest.fixture
def own(empty_database) -> TestDatabase:
    """A database in which nothing but the test's own is due."""
    migrate(empty_database.migration_settings())
    return empty_database


@pytest.fixture
async def replicas(own) -> AsyncIterator[list[Database]]:
    """Three with engines of their own."""
    opened = [open_database(own.backend) for _ in range(3)]
    yield opened
    for database in opened:
        await database.close()


@pytest.fixture
async def saver(replicas) -> Saver:
    return await new_saver(replicas[0])


def days(count: int, first: date = START) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


async def settle_together(replicas: list[Database], today: date) -> None:
    for _ in range(50):
        if not sum(await asyncio.gather(*(settle_due(database, today) for database in replicas))):
            return
    raise AssertionError("it does not come to an end")


async def test_three_replicas_post_each_occurrence_once(replicas):
    savers = [await new_saver(replicas[0]) for _ in range(3)]
    for saver in savers:
        for _ in range(4):
            await saver.schedule()
    await settle_together(replicas, START + timedelta(days=9))
    for saver in savers:
        assert sorted(await saver.posted()) == sorted(days(10) * 4)
        assert len(await saver.rows(select(ScheduleOccurrence.date))) == 40
    assert await settle_due(replicas[0], START + timedelta(days=9)) == 0


async def test_the_claim_holds_even_where_the_lock_does_not(replicas, saver):
    """Two that both believe an occurrence to be theirs: the second waits for the first, and then has nothing to do."""
    schedule_id = await saver.schedule()

    async def post(database: Database) -> bool:
        async with database.transaction(saver.id) as session:
            row = await ScheduleRepository(session).get(schedule_id)
            claimed = await ScheduleRepository(session).claim(row, START, "posted")
            await asyncio.sleep(0.2)
            return claimed

    assert sorted(await asyncio.gather(*map(post, replicas))) == [False, False, True]


async def test_what_was_missed_is_caught_up_with_in_order_as_the_clock_moves_on(replicas, saver):
    schedule_id = await saver.schedule("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 31), end_date=date(2026, 5, 1))
    await settle_due(replicas[0], date(2026, 1, 30))
    assert await saver.posted() == []
    await settle_due(replicas[0], date(2026, 1, 31))
    assert await saver.posted() == [date(2026, 1, 31)]
    await settle_due(replicas[0], date(2026, 4, 15))
    assert await saver.posted() == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert (await saver.get(schedule_id)).next_date == date(2026, 4, 30)
    await settle_due(replicas[0], date(2027, 4, 15))
    assert (await saver.posted())[-1] == date(2026, 4, 30)
    assert (await saver.get(schedule_id)).next_date is None
    assert await settle_due(replicas[0], date(2199, 1, 1)) == 0


async def test_a_posted_transaction_is_that_of_the_schedule(replicas, saver):
    await saver.schedule(note="flat 3")
    await settle_due(replicas[0], START)
    async with replicas[0].transaction(saver.id) as session:
        (view,) = (await TransactionRepository(session).search(_everything())).items
    assert (view.payee, view.note, view.amount) == ("Landlord", "flat 3", Money(Decimal(-10), "USD"))
    assert (view.account_id, view.category_id) == (saver.account_id, saver.category_id)
    assert [row.transaction_id for row in await saver.rows(select(ScheduleOccurrence))] == [view.id]


def _everything():
    from wealth_core.repositories import TransactionFilter  # noqa: PLC0415

    return TransactionFilter()


async def test_what_was_missed_for_too_long_is_said_and_not_posted(replicas, saver):
    await saver.schedule("weekly")
    today = START + timedelta(days=CATCH_UP_DAYS + 14)
    await settle_together(replicas, today)
    posted = await saver.posted()
    assert (posted[0], len(posted)) == (START + timedelta(days=14), 53)
    assert await saver.told() == ["Rent missed 2 occurrences"]


async def test_nothing_is_posted_while_paused_nor_made_up_for(replicas, saver):
    schedule_id = await saver.schedule()
    async with replicas[0].transaction(saver.id) as session:
        (await ScheduleRepository(session).lock(schedule_id)).paused = True
    assert await settle_due(replicas[0], START + timedelta(days=5)) == 0
    assert await saver.posted() == []


async def test_a_schedule_whose_account_is_gone_is_paused_and_that_is_said_once(replicas, saver):
    schedule_id = await saver.schedule()
    async with replicas[0].transaction(saver.id) as session:
        await AccountRepository(session).delete(saver.account_id)
    await settle_together(replicas, START + timedelta(days=3))
    assert (await saver.get(schedule_id)).paused
    assert await saver.told() == ["Rent is paused"]
    assert await saver.posted() == []


async def test_a_category_that_is_gone_keeps_nothing_from_being_posted(replicas, saver):
    await saver.schedule()
    async with replicas[0].transaction(saver.id) as session:
        await session.execute(delete(Category).where(Category.id == saver.category_id))
    await settle_together(replicas, START + timedelta(days=2))
    assert await saver.posted() == days(3)
    assert await saver.told() == ["Rent has no category any more"]


async def test_reminders_come_ahead_of_time_once_and_post_nothing(replicas, saver):
    await saver.schedule("monthly", kind=ScheduleKind.REMIND, notice_days=3)
    assert await settle_due(replicas[0], START - timedelta(days=4)) == 0
    for ahead in (3, 2, 0):
        await settle_together(replicas, START - timedelta(days=ahead))
        assert await saver.told() == ["Rent is due on 2026-10-01"]
    outcomes = await saver.rows(select(ScheduleOccurrence.outcome))
    assert outcomes == ["reminded"]
    await settle_together(replicas, START + timedelta(days=28))
    assert await saver.told() == ["Rent is due on 2026-10-01", "Rent is due on 2026-11-01"]
    assert await saver.posted() == []


async def test_a_schedule_that_breaks_is_put_off_and_keeps_no_other_from_being_posted(replicas, saver, own):
    broken = await saver.schedule(name="Broken", start=START - timedelta(days=1))
    await saver.schedule()
    with psycopg.connect(own.superuser) as connection:
        connection.execute("UPDATE schedules SET rule = 'nonsense' WHERE id = %s", [broken])
    for _ in range(2):
        await settle_due(replicas[0], START)
    assert await saver.posted() == [START]
    assert await saver.told() == ["Broken could not be settled"]
    assert (await saver.get(broken)).wake_on == START + timedelta(days=1)


async def test_a_user_who_leaves_takes_their_schedules_along(replicas, saver):
    await saver.schedule()
    async with replicas[0].transaction(saver.id) as session:
        await UserRepository(session).delete(saver.id)
    assert await settle_due(replicas[0], START) == 0


WORKER = """
import asyncio, datetime, sys
from pydantic import SecretStr
from wealth_backend.scheduler.occurrences import settle_due
from wealth_core.database import Database
from wealth_core.settings import DatabaseSettings

async def main():
    database = Database(DatabaseSettings(database_url=SecretStr(sys.argv[1])))
    while True:
        await settle_due(database, datetime.date.fromisoformat(sys.argv[2]))

asyncio.run(main())
"""


async def test_a_replica_killed_in_the_middle_leaves_nothing_half_done(replicas, saver, own):
    schedules = [await saver.schedule() for _ in range(4)]
    today = START + timedelta(days=99)
    for _ in range(3):
        before = len(await saver.posted())
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WORKER, own.backend, today.isoformat(), env=environment()
        )
        deadline = time.monotonic() + PATIENCE_S
        while len(await saver.posted()) < before + 25:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)
        await worker.wait()
        assert before + 25 <= len(await saver.posted()) < 4 * 100
    await settle_together(replicas, today)
    assert sorted(await saver.posted()) == sorted(days(100) * 4)
    linked = await saver.rows(select(ScheduleOccurrence.transaction_id))
    assert len(set(linked)) == len(linked) == 400
    assert None not in linked
    assert {(await saver.get(one)).next_date for one in schedules} == {today + timedelta(days=1)}


def test_three_backends_post_what_is_due_today_once_and_end_when_told(own, tmp_path):
    today = datetime.now(UTC).date()
    with ExitStack() as stack:
        backends = [
            stack.enter_context(
                serve_backend(own.backend, tmp_path / f"{number}", SCHEDULER_INTERVAL_S=0.1, PLAN_REVIEW_INTERVAL_S=0.1)
            )
            for number in range(3)
        ]
        ada = sign_up(backends[0])
        account = ada.account()
        for number in range(30):
            wanted = {"name": f"Bill {number}", "rule": "daily", "start_date": today.isoformat(), "amount": "-1"}
            assert ada.http.post("/recurring", json=wanted | {"account_id": account}).status_code == 201

        def payees() -> list[str]:
            return [one["payee"] for one in ada.http.get("/transactions", params={"limit": 500}).json()["items"]]

        deadline = time.monotonic() + PATIENCE_S
        while len(payees()) < 30:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        time.sleep(1)
        assert sorted(payees()) == sorted(f"Bill {number}" for number in range(30))
        for backend in backends:
            backend.process.send_signal(signal.SIGTERM)
        for backend in backends:
            assert backend.process.wait(15) in {0, -signal.SIGTERM}
            assert not [line for line in backend.lines() if line["level"] in {"error", "warning"}]


@asynccontextmanager
async def running(database: Database, today: Callable[[], date]) -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(database, 0.1, 0.1, today)
    scheduler.start()
    try:
        yield scheduler
    finally:
        await scheduler.stop()


async def eventually(check) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not await check():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.1)


async def test_it_outlives_a_database_that_goes_away(own_cluster):
    from services.conftest import TestDatabase  # noqa: PLC0415

    own_cluster.execute("CREATE DATABASE wealth OWNER wealth_owner")
    own = TestDatabase(own_cluster, "wealth")
    migrate(own.migration_settings())
    today = START
    async with AsyncExitStack() as stack:
        database = open_database(own.backend)
        stack.push_async_callback(database.close)
        saver = await new_saver(database)
        await saver.schedule()
        await stack.enter_async_context(running(database, lambda: today))

        async def caught_up() -> bool:
            return len(await saver.posted()) == (today - START).days + 1

        await eventually(caught_up)
        own_cluster.stop()
        today = START + timedelta(days=3)
        await asyncio.sleep(1)
        own_cluster.start()
        await eventually(caught_up)
        assert await saver.posted() == days(4)


async def test_a_scheduler_that_is_stopped_does_nothing_any_more(replicas, saver):
    async with running(replicas[0], lambda: START):

        async def posted() -> bool:
            return await saver.posted() == [START]

        await saver.schedule()
        await eventually(posted)
    await saver.schedule()
    await asyncio.sleep(0.5)
    assert await saver.posted() == [START]


async def plan(saver: Saver, amount: int = 100) -> None:
    async with saver.database.transaction(saver.id) as session:
        budget = Budget(user_id=saver.id, category_id=saver.category_id, currency="USD", rollover=Rollover.NONE)
        await BudgetRepository(session).add(budget)
        await BudgetRepository(session).set_amount(budget, START, Decimal(amount))
        await PlanReviewRepository(session).ask(saver.id)


async def review_together(replicas: list[Database], saver: Saver, today: date = START) -> int:
    async with saver.database.transaction(saver.id) as session:
        await PlanReviewRepository(session).ask(saver.id)
    return sum(await asyncio.gather(*(review_due(database, today, AGAIN) for database in replicas)))


async def test_each_threshold_of_a_budget_is_said_once_a_month(replicas, saver):
    await plan(saver)
    await saver.spend(79)
    assert await review_together(replicas, saver) == 1
    assert await saver.told() == []
    await saver.spend(1)
    for _ in range(2):
        await review_together(replicas, saver)
        assert await saver.told() == ["Housing: 80 % of the budget is spent"]
    await saver.spend(20)
    for _ in range(2):
        await review_together(replicas, saver)
        assert await saver.told() == ["Housing: 80 % of the budget is spent", "Housing: the budget is used up"]
    async with replicas[0].transaction(saver.id) as session:
        for one in (await NotificationRepository(session).page(limit=10)).items:
            await NotificationRepository(session).dismiss(one.id)
    await saver.spend(30)
    await review_together(replicas, saver)
    assert len(await saver.told()) == 2
    next_month = date(2026, 11, 1)
    await saver.spend(130, next_month)
    await review_together(replicas, saver, next_month)
    async with replicas[0].transaction(saver.id) as session:
        (shown,) = (await NotificationRepository(session).page(limit=10)).items
    assert shown.title == "Housing: the budget is overspent"
    assert shown.message == "130.00 USD of 100.00 USD are spent in 2026-11, 30.00 USD too much."


async def test_who_is_told_that_all_is_spent_does_not_hear_later_that_most_of_it_is(replicas, saver):
    await plan(saver)
    for amount in (110, -20):
        await saver.spend(amount)
        await review_together(replicas, saver)
        assert await saver.told_and_shown() == ["Housing: the budget is overspent"]


async def test_a_goal_that_is_reached_is_said_once_for_each_target(replicas, saver):
    goal = Goal(user_id=saver.id, name="Boat", target=Decimal(100), currency="USD")
    async with replicas[0].transaction(saver.id) as session:
        session.add(goal)
        await session.flush()
        session.add(
            GoalContribution(user_id=saver.id, goal_id=goal.id, currency="USD", date=START, amount=Decimal(150))
        )
    await review_together(replicas, saver, START - timedelta(days=1))
    assert await saver.told() == []
    for target in (100, 150):
        async with replicas[0].transaction(saver.id) as session:
            (await session.get_one(Goal, goal.id)).target = Decimal(target)
        await review_together(replicas, saver)
        await review_together(replicas, saver)
    assert await saver.told() == ["Boat: the goal is reached"] * 2


async def test_plans_are_reviewed_again_later_and_no_longer_once_there_are_none(replicas, saver):
    await plan(saver)
    assert await review_due(replicas[0], START, AGAIN) == 1
    assert await review_due(replicas[0], START, AGAIN) == 0
    async with replicas[0].transaction(saver.id) as session:
        await session.execute(delete(Budget))
    assert await review_together(replicas, saver) == 1
    assert await saver.rows(select(PlanReview)) == []


def test_a_reminder_can_still_be_posted_and_of_two_at_once_one_is_refused(served, ada, database):
    today = datetime.now(UTC).date().isoformat()
    wanted = {"name": "Power", "kind": "remind", "rule": "monthly", "start_date": today, "amount": "-40"}
    made = ada.http.post("/recurring", json=wanted | {"account_id": ada.account()}).json()

    async def settle() -> None:
        opened = open_database(database.backend)
        await settle_due(opened, datetime.now(UTC).date())
        await opened.close()

    asyncio.run(settle())
    (told,) = ada.http.get("/notifications").json()["items"]
    assert (told["title"], told["message"]) == (f"Power is due on {today}", f"40.00 USD to Power on {today}.")
    assert told["subject_id"] == made["id"]
    answers = []
    url = f"/recurring/{made['id']}/occurrences/{today}/post"
    callers = [threading.Thread(target=lambda: answers.append(ada.http.post(url, json={}))) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    problem(next(answer for answer in answers if answer.status_code == 409), 409, "occurrence_settled")
    assert len(ada.http.get("/transactions").json()["items"]) == 1
