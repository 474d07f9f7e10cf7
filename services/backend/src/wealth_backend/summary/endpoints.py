from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.schemas import Currency, Month, first_day
from wealth_backend.summary.schemas import MonthlySummary
from wealth_core.periods import utc_today
from wealth_core.repositories import SpendingQueries

router = routing.router("summary")


@router.get("/monthly")
async def monthly_summary(
    work: UserWork,
    month: Annotated[Month | None, Query(description="By default this month")] = None,
    currency: Currency | None = None,
    *,
    rolled_up: Annotated[bool, Query(description="Each category with all below it, and only those at the top")] = False,
) -> MonthlySummary:
    """One month next to the one before, in one currency: without a rate nothing is added up across currencies."""
    day = first_day(month) if month else utc_today()
    figures = await SpendingQueries(work.session).monthly_summary(
        day, currency or work.user.currency, rolled_up=rolled_up
    )
    return MonthlySummary.of(figures)
