import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.goals import service
from wealth_backend.goals.schemas import (
    Contribution,
    ContributionPage,
    Goal,
    GoalChange,
    GoalTerms,
    NewContribution,
    NewGoal,
)
from wealth_backend.problems import responses
from wealth_core.periods import utc_today
from wealth_core.repositories import GoalRepository, GoalView

router = routing.router("goals")


def _tagged(match: Match, view: GoalView) -> Goal:
    """The tag stands for what people have settled: that money came in meanwhile is no change of theirs."""
    match.tag(GoalTerms.of(view))
    return Goal.of(view)


@router.get("")
async def list_goals(work: UserWork) -> list[Goal]:
    """By name."""
    return [Goal.of(view) for view in await GoalRepository(work.session).list(utc_today())]


@router.post("", status_code=201, responses=responses(409))
async def add_goal(wanted: NewGoal, work: UserWork, match: Match) -> Goal:
    """What is saved is either the balance of accounts or what is contributed by hand."""
    return _tagged(match, await service.add(work, wanted))


@router.get("/{goal_id}", responses=responses(404))
async def get_goal(goal_id: uuid.UUID, work: UserWork, match: Match) -> Goal:
    return _tagged(match, await service.view(work, goal_id))


@router.patch("/{goal_id}", responses=responses(404, 409, 412))
async def change_goal(goal_id: uuid.UUID, wanted: GoalChange, work: UserWork, match: Match) -> Goal:
    match.check(GoalTerms.of(await service.view(work, goal_id, lock=True)))
    return _tagged(match, await service.change(work, goal_id, wanted))


@router.delete("/{goal_id}", status_code=204, responses=responses(404, 412))
async def delete_goal(goal_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """With its contributions; accounts and transactions stay."""
    match.check(GoalTerms.of(await service.view(work, goal_id, lock=True)))
    await service.remove(work, goal_id)


@router.get("/{goal_id}/contributions", responses=responses(404))
async def list_contributions(
    goal_id: uuid.UUID,
    work: UserWork,
    *,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ContributionPage:
    """What was entered last comes first."""
    page = await service.contributions(work, goal_id, limit=limit, cursor=cursor)
    return ContributionPage(items=[Contribution.of(row) for row in page.items], next_cursor=page.next_cursor)


@router.post("/{goal_id}/contributions", status_code=201, responses=responses(404, 409))
async def add_contribution(goal_id: uuid.UUID, wanted: NewContribution, work: UserWork) -> Contribution:
    return Contribution.of(await service.contribute(work, goal_id, wanted))


@router.delete("/{goal_id}/contributions/{contribution_id}", status_code=204, responses=responses(404))
async def delete_contribution(goal_id: uuid.UUID, contribution_id: uuid.UUID, work: UserWork) -> None:
    await service.remove_contribution(work, goal_id, contribution_id)
