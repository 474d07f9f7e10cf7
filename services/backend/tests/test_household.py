"""The demo household: the same every time, and one whose sums work out."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from wealth_backend.demo.household import ACCOUNTS, BROKER, CARD, LOAN, MONTHS, household
from wealth_core.money import Money

DAYS = [date(2026, 11, 26), date(2027, 3, 31), date(2028, 2, 29), date(2026, 1, 1)]


@pytest.mark.parametrize("last_day", DAYS, ids=str)
def test_the_same_last_day_gives_the_same_household(last_day):
    made = household(last_day)
    assert made == household(last_day)
    dates = [one.date for one in (*made.entries, *made.transfers, *made.purchases, *made.dividends)]
    assert max(dates) <= last_day
    assert (last_day - min(dates)).days > 30 * (MONTHS - 1)
    assert len(made.entries) > 1000
    assert all(sum(amount for _, amount in one.parts) == one.amount for one in made.entries if one.parts)


@pytest.mark.parametrize("last_day", DAYS, ids=str)
def test_nobody_spends_what_they_do_not_have(last_day):
    made = household(last_day)
    moves = [(one.date, one.account, one.amount) for one in made.entries]
    moves += [(one.date, one.account, -one.amount) for one in made.transfers]
    moves += [(one.date, one.to_account, one.received or one.amount) for one in made.transfers]
    moves += [(one.date, BROKER, -one.quantity * one.price) for one in made.purchases]
    moves += [(one.date, BROKER, one.amount) for one in made.dividends]
    balances = {account.name: account.opening for account in ACCOUNTS}
    lowest = defaultdict(Decimal)
    for _, account, amount in sorted(moves, key=lambda move: (move[0], -move[2])):
        balances[account] += amount
        lowest[account] = min(lowest[account], balances[account])
    assert {name for name, least in lowest.items() if least < 0} <= {CARD, LOAN}
    assert lowest[CARD] > -400_000


def test_amounts_are_money_of_their_accounts():
    currencies = {account.name: account.currency for account in ACCOUNTS}
    made = household(DAYS[0])
    for one in (*made.entries, *made.transfers):
        Money(one.amount, currencies[one.account])
    assert len({one.received for one in made.transfers if one.received}) > 5


def test_a_longer_history_begins_with_the_same_months():
    """A household of tomorrow is today's with a day more: what was looked at yesterday is still there."""
    today = household(DAYS[0])
    tomorrow = household(DAYS[0] + timedelta(days=1))
    assert [one for one in tomorrow.entries if one.date <= DAYS[0]] == today.entries
