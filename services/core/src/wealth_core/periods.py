"""Calendar months, and the days that can be dealt with."""

from calendar import monthrange
from datetime import date, timedelta

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def month_bounds(day: date) -> tuple[date, date]:
    """The first and the last day of the month that `day` lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def previous_month(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
