"""What the tools take and give. Amounts are decimal strings: JSON numbers would lose cents."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_core.money import Money

DateFrom = Annotated[dt.date, Field(description="First day, included")]
DateTo = Annotated[dt.date, Field(description="Last day, included")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="A month as YYYY-MM")]
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
