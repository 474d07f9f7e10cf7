"""Transactions, each with its balanced postings."""

import base64
import binascii
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from typing import Any

from sqlalchemy import TextClause, Uuid, case, cast, or_, select, text, tuple_, update
from sqlalchemy.orm import aliased

from wealth_core.ledger import Posting, PostingKind
from wealth_core.models import Account, Category, PostingRow, Transaction, TransactionKind
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Page, Repository

MAX_PAGE = 500


def _insert(table: str, **types: str) -> TextClause:
    """Takes all rows as one JSON document: many cost little more than one, and the statement is always the same."""
    columns, typed = ", ".join(types), ", ".join(f"{column} {kind}" for column, kind in types.items())
    return text(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_to_recordset(CAST(:rows AS json)) AS row ({typed})"  # noqa: S608 - our own names
    )


_INSERT_TRANSACTIONS = _insert(
    "transactions", id="uuid", user_id="uuid", kind="text", date="date", payee="text", note="text", import_id="uuid"
)
_INSERT_POSTINGS = _insert(
    "postings",
    transaction_id="uuid",
    position="smallint",
    user_id="uuid",
    kind="text",
    account_id="uuid",
    category_id="uuid",
    amount="numeric",
    currency="text",
    fingerprint="bytea",
)


class CursorError(ValueError):
    """A cursor that no page ended with."""


@dataclass(frozen=True, slots=True)
class NewTransaction:
    id: uuid.UUID
    user_id: uuid.UUID
    date: Date
    payee: str
    postings: Sequence[Posting]
    note: str = ""
    kind: TransactionKind = TransactionKind.STANDARD
    import_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class TransactionFilter:
    """What must hold for a transaction to be found; `start` and `end` are both included."""

    account_id: uuid.UUID | None = None
    category_id: uuid.UUID | None = None
    start: Date | None = None
    end: Date | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction as its account sees it: spending is negative."""

    id: uuid.UUID
    date: Date
    payee: str
    note: str
    amount: Money
    account_id: uuid.UUID
    account_name: str
    category_id: uuid.UUID | None
    category_name: str | None
    import_id: uuid.UUID | None


_account_leg = aliased(PostingRow)
_category_leg = aliased(PostingRow)


def _views() -> AnySelect:
    return (
        select(
            Transaction.id,
            Transaction.date,
            Transaction.payee,
            Transaction.note,
            _account_leg.amount,
            _account_leg.currency,
            _account_leg.account_id,
            Account.name,
            _category_leg.category_id,
            Category.name,
            Transaction.import_id,
        )
        .join(
            _account_leg,
            (_account_leg.transaction_id == Transaction.id) & (_account_leg.kind == PostingKind.ACCOUNT),
        )
        .join(
            _category_leg,
            (_category_leg.transaction_id == Transaction.id) & (_category_leg.kind == PostingKind.CATEGORY),
        )
        .join(Account, Account.id == _account_leg.account_id)
        .outerjoin(Category, Category.id == _category_leg.category_id)
        .where(Transaction.kind == TransactionKind.STANDARD)
        .order_by(Transaction.date.desc(), Transaction.id.desc())
    )


def _view(row: Any) -> TransactionView:
    row_id, date, payee, note, amount, currency, account_id, account, category_id, category, import_id = row
    return TransactionView(
        row_id, date, payee, note, Money(amount, currency), account_id, account, category_id, category, import_id
    )


class TransactionRepository(Repository[Transaction]):
    model = Transaction

    async def record(self, *new: NewTransaction) -> None:
        """Writes transactions and their postings in two statements, however many they are."""
        transactions = [
            {
                "id": str(one.id),
                "user_id": str(one.user_id),
                "kind": one.kind,
                "date": one.date.isoformat(),
                "payee": one.payee,
                "note": one.note,
                "import_id": _text(one.import_id),
            }
            for one in new
        ]
        postings = [
            {
                "transaction_id": str(one.id),
                "position": position,
                "user_id": str(one.user_id),
                "kind": posting.kind,
                "account_id": _text(posting.account_id),
                "category_id": _text(posting.category_id),
                "amount": str(posting.money.amount),
                "currency": posting.money.currency,
                "fingerprint": f"\\x{posting.fingerprint.hex()}" if posting.fingerprint else None,
            }
            for one in new
            for position, posting in enumerate(one.postings)
        ]
        await self._session.execute(_INSERT_TRANSACTIONS, {"rows": json.dumps(transactions)})
        await self._session.execute(_INSERT_POSTINGS, {"rows": json.dumps(postings)})

    async def view(self, transaction_id: uuid.UUID) -> TransactionView | None:
        row = (await self._session.execute(_views().where(Transaction.id == transaction_id))).one_or_none()
        return _view(row) if row else None

    async def search(
        self, wanted: TransactionFilter, *, limit: int = 50, cursor: str | None = None
    ) -> Page[TransactionView]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        limit = min(limit, MAX_PAGE)
        statement = _narrow(_views(), wanted).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(tuple_(Transaction.date, Transaction.id) < _decode(cursor))
        found = [_view(row) for row in await self._session.execute(statement)]
        items = found[:limit]
        return Page(items, _encode(items[-1]) if len(found) > limit else None)

    async def change(
        self,
        transaction_id: uuid.UUID,
        *,
        date: Date,
        payee: str,
        note: str,
        money: Money,
        account_id: uuid.UUID,
        category_id: uuid.UUID | None,
    ) -> None:
        """Gives a transaction new content. What marks its account posting as imported stays."""
        await self._session.execute(
            update(Transaction).where(Transaction.id == transaction_id).values(date=date, payee=payee, note=note)
        )
        is_account = PostingRow.kind == PostingKind.ACCOUNT
        await self._session.execute(
            update(PostingRow)
            .where(PostingRow.transaction_id == transaction_id)
            .values(
                amount=case((is_account, money.amount), else_=-money.amount),
                currency=money.currency,
                account_id=case((is_account, account_id)),
                category_id=case((PostingRow.kind == PostingKind.CATEGORY, cast(category_id, Uuid))),
            )
        )


def _text(row_id: uuid.UUID | None) -> str | None:
    return str(row_id) if row_id else None


def _narrow(statement: AnySelect, wanted: TransactionFilter) -> AnySelect:
    if wanted.account_id is not None:
        statement = statement.where(_account_leg.account_id == wanted.account_id)
    if wanted.category_id is not None:
        statement = statement.where(_category_leg.category_id == wanted.category_id)
    if wanted.start is not None:
        statement = statement.where(Transaction.date >= wanted.start)
    if wanted.end is not None:
        statement = statement.where(Transaction.date <= wanted.end)
    if wanted.text:
        statement = statement.where(
            or_(
                Transaction.payee.icontains(wanted.text, autoescape=True),
                Transaction.note.icontains(wanted.text, autoescape=True),
            )
        )
    return statement


def _encode(last: TransactionView) -> str:
    return base64.urlsafe_b64encode(last.date.toordinal().to_bytes(4) + last.id.bytes).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Date, uuid.UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return Date.fromordinal(int.from_bytes(raw[:4])), uuid.UUID(bytes=raw[4:])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error
