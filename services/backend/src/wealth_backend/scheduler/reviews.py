"""Compares users' plans with their books: envelopes that are nearly or quite used up, goals that are reached."""

import logging
import uuid
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.budgets import FULL_PERCENT, WARNING_PERCENT, BudgetState
from wealth_core.database import Database, DatabaseUnavailableError
from wealth_core.goals import GoalState
from wealth_core.models import NotificationKind
from wealth_core.repositories import (
    BudgetRepository,
    BudgetStatusView,
    DueWork,
    GoalRepository,
    GoalView,
    NewNotification,
    NotificationRepository,
    PlanReviewRepository,
)

_BATCH = 200

_log = logging.getLogger(__name__)


async def review_due(
    database: Database, today: date, again_in: timedelta, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """How many users' plans were reviewed."""
    async with database.transaction() as session:
        due = await DueWork(session).reviews(_BATCH)
    reviewed = 0
    for user_id in due:
        if stopping():
            break
        reviewed += await _try_review(database, user_id, today, again_in)
    return reviewed


async def _try_review(database: Database, user_id: uuid.UUID, today: date, again_in: timedelta) -> bool:
    try:
        async with database.transaction(user_id) as session:
            if not await PlanReviewRepository(session).take(user_id, again_in):
                return False
            await review(session, user_id, today)
    except DatabaseUnavailableError:
        raise
    except Exception:  # noqa: BLE001 - one user's plans mustn't keep the others' from being reviewed
        _log.exception("plan review failed", extra={"user": str(user_id)})
        async with database.transaction(user_id) as session:
            await PlanReviewRepository(session).take(user_id, again_in)
        return False
    return True


async def review(session: AsyncSession, user_id: uuid.UUID, today: date) -> None:
    notifications = NotificationRepository(session)
    budgets = await BudgetRepository(session).status(today)
    goals = await GoalRepository(session).list(today)
    for budget in budgets:
        if budget.figures.reached(FULL_PERCENT):
            # Takes the lower threshold's key: who is told that all is spent needn't hear later that most of it is.
            await notifications.notify(user_id, _nearly_used_up(budget), shown=False)
            await notifications.notify(user_id, _used_up(budget))
        elif budget.figures.reached(WARNING_PERCENT):
            await notifications.notify(user_id, _nearly_used_up(budget))
    for goal in goals:
        if goal.progress.state is GoalState.REACHED:
            await notifications.notify(user_id, _reached(goal))
    if not budgets and not goals and not await BudgetRepository(session).list():
        await PlanReviewRepository(session).end(user_id)


def _nearly_used_up(budget: BudgetStatusView) -> NewNotification:
    figures = budget.figures
    return NewNotification(
        NotificationKind.BUDGET_WARNING,
        f"budget:{budget.budget_id}:{figures.month:%Y-%m}:{WARNING_PERCENT}",
        f"{budget.category}: {WARNING_PERCENT} % of the budget is spent",
        f"{figures.spent} of {figures.available} are spent in {figures.month:%Y-%m}, {figures.left} are left.",
        budget.budget_id,
    )


def _used_up(budget: BudgetStatusView) -> NewNotification:
    figures = budget.figures
    over = figures.state is BudgetState.OVER
    return NewNotification(
        NotificationKind.BUDGET_FULL,
        f"budget:{budget.budget_id}:{figures.month:%Y-%m}:{FULL_PERCENT}",
        f"{budget.category}: the budget is {'overspent' if over else 'used up'}",
        f"{figures.spent} of {figures.available} are spent in {figures.month:%Y-%m}"
        + (f", {-figures.left} too much." if over else ": nothing is left."),
        budget.budget_id,
    )


def _reached(goal: GoalView) -> NewNotification:
    return NewNotification(
        NotificationKind.GOAL_REACHED,
        f"goal:{goal.id}:{goal.target}",
        f"{goal.name}: the goal is reached",
        f"{goal.progress.saved} are saved, the goal was {goal.target}.",
        goal.id,
    )
