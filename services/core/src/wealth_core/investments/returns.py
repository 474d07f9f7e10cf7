"""How investments did: the yearly rate that explains all flows (XIRR), and the return that flows don't touch.

A return that isn't defined is None with the reason, never a number made up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal, localcontext
from itertools import pairwise
from math import exp, isnan, log1p, nan

_PLACES = Decimal("0.000001")
_DAYS_A_YEAR = 365
_TWO = 2
# Beyond a thousandfold a year the flows lie too close together for a yearly rate to say anything.
_HIGHEST_RATE = 1000.0
# Of the sum of all flows: what may be left when the rate that was found is put back in.
_TOLERANCE = 1e-6
# Where a second rate is looked for: from nearly everything lost to ten times as much each year.
_SEARCHED = [-0.99 + step * 0.05 for step in range(220)]


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that the investor gave (negative) or got (positive)."""

    date: Date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Subperiod:
    """Between two flows: worth right after the first, and right before the second."""

    start: Decimal
    end: Decimal


@dataclass(frozen=True, slots=True)
class Return:
    """`rate` is a fraction (0.1 is 10 %) with six decimals."""

    rate: Decimal | None
    reason: str | None = None


def xirr(flows: Iterable[Flow]) -> Return:
    """The yearly rate at which all flows add up to nothing; every year has 365 days, as in spreadsheets."""
    by_day: defaultdict[Date, Decimal] = defaultdict(Decimal)
    for flow in flows:
        by_day[flow.date] += flow.amount
    dated = sorted((day, float(amount)) for day, amount in by_day.items() if amount)
    if len(dated) < _TWO:
        return Return(None, "A rate needs flows on at least two days.")
    if all(amount < 0 for _, amount in dated) or all(amount > 0 for _, amount in dated):
        return Return(None, "A rate needs money that went in and money, or a value, that came out.")
    return _solve(dated)


def _solve(dated: Sequence[tuple[Date, float]]) -> Return:
    # Loaded where it is needed: nobody else pays for it.
    import pyxirr  # noqa: PLC0415

    days, amounts = [day for day, _ in dated], [amount for _, amount in dated]
    try:
        rate = pyxirr.xirr(days, amounts)
    except pyxirr.InvalidPaymentsError:
        rate = None
    size = sum(abs(amount) for amount in amounts)
    if rate is None or not abs(_worth(dated, rate)) <= _TOLERANCE * size:
        return Return(None, "No yearly rate explains these flows.")
    if rate > _HIGHEST_RATE:
        return Return(None, "The flows lie too close together for a yearly rate.")
    if not pyxirr.is_conventional_cash_flow(amounts) and _roots(dated) > 1:
        return Return(None, "More than one yearly rate explains these flows.")
    return Return(Decimal(repr(rate)).quantize(_PLACES))


def _worth(dated: Sequence[tuple[Date, float]], rate: float) -> float:
    """The flows discounted to the first day; not a number where that overflows."""
    first = dated[0][0]
    try:
        growth = log1p(rate) / _DAYS_A_YEAR
        return sum(amount * exp(-(day - first).days * growth) for day, amount in dated)
    except (OverflowError, ValueError):
        return nan


def _roots(dated: Sequence[tuple[Date, float]]) -> int:
    signs = [worth > 0 for worth in (_worth(dated, rate) for rate in _SEARCHED) if not isnan(worth)]
    return sum(one != other for one, other in pairwise(signs))


def time_weighted(subperiods: Iterable[Subperiod]) -> Return:
    """All subperiods chained, so that it doesn't matter how much was invested when."""
    growth, any_held = Decimal(1), False
    with localcontext(prec=50):
        for one in subperiods:
            if not one.start and not one.end:
                continue  # nothing was held
            if one.start <= 0 or one.end < 0:
                return Return(None, "A subperiod began with nothing or ended below it.")
            any_held = True
            growth *= one.end / one.start
    if not any_held:
        return Return(None, "Nothing was held.")
    if growth > Decimal(10) ** 12:
        return Return(None, "The prices or amounts are too far apart for a return.")
    return Return((growth - 1).quantize(_PLACES))


def yearly(whole: Return, days: int) -> Return:
    """What a return over `days` is a year; part of a year is not blown up to a whole one."""
    if whole.rate is None:
        return whole
    if days < _DAYS_A_YEAR:
        return Return(None, "Less than a year is not turned into a yearly return.")
    with localcontext(prec=50):
        grown = (1 + whole.rate) ** (Decimal(_DAYS_A_YEAR) / days) if whole.rate > -1 else Decimal(0)
    return Return((grown - 1).quantize(_PLACES))
