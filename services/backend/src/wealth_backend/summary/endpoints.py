from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.schemas import EARLIEST, LATEST, Currency
from wealth_backend.summary.schemas import MonthlySummary
from wealth_core.repositories import SpendingQueries

router = routing.router("summary")


def _month(value: str) -> str:
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        raise ValueError(f"{value[:20]!r} is not a month: write it like 2026-11.") from None
    if not EARLIEST <= first <= LATEST:
        raise ValueError(f"A month has to lie between {EARLIEST:%Y-%m} and {LATEST:%Y-%m}.")
    return value


Month = Annotated[str, AfterValidator(_month), Query(examples=["2026-11"], description="By default this month")]


@router.get("/monthly")
async def monthly_summary(
    work: UserWork,
    month: Month | None = None,
    currency: Currency | None = None,
    *,
    rolled_up: Annotated[bool, Query(description="Each category with all below it, and only those at the top")] = False,
) -> MonthlySummary:
    """One month next to the one before, in one currency: without a rate nothing is added up across currencies."""
    day = date.fromisoformat(f"{month}-01") if month else datetime.now(UTC).date()
    figures = await SpendingQueries(work.session).monthly_summary(
        day, currency or work.user.currency, rolled_up=rolled_up
    )
    return MonthlySummary.of(figures)
