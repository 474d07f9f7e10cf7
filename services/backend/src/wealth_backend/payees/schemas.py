import uuid
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.schemas import PlainText, Request
from wealth_backend.transactions.schemas import Payee as PayeeName
from wealth_core.repositories import PayeeView

MAX_RENAMED = 100


class Payee(BaseModel):
    name: str
    transactions: int
    last_date: date
    category_id: Annotated[uuid.UUID | None, Field(description="The last one that it was given")]

    @classmethod
    def of(cls, view: PayeeView) -> "Payee":
        return cls(
            name=view.name, transactions=view.transactions, last_date=view.last_date, category_id=view.category_id
        )


class PayeePage(BaseModel):
    items: list[Payee]
    next_cursor: Annotated[str | None, Field(description="Asks for those used before; null on the last page")]


class PayeeRename(Request):
    """Several names become one by being given the same."""

    names: Annotated[
        list[Annotated[PlainText, Field(min_length=1, max_length=1000)]],
        Field(min_length=1, max_length=MAX_RENAMED, description="Exactly as they stand in the transactions"),
    ]
    name: PayeeName


class PayeeRenamed(BaseModel):
    transactions: Annotated[int, Field(description="How many were changed")]
