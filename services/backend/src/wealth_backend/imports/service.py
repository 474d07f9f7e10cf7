"""From an uploaded file to a preview, or to rows in the ledger.

The file is worked through in chunks, which are read in a thread, so that neither memory nor anybody else's requests
suffer from a long one.
"""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from functools import partial
from itertools import islice

from anyio import to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.audit import audit
from wealth_backend.auth.callers import Caller
from wealth_backend.dependencies import Begin, Parts, user_of
from wealth_backend.imports.guessing import Guess, Guesser
from wealth_backend.imports.refusal import StatementError
from wealth_backend.imports.schemas import SHOWN_ROWS, ImportPreview, ImportResult, ImportTotals, RowProblem
from wealth_backend.imports.schemas import ImportRow as ShownRow
from wealth_backend.imports.statement import BadRow, Statement, StatementRow
from wealth_backend.imports.upload import Upload
from wealth_backend.problems import FieldProblem, Problem, not_found
from wealth_backend.schemas import Money
from wealth_core.ids import new_id
from wealth_core.models import Account, Import
from wealth_core.repositories import AccountRepository, CategoryRepository, ImportRepository, ImportRow
from wealth_core.repositories.imports import fingerprint

_CHUNK = 1000
_DEADLINE_S = 300
Marked = tuple[StatementRow, bytes]


class _Reader:
    """A statement's readable rows in chunks, each row with its fingerprint.

    What can't be read is counted, and the first of it kept aside.
    """

    def __init__(self, statement: Statement) -> None:
        self.refused = 0
        self.errors: list[BadRow] = []
        self._rows = statement.rows()
        self._seen = Counter[bytes]()

    async def chunks(self) -> AsyncGenerator[list[Marked], None]:
        """While one is worked on, the next is read in a thread."""
        ahead = asyncio.create_task(self._chunk())
        try:
            while chunk := await ahead:
                ahead = asyncio.create_task(self._chunk())
                yield chunk
        finally:
            ahead.cancel()

    async def _chunk(self) -> list[Marked]:
        return await to_thread.run_sync(lambda: list(islice(self._readable(), _CHUNK)))

    def _readable(self) -> Iterator[Marked]:
        for row in self._rows:
            if isinstance(row, StatementRow):
                yield row, self._mark(row)
                continue
            self.refused += 1
            if self.refused <= SHOWN_ROWS:
                self.errors.append(row)

    def _mark(self, row: StatementRow) -> bytes:
        first = fingerprint(row.date, row.money, row.payee, row.note, 0)
        occurrence = self._seen[first]
        self._seen[first] += 1
        return fingerprint(row.date, row.money, row.payee, row.note, occurrence) if occurrence else first


async def preview(parts: Parts, claims: Caller, upload: Upload) -> ImportPreview:
    shown: list[ShownRow] = []
    new = duplicates = 0
    async with parts.imports.slot():
        statement = await _open(parts, claims, upload)
        reader = _Reader(statement)
        async with (
            parts.database.transaction(claims.user_id, deadline_s=_DEADLINE_S) as session,
            aclosing(reader.chunks()) as chunks,
        ):
            account = await _account(session, claims, upload)
            guesser = await _guesser(session)
            async for chunk in chunks:
                known = await ImportRepository(session).known(account.id, [mark for _, mark in chunk])
                duplicate = sum(mark in known for _, mark in chunk)
                new += len(chunk) - duplicate
                duplicates += duplicate
                shown += [
                    _shown(row, guesser, duplicate=mark in known) for row, mark in chunk[: SHOWN_ROWS - len(shown)]
                ]
    return ImportPreview(
        totals=ImportTotals(
            rows=new + duplicates + reader.refused, new=new, duplicates=duplicates, refused=reader.refused
        ),
        rows=shown,
        errors=[RowProblem(row=bad.number, message=bad.message) for bad in reader.errors],
        date_format=statement.date_format,
        encoding=statement.encoding,
    )


async def run(parts: Parts, claims: Caller, upload: Upload, begin: Begin) -> ImportResult:
    """All in one transaction: what a bad row further down leaves of it is nothing."""
    await begin.look()
    async with parts.imports.slot():
        reader = _Reader(await _open(parts, claims, upload))
        work = await begin(deadline_s=_DEADLINE_S)
        session = work.session
        async with aclosing(reader.chunks()) as chunks:
            account = await _account(session, claims, upload, lock=True)
            guesser = await _guesser(session)
            imports = ImportRepository(session)
            started = await imports.add(
                Import(
                    id=new_id(),
                    user_id=claims.user_id,
                    account_id=account.id,
                    currency=account.currency,
                    filename=upload.filename,
                    imported=0,
                    duplicates=0,
                )
            )
            imported = duplicates = 0
            async for chunk in chunks:
                if reader.refused:
                    continue  # only to find the other rows that can't be read
                known = await imports.known(account.id, [mark for _, mark in chunk])
                rows = await to_thread.run_sync(_new_rows, chunk, known, guesser)
                if rows:
                    await imports.write(started, rows)
                imported += len(rows)
                duplicates += len(chunk) - len(rows)
            if reader.refused:
                raise _unreadable(reader)
            await imports.finish(started, imported=imported, duplicates=duplicates)
            await audit(work, "import.done", import_id=started.id, account_id=account.id)
    return ImportResult(id=started.id, imported=imported, duplicates=duplicates)


async def _open(parts: Parts, claims: Caller, upload: Upload) -> Statement:
    async with parts.database.transaction(claims.user_id) as session:
        currency = (await _account(session, claims, upload)).currency
    data = await upload.file.read()
    try:
        return await to_thread.run_sync(partial(Statement, data, currency, date_format=upload.date_format))
    except StatementError as error:
        raise Problem(
            422, error.code, error.detail, errors=[FieldProblem(field="file", message=error.detail)]
        ) from None


async def _account(session: AsyncSession, claims: Caller, upload: Upload, *, lock: bool = False) -> Account:
    await user_of(session, claims)
    accounts = AccountRepository(session)
    account = await (accounts.lock if lock else accounts.get)(upload.account_id)
    if account is None:
        raise not_found("account")
    return account


async def _guesser(session: AsyncSession) -> Guesser:
    categories = CategoryRepository(session)
    return Guesser(await categories.list(), await categories.by_payee())


def _guess(row: StatementRow, guesser: Guesser) -> Guess | None:
    return guesser.guess(row.payee, is_income=row.money.amount > 0)


def _shown(row: StatementRow, guesser: Guesser, *, duplicate: bool) -> ShownRow:
    guess = _guess(row, guesser)
    return ShownRow(
        row=row.number,
        date=row.date,
        payee=row.payee,
        note=row.note or None,
        amount=Money.of(row.money),
        duplicate=duplicate,
        category_guess=guess.name if guess else None,
    )


def _new_rows(chunk: Sequence[Marked], known: set[bytes], guesser: Guesser) -> list[ImportRow]:
    return [
        ImportRow(row.date, row.payee, row.note, row.money, _id(_guess(row, guesser)), mark)
        for row, mark in chunk
        if mark not in known
    ]


def _id(guess: Guess | None) -> uuid.UUID | None:
    return guess.category_id if guess else None


def _unreadable(reader: _Reader) -> Problem:
    first = reader.errors[0]
    others = f"{reader.refused:,} rows" if reader.refused > 1 else "One row"
    return Problem(
        422,
        "unreadable_rows",
        f"{others} can't be read, so nothing was imported. Row {first.number}: {first.message}.",
        errors=[FieldProblem(field=f"row {bad.number}", message=bad.message) for bad in reader.errors],
    )
