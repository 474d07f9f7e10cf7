import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.figures import check_order, computed
from wealth_backend.portfolio.schemas import Performance, Portfolio
from wealth_backend.problems import responses
from wealth_backend.schemas import Currency, Day
from wealth_core.periods import utc_today
from wealth_core.repositories import PortfolioQueries

router = routing.router("portfolio")


@router.get("", responses=responses(409))
async def get_portfolio(
    work: UserWork,
    *,
    day: Annotated[Day | None, Query(alias="date", description="By default today")] = None,
    currency: Annotated[Currency | None, Query(description="By default the user's own")] = None,
    account_id: uuid.UUID | None = None,
) -> Portfolio:
    """All holdings at the end of a day, by the newest prices and rates on or before it."""
    with computed():
        found = await PortfolioQueries(work.session).portfolio(
            day or utc_today(), currency or work.user.currency, account_id=account_id
        )
        return Portfolio.of(found)


@router.get("/performance", responses=responses(409))
async def get_performance(
    work: UserWork,
    *,
    start: Annotated[Day | None, Query(alias="from", description="By default the first trade's")] = None,
    end: Annotated[Day | None, Query(alias="to", description="By default today")] = None,
    currency: Annotated[Currency | None, Query(description="By default the user's own")] = None,
    account_id: uuid.UUID | None = None,
    security_id: uuid.UUID | None = None,
) -> Performance:
    """Money-weighted and time-weighted return between two days."""
    last = end or utc_today()
    check_order(start, last)
    with computed():
        found = await PortfolioQueries(work.session).performance(
            start, last, currency or work.user.currency, account_id=account_id, security_id=security_id
        )
        return Performance.of(found)
