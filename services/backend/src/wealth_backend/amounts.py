"""Amounts as people send them."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from wealth_backend.problems import invalid
from wealth_core.ledger import LIMIT
from wealth_core.money import Money, MoneyError

_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


def _amount(value: object) -> object:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and not _AMOUNT.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not an amount: write it as a number, like 12.34.")
    return text


Amount = Annotated[str, BeforeValidator(_amount), Field(examples=["-12.50"])]


def _limit(value: object) -> object:
    text = _amount(value)
    if isinstance(text, str) and text.startswith("-"):
        raise ValueError("amounts are compared without their sign: leave the minus out.")
    return text


AmountLimit = Annotated[str, BeforeValidator(_limit), Field(examples=["100"])]


def money_of(amount: str, currency: str, field: str = "amount") -> Money:
    """The amount as money of a currency, or a problem that says what is wrong with it."""
    try:
        money = Money.parse(amount, currency)
    except MoneyError as error:
        raise invalid(field, f"This amount can't be taken: {error}.") from None
    if abs(money.amount) >= LIMIT:
        raise invalid(field, f"This amount can't be taken: {amount} is out of range.")
    return money
