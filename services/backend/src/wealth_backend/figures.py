"""Figures that are computed from what people entered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from wealth_backend.problems import Problem, invalid
from wealth_core.money import MoneyError


def decimal_text(whole: int, decimals: int) -> "BeforeValidator":
    """Takes a decimal number, written out, of at most so many digits before and after the point; not zero or less."""
    pattern = re.compile(rf"[0-9]{{1,{whole}}}(\.[0-9]{{1,{decimals}}})?")

    def check(value: object) -> object:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and not (pattern.fullmatch(text) and Decimal(text)):
            raise ValueError(
                f"{text[:40]!r} can't be taken: write a number above zero with at most {whole} digits before the point"
                f" and {decimals} after it, like 12.5."
            )
        return text

    return BeforeValidator(check)


Quantity = Annotated[str, decimal_text(12, 8), Field(examples=["12.5"])]
UnitPrice = Annotated[str, decimal_text(9, 8), Field(examples=["103.25"])]
ExchangeRate = Annotated[str, decimal_text(9, 12), Field(examples=["1.0845"])]


def plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_order(start: date | None, end: date | None) -> None:
    if start and end and start > end:
        raise invalid("query.from", f"The first day ({start}) is after the last ({end}): swap them.")


@contextmanager
def computed() -> Iterator[None]:
    """Figures beyond what money can be are the fault of some value, which only its owner can find."""
    try:
        yield
    except MoneyError:
        raise Problem(
            409,
            "out_of_range",
            "These figures are too large to be added up: correct the quantity, price or rate that is wrong.",
        ) from None
