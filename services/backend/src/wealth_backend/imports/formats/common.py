"""What every format comes down to: rows to import and rows that are refused."""

import unicodedata
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from wealth_backend.imports.refusal import RowError, StatementError
from wealth_backend.schemas import EARLIEST, LATEST
from wealth_core.ledger import LIMIT
from wealth_core.models import StatementFormat
from wealth_core.money import Money, MoneyError

MAX_ROWS = 200_000

_MAX_TEXT = 1000
_LISTED = 20
_NO_PAYEE = "No description"
_MAX_ID = 255
_YEAR, _MONTH, _DAY = slice(0, 4), slice(4, 6), slice(6, 8)
# What banks write where a field wants an id and they have none.
_NO_IDS = frozenset({"none", "nonref", "notprovided", "null", "n/a", "unknown"})


Unit = Literal["row", "line", "transaction", "entry"]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """`number` is where it stands in the file, counted in the statement's `unit`."""

    number: int
    date: date
    payee: str
    note: str
    money: Money
    external_id: str | None = None
    """What the bank calls it, the same in every file that has it."""
    category: str | None = None
    """The name of the category that the file itself gives it."""
    transaction_id: uuid.UUID | None = None
    """What we called it ourselves, when we exported it."""


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    message: str


class Statement(Protocol):
    """Opening one settles how the whole file is to be read, or raises StatementError.

    Its rows are read anew each time they are asked for, so that a long file is never in memory as rows.
    """

    format: StatementFormat
    unit: Unit
    encoding: str
    date_format: str | None
    unbooked: int
    """Rows that are pending, declined or taken back. They are left out: a later statement has what comes of them."""

    def rows(self) -> Iterator[StatementRow | BadRow]: ...


def texts_of(payee: str, note: str) -> tuple[str, str]:
    payee, note = clean(payee), clean(note)
    check_text(payee, note)
    if not payee:
        return note or _NO_PAYEE, ""
    return payee, "" if note == payee else note


def check_text(*texts: str) -> None:
    if max(map(len, texts)) > _MAX_TEXT:
        raise RowError(f"its description is longer than {_MAX_TEXT} characters; shorten it")


def clean(text: str) -> str:
    """On one line, with one blank between words, without control characters."""
    words = " ".join(text.split())
    if not words.isprintable():
        words = "".join(character for character in words if unicodedata.category(character) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", words)


def id_of(text: str, *, shortest: int = 1) -> str | None:
    """None for what names no row: nothing, zeros, "NOTPROVIDED"."""
    found = clean(text)
    if not shortest <= len(found) <= _MAX_ID or not found.strip("0 ") or found.casefold() in _NO_IDS:
        return None
    return found


def money_of(amount: Decimal, currency: str) -> Money:
    try:
        money = Money(amount, currency)
    except MoneyError as error:
        raise RowError(f"{error}; correct it") from None
    if abs(money.amount) >= LIMIT:
        raise RowError(f"{money} is more than can be booked; correct it")
    return money


def compact_day(digits: str, text: str) -> date:
    """A day from YYYYMMDD."""
    try:
        day = date(int(digits[_YEAR]), int(digits[_MONTH]), int(digits[_DAY]))
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise RowError(f"{text[:40]!r} is not a date; correct it")
    return day


def check_count(count: int) -> None:
    if count > MAX_ROWS:
        raise StatementError(
            "too_many_rows",
            f"This file has more than {MAX_ROWS:,} rows: split it, for example by year, and import the parts.",
        )


def choose_account(found: Collection[str], wanted: str | None) -> str | None:
    """Of the accounts that a file names the one to import; None when it doesn't name any."""
    names = list(dict.fromkeys(found))
    listed = ", ".join(f"“{name[:100]}”" for name in names[:_LISTED])
    if len(names) > _LISTED:
        listed += f" and {len(names) - _LISTED} more"
    if wanted is not None:
        if wanted in names:
            return wanted
        raise StatementError(
            "no_such_account",
            f"This file has no account “{wanted[:100]}”: choose {f'one of {listed}' if names else 'a file that has'}.",
            field="statement_account",
        )
    if len(names) > 1:
        raise StatementError(
            "several_accounts",
            f"This file has statements of {len(names)} accounts: choose which one to import, {listed}.",
            field="statement_account",
        )
    return names[0] if names else None


def check_currency(found: str, currency: str) -> None:
    if found != currency:
        raise StatementError(
            "other_currency",
            f"This statement is in {found[:10]}, the account in {currency}: choose an account in {found[:10]}.",
        )


def empty_file() -> StatementError:
    return StatementError("empty_file", "This file has no transactions in it: choose a statement that has some.")
