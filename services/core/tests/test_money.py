from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core.money import EXPONENTS, CurrencyMismatchError, Money, MoneyError

CURRENCIES = st.sampled_from(["USD", "JPY", "KWD", "CLF"])


@st.composite
def amounts(draw, currency: str = "USD") -> Money:
    places = EXPONENTS[currency]
    return Money(Decimal(draw(st.integers(-(10**13), 10**13))).scaleb(-places), currency)


@given(amounts(), amounts(), amounts())
def test_sums_are_exact_in_any_order(one, other, third):
    assert one + other == other + one
    assert (one + other) + third == one + (other + third)
    assert one - one == Money.zero("USD")
    assert Money.total([one, other, third], "USD") == one + other + third
    assert Money.zero("USD") - one == -one
    assert abs(one) == abs(-one)


@given(CURRENCIES.flatmap(amounts))
def test_what_is_written_is_read_again(money):
    amount, currency = str(money).split(" ")
    assert Money.parse(amount, currency) == money
    assert len(amount.partition(".")[2]) == EXPONENTS[currency]


@pytest.mark.parametrize(
    ("text", "currency", "written"),
    [
        ("12.5", "USD", "12.50 USD"),
        ("-0", "USD", "0.00 USD"),
        ("7.000", "JPY", "7 JPY"),
        ("1.2345", "CLF", "1.2345 CLF"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(text, currency, written):
    assert str(Money.parse(text, currency)) == written


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.345", "USD"),
        ("0.5", "JPY"),
        ("NaN", "USD"),
        ("Infinity", "USD"),
        ("1e22", "USD"),
        ("9" * 40, "USD"),
        ("", "USD"),
        ("x", "USD"),
        ("1", "XXQ"),
        ("1", "usd"),
    ],
)
def test_what_is_no_money_is_refused(text, currency):
    with pytest.raises(MoneyError):
        Money.parse(text, currency)


def test_floats_are_refused():
    with pytest.raises(MoneyError, match="cents"):
        Money(12.5, "USD")


def test_currencies_are_never_mixed():
    for combine in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b):
        with pytest.raises(CurrencyMismatchError):
            combine(Money.zero("USD"), Money.zero("EUR"))
