import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Currency, Money, PlainText, Request
from wealth_core.models import AccountKind
from wealth_core.repositories import AccountView

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Everyday account"])]


class NewAccount(Request):
    name: Name
    kind: AccountKind = AccountKind.BANK
    currency: Annotated[Currency | None, Field(description="By default the user's own")] = None
    opening_balance: Amount = "0"


class AccountChange(Request):
    name: Name | None = None
    kind: AccountKind | None = None
    opening_balance: Amount | None = None


class Account(BaseModel):
    id: uuid.UUID
    name: str
    kind: AccountKind
    currency: str
    balance: Money
    opening_balance: Money

    @classmethod
    def of(cls, view: AccountView) -> "Account":
        return cls(
            id=view.id,
            name=view.name,
            kind=view.kind,
            currency=view.currency,
            balance=Money.of(view.balance),
            opening_balance=Money.of(view.opening_balance),
        )
