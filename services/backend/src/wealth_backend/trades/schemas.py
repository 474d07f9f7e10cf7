import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.figures import Quantity, UnitPrice, plain
from wealth_backend.schemas import Day, Money, PlainText, Request
from wealth_core.investments.trades import TradeKind
from wealth_core.repositories import TradeView

Note = Annotated[PlainText, Field(max_length=500)]
Ratio = Annotated[
    PlainText,
    Field(
        pattern=r"^[1-9][0-9]{0,5}:[1-9][0-9]{0,5}$",
        examples=["4:1"],
        description="Of a split: so many new shares for so many old ones",
    ),
]
_AMOUNT = "In the account's currency, without the fee"
_FEE = "What the trade cost besides; of a dividend, what was withheld"
_PRICE = "Of one unit, instead of the amount, where security and account have one currency"


class NewTrade(Request):
    """What a kind needs: buy and sell a quantity and an amount or price, dividend and fee an amount, split a ratio."""

    kind: TradeKind
    account_id: Annotated[uuid.UUID, Field(description="One of kind investment")]
    security_id: Annotated[uuid.UUID | None, Field(description="Only a fee can do without")] = None
    date: Day
    quantity: Quantity | None = None
    amount: Annotated[Amount | None, Field(description=_AMOUNT)] = None
    price: Annotated[UnitPrice | None, Field(description=_PRICE)] = None
    fee: Annotated[
        Amount | None, Field(description="What the trade cost besides; of a dividend, what was withheld")
    ] = None
    ratio: Ratio | None = None
    note: Note | None = None
    category_id: Annotated[
        uuid.UUID | None, Field(description="Of the dividend, or of what a sale brought beyond its cost")
    ] = None
    fee_category_id: Annotated[uuid.UUID | None, Field(description="Of the fee")] = None


class TradeChange(Request):
    """What is left out stays as it is; null takes a note or category away."""

    date: Day | None = None
    quantity: Quantity | None = None
    amount: Annotated[Amount | None, Field(description=_AMOUNT)] = None
    price: Annotated[UnitPrice | None, Field(description=_PRICE)] = None
    fee: Amount | None = None
    ratio: Ratio | None = None
    note: Note | None = None
    category_id: uuid.UUID | None = None
    fee_category_id: uuid.UUID | None = None


class Trade(BaseModel):
    id: Annotated[uuid.UUID, Field(description="Its transaction has the same")]
    kind: TradeKind
    account_id: uuid.UUID
    security_id: uuid.UUID | None
    symbol: str | None
    date: Day
    quantity: Annotated[str | None, Field(examples=["12.5"])]
    amount: Money
    fee: Money
    ratio: Annotated[str | None, Field(examples=["4:1"])]
    note: str | None
    category_id: uuid.UUID | None
    fee_category_id: uuid.UUID | None
    cost: Annotated[Money | None, Field(description="Of a sale: what the sold had cost, first in, first out")]
    realised_gain: Annotated[Money | None, Field(description="Of a sale: the amount minus the cost")]

    @classmethod
    def of(cls, view: TradeView) -> "Trade":
        trade = view.trade
        return cls(
            id=trade.id,
            kind=trade.kind,
            account_id=trade.account_id,
            security_id=trade.security_id,
            symbol=view.symbol,
            date=trade.date,
            quantity=None if trade.quantity is None else plain(trade.quantity),
            amount=Money.of(trade.amount),
            fee=Money.of(trade.fee),
            ratio=f"{view.new_shares}:{view.old_shares}" if view.new_shares else None,
            note=view.note or None,
            category_id=view.category_id,
            fee_category_id=view.fee_category_id,
            cost=Money.of(view.cost) if view.cost else None,
            realised_gain=Money.of(view.gain) if view.gain else None,
        )


class TradePage(BaseModel):
    items: list[Trade]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
