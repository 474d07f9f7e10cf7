from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from wealth_backend.dependencies import UserWork
from wealth_backend.problems import responses
from wealth_backend.schemas import Currency, Month, first_day
from wealth_backend.summary.schemas import MonthlySummary
from wealth_core.repositories import SpendingQueries

router = APIRouter(prefix="/summary", tags=["summary"], responses=responses(401))


@router.get("/monthly")
async def monthly_summary(
    work: UserWork,
    month: Annotated[Month | None, Query(description="By default this month")] = None,
    currency: Currency | None = None,
) -> MonthlySummary:
    """One month next to the one before, in one currency: without a rate nothing is added up across currencies."""
    day = first_day(month) if month else datetime.now(UTC).date()
    figures = await SpendingQueries(work.session).monthly_summary(day, currency or work.user.currency)
    return MonthlySummary.of(figures)
