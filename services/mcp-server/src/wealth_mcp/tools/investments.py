"""Securities: what is held, what it is worth and how it did."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from wealth_core.investments import exact, returns
from wealth_core.investments.rates import Sum
from wealth_core.investments.trades import SecurityKind
from wealth_core.investments.valuation import PriceSource
from wealth_core.investments.valuation import Slice as Share
from wealth_core.repositories import PortfolioQueries
from wealth_mcp.books import Call, open_books
from wealth_mcp.schemas import Amount, Currency, DateFrom, DateTo

_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_PERCENT_PLACES = Decimal("0.01")


class Total(BaseModel):
    total: Amount
    not_included: list[Amount] = Field(description="Amounts without an exchange rate")

    @classmethod
    def of(cls, figure: Sum) -> "Total":
        return cls(total=Amount.of(figure.total), not_included=[Amount.of(one) for one in figure.unconverted])


class Holding(BaseModel):
    symbol: str
    name: str
    kind: SecurityKind
    account: str
    quantity: str
    price: str | None = Field(description="Of one unit")
    price_date: dt.date | None
    price_source: PriceSource | None = Field(description="An entered price, or what a trade was made at")
    value: Amount | None = Field(description="In the price's currency")
    cost: Amount = Field(description="What it had cost, without fees, first in, first out")
    unrealised_gain: Amount | None = Field(description="In the account's currency; null without a price or rate")


class Slice(BaseModel):
    label: str
    value: Amount
    share_percent: str


class Portfolio(BaseModel):
    date: dt.date
    currency: str
    value: Total
    cost: Total
    unrealised_gain: Total
    realised_gain: Total
    dividends: Total
    fees: Total
    holdings: list[Holding]
    by_kind: list[Slice]
    by_security: list[Slice]
    by_currency: list[Slice]
    by_account: list[Slice]
    unpriced: list[str] = Field(description="Symbols held that never had a price, NOT in the value")
    missing_rates: list[str] = Field(description="Pairs like EUR/USD that have no exchange rate")


class Return(BaseModel):
    percent: str | None = Field(description="null where it is not defined")
    reason: str | None = Field(description="Why there is none")

    @classmethod
    def of(cls, one: returns.Return) -> "Return":
        rate = None if one.rate is None else str((one.rate * 100).quantize(_PERCENT_PLACES))
        return cls(percent=rate, reason=one.reason)


class InvestmentPerformance(BaseModel):
    date_from: dt.date
    date_to: dt.date
    currency: str
    start_value: Amount | None = Field(description="On the evening before date_from")
    end_value: Amount | None
    paid_in: Amount | None = Field(description="For purchases, with their fees")
    paid_out: Amount | None = Field(description="From sales and dividends, without fees")
    gain: Amount | None = Field(description="end_value - start_value - paid_in + paid_out")
    money_weighted_yearly: Return = Field(description="XIRR")
    time_weighted: Return = Field(description="Of the whole period")
    time_weighted_yearly: Return
    reason: str | None = Field(description="Why the amounts are null")


async def portfolio(call: Call, currency: Currency = None) -> Portfolio:
    """The user's securities as of today: quantities, prices, gains, and how the value is spread."""
    async with open_books(call) as books:
        today, code = dt.datetime.now(dt.UTC).date(), books.currency(currency)
        found = await PortfolioQueries(books.session).portfolio(today, code)
    return Portfolio(
        date=found.day,
        currency=found.currency,
        value=Total.of(found.value),
        cost=Total.of(found.cost),
        unrealised_gain=Total.of(found.unrealised),
        realised_gain=Total.of(found.realised),
        dividends=Total.of(found.dividends),
        fees=Total.of(found.fees),
        holdings=[
            Holding(
                symbol=one.security.symbol,
                name=one.security.name,
                kind=one.security.kind,
                account=one.account.name,
                quantity=_plain(one.quantity),
                price=_price(one.price),
                price_date=one.quote.date if one.quote else None,
                price_source=one.quote.source if one.quote else None,
                value=Amount.of(one.value) if one.value else None,
                cost=Amount.of(one.cost),
                unrealised_gain=Amount.of(one.unrealised) if one.unrealised else None,
            )
            for one in found.holdings
        ],
        by_kind=_slices(found.by_kind),
        by_security=_slices(found.by_security),
        by_currency=_slices(found.by_currency),
        by_account=_slices(found.by_account),
        unpriced=list(found.unpriced),
        missing_rates=found.missing_rates,
    )


async def investment_performance(
    call: Call, *, date_from: DateFrom, date_to: DateTo, currency: Currency = None
) -> InvestmentPerformance:
    """Money-weighted and time-weighted return of the user's securities in a period, without the cash beside them."""
    if date_to < date_from:
        raise ToolError(f"date_to {date_to} is before date_from {date_from}")
    if date_from < _EARLIEST or date_to > _LATEST:
        raise ToolError(f"dates have to lie between {_EARLIEST} and {_LATEST}")
    async with open_books(call) as books:
        code = books.currency(currency)
        found = await PortfolioQueries(books.session).performance(date_from, date_to, code)
    amounts = (found.start_value, found.end_value, found.paid_in, found.paid_out, found.gain)
    start_value, end_value, paid_in, paid_out, gain = (Amount.of(money) if money else None for money in amounts)
    return InvestmentPerformance(
        date_from=found.start,
        date_to=found.end,
        currency=code,
        start_value=start_value,
        end_value=end_value,
        paid_in=paid_in,
        paid_out=paid_out,
        gain=gain,
        money_weighted_yearly=Return.of(found.money_weighted),
        time_weighted=Return.of(found.time_weighted),
        time_weighted_yearly=Return.of(found.time_weighted_yearly),
        reason=found.reason,
    )


def _price(price: Decimal | None) -> str | None:
    return None if price is None else _plain(exact.rounded(Fraction(price), exact.QUANTITY_DECIMALS))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _slices(slices: Iterable[Share]) -> list[Slice]:
    return [
        Slice(label=one.label, value=Amount.of(one.value), share_percent=f"{one.share * 100:.1f}") for one in slices
    ]
