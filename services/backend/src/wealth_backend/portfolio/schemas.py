import uuid
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.figures import plain
from wealth_backend.schemas import Day, Money
from wealth_core.investments import exact, returns, valuation
from wealth_core.investments import performance as figures
from wealth_core.investments.rates import Sum
from wealth_core.investments.trades import SecurityKind
from wealth_core.investments.valuation import PriceSource

_SHARE = "Of all that could be valued in the portfolio's currency, from 0 to 1"


class Total(BaseModel):
    """Of several currencies: what has no exchange rate is kept apart and not in `total`."""

    total: Money
    unconverted: list[Money]

    @classmethod
    def of(cls, figure: Sum) -> "Total":
        return cls(total=Money.of(figure.total), unconverted=[Money.of(one) for one in figure.unconverted])


class HoldingPrice(BaseModel):
    price: Annotated[str, Field(description="Of one unit, adjusted for splits since its day", examples=["103.25"])]
    currency: str
    date: Day
    source: Annotated[PriceSource, Field(description="A price that was entered, or what a trade was made at")]


class Holding(BaseModel):
    security_id: uuid.UUID
    symbol: str
    name: str
    kind: SecurityKind
    account_id: uuid.UUID
    account: str
    quantity: str
    cost: Annotated[Money, Field(description="What is held had cost, without fees, first in, first out")]
    price: HoldingPrice | None
    value: Annotated[Money | None, Field(description="In the price's currency")]
    converted_value: Annotated[Money | None, Field(description="In the portfolio's currency; null without a rate")]
    unrealised_gain: Annotated[Money | None, Field(description="In the account's currency; null without a rate")]

    @classmethod
    def of(cls, one: valuation.HoldingValue) -> "Holding":
        return cls(
            security_id=one.security.id,
            symbol=one.security.symbol,
            name=one.security.name,
            kind=one.security.kind,
            account_id=one.account.id,
            account=one.account.name,
            quantity=plain(one.quantity),
            cost=Money.of(one.cost),
            price=HoldingPrice(
                price=plain(exact.rounded(Fraction(one.price), exact.QUANTITY_DECIMALS)),
                currency=one.quote.currency,
                date=one.quote.date,
                source=one.quote.source,
            )
            if one.quote and one.price is not None
            else None,
            value=Money.of(one.value) if one.value else None,
            converted_value=Money.of(one.converted) if one.converted else None,
            unrealised_gain=Money.of(one.unrealised) if one.unrealised else None,
        )


class Slice(BaseModel):
    label: str
    value: Money
    share: Annotated[str, Field(description=_SHARE, examples=["0.2500"])]


class Allocation(BaseModel):
    by_security: list[Slice]
    by_kind: list[Slice]
    by_currency: Annotated[list[Slice], Field(description="Of the securities, not of the accounts")]
    by_account: list[Slice]


class Portfolio(BaseModel):
    date: Day
    currency: str
    holdings: list[Holding]
    value: Total
    cost: Total
    unrealised_gain: Total
    realised_gain: Annotated[Total, Field(description="Of all sales so far, without fees")]
    dividends: Annotated[Total, Field(description="So far, before what was withheld")]
    fees: Annotated[Total, Field(description="So far")]
    allocation: Allocation
    unpriced: Annotated[list[str], Field(description="Symbols held that never had a price, so not in `value`")]
    missing_rates: Annotated[list[str], Field(description="Pairs to import a rate for", examples=[["EUR/USD"]])]

    @classmethod
    def of(cls, one: valuation.Portfolio) -> "Portfolio":
        return cls(
            date=one.day,
            currency=one.currency,
            holdings=[Holding.of(holding) for holding in one.holdings],
            value=Total.of(one.value),
            cost=Total.of(one.cost),
            unrealised_gain=Total.of(one.unrealised),
            realised_gain=Total.of(one.realised),
            dividends=Total.of(one.dividends),
            fees=Total.of(one.fees),
            allocation=Allocation(
                by_security=_slices(one.by_security),
                by_kind=_slices(one.by_kind),
                by_currency=_slices(one.by_currency),
                by_account=_slices(one.by_account),
            ),
            unpriced=list(one.unpriced),
            missing_rates=one.missing_rates,
        )


class Return(BaseModel):
    rate: Annotated[str | None, Field(description="0.1 is 10 %; null where it isn't defined", examples=["0.373363"])]
    reason: Annotated[str | None, Field(description="Why there is none")]

    @classmethod
    def of(cls, one: returns.Return) -> "Return":
        return cls(rate=None if one.rate is None else f"{one.rate:f}", reason=one.reason)


class Performance(BaseModel):
    """Of the securities alone: the money beside them in the accounts is left out."""

    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]
    currency: str
    start_value: Annotated[Money | None, Field(description="On the evening before the first day")]
    end_value: Money | None
    paid_in: Annotated[Money | None, Field(description="For purchases, with their fees")]
    paid_out: Annotated[Money | None, Field(description="From sales and dividends, without fees")]
    gain: Annotated[Money | None, Field(description="end_value - start_value - paid_in + paid_out")]
    money_weighted: Annotated[Return, Field(description="A year, by XIRR: weighs when how much was invested")]
    time_weighted: Annotated[Return, Field(description="Of the whole period: what each unit of money did")]
    time_weighted_yearly: Return
    reason: Annotated[str | None, Field(description="Why the amounts are null")]

    @classmethod
    def of(cls, one: figures.Performance) -> "Performance":
        amounts = (one.start_value, one.end_value, one.paid_in, one.paid_out, one.gain)
        start_value, end_value, paid_in, paid_out, gain = (Money.of(money) if money else None for money in amounts)
        return cls.model_validate(
            {
                "from": one.start,
                "to": one.end,
                "currency": one.currency,
                "start_value": start_value,
                "end_value": end_value,
                "paid_in": paid_in,
                "paid_out": paid_out,
                "gain": gain,
                "money_weighted": Return.of(one.money_weighted),
                "time_weighted": Return.of(one.time_weighted),
                "time_weighted_yearly": Return.of(one.time_weighted_yearly),
                "reason": one.reason,
            }
        )


def _slices(slices: Iterable[valuation.Slice]) -> list[Slice]:
    return [Slice(label=one.label, value=Money.of(one.value), share=f"{one.share:f}") for one in slices]
