"""Tables of prices and rates as CSV: every row is taken or none, and each that can't be is named with its reason."""

import csv
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from wealth_backend.problems import FieldProblem, Problem, invalid
from wealth_backend.schemas import Day

MAX_ROWS = 10_000
_MAX_REPORTED = 20
_DELIMITERS = ",;\t"
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

T = TypeVar("T")


class RowError(ValueError):
    """What is wrong with a row, as a sentence."""


def read(text: str, columns: Sequence[str], row_of: Callable[[dict[str, str]], T]) -> list[tuple[int, T]]:
    """The rows of a table with their numbers: columns in the header's order, or in the given one without a header."""
    try:
        lines = list(csv.reader(text.splitlines(), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise invalid("csv", f"The table can't be read ({error}): separate the values by commas.") from None
    numbered = [
        (number, [value.strip() for value in line]) for number, line in enumerate(lines, 1) if any(map(str.strip, line))
    ]
    order = list(columns)
    if numbered and sorted(value.casefold() for value in numbered[0][1]) == sorted(columns):
        order = [value.casefold() for value in numbered.pop(0)[1]]
    if not numbered:
        raise invalid("csv", f"The table has no rows: write them as {', '.join(columns)}.")
    if len(numbered) > MAX_ROWS:
        raise invalid("csv", f"The table has {len(numbered)} rows and {MAX_ROWS} are taken at once: split it.")
    rows, errors = [], []
    for number, values in numbered:
        try:
            rows.append((number, row_of(_named(order, values))))
        except RowError as error:
            errors.append((number, str(error)))
    if errors:
        raise refusal(errors)
    return rows


def refusal(errors: Sequence[tuple[int, str]]) -> Problem:
    number, message = errors[0]
    more = f" {len(errors) - 1} more can't be taken either." if len(errors) > 1 else ""
    return Problem(
        422,
        "invalid",
        f"Row {number}: {message}{more} Nothing was imported.",
        errors=[FieldProblem(field=f"csv.{row}", message=reason) for row, reason in errors[:_MAX_REPORTED]],
    )


def _named(columns: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if len(values) != len(columns):
        raise RowError(f"There are {len(values)} values where {', '.join(columns)} are wanted.")
    return dict(zip(columns, values, strict=True))


def day(text: str) -> date:
    try:
        return _DAY.validate_python(date.fromisoformat(text if _WRITTEN_DAY.fullmatch(text) else ""))
    except ValueError:
        raise RowError(f"{text[:40]!r} is not a usable date: write it like 2026-11-24.") from None


def number(text: str, adapter: TypeAdapter[Any]) -> Decimal:
    try:
        return Decimal(adapter.validate_python(text))
    except ValidationError as error:
        raise RowError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
