import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.figures import ExchangeRate, UnitPrice, plain
from wealth_backend.schemas import Currency, Day, Request
from wealth_core import models
from wealth_core.repositories import Written

Table = Annotated[str, Field(min_length=1, max_length=250_000)]


class NewPrice(Request):
    security_id: uuid.UUID
    date: Day
    price: Annotated[UnitPrice, Field(description="Of one unit as it was that day, not adjusted for later splits")]


class Price(BaseModel):
    id: uuid.UUID
    security_id: uuid.UUID
    date: Day
    price: Annotated[str, Field(examples=["103.25"])]

    @classmethod
    def of(cls, row: models.Price) -> "Price":
        return cls(id=row.id, security_id=row.security_id, date=row.date, price=plain(row.price))


class PricePage(BaseModel):
    items: list[Price]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]


class PriceTable(Request):
    csv: Annotated[
        Table,
        Field(
            description="Rows of symbol, date, price; a header may give another order",
            examples=["symbol,date,price\nACME,2026-11-24,103.25\n"],
        ),
    ]


class NewRate(Request):
    base: Annotated[Currency, Field(description="One unit of this …")]
    quote: Annotated[Currency, Field(description="… was worth so much of this")]
    date: Day
    rate: ExchangeRate


class Rate(BaseModel):
    id: uuid.UUID
    base: str
    quote: str
    date: Day
    rate: Annotated[str, Field(examples=["1.0845"])]

    @classmethod
    def of(cls, row: models.ExchangeRate) -> "Rate":
        return cls(id=row.id, base=row.base, quote=row.quote, date=row.date, rate=plain(row.rate))


class RatePage(BaseModel):
    items: list[Rate]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]


class RateTable(Request):
    csv: Annotated[
        Table,
        Field(
            description="Rows of date, from, to, rate; a header may give another order",
            examples=["date,from,to,rate\n2026-11-24,EUR,USD,1.0845\n"],
        ),
    ]


class TableResult(BaseModel):
    """Rows that were there already, and alike, are `unchanged`."""

    added: int
    changed: int
    unchanged: int

    @classmethod
    def of(cls, written: Written) -> "TableResult":
        return cls(added=written.added, changed=written.changed, unchanged=written.unchanged)
