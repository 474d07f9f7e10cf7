import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Day, Money, PlainText, Request
from wealth_core.repositories import TransactionView

Payee = Annotated[PlainText, Field(min_length=1, max_length=200, examples=["Corner Grocery"])]
Note = Annotated[PlainText, Field(max_length=500)]


class NewTransaction(Request):
    account_id: uuid.UUID
    date: Day
    payee: Payee
    note: Note | None = None
    amount: Annotated[Amount, Field(description="In the account's currency; spending is negative")]
    category_id: uuid.UUID | None = None


class TransactionChange(Request):
    """What is left out stays as it is; `category_id: null` takes the category away."""

    account_id: uuid.UUID | None = None
    date: Day | None = None
    payee: Payee | None = None
    note: Note | None = None
    amount: Amount | None = None
    category_id: uuid.UUID | None = None


class Transaction(BaseModel):
    id: uuid.UUID
    date: Day
    payee: str
    note: str | None
    amount: Money
    account_id: uuid.UUID
    category_id: uuid.UUID | None
    import_id: uuid.UUID | None

    @classmethod
    def of(cls, view: TransactionView) -> "Transaction":
        return cls(
            id=view.id,
            date=view.date,
            payee=view.payee,
            note=view.note or None,
            amount=Money.of(view.amount),
            account_id=view.account_id,
            category_id=view.category_id,
            import_id=view.import_id,
        )


class TransactionPage(BaseModel):
    items: list[Transaction]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
