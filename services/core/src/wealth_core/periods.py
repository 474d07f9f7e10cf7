"""Calendar months, and the days that can be dealt with."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

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


def months_between(first: date, second: date) -> int:
    """How many months the month of `second` lies after that of `first`."""
    return (second.year - first.year) * 12 + second.month - first.month


def shift_months(day: date, months: int) -> date:
    """The same day so many months later; where that month is too short, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def utc_today() -> date:
    """The day it is in UTC. Everything that happens "today" goes by it: users have no time zone of their own."""
    return datetime.now(UTC).date()
