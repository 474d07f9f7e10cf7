"""Periods: a first and a last day, and how they are said."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST = date(1970, 1, 1)
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date

    @property
    def when(self) -> str:
        """As it stands in a sentence."""
        if self.start == EARLIEST:
            return "in all your records"
        if self.start == self.end:
            return f"on {self}"
        return f"from {self}" if " to " in str(self) else f"in {self}"

    def __str__(self) -> str:
        if self.start == self.end:
            return day_text(self.start)
        if self.is_month:
            return f"{self.start:%B %Y}"
        if self == year_of(self.start.year):
            return str(self.start.year)
        return f"{day_text(self.start)} to {day_text(self.end)}"

    @property
    def is_day(self) -> bool:
        return self.start == self.end

    @property
    def is_month(self) -> bool:
        return self == month_of(self.start)

    @property
    def month(self) -> str:
        return f"{self.start:%Y-%m}"


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def day_of(day: date) -> Period:
    return Period(day, day)


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def month_before(day: date, count: int = 1) -> date:
    """The first day of the month `count` months earlier; later for a negative count."""
    index = day.year * 12 + day.month - 1 - count
    return date(min(max(index // 12, 1), _LAST_YEAR), index % 12 + 1, 1)


def same_day(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    first = month_before(day, -months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def quarter_of(day: date) -> Period:
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return Period(first, month_of(first.replace(month=first.month + 2)).end)


def valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
