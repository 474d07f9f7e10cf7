"""Imports of bank statements: many rows in few statements, the same row never twice."""

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`

from sqlalchemy import LargeBinary, any_, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from wealth_core.ids import new_id
from wealth_core.models import Import, PostingRow
from wealth_core.money import Money
from wealth_core.repositories.base import Repository

# The entries of `ledger.entry`, made where they are kept: an import has a hundred thousand of them.
_WRITE = text(
    """
    WITH new AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json))
            AS row (id uuid, date date, payee text, note text, amount numeric, category_id uuid, fingerprint bytea)
    ), written AS (
        INSERT INTO transactions (id, user_id, kind, date, payee, note, import_id)
        SELECT id, CAST(:user_id AS uuid), 'standard', date, payee, note, CAST(:import_id AS uuid) FROM new
    )
    INSERT INTO postings
        (transaction_id, position, user_id, kind, account_id, category_id, amount, currency, fingerprint)
    SELECT id, 0, CAST(:user_id AS uuid), 'account', CAST(:account_id AS uuid), NULL, amount, :currency, fingerprint
    FROM new
    UNION ALL
    SELECT id, 1, CAST(:user_id AS uuid), 'category', NULL, category_id, -amount, :currency, NULL
    FROM new
    """
)


@dataclass(frozen=True, slots=True)
class ImportRow:
    date: Date
    payee: str
    note: str
    money: Money
    category_id: uuid.UUID | None
    fingerprint: bytes


def fingerprint(date: Date, money: Money, payee: str, note: str, occurrence: int) -> bytes:
    """What makes a row of a statement the same row again, whatever the file's encoding, date format or column order.

    Equal rows of one file are told apart by their occurrence: two equal coffees on one day are two coffees.
    """
    parts = (date.isoformat(), str(money), payee, note, str(occurrence))
    return hashlib.sha256("\x1f".join(parts).encode()).digest()[:16]


class ImportRepository(Repository[Import]):
    model = Import

    async def known(self, account_id: uuid.UUID, fingerprints: Collection[bytes]) -> set[bytes]:
        """Those of the fingerprints that the account already has."""
        wanted = literal(list(fingerprints), ARRAY(LargeBinary))
        statement = select(PostingRow.fingerprint).where(
            PostingRow.account_id == account_id, PostingRow.fingerprint == any_(wanted)
        )
        return {found for found in await self._session.scalars(statement) if found is not None}

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
                "fingerprint": f"\\x{row.fingerprint.hex()}",
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
