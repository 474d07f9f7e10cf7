"""Imports of bank statements: many rows in few statements, the same row never twice, and all of them undone again."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Uuid, any_, delete, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from wealth_core.ids import new_id
from wealth_core.models import Account, Import, PostingRow, StatementFormat, Transaction
from wealth_core.money import Money
from wealth_core.repositories.base import AnySelect, Page, Repository
from wealth_core.repositories.cursors import decode_id, encode_id

# The entries of `ledger.entry`, made where they are kept: an import has a hundred thousand of them.
_WRITE = text(
    """
    WITH new AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json))
            AS row (id uuid, date date, payee text, note text, amount numeric, category_id uuid,
                fingerprint bytea, external_id bytea)
    ), written AS (
        INSERT INTO transactions (id, user_id, kind, date, payee, note, import_id)
        SELECT id, CAST(:user_id AS uuid), 'standard', date, payee, note, CAST(:import_id AS uuid) FROM new
    )
    INSERT INTO postings
        (transaction_id, position, user_id, kind, account_id, category_id, amount, currency, fingerprint, external_id)
    SELECT id, 0, CAST(:user_id AS uuid), 'account', CAST(:account_id AS uuid), NULL, amount, :currency, fingerprint,
        external_id
    FROM new
    UNION ALL
    SELECT id, 1, CAST(:user_id AS uuid), 'category', NULL, category_id, -amount, :currency, NULL, NULL
    FROM new
    """
)
_RECOGNISE = text(
    """
    UPDATE postings SET external_id = row.external_id
    FROM json_to_recordset(CAST(:rows AS json)) AS row (fingerprint bytea, external_id bytea)
    WHERE postings.account_id = :account_id AND postings.fingerprint = row.fingerprint
        AND postings.external_id IS NULL
    """
)
_UNDONE_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ImportRow:
    date: Date
    payee: str
    note: str
    money: Money
    category_id: uuid.UUID | None
    fingerprint: bytes
    external_id: bytes | None = None


@dataclass(frozen=True, slots=True)
class ImportView:
    id: uuid.UUID
    account_id: uuid.UUID
    account_name: str
    filename: str
    format: StatementFormat
    imported: int
    duplicates: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ImportState:
    """What has become of an import's transactions."""

    transactions: int
    changed: int


def fingerprint(date: Date, money: Money, payee: str, note: str, occurrence: int) -> bytes:
    """What makes a row of a statement the same row again, whatever the file's encoding, date format or column order.

    Equal rows of one file are told apart by their occurrence: two equal coffees on one day are two coffees.
    """
    return _digest(date.isoformat(), str(money), payee, note, str(occurrence))


def external_mark(external_id: str, money: Money, occurrence: int) -> bytes:
    """What the bank's own id makes of a row. The amount belongs to it: some banks give a payment and its fee one id."""
    return _digest("id", external_id, str(money), str(occurrence))


def fingerprint_of(mark: bytes) -> bytes:
    """Of a row whose bank says that it isn't the equal one which is there already."""
    return _digest("id", mark.hex())


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()[:16]


def _views() -> AnySelect:
    return select(
        Import.id,
        Import.account_id,
        Account.name,
        Import.filename,
        Import.format,
        Import.imported,
        Import.duplicates,
        Import.created_at,
    ).join(Account, Account.id == Import.account_id)


def _view(row: Any) -> ImportView:
    return ImportView(*row)


class ImportRepository(Repository[Import]):
    model = Import

    async def known(self, account_id: uuid.UUID, fingerprints: Collection[bytes]) -> dict[bytes, bytes | None]:
        """Those of the fingerprints that the account already has, with the bank's id of each where it is known."""
        wanted = literal(list(fingerprints), ARRAY(LargeBinary))
        statement = select(PostingRow.fingerprint, PostingRow.external_id).where(
            PostingRow.account_id == account_id, PostingRow.fingerprint == any_(wanted)
        )
        return {found: mark for found, mark in await self._session.execute(statement) if found is not None}

    async def known_marks(self, account_id: uuid.UUID, marks: Collection[bytes]) -> set[bytes]:
        """Those of the banks' ids that the account already has."""
        wanted = literal(list(marks), ARRAY(LargeBinary))
        statement = select(PostingRow.external_id).where(
            PostingRow.account_id == account_id, PostingRow.external_id == any_(wanted)
        )
        return {found for found in await self._session.scalars(statement) if found is not None}

    async def known_transactions(self, account_id: uuid.UUID, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Those of the transactions that touch the account: what a file of our own export has in it."""
        wanted = literal(list(ids), ARRAY(Uuid))
        statement = select(PostingRow.transaction_id).where(
            PostingRow.account_id == account_id, PostingRow.transaction_id == any_(wanted)
        )
        return set(await self._session.scalars(statement))

    async def recognise(self, account_id: uuid.UUID, marks: Mapping[bytes, bytes]) -> None:
        """Gives what was imported without an id the id that another file of the same bank has for it."""
        rows = [{"fingerprint": _hex(mark), "external_id": _hex(external)} for mark, external in marks.items()]
        await self._session.execute(_RECOGNISE, {"rows": json.dumps(rows), "account_id": account_id})

    async def write(self, started: Import, rows: Sequence[ImportRow]) -> None:
        """Writes one chunk of an import. It is checked now rather than at commit, so that memory stays bounded."""
        new = [
            {
                "id": str(new_id()),
                "date": row.date.isoformat(),
                "payee": row.payee,
                "note": row.note,
                "amount": str(row.money.amount),
                "category_id": str(row.category_id) if row.category_id else None,
                "fingerprint": _hex(row.fingerprint),
                "external_id": _hex(row.external_id) if row.external_id else None,
            }
            for row in rows
        ]
        owner = {"user_id": started.user_id, "import_id": started.id}
        account = {"account_id": started.account_id, "currency": started.currency}
        await self._session.execute(_WRITE, {"rows": json.dumps(new), **owner, **account})
        await self._session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        await self._session.execute(text("SET CONSTRAINTS ALL DEFERRED"))

    async def finish(self, started: Import, *, imported: int, duplicates: int) -> None:
        await self._session.execute(
            update(Import).where(Import.id == started.id).values(imported=imported, duplicates=duplicates)
        )

    async def view(self, import_id: uuid.UUID) -> ImportView | None:
        row = (await self._session.execute(_views().where(Import.id == import_id))).one_or_none()
        return _view(row) if row else None

    async def state(self, import_id: uuid.UUID) -> ImportState:
        statement = select(func.count(), func.count().filter(Transaction.edited_at > Transaction.created_at)).where(
            Transaction.import_id == import_id
        )
        transactions, changed = (await self._session.execute(statement)).one()
        return ImportState(transactions, changed)

    async def page(self, *, limit: int, cursor: str | None = None) -> Page[ImportView]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        statement = _views().order_by(Import.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(Import.id < decode_id(cursor))
        found = [_view(row) for row in await self._session.execute(statement)]
        items = found[:limit]
        return Page(items, encode_id(items[-1].id) if len(found) > limit else None)

    async def undo(self, import_id: uuid.UUID) -> None:
        """Deletes an import with all of its transactions, in statements that each stay short."""
        # The plan by which postings follow their transactions may be one of when the table was small, or be made by
        # statistics of then: it would read the whole table once for each of them.
        await self._session.execute(text("DISCARD PLANS"))
        await self._session.execute(text("SET LOCAL enable_seqscan = off"))
        some = select(Transaction.id).where(Transaction.import_id == import_id).limit(_UNDONE_AT_ONCE)
        while (
            await self._session.execute(delete(Transaction).where(Transaction.id.in_(some)).returning(Transaction.id))
        ).first():
            pass
        await self.delete(import_id)


def _hex(digest: bytes) -> str:
    return f"\\x{digest.hex()}"
