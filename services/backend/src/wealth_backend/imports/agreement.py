"""What all rows of a column have in common: a file is read in one way, or not at all."""

from collections.abc import Mapping
from typing import Generic, TypeVar

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
