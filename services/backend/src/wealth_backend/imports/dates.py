"""Every way in which a date may be meant. A file is read in the one way that suits all of its rows."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from wealth_backend.schemas import EARLIEST, LATEST

_TIME = r"(?:[T ]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
_NUMBERS = re.compile(rf"(\d{{1,4}})([-/. ])(\d{{1,2}})\2(\d{{1,4}}){_TIME}")
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ]*([^\W\d_]{{3,10}})[-/., ]*(\d{{4}}|\d{{2}}){_TIME}")
_MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,10}})[-/. ]*(\d{{1,2}})[-/., ]+(\d{{4}}){_TIME}")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_CENTURY_TURNS = 70
_YEAR_DIGITS = 4

_Parts = tuple[str, int, int, int]


@lru_cache(maxsize=8192)
def readings(text: str) -> Mapping[str, date]:
    """Formats that give a date, with the date that they give."""
    found = dict[str, date]()
    for name, year, month, day in _candidates(text.strip()):
        try:
            read = date(year, month, day)
        except ValueError:
            continue
        if EARLIEST <= read <= LATEST:
            found[name] = read
    return found


def _candidates(text: str) -> Iterator[_Parts]:
    if match := _NUMBERS.fullmatch(text):
        yield from _numeric(match[1], match[2], match[3], match[4])
    elif match := _COMPACT.fullmatch(text):
        yield "YYYYMMDD", int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        yield "DD MMM YYYY", _year(match[3]), _month(match[2]), int(match[1])
    elif match := _MONTH_FIRST.fullmatch(text):
        yield "MMM DD YYYY", _year(match[3]), _month(match[1]), int(match[2])


def _numeric(first: str, sign: str, second: str, third: str) -> Iterator[_Parts]:
    if len(first) == _YEAR_DIGITS and len(third) < _YEAR_DIGITS:
        yield f"YYYY{sign}MM{sign}DD", int(first), int(second), int(third)
        return
    if len(first) > len("DD") or len(third) not in {len("YY"), _YEAR_DIGITS}:
        return
    year = "YYYY" if len(third) == _YEAR_DIGITS else "YY"
    yield f"DD{sign}MM{sign}{year}", _year(third), int(second), int(first)
    if sign != ".":  # nobody writes the month first with dots
        yield f"MM{sign}DD{sign}{year}", _year(third), int(first), int(second)
    if sign == "-" and year == "YY":
        yield "YY-MM-DD", _year(first), int(second), int(third)


def _year(text: str) -> int:
    if len(text) == _YEAR_DIGITS:
        return int(text)
    return int(text) + (2000 if int(text) < _CENTURY_TURNS else 1900)


def _month(name: str) -> int:
    return _MONTHS.get(name[:3].casefold(), 0)
