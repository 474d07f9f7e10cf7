import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from wealth_backend.schemas import Currency, PlainText, Request
from wealth_core.investments.trades import SecurityKind

Symbol = Annotated[PlainText, Field(min_length=1, max_length=40, examples=["ACME"])]
Name = Annotated[PlainText, Field(min_length=1, max_length=200, examples=["Acme Corporation"])]


class NewSecurity(Request):
    symbol: Symbol
    name: Annotated[Name | None, Field(description="By default the symbol")] = None
    kind: SecurityKind = SecurityKind.STOCK
    currency: Annotated[Currency | None, Field(description="What its prices are in; by default the user's own")] = None


class SecurityChange(Request):
    """The currency stays: the prices are in it."""

    symbol: Symbol | None = None
    name: Name | None = None
    kind: SecurityKind | None = None


class Security(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    symbol: str
    name: str
    kind: SecurityKind
    currency: str
