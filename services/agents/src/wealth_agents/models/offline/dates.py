"""Periods that words name, relative to today. The future is left out: nothing has been spent there yet."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wealth_agents.models.offline.english import MONTHS, NUMBERS, ORDINALS

_LEADING = frozenset({"in", "for", "during", "on", "of", "over", "within", "the", "at", "throughout"})
_BACK = {"this": 0, "current": 0, "last": 1, "previous": 1, "past": 1, "next": -1}
_UNTIL = frozenset({"to", "until", "till", "through"})
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})[./](\d{4})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTER = re.compile(r"q([1-4])")
# "may" is a month, and 2025 a year, only where one can stand.
_BEFORE = _LEADING | _UNTIL | {"since", "after", "from", "and", "with", "than", "vs", "between", "or", "year"}
_EARLIEST = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date

    @property
    def when(self) -> str:
        """As it stands in a sentence."""
        if self.start == _EARLIEST:
            return "in all your records"
        if self.start == self.end:
            return f"on {self}"
        return f"from {self}" if " to " in str(self) else f"in {self}"

    def __str__(self) -> str:
        if self.start == self.end:
            return _day(self.start)
        if self.is_month:
            return f"{self.start:%B %Y}"
        if (self.start, self.end) == (date(self.start.year, 1, 1), date(self.start.year, 12, 31)):
            return str(self.start.year)
        return f"{_day(self.start)} to {_day(self.end)}"

    @property
    def is_month(self) -> bool:
        return self == month_of(self.start)

    @property
    def month(self) -> str:
        return f"{self.start:%Y-%m}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Found:
    """A period and the words that name it: from `start` up to, not including, `end`."""

    period: Period
    start: int
    end: int


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def month_before(day: date, count: int = 1) -> date:
    """The first day of the month `count` months earlier."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def find_periods(words: Sequence[str], today: date) -> list[Found]:
    found, position = list[Found](), 0
    while position < len(words):
        match = _Reader(words, today, found[-1].period if found else None).read(position)
        if match is None:
            position += 1
        else:
            found.append(match)
            position = match.end
    return found


class _Reader:
    def __init__(self, words: Sequence[str], today: date, before: Period | None) -> None:
        self._words = words
        self._today = today
        self._before = before

    def _word(self, position: int) -> str:
        return self._words[position] if 0 <= position < len(self._words) else ""

    def read(self, start: int) -> Found | None:
        return self._range(start) or self._since(start) or self._single(start)

    def _range(self, start: int) -> Found | None:
        """From 1 to 15 October, between October 1 and 15, October 1 to November 3."""
        led = self._word(start) in {"from", "between"}
        joined = _UNTIL | {"and"} if led else _UNTIL
        at = start + 1 if led else start
        first = self._single(at)
        joint = first.end if first else at + 1
        if self._word(joint) not in joined:
            return None
        last = self._single(joint + 1)
        if first is None and last is not None:
            first = self._bare_day(at, last.period)
        elif last is None and first is not None:
            last = self._bare_day(joint + 1, first.period)
        if first is None or last is None or last.period.end < first.period.start:
            return None
        return Found(Period(first.period.start, last.period.end), start, last.end)

    def _bare_day(self, at: int, month: Period) -> Found | None:
        """A day that takes its month from the other end of its range."""
        number = _DAY.fullmatch(self._word(at))
        day = _date(month.start.year, month.start.month, int(number[1])) if number else None
        return Found(Period(day, day), at, at + 1) if day else None

    def _since(self, start: int) -> Found | None:
        if self._word(start) not in {"since", "from"}:
            return None
        first = self._single(start + 1)
        if first is None or first.period.start > self._today:
            return None
        return Found(Period(first.period.start, self._today), start, first.end)

    def _single(self, start: int) -> Found | None:
        position = start
        while self._word(position) in _LEADING:
            position += 1
        for read in (
            self._day_word,
            self._ever,
            self._before_that,
            self._ago,
            self._relative,
            self._to_date,
            self._iso,
            self._numeric,
            self._date,
            self._quarter,
            self._year,
        ):
            match = read(position)
            if match is not None:
                return Found(match[0], start, match[1])
        return None

    def _day_word(self, at: int) -> tuple[Period, int] | None:
        back = {"today": 0, "yesterday": 1, "tomorrow": -1}.get(self._word(at))
        if back is None:
            return None
        day = self._today - timedelta(days=back)
        return Period(day, day), at + 1

    def _ever(self, at: int) -> tuple[Period, int] | None:
        if self._word(at) == "ever":
            return Period(_EARLIEST, self._today), at + 1
        if (self._word(at), self._word(at + 1)) == ("all", "time"):
            return Period(_EARLIEST, self._today), at + 2
        return None

    def _before_that(self, at: int) -> tuple[Period, int] | None:
        """The month before last; the month before (what was named, or else last month); the same month last year."""
        if (self._word(at), self._word(at + 1)) == ("month", "before"):
            if self._word(at + 2) == "last":
                return month_of(month_before(self._today, 2)), at + 3
            named = self._before.start if self._before else month_before(self._today)
            return month_of(month_before(named)), at + 2
        if tuple(self._word(at + ahead) for ahead in range(4)) == ("same", "month", "last", "year"):
            named = self._before.start if self._before else self._today
            return month_of(month_before(named, 12)), at + 4
        return None

    def _ago(self, at: int) -> tuple[Period, int] | None:
        count = 1 if self._word(at) in {"a", "an"} else _count(self._word(at))
        if count is None or self._word(at + 2) != "ago":
            return None
        unit = self._word(at + 1).removesuffix("s")
        day = self._today - timedelta(days=count)
        period = Period(day, day) if unit == "day" else self._unit(unit, back=count)
        return (period, at + 3) if period else None

    def _relative(self, at: int) -> tuple[Period, int] | None:
        which, next_word = self._word(at), self._word(at + 1)
        back = _BACK.get(which)
        if back is None:
            return None
        period = self._unit(next_word, back=back)
        if period is not None:
            return period, at + 2
        count = _count(next_word)
        if back == 1 and count is not None:
            period = self._rolling(count, self._word(at + 2).removesuffix("s"))
            if period is not None:
                return period, at + 3
        return None

    def _unit(self, unit: str, *, back: int) -> Period | None:
        today = self._today
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return Period(monday, monday + timedelta(days=6))
        if unit == "month":
            return month_of(month_before(today, back))
        if unit == "quarter":
            return _quarter_of(month_before(today, 3 * back))
        if unit == "year":
            return year_of(today.year - back)
        return None

    def _rolling(self, count: int, unit: str) -> Period | None:
        today = self._today
        days = {"day": count, "week": 7 * count}.get(unit)
        if days is not None:
            return Period(today - timedelta(days=days - 1), today)
        months = {"month": count, "year": 12 * count}.get(unit)
        if months is None:
            return None
        first = month_before(today, months)
        same_day = first.replace(day=min(today.day, monthrange(first.year, first.month)[1]))
        return Period(same_day + timedelta(days=1), today)

    def _to_date(self, at: int) -> tuple[Period, int] | None:
        if self._word(at) == "ytd":
            return Period(date(self._today.year, 1, 1), self._today), at + 1
        if self._word(at) in {"year", "month"} and (self._word(at + 1), self._word(at + 2)) == ("to", "date"):
            start = date(self._today.year, 1, 1) if self._word(at) == "year" else self._today.replace(day=1)
            return Period(start, self._today), at + 3
        return None

    def _iso(self, at: int) -> tuple[Period, int] | None:
        match = _ISO.fullmatch(self._word(at))
        if match is None:
            return None
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        first = _date(year, month, day)
        if first is None:
            return None
        return Period(first, first) if match[3] else month_of(first), at + 1

    def _numeric(self, at: int) -> tuple[Period, int] | None:
        """10.3.2026 begins with the day, 3/10/2026 with the month if it can; the answer spells out what was read."""
        match = _NUMERIC.fullmatch(self._word(at))
        if match is None:
            return None
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        month_first = match[2] == "/" and first <= 12  # noqa: PLR2004 - months
        day = _date(year, first, second) if month_first else _date(year, second, first)
        return (Period(day, day), at + 1) if day else None

    def _date(self, at: int) -> tuple[Period, int] | None:
        """5 October 2025, 5th of October, October 5, October 2025, October."""
        day = _DAY.fullmatch(self._word(at))
        if day is not None:
            month_at = at + 2 if self._word(at + 1) == "of" else at + 1
            month = self._month(month_at)
            return self._dated(month, int(day[1]), month_at + 1) if month else None
        month = self._month(at)
        if month is None:
            return None
        day = _DAY.fullmatch(self._word(at + 1))
        if day is not None:
            return self._dated(month, int(day[1]), at + 2)
        return self._dated(month, None, at + 1)

    def _month(self, at: int) -> int | None:
        word = self._word(at)
        if word == "may" and self._word(at - 1) not in _BEFORE | set(_BACK) and not self._near_number(at):
            return None
        return MONTHS.get(word)

    def _near_number(self, at: int) -> bool:
        return any(self._word(near)[:1].isdigit() for near in (at - 1, at + 1))

    def _dated(self, month: int, day: int | None, at: int) -> tuple[Period, int]:
        year = self._year_at(at)
        end = at + (1 if year else 0)
        year = year or self._latest_year(month, day or 1)
        # A day that the month doesn't have leaves the month, which the answer names.
        found = _date(year, month, day) if day else None
        return (Period(found, found) if found else month_of(date(year, month, 1))), end

    def _latest_year(self, month: int, day: int) -> int:
        return self._today.year if (month, day) <= (self._today.month, self._today.day) else self._today.year - 1

    def _quarter(self, at: int) -> tuple[Period, int] | None:
        """Q3, Q3 2025, third quarter of 2025."""
        match = _QUARTER.fullmatch(self._word(at))
        number, end = (int(match[1]), at + 1) if match else (ORDINALS.get(self._word(at)), at + 2)
        if number is None or (match is None and self._word(at + 1) != "quarter"):
            return None
        year_at = end + 1 if self._word(end) == "of" else end
        first_month, year = 3 * number - 2, self._year_at(year_at)
        first = date(year or self._latest_year(first_month, 1), first_month, 1)
        return _quarter_of(first), year_at + 1 if year else end

    def _year(self, at: int) -> tuple[Period, int] | None:
        year = self._year_at(at)
        if year is None or self._word(at - 1) not in _BEFORE:
            return None
        return year_of(year), at + 1

    def _year_at(self, at: int) -> int | None:
        return int(self._word(at)) if _YEAR.fullmatch(self._word(at)) else None


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() and 0 < int(word) <= 366 else NUMBERS.get(word)  # noqa: PLR2004 - a year of days


def _quarter_of(day: date) -> Period:
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return Period(first, month_of(first.replace(month=first.month + 2)).end)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
