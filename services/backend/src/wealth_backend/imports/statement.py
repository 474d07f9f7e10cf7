"""A bank statement read from CSV. Nothing in it is evaluated, and nothing is guessed where a guess could be wrong."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from itertools import islice

from wealth_backend.imports import dates, numbers
from wealth_backend.imports.agreement import Agreement
from wealth_backend.imports.columns import Columns, find_columns
from wealth_backend.imports.encoding import detect
from wealth_backend.imports.refusal import RowError, StatementError
from wealth_core import export_cells
from wealth_core.ledger import LIMIT
from wealth_core.money import Money, MoneyError

MAX_ROWS = 200_000

_DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 30
_MAX_TEXT = 1000
_NO_PAYEE = "No description"
_DEBIT_WORDS = frozenset({"debit", "dr", "d", "soll", "s", "af", "out", "withdrawal"})
_CREDIT_WORDS = frozenset({"credit", "cr", "c", "haben", "h", "bij", "in", "deposit"})
_SAME_WAY = "Write all of them in one way, best like"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """`number` counts as a spreadsheet does: from 1, with the header."""

    number: int
    date: date
    payee: str
    note: str
    money: Money


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    message: str


class Statement:
    """Opening one settles how the whole file is to be read, or raises StatementError.

    Its rows are read anew each time they are asked for, so that a long file is never in memory as rows.
    """

    def __init__(self, data: bytes, currency: str, *, date_format: str | None = None) -> None:
        self._data = data
        self._currency = currency
        self._codec, self.encoding = detect(data, currency)
        self._delimiter, self._header_number, self._header, self._columns = self._find_header()
        self._debit_sign = 1
        self._directed = self._columns.direction is not None
        self.date_format = date_format
        self._number_style: str | None = None
        self._settle(date_format)

    def rows(self) -> Iterator[StatementRow | BadRow]:
        for number, cells in self._records():
            try:
                yield self._read(number, cells)
            except RowError as error:
                yield BadRow(number, str(error))

    # --- the table ---

    def _table(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        lines = TextIOWrapper(BytesIO(self._data), self._codec, newline="")
        table = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(table, start=1):
                yield number, cells
        except csv.Error:
            raise StatementError(
                "malformed_csv",
                f"Row {number + 1} can't be taken apart: a quotation mark is missing, or one inside a text isn't"
                " doubled. Correct it and choose the file again.",
            ) from None

    def _find_header(self) -> tuple[str, int, Sequence[str], Columns]:
        """The delimiter is the one by which a row near the top names the columns; those above it are passed over."""
        found: list[tuple[str, int, Sequence[str], Columns]] = []
        broken: StatementError | None = None
        for delimiter in _DELIMITERS:
            try:
                for number, cells in islice(self._table(delimiter), _HEADER_WITHIN):
                    columns = find_columns(cells)
                    if columns:
                        found.append((delimiter, number, cells, columns))
                        break
            except StatementError as error:
                broken = broken or error
        if found:
            return max(found, key=lambda one: one[3].width)
        if broken:
            raise broken
        raise StatementError(
            "no_header",
            "No row of this file names its columns: the first row has to name at least a date and an amount (or debit"
            " and credit), like Date,Description,Amount. Add such a row and choose the file again.",
        )

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with something to import: not the header, which may come again, nor blank lines, nor closing words."""
        wanted = [self._columns.date, self._columns.amount, self._columns.debit, self._columns.credit]
        positions = [position for position in wanted if position is not None]
        for number, cells in self._table(self._delimiter):
            if number <= self._header_number or cells == self._header:
                continue
            if any(cells[position].strip() for position in positions if position < len(cells)):
                yield number, cells

    # --- one way for all rows ---

    def _settle(self, date_format: str | None) -> None:
        day_ways, number_ways = Agreement[date](), Agreement[Decimal]()
        count, unsigned_debit = 0, False
        for number, cells in self._records():
            count += 1
            if count > MAX_ROWS:
                raise StatementError(
                    "too_many_rows",
                    f"This file has more than {MAX_ROWS:,} rows: split it, for example by year, and import the parts.",
                )
            day = _cell(cells, self._columns.date)
            day_ways.offer(number, day, dates.readings(day))
            self._directed = self._directed and _direction(_cell(cells, self._columns.direction)) != 0
            try:
                unsigned_debit = unsigned_debit or self._is_unsigned_debit(cells)
                number_ways.offer(number, self._amount_text(cells), self._amounts(cells))
            except RowError:
                continue  # reported when the rows are read
        if not count:
            raise StatementError("empty_file", "This file has no transactions in it: choose a statement that has some.")
        self._debit_sign = -1 if unsigned_debit else 1
        self.date_format = date_format or self._date_format(day_ways)
        self._number_style = self._settled_style(number_ways)

    def _date_format(self, ways: Agreement[date]) -> str | None:
        if ways.clash:
            (first, one), (second, other) = ways.clash
            raise StatementError(
                "mixed_dates",
                f"The dates are written in different ways: row {first} has {one!r}, row {second} has {other!r}."
                f" {_SAME_WAY} 2026-11-24.",
            )
        for number, cells in self._records() if len(ways.ways) > 1 else ():
            text = _cell(cells, self._columns.date)
            read = dates.readings(text)
            if ways.differs(read):
                meanings = " or ".join(f"{read[way]:%-d %B %Y}" for way in ways.ways)
                raise StatementError(
                    "ambiguous_dates",
                    f"The dates can be read in two ways: {text!r} in row {number} may be {meanings}, and no other row"
                    f" tells. Write the dates like {read[ways.ways[0]]:%Y-%m-%d} and choose the file again.",
                )
        return ways.ways[0] if ways.ways else None

    def _settled_style(self, ways: Agreement[Decimal]) -> str | None:
        if ways.clash:
            (first, one), (second, other) = ways.clash
            raise StatementError(
                "mixed_numbers",
                f"The amounts are written in different ways: row {first} has {one!r}, row {second} has {other!r}."
                f" {_SAME_WAY} 1234.56.",
            )
        for number, cells in self._records() if len(ways.ways) > 1 else ():
            try:
                read = self._amounts(cells)
            except RowError:
                continue
            if ways.differs(read):
                meanings = " or ".join(str(abs(read[way])) for way in ways.ways)
                raise StatementError(
                    "ambiguous_numbers",
                    f"The amounts can be read in two ways: {self._amount_text(cells)!r} in row {number} may be"
                    f" {meanings}. Write them like 1234.560 and choose the file again.",
                )
        return ways.ways[0] if ways.ways else None

    # --- one row ---

    def _read(self, number: int, cells: Sequence[str]) -> StatementRow:
        if any(cell.strip() for cell in cells[self._columns.width :]):
            raise RowError(
                f"it has more than the {self._columns.width} columns of the header;"
                f" put texts with {self._delimiter!r} in quotation marks"
            )
        texts = [_clean(_cell(cells, position)) for position in (self._columns.payee, self._columns.note)]
        if tuple(self._header) == export_cells.HEADER:
            texts = [export_cells.unescape(text) for text in texts]
        if max(map(len, texts)) > _MAX_TEXT:
            raise RowError(f"its description is longer than {_MAX_TEXT} characters; shorten it")
        payee, note = texts if texts[0] else (texts[1] or _NO_PAYEE, "")
        return StatementRow(number, self._date(cells), payee, note, self._money(cells))

    def _date(self, cells: Sequence[str]) -> date:
        text = _cell(cells, self._columns.date)
        if not text:
            raise RowError("the date is missing; fill it in or delete the row")
        read = dates.readings(text).get(self.date_format or "")
        if read is None:
            raise RowError(
                f"{text[:40]!r} is not a date{f' like {self.date_format}' if self.date_format else ''}; correct it"
            )
        return read

    def _money(self, cells: Sequence[str]) -> Money:
        named = _cell(cells, self._columns.currency).upper()
        if named and named != self._currency:
            raise RowError(
                f"it is in {named[:10]}, the account in {self._currency}; import it into an account in that currency"
            )
        amount = self._amounts(cells)[self._number_style or numbers.POINT]
        if self._directed:
            amount = abs(amount) * _direction(_cell(cells, self._columns.direction))
        try:
            money = Money(amount, self._currency)
        except MoneyError as error:
            raise RowError(f"{error}; correct it") from None
        if abs(money.amount) >= LIMIT:
            raise RowError(f"{money} is more than can be booked; correct it")
        return money

    def _amounts(self, cells: Sequence[str]) -> Mapping[str, Decimal]:
        if self._columns.amount is not None:
            text = _cell(cells, self._columns.amount)
            if not text:
                raise RowError("the amount is missing; fill it in or delete the row")
            return numbers.readings(text, self._currency)
        debit, credit = (_cell(cells, position) for position in (self._columns.debit, self._columns.credit))
        if not debit and not credit:
            raise RowError("the amount is missing; fill it in or delete the row")
        out = numbers.readings(debit or "0", self._currency)
        into = numbers.readings(credit or "0", self._currency)
        if any(out.values()) and any(into.values()):
            raise RowError("it has both a debit and a credit; make two rows of it")
        return {style: into[style] + self._debit_sign * out[style] for style in out if style in into}

    def _amount_text(self, cells: Sequence[str]) -> str:
        positions = (self._columns.amount, self._columns.debit, self._columns.credit)
        return next((text for text in (_cell(cells, position) for position in positions) if text), "")

    def _is_unsigned_debit(self, cells: Sequence[str]) -> bool:
        """Banks that head a column "debit" mostly leave the minus out; where every debit has one, it is kept."""
        text = _cell(cells, self._columns.debit)
        return bool(text) and any(amount > 0 for amount in numbers.readings(text, self._currency).values())


def _cell(cells: Sequence[str], position: int | None) -> str:
    return cells[position].strip() if position is not None and position < len(cells) else ""


def _direction(word: str) -> int:
    """Of the money: in (1), out (-1), or not told (0)."""
    plain = word.casefold().strip(" .+-")
    return 1 if plain in _CREDIT_WORDS else -1 if plain in _DEBIT_WORDS else 0


def _clean(text: str) -> str:
    """On one line, with one blank between words, without control characters."""
    words = " ".join(text.split())
    if not words.isprintable():
        words = "".join(character for character in words if unicodedata.category(character) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", words)
