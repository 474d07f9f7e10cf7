from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.figures import check_order, computed
from wealth_backend.insight.schemas import (
    Anomalies,
    CashFlow,
    Forecast,
    Health,
    NetWorthHistory,
    NetWorthPoint,
    RateUsed,
    Spending,
)
from wealth_backend.problems import invalid, responses
from wealth_backend.schemas import Currency, Day
from wealth_core.insight.forecast import MAX_DAYS
from wealth_core.periods import utc_today
from wealth_core.repositories import InsightQueries, SpendingBy

router = routing.router("insight")

# A period that is compared with two others of its length.
_MAX_PERIOD_DAYS = 3700

AsOf = Annotated[Day | None, Query(alias="date", description="The last day that counts, by default today")]
In = Annotated[Currency | None, Query(description="By default the user's own")]
Months = Annotated[int, Query(ge=1, le=120, description="The current one and those before")]


@router.get("/net-worth", responses=responses(409))
async def net_worth_history(
    work: UserWork, *, months: Months = 12, day: AsOf = None, currency: In = None
) -> NetWorthHistory:
    """What was owned and owed at the end of each month, by that day's prices and exchange rates."""
    code = currency or work.user.currency
    with computed():
        points = await InsightQueries(work.session).net_worth(day or utc_today(), months, code)
        return NetWorthHistory(
            currency=code,
            points=[NetWorthPoint.of(one) for one in points],
            rates=[RateUsed.of(one) for one in points[-1].rates],
        )


@router.get("/cash-flow", responses=responses(409))
async def cash_flow(work: UserWork, *, months: Months = 12, day: AsOf = None, currency: In = None) -> CashFlow:
    """Income, spending and what was kept, month by month, in one currency."""
    with computed():
        found = await InsightQueries(work.session).cash_flow(day or utc_today(), months, currency or work.user.currency)
        return CashFlow.of(found)


@router.get("/spending", responses=responses(409))
async def compared_spending(
    work: UserWork,
    *,
    start: Annotated[Day | None, Query(alias="from", description="By default the first of this month")] = None,
    end: Annotated[Day | None, Query(alias="to", description="By default today")] = None,
    by: SpendingBy = SpendingBy.CATEGORY,
    currency: In = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Spending:
    """Spending of a period by category or payee, next to the period before and the same one a year before."""
    last = end or (start if start and start > utc_today() else utc_today())
    first = start or last.replace(day=1)
    check_order(first, last)
    if (last - first).days > _MAX_PERIOD_DAYS:
        raise invalid("query.from", "A period that is compared may have ten years: choose a later first day.")
    with computed():
        found = await InsightQueries(work.session).spending(
            first, last, currency or work.user.currency, by=by, limit=limit
        )
        return Spending.of(found)


@router.get("/forecast", responses=responses(409))
async def balance_forecast(
    work: UserWork,
    *,
    days: Annotated[int, Query(ge=1, le=MAX_DAYS)] = 90,
    day: AsOf = None,
    currency: In = None,
) -> Forecast:
    """Where the money in cash, bank, card and savings accounts is heading, with an interval for four paths in five."""
    with computed():
        found = await InsightQueries(work.session).forecast(day or utc_today(), days, currency or work.user.currency)
        return Forecast.of(found)


@router.get("/anomalies", responses=responses(409))
async def odd_spending(
    work: UserWork,
    *,
    months: Annotated[int, Query(ge=1, le=12, description="The current one and those before")] = 1,
    day: AsOf = None,
    currency: In = None,
) -> Anomalies:
    """Unusual amounts and months, likely duplicates, and large payments to payees who are new."""
    with computed():
        found = await InsightQueries(work.session).anomalies(day or utc_today(), months, currency or work.user.currency)
        return Anomalies.of(found)


@router.get("/health", responses=responses(409))
async def financial_health(work: UserWork, *, day: AsOf = None, currency: In = None) -> Health:
    """A score from 0 to 100 with what it is made of."""
    with computed():
        score, missing = await InsightQueries(work.session).health(day or utc_today(), currency or work.user.currency)
        return Health.of(score, missing)
