"""Whether the figures in an answer stand in what the tools gave or in the question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from wealth_agents.turn import Outcome

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")
_WRITTEN_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"|{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_FIGURE = re.compile(r"\d(?:[\d.,'\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*\d)?")
# In what is believed, figures stand by themselves: the digits of an identifier found nothing.
_STANDS_ALONE = re.compile(rf"(?<![\w-])-?(?:{_FIGURE.pattern})(?![\w-])")
_SEPARATOR = re.compile(r"\D")


def unfounded_figures(text: str, question: str, outcomes: Iterable[Outcome]) -> list[str]:
    """Figures of `text` that stand nowhere else. Dates count by day and year, marks of numbered lists not at all."""
    asked, given = [], [question]
    for outcome in outcomes:
        given += [outcome.content, *(call.result for call in outcome.calls)]
        asked += [call.arguments for call in outcome.calls]
    numbers, date_parts = set[Decimal](), set[int]()
    for leaf in _leaves(given):
        found_dates, rest = _take_dates(leaf)
        date_parts |= found_dates
        numbers |= {value for figure in _STANDS_ALONE.findall(rest) for value in _values(figure.removeprefix("-"))}
    # What a tool was asked for is the model's own word; only the period that it asked about may be repeated.
    for leaf in _leaves(asked):
        date_parts |= _take_dates(leaf)[0]
    dates, rest = _take_dates(_LIST_MARK.sub("", text))
    wrong = [str(part) for part in sorted(dates - date_parts) if Decimal(part) not in numbers]
    return wrong + [
        figure
        for figure in _FIGURE.findall(rest)
        if not _values(figure) & numbers and not (_is_year(figure) and int(figure) in date_parts)
    ]


def _is_year(figure: str) -> bool:
    return len(figure) == len("2026") and figure.isdigit()


def _values(figure: str) -> set[Decimal]:
    """What a figure can mean: its last separator is the decimal one, or all of them group digits."""
    marks = _SEPARATOR.findall(figure)
    values = {Decimal(_SEPARATOR.sub("", figure))}
    if marks and marks.count(marks[-1]) == 1:
        whole, fraction = figure.rsplit(marks[-1], 1)
        values.add(Decimal(f"{_SEPARATOR.sub('', whole)}.{fraction}"))
    if len(marks) == 1 and len(figure.rsplit(marks[-1], 1)[1]) != len("000"):
        values.discard(Decimal(_SEPARATOR.sub("", figure)))  # 12.50 is never 1250
    return values


def _take_dates(text: str) -> tuple[set[int], str]:
    """The days and years of the dates in a text, and the text without those dates."""
    parts = set[int]()
    for pattern in (_ISO_DATE, _WRITTEN_DATE):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            parts |= {int(groups[name]) for name in ("year", "day", "day2") if groups.get(name)}
        text = pattern.sub(" ", text)
    return parts, text


def _leaves(value: Any) -> Iterator[str]:
    """Every scalar, and the length of every list: how many there are is a fact too."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list | tuple):
        yield str(len(value))
        for part in value:
            yield from _leaves(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
