"""What the schemas of all domains are made of."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from wealth_core import money, periods
from wealth_core.periods import is_written_day
from wealth_core.texts import plain_text

EARLIEST = periods.EARLIEST
LATEST = periods.LATEST


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _currency(value: str) -> str:
    code = value.upper()
    if code not in money.EXPONENTS:
        raise ValueError(f"{value!r} is not a currency: give its three-letter code, like USD or EUR.")
    return code


def _written_day(value: object) -> object:
    if not is_written_day(value):
        raise PydanticCustomError("date_type", "has to be a date like 2026-11-24")
    return value


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


PlainText = Annotated[str, BeforeValidator(plain_text)]
Currency = Annotated[PlainText, Field(max_length=20, examples=["USD"]), AfterValidator(_currency)]
Day = Annotated[date, BeforeValidator(_written_day), AfterValidator(_usable_day)]
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
