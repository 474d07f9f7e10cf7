"""What the schemas of all domains are made of."""

import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from wealth_core import money

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

# Control characters would break logs and tables, and half of a surrogate pair can't be stored at all.
_UNUSABLE = frozenset({"Cc", "Cs"})


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _plain_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    if any(unicodedata.category(character) in _UNUSABLE for character in value.strip()):
        raise ValueError("This text has control characters in it: write it on one line, without any.")
    return unicodedata.normalize("NFC", value.strip())


def _currency(value: str) -> str:
    code = value.upper()
    if code not in money.EXPONENTS:
        raise ValueError(f"{value!r} is not a currency: give its three-letter code, like USD or EUR.")
    return code


def _usable_day(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"A date has to lie between {EARLIEST} and {LATEST}.")
    return value


def _usable_month(value: str) -> str:
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        raise ValueError(f"{value[:20]!r} is not a month: write it like 2026-11.") from None
    if not EARLIEST <= first <= LATEST:
        raise ValueError(f"A month has to lie between {EARLIEST:%Y-%m} and {LATEST:%Y-%m}.")
    return value


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


PlainText = Annotated[str, BeforeValidator(_plain_text)]
Currency = Annotated[PlainText, Field(max_length=20, examples=["USD"]), AfterValidator(_currency)]
Day = Annotated[date, AfterValidator(_usable_day)]
Month = Annotated[
    str,
    Field(max_length=20, examples=["2026-11"], json_schema_extra={"pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
    AfterValidator(_usable_month),
]


class Money(BaseModel):
    """An exact decimal with all the digits of its currency; money that leaves an account is negative."""

    amount: str = Field(examples=["-12.50"])
    currency: str = Field(examples=["USD"])

    @classmethod
    def of(cls, value: money.Money) -> "Money":
        return cls(amount=f"{value.amount:f}", currency=value.currency)
