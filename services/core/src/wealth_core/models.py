"""The tables. What a row may hold the database decides; see migrations/versions for its triggers, policies and grants.

Every reference between a user's rows carries the user's id, so that no row can point at another user's: foreign keys
are checked past row-level security.
"""

import uuid
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from wealth_core.ids import new_id
from wealth_core.ledger import PostingKind


class AccountKind(StrEnum):
    CASH = "cash"
    BANK = "bank"
    CARD = "card"
    SAVINGS = "savings"


class CategoryKind(StrEnum):
    INCOME = "income"
    EXPENSE = "expense"


class TransactionKind(StrEnum):
    STANDARD = "standard"
    OPENING = "opening"


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def _stored_as_text(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, create_constraint=False, length=16, values_callable=_values)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "ck": "%(table_name)s_%(constraint_name)s_check",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: TIMESTAMP(timezone=True),
        Decimal: Numeric(19, 4),
        bytes: LargeBinary,
        str: Text,
        AccountKind: _stored_as_text(AccountKind),
        CategoryKind: _stored_as_text(CategoryKind),
        TransactionKind: _stored_as_text(TransactionKind),
        PostingKind: _stored_as_text(PostingKind),
    }


class _Made:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class User(_Made, Base):
    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3))
    password_hash: Mapped[str]


class SignInSession(_Made, Base):
    """What a session cookie stands for; without its row the cookie is worth nothing."""

    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class Attempts(Base):
    """How often something was tried in the current window; `key` is a digest of who tries what."""

    __tablename__ = "attempts"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy reads it from the class

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int]
    resets_at: Mapped[datetime] = mapped_column(index=True)


class OwnedRow(_Made):
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))


class Account(OwnedRow, Base):
    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("user_id", "id", "currency"),
        Index("accounts_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[AccountKind]
    currency: Mapped[str] = mapped_column(String(3))


class Category(OwnedRow, Base):
    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("categories_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[CategoryKind]


class Import(OwnedRow, Base):
    __tablename__ = "imports"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="CASCADE",
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    currency: Mapped[str] = mapped_column(String(3))
    filename: Mapped[str]
    imported: Mapped[int]
    duplicates: Mapped[int]


class Transaction(OwnedRow, Base):
    __tablename__ = "transactions"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        ForeignKeyConstraint(
            ["user_id", "import_id"], ["imports.user_id", "imports.id"], ondelete="SET NULL (import_id)"
        ),
        Index("transactions_user_id_date_id_idx", "user_id", "date", "id"),
    )

    kind: Mapped[TransactionKind] = mapped_column(default=TransactionKind.STANDARD)
    date: Mapped[Date]
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    import_id: Mapped[uuid.UUID | None] = mapped_column(index=True)


class PostingRow(Base):
    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("(kind = 'account') = (account_id IS NOT NULL)", name="account"),
        CheckConstraint("kind = 'category' OR category_id IS NULL", name="category"),
        CheckConstraint("kind = 'account' OR fingerprint IS NULL", name="fingerprint"),
        ForeignKeyConstraint(
            ["user_id", "transaction_id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["user_id", "account_id", "currency"], ["accounts.user_id", "accounts.id", "accounts.currency"]
        ),
        ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
        # An imported row is a line of one account's statement: the same line never counts twice.
        UniqueConstraint("account_id", "fingerprint"),
    )

    transaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    user_id: Mapped[uuid.UUID]
    kind: Mapped[PostingKind]
    account_id: Mapped[uuid.UUID | None]
    category_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    fingerprint: Mapped[bytes | None]
