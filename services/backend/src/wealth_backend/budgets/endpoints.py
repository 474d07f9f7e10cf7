import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.budgets import service
from wealth_backend.budgets.schemas import Budget, BudgetChange, BudgetMonth, NewBudget
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.schemas import Month, first_day
from wealth_core.periods import utc_today
from wealth_core.repositories import BudgetRepository

router = routing.router("budgets")


@router.get("")
async def list_budgets(work: UserWork) -> list[Budget]:
    """By the category's name."""
    return [Budget.of(view) for view in await BudgetRepository(work.session).list()]


@router.post("", status_code=201, responses=responses(409))
async def add_budget(wanted: NewBudget, work: UserWork, match: Match) -> Budget:
    """One envelope for a category and a currency. Categories below it count too, unless they have one of their own."""
    return match.tag(Budget.of(await service.add(work, wanted)))


@router.get("/status")
async def budget_status(
    work: UserWork, month: Annotated[Month | None, Query(description="By default this month")] = None
) -> BudgetMonth:
    """What was budgeted, rolled over, spent and is left, for every envelope that there is in the month."""
    day = first_day(month) if month else utc_today()
    return BudgetMonth.of(f"{day:%Y-%m}", list(await BudgetRepository(work.session).status(day)))


# The converter keeps `/status` from being taken for an id.
@router.get("/{budget_id:uuid}", responses=responses(404))
async def get_budget(budget_id: uuid.UUID, work: UserWork, match: Match) -> Budget:
    return match.tag(Budget.of(await service.view(work, budget_id)))


@router.patch("/{budget_id:uuid}", responses=responses(404, 412))
async def change_budget(budget_id: uuid.UUID, wanted: BudgetChange, work: UserWork, match: Match) -> Budget:
    match.check(Budget.of(await service.view(work, budget_id, lock=True)))
    return match.tag(Budget.of(await service.change(work, budget_id, wanted)))


@router.delete("/{budget_id:uuid}", status_code=204, responses=responses(404, 412))
async def delete_budget(budget_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """With its whole history."""
    match.check(Budget.of(await service.view(work, budget_id, lock=True)))
    await service.remove(work, budget_id)
