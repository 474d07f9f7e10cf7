"""Exchange rates: the newest known on or before a day, never a guess."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from fractions import Fraction

from wealth_core.investments import exact
from wealth_core.money import Money


class MissingRateError(ValueError):
    """There is no rate between two currencies on or before a day."""

    def __init__(self, base: str, quote: str, day: Date) -> None:
        super().__init__(f"there is no exchange rate from {base} to {quote} on or before {day}")
        self.base, self.quote, self.day = base, quote, day


@dataclass(frozen=True, slots=True)
class Observation:
    """One unit of `base` was worth `rate` of `quote`."""

    base: str
    quote: str
    date: Date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """`date` is that of the older observation where two were needed, with `via` between them."""

    base: str
    quote: str
    date: Date
    value: Fraction
    via: str | None = None


class Rates:
    """Looks rates up: one of the pair itself, in either direction, the newer first; else by one common currency."""

    def __init__(self, observations: Iterable[Observation] = ()) -> None:
        pairs: defaultdict[tuple[str, str], list[tuple[Date, Fraction]]] = defaultdict(list)
        for one in observations:
            pairs[one.base, one.quote].append((one.date, Fraction(one.rate)))
        self._pairs = {pair: sorted(dated) for pair, dated in pairs.items()}
        self._neighbours: defaultdict[str, set[str]] = defaultdict(set)
        for base, quote in self._pairs:
            self._neighbours[base].add(quote)
            self._neighbours[quote].add(base)

    def find(self, base: str, quote: str, day: Date) -> Rate:
        """No rate is a MissingRateError."""
        if base == quote:
            return Rate(base, quote, day, Fraction(1))
        found = self._pair(base, quote, day) or self._via(base, quote, day)
        if found is None:
            raise MissingRateError(base, quote, day)
        return found

    def convert(self, money: Money, currency: str, day: Date) -> Money:
        """No rate is a MissingRateError; nothing needs none."""
        if not money.amount:
            return Money.zero(currency)
        return exact.money(Fraction(money.amount) * self.find(money.currency, currency, day).value, currency)

    def _pair(self, base: str, quote: str, day: Date) -> Rate | None:
        direct, inverse = self._latest(base, quote, day), self._latest(quote, base, day)
        if direct and (inverse is None or direct[0] >= inverse[0]):
            return Rate(base, quote, *direct)
        return Rate(base, quote, inverse[0], 1 / inverse[1]) if inverse else None

    def _via(self, base: str, quote: str, day: Date) -> Rate | None:
        ways = []
        for common in sorted(self._neighbours[base] & self._neighbours[quote]):
            first, second = self._pair(base, common, day), self._pair(common, quote, day)
            if first and second:
                ways.append(Rate(base, quote, min(first.date, second.date), first.value * second.value, common))
        return max(ways, key=lambda way: way.date, default=None)

    def _latest(self, base: str, quote: str, day: Date) -> tuple[Date, Fraction] | None:
        dated = self._pairs.get((base, quote), [])
        place = bisect_right(dated, day, key=lambda one: one[0])
        return dated[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of several currencies in one. What has no rate stands in `unconverted`, one amount for each currency."""

    total: Money
    unconverted: tuple[Money, ...] = ()

    @property
    def missing_rates(self) -> list[str]:
        return [f"{one.currency}/{self.total.currency}" for one in self.unconverted]


def add_up(parts: Iterable[Money], currency: str, rates: Rates, day: Date) -> Sum:
    """Adds up each currency exactly before it converts."""
    by_currency: dict[str, Money] = {}
    for part in parts:
        by_currency[part.currency] = by_currency.get(part.currency, Money.zero(part.currency)) + part
    total, left = Money.zero(currency), []
    for _, money in sorted(by_currency.items()):
        try:
            total += rates.convert(money, currency, day)
        except MissingRateError:
            left.append(money)
    return Sum(total, tuple(left))


def rates_used(currencies: Iterable[str], currency: str, rates: Rates, day: Date) -> Sequence[Rate]:
    """Those that `add_up` converts by."""
    found = []
    for code in sorted(set(currencies) - {currency}):
        try:
            found.append(rates.find(code, currency, day))
        except MissingRateError:
            continue
    return found
