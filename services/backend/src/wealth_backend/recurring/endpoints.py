import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.etags import Match
from wealth_backend.problems import responses
from wealth_backend.recurring import service
from wealth_backend.recurring.schemas import (
    NewRecurring,
    Occurrence,
    PostOccurrence,
    Recurring,
    RecurringChange,
    RecurringTerms,
    Suggestion,
    Upcoming,
)
from wealth_backend.schemas import Day
from wealth_core.repositories import ScheduleRepository, ScheduleView

router = routing.router("recurring")


def _tagged(match: Match, view: ScheduleView) -> Recurring:
    """The tag stands for what people have settled: that an occurrence was posted meanwhile is no change of theirs."""
    match.tag(RecurringTerms.of(view))
    return Recurring.of(view)


@router.get("")
async def list_recurring(work: UserWork) -> list[Recurring]:
    """What comes next comes first."""
    return [Recurring.of(view) for view in await ScheduleRepository(work.session).list()]


@router.post("", status_code=201)
async def add_recurring(wanted: NewRecurring, work: UserWork, match: Match) -> Recurring:
    """Days are days in UTC. What falls on a day is posted once, on that day or as soon as the backend runs again."""
    return _tagged(match, await service.add(work, wanted))


@router.get("/upcoming")
async def list_upcoming(
    work: UserWork, days: Annotated[int, Query(ge=0, le=service.MAX_AHEAD_DAYS)] = 30
) -> list[Upcoming]:
    """What isn't settled and due within so many days, at most 500; schedules that are paused are left out."""
    return [Upcoming.of(view) for view in await service.upcoming(work, days)]


@router.get("/suggestions")
async def list_suggestions(work: UserWork) -> list[Suggestion]:
    """Payments that seem to recur and have no schedule yet, the largest first."""
    return [Suggestion.of(pattern) for pattern in await service.suggestions(work)]


# The converter keeps `/upcoming` from being taken for an id.
@router.get("/{recurring_id:uuid}", responses=responses(404))
async def get_recurring(recurring_id: uuid.UUID, work: UserWork, match: Match) -> Recurring:
    return _tagged(match, await service.view(work, recurring_id))


@router.patch("/{recurring_id:uuid}", responses=responses(404, 412))
async def change_recurring(recurring_id: uuid.UUID, wanted: RecurringChange, work: UserWork, match: Match) -> Recurring:
    match.check(RecurringTerms.of(await service.view(work, recurring_id, lock=True)))
    return _tagged(match, await service.change(work, recurring_id, wanted))


@router.delete("/{recurring_id:uuid}", status_code=204, responses=responses(404, 412))
async def delete_recurring(recurring_id: uuid.UUID, work: UserWork, match: Match) -> None:
    """The transactions that it posted stay."""
    match.check(RecurringTerms.of(await service.view(work, recurring_id, lock=True)))
    await service.remove(work, recurring_id)


@router.post("/{recurring_id:uuid}/occurrences/{occurrence}/post", responses=responses(404, 409))
async def post_occurrence(
    recurring_id: uuid.UUID, occurrence: Day, wanted: PostOccurrence, work: UserWork
) -> Occurrence:
    """Posts one occurrence now, ahead of time or after a reminder."""
    return Occurrence.of(await service.post(work, recurring_id, occurrence, wanted))


@router.post("/{recurring_id:uuid}/occurrences/{occurrence}/skip", responses=responses(404, 409))
async def skip_occurrence(recurring_id: uuid.UUID, occurrence: Day, work: UserWork) -> Occurrence:
    """Leaves one occurrence out."""
    return Occurrence.of(await service.skip(work, recurring_id, occurrence))
