"""From an uploaded file to a preview, or to rows in the ledger.

The file is worked through in chunks, which are read in a thread, so that neither memory nor anybody else's requests
suffer from a long one.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import islice

from anyio import to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.audit import audit
from wealth_backend.auth.callers import Caller
from wealth_backend.dependencies import Begin, Parts, user_of
from wealth_backend.imports.categorising import Categoriser, load_categoriser
from wealth_backend.imports.duplicates import Duplicates, MarkedRow, Marker
from wealth_backend.imports.formats import BadRow, CsvStatement, Statement, StatementRow, open_statement
from wealth_backend.imports.guessing import Guess
from wealth_backend.imports.mapping import Mapping, Profile, shown_header
from wealth_backend.imports.refusal import StatementError
from wealth_backend.imports.schemas import (
    SHOWN_ROWS,
    ImportPreview,
    ImportResult,
    ImportTotals,
    ProfileName,
    RowProblem,
)
from wealth_backend.imports.schemas import ImportRow as ShownRow
from wealth_backend.imports.upload import Upload
from wealth_backend.problems import FieldProblem, Problem, invalid, not_found
from wealth_backend.rules.history import apply_to_import
from wealth_backend.schemas import Money
from wealth_core.ids import new_id
from wealth_core.models import Account, Import, ImportProfile
from wealth_core.repositories import AccountRepository, ImportProfileRepository, ImportRepository, ImportRow

_CHUNK = 1000
_DEADLINE_S = 300


class _Reader:
    """A statement's readable rows in chunks, each row with its marks.

    What can't be read is counted, and the first of it kept aside.
    """

    def __init__(self, statement: Statement) -> None:
        self.refused = 0
        self.errors: list[BadRow] = []
        self._rows = statement.rows()
        self._marker = Marker()

    async def chunks(self) -> AsyncGenerator[list[MarkedRow], None]:
        """While one is worked on, the next is read in a thread."""
        ahead = asyncio.create_task(self._chunk())
        try:
            while chunk := await ahead:
                ahead = asyncio.create_task(self._chunk())
                yield chunk
        finally:
            ahead.cancel()

    async def _chunk(self) -> list[MarkedRow]:
        return await to_thread.run_sync(lambda: list(islice(self._readable(), _CHUNK)))

    def _readable(self) -> Iterator[MarkedRow]:
        for row in self._rows:
            if isinstance(row, StatementRow):
                yield self._marker.mark(row)
                continue
            self.refused += 1
            if self.refused <= SHOWN_ROWS:
                self.errors.append(row)


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
            categoriser = await load_categoriser(session)
            known = Duplicates(ImportRepository(session), account.id)
            async for chunk in chunks:
                found = await known.sort(chunk)
                duplicate = found.new.count(None)
                new += len(chunk) - duplicate
                duplicates += duplicate
                rows = [one.row for one in chunk[: SHOWN_ROWS - len(shown)]]
                shown += map(_shown, rows, await categoriser.foreseen(rows, account.id), found.new)
    csv = statement if isinstance(statement, CsvStatement) else None
    return ImportPreview(
        totals=ImportTotals(
            rows=new + duplicates + reader.refused, new=new, duplicates=duplicates, refused=reader.refused
        ),
        rows=shown,
        errors=[RowProblem(row=bad.number, message=bad.message) for bad in reader.errors],
        unbooked=statement.unbooked,
        format=statement.format,
        unit=statement.unit,
        date_format=statement.date_format,
        encoding=statement.encoding,
        header=shown_header(csv.header) if csv else [],
        profile=ProfileName(id=csv.profile.id, name=csv.profile.name) if csv and csv.profile else None,
        mapping=csv.mapping if csv else None,
        guess=csv.guess if csv else None,
    )


async def run(parts: Parts, claims: Caller, upload: Upload, begin: Begin) -> ImportResult:
    """All in one transaction: what a bad row further down leaves of it is nothing."""
    await begin.look()
    async with parts.imports.slot():
        statement = await _open(parts, claims, upload)
        reader = _Reader(statement)
        work = await begin(deadline_s=_DEADLINE_S)
        session = work.session
        async with aclosing(reader.chunks()) as chunks:
            account = await _account(session, claims, upload, lock=True)
            categoriser = await load_categoriser(session)
            imports = ImportRepository(session)
            started = await imports.add(
                Import(
                    id=new_id(),
                    user_id=claims.user_id,
                    account_id=account.id,
                    currency=account.currency,
                    filename=upload.filename,
                    format=statement.format,
                    imported=0,
                    duplicates=0,
                )
            )
            known = Duplicates(imports, account.id)
            imported = duplicates = 0
            async for chunk in chunks:
                if reader.refused:
                    continue  # only to find the other rows that can't be read
                found = await known.sort(chunk)
                rows = await to_thread.run_sync(_new_rows, [one for one in found.new if one], categoriser)
                if rows:
                    await imports.write(started, rows)
                if found.recognised:
                    await imports.recognise(account.id, found.recognised)
                imported += len(rows)
                duplicates += len(chunk) - len(rows)
            if reader.refused:
                raise _unreadable(reader, statement.unit)
            await apply_to_import(work, started.id)
            await imports.finish(started, imported=imported, duplicates=duplicates)
            await audit(work, "import.done", import_id=started.id, account_id=account.id)
    return ImportResult(id=started.id, imported=imported, duplicates=duplicates)


async def _open(parts: Parts, claims: Caller, upload: Upload) -> Statement:
    async with parts.database.transaction(claims.user_id) as session:
        currency = (await _account(session, claims, upload)).currency
        profiles = [_profile(row) for row in await ImportProfileRepository(session).list()]
    data = await upload.file.read()
    try:
        return await to_thread.run_sync(_statement, data, currency, upload, profiles)
    except StatementError as error:
        raise Problem(
            422, error.code, error.detail, errors=[FieldProblem(field=error.field, message=error.detail)]
        ) from None


def _statement(data: bytes, currency: str, upload: Upload, profiles: Sequence[Profile]) -> Statement:
    if upload.profile_id is None:
        return open_statement(data, currency, upload.options, profiles)
    chosen = next((profile for profile in profiles if profile.id == upload.profile_id), None)
    if chosen is None:
        raise invalid("profile_id", "There is no such profile: choose one of yours, or none.")
    if not chosen.header:
        return open_statement(data, currency, replace(upload.options, mapping=chosen.mapping))
    statement = open_statement(data, currency, upload.options, [chosen])
    if isinstance(statement, CsvStatement) and statement.profile is None:
        raise StatementError(
            "mapping_mismatch",
            f"The profile “{chosen.name}” is for files with another header: choose another profile, or none.",
            field="profile_id",
        )
    return statement


def _profile(row: ImportProfile) -> Profile:
    return Profile(row.id, row.name, row.header, Mapping.model_validate(row.mapping))


async def _account(session: AsyncSession, claims: Caller, upload: Upload, *, lock: bool = False) -> Account:
    await user_of(session, claims)
    accounts = AccountRepository(session)
    account = await (accounts.lock if lock else accounts.get)(upload.account_id)
    if account is None:
        raise not_found("account")
    return account


def _shown(row: StatementRow, guess: Guess | None, new: MarkedRow | None) -> ShownRow:
    return ShownRow(
        row=row.number,
        date=row.date,
        payee=row.payee,
        note=row.note or None,
        amount=Money.of(row.money),
        duplicate=new is None,
        category_guess=guess.name if guess else None,
    )


def _new_rows(new: Sequence[MarkedRow], categoriser: Categoriser) -> list[ImportRow]:
    guesses = categoriser.categorised([one.row for one in new])
    return [
        ImportRow(
            one.row.date,
            one.row.payee,
            one.row.note,
            one.row.money,
            guess.category_id if guess else None,
            one.fingerprint,
            one.external_id,
        )
        for one, guess in zip(new, guesses, strict=True)
    ]


def _unreadable(reader: _Reader, unit: str) -> Problem:
    first = reader.errors[0]
    plural = "entries" if unit == "entry" else f"{unit}s"
    others = f"{reader.refused:,} {plural}" if reader.refused > 1 else f"One {unit}"
    return Problem(
        422,
        "unreadable_rows",
        f"{others} can't be read, so nothing was imported. {unit.capitalize()} {first.number}: {first.message}.",
        errors=[FieldProblem(field=f"{unit} {bad.number}", message=bad.message) for bad in reader.errors],
    )
