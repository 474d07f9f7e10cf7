"""Goals: how far they are, what they need and when they are reached."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.goals import GoalState, pace_window, progress
from wealth_core.money import Money

TODAY = date(2026, 11, 26)
CENTS = st.integers(1, 10**12).map(lambda cents: Money(Decimal(cents).scaleb(-2), "USD"))


def usd(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("saved", "lately", "target_date", "state", "needed", "projected"),
    [
        ("1000", "0", None, GoalState.REACHED, None, TODAY),
        ("1200", "0", date(2020, 1, 1), GoalState.REACHED, None, TODAY),
        ("100", "90", None, GoalState.OPEN, None, TODAY + timedelta(days=900)),
        ("100", "0", None, GoalState.OPEN, None, None),
        ("100", "900", date(2027, 2, 28), GoalState.ON_TRACK, "225.00", TODAY + timedelta(days=90)),
        ("100", "90", date(2027, 1, 1), GoalState.BEHIND, "300.00", TODAY + timedelta(days=900)),
        ("100", "-50", date(2027, 1, 1), GoalState.BEHIND, "300.00", None),
        ("100", "900", date(2026, 11, 25), GoalState.OVERDUE, "900.00", TODAY + timedelta(days=90)),
        ("0", "0.01", None, GoalState.OPEN, None, None),  # in the year 26,000
    ],
)
def test_the_state_of_a_goal_of_a_thousand(*, saved, lately, target_date, state, needed, projected):
    found = progress(
        target=usd(1000), saved=usd(saved), lately=usd(lately), days=90, target_date=target_date, today=TODAY
    )
    assert found.state is state
    assert (found.needed_per_month and f"{found.needed_per_month.amount}") == needed
    assert found.projected_date == projected
    assert found.missing == usd(max(Decimal(0), 1000 - Decimal(saved)))


@given(CENTS, CENTS, st.integers(0, 4000))
def test_what_is_needed_a_month_is_enough_and_hardly_more(target, saved, days):
    target_date = TODAY + timedelta(days=days)
    found = progress(target=target, saved=saved, lately=usd(0), days=90, target_date=target_date, today=TODAY)
    payments = (target_date.year - TODAY.year) * 12 + target_date.month - TODAY.month + 1
    if found.needed_per_month is None:
        assert saved.amount >= target.amount
    else:
        assert found.missing.amount <= found.needed_per_month.amount * payments < found.missing.amount + payments


@given(CENTS, st.integers(1, 10**9), st.integers(1, 90))
def test_at_its_pace_a_goal_is_reached_on_the_day_that_is_said(target, lately, days):
    saved = Decimal(lately).scaleb(-2)
    found = progress(target=target, saved=usd(0), lately=usd(saved), days=days, target_date=None, today=TODAY)
    if found.projected_date is not None:
        ahead = (found.projected_date - TODAY).days
        assert saved * (ahead - 1) < target.amount * days
        assert saved * ahead >= target.amount * days


def test_the_pace_of_a_young_goal_is_that_of_its_life_but_of_a_month_at_least():
    assert pace_window(TODAY, date(2020, 1, 1)) == (TODAY - timedelta(days=89), 90)
    assert pace_window(TODAY, TODAY - timedelta(days=44)) == (TODAY - timedelta(days=44), 45)
    assert pace_window(TODAY, TODAY) == (TODAY, 30)
    assert pace_window(TODAY, TODAY + timedelta(days=5)) == (TODAY, 30)
