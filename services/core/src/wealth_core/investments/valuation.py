"""What holdings are worth on a day, and how the worth is spread.

A price holds until there is a newer one; from a split on it is divided by what the split made of a share. What a trade
was made at is a price as well, so that whatever was paid for has one.
"""

import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import prod

from wealth_core.investments import exact
from wealth_core.investments.lots import Position
from wealth_core.investments.rates import MissingRateError, Rates, Sum, add_up
from wealth_core.investments.trades import SecurityKind, Trade, TradeKind
from wealth_core.money import Money

Key = tuple[uuid.UUID, uuid.UUID]  # of an account and a security


class PriceSource(StrEnum):
    PRICE = "price"  # entered or imported
    TRADE = "trade"  # what a trade was made at


@dataclass(frozen=True, slots=True)
class Quote:
    """What one unit was worth on a day."""

    date: Date
    price: Decimal
    currency: str
    source: PriceSource = PriceSource.PRICE


class Quotes:
    """The newest quote on or before a day; of one day an entered price before a trade's."""

    def __init__(self) -> None:
        self._by_security: defaultdict[uuid.UUID, dict[Date, Quote]] = defaultdict(dict)
        self._dates: dict[uuid.UUID, list[Date]] = {}

    def add(self, security_id: uuid.UUID, quote: Quote) -> None:
        self._by_security[security_id][quote.date] = quote
        self._dates.pop(security_id, None)

    def add_trades(self, trades: Iterable[Trade]) -> None:
        """To be called before prices are added, which take precedence."""
        for trade in trades:
            if trade.security_id and trade.quantity and trade.amount.amount:
                price = exact.WIDE.divide(trade.amount.amount, trade.quantity)
                self.add(trade.security_id, Quote(trade.date, price, trade.amount.currency, PriceSource.TRADE))

    def latest(self, security_id: uuid.UUID, day: Date) -> Quote | None:
        by_date = self._by_security.get(security_id)
        if by_date is None:
            return None
        dates = self._dates.get(security_id)
        if dates is None:
            dates = self._dates[security_id] = sorted(by_date)
        place = bisect_right(dates, day)
        return by_date[dates[place - 1]] if place else None


class Holdings:
    """How much of each security each account holds while days go by, and when it was split."""

    def __init__(self) -> None:
        self.quantities: dict[Key, Fraction] = {}
        self._wide: dict[Key, Decimal] = {}
        self._splits: defaultdict[Key, list[tuple[Date, Fraction]]] = defaultdict(list)

    def take(self, trade: Trade, *, key: Key) -> None:
        held = self.quantities.get(key, Fraction(0))
        match trade.kind:
            case TradeKind.BUY:
                held += Fraction(trade.quantity or 0)
            case TradeKind.SELL:
                held -= Fraction(trade.quantity or 0)
            case TradeKind.SPLIT:
                ratio = trade.ratio or Fraction(1)
                held *= ratio
                self._splits[key].append((trade.date, ratio))
            case _:
                return
        self._wide.pop(key, None)
        if held < exact.SMALLEST_QUANTITY:
            self.quantities.pop(key, None)
        else:
            self.quantities[key] = held

    def price(self, key: Key, quote: Quote, day: Date) -> Decimal:
        """The quote as it stands on `day`, after the splits since."""
        if key not in self._splits:
            return quote.price
        since = (ratio for split, ratio in self._splits[key] if quote.date < split <= day)
        return exact.WIDE.divide(quote.price, exact.wide(prod(since, start=Fraction(1))))

    def worth(self, key: Key, quotes: Quotes, day: Date) -> Money | None:
        """In the quote's currency; None without a quote."""
        quote = quotes.latest(key[1], day)
        if quote is None:
            return None
        return Money(self._worth(key, quote, day), quote.currency)

    def worth_of_all(self, quotes: Quotes, day: Date) -> tuple[list[Money], set[uuid.UUID]]:
        """An amount for each currency, and the securities without a quote."""
        sums: dict[str, Decimal] = {}
        unpriced = set()
        for key in self.quantities:
            quote = quotes.latest(key[1], day)
            if quote is None:
                unpriced.add(key[1])
            else:
                value = self._worth(key, quote, day)
                sums[quote.currency] = exact.WIDE.add(sums.get(quote.currency, Decimal(0)), value)
        return [Money(amount, currency) for currency, amount in sums.items()], unpriced

    def _worth(self, key: Key, quote: Quote, day: Date) -> Decimal:
        quantity = self._wide.get(key)
        if quantity is None:
            quantity = self._wide[key] = exact.wide(self.quantities[key])
        return exact.worth(quantity, self.price(key, quote, day), quote.currency)


@dataclass(frozen=True, slots=True)
class SecurityInfo:
    id: uuid.UUID
    symbol: str
    name: str
    kind: SecurityKind
    currency: str


@dataclass(frozen=True, slots=True)
class AccountInfo:
    id: uuid.UUID
    name: str
    currency: str


@dataclass(frozen=True, slots=True)
class HoldingValue:
    """`cost` and `unrealised` are in the account's currency, `value` in that of the price, `converted` in the
    portfolio's. None is what can't be said without a price or a rate."""

    account: AccountInfo
    security: SecurityInfo
    quantity: Decimal
    cost: Money
    quote: Quote | None
    price: Decimal | None
    value: Money | None
    converted: Money | None
    unrealised: Money | None


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of what could be valued in the portfolio's currency; `share` is a fraction of it."""

    label: str
    value: Money
    share: Decimal


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`realised`, `dividends` and `fees` are of all time, of what is sold as well."""

    day: Date
    currency: str
    holdings: Sequence[HoldingValue]
    value: Sum
    cost: Sum
    unrealised: Sum
    realised: Sum
    dividends: Sum
    fees: Sum
    unpriced: Sequence[str]
    by_security: Sequence[Slice]
    by_kind: Sequence[Slice]
    by_currency: Sequence[Slice]
    by_account: Sequence[Slice]

    @property
    def missing_rates(self) -> list[str]:
        sums = (self.value, self.cost, self.unrealised, self.realised, self.dividends, self.fees)
        return sorted({pair for one in sums for pair in one.missing_rates})


def portfolio(
    trades: Sequence[Trade],
    securities: Mapping[uuid.UUID, SecurityInfo],
    accounts: Mapping[uuid.UUID, AccountInfo],
    quotes: Quotes,
    rates: Rates,
    *,
    day: Date,
    currency: str,
) -> Portfolio:
    """`trades` are those up to `day`."""
    positions, holdings, account_fees = _positions(trades)
    values = [
        _value(
            accounts[key[0]], securities[key[1]], one, holdings, quotes=quotes, rates=rates, day=day, currency=currency
        )
        for key, one in positions.items()
        if one.quantity
    ]
    values.sort(key=lambda one: (one.security.symbol.casefold(), one.account.name.casefold()))

    def total(parts: Iterable[Money | None]) -> Sum:
        return add_up((part for part in parts if part is not None), currency, rates, day)

    return Portfolio(
        day=day,
        currency=currency,
        holdings=values,
        value=total(one.value for one in values),
        cost=total(one.cost for one in values),
        unrealised=total(one.unrealised for one in values),
        realised=total(one.realised for one in positions.values()),
        dividends=total(one.dividends for one in positions.values()),
        fees=total([*(one.fees for one in positions.values()), *account_fees]),
        unpriced=sorted({one.security.symbol for one in values if one.quote is None}),
        by_security=_slices(values, lambda one: one.security.symbol),
        by_kind=_slices(values, lambda one: one.security.kind.value),
        by_currency=_slices(values, lambda one: one.security.currency),
        by_account=_slices(values, lambda one: one.account.name),
    )


def _positions(trades: Iterable[Trade]) -> tuple[dict[Key, Position], Holdings, list[Money]]:
    positions: dict[Key, Position] = {}
    holdings, account_fees = Holdings(), []
    for trade in sorted(trades, key=lambda one: one.order):
        if trade.security_id is None:
            account_fees.append(trade.amount + trade.fee)
            continue
        key = (trade.account_id, trade.security_id)
        positions.setdefault(key, Position(trade.amount.currency)).take(trade)
        holdings.take(trade, key=key)
    return positions, holdings, account_fees


def _value(
    account: AccountInfo,
    security: SecurityInfo,
    position: Position,
    holdings: Holdings,
    *,
    quotes: Quotes,
    rates: Rates,
    day: Date,
    currency: str,
) -> HoldingValue:
    key = (account.id, security.id)
    quote, value = quotes.latest(security.id, day), holdings.worth(key, quotes, day)
    own = _converted(value, account.currency, rates, day)
    return HoldingValue(
        account=account,
        security=security,
        quantity=exact.quantity(position.quantity),
        cost=position.cost,
        quote=quote,
        price=holdings.price(key, quote, day) if quote else None,
        value=value,
        converted=_converted(value, currency, rates, day),
        unrealised=own - position.cost if own is not None else None,
    )


def _converted(value: Money | None, currency: str, rates: Rates, day: Date) -> Money | None:
    try:
        return None if value is None else rates.convert(value, currency, day)
    except MissingRateError:
        return None


def _slices(values: Iterable[HoldingValue], label: Callable[[HoldingValue], str]) -> list[Slice]:
    sums: dict[str, Money] = {}
    for one in values:
        if one.converted is not None:
            name = label(one)
            sums[name] = sums[name] + one.converted if name in sums else one.converted
    whole = sum((Fraction(money.amount) for money in sums.values()), Fraction(0))
    slices = [
        Slice(name, money, exact.rounded(Fraction(money.amount) / whole if whole else Fraction(0), 4))
        for name, money in sums.items()
    ]
    return sorted(slices, key=lambda one: (-one.value.amount, one.label))
