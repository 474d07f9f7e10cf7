"""Which rows of a statement an account has already.

Two things make a row the same again: the id that the bank gives it, and what it says. The id decides where both the
account's row and the statement's have one, so that two equal coffees stay two though each comes in a file of its own.
Elsewhere the content does, counted: the second equal row of a file is the second of the account.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wealth_backend.imports.formats import StatementRow
from wealth_core.repositories import ImportRepository
from wealth_core.repositories.imports import external_mark, fingerprint, fingerprint_of


@dataclass(frozen=True, slots=True)
class MarkedRow:
    row: StatementRow
    fingerprint: bytes
    external_id: bytes | None


class Marker:
    """Gives the rows of one file their marks, in order."""

    def __init__(self) -> None:
        # A hundred thousand rows have twice as many marks, so that they are held short, and only repeats are counted.
        self._seen = set[bytes]()
        self._repeats = Counter[bytes]()

    def mark(self, row: StatementRow) -> MarkedRow:
        first = fingerprint(row.date, row.money, row.payee, row.note, 0)
        occurrence = self._count(first)
        content = fingerprint(row.date, row.money, row.payee, row.note, occurrence) if occurrence else first
        if row.external_id is None:
            return MarkedRow(row, content, None)
        external = external_mark(row.external_id, row.money, 0)
        occurrence = self._count(external)
        return MarkedRow(
            row, content, external_mark(row.external_id, row.money, occurrence) if occurrence else external
        )

    def _count(self, mark: bytes) -> int:
        key = mark[:8]
        if key not in self._seen:
            self._seen.add(key)
            return 0
        self._repeats[key] += 1
        return self._repeats[key]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A chunk's rows in order, with None in place of each duplicate."""

    new: list[MarkedRow | None]
    recognised: dict[bytes, bytes]
    """Ids that this file tells of rows which were imported without one, by their fingerprints."""


class Duplicates:
    def __init__(self, imports: ImportRepository, account_id: uuid.UUID) -> None:
        self._imports = imports
        self._account_id = account_id

    async def sort(self, chunk: Sequence[MarkedRow]) -> Sorted:
        known = await self._imports.known(self._account_id, [one.fingerprint for one in chunk])
        marks = [one.external_id for one in chunk if one.external_id]
        known_marks = await self._imports.known_marks(self._account_id, marks) if marks else set[bytes]()
        ids = [one.row.transaction_id for one in chunk if one.row.transaction_id]
        known_ids = await self._imports.known_transactions(self._account_id, ids) if ids else set[uuid.UUID]()
        found = Sorted([], {})
        for one in chunk:
            if one.external_id in known_marks or one.row.transaction_id in known_ids:
                found.new.append(None)
            elif one.fingerprint not in known:
                found.new.append(one)
            elif one.external_id is None or known[one.fingerprint] is None:
                if one.external_id is not None:
                    found.recognised[one.fingerprint] = known[one.fingerprint] = one.external_id
                found.new.append(None)
            else:
                found.new.append(MarkedRow(one.row, fingerprint_of(one.external_id), one.external_id))
        return found
