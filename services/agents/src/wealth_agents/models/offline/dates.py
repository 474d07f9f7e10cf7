"""Days and periods that words name, relative to today; the tense of the clause decides which way "kal" looks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wealth_agents.models.offline.calendar_words import DAY_WORDS, MONTHS, NUMBERS, ORDINALS, PARTS_OF_DAY, WEEKDAYS
from wealth_agents.models.offline.glossary import names
from wealth_agents.models.offline.periods import (
    EARLIEST,
    Period,
    day_of,
    month_before,
    month_of,
    quarter_of,
    same_day,
    valid_date,
    week_of,
    year_of,
)
from wealth_agents.models.offline.tense import Tense

_LEADING = names("in for during on of over within the at throughout by until till before around this ~ye since")
_NOT_LEADING_FIRST = frozenset(("of", "this", "since"))
_MOST_LEADING = 2
_BACK = {
    "this": 0,
    "current": 0,
    "last": 1,
    "previous": 1,
    "past": 1,
    "next": -1,
    "coming": -1,
    "following": -1,
    "same": 0,
}
_UNTIL = frozenset(("to", "until", "till", "through", "~se", "-"))
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_SHORT_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTER = re.compile(r"q([1-4])")
# "may" is a month, and 2025 a year, only where one can stand.
_BEFORE = (
    _LEADING
    | _UNTIL
    | {"after", "from", "and", "with", "than", "vs", "between", "or", "year", "versus", "every", "early", "late"}
)
_AFTER_YEAR = frozenset(("~mein", "~tak", "~ka", "~se"))
_MOST_DAYS = 3700
_PAST_AS = frozenset(("ago", "~pehle", "before", "back", "earlier"))
_LATER = frozenset(("~baad", "later", "hence", "from"))
_ONWARDS = frozenset(("on", "onwards", "onward", "forward", "till", "until", "to"))
# In Urdu "kal" before one of these is another word: in all.
_ADDED_UP = frozenset(("~daulat", "balance", "income"))
_MONTHS_IN_A_YEAR = 12
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A period and the words that name it: from `start` up to, not including, `end`."""

    period: Period
    start: int
    end: int


def find_periods(words: Sequence[str], today: date, tense: Tense = Tense.NONE) -> list[Found]:
    found, position = list[Found](), 0
    while position < len(words):
        match = _Reader(words, today, found[-1].period if found else None, tense).read(position)
        if match is None:
            position += 1
        else:
            found.append(match)
            position = match.end
    return found


_Read = tuple[Period, int] | None


class _Reader:
    def __init__(self, words: Sequence[str], today: date, before: Period | None, tense: Tense) -> None:
        self._words = words
        self._today = today
        self._before = before
        self._future = tense is Tense.FUTURE

    def _word(self, position: int) -> str:
        return self._words[position] if 0 <= position < len(self._words) else ""

    def _next_words(self, at: int, count: int) -> tuple[str, ...]:
        return tuple(self._words[at : at + count])

    def read(self, start: int) -> Found | None:
        if self._word(start) in _NOT_LEADING_FIRST - {"this", "since"}:
            return None
        found = self._range(start) or self._since(start) or self._single(start)
        if found is not None and found.period.is_month:
            found = self._day_within(found) or found
        if found is not None and self._word(found.end) in {"~tak", "~ko"}:
            return Found(found.period, found.start, found.end + 1)
        return found

    def _day_within(self, month: Found) -> Found | None:
        """Next month on the 10th, agle mahine ki 10 tareekh."""
        at = month.end
        while self._word(at) in {"~ka", "on", "the"} and at < month.end + _MOST_LEADING:
            at += 1
        number, end = _ORDINAL.fullmatch(self._word(at)), at + 1
        if self._word(end) == "~tareekh":
            number, end = _DAY.fullmatch(self._word(at)), end + 1
        day = valid_date(month.period.start.year, month.period.start.month, int(number[1])) if number else None
        return Found(day_of(day), month.start, end) if day else None

    def _range(self, start: int) -> Found | None:
        """From 1 to 15 October, between October 1 and 15, October 1 to November 3, 1 se 15 october tak."""
        led = self._word(start) in {"from", "between"}
        joined = _UNTIL | {"and"} if led else _UNTIL
        at = start + 1 if led else start
        first = self._single(at)
        joint = first.end if first else at + 1
        if self._word(joint) not in joined:
            return None
        last = self._single(joint + 1)
        if self._word(joint) == "~se" and (last is None or self._word(last.end) != "~tak"):
            return None
        if first is None and last is not None:
            first = self._bare_day(at, last.period)
        elif last is None and first is not None:
            last = self._bare_day(joint + 1, first.period)
        return self._spanned(first, last, start) if first and last else None

    def _spanned(self, first: Found, last: Found, start: int) -> Found | None:
        begins, ends = first.period.start, last.period.end
        if begins > ends and _YEAR.fullmatch(self._word(last.end - 1)):
            begins = valid_date(ends.year, begins.month, begins.day) or begins
        elif begins.year < ends.year and _YEAR.fullmatch(self._word(last.end - 1)) and len(self._words) > first.end:
            moved = valid_date(ends.year, begins.month, begins.day)
            begins = moved if moved and moved <= ends and not _YEAR.fullmatch(self._word(first.end - 1)) else begins
        return Found(Period(begins, ends), start, last.end) if begins <= ends else None

    def _bare_day(self, at: int, month: Period) -> Found | None:
        """A day that takes its month from the other end of its range."""
        number = _DAY.fullmatch(self._word(at))
        day = valid_date(month.start.year, month.start.month, int(number[1])) if number else None
        return Found(day_of(day), at, at + 1) if day else None

    def _since(self, start: int) -> Found | None:
        if self._word(start) in {"since", "from"}:
            first = self._single(start + 1)
            if (
                first is not None
                and self._word(start) == "from"
                and not first.period.is_day
                and self._word(first.end) not in _ONWARDS
            ):
                return Found(first.period, start, first.end)
        else:
            first = self._single(start)
            if first is None or self._next_words(first.end, 3) not in {
                ("~se", "now", "~tak"),
                ("~se", "today", "~tak"),
            }:
                return None
            first = Found(first.period, first.start, first.end + 3)
        if first is None or first.period.start > self._today:
            return None
        return Found(Period(first.period.start, self._today), start, first.end)

    def _single(self, start: int) -> Found | None:
        position = start
        while self._word(position) in _LEADING and position < start + _MOST_LEADING:
            position += 1
        for begin in dict.fromkeys((position, max(position - 1, start), start)):
            match = self._any(begin, led=begin > start)
            if match is not None:
                return Found(match[0], start, match[1])
        return None

    def _any(self, at: int, *, led: bool) -> _Read:
        readers: tuple[Callable[[int], _Read], ...] = (
            self._day_word,
            self._ever,
            self._end_of,
            self._before_that,
            self._in_so_long,
            self._so_long_from_now,
            self._weekday,
            self._relative,
            self._to_date,
            self._iso,
            self._numeric,
            self._date,
            self._day_of_month,
            self._quarter,
        )
        for read in readers:
            match = read(at)
            if match is not None:
                return match
        return self._year(at, led=led)

    def _day_word(self, at: int) -> _Read:
        word, direction = self._word(at), 1 if self._future else -1
        if self._next_words(at, 3) == ("day", "before", "yesterday"):
            return self._days(-2), at + 3
        if self._next_words(at, 3) == ("day", "after", "tomorrow"):
            return self._days(2), at + 3
        if word == "~kal" and self._word(at + 1) in _ADDED_UP:
            return None
        if (
            word in {"last", "~kal", "~parson", "yesterday", "this", "today", "tomorrow"}
            and self._word(at + 1) in PARTS_OF_DAY
        ):
            days = {"~kal": direction, "~parson": 2 * direction, "this": 0, "today": 0, "tomorrow": 1}.get(word, -1)
            return self._days(days), at + 2
        days = {"~kal": direction, "~parson": 2 * direction, **DAY_WORDS}.get(word)  # type: ignore[assignment]
        return (self._days(days), at + 1) if days is not None else None

    def _days(self, count: int) -> Period:
        return day_of(self._today + timedelta(days=count))

    def _ever(self, at: int) -> _Read:
        if self._word(at) == "ever":
            return Period(EARLIEST, self._today), at + 1
        if self._next_words(at, 2) == ("all", "time"):
            return Period(EARLIEST, self._today), at + 2
        return None

    def _end_of(self, at: int) -> _Read:
        """The last day: end of the month, month ke aakhir, end of June, end of next year."""
        if self._word(at) in {"end", "close", "~akhir"} and self._word(at + 1) in {"of", "~ka"}:
            inner = self._unit_or_month(at + 2)
        elif self._word(at) in {"end", "~akhir"}:
            return None
        else:
            inner = self._unit_or_month(at)
            if inner is None:
                return None
            end = inner[1] + (1 if self._word(inner[1]) == "~ka" else 0)
            if self._word(end) not in {"~akhir", "end"}:
                return None
            inner = inner[0], end + 1
        return (day_of(inner[0].end), inner[1]) if inner else None

    def _unit_or_month(self, at: int) -> _Read:
        start = at + 1 if self._word(at) == "the" else at
        bare = self._unit(self._word(start), back=0)
        if bare is not None:
            return bare, start + 1
        return self._relative(start) or self._date(start) or self._year(start, led=True)

    def _before_that(self, at: int) -> _Read:
        """The month before last; the month before (what was named, or else last month); the same month last year."""
        if self._next_words(at, 2) == ("month", "before"):
            if self._word(at + 2) == "last":
                return month_of(month_before(self._today, 2)), at + 3
            named = self._before.start if self._before else month_before(self._today)
            return month_of(month_before(named)), at + 2
        if self._next_words(at, 4) == ("same", "month", "last", "year"):
            named = self._before.start if self._before else self._today
            return month_of(month_before(named, 12)), at + 4
        return None

    def _in_so_long(self, at: int) -> _Read:
        """In 3 days, in two weeks: the preposition has been read, or stands here."""
        led = self._word(at - 1) == "in"
        count = _count(self._word(at)) if led else None
        unit = self._word(at + 1).removesuffix("s")
        if count is None or self._word(at + 2) in _PAST_AS or not (self._future or unit in {"day", "week"}):
            return None
        return self._shifted(count, unit, at + 2)

    def _so_long_from_now(self, at: int) -> _Read:
        """3 days ago, 2 din pehle, a week later, 3 din baad, two months from now."""
        count = 1 if self._word(at) in {"a", "an"} else _count(self._word(at))
        unit, mark = self._word(at + 1).removesuffix("s"), self._word(at + 2)
        if count is None or mark not in _PAST_AS | _LATER:
            return None
        if mark in _LATER:
            if mark == "from":
                return self._shifted(count, unit, at + 4) if self._word(at + 3) in {"now", "today"} else None
            return self._shifted(count, unit, at + 3)
        period = self._days(-count) if unit == "day" else self._unit(unit, back=count)
        return (period, at + 3) if period else None

    def _shifted(self, count: int, unit: str, end: int) -> _Read:
        """One day, so long after today."""
        days = {"day": count, "week": 7 * count}.get(unit)
        if days is not None:
            return self._days(days), end
        months = {"month": count, "year": 12 * count}.get(unit)
        return (day_of(same_day(self._today, months)), end) if months is not None else None

    def _weekday(self, at: int) -> _Read:
        """Monday, last Friday, next Friday; hafte ko is Saturday."""
        which = self._word(at)
        named = at + 1 if which in _BACK or which == "every" else at
        if self._word(named) in {"weekend", "weekends"}:
            return self._weekend(back=_BACK.get(which, 0), end=named + 1)
        number = WEEKDAYS.get(self._word(named))
        if number is None and named == at and which == "week" and self._word(at + 1) == "~ko":
            number = 5
        if number is None:
            return None
        ahead = (number - self._today.weekday()) % 7
        coming = self._future or which in {"next", "coming", "this", "every"}
        if named > at and _BACK.get(which) == 1:
            coming = False
        if which == "this" and not self._future and self._before is None and ahead == 0:
            return self._days(0), named + 1
        return self._days((ahead or 7) if coming else (ahead - 7)), named + 1

    def _weekend(self, *, back: int, end: int) -> _Read:
        saturday = week_of(self._today).start + timedelta(days=5 - 7 * back)
        return Period(saturday, saturday + timedelta(days=1)), end

    def _relative(self, at: int) -> _Read:
        which, next_word = self._word(at), self._word(at + 1)
        back = _BACK.get(which)
        if back is None or which == "same":
            return None
        period = self._unit(next_word, back=back)
        if period is not None:
            return period, at + 2
        month = MONTHS.get(next_word)
        if month is not None and not self._word(at + 2)[:1].isdigit():
            return self._month_relative(month, back), at + 2
        count = _count(next_word)
        if back and count is not None:
            period = self._rolling(count, self._word(at + 2).removesuffix("s"), ahead=back < 0)
            if period is not None:
                return period, at + 3
        return None

    def _month_relative(self, month: int, back: int) -> Period:
        """Last October, this May, next January."""
        if back == 0:
            return month_of(date(self._today.year, month, 1))
        if back > 0:
            return month_of(date(self._today.year - (month >= self._today.month), month, 1))
        return month_of(date(self._today.year + (month <= self._today.month), month, 1))

    def _unit(self, unit: str, *, back: int) -> Period | None:
        today = self._today
        if unit == "week":
            return week_of(today - timedelta(days=7 * back))
        if unit == "month":
            return month_of(month_before(today, back))
        if unit == "quarter":
            return quarter_of(month_before(today, 3 * back))
        if unit == "year":
            return year_of(max(today.year - back, 1))
        return None

    def _rolling(self, count: int, unit: str, *, ahead: bool) -> Period | None:
        today = self._today
        days = {"day": count, "week": 7 * count}.get(unit)
        months = {"month": count, "year": 12 * count}.get(unit)
        if ahead:
            end = today + timedelta(days=days) if days else same_day(today, months) if months else None
            return Period(today, end) if end else None
        if days is not None:
            return Period(today - timedelta(days=days - 1), today)
        if months is None:
            return None
        return Period(same_day(today, -months) + timedelta(days=1), today)

    def _to_date(self, at: int) -> _Read:
        if self._word(at) == "ytd":
            return Period(date(self._today.year, 1, 1), self._today), at + 1
        if self._word(at) in {"year", "month"} and self._next_words(at + 1, 2) == ("to", "date"):
            start = date(self._today.year, 1, 1) if self._word(at) == "year" else self._today.replace(day=1)
            return Period(start, self._today), at + 3
        return None

    def _iso(self, at: int) -> _Read:
        match = _ISO.fullmatch(self._word(at))
        if match is None:
            return None
        first = valid_date(int(match[1]), int(match[2]), int(match[3] or 1))
        if first is None:
            return None
        return day_of(first) if match[3] else month_of(first), at + 1

    def _numeric(self, at: int) -> _Read:
        """The day comes first, 5/10/2026 is in October, unless only the other order is a date."""
        match = _NUMERIC.fullmatch(self._word(at))
        if match is not None:
            year = int(match[4]) if len(match[4]) > 2 else _CENTURY + int(match[4])  # noqa: PLR2004 - digits
            day = valid_date(year, int(match[3]), int(match[1])) or valid_date(year, int(match[1]), int(match[3]))
            return (day_of(day), at + 1) if day else None
        short = _SHORT_NUMERIC.fullmatch(self._word(at))
        if short is None or not 1 <= int(short[2]) <= _MONTHS_IN_A_YEAR:
            return None
        year = self._nearest_year(int(short[2]), int(short[1]))
        day = valid_date(year, int(short[2]), int(short[1]))
        return (day_of(day), at + 1) if day else None

    def _date(self, at: int) -> _Read:
        """5 October 2025, 5th of October, October 5, October 2025, October."""
        day = _DAY.fullmatch(self._word(at))
        if day is not None:
            month_at = at + 1
            while self._word(month_at) in {"of", "~tareekh", "~ka"} and month_at < at + 3:
                month_at += 1
            month = self._month(month_at)
            return self._dated(month, int(day[1]), month_at + 1) if month else None
        month = self._month(at)
        if month is None:
            return None
        day_at = at + 1 if self._word(at + 1) not in {"the", "~ka"} else at + 2
        day = (_DAY if day_at == at + 1 else _ORDINAL).fullmatch(self._word(day_at))
        if day is None and self._word(day_at + 1) == "~tareekh":
            day = _DAY.fullmatch(self._word(day_at))
        if day is not None and self._is_day_here(day_at):
            end = day_at + (2 if self._word(day_at + 1) == "~tareekh" else 1)
            return self._dated(month, int(day[1]), end)
        return self._dated(month, None, at + 1)

    def _is_day_here(self, at: int) -> bool:
        """Not the number of "in october 5 hazar"."""
        return self._word(at + 1) not in {
            "~hazar",
            "lakh",
            "crore",
            "~sau",
            "thousand",
            "hundred",
            "million",
            "rupees",
            "k",
        }

    def _month(self, at: int) -> int | None:
        word = self._word(at)
        if (
            word in {"may", "march", "mar"}
            and self._word(at - 1) not in _BEFORE | set(_BACK)
            and not self._near_number(at)
        ):
            return MONTHS[word] if self._word(at + 1) in {"~mein", "~ka", "~tak", "~ko"} else None
        return MONTHS.get(word)

    def _near_number(self, at: int) -> bool:
        return any(self._word(near)[:1].isdigit() for near in (at - 1, at + 1))

    def _dated(self, month: int, day: int | None, at: int) -> tuple[Period, int]:
        year_at = at + 1 if self._word(at) == "," and self._year_at(at + 1) else at
        year = self._year_at(year_at)
        end = year_at + 1 if year else at
        year = year or self._nearest_year(month, day)
        # A day that the month doesn't have leaves the month, which the answer names.
        found = valid_date(year, month, day) if day else None
        return (day_of(found) if found else month_of(date(year, month, 1))), end

    def _nearest_year(self, month: int, day: int | None) -> int:
        """The latest past one, or the next to come."""
        today = self._today
        if self._future:
            passed = (month, day or 31) < (today.month, today.day if day else 0)
            return today.year + (1 if passed else 0)
        return today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1

    def _day_of_month(self, at: int) -> _Read:
        """The 5th, 5 tareekh, the 10th of next month, next month on the 10th."""
        number = _ORDINAL.fullmatch(self._word(at))
        end = at + 1
        if self._word(end) == "~tareekh":
            number, end = _DAY.fullmatch(self._word(at)), end + 1
        if number is None:
            return None
        within = self._relative(end + 1) if self._word(end) in {"of", "~ka"} else None
        if within is None and self._next_words(end, 3) == ("of", "the", "month"):
            end += 3
        if within is not None and within[0].is_month:
            day = valid_date(within[0].start.year, within[0].start.month, int(number[1]))
            return (day_of(day), within[1]) if day else None
        if self._before is not None and self._before.is_month:
            found = self._bare_day(at, self._before)
            return (found.period, end) if found else None
        day = self._nearest_day(int(number[1]))
        return (day_of(day), end) if day else None

    def _nearest_day(self, number: int) -> date | None:
        if not 1 <= number <= 31:  # noqa: PLR2004 - days
            return None
        today = self._today
        passed = number <= today.day
        back = (-1 if passed else 0) if self._future else (0 if passed else 1)
        for further in range(3):
            first = month_before(today, back - further if self._future else back + further)
            day = valid_date(first.year, first.month, number)
            if day is not None:
                return day
        return None

    def _quarter(self, at: int) -> _Read:
        """Q3, Q3 2025, third quarter of 2025."""
        match = _QUARTER.fullmatch(self._word(at))
        number, end = (int(match[1]), at + 1) if match else (ORDINALS.get(self._word(at)), at + 2)
        if number is None or (match is None and self._word(at + 1) != "quarter"):
            return None
        year_at = end + 1 if self._word(end) == "of" else end
        first_month, year = 3 * number - 2, self._year_at(year_at)
        first = date(year or self._nearest_year(first_month, None), first_month, 1)
        return quarter_of(first), year_at + 1 if year else end

    def _year(self, at: int, *, led: bool) -> _Read:
        year = self._year_at(at)
        if year is None or self._word(at + 1) in {"rupees", "rs", "pkr", "~hazar"}:
            return None
        led = led or self._word(at - 1) in _BEFORE
        return (
            (year_of(year), at + 1)
            if (led and self._stands_as_year(at)) or self._word(at + 1) in {"~mein", "~tak"}
            else None
        )

    def _stands_as_year(self, at: int) -> bool:
        """In 2025 or by 2027; but "for 2000" is a price."""
        return self._word(at - 1) not in {
            "for",
            "the",
            "at",
            "over",
            "with",
            "to",
            "or",
            "and",
            "than",
            "~se",
            "around",
            "from",
        } or (self._before is not None and self._word(at - 1) in {"and", "to", "with", "than", "or"})

    def _year_at(self, at: int) -> int | None:
        return int(self._word(at)) if _YEAR.fullmatch(self._word(at)) else None


def _count(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and 0 < int(word[:5]) <= _MOST_DAYS else NUMBERS.get(word)
