"""The ledger: accounts, categories, imports, transactions and their postings."""

import uuid
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.ledger import PostingKind
from wealth_core.models.base import Base, OwnedRow, stored_as_text


class AccountKind(StrEnum):
    CASH = "cash"
    BANK = "bank"
    CARD = "card"
    SAVINGS = "savings"
    LOAN = "loan"
    INVESTMENT = "investment"


class CategoryKind(StrEnum):
    INCOME = "income"
    EXPENSE = "expense"


class TransactionKind(StrEnum):
    STANDARD = "standard"
    OPENING = "opening"
    TRANSFER = "transfer"  # between two of the user's accounts
    TRADE = "trade"  # of a security


class StatementFormat(StrEnum):
    CSV = "csv"
    OFX = "ofx"  # QFX too, which is OFX with Quicken's own fields
    QIF = "qif"
    CAMT053 = "camt053"


class Account(OwnedRow, Base):
    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("user_id", "id", "currency"),
        Index("accounts_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[AccountKind] = mapped_column(stored_as_text(AccountKind))
    currency: Mapped[str] = mapped_column(String(3))


class Category(OwnedRow, Base):
    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("categories_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[CategoryKind] = mapped_column(stored_as_text(CategoryKind))


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
    format: Mapped[StatementFormat] = mapped_column(stored_as_text(StatementFormat), server_default="csv")
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

    kind: Mapped[TransactionKind] = mapped_column(stored_as_text(TransactionKind), default=TransactionKind.STANDARD)
    date: Mapped[Date]
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    import_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # When an imported transaction was changed since its import; triggers keep it.
    edited_at: Mapped[datetime | None]


class PostingRow(Base):
    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("(kind = 'account') = (account_id IS NOT NULL)", name="account"),
        CheckConstraint("kind = 'category' OR category_id IS NULL", name="category"),
        CheckConstraint("kind = 'account' OR fingerprint IS NULL", name="fingerprint"),
        CheckConstraint("kind = 'account' OR external_id IS NULL", name="external_id"),
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
        Index(
            "postings_account_id_external_id_idx",
            "account_id",
            "external_id",
            unique=True,
            postgresql_where=text("external_id IS NOT NULL"),
        ),
    )

    transaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    user_id: Mapped[uuid.UUID]
    kind: Mapped[PostingKind] = mapped_column(stored_as_text(PostingKind))
    account_id: Mapped[uuid.UUID | None]
    category_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    fingerprint: Mapped[bytes | None]
    # A digest of what the bank itself calls the row, where it calls it anything.
    external_id: Mapped[bytes | None]
