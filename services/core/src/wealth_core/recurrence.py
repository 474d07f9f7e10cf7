"""Recurrence rules: the part of RFC 5545 in which every period has an occurrence, so that no search goes on for ever.

    FREQ=DAILY;INTERVAL=10
    FREQ=WEEKLY;BYDAY=MO,TH
    FREQ=MONTHLY;BYMONTHDAY=15,31
    FREQ=MONTHLY;BYDAY=-1FR;COUNT=12
    FREQ=YEARLY;UNTIL=20301231

The start settles what a rule leaves open: its weekday, its day of the month, its day of the year. Unlike RFC 5545,
which leaves a month out that is too short, a day that a month doesn't have is that month's last: rent of the 31st is
due on 30 April, and a birthday on 29 February is 28 February in most years. A start that doesn't fit is no occurrence.

Occurrences are plain dates, without a time zone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from typing import Any

from dateutil import rrule  # type: ignore[import-untyped]

from wealth_core.periods import months_between, shift_months

MAX_INTERVAL = 100
MAX_COUNT = 1000
LAST_DAY = date(2199, 12, 31)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Words for the rules that people ask for most.
SHORTHANDS = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "yearly": "FREQ=YEARLY",
}

_PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL")
_SAFE_DAY = 28  # every month has it
_LONGEST_MONTH = 31
_LARGEST_ORDINAL = 4  # a month may have no fifth Monday
_NUMBER = re.compile(r"[0-9]{1,4}")
_WEEKDAY = re.compile(rf"([+-]?[0-9])?({'|'.join(WEEKDAYS)})")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")


class RuleError(ValueError):
    """A rule that isn't one of ours; the message says what is wrong and what would do."""


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0. With an ordinal the n-th of the month, counted from its end where it is negative."""

    day: int
    ordinal: int = 0

    def __str__(self) -> str:
        return f"{self.ordinal or ''}{WEEKDAYS[self.day]}"


@dataclass(frozen=True, slots=True)
class Rule:
    frequency: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Reads a rule, or one of the words of SHORTHANDS."""
        text = SHORTHANDS.get(text.strip().lower(), text.strip().upper().removeprefix("RRULE:"))
        parts = _split(text)
        if parts.get("FREQ") not in Frequency.__members__:
            raise RuleError(
                "A rule needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY: write it like FREQ=MONTHLY;BYMONTHDAY=1."
            )
        if "COUNT" in parts and "UNTIL" in parts:
            raise RuleError("A rule ends after COUNT occurrences or on UNTIL: give one of them.")
        rule = cls(
            frequency=Frequency(parts["FREQ"]),
            interval=_number("INTERVAL", parts.get("INTERVAL", "1"), MAX_INTERVAL),
            weekdays=_weekdays(parts["BYDAY"]) if "BYDAY" in parts else (),
            month_days=_month_days(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else (),
            count=_number("COUNT", parts["COUNT"], MAX_COUNT) if "COUNT" in parts else None,
            until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        )
        rule._check()
        return rule

    def _check(self) -> None:
        if self.weekdays and self.frequency not in {Frequency.WEEKLY, Frequency.MONTHLY}:
            raise RuleError(
                "BYDAY goes with FREQ=WEEKLY or MONTHLY: for working days write FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR."
            )
        if self.frequency is Frequency.WEEKLY and any(one.ordinal for one in self.weekdays):
            raise RuleError("In a week there is one of each day: write BYDAY=FR, or FREQ=MONTHLY for BYDAY=-1FR.")
        if self.month_days and self.frequency is not Frequency.MONTHLY:
            raise RuleError("BYMONTHDAY goes with FREQ=MONTHLY: leave it out, the start date settles the day.")
        if self.month_days and self.weekdays:
            raise RuleError("BYDAY and BYMONTHDAY don't go together: give one of them.")

    def __str__(self) -> str:
        """The rule in one certain way to write it."""
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYDAY": ",".join(map(str, self.weekdays)),
            "BYMONTHDAY": ",".join(map(str, self.month_days)),
            "COUNT": str(self.count or ""),
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def occurrences(self, start: date, *, since: date | None = None, end: date | None = None) -> Iterator[date]:
        """The days from `start` on that fit, in order; those before `since` and after `end` are left out."""
        since = max(start, since or start)
        last = min(one for one in (LAST_DAY, self.until, end) if one is not None)
        # An occurrence that COUNT counts has to be seen; without it, what lies before `since` needn't be.
        anchor = start if self.count is not None else self._skip(start, since)
        engines = [self._engine(anchor, start, last, day) for day in self._days(start)]
        seen: date | None = None
        number = 0
        for day in merge(*engines):
            if day == seen:
                continue
            seen = day
            number += 1
            if self.count is not None and number > self.count:
                return
            if day >= since:
                yield day

    def first(self, start: date, *, since: date | None = None, end: date | None = None) -> date | None:
        return next(self.occurrences(start, since=since, end=end), None)

    def falls_on(self, day: date, start: date, *, end: date | None = None) -> bool:
        return self.first(start, since=day, end=end) == day if day >= start else False

    def _days(self, start: date) -> Sequence[int | None]:
        """The days of the month that the rule names or its start settles; None where it goes by weekdays or by days."""
        if self.weekdays or self.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
            return (None,)
        return self.month_days or (start.day,)

    def _skip(self, start: date, since: date) -> date:
        """A day that the rule can be counted from as well as from `start`, not long before `since`."""
        if self.frequency is Frequency.DAILY:
            return start + timedelta(days=(since - start).days // self.interval * self.interval)
        if self.frequency is Frequency.WEEKLY:
            first = start - timedelta(days=start.weekday())
            periods = (since - first).days // 7 // self.interval
            return first + timedelta(weeks=periods * self.interval) if periods else start
        months = self.interval * (12 if self.frequency is Frequency.YEARLY else 1)
        periods = months_between(start, since) // months
        return shift_months(start.replace(day=1), periods * months) if periods else start

    def _engine(self, anchor: date, start: date, last: date, month_day: int | None) -> Iterator[date]:
        options: dict[str, Any] = {}
        if self.frequency is Frequency.WEEKLY:
            options["byweekday"] = [one.day for one in self.weekdays] or [start.weekday()]
        elif self.weekdays:
            options["byweekday"] = [
                rrule.weekday(one.day, one.ordinal) if one.ordinal else rrule.weekday(one.day) for one in self.weekdays
            ]
        elif month_day is not None and month_day <= _SAFE_DAY:
            options["bymonthday"] = month_day
        elif month_day is not None:
            options |= {"bymonthday": range(_SAFE_DAY, month_day + 1), "bysetpos": -1}
        if self.frequency is Frequency.YEARLY:
            options["bymonth"] = start.month
        found = rrule.rrule(
            getattr(rrule, self.frequency.value),
            dtstart=datetime.combine(anchor, time()),
            until=datetime.combine(last, time()),
            interval=self.interval,
            wkst=rrule.MO,
            **options,
        )
        return (moment.date() for moment in found)


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name not in _PARTS or name in parts:
            raise RuleError(
                f"{part[:40]!r} can't be part of a rule here: use each of {', '.join(_PARTS)} at most once,"
                " like FREQ=MONTHLY;INTERVAL=3."
            )
        parts[name] = value
    return parts


def _number(name: str, value: str, largest: int) -> int:
    if not _NUMBER.fullmatch(value) or not 1 <= int(value) <= largest:
        raise RuleError(f"{name} has to be a whole number from 1 to {largest}.")
    return int(value)


def _weekdays(value: str) -> tuple[Weekday, ...]:
    found = set()
    for one in value.split(","):
        match = _WEEKDAY.fullmatch(one)
        ordinal = int(match[1] or 0) if match else 0
        if match is None or (match[1] and not 1 <= abs(ordinal) <= _LARGEST_ORDINAL):
            raise RuleError(
                f"{one[:10]!r} is not a weekday: write MO, TU, WE, TH, FR, SA or SU, and with FREQ=MONTHLY also"
                " 1MO to 4MO and -1MO to -4MO."
            )
        found.add(Weekday(WEEKDAYS.index(match[2]), ordinal))
    if len({bool(one.ordinal) for one in found}) > 1:
        raise RuleError("BYDAY takes days like MO or days like 1MO: don't mix them.")
    return tuple(sorted(found, key=lambda day: (day.ordinal, day.day)))


def _month_days(value: str) -> tuple[int, ...]:
    found = set()
    for one in value.split(","):
        day = int(one) if _NUMBER.fullmatch(one) else 0
        if not 1 <= day <= _LONGEST_MONTH and one != "-1":
            raise RuleError(f"{one[:10]!r} is not a day of the month: write 1 to 31, or -1 for the last.")
        found.add(day or _LONGEST_MONTH)
    return tuple(sorted(found))


def _until(value: str) -> date:
    try:
        if not _UNTIL.fullmatch(value):
            raise ValueError(value)  # noqa: TRY301 - both ways a day can be none are answered alike
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        raise RuleError(f"UNTIL={value[:20]} is not a day: write it like UNTIL=20271231.") from None
