"""Finds payments that come again and again in what was paid so far.

Payments to one payee from one account are alike when their amounts differ by a fifth at most. Alike payments recur when
nearly all of the gaps between them are those of one rhythm, and when the last isn't so long ago that they have ended.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wealth_core.money import Money
from wealth_core.recurrence import WEEKDAYS, Rule

_ALIKE_PERCENT = 120
_REGULAR_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Payment:
    date: date
    payee: str
    money: Money  # negative when it left the account
    account_id: uuid.UUID
    category_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """`latest` is the newest of `count` payments; `rule`, counted from `start`, says when the next ones are due."""

    latest: Payment
    count: int
    rule: str
    start: date


@dataclass(frozen=True, slots=True)
class _Rhythm:
    rule: str
    shortest: int  # days between two payments
    longest: int
    least: int  # how many payments make it credible


_RHYTHMS = (
    _Rhythm("FREQ=WEEKLY", 6, 8, 4),
    _Rhythm("FREQ=WEEKLY;INTERVAL=2", 12, 16, 4),
    _Rhythm("FREQ=MONTHLY", 26, 35, 3),
    _Rhythm("FREQ=MONTHLY;INTERVAL=3", 84, 98, 3),
    _Rhythm("FREQ=YEARLY", 355, 375, 3),
)


def find_patterns(payments: Iterable[Payment], today: date) -> list[Pattern]:
    """What recurs, the largest amount first; what has no payee, or lies after `today`, is left out."""
    by_payee: defaultdict[tuple[str, uuid.UUID, bool], list[Payment]] = defaultdict(list)
    for one in payments:
        if one.payee and one.money.amount and one.date <= today:
            by_payee[one.payee.casefold(), one.account_id, one.money.amount > 0].append(one)
    found = [
        pattern
        for group in by_payee.values()
        for alike in _alike(group)
        if (pattern := _pattern(alike, today)) is not None
    ]
    return sorted(found, key=lambda one: (-abs(one.latest.money.amount), one.latest.payee))


def _alike(group: Sequence[Payment]) -> Iterator[list[Payment]]:
    cluster: list[Payment] = []
    for one in sorted(group, key=lambda payment: abs(payment.money.amount)):
        if cluster and abs(one.money.amount) * 100 > abs(cluster[0].money.amount) * _ALIKE_PERCENT:
            yield cluster
            cluster = []
        cluster.append(one)
    yield cluster


def _pattern(alike: Sequence[Payment], today: date) -> Pattern | None:
    ordered = sorted(alike, key=lambda payment: payment.date)
    days = sorted({one.date for one in ordered})
    gaps = [(after - before).days for before, after in pairwise(days)]
    latest = ordered[-1]
    for rhythm in _RHYTHMS:
        fitting = sum(rhythm.shortest <= gap <= rhythm.longest for gap in gaps)
        ended = (today - latest.date).days > rhythm.longest * 3 // 2
        if len(days) >= rhythm.least and fitting * 100 >= len(gaps) * _REGULAR_PERCENT and not ended:
            rule = Rule.parse(rhythm.rule + _usual_day(rhythm, days))
            # A payment that was early or late by some days still was the one of its period.
            soonest = latest.date + timedelta(days=rhythm.shortest // 2)
            start = rule.first(latest.date, since=max(today, soonest))
            return Pattern(latest, len(ordered), str(rule), start) if start is not None else None
    return None


def _usual_day(rhythm: _Rhythm, days: Sequence[date]) -> str:
    """The day that most of them fell on, of those equally often the later: the 31st is the 28th in February."""
    if rhythm.rule.startswith("FREQ=WEEKLY"):
        return f";BYDAY={WEEKDAYS[_most(day.weekday() for day in days)]}"
    if rhythm.rule.startswith("FREQ=MONTHLY"):
        return f";BYMONTHDAY={_most(day.day for day in days)}"
    return ""


def _most(values: Iterable[int]) -> int:
    return max(Counter(values).items(), key=lambda item: (item[1], item[0]))[0]
