import uuid
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.figures import plain
from wealth_backend.schemas import Money
from wealth_core.insight import anomalies, flows, forecast, health
from wealth_core.insight.anomalies import AnomalyKind
from wealth_core.insight.health import Factor
from wealth_core.insight.net_worth import NetWorth
from wealth_core.investments import exact, rates

_OTHERS = "Moved in the period too, and not in these figures"
_SHARE = "A fraction: 0.1 is 10 %; null where it would say nothing"

Share = Annotated[str | None, Field(description=_SHARE, examples=["0.1250"])]
MonthText = Annotated[str, Field(examples=["2026-11"])]


class RateUsed(BaseModel):
    base: str
    quote: str
    rate: Annotated[str, Field(description="One unit of base in quote")]
    date: Annotated[Date, Field(description="Of the older one where two were needed")]
    via: Annotated[str | None, Field(description="The currency between two rates")]

    @classmethod
    def of(cls, one: rates.Rate) -> "RateUsed":
        return cls(base=one.base, quote=one.quote, rate=plain(exact.rounded(one.value, 12)), date=one.date, via=one.via)


class NetWorthPoint(BaseModel):
    date: Date
    assets: Annotated[Money, Field(description="Accounts above zero, and investments")]
    liabilities: Annotated[Money, Field(description="What accounts are below zero, as a positive amount")]
    investments: Annotated[Money, Field(description="What securities were worth; part of the assets")]
    net_worth: Money
    unconverted: Annotated[list[Money], Field(description="In no figure, as there is no exchange rate")]
    missing_rates: Annotated[list[str], Field(description="Pairs to import a rate for", examples=[["EUR/USD"]])]
    unpriced: Annotated[list[str], Field(description="Symbols held that never had a price, in no figure")]

    @classmethod
    def of(cls, one: NetWorth) -> "NetWorthPoint":
        return cls(
            date=one.day,
            assets=Money.of(one.assets),
            liabilities=Money.of(one.liabilities),
            investments=Money.of(one.investments),
            net_worth=Money.of(one.net),
            unconverted=[Money.of(money) for money in one.unconverted],
            missing_rates=one.missing_rates,
            unpriced=list(one.unpriced),
        )


class NetWorthHistory(BaseModel):
    currency: str
    points: Annotated[list[NetWorthPoint], Field(description="Month ends, the oldest first; the last is today")]
    rates: Annotated[list[RateUsed], Field(description="What the last point was converted by")]


class Flow(BaseModel):
    income: Money
    expense: Money
    net: Money
    savings_rate: Share

    @classmethod
    def of(cls, one: flows.MonthFlow) -> "Flow":
        return cls(
            income=Money.of(one.income),
            expense=Money.of(one.expense),
            net=Money.of(one.net),
            savings_rate=_text(one.savings_rate),
        )


class MonthFlow(Flow):
    month: MonthText


class CashFlow(BaseModel):
    currency: str
    months: Annotated[list[MonthFlow], Field(description="The oldest first")]
    total: Flow
    other_currencies: Annotated[list[str], Field(description=_OTHERS)]

    @classmethod
    def of(cls, one: flows.CashFlow) -> "CashFlow":
        return cls(
            currency=one.currency,
            months=[MonthFlow(month=f"{month.month:%Y-%m}", **vars(Flow.of(month))) for month in one.months],
            total=Flow.of(one.total),
            other_currencies=list(one.other_currencies),
        )


class Period(BaseModel):
    first: Date
    last: Date


class ComparedAmount(BaseModel):
    amount: Money
    previous: Annotated[Money, Field(description="In the period before")]
    change: Money
    change_share: Share
    year_before: Annotated[Money, Field(description="In the same period a year before")]
    year_change: Money
    year_change_share: Share
    transactions: Annotated[int, Field(description="Of this period")]

    @classmethod
    def of(cls, one: flows.Compared) -> "ComparedAmount":
        return cls(
            amount=Money.of(one.amount),
            previous=Money.of(one.previous),
            change=Money.of(one.change),
            change_share=_text(one.change_share),
            year_before=Money.of(one.year_before),
            year_change=Money.of(one.year_change),
            year_change_share=_text(one.year_change_share),
            transactions=one.transactions,
        )


class ComparedItem(ComparedAmount):
    label: Annotated[str, Field(description="The category or payee")]
    share: Annotated[str | None, Field(description="Of all spending of this period, from 0 to 1")]


class Spending(BaseModel):
    currency: str
    period: Period
    previous: Annotated[Period, Field(description="As many months, or days, before")]
    year_before: Period
    total: Annotated[ComparedAmount, Field(description="Of all, also of what isn't listed")]
    items: Annotated[list[ComparedItem], Field(description="The largest first")]
    other_currencies: Annotated[list[str], Field(description=_OTHERS)]

    @classmethod
    def of(cls, one: flows.SpendingComparison) -> "Spending":
        return cls(
            currency=one.currency,
            period=_period(one.period),
            previous=_period(one.previous),
            year_before=_period(one.year_before),
            total=ComparedAmount.of(one.total),
            items=[
                ComparedItem(
                    label=item.label,
                    share=_text(flows.share(item.amount, one.total.amount)),
                    **vars(ComparedAmount.of(item)),
                )
                for item in one.items
            ],
            other_currencies=list(one.other_currencies),
        )


class ForecastPoint(BaseModel):
    date: Date
    expected: Money
    low: Annotated[Money, Field(description="One path in ten lies below")]
    high: Annotated[Money, Field(description="One path in ten lies above")]

    @classmethod
    def of(cls, one: forecast.ForecastPoint) -> "ForecastPoint":
        return cls(date=one.date, expected=Money.of(one.expected), low=Money.of(one.low), high=Money.of(one.high))


class Forecast(BaseModel):
    """Of the money in cash, bank, card and savings accounts of one currency."""

    date: Date
    balance: Money
    points: Annotated[list[ForecastPoint], Field(description="Date by day; empty where the past is too short")]
    lowest: Annotated[ForecastPoint | None, Field(description="The day with the lowest expected balance")]
    level: Annotated[str, Field(description="The share of paths from low to high", examples=["0.8"])]
    method: str
    months_used: list[MonthText]
    months_left_out: Annotated[list[MonthText], Field(description="Exceptional months, not drawn from")]
    planned: Annotated[int, Field(description="Known and planned flows that are in it")]
    reason: Annotated[str | None, Field(description="Why there are no points")]

    @classmethod
    def of(cls, one: forecast.Forecast) -> "Forecast":
        return cls(
            date=one.today,
            balance=Money.of(one.balance),
            points=[ForecastPoint.of(point) for point in one.points],
            lowest=ForecastPoint.of(one.lowest) if one.lowest else None,
            level=f"{one.level:f}",
            method=one.method,
            months_used=[f"{month:%Y-%m}" for month in one.months_used],
            months_left_out=[f"{month:%Y-%m}" for month in one.months_left_out],
            planned=one.planned,
            reason=one.reason,
        )


class Anomaly(BaseModel):
    kind: AnomalyKind
    date: Annotated[Date, Field(description="Of the payment; of an unusual month its first day")]
    payee: str | None
    category: str | None
    amount: Money
    reason: str
    usual: Annotated[Money | None, Field(description="The median of what it was compared with")]
    compared_with: Annotated[int | None, Field(description="So many earlier payments or months")]
    score: Annotated[str | None, Field(description="How odd, from 1 up", examples=["1.85"])]
    transaction_ids: list[uuid.UUID]

    @classmethod
    def of(cls, one: anomalies.Anomaly) -> "Anomaly":
        return cls(
            kind=one.kind,
            date=one.date,
            payee=one.payee,
            category=one.category,
            amount=Money.of(one.amount),
            reason=one.reason,
            usual=Money.of(one.usual) if one.usual else None,
            compared_with=one.compared_with,
            score=_text(one.score),
            transaction_ids=list(one.transaction_ids),
        )


class Anomalies(BaseModel):
    first: Date
    last: Date
    currency: str
    items: Annotated[list[Anomaly], Field(description="The newest first")]
    payments: Annotated[int, Field(description="So many were looked at")]
    reason: Annotated[str | None, Field(description="What couldn't be looked for, where the past is too short")]

    @classmethod
    def of(cls, one: anomalies.Anomalies) -> "Anomalies":
        return cls(
            first=one.start,
            last=one.end,
            currency=one.currency,
            items=[Anomaly.of(found) for found in one.found],
            payments=one.payments,
            reason=one.reason,
        )


class FactorScore(BaseModel):
    factor: Factor
    weight: int
    value: Annotated[str | None, Field(description="A fraction, or for the emergency fund months")]
    score: Annotated[int | None, Field(ge=0, le=100)]
    explanation: str

    @classmethod
    def of(cls, one: health.FactorScore) -> "FactorScore":
        return cls(
            factor=one.factor,
            weight=one.weight,
            value=_text(one.value),
            score=one.score,
            explanation=one.explanation,
        )


class Health(BaseModel):
    """The score weighs the factors that are known."""

    currency: str
    score: Annotated[int | None, Field(ge=0, le=100)]
    factors: list[FactorScore]
    reason: Annotated[str | None, Field(description="Why there is no score")]
    missing_rates: Annotated[list[str], Field(description="Pairs whose missing rate keeps money out of the score")]

    @classmethod
    def of(cls, one: health.Health, missing_rates: list[str]) -> "Health":
        return cls(
            currency=one.currency,
            score=one.score,
            factors=[FactorScore.of(factor) for factor in one.factors],
            reason=one.reason,
            missing_rates=missing_rates,
        )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _period(days: tuple[Date, Date]) -> Period:
    return Period(first=days[0], last=days[1])
