"""QIF: a line a field, and a line with "^" after each transaction.

Neither its dates nor its amounts say how they are written, so both are read in the one way that suits the whole file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper

from wealth_backend.imports import dates, numbers
from wealth_backend.imports.agreement import Agreement, settled_day, settled_style
from wealth_backend.imports.encoding import detect
from wealth_backend.imports.formats.common import (
    BadRow,
    StatementRow,
    Unit,
    check_count,
    choose_account,
    empty_file,
    money_of,
    texts_of,
)
from wealth_backend.imports.refusal import RowError, StatementError
from wealth_core.models import StatementFormat

_LONGEST = 10_000
_MOST_SPLITS = 500
_BANK = frozenset({"bank", "cash", "ccard", "otha", "othl"})
_INVESTMENTS = frozenset({"invst", "port", "401(k)/403(b)"})
# Lists that Quicken exports along with the transactions.
_LISTS = frozenset({"cat", "class", "memorized", "security", "prices", "budget", "tag", "template", "invitem"})
# Quicken writes blanks for zeros, and an apostrophe before the years from 2000 on: 1/ 5'26.
_DAY = re.compile(r"(\d{1,2})([/.])(\d{1,2})(['/.])(\d{4}|\d{1,2})")
_CENTURY_TURNS = 70
_AGAIN = "export the statement again"


@dataclass(slots=True)
class _Record:
    number: int
    """The line on which it begins."""
    account: str
    fields: dict[str, str] = field(default_factory=dict)
    splits: list[dict[str, str]] = field(default_factory=list)
    twice: str | None = None


class QifStatement:
    format = StatementFormat.QIF
    unit: Unit = "line"
    unbooked = 0

    def __init__(
        self, data: bytes, currency: str, *, date_format: str | None = None, account: str | None = None
    ) -> None:
        self._data = data
        self._currency = currency
        self._codec, self.encoding = detect(data, currency)
        self.date_format = date_format
        self._account: str | None = None
        self._number_style: str | None = None
        self._settle(account)

    def rows(self) -> Iterator[StatementRow | BadRow]:
        for record in self._records():
            try:
                yield self._read(record)
            except RowError as error:
                yield BadRow(record.number, str(error))

    def _settle(self, wanted: str | None) -> None:
        found: dict[str, None] = {}
        for count, record in enumerate(self._all(), start=1):
            check_count(count)
            found[record.account] = None
        if not found:
            raise empty_file()
        self._account = choose_account(found, wanted)
        day_ways, number_ways = Agreement[date](), Agreement[Decimal]()
        for record in self._records():
            day = _day_text(record)
            day_ways.offer(record.number, day, dates.readings(day))
            for text in _amount_texts(record):
                try:
                    number_ways.offer(record.number, text, numbers.readings(text, self._currency))
                except RowError:
                    continue  # reported when the rows are read
        if self.date_format is None:
            self.date_format = settled_day(day_ways, self._days, self.unit)
        self._number_style = settled_style(number_ways, self._amounts, self.unit)

    def _days(self) -> Iterator[tuple[int, str, Mapping[str, date]]]:
        for record in self._records():
            day = _day_text(record)
            yield record.number, day, dates.readings(day)

    def _amounts(self) -> Iterator[tuple[int, str, Mapping[str, Decimal]]]:
        for record in self._records():
            for text in _amount_texts(record):
                try:
                    yield record.number, text, numbers.readings(text, self._currency)
                except RowError:
                    continue

    # --- the lines ---

    def _records(self) -> Iterator[_Record]:
        return (record for record in self._all() if record.account == self._account)

    def _lines(self) -> Iterator[tuple[int, str]]:
        stream = TextIOWrapper(BytesIO(self._data), self._codec)
        number = 0
        while line := stream.readline(_LONGEST):
            number += 1
            if len(line) == _LONGEST:
                raise _malformed(f"line {number:,} has more than {_LONGEST:,} characters")
            yield number, line.strip()

    def _all(self) -> Iterator[_Record]:
        walk = _Walk()
        for number, line in self._lines():
            if line and not line.startswith("#") and (record := walk.take(number, line)) is not None:
                yield record
        walk.end()

    # --- one transaction ---

    def _read(self, record: _Record) -> StatementRow:
        if record.twice:
            raise RowError(f"it has two lines that begin with {record.twice!r}, as if the ^ between two were missing")
        fields = record.fields
        amount = self._amount(fields.get("T") or fields.get("U") or "")
        category = fields.get("L", "")
        note = fields.get("M", "")
        if record.splits:
            category = ""
            note = "; ".join(filter(None, (note, self._splits(record, amount))))
        payee = fields.get("P", "")
        if not payee and fields.get("N"):
            payee = f"Check {fields['N']}" if fields["N"].isdecimal() else fields["N"]
        payee, note = texts_of(payee, note)
        return StatementRow(
            record.number,
            self._day(record),
            payee,
            note,
            money_of(amount, self._currency),
            category=_category(category),
        )

    def _splits(self, record: _Record, amount: Decimal) -> str:
        """A note of the parts, which have to add up."""
        parts = [(split.get("S", ""), split.get("E", ""), self._amount(split.get("$", ""))) for split in record.splits]
        total = sum((part for *_, part in parts), Decimal(0))
        if total != amount:
            raise RowError(f"its parts add up to {total}, not to {amount}; correct them")
        return "; ".join(" ".join(filter(None, (name, memo, f"{part:f}"))) for name, memo, part in parts)

    def _day(self, record: _Record) -> date:
        text = _day_text(record)
        if not text:
            raise RowError("its date (D) is missing; fill it in or take the transaction out")
        read = dates.readings(text).get(self.date_format or "")
        if read is None:
            like = f" like {self.date_format}" if self.date_format else ""
            raise RowError(f"{record.fields['D'][:40]!r} is not a date{like}; correct it")
        return read

    def _amount(self, text: str) -> Decimal:
        if not text:
            raise RowError("its amount (T) is missing; fill it in or take the transaction out")
        read = numbers.readings(text, self._currency)
        return numbers.in_style(read, self._number_style, text)


class _Walk:
    """Where in the file one is, line after line."""

    def __init__(self) -> None:
        self._kind: str | None = None
        self._account = self._name = ""
        self._record: _Record | None = None

    def take(self, number: int, line: str) -> _Record | None:
        """The transaction, where it is one that ends here."""
        if line.startswith("!"):
            if self._record is not None:
                raise _malformed(f"the transaction that begins on line {self._record.number:,} has no end")
            self._kind, self._name = _section(line, self._kind), ""
        elif self._kind is None:
            raise _malformed(f"line {number:,} comes before any line like “!Type:Bank”")
        elif self._kind == "account":
            self._take_account(line)
        elif self._kind == "bank" and line == "^":
            record, self._record = self._record, None
            return record
        elif self._kind == "bank":
            self._record = self._record or _Record(number, self._account)
            _take(self._record, line)
        return None

    def _take_account(self, line: str) -> None:
        if line == "^":
            self._account = self._name
        elif line.startswith("N"):
            self._name = line[1:].strip()

    def end(self) -> None:
        if self._record is not None:
            raise StatementError(
                "truncated",
                f"This file breaks off within the transaction that begins on line {self._record.number:,}: {_AGAIN} and"
                " choose the new file.",
            )


def _take(record: _Record, line: str) -> None:
    code, value = line[0], line[1:].strip()
    if code == "S":
        record.splits.append({code: value})
        if len(record.splits) > _MOST_SPLITS:
            raise _malformed(f"the transaction on line {record.number:,} has more than {_MOST_SPLITS} parts")
        return
    fields = record.splits[-1] if code in "E$%" and record.splits else record.fields
    if code in fields and code in "DTP$":
        record.twice = code
    fields[code] = f"{fields[code]} {value}" if code == "M" and code in fields else value


def _section(line: str, before: str | None) -> str | None:
    word, _, name = line[1:].partition(":")
    name = "".join(name.casefold().split())
    match word.strip().casefold(), name:
        case "account", _:
            return "account"
        case (("option" | "clear"), _):
            return before
        case "type", kind if kind in _BANK:
            return "bank"
        case "type", kind if kind.split(":")[0] in _LISTS:
            return "list"
        case "type", kind if kind in _INVESTMENTS:
            raise StatementError(
                "investments",
                "This file has trades of securities in it, which are no bank transactions: export the cash account by"
                " itself, or record the trades with the investments.",
            )
    raise _malformed(f"“{line[:40]}” is no kind of list that QIF has")


def _day_text(record: _Record) -> str:
    text = record.fields.get("D", "")
    match = _DAY.fullmatch(text.replace(" ", ""))
    if match is None:
        return text
    first, sign, second, mark, year = match.groups()
    if len(year) <= len("YY"):
        century = 2000 if mark == "'" or int(year) < _CENTURY_TURNS else 1900
        year = str(century + int(year))
    return f"{first}{sign}{second}{sign}{year}"


def _amount_texts(record: _Record) -> Iterator[str]:
    for text in (record.fields.get("T") or record.fields.get("U"), *(split.get("$") for split in record.splits)):
        if text:
            yield text


def _category(text: str) -> str | None:
    """The last part of "Food:Groceries/Class"; none for a transfer, which names an account in brackets."""
    name = text.split("/", 1)[0].rsplit(":", 1)[-1].strip()
    return None if not name or text.startswith("[") else name


def _malformed(what: str) -> StatementError:
    return StatementError("malformed_qif", f"This QIF file is damaged, {what}: {_AGAIN} and choose the new file.")
