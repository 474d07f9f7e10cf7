"""Recurrence rules: what they mean, what is refused, and that no search goes on for ever."""

import time
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.periods import month_bounds, months_between
from wealth_core.recurrence import LAST_DAY, MAX_COUNT, MAX_INTERVAL, SHORTHANDS, WEEKDAYS, Rule, RuleError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def rules(draw) -> Rule:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, MAX_INTERVAL))}"]
    weekdays = st.sampled_from(WEEKDAYS)
    if frequency == "WEEKLY":
        parts += draw(
            st.lists(weekdays, min_size=1, max_size=3).map(lambda days: [f"BYDAY={','.join(days)}"]) | st.just([])
        )
    if frequency == "MONTHLY":
        ordinal = st.sampled_from([1, 2, 3, 4, -1, -2, -3, -4])
        by_ordinal = st.lists(
            st.tuples(ordinal, weekdays).map(lambda pair: f"{pair[0]}{pair[1]}"), min_size=1, max_size=3
        )
        by_weekday = by_ordinal | st.lists(weekdays, min_size=1, max_size=3)
        by_day = st.lists(st.sampled_from([-1, *range(1, 32)]).map(str), min_size=1, max_size=3)
        parts += draw(
            by_weekday.map(lambda days: [f"BYDAY={','.join(days)}"])
            | by_day.map(lambda days: [f"BYMONTHDAY={','.join(days)}"])
            | st.just([])
        )
    parts += draw(st.integers(1, 50).map(lambda count: [f"COUNT={count}"]) | st.just([]))
    return Rule.parse(";".join(parts))


def days(text: str, start: str, many: int = 4, **options: date) -> list[str]:
    found = Rule.parse(text).occurrences(date.fromisoformat(start), **options)
    return [day.isoformat() for day in islice(found, many)]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("daily", "2026-02-27", ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]),
        ("FREQ=DAILY;INTERVAL=10", "2026-12-25", ["2026-12-25", "2027-01-04", "2027-01-14", "2027-01-24"]),
        ("weekly", "2026-11-26", ["2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"]),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "2026-11-26", ["2026-11-26", "2026-11-30", "2026-12-03", "2026-12-07"]),
        # Every other week, counted from the Monday of the first one.
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-25", ["2026-11-26", "2026-12-07", "2026-12-10", "2026-12-21"]),
        ("monthly", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2028-01-31", ["2028-02-29", "2028-03-30", "2028-04-30", "2028-05-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31", "2026-01-30", ["2026-01-30", "2026-01-31", "2026-02-28", "2026-03-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-15", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-01-10", ["2026-01-15", "2026-02-01", "2026-02-15", "2026-03-01"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-31", ["2026-02-27", "2026-03-27", "2026-04-24", "2026-05-29"]),
        ("FREQ=MONTHLY;BYDAY=2TU;INTERVAL=2", "2026-01-01", ["2026-01-13", "2026-03-10", "2026-05-12", "2026-07-14"]),
        ("quarterly", "2025-11-30", ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30"]),
        ("yearly", "2027-02-28", ["2027-02-28", "2028-02-28", "2029-02-28", "2030-02-28"]),
        ("yearly", "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
        ("FREQ=DAILY;COUNT=2", "2026-01-01", ["2026-01-01", "2026-01-02"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=3", "2026-01-02", ["2026-01-15", "2026-02-01", "2026-02-15"]),
        ("rrule:freq=weekly;until=20260115T235959Z", "2026-01-01", ["2026-01-01", "2026-01-08", "2026-01-15"]),
    ],
)
def test_what_a_rule_means(rule, start, expected):
    assert days(rule, start) == expected


def test_a_count_counts_from_the_start_whatever_is_asked_for():
    assert days("FREQ=DAILY;COUNT=3", "2026-01-01", since=date(2026, 1, 3)) == ["2026-01-03"]
    assert days("FREQ=DAILY;COUNT=3", "2026-01-01", since=date(2026, 1, 4)) == []


def test_the_first_of_the_ends_is_the_end():
    assert days("FREQ=DAILY;UNTIL=20260103", "2026-01-01", end=date(2026, 1, 2)) == ["2026-01-01", "2026-01-02"]
    assert days("FREQ=DAILY;UNTIL=20260102", "2026-01-01", end=date(2026, 1, 3)) == ["2026-01-01", "2026-01-02"]
    assert days("daily", "2199-12-30") == ["2199-12-30", "2199-12-31"]
    assert days("daily", "2026-01-02", end=date(2026, 1, 1)) == []


@given(rules(), DAYS)
def test_a_rule_is_written_in_one_way_that_reads_the_same(rule, start):
    again = Rule.parse(str(rule))
    assert again == rule
    assert str(again) == str(rule)


@given(rules(), DAYS)
def test_occurrences_come_in_order_and_none_before_the_start(rule, start):
    found = list(islice(rule.occurrences(start), 20))
    assert found == sorted(set(found))
    assert all(start <= day <= LAST_DAY for day in found)
    assert all(rule.falls_on(day, start) for day in found[:3])
    if rule.count is None and start.year < 1990:
        assert len(found) >= 2


@given(rules(), DAYS, st.integers(0, 40_000))
def test_looking_from_a_later_day_on_finds_what_looking_from_the_start_does(rule, start, ahead):
    since = min(start + timedelta(days=ahead), LAST_DAY)
    every = rule.occurrences(start)
    expected = list(islice((day for day in every if day >= since), 3))
    assert list(islice(rule.occurrences(start, since=since), 3)) == expected


@given(DAYS, st.integers(1, 31), st.integers(1, 12))
def test_a_month_too_short_has_the_day_on_its_last(start, day, interval):
    rule = Rule.parse(f"FREQ=MONTHLY;BYMONTHDAY={day};INTERVAL={interval}")
    found = list(islice(rule.occurrences(start.replace(day=1)), 5))
    assert [months_between(start, one) for one in found] == [interval * number for number in range(len(found))]
    assert all(one.day == min(day, month_bounds(one)[1].day) for one in found)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "can't be part"),
        ("every day", "can't be part"),
        ("INTERVAL=2", "needs FREQ"),
        ("FREQ=HOURLY", "needs FREQ"),
        ("FREQ=SECONDLY;COUNT=1", "needs FREQ"),
        ("FREQ=DAILY;FREQ=DAILY", "at most once"),
        ("FREQ=DAILY;BYSETPOS=1", "can't be part"),
        ("FREQ=YEARLY;BYMONTH=2", "can't be part"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=101", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=\u0661", "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=-1", "COUNT"),
        ("FREQ=DAILY;COUNT=1001", "COUNT"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", "one of them"),
        ("FREQ=DAILY;UNTIL=20260230", "not a day"),
        ("FREQ=DAILY;UNTIL=00000101", "not a day"),
        ("FREQ=DAILY;UNTIL=soon", "not a day"),
        ("FREQ=DAILY;BYDAY=MO", "working days"),
        ("FREQ=YEARLY;BYDAY=MO", "BYDAY goes with"),
        ("FREQ=WEEKLY;BYDAY=1MO", "one of each day"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY goes with"),
        ("FREQ=MONTHLY;BYDAY=5MO", "not a weekday"),
        ("FREQ=MONTHLY;BYDAY=0MO", "not a weekday"),
        ("FREQ=MONTHLY;BYDAY=MO,1FR", "don't mix"),
        ("FREQ=MONTHLY;BYDAY=", "not a weekday"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "day of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "day of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "day of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO", "don't go together"),
    ],
)
def test_what_is_no_rule_here_is_refused_with_a_sentence(rule, words):
    with pytest.raises(RuleError, match=words):
        Rule.parse(rule)


def test_the_farthest_search_takes_no_time():
    started = time.perf_counter()
    for text in (*SHORTHANDS.values(), f"FREQ=DAILY;COUNT={MAX_COUNT}", "FREQ=YEARLY;INTERVAL=100"):
        Rule.parse(text).first(date(1900, 2, 28), since=LAST_DAY)
    assert time.perf_counter() - started < 2
