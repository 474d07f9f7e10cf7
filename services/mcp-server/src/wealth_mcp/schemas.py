"""What the tools take and give. Amounts are decimal strings: JSON numbers would lose cents."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from wealth_core.money import Money
from wealth_core.periods import EARLIEST, LATEST, is_written_day
from wealth_core.texts import plain_text


def _written_day(value: object) -> object:
    if not is_written_day(value):
        raise ValueError("give a date as YYYY-MM-DD")
    return value


def _usable_day(value: dt.date) -> dt.date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"a date has to lie between {EARLIEST} and {LATEST}")
    return value


def _usable_month(value: str) -> str:
    if not f"{EARLIEST:%Y-%m}" <= value <= f"{LATEST:%Y-%m}":
        raise ValueError(f"a month has to lie between {EARLIEST:%Y-%m} and {LATEST:%Y-%m}")
    return value


def _written(value: object) -> object:
    """Numbers are taken too: models write them in spite of the schema, and their shortest form is what was meant."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(str(value)):f}"
    return value.strip() if isinstance(value, str) else value


PlainText = Annotated[str, BeforeValidator(plain_text)]
Name = Annotated[PlainText, Field(min_length=1, max_length=100)]
AccountName = Annotated[Name, Field(description="Name or id of an account")]
CategoryName = Annotated[Name, Field(description="Name or id of a category")]
Payee = Annotated[PlainText, Field(min_length=1, max_length=200)]
Text = Annotated[PlainText, Field(min_length=1, max_length=200)]
Tag = Annotated[PlainText, Field(min_length=1, max_length=50)]
Note = Annotated[PlainText, Field(max_length=500)]
Day = Annotated[dt.date, BeforeValidator(_written_day), AfterValidator(_usable_day)]
AmountText = Annotated[
    str,
    BeforeValidator(_written),
    Field(pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,4})?$", examples=["-12.50"]),
]
PositiveAmount = Annotated[
    str, BeforeValidator(_written), Field(pattern=r"^[0-9]{1,13}(\.[0-9]{1,4})?$", examples=["12.50"])
]

DateFrom = Annotated[Day, Field(description="First day, included")]
DateTo = Annotated[Day, Field(description="Last day, included")]
MonthLabel = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="A month as YYYY-MM")]
Month = Annotated[MonthLabel, AfterValidator(_usable_month)]
Currency = Annotated[
    str | None, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code; left out: the user's own currency")
]


class Amount(BaseModel):
    amount: str
    currency: str

    @classmethod
    def of(cls, money: Money) -> "Amount":
        return cls(amount=f"{money.amount:f}", currency=money.currency)


class Period(BaseModel):
    date_from: dt.date
    date_to: dt.date
    currency: str
    other_currencies: list[str] = Field(description="Currencies with transactions in the period that are NOT included")


def first_day(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def percent(part: Decimal, whole: Decimal) -> str | None:
    """One decimal; None where a percentage would say nothing."""
    if whole <= 0:
        return None
    return str((part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))
