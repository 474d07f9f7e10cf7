"""Everything that a user has, as one JSON document that any empty account takes back, here or elsewhere.

    {"format":"wealth-companion","version":1,"user":{…},"tables":{
    "accounts":[
    {"id":"00000000-0000-8000-8000-000000000001",…},
    …
    ],
    …
    }}

One row stands on one line, and so does the beginning and the end of a table: a document of any length is read and
written line by line. Tables are those of the models, each after those it refers to, with the columns that they have in
the database but the user's id. Decimals are strings, times are in UTC, bytes are hexadecimal.

Ids are numbers in the shape of UUIDs, counted through the document in the order of the rows; wherever an id of a row
stands, in a reference, in JSON or in a text, it is that number. So the document says nothing of the database that it is
from, and what was restored, with ids of its own, gives the same document byte for byte.

A later version may add columns and tables. A document without them is taken back; one with unknown ones isn't.
"""

import json
import re
import secrets
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Date, LargeBinary, Numeric, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import JSON

from wealth_core.models import Base, OwnedRow, User
from wealth_core.money import EXPONENTS, Money, MoneyError

FORMAT = "wealth-companion"
VERSION = 1

# What isn't the user's data, or is no use in another place. A test wants a word on every table of the models.
NOT_EXPORTED = {
    "access_tokens": "they open the account; another one gets its own",
    "attempts": "counts requests, under digests",
    "audit_events": "tells what happened to this account, and must not be forged by restoring it",
    "idempotency_keys": "answers kept for a day, for requests sent again",
    "plan_reviews": "when budgets and goals are looked at next, which settles itself",
    "sessions": "they open the account; another one gets its own",
    "users": "what isn't the key to the account stands at the head of the document",
}
_KEYS_TO_THE_ACCOUNT = frozenset({"id", "created_at", "email", "password_hash"})

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_LONGEST_TEXT = 100_000
_MONEY_SCALE = 4
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"00000000-0000-8000-8000-([0-9a-f]{12})")
_MOST_ROWS = 1 << 32


class ArchiveError(ValueError):
    """A document that can't be taken back; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a table. Rows of one thing, like the postings of one transaction, are never torn apart."""

    table: Table
    rows: Sequence[Mapping[str, Any]]


def exported_tables() -> list[Table]:
    """Each after those it refers to. A table that the models get is among them by itself."""
    owned = {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, OwnedRow)}
    tables: list[Table] = []
    for table in Base.metadata.sorted_tables:
        refers = {constraint.referred_table for constraint in table.foreign_key_constraints}
        of_the_user = table in owned or ("user_id" in table.c and refers & set(tables))
        if of_the_user and table.name not in NOT_EXPORTED:
            tables.append(table)
    return tables


def exported_columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "user_id"]


def settings_columns() -> list[str]:
    """What of the user themselves stands at the head of the document."""
    return sorted(column.name for column in User.__table__.columns if column.name not in _KEYS_TO_THE_ACCOUNT)


# --- ids ---


def number(count: int) -> str:
    return f"00000000-0000-8000-8000-{count:012x}"


def numbered(line: str, numbers: Mapping[str, str]) -> str:
    """The line with the number of each id that has one."""
    return _ID.sub(lambda found: numbers.get(found[0], found[0]), line)


def new_ids() -> Callable[[str], str]:
    """Puts ids of their own in the place of a document's numbers; they sort as the numbers do (RFC 9562, version 7)."""
    base = (time.time_ns() // 1_000_000 << 80) | (0x7 << 76) | (0b10 << 62) | secrets.randbits(42)

    def replaced(found: re.Match[str]) -> str:
        count = int(found[1], 16)
        if count >= _MOST_ROWS:
            return found[0]
        return str(uuid.UUID(int=base | (count >> 20 << 64) | ((count & 0xFFFFF) << 42)))

    return lambda line: _NUMBER.sub(replaced, line)


# --- writing ---


def head(user: Mapping[str, object]) -> str:
    return f'{{"format":{json.dumps(FORMAT)},"version":{VERSION},"user":{_json(user)},"tables":{{\n'


def table_head(table: Table, *, first: bool) -> str:
    """What comes before the first row."""
    return ("" if first else ",\n") + f'"{table.name}":[\n'


ROW_END = ",\n"
LAST_ROW_END = "\n"
TABLE_END = "]"
TAIL = "\n}}\n"


def has_json(table: Table) -> bool:
    return any(isinstance(column.type, JSON | JSONB) for column in table.columns)


def in_order(line: str) -> str:
    """The row with the keys of its JSON in one order: the database's own order depends on the ids in them."""
    return _json(json.loads(line))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# --- reading ---


def read_head(line: str) -> Mapping[str, Any]:
    """The user's settings."""
    try:
        found = json.loads(f"{line.rstrip()}}}}}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ArchiveError("This is not an export of everything: choose the file as it was downloaded.")
    if found.get("version") != VERSION:
        raise ArchiveError("This export was written by a newer version: update this one first.")
    user = found.get("user")
    if not isinstance(user, dict) or set(user) - set(settings_columns()):
        raise ArchiveError("The head of this export has something in it that is not known here.")
    return user


def read_blocks(lines: Iterable[str], size: int) -> Iterator[Block]:
    """The rest of a document, after its head; ids are still as they are there."""
    known = {table.name: table for table in exported_tables()}
    table: Table | None = None
    rows: list[Mapping[str, Any]] = []
    ended = False
    for count, line in enumerate(lines, start=2):
        mark = line.strip().removesuffix(",")
        if not mark:
            continue
        if table is None:
            if mark == "}}":
                ended = True
            else:
                table = _begin(mark, known, count)
        elif mark == "]":
            if rows:
                yield Block(table, rows)
            table, rows = None, []
        else:
            row = _row(mark, table, count)
            if rows and set(row) != set(rows[0]):
                raise ArchiveError(f"Line {count} has other columns than the rows before it.")
            if len(rows) >= size and _leader(row, table) != _leader(rows[-1], table):
                yield Block(table, rows)
                rows = []
            rows.append(row)
    if not ended:
        raise ArchiveError("The end of this export is missing: download it once more.")


def _begin(mark: str, known: dict[str, Table], line: int) -> Table:
    table = known.pop(mark.removesuffix(":[").strip('"'), None)
    if table is None or not mark.endswith(":["):
        raise ArchiveError(
            f"Line {line} is not what an export has there ({mark[:40]!r}): choose the file as it was downloaded."
        )
    return table


def _leader(row: Mapping[str, Any], table: Table) -> object:
    return row.get(next(iter(table.primary_key.columns)).name)


def _row(text: str, table: Table, line: int) -> Mapping[str, Any]:
    try:
        row = json.loads(text)
    except ValueError:
        row = None
    if not isinstance(row, dict) or set(row) - set(exported_columns(table)):
        raise ArchiveError(f"Line {line} is no row of {table.name}: choose the file as it was downloaded.")
    check_row(row, table, line)
    return row


def check_row(row: Mapping[str, Any], table: Any, line: int) -> None:
    """An ArchiveError where the row holds what the database would take and no reader could show."""
    for column in table.columns:
        if column.name in row and row[column.name] is not None:
            try:
                _check(column.type, column.name, row[column.name])
            except (ValueError, InvalidOperation) as error:
                raise ArchiveError(f"Line {line} can't be taken: {column.name} {error}.") from None
    _check_money(row, table, line)


def _check(kind: Any, name: str, value: Any) -> None:
    """What the database doesn't check, and what reads it relies on."""
    if isinstance(kind, JSON | JSONB):
        return
    if isinstance(kind, Date):
        if not isinstance(value, str) or not _EARLIEST <= date.fromisoformat(value) <= _LATEST:
            raise ValueError("is no date that can be kept")
    elif isinstance(kind, Numeric):
        if not isinstance(value, str) or not Decimal(value).is_finite():
            raise ValueError("is no decimal")
    elif isinstance(kind, Uuid):
        uuid.UUID(value if isinstance(value, str) else "")
    elif isinstance(kind, LargeBinary):
        bytes.fromhex(value.removeprefix("\\x") if isinstance(value, str) else "-")
    elif isinstance(kind, String):
        _check_text(kind, name, value)


def _check_text(kind: Any, name: str, value: Any) -> None:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("is no text that can be kept")
    if any(unicodedata.category(one) in {"Cc", "Cs"} and one not in "\n\t" for one in value):
        raise ValueError("has control characters in it")
    if hasattr(kind, "enums") and value not in kind.enums:
        raise ValueError(f"is not one of {', '.join(kind.enums)}")
    if name in {"currency", "base", "quote"} and value not in EXPONENTS:
        raise ValueError("is not a currency")


def _check_money(row: Mapping[str, Any], table: Any, line: int) -> None:
    currency = row.get("currency")
    if currency is None:
        return
    for column in table.columns:
        value = row.get(column.name)
        if value is not None and isinstance(column.type, Numeric) and column.type.scale == _MONEY_SCALE:
            try:
                Money(Decimal(value), currency)
            except MoneyError as error:
                raise ArchiveError(f"Line {line} can't be taken: {error}.") from None
