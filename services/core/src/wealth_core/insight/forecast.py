"""Where a balance is heading: what is planned, plus months drawn from those that were.

A path is made of whole months of the past, each put on the calendar days of a month to come, so that salaries, rents
and the bad luck of a month stay together. Before a path draws its months it draws, with repetition, the past it draws
them from: a short history makes the interval wider. Expected is the median of the paths, the interval their quantiles.
The paths always come from the same seed: the same books have the same forecast.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate
from math import sqrt
from random import Random
from statistics import median

from wealth_core.insight.periods import month_starts
from wealth_core.insight.robust import median_deviation, quantile
from wealth_core.money import CurrencyMismatchError, Money, exponent
from wealth_core.periods import month_bounds

MAX_DAYS = 365
# So many of the newest complete months are drawn from.
MAX_MONTHS = 24
MIN_MONTHS = 3
LEVEL = Decimal("0.8")
METHOD = (
    "Known and planned flows on their days, plus 1,000 paths drawn from whole months of the last {months} complete"
    " months (two-stage block bootstrap, fixed seed); expected is their median, low and high are their 10 % and 90 %"
    " quantiles."
)
_PATHS = 1_000
_SEED = 20_261
_DAY = timedelta(days=1)
# A month whose total lies so many robust deviations off (a house bought, an inheritance) says nothing about the next.
_EXCEPTIONAL = 5.0
_ENOUGH_TO_TELL = 12
_CONSISTENCY = 0.6745
# The 90 % quantile of Student's distribution is about 1 + this / degrees of freedom times that of the normal one.
_STUDENT = 0.86


@dataclass(frozen=True, slots=True)
class PlannedFlow:
    """Money that is known to come (positive) or go; `payee` keeps what it replaces out of the past."""

    date: Date
    money: Money
    payee: str | None = None


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    date: Date
    expected: Money
    low: Money
    high: Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """`points` are empty, with the reason, where the past is too short."""

    today: Date
    balance: Money
    points: Sequence[ForecastPoint]
    level: Decimal
    method: str
    months_used: Sequence[Date]
    months_left_out: Sequence[Date]
    planned: int
    reason: str | None = None

    @property
    def lowest(self) -> ForecastPoint | None:
        """The day on which the balance is expected to be lowest."""
        return min(self.points, key=lambda point: point.expected.amount, default=None)


def forecast(
    today: Date,
    balance: Money,
    history: Mapping[Date, Decimal],
    planned: Iterable[PlannedFlow] = (),
    *,
    since: Date | None,
    days: int = 90,
    paths: int = _PATHS,
    seed: int = _SEED,
) -> Forecast:
    """`history` holds what each past day moved in the balance's currency, without what `planned` goes on with.

    `since` is the day of the first record: the months from then on are complete, whether or not something moved.
    """
    currency, unit = balance.currency, 10 ** exponent(balance.currency)
    known = [flow for flow in planned if today < flow.date <= today + timedelta(days=days)]
    if any(flow.money.currency != currency for flow in known):
        raise CurrencyMismatchError(f"planned flows have to be in {currency}, like the balance")
    months, left_out = _months(today, history, since)
    if len(months) < MIN_MONTHS:
        found = len(months) + len(left_out)
        reason = f"A forecast needs at least {MIN_MONTHS} complete months of records; there are {found}."
        return Forecast(today, balance, [], LEVEL, "", months, left_out, len(known), reason)
    blocks = [_block(month, history, unit) for month in months]
    drawn = _quantiles(today, days, blocks, paths=paths, seed=seed)
    sure = defaultdict[Date, int](int)
    for flow in known:
        sure[flow.date] += int(flow.money.amount * unit)
    level = int(balance.amount * unit)
    points = []
    for offset, (low, expected, high) in enumerate(drawn, 1):
        day = today + timedelta(days=offset)
        level += sure[day]
        amounts = (Money(Decimal(level + round(value)) / unit, currency) for value in (expected, low, high))
        points.append(ForecastPoint(day, *amounts))
    return Forecast(today, balance, points, LEVEL, METHOD.format(months=len(months)), months, left_out, len(known))


def _months(today: Date, history: Mapping[Date, Decimal], since: Date | None) -> tuple[list[Date], list[Date]]:
    """The complete months to draw from, and those left out as exceptional."""
    if since is None:
        return [], []
    first = since if since.day == 1 else month_bounds(since)[1] + _DAY
    current = today.replace(day=1)
    months = [month for month in month_starts(today, MAX_MONTHS + 1) if first <= month < current]
    totals = defaultdict[Date, float](float)
    for day, amount in history.items():
        totals[day.replace(day=1)] += float(amount)
    if len(months) < _ENOUGH_TO_TELL:
        return months, []
    centre = median(totals[month] for month in months)
    deviation = median_deviation([totals[month] for month in months], centre)
    limit = _EXCEPTIONAL * deviation / _CONSISTENCY
    kept = [month for month in months if not deviation or abs(totals[month] - centre) <= limit]
    return kept, [month for month in months if month not in kept]


def _block(month: Date, history: Mapping[Date, Decimal], unit: int) -> list[int]:
    """What each day of a month moved, in the currency's smallest unit."""
    days = month_bounds(month)[1].day
    return [int(history.get(month + timedelta(days=day), Decimal(0)) * unit) for day in range(days)]


def _fitted(block: Sequence[int], days: int) -> list[int]:
    """A month's days on a month of another length, with nothing lost at its end."""
    fitted = [*block[:days], *[0] * (days - len(block))]
    fitted[-1] += sum(block[days:])
    return fitted


def _quantiles(
    today: Date, days: int, blocks: Sequence[Sequence[int]], *, paths: int, seed: int
) -> list[tuple[float, float, float]]:
    """Low, expected and high of what all paths have moved up to each day to come."""
    random, count = Random(seed), len(blocks)  # noqa: S311 - no secret
    pieces = _calendar(today, days)
    # For each month to come, what each past month moves on its days, added up from its first day that is to come.
    fitted = [
        [list(accumulate(_fitted(block, length)[first : first + taken])) for block in blocks]
        for length, first, taken in pieces
    ]
    ends: list[list[int]] = [[] for _ in range(days)]
    for _ in range(paths):
        past = [random.randrange(count) for _ in range(count)]
        moved, day = 0, 0
        for piece in fitted:
            sums = piece[past[random.randrange(count)]]
            for total in sums:
                ends[day].append(moved + total)
                day += 1
            moved += sums[-1]
    # Drawing from a sample makes paths too much alike, and a few months know little of how different months can be:
    # the two factors of a small sample's variance, and of Student's distribution next to the normal one.
    widening = sqrt(count / (count - 1)) * (1 + _STUDENT / (count - 1))
    result = []
    for values in ends:
        values.sort()
        expected = quantile(values, 0.5)
        low, high = quantile(values, 0.1), quantile(values, 0.9)
        result.append((expected - (expected - low) * widening, expected, expected + (high - expected) * widening))
    return result


def _calendar(today: Date, days: int) -> list[tuple[int, int, int]]:
    """The months to come: how many days each has, the first that counts (from 0), and how many count."""
    pieces, left, day = [], days, today + _DAY
    while left:
        length = month_bounds(day)[1].day
        taken = min(left, length - day.day + 1)
        pieces.append((length, day.day - 1, taken))
        left -= taken
        day += timedelta(days=taken)
    return pieces
