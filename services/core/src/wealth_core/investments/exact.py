"""Exact numbers: quantities, costs and rates are fractions until they become money.

Values of holdings are worked out in decimals of fifty digits instead, which is many times quicker: a portfolio's
history has a hundred thousand of them, and no amount has half as many digits.
"""

from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

from wealth_core.money import Money, MoneyError, exponent

QUANTITY_DECIMALS = 8
WIDE = Context(prec=50)
SMALLEST_QUANTITY = Fraction(1, 10**QUANTITY_DECIMALS)


def money(amount: Fraction, currency: str) -> Money:
    """Rounded to the currency's decimals, a half to the even neighbour. Too large for money is a MoneyError."""
    digits = exponent(currency)
    return Money(_decimal(round(amount * 10**digits), digits), currency)


def wide(value: Fraction) -> Decimal:
    """In fifty digits."""
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def worth(quantity: Decimal, price: Decimal, currency: str) -> Decimal:
    """Rounded to the currency's decimals like `money`, and refused like it."""
    try:
        return WIDE.quantize(WIDE.multiply(quantity, price), Decimal((0, (1,), -exponent(currency))))
    except InvalidOperation:
        raise MoneyError(f"{quantity:.3e} at {price:.3e} {currency} is out of range") from None


def quantity(held: Fraction) -> Decimal:
    """What can be said in eight decimals; never more than there is."""
    return _decimal(held * 10**QUANTITY_DECIMALS // 1, QUANTITY_DECIMALS)


def rounded(value: Fraction, decimals: int) -> Decimal:
    return _decimal(round(value * 10**decimals), decimals)


def _decimal(units: int, decimals: int) -> Decimal:
    """Made from its digits: arithmetic would round to the context's precision."""
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -decimals))
