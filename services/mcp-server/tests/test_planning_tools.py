"""What the tools say about plans: budgets, goals, recurring payments and notifications."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import anyio
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.support.books import ROWS, Person, Row, keep_books
from wealth_core.budgets import Rollover
from wealth_core.database import Database
from wealth_core.models import (
    Account,
    Budget,
    Category,
    Goal,
    GoalContribution,
    NotificationKind,
    Schedule,
    ScheduleKind,
)
from wealth_core.periods import utc_today
from wealth_core.repositories import (
    BudgetRepository,
    GoalRepository,
    NewNotification,
    NotificationRepository,
    ScheduleRepository,
)
from wealth_core.settings import DatabaseSettings

pytestmark = pytest.mark.anyio

TOOLS = ("budget_status", "list_goals", "list_recurring", "list_notifications")
START = dt.date(2026, 10, 1)


async def plan(url: str, person: Person) -> None:
    """A budget for groceries, two goals, a rent that is due every day from tomorrow on, a paused one, three notices."""
    database = Database(DatabaseSettings(database_url=SecretStr(url)))
    async with database.transaction(person.id) as session:
        account = await session.scalar(select(Account).where(Account.name == "Checking"))
        category = await session.scalar(select(Category).where(Category.name == "Groceries"))
        budget = Budget(user_id=person.id, category_id=category.id, currency="USD", rollover=Rollover.ALL)
        await BudgetRepository(session).add(budget)
        await BudgetRepository(session).set_amount(budget, dt.date(2026, 9, 1), Decimal(80))
        boat = Goal(user_id=person.id, name="Boat", target=Decimal(9000), currency="USD")
        car = Goal(user_id=person.id, name="Car", target=Decimal(100), currency="USD")
        session.add_all([boat, car])
        await session.flush()
        await GoalRepository(session).set_accounts(boat, [account.id])
        session.add(
            GoalContribution(user_id=person.id, goal_id=car.id, currency="USD", date=START, amount=Decimal(100))
        )
        for name, paused in (("Rent", False), ("Gym", True)):
            row = Schedule(
                user_id=person.id,
                name=name,
                kind=ScheduleKind.POST,
                rule="FREQ=DAILY",
                start_date=utc_today() + dt.timedelta(days=1),
                amount=Decimal(-10),
                currency="USD",
                account_id=account.id,
                payee=f"{name} Ltd",
                category_id=category.id,
                paused=paused,
                notice_days=0,
            )
            await ScheduleRepository(session).add(row)
            await ScheduleRepository(session).advance(row, row.start_date)
        for key in "abc":
            new = NewNotification(NotificationKind.GOAL_REACHED, key, f"Goal {key}", "It is reached.", car.id)
            await NotificationRepository(session).notify(person.id, new)
        await NotificationRepository(session).mark(
            (await NotificationRepository(session).page(limit=1)).items[0].id, read=True
        )
    await database.close()


@pytest.fixture(scope="session")
def planner(database) -> Person:
    person: Person = anyio.run(keep_books, database.backend, ROWS)
    anyio.run(plan, database.backend, person)
    return person


@pytest.fixture(scope="session")
def stranger(database) -> Person:
    return anyio.run(keep_books, database.backend, [Row("2026-10-03", "Shop", "-6.00", "Groceries")])


async def test_the_status_of_budgets(ask, planner):
    assert (await ask("budget_status", planner, month="2026-10")) == {
        "month": "2026-10",
        "budgets": [
            {
                "id": (await ask("budget_status", planner, month="2026-10"))["budgets"][0]["id"],
                "category": "Groceries",
                "rollover": "all",
                "budgeted": {"amount": "80.00", "currency": "USD"},
                "rolled_over": {"amount": "20.00", "currency": "USD"},
                "available": {"amount": "100.00", "currency": "USD"},
                "spent": {"amount": "100.00", "currency": "USD"},
                "left": {"amount": "0.00", "currency": "USD"},
                "percent": "100.0",
                "state": "warning",
            }
        ],
    }
    assert (await ask("budget_status", planner, month="2026-08"))["budgets"] == []
    assert (await ask("budget_status", planner))["month"] == f"{utc_today():%Y-%m}"


async def test_goals_with_what_is_saved(ask, planner):
    boat, car = (await ask("list_goals", planner))["goals"]
    assert (boat["name"], boat["accounts"], boat["saved"]["amount"]) == ("Boat", ["Checking"], "5687.50")
    assert (car["name"], car["accounts"], car["state"], car["percent"]) == ("Car", [], "reached", "100.0")


async def test_recurring_payments_and_what_is_coming(ask, planner):
    tomorrow = utc_today() + dt.timedelta(days=1)
    answer = await ask("list_recurring", planner, days=2)
    by_name = {one["name"]: one for one in answer["recurring"]}
    rent: dict[str, Any] = by_name["Rent"]
    assert rent == {
        "id": rent["id"],
        "name": "Rent",
        "kind": "post",
        "rule": "FREQ=DAILY",
        "amount": {"amount": "-10.00", "currency": "USD"},
        "payee": "Rent Ltd",
        "account": "Checking",
        "category": "Groceries",
        "next_date": tomorrow.isoformat(),
        "end_date": None,
        "paused": False,
    }
    assert by_name["Gym"]["paused"]
    assert [(one["id"], one["date"]) for one in answer["upcoming"]] == [
        (rent["id"], (tomorrow + dt.timedelta(days=number)).isoformat()) for number in range(2)
    ]
    assert answer["upcoming_until"] == (tomorrow + dt.timedelta(days=1)).isoformat()


async def test_notifications_in_pages(ask, planner):
    first = await ask("list_notifications", planner, limit=2)
    rest = await ask("list_notifications", planner, limit=2, cursor=first["next_cursor"])
    assert [one["title"] for one in first["notifications"] + rest["notifications"]] == ["Goal c", "Goal b", "Goal a"]
    assert (first["unread"], rest["next_cursor"]) == (2, None)
    unread = await ask("list_notifications", planner, unread=True)
    assert [one["title"] for one in unread["notifications"]] == ["Goal b", "Goal a"]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("budget_status", {"month": "october"}, "month"),
        ("list_recurring", {"days": 367}, "days"),
        ("list_recurring", {"user_id": str(uuid.uuid4())}, "user_id"),
        ("list_notifications", {"limit": 101}, "limit"),
        ("list_notifications", {"cursor": "nonsense"}, "cursor"),
        ("list_goals", {"name": "Boat"}, "name"),
    ],
)
async def test_a_wrong_call_is_an_error_that_says_what_is_wrong(ask, planner, tool, arguments, message):
    assert message in (await ask(tool, planner, **arguments))["error"]


async def test_nobody_reads_anybody_elses_plans(ask, planner, stranger):
    for tool in TOOLS:
        answer = str(await ask(tool, stranger))
        for word in ("Groceries", "Boat", "Rent", "Goal"):
            assert word not in answer
