"""What all rows of a column have in common: a file is read in one way, or not at all."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from wealth_backend.imports.refusal import StatementError

T = TypeVar("T")


class Agreement(Generic[T]):
    """Each row offers the ways in which its cell can be read; what remains are those that suit every row."""

    def __init__(self) -> None:
        self.ways: list[str] = []
        self.clash: tuple[tuple[int, str], tuple[int, str]] | None = None
        """Two rows, with their cells, that no way suits together."""
        self._narrowed_by: tuple[int, str] | None = None

    def offer(self, number: int, text: str, readings: Mapping[str, T]) -> None:
        if self.clash or not readings:
            return
        left = [way for way in self.ways if way in readings] if self._narrowed_by else list(readings)
        if not left:
            assert self._narrowed_by is not None  # noqa: S101 - tells the type checker
            self.clash = (self._narrowed_by, (number, text))
        elif len(left) != len(self.ways):
            self.ways, self._narrowed_by = left, (number, text)

    def differs(self, readings: Mapping[str, T]) -> bool:
        """Whether the ways that are left read this cell differently."""
        return len({readings[way] for way in self.ways if way in readings}) > 1


Cells = Callable[[], Iterator[tuple[int, str, Mapping[str, T]]]]
"""Every cell with its row and its readings, read anew."""

_SAME_WAY = "Write all of them in one way, best like"


def settled_day(ways: Agreement[date], cells: Cells[date], unit: str) -> str | None:
    """The way that suits every date; None when no date can be read at all."""
    if ways.clash:
        (first, one), (second, other) = ways.clash
        raise StatementError(
            "mixed_dates",
            f"The dates are written in different ways: {unit} {first} has {one!r}, {unit} {second} has {other!r}."
            f" {_SAME_WAY} 2026-11-24.",
        )
    for number, text, read in cells() if len(ways.ways) > 1 else ():
        if ways.differs(read):
            meanings = " or ".join(f"{read[way]:%-d %B %Y}" for way in ways.ways)
            raise StatementError(
                "ambiguous_dates",
                f"The dates can be read in two ways: {text!r} in {unit} {number} may be {meanings}, and no other {unit}"
                f" tells. Write the dates like {read[ways.ways[0]]:%Y-%m-%d} and choose the file again.",
            )
    return ways.ways[0] if ways.ways else None


def settled_style(ways: Agreement[Decimal], cells: Cells[Decimal], unit: str) -> str | None:
    """The way that suits every amount; None when no amount can be read at all."""
    if ways.clash:
        (first, one), (second, other) = ways.clash
        raise StatementError(
            "mixed_numbers",
            f"The amounts are written in different ways: {unit} {first} has {one!r}, {unit} {second} has {other!r}."
            f" {_SAME_WAY} 1234.56.",
        )
    for number, text, read in cells() if len(ways.ways) > 1 else ():
        if ways.differs(read):
            meanings = " or ".join(str(abs(read[way])) for way in ways.ways)
            raise StatementError(
                "ambiguous_numbers",
                f"The amounts can be read in two ways: {text!r} in {unit} {number} may be {meanings}."
                " Write them like 1234.560 and choose the file again.",
            )
    return ways.ways[0] if ways.ways else None
