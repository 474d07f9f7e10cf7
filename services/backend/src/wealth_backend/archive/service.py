"""The archive of a user, made from one state of their books, and taken back in one transaction."""

import gzip
import uuid
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from typing import IO, Any, cast

from anyio import to_thread
from sqlalchemy.exc import DBAPIError

from wealth_backend.archive import checks
from wealth_backend.archive.spool import Write
from wealth_backend.categories.defaults import default_categories
from wealth_backend.dependencies import Begin, Parts
from wealth_backend.problems import Problem, invalid
from wealth_core import archive
from wealth_core.archive import ArchiveError, Block
from wealth_core.models import User
from wealth_core.money import MoneyError
from wealth_core.repositories import ArchiveRepository, UserRepository
from wealth_core.repositories.archive import refers_to_itself

DEADLINE_S = 300
_AT_ONCE = 1000
_FIRST_LINE = 64 * 1024
_LONGEST_LINE = 1024 * 1024
_GZIP = b"\x1f\x8b"


async def export(parts: Parts, user_id: uuid.UUID, write: Write) -> None:
    async with parts.database.transaction(user_id, deadline_s=DEADLINE_S, snapshot=True) as session:
        books = ArchiveRepository(session)
        await write(archive.head(await books.settings(user_id)))
        numbers = await books.numbers()
        for place, table in enumerate(archive.exported_tables()):
            await write(archive.table_head(table, first=not place))
            separator = ""
            async for rows in books.rows(table):
                made = await to_thread.run_sync(partial(_numbered, rows, numbers, has_json=archive.has_json(table)))
                await write(separator + archive.ROW_END.join(made))
                separator = archive.ROW_END
            await write((archive.LAST_ROW_END if separator else "") + archive.TABLE_END)
        await write(archive.TAIL)


def _numbered(rows: Sequence[str], numbers: dict[str, str], *, has_json: bool) -> list[str]:
    lines = [archive.numbered(row, numbers) for row in rows]
    return [archive.in_order(line) for line in lines] if has_json else lines


async def restore(begin: Begin, file: IO[bytes]) -> dict[str, int]:
    """How many rows each table got. All of the document is taken, or nothing."""
    counts: dict[str, int] = {}
    try:
        file = _plain(file)
        settings = archive.read_head((await to_thread.run_sync(file.readline, _FIRST_LINE)).decode())
        work = await begin(deadline_s=DEADLINE_S)
        session, user = work.session, work.user
        await UserRepository(session).lock(user.id)
        books = ArchiveRepository(session)
        if not await books.is_empty(frozenset(one.name for one in default_categories(user.id))):
            raise _not_empty()
        await books.begin(user.id, _checked(settings), deadline_s=DEADLINE_S)
        linked: list[Block] = []
        async for block in _blocks(file):
            await books.write(user.id, block)
            counts[block.table.name] = counts.get(block.table.name, 0) + len(block.rows)
            if refers_to_itself(block.table):
                linked.append(block)
        for block in linked:
            await books.link(block.table, block.rows)
        await books.finish()
        session.expire_all()
        await checks.read_all(session)
    except (UnicodeDecodeError, EOFError, OSError, zlib.error):
        raise invalid("body", "This file is damaged: choose the export as it was downloaded.") from None
    except (ArchiveError, MoneyError) as error:
        raise invalid("body", str(error)) from None
    except DBAPIError as error:
        if error.connection_invalidated or not checks.is_about_content(error):
            raise
        raise invalid(
            "body",
            "This file has rows in it that don't fit together, so nothing was taken: choose the export as it was"
            " downloaded.",
        ) from None
    return counts


async def _blocks(file: IO[bytes]) -> AsyncIterator[Block]:
    """Read in a thread, with ids of their own."""
    blocks = archive.read_blocks(_lines(file), _AT_ONCE)
    while (block := await to_thread.run_sync(next, blocks, None)) is not None:
        yield block


def _plain(file: IO[bytes]) -> IO[bytes]:
    compressed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb")) if compressed else file


def _lines(file: IO[bytes]) -> Iterator[str]:
    """What little was packed may be much unpacked: a row has to fit into memory, and all of them into the deadline."""
    own = archive.new_ids()
    while line := file.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise ArchiveError("A row of this file is longer than any that an export has.")
        yield own(line.decode())


def _checked(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The head's settings, as a row of the table of users would be."""
    archive.check_row(settings, User.__table__, line=1)
    return settings


def _not_empty() -> Problem:
    return Problem(
        409,
        "not_empty",
        "An export can only be taken back by an account with nothing in it: sign up for a new one and restore there.",
    )
