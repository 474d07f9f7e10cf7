"""Exact numbers: quantities, prices and rates are fractions until they become money."""

from decimal import Decimal
from fractions import Fraction

from wealth_core.money import Money, exponent

QUANTITY_DECIMALS = 8
SMALLEST_QUANTITY = Fraction(1, 10**QUANTITY_DECIMALS)


def money(amount: Fraction, currency: str) -> Money:
    """Rounded to the currency's decimals, a half to the even neighbour. Too large for money is a MoneyError."""
    digits = exponent(currency)
    return Money(_decimal(round(amount * 10**digits), digits), currency)


def quantity(held: Fraction) -> Decimal:
    """What can be said in eight decimals; never more than there is."""
    return _decimal(held * 10**QUANTITY_DECIMALS // 1, QUANTITY_DECIMALS)


def rounded(value: Fraction, decimals: int) -> Decimal:
    return _decimal(round(value * 10**decimals), decimals)


def _decimal(units: int, decimals: int) -> Decimal:
    """Made from its digits: arithmetic would round to the context's precision."""
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -decimals))
