"""Calendar months, and the days that can be dealt with."""

import re
from calendar import monthrange
from datetime import date, timedelta

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_written_day(value: object) -> bool:
    """Whether this may be read as a date: 2026-11-24, and no number of seconds since 1970, which was hardly meant."""
    return type(value) is date or (isinstance(value, str) and _ISO_DAY.fullmatch(value) is not None)


def month_bounds(day: date) -> tuple[date, date]:
    """The first and the last day of the month that `day` lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def previous_month(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
