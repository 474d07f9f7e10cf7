"""Payments that recur are found in what was paid, and others aren't."""

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from wealth_core.money import Money
from wealth_core.patterns import Payment, find_patterns
from wealth_core.periods import shift_months

TODAY = date(2026, 11, 26)
ACCOUNT = uuid.uuid4()


def payment(day: date, amount: str = "-900", payee: str = "Landlord", account_id: uuid.UUID = ACCOUNT) -> Payment:
    return Payment(day, payee, Money(Decimal(amount), "USD"), account_id, None)


def days(first: date, gap: int, count: int) -> list[date]:
    return [first + timedelta(days=gap * number) for number in range(count)]


def months(last: date, step: int, count: int) -> list[date]:
    return [shift_months(last, -step * number) for number in range(count)]


@pytest.mark.parametrize(
    ("paid", "rule", "start"),
    [
        (days(date(2026, 11, 2), 7, 4), "FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 30)),
        (days(date(2026, 10, 1), 14, 4), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", date(2026, 11, 26)),
        (months(date(2026, 11, 5), 1, 3), "FREQ=MONTHLY;BYMONTHDAY=5", date(2026, 12, 5)),
        (months(date(2026, 10, 31), 1, 9), "FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 11, 30)),
        (months(date(2026, 9, 10), 3, 4), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", date(2026, 12, 10)),
        (months(date(2026, 3, 1), 12, 3), "FREQ=YEARLY", date(2027, 3, 1)),
    ],
)
def test_each_rhythm_is_found_with_its_next_day(paid, rule, start):
    (found,) = find_patterns([payment(day) for day in paid], TODAY)
    assert (found.rule, found.start, found.count, found.latest.date) == (rule, start, len(paid), max(paid))


def test_amounts_may_differ_a_little_and_two_contracts_of_one_payee_are_two():
    paid = [
        payment(day, amount, "Telecom") for amount in ("-10.00", "-40.00") for day in months(date(2026, 11, 5), 1, 4)
    ]
    paid[0] = payment(paid[0].date, "-11.50", "TELECOM")
    found = find_patterns(paid, TODAY)
    assert [str(one.latest.money) for one in found] == ["-40.00 USD", "-11.50 USD"]
    assert [one.count for one in found] == [4, 4]


@pytest.mark.parametrize(
    "paid",
    [
        months(date(2026, 11, 5), 1, 2),  # too few
        months(date(2026, 8, 5), 1, 9),  # ended
        [date(2026, 11, 5), date(2026, 10, 20), date(2026, 8, 1), date(2026, 7, 2)],  # no rhythm
        [date(2026, 11, 5)] * 9,
        [],
    ],
)
def test_what_does_not_recur_is_not_found(paid):
    assert find_patterns([payment(day) for day in paid], TODAY) == []


def test_one_late_payment_among_many_is_forgiven():
    paid = months(date(2026, 11, 5), 1, 8)
    paid[3] += timedelta(days=12)
    assert find_patterns([payment(day) for day in paid], TODAY) == []
    paid = months(date(2026, 11, 5), 1, 14)
    paid[3] += timedelta(days=12)
    (found,) = find_patterns([payment(day) for day in paid], TODAY)
    assert found.rule == "FREQ=MONTHLY;BYMONTHDAY=5"


def test_money_that_comes_and_money_that_goes_and_accounts_are_kept_apart():
    paid = months(date(2026, 11, 5), 1, 4)
    other = uuid.uuid4()
    payments = [payment(paid[0]), payment(paid[1], "900"), payment(paid[2], account_id=other), payment(paid[3])]
    assert find_patterns(payments, TODAY) == []


def test_the_order_of_the_rows_makes_no_difference():
    payments = [payment(day, payee=payee) for payee in "abc" for day in months(date(2026, 11, 5), 1, 5)]
    found = find_patterns(payments, TODAY)
    random.Random(1).shuffle(payments)  # noqa: S311 - any order will do
    assert find_patterns(payments, TODAY) == found
    assert [one.latest.payee for one in found] == ["a", "b", "c"]
