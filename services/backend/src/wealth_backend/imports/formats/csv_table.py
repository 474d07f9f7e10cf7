"""CSV: a table whose columns are found by their names, or by the mapping that somebody has made for them.

Nothing in it is evaluated, and nothing is guessed where a guess could be wrong.
"""

import csv
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from itertools import islice

from wealth_backend.imports import dates, numbers
from wealth_backend.imports.agreement import Agreement, settled_day, settled_style
from wealth_backend.imports.columns import Columns, find_columns, simplified
from wealth_backend.imports.encoding import detect
from wealth_backend.imports.formats.common import (
    BadRow,
    StatementRow,
    Unit,
    check_count,
    check_text,
    choose_account,
    empty_file,
    id_of,
    money_of,
    texts_of,
)
from wealth_backend.imports.mapping import MAX_COLUMNS, Profile, as_mapping, mapped_columns
from wealth_backend.imports.mapping import Mapping as ColumnMapping
from wealth_backend.imports.refusal import RowError, StatementError
from wealth_core import export_cells
from wealth_core.models import StatementFormat
from wealth_core.money import Money

_DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 30
_LONGEST_ROW = 128 * 1024
_MOST_COLUMNS = 1000
_SHORTEST_ID = 8
_DEBIT_WORDS = frozenset({"debit", "dr", "d", "soll", "s", "af", "out", "withdrawal"})
_CREDIT_WORDS = frozenset({"credit", "cr", "c", "haben", "h", "bij", "in", "deposit"})
_UNBOOKED = frozenset(
    {"pending", "vorgemerkt", "authorised", "authorized", "reverted", "declined", "denied", "failed", "cancelled"}
    | {"canceled", "rejected"}
)
# What stands above and below the transactions, and moves no money.
_BALANCE = re.compile(
    r"(?:beginning|opening|starting|closing|ending|previous|available) balance|balance (?:brought|carried) forward"
    r"|b/f\b|c/f\b|(?:neuer |alter |anfangs|end)?(?:kontostand|saldo)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:grand )?totals?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is to be taken apart."""

    delimiter: str
    header_number: int
    header: Sequence[str]
    """Empty where there is none."""
    columns: Columns
    mapping: ColumnMapping | None = None
    profile: Profile | None = None
    account: int | None = None
    """Only our own export has it: the column that says which account a row is of."""

    @property
    def is_ours(self) -> bool:
        return self.account is not None


class CsvStatement:
    format = StatementFormat.CSV
    unit: Unit = "row"

    def __init__(
        self,
        data: bytes,
        currency: str,
        *,
        date_format: str | None = None,
        mapping: ColumnMapping | None = None,
        profiles: Sequence[Profile] = (),
        account: str | None = None,
    ) -> None:
        self._data = data
        self._currency = currency
        self._codec, self.encoding = detect(data, currency)
        self._layout = self._mapped(mapping, None) if mapping else self._find_layout(profiles)
        self._columns = self._layout.columns
        self.mapping = self._layout.mapping
        self._account = self._choose_account(account)
        self._debit_sign = 1
        self._directed = self._columns.direction is not None
        self.unbooked = 0
        self.date_format = date_format or (self.mapping.date_format if self.mapping else None)
        self._number_style = self.mapping.number_style if self.mapping else None
        self._settle()

    @property
    def header(self) -> Sequence[str]:
        return self._layout.header

    @property
    def profile(self) -> Profile | None:
        return self._layout.profile

    @property
    def guess(self) -> ColumnMapping | None:
        """What was found out, as a mapping to correct; None where a mapping can't say how the file is read."""
        layout = self._layout
        if self.mapping or layout.is_ours or self._directed or self._columns.width > MAX_COLUMNS:
            return None
        return as_mapping(
            self._columns,
            skip_rows=layout.header_number - 1,
            delimiter=layout.delimiter,
            date_format=self.date_format,
            style=self._number_style,
        )

    def rows(self) -> Iterator[StatementRow | BadRow]:
        for number, cells in self._records():
            try:
                yield self._read(number, cells)
            except RowError as error:
                yield BadRow(number, str(error))

    # --- the table ---

    def _table(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        stream = TextIOWrapper(BytesIO(self._data), self._codec, newline="")
        number = length = 0

        def lines() -> Iterator[str]:
            """A missing quotation mark makes one row of all that follows, which would be held as a whole."""
            nonlocal length
            while line := stream.readline(_LONGEST_ROW):
                length += len(line)
                if length >= _LONGEST_ROW:
                    raise _unparsable(number + 1)
                yield line

        try:
            for number, cells in enumerate(csv.reader(lines(), delimiter=delimiter, strict=True), start=1):
                if len(cells) > _MOST_COLUMNS:
                    raise _unparsable(number)
                length = 0
                yield number, cells
        except csv.Error:
            raise _unparsable(number + 1) from None

    def _find_layout(self, profiles: Sequence[Profile]) -> _Layout:
        """The delimiter is the one by which a row near the top names the columns; those above it are passed over."""
        found: list[_Layout] = []
        broken: StatementError | None = None
        for delimiter in _DELIMITERS:
            try:
                for number, cells in islice(self._table(delimiter), _HEADER_WITHIN):
                    if tuple(map(simplified, cells)) == export_cells.HEADER:
                        return _our_layout(delimiter, number, cells)
                    profile = next((one for one in profiles if one.suits(cells)), None)
                    if profile and profile.mapping.delimiter in {None, delimiter}:
                        columns = mapped_columns(profile.mapping, cells, number)
                        return _Layout(delimiter, number, cells, columns, profile.mapping, profile)
                    columns_found = find_columns(cells)
                    if columns_found:
                        found.append(_Layout(delimiter, number, cells, columns_found))
                        break
            except StatementError as error:
                broken = broken or error
        if found:
            return max(found, key=lambda one: one.columns.width)
        if broken:
            raise broken
        raise StatementError(
            "no_header",
            "No row of this file names its columns: the first row has to name at least a date and an amount (or debit"
            " and credit), like Date,Description,Amount. Add such a row and choose the file again.",
        )

    def _mapped(self, mapping: ColumnMapping, profile: Profile | None) -> _Layout:
        at = mapping.skip_rows + 1
        delimiters = [mapping.delimiter] if mapping.delimiter else _DELIMITERS
        tables = [(one, next(islice(self._table(one), at - 1, at), None)) for one in delimiters]
        delimiter, row = max(tables, key=lambda table: len(table[1][1]) if table[1] else 0)
        if row is None:
            raise empty_file()
        _, cells = row
        columns = mapped_columns(mapping, cells, at)
        if not mapping.has_header:
            return _Layout(delimiter, at - 1, (), replace(columns, width=_MOST_COLUMNS), mapping, profile)
        return _Layout(delimiter, at, cells, columns, mapping, profile)

    def _choose_account(self, wanted: str | None) -> str | None:
        position = self._layout.account
        if position is None:
            return choose_account((), wanted)
        found = dict.fromkeys(
            export_cells.unescape(cells[position])
            for number, cells in self._table(self._layout.delimiter)
            if number > self._layout.header_number and position < len(cells)
        )
        return choose_account(found, wanted)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with something to import: not the header, which may come again, nor blank lines, nor closing words."""
        columns, layout = self._columns, self._layout
        wanted = [columns.date, columns.amount, columns.debit, columns.credit]
        positions = [position for position in wanted if position is not None]
        for number, cells in self._table(layout.delimiter):
            if number <= layout.header_number or cells == layout.header:
                continue
            if not any(cells[position].strip() for position in positions if position < len(cells)):
                continue
            if self._is_balance(cells) or self._is_unbooked(cells):
                continue
            if layout.account is None or export_cells.unescape(_raw(cells, layout.account)) == self._account:
                yield number, cells

    def _is_balance(self, cells: Sequence[str]) -> bool:
        """A line that says what is in the account, or has been; one that moves money has a date and an amount."""
        columns = self._columns
        day, *texts = (_cell(cells, position) for position in (columns.date, *columns.payees, *columns.notes))
        if not any(map(_BALANCE.match, (day, *texts))):
            return _TOTAL.match(day) is not None
        moved = (columns.amount, columns.debit, columns.credit)
        return not any(_cell(cells, position) for position in moved) or not dates.readings(day)

    def _is_unbooked(self, cells: Sequence[str]) -> bool:
        return self._columns.status is not None and _cell(cells, self._columns.status).casefold() in _UNBOOKED

    # --- one way for all rows ---

    def _settle(self) -> None:
        day_ways, number_ways = Agreement[date](), Agreement[Decimal]()
        count, unsigned_debit = 0, False
        for number, cells in self._records():
            count += 1
            check_count(count)
            day = _cell(cells, self._columns.date)
            day_ways.offer(number, day, dates.readings(day))
            self._directed = self._directed and _direction(_cell(cells, self._columns.direction)) != 0
            try:
                unsigned_debit = unsigned_debit or self._is_unsigned_debit(cells)
                number_ways.offer(number, self._amount_text(cells), self._amounts(cells))
            except RowError:
                continue  # reported when the rows are read
        self.unbooked = self._count_unbooked()
        if not count and not self.unbooked:
            raise empty_file()
        self._debit_sign = -1 if unsigned_debit else 1
        if self.date_format is None:
            self.date_format = settled_day(day_ways, self._days, self.unit)
        if self._number_style is None:
            self._number_style = settled_style(number_ways, self._read_amounts, self.unit)

    def _count_unbooked(self) -> int:
        if self._columns.status is None:
            return 0
        rows = (cells for number, cells in self._table(self._layout.delimiter) if number > self._layout.header_number)
        return sum(map(self._is_unbooked, rows))

    def _days(self) -> Iterator[tuple[int, str, Mapping[str, date]]]:
        for number, cells in self._records():
            text = _cell(cells, self._columns.date)
            yield number, text, dates.readings(text)

    def _read_amounts(self) -> Iterator[tuple[int, str, Mapping[str, Decimal]]]:
        for number, cells in self._records():
            try:
                yield number, self._amount_text(cells), self._amounts(cells)
            except RowError:
                continue

    # --- one row ---

    def _read(self, number: int, cells: Sequence[str]) -> StatementRow:
        if any(cell.strip() for cell in cells[self._columns.width :]):
            raise RowError(
                f"it has more than the {self._columns.width} columns of the header;"
                f" put texts with {self._layout.delimiter!r} in quotation marks"
            )
        payee, note = self._texts(cells)
        category = _cell(cells, self._columns.category)
        if self._layout.is_ours:
            payee, note, category = map(export_cells.unescape, (payee, note, category))
            check_text(payee, note)
        else:
            payee, note = texts_of(payee, note)
        external_id = id_of(_cell(cells, self._columns.id), shortest=_SHORTEST_ID)
        return StatementRow(
            number,
            self._date(cells),
            payee,
            note,
            self._money(cells),
            external_id=external_id,
            category=category or None,
            transaction_id=_uuid(external_id) if self._layout.is_ours else None,
        )

    def _texts(self, cells: Sequence[str]) -> tuple[str, str]:
        """What a bank says besides the name is the note, and not a second name."""
        columns = self._columns
        filled = [position for position in (*columns.payees, *columns.notes) if _cell(cells, position)]
        payee = filled[0] if filled else None
        notes = (position for position in filled if position in columns.notes and position != payee)
        note = next((position for position in notes if not _direction(_cell(cells, position))), None)
        return _cell(cells, payee), _cell(cells, note)

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
        amount = numbers.in_style(self._amounts(cells), self._number_style, self._amount_text(cells))
        if self._directed:
            amount = abs(amount) * _direction(_cell(cells, self._columns.direction))
        fee = _cell(cells, self._columns.fee)
        if fee:
            amount -= abs(numbers.in_style(numbers.readings(fee, self._currency), self._number_style, fee))
        return money_of(amount, self._currency)

    def _amounts(self, cells: Sequence[str]) -> Mapping[str, Decimal]:
        text = _cell(cells, self._columns.amount)
        if text:
            sign = -1 if self.mapping and self.mapping.sign == "positive_is_spending" else 1
            return {style: sign * amount for style, amount in numbers.readings(text, self._currency).items()}
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


def _raw(cells: Sequence[str], position: int) -> str:
    return cells[position] if position < len(cells) else ""


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError):
        return None


def _our_layout(delimiter: str, number: int, cells: Sequence[str]) -> _Layout:
    place = {name: position for position, name in enumerate(export_cells.HEADER)}
    columns = Columns(
        width=len(cells),
        date=place["date"],
        payees=(place["payee"],),
        notes=(place["note"],),
        amount=place["amount"],
        currency=place["currency"],
        id=place["id"],
        category=place["category"],
    )
    return _Layout(delimiter, number, cells, columns, account=place["account"])


def _unparsable(number: int) -> StatementError:
    return StatementError(
        "malformed_csv",
        f"Row {number} can't be taken apart: a quotation mark is missing, or one inside a text isn't doubled, or it has"
        f" more than {_MOST_COLUMNS:,} columns. Correct it and choose the file again.",
    )
