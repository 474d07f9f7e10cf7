"""What the books say about a person's money: net worth, cash flow, a forecast, what is odd, and a health score."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_core.insight.anomalies import AnomalyKind
from wealth_core.insight.flows import MonthFlow
from wealth_core.insight.forecast import MAX_DAYS, ForecastPoint
from wealth_core.insight.health import Factor
from wealth_core.periods import utc_today
from wealth_core.repositories import InsightQueries
from wealth_mcp.books import Call, open_books
from wealth_mcp.schemas import Amount, Currency, Month, percent

_STEP_DAYS = 7
_MOST_ANOMALIES = 50

Months = Annotated[int, Field(ge=1, le=120, description="The current month and so many before it, less one")]
Others = Annotated[list[str], Field(description="Currencies with transactions in the period that are NOT included")]
MissingRates = Annotated[
    list[str], Field(description="Pairs like EUR/USD: without their exchange rate money is NOT included")
]


class NetWorthPoint(BaseModel):
    date: dt.date
    net_worth: Amount
    assets: Amount
    liabilities: Amount = Field(description="Positive: what accounts are below zero")
    investments: Amount = Field(description="What securities were worth; part of the assets")
    not_included: list[Amount] = Field(description="Amounts without an exchange rate")
    missing_rates: MissingRates
    unpriced: list[str] = Field(description="Symbols held that never had a price, NOT included")


class NetWorthHistory(BaseModel):
    currency: str
    points: list[NetWorthPoint] = Field(description="Month ends, the oldest first; the last is today")
    change: Amount = Field(description="From the first point to the last")


class Flow(BaseModel):
    income: Amount
    expense: Amount
    net: Amount = Field(description="income minus expense")
    savings_rate_percent: str | None = Field(description="What was kept of the income; null without income")


class MonthlyFlow(Flow):
    month: Month


class CashFlow(BaseModel):
    currency: str
    other_currencies: Others
    months: list[MonthlyFlow] = Field(description="The oldest first; the current one up to today")
    total: Flow


class BalancePoint(BaseModel):
    date: dt.date
    expected: Amount
    low: Amount = Field(description="10 % of paths lie below")
    high: Amount = Field(description="10 % of paths lie above")


class BalanceForecast(BaseModel):
    currency: str
    balance: Amount = Field(description="Today, in cash, bank, card and savings accounts of the currency")
    points: list[BalancePoint] = Field(description="Every week and the last day; empty where the past is too short")
    lowest: BalancePoint | None = Field(description="The day with the lowest expected balance")
    method: str
    months_used: int = Field(description="Complete months of history that it draws from")
    planned: int = Field(description="Known and planned flows that are in it")
    reason: str | None = Field(description="Why there are no points")


class Anomaly(BaseModel):
    kind: AnomalyKind
    date: dt.date
    payee: str | None
    category: str | None
    amount: Amount
    usual: Amount | None = Field(description="Median of what it was compared with")
    reason: str
    transaction_ids: list[str]


class Anomalies(BaseModel):
    date_from: dt.date
    date_to: dt.date
    currency: str
    payments: int = Field(description="How many were looked at")
    found: int = Field(description="How many anomalies there are in all")
    anomalies: list[Anomaly] = Field(description="The newest first, at most 50")
    reason: str | None = Field(description="What could not be looked for")


class HealthFactor(BaseModel):
    factor: Factor
    weight: int
    value: str | None = Field(description="A fraction; of the emergency fund, months")
    score: int | None = Field(description="0 to 100; null where data is missing")
    explanation: str


class HealthScore(BaseModel):
    currency: str
    score: int | None = Field(description="0 to 100, of the factors that are known")
    factors: list[HealthFactor]
    missing_rates: MissingRates
    reason: str | None = Field(description="Why there is no score")


async def net_worth(call: Call, months: Months = 12, currency: Currency = None) -> NetWorthHistory:
    """What the user owns minus what they owe, at each month's end, by that day's prices and exchange rates."""
    async with open_books(call) as books:
        code = books.currency(currency)
        points = await InsightQueries(books.session).net_worth(utc_today(), months, code)
        return NetWorthHistory(
            currency=code,
            points=[
                NetWorthPoint(
                    date=one.day,
                    net_worth=Amount.of(one.net),
                    assets=Amount.of(one.assets),
                    liabilities=Amount.of(one.liabilities),
                    investments=Amount.of(one.investments),
                    not_included=[Amount.of(money) for money in one.unconverted],
                    missing_rates=one.missing_rates,
                    unpriced=list(one.unpriced),
                )
                for one in points
            ],
            change=Amount.of(points[-1].net - points[0].net),
        )


async def cash_flow(call: Call, months: Months = 12, currency: Currency = None) -> CashFlow:
    """Income, spending and what was kept in each month."""
    async with open_books(call) as books:
        found = await InsightQueries(books.session).cash_flow(utc_today(), months, books.currency(currency))
        return CashFlow(
            currency=found.currency,
            other_currencies=list(found.other_currencies),
            months=[MonthlyFlow(month=f"{one.month:%Y-%m}", **vars(_flow(one))) for one in found.months],
            total=_flow(found.total),
        )


async def forecast(
    call: Call,
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)] = 90,
    currency: Currency = None,
) -> BalanceForecast:
    """Where the money in the user's accounts is heading, with an interval that holds four of five possible futures."""
    async with open_books(call) as books:
        code = books.currency(currency)
        found = await InsightQueries(books.session).forecast(utc_today(), days, code)
    shown = found.points[_STEP_DAYS - 1 :: _STEP_DAYS]
    if found.points and (not shown or shown[-1] is not found.points[-1]):
        shown = [*shown, found.points[-1]]
    return BalanceForecast(
        currency=code,
        balance=Amount.of(found.balance),
        points=[_point(point) for point in shown],
        lowest=_point(found.lowest) if found.lowest else None,
        method=found.method,
        months_used=len(found.months_used),
        planned=found.planned,
        reason=found.reason,
    )


async def anomalies(
    call: Call,
    months: Annotated[int, Field(ge=1, le=12, description="The current month and so many before it, less one")] = 1,
    currency: Currency = None,
) -> Anomalies:
    """Spending out of the ordinary: unusual amounts and months, likely duplicates, large payments to new payees."""
    async with open_books(call) as books:
        found = await InsightQueries(books.session).anomalies(utc_today(), months, books.currency(currency))
    return Anomalies(
        date_from=found.start,
        date_to=found.end,
        currency=found.currency,
        payments=found.payments,
        found=len(found.found),
        anomalies=[
            Anomaly(
                kind=one.kind,
                date=one.date,
                payee=one.payee,
                category=one.category,
                amount=Amount.of(one.amount),
                usual=Amount.of(one.usual) if one.usual else None,
                reason=one.reason,
                transaction_ids=[str(row_id) for row_id in one.transaction_ids],
            )
            for one in found.found[:_MOST_ANOMALIES]
        ],
        reason=found.reason,
    )


async def health_score(call: Call, currency: Currency = None) -> HealthScore:
    """How healthy the user's finances are, from 0 to 100, and what the score is made of."""
    async with open_books(call) as books:
        found, missing = await InsightQueries(books.session).health(utc_today(), books.currency(currency))
    return HealthScore(
        currency=found.currency,
        score=found.score,
        factors=[
            HealthFactor(
                factor=one.factor,
                weight=one.weight,
                value=None if one.value is None else f"{one.value:f}",
                score=one.score,
                explanation=one.explanation,
            )
            for one in found.factors
        ],
        missing_rates=missing,
        reason=found.reason,
    )


def _flow(one: MonthFlow) -> Flow:
    return Flow(
        income=Amount.of(one.income),
        expense=Amount.of(one.expense),
        net=Amount.of(one.net),
        savings_rate_percent=percent(one.net.amount, one.income.amount),
    )


def _point(one: ForecastPoint) -> BalancePoint:
    return BalancePoint(
        date=one.date, expected=Amount.of(one.expected), low=Amount.of(one.low), high=Amount.of(one.high)
    )
