"""Periods to compare with."""

from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta

from wealth_core.periods import month_bounds, previous_month

_DAY = timedelta(days=1)


def month_starts(last: Date, count: int) -> list[Date]:
    """The first days of `count` months up to the one that `last` lies in."""
    starts = [last.replace(day=1)]
    while len(starts) < count:
        starts.append(previous_month(starts[-1]))
    return starts[::-1]


def month_ends(today: Date, count: int) -> list[Date]:
    """The last days of `count` months up to the current one, which ends today."""
    return [min(month_bounds(start)[1], today) for start in month_starts(today, count)]


def previous_period(start: Date, end: Date) -> tuple[Date, Date]:
    """As many whole months before whole months, as many days before anything else."""
    before = start - _DAY
    if start.day == 1 and end == month_bounds(end)[1]:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return month_starts(before, months)[0], before
    return start - (end - start) - _DAY, before


def year_before(start: Date, end: Date) -> tuple[Date, Date]:
    """The same days a year earlier; a month's last day stays its last."""
    earlier = _year_before(end)
    return _year_before(start), month_bounds(earlier)[1] if end == month_bounds(end)[1] else earlier


def _year_before(day: Date) -> Date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
