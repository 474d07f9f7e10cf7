"""Investments: securities, trades of them, prices and exchange rates."""

import uuid
from datetime import date as Date  # noqa: N812 - a column is named `date`
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.investments.trades import SecurityKind, TradeKind
from wealth_core.models.base import Base, OwnedRow, stored_as_text

_QUANTITY = Numeric(24, 8)
_RATE = Numeric(24, 12)


class Security(OwnedRow, Base):
    __tablename__ = "securities"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("securities_user_id_symbol_idx", "user_id", text("lower(symbol)"), unique=True),
    )

    symbol: Mapped[str]
    name: Mapped[str]
    kind: Mapped[SecurityKind] = mapped_column(stored_as_text(SecurityKind))
    currency: Mapped[str] = mapped_column(String(3))


class TradeRow(OwnedRow, Base):
    """What a ledger transaction of kind trade does to a holding; both have the same id.

    `amount` and `fee` are in the account's currency. A split makes `new_shares` of every `old_shares`.
    """

    __tablename__ = "trades"
    __table_args__ = (
        CheckConstraint("(kind IN ('buy', 'sell')) = (quantity IS NOT NULL) AND quantity > 0", name="quantity"),
        CheckConstraint(
            "(kind = 'split') = (new_shares IS NOT NULL) AND (kind = 'split') = (old_shares IS NOT NULL)"
            " AND new_shares > 0 AND old_shares > 0",
            name="split",
        ),
        CheckConstraint("kind = 'fee' OR security_id IS NOT NULL", name="security"),
        CheckConstraint("amount >= 0 AND fee >= 0 AND (kind <> 'split' OR amount + fee = 0)", name="amount"),
        ForeignKeyConstraint(["user_id", "id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["user_id", "account_id", "currency"], ["accounts.user_id", "accounts.id", "accounts.currency"]
        ),
        ForeignKeyConstraint(["user_id", "security_id"], ["securities.user_id", "securities.id"]),
        Index("trades_user_id_date_id_idx", "user_id", "date", "id"),
        Index("trades_user_id_security_id_date_idx", "user_id", "security_id", "date"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    currency: Mapped[str] = mapped_column(String(3))
    security_id: Mapped[uuid.UUID | None]
    kind: Mapped[TradeKind] = mapped_column(stored_as_text(TradeKind))
    date: Mapped[Date]
    quantity: Mapped[Decimal | None] = mapped_column(_QUANTITY)
    amount: Mapped[Decimal]
    fee: Mapped[Decimal]
    new_shares: Mapped[int | None]
    old_shares: Mapped[int | None]


class Price(OwnedRow, Base):
    """What one unit of a security was worth at the end of a day, in the security's currency."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        ForeignKeyConstraint(["user_id", "security_id"], ["securities.user_id", "securities.id"], ondelete="CASCADE"),
        UniqueConstraint("user_id", "security_id", "date"),
    )

    security_id: Mapped[uuid.UUID]
    date: Mapped[Date]
    price: Mapped[Decimal] = mapped_column(_QUANTITY)


class ExchangeRate(OwnedRow, Base):
    """One unit of `base` was worth `rate` of `quote`."""

    __tablename__ = "exchange_rates"
    __table_args__ = (
        CheckConstraint("rate > 0", name="rate"),
        CheckConstraint("base <> quote", name="pair"),
        UniqueConstraint("user_id", "base", "quote", "date"),
    )

    base: Mapped[str] = mapped_column(String(3))
    quote: Mapped[str] = mapped_column(String(3))
    date: Mapped[Date]
    rate: Mapped[Decimal] = mapped_column(_RATE)
