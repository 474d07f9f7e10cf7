"""What can be held, and what can happen to a holding."""

import uuid
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wealth_core.money import Money


class SecurityKind(StrEnum):
    STOCK = "stock"
    FUND = "fund"
    ETF = "etf"
    BOND = "bond"
    CRYPTO = "crypto"
    COMMODITY = "commodity"
    OTHER = "other"


class TradeKind(StrEnum):
    BUY = "buy"
    SELL = "sell"
    DIVIDEND = "dividend"
    SPLIT = "split"
    FEE = "fee"  # of an account or a security; what a buy or sale cost is part of that trade


# Of one day: a split holds from the morning on, and what is sold may have been bought the same day.
_ORDER = (TradeKind.SPLIT, TradeKind.BUY, TradeKind.DIVIDEND, TradeKind.FEE, TradeKind.SELL)


@dataclass(frozen=True, slots=True)
class Trade:
    """`amount` is what changed hands without the fee, both in the account's currency and never negative.

    A split makes `ratio` units of each.
    """

    id: uuid.UUID
    account_id: uuid.UUID
    security_id: uuid.UUID | None
    kind: TradeKind
    date: Date
    amount: Money
    fee: Money
    quantity: Decimal | None = None
    ratio: Fraction | None = None

    @property
    def paid_in(self) -> Money:
        """What the account gave for it; negative is what the account got."""
        match self.kind:
            case TradeKind.BUY | TradeKind.FEE:
                return self.amount + self.fee
            case _:
                return self.fee - self.amount

    @property
    def order(self) -> tuple[Date, int, uuid.UUID]:
        return self.date, _ORDER.index(self.kind), self.id
