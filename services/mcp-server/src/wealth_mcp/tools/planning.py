"""What the user has planned: budgets, goals, recurring payments, and what they were told about them."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_core.budgets import BudgetState, Rollover
from wealth_core.goals import GoalState
from wealth_core.models import NotificationKind, ScheduleKind
from wealth_core.periods import utc_today
from wealth_core.repositories import (
    AccountRepository,
    BudgetRepository,
    BudgetStatusView,
    CategoryRepository,
    GoalRepository,
    GoalView,
    NotificationRepository,
    ScheduleRepository,
    ScheduleView,
)
from wealth_mcp.books import Books, Call, open_books
from wealth_mcp.schemas import Amount, Month, first_day


class Budget(BaseModel):
    id: str
    category: str
    rollover: Rollover
    budgeted: Amount
    rolled_over: Amount = Field(description="From the month before; negative where too much was spent")
    available: Amount = Field(description="budgeted plus rolled_over")
    spent: Amount
    left: Amount = Field(description="available minus spent")
    percent: str | None = Field(description="Spent of what was available")
    state: BudgetState


class Budgets(BaseModel):
    month: Month
    budgets: list[Budget]


class Goal(BaseModel):
    id: str
    name: str
    target: Amount
    target_date: dt.date | None
    saved: Amount
    missing: Amount
    percent: str
    per_month: Amount = Field(description="Saved a month over the last 90 days")
    needed_per_month: Amount | None = Field(description="Null without a target date, or once it is reached")
    projected_date: dt.date | None = Field(description="When it is reached at the present pace; null if it never is")
    state: GoalState
    accounts: list[str] = Field(description="Whose balances count; without any it is contributions that count")


class Goals(BaseModel):
    goals: list[Goal]


class Recurring(BaseModel):
    id: str
    name: str
    kind: ScheduleKind = Field(description="post records a transaction on time, remind only says so")
    rule: str = Field(description="RRULE; a day that a month doesn't have is that month's last")
    amount: Amount = Field(description="Negative: spending")
    payee: str
    account: str | None
    category: str | None
    next_date: dt.date | None
    end_date: dt.date | None
    paused: bool


class Upcoming(BaseModel):
    id: str = Field(description="Of the recurring payment")
    name: str
    date: dt.date
    amount: Amount


class RecurringPayments(BaseModel):
    recurring: list[Recurring]
    upcoming: list[Upcoming] = Field(description="In order, within the days asked for; paused ones are left out")
    upcoming_until: dt.date


class Notification(BaseModel):
    id: str
    kind: NotificationKind
    title: str
    message: str
    created_at: dt.datetime
    read: bool


class Notifications(BaseModel):
    notifications: list[Notification]
    unread: int = Field(description="How many there are in all that haven't been read")
    next_cursor: str | None


async def budget_status(
    call: Call,
    month: Annotated[Month | None, Field(description="A month as YYYY-MM; left out: this month")] = None,
) -> Budgets:
    """What is budgeted, rolled over, spent and left in one month, for every category that has a budget."""
    day = first_day(month) if month else utc_today()
    async with open_books(call) as books:
        found = await BudgetRepository(books.session).status(day)
    return Budgets(month=f"{day:%Y-%m}", budgets=[_budget(one) for one in found])


async def list_goals(call: Call) -> Goals:
    """The user's saving goals: how far they are today, what they need a month and when they are reached."""
    async with open_books(call) as books:
        found = await GoalRepository(books.session).list(utc_today())
        names = await _account_names(books)
    return Goals(goals=[_goal(one, names) for one in found])


async def list_recurring(
    call: Call, days: Annotated[int, Field(ge=0, le=366, description="How far ahead upcoming looks")] = 30
) -> RecurringPayments:
    """Recurring payments and income, and what is coming of them within so many days."""
    until = utc_today() + dt.timedelta(days=days)
    async with open_books(call) as books:
        schedules = ScheduleRepository(books.session)
        found, coming = await schedules.list(), await schedules.upcoming(until)
        accounts = await _account_names(books)
        categories = {str(one.id): one.name for one in await CategoryRepository(books.session).list()}
    return RecurringPayments(
        recurring=[_recurring(one, accounts, categories) for one in found],
        upcoming=[
            Upcoming(
                id=str(one.schedule.id),
                name=one.schedule.name,
                date=one.date,
                amount=Amount.of(one.schedule.money),
            )
            for one in coming
        ],
        upcoming_until=until,
    )


async def list_notifications(
    call: Call,
    *,
    unread: Annotated[bool, Field(description="Only what hasn't been read")] = False,
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Field(max_length=100, description="next_cursor of the page before")] = None,
) -> Notifications:
    """What the user was told: budgets nearly spent, bills that are due, goals that are reached. The newest first."""
    async with open_books(call) as books:
        notifications = NotificationRepository(books.session)
        page = await notifications.page(limit=limit, cursor=cursor, unread=unread)
        count = await notifications.unread()
    return Notifications(
        notifications=[
            Notification(
                id=str(one.id),
                kind=one.kind,
                title=one.title,
                message=one.message,
                created_at=one.created_at,
                read=one.read_at is not None,
            )
            for one in page.items
        ],
        unread=count,
        next_cursor=page.next_cursor,
    )


async def _account_names(books: Books) -> dict[str, str]:
    return {str(one.id): one.name for one in await AccountRepository(books.session).list()}


def _budget(one: BudgetStatusView) -> Budget:
    figures = one.figures
    return Budget(
        id=str(one.budget_id),
        category=one.category,
        rollover=one.rollover,
        budgeted=Amount.of(figures.budgeted),
        rolled_over=Amount.of(figures.rolled_over),
        available=Amount.of(figures.available),
        spent=Amount.of(figures.spent),
        left=Amount.of(figures.left),
        percent=None if figures.percent is None else f"{figures.percent:f}",
        state=figures.state,
    )


def _goal(one: GoalView, account_names: dict[str, str]) -> Goal:
    figures = one.progress
    return Goal(
        id=str(one.id),
        name=one.name,
        target=Amount.of(one.target),
        target_date=one.target_date,
        saved=Amount.of(figures.saved),
        missing=Amount.of(figures.missing),
        percent=f"{figures.percent:f}",
        per_month=Amount.of(figures.per_month),
        needed_per_month=None if figures.needed_per_month is None else Amount.of(figures.needed_per_month),
        projected_date=figures.projected_date,
        state=figures.state,
        accounts=[account_names[str(account_id)] for account_id in one.account_ids],
    )


def _recurring(one: ScheduleView, accounts: dict[str, str], categories: dict[str, str]) -> Recurring:
    return Recurring(
        id=str(one.id),
        name=one.name,
        kind=one.kind,
        rule=one.rule,
        amount=Amount.of(one.money),
        payee=one.payee,
        account=accounts.get(str(one.account_id)),
        category=categories.get(str(one.category_id)),
        next_date=one.next_date,
        end_date=one.end_date,
        paused=one.paused,
    )
