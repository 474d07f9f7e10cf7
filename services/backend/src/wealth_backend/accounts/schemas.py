import uuid
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Currency, Day, Money, PlainText, Request
from wealth_core.models import AccountKind
from wealth_core.repositories import AccountView

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Everyday account"])]
Note = Annotated[PlainText, Field(max_length=500)]


class NewAccount(Request):
    name: Name
    kind: AccountKind = AccountKind.BANK
    currency: Annotated[Currency | None, Field(description="By default the user's own")] = None
    opening_balance: Amount = "0"
    opening_date: Annotated[Day | None, Field(description="Of the opening balance; by default today")] = None
    note: Note | None = None


class AccountChange(Request):
    """What is left out stays as it is. An archived account takes no new transactions."""

    name: Name | None = None
    kind: AccountKind | None = None
    opening_balance: Amount | None = None
    opening_date: Day | None = None
    note: Note | None = None
    archived: bool | None = None


class Account(BaseModel):
    id: uuid.UUID
    name: str
    kind: AccountKind
    currency: str
    balance: Money
    cleared_balance: Annotated[Money, Field(description="The balance without what is pending")]
    opening_balance: Money
    opening_date: Annotated[date | None, Field(description="null without an opening balance")]
    note: str | None
    archived: bool

    @classmethod
    def of(cls, view: AccountView) -> "Account":
        return cls(
            id=view.id,
            name=view.name,
            kind=view.kind,
            currency=view.currency,
            balance=Money.of(view.balance),
            cleared_balance=Money.of(view.cleared_balance),
            opening_balance=Money.of(view.opening_balance),
            opening_date=view.opening_date,
            note=view.note or None,
            archived=view.archived,
        )
