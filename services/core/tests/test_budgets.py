"""Envelopes: what rolls over, what state they are in, and that no money is made or lost on the way."""

import uuid
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.budgets import (
    BudgetState,
    Envelope,
    EnvelopeMonth,
    Rollover,
    Spending,
    envelope_month,
    envelope_months,
    nearest_envelope,
    spent_from,
)
from wealth_core.money import Money
from wealth_core.periods import shift_months

JANUARY = date(2026, 1, 1)
CENTS = st.integers(0, 10**9)
SPENT = st.integers(-(10**8), 10**9)


def usd(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


def cents(amount: int) -> Money:
    return Money(Decimal(amount).scaleb(-2), "USD")


def month(number: int) -> date:
    return shift_months(JANUARY, number)


@st.composite
def histories(draw) -> tuple[dict[date, Money], dict[date, Money], int]:
    length = draw(st.integers(1, 30))
    later = draw(st.dictionaries(st.integers(1, 29), CENTS, max_size=5))
    amounts = {month(number): cents(amount) for number, amount in {0: draw(CENTS), **later}.items()}
    spent = draw(st.dictionaries(st.integers(0, length - 1), SPENT))
    return amounts, {month(number): cents(amount) for number, amount in spent.items()}, length


def left(rollover: Rollover, budgeted: int = 100, spent: tuple[int, ...] = (70, 150, 90)) -> list[tuple[int, int]]:
    envelope = Envelope({JANUARY: usd(budgeted)}, rollover)
    months = envelope_months(envelope, {month(n): usd(one) for n, one in enumerate(spent)}, month(len(spent) - 1))
    return [(int(one.rolled_over.amount), int(one.left.amount)) for one in months]


def test_what_rolls_over():
    assert left(Rollover.NONE) == [(0, 30), (0, -50), (0, 10)]
    assert left(Rollover.LEFTOVER) == [(0, 30), (30, -20), (0, 10)]
    assert left(Rollover.ALL) == [(0, 30), (30, -20), (-20, -10)]


def test_an_amount_holds_from_its_month_on_and_earlier_ones_keep_theirs():
    envelope = Envelope({JANUARY: usd(100), month(2): usd(50), month(3): usd(0)})
    assert [int(one.budgeted.amount) for one in envelope_months(envelope, {}, month(4))] == [100, 100, 50, 0, 0]
    assert envelope_months(envelope, {}, month(-1)) == []
    assert envelope_month(envelope, {}, month(2)) == envelope_months(envelope, {}, month(4))[2]
    assert envelope_month(envelope, {}, month(-1)) is None


@given(histories(), st.sampled_from(Rollover))
def test_what_is_budgeted_is_spent_left_or_carried_over(history, rollover):
    amounts, spent, length = history
    months = envelope_months(Envelope(amounts, rollover), spent, month(length - 1))
    assert [one.month for one in months] == [month(number) for number in range(length)]
    budgeted = Money.total((one.budgeted for one in months), "USD")
    spending = Money.total(spent.values(), "USD")
    gained = Money.total((one.left - one.rolled_over for one in months), "USD")
    assert gained == budgeted - spending


@given(histories())
def test_without_rollover_the_months_left_add_up_to_budgeted_less_spent(history):
    amounts, spent, length = history
    months = envelope_months(Envelope(amounts, Rollover.NONE), spent, month(length - 1))
    total = Money.total((one.left for one in months), "USD")
    assert total == Money.total((one.budgeted for one in months), "USD") - Money.total(spent.values(), "USD")


@given(histories())
def test_when_all_rolls_over_the_last_month_has_all_that_is_left(history):
    amounts, spent, length = history
    months = envelope_months(Envelope(amounts, Rollover.ALL), spent, month(length - 1))
    budgeted = Money.total((one.budgeted for one in months), "USD")
    assert months[-1].left == budgeted - Money.total(spent.values(), "USD")


@given(histories())
def test_overspending_that_does_not_roll_over_leaves_the_next_month_its_own_amount(history):
    amounts, spent, length = history
    months = envelope_months(Envelope(amounts, Rollover.LEFTOVER), spent, month(length - 1))
    for before, after in pairwise(months):
        assert after.rolled_over.amount == max(before.left.amount, 0)
        assert after.available.amount >= after.budgeted.amount


@pytest.mark.parametrize(
    ("available", "spent", "state", "percent"),
    [
        ("100", "0", BudgetState.OK, "0.0"),
        ("100", "79.99", BudgetState.OK, "80.0"),
        ("100", "80", BudgetState.WARNING, "80.0"),
        ("100", "100", BudgetState.WARNING, "100.0"),
        ("100", "100.01", BudgetState.OVER, "100.0"),
        ("100", "-20", BudgetState.OK, "-20.0"),
        ("0", "0", BudgetState.OK, None),
        ("0", "0.01", BudgetState.OVER, None),
        ("-10", "0", BudgetState.OVER, None),
    ],
)
def test_the_state_of_an_envelope(available, spent, state, percent):
    figures = EnvelopeMonth(JANUARY, usd(available), usd(0), usd(spent))
    assert figures.state is state
    assert figures.percent == (None if percent is None else Decimal(percent))


def test_spending_counts_in_the_nearest_envelope_above():
    food, eating_out, pizza, other = (uuid.uuid4() for _ in range(4))
    parents = {food: None, eating_out: food, pizza: eating_out, other: None}
    assert nearest_envelope(pizza, parents, {food}) == food
    assert nearest_envelope(pizza, parents, {food, eating_out}) == eating_out
    assert nearest_envelope(food, parents, {eating_out}) is None
    assert nearest_envelope(other, parents, {food}) is None
    assert nearest_envelope(uuid.uuid4(), parents, {food}) is None


def test_a_tree_with_a_ring_in_it_is_no_endless_climb():
    one, two = uuid.uuid4(), uuid.uuid4()
    assert nearest_envelope(one, {one: two, two: one}, {uuid.uuid4()}) is None


def test_a_childs_own_envelope_takes_its_spending_from_the_month_on_in_which_it_begins():
    food, pizza = uuid.uuid4(), uuid.uuid4()
    envelopes = {(food, "USD"): Envelope({JANUARY: usd(100)}), (pizza, "USD"): Envelope({month(1): usd(20)})}
    spending = [Spending(pizza, month(number), usd(10)) for number in range(2)] + [Spending(food, month(1), usd(1))]
    assert spent_from(envelopes, spending, {pizza: food, food: None}) == {
        (food, "USD"): {JANUARY: usd(10), month(1): usd(1)},
        (pizza, "USD"): {month(1): usd(10)},
    }


def test_currencies_have_envelopes_of_their_own():
    food = uuid.uuid4()
    euros = Money(Decimal(7), "EUR")
    spending = [Spending(food, JANUARY, usd(5)), Spending(food, JANUARY, euros)]
    assert spent_from({(food, "USD"): Envelope({JANUARY: usd(100)})}, spending, {}) == {
        (food, "USD"): {JANUARY: usd(5)}
    }
