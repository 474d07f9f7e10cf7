"""How somebody says that the columns of a CSV file are to be read, where our own reading isn't right."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wealth_backend.imports import numbers
from wealth_backend.imports.columns import Columns, simplified
from wealth_backend.imports.refusal import StatementError
from wealth_backend.schemas import PlainText, Request

DATE_FORMAT = r"^([DMY]{2,4}[-/. ][DMY]{2,4}[-/. ][DMY]{2,4}|YYYYMMDD)$"
MAX_COLUMNS = 200
MAX_CELL = 100
_MAX_TEXTS = 5

ColumnName = Annotated[PlainText, Field(min_length=1, max_length=MAX_CELL)]
Column = Annotated[
    ColumnName | Annotated[int, Field(ge=1, le=MAX_COLUMNS)],
    Field(description="The column's name in the header, or its place counted from 1"),
]


class MappedColumns(Request):
    """Which column holds what. `amount`, or `debit` or `credit` or both."""

    date: Column
    payee: Column | None = None
    notes: Annotated[
        tuple[Column, ...], Field(max_length=_MAX_TEXTS, description="The first that a row fills in counts")
    ] = ()
    amount: Column | None = None
    debit: Annotated[Column | None, Field(description="What goes off, with or without a minus")] = None
    credit: Column | None = None
    fee: Annotated[Column | None, Field(description="What goes off on top of the amount")] = None
    currency: Column | None = None
    external_id: Annotated[
        Column | None, Field(description="What the bank calls the row: the same in every file that has it")
    ] = None

    @model_validator(mode="after")
    def _has_amount(self) -> "MappedColumns":
        if (self.amount is None) == (self.debit is None and self.credit is None):
            raise ValueError("Name either the column of the amount, or those of debit and credit.")
        return self


class Mapping(Request):
    """What is left out is found out from the file."""

    columns: MappedColumns
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    skip_rows: Annotated[int, Field(ge=0, le=100, description="Rows above the header, or above the first row")] = 0
    has_header: Annotated[bool, Field(description="Without one, columns are named by their places")] = True
    date_format: Annotated[str | None, Field(pattern=DATE_FORMAT, max_length=20, examples=["DD/MM/YYYY"])] = None
    decimal: Annotated[Literal[".", ","] | None, Field(description="What comes before the cents")] = None
    sign: Annotated[
        Literal["negative_is_spending", "positive_is_spending"], Field(description="Of the column of the amount")
    ] = "negative_is_spending"

    @model_validator(mode="after")
    def _has_names(self) -> "Mapping":
        named = (column for column in self.columns.model_dump().values() if column is not None)
        columns = [one for column in named for one in (column if isinstance(column, tuple) else (column,))]
        if not self.has_header and any(isinstance(column, str) for column in columns):
            raise ValueError("Without a header, name the columns by their places, counted from 1.")
        return self

    @property
    def number_style(self) -> str | None:
        return {".": numbers.POINT, ",": numbers.COMMA, None: None}[self.decimal]


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved mapping, for files with this header."""

    id: uuid.UUID
    name: str
    header: Sequence[str]
    mapping: Mapping

    def suits(self, header: Sequence[str]) -> bool:
        return bool(self.header) and _compared(header) == _compared(self.header)


def shown_header(header: Sequence[str]) -> list[str]:
    """As much of a header as is kept."""
    return [cell.strip()[:MAX_CELL] for cell in header[:MAX_COLUMNS]]


def _compared(header: Sequence[str]) -> list[str]:
    names = [simplified(cell) for cell in shown_header(header)]
    while names and not names[-1]:
        names.pop()
    return names


def as_mapping(
    columns: Columns, *, skip_rows: int, delimiter: str, date_format: str | None, style: str | None
) -> Mapping:
    """Columns that were found, as somebody would name them by their places."""

    def column(position: int | None) -> int | None:
        return None if position is None else position + 1

    return Mapping.model_validate(
        {
            "columns": {
                "date": columns.date + 1,
                "payee": column(columns.payees[0] if columns.payees else None),
                "notes": [position + 1 for position in columns.notes[:_MAX_TEXTS]],
                "amount": column(columns.amount),
                "debit": column(columns.debit if columns.amount is None else None),
                "credit": column(columns.credit if columns.amount is None else None),
                "fee": column(columns.fee),
                "currency": column(columns.currency),
                "external_id": column(columns.id),
            },
            "delimiter": delimiter,
            "skip_rows": skip_rows,
            "date_format": date_format,
            "decimal": {numbers.POINT: ".", numbers.COMMA: ",", None: None}[style],
        }
    )


def mapped_columns(mapping: Mapping, header: Sequence[str], number: int) -> Columns:
    """Where the named columns stand in this header, or in this first row where there is none."""
    names = {simplified(cell): position for position, cell in reversed(list(enumerate(header)))}

    def place(column: str | int | None) -> int | None:
        if column is None:
            return None
        position = column - 1 if isinstance(column, int) else names.get(simplified(column))
        if position is None or position >= len(header):
            what = f"column {column}" if isinstance(column, int) else f"a column “{column}”"
            raise StatementError(
                "mapping_mismatch",
                f"The mapping names {what}, which row {number} of this file doesn't have: correct the mapping, or"
                " choose the file that it is for.",
                field="mapping",
            )
        return position

    def places(*columns: str | int | None) -> tuple[int, ...]:
        return tuple(position for position in map(place, columns) if position is not None)

    wanted = mapping.columns
    date = place(wanted.date)
    assert date is not None  # noqa: S101 - tells the type checker
    return Columns(
        width=len(header),
        date=date,
        payees=places(wanted.payee),
        notes=places(*wanted.notes),
        amount=place(wanted.amount),
        debit=place(wanted.debit),
        credit=place(wanted.credit),
        currency=place(wanted.currency),
        fee=place(wanted.fee),
        id=place(wanted.external_id),
    )
