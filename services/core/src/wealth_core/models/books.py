"""The books: accounts, categories, tags, rules, imports, transactions and their postings."""

import uuid
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
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


class TransactionStatus(StrEnum):
    PENDING = "pending"  # announced; the bank may still change it
    CLEARED = "cleared"
    RECONCILED = "reconciled"  # compared with a statement


class Direction(StrEnum):
    """Of money, as an account sees it."""

    IN = "in"
    OUT = "out"


class Account(OwnedRow, Base):
    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        UniqueConstraint("user_id", "id", "currency"),
        Index("accounts_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[AccountKind] = mapped_column(stored_as_text(AccountKind))
    currency: Mapped[str] = mapped_column(String(3))
    note: Mapped[str] = mapped_column(server_default="")
    archived: Mapped[bool] = mapped_column(server_default=text("false"))


class Category(OwnedRow, Base):
    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        UniqueConstraint("user_id", "id", "kind"),
        # A category is of its parent's kind. How deep trees are, and that they have no circle, the service sees to.
        ForeignKeyConstraint(
            ["user_id", "parent_id", "kind"],
            ["categories.user_id", "categories.id", "categories.kind"],
            ondelete="SET NULL (parent_id)",
        ),
        CheckConstraint("parent_id <> id", name="parent"),
        Index("categories_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    kind: Mapped[CategoryKind] = mapped_column(stored_as_text(CategoryKind))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    icon: Mapped[str] = mapped_column(server_default="")
    color: Mapped[str] = mapped_column(String(7), server_default="")
    position: Mapped[int] = mapped_column(server_default=text("0"))


class Tag(OwnedRow, Base):
    __tablename__ = "tags"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("tags_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]


class Rule(OwnedRow, Base):
    """What is done with transactions that meet all of its conditions; see `wealth_core.rules`."""

    __tablename__ = "rules"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        # Without the account it looks at, a rule would look at all of them; hence it goes with the account.
        ForeignKeyConstraint(["user_id", "account_id"], ["accounts.user_id", "accounts.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["user_id", "transfer_account_id"],
            ["accounts.user_id", "accounts.id"],
            ondelete="SET NULL (transfer_account_id)",
        ),
        ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
        Index("rules_user_id_position_id_idx", "user_id", "position", "id"),
    )

    name: Mapped[str]
    position: Mapped[int]
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    stop: Mapped[bool] = mapped_column(server_default=text("false"))
    any_text: Mapped[bool] = mapped_column(server_default=text("false"))
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    currency: Mapped[str | None] = mapped_column(String(3))
    direction: Mapped[Direction | None] = mapped_column(stored_as_text(Direction))
    min_amount: Mapped[Decimal | None]
    max_amount: Mapped[Decimal | None]
    category_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    payee: Mapped[str | None]
    status: Mapped[TransactionStatus | None] = mapped_column(stored_as_text(TransactionStatus))
    transfer_account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)


class RuleTag(Base):
    """A tag that a rule gives."""

    __tablename__ = "rule_tags"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "rule_id"], ["rules.user_id", "rules.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["user_id", "tag_id"], ["tags.user_id", "tags.id"], ondelete="CASCADE"),
    )

    rule_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    user_id: Mapped[uuid.UUID]


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
        Index("transactions_pending_idx", "user_id", "date", "id", postgresql_where=text("status = 'pending'")),
    )

    kind: Mapped[TransactionKind] = mapped_column(stored_as_text(TransactionKind), default=TransactionKind.STANDARD)
    date: Mapped[Date]
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    status: Mapped[TransactionStatus] = mapped_column(
        stored_as_text(TransactionStatus), server_default=TransactionStatus.CLEARED.value
    )
    reference: Mapped[str] = mapped_column(server_default="")
    import_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # When an imported transaction was changed last; triggers keep it. What rules do during the import is no change.
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
        Index(
            "postings_uncategorised_idx",
            "user_id",
            "transaction_id",
            postgresql_where=text("kind = 'category' AND category_id IS NULL"),
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
    note: Mapped[str] = mapped_column(server_default="")


class TransactionTag(Base):
    __tablename__ = "transaction_tags"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "transaction_id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["user_id", "tag_id"], ["tags.user_id", "tags.id"], ondelete="CASCADE"),
        Index("transaction_tags_tag_id_transaction_id_idx", "tag_id", "transaction_id"),
    )

    transaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
