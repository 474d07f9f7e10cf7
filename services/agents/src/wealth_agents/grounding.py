"""Whether the figures in an answer stand in what the tools gave or in the user's own words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wealth_agents.figures import Figure, find_figures, plain_digits
from wealth_agents.turn import Outcome

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر)\b\.?"
)
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>T[\d:.]+(?:Z|[+-][\d:]+)?)?)?")
_WRITTEN_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|{_MONTH})(?:,?\s+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?!\d)")
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_QUARTER = re.compile(r"\bQ[1-4]\b")
_LIST_MARK = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_SENTENCE = re.compile(r"\S.*?(?:[.!?\N{ARABIC FULL STOP}\N{ARABIC QUESTION MARK}](?=\s)|(?=\n)|\Z)\s*", re.DOTALL)
# How far a tool was asked to look is the model's own word too, but says nothing about money.
_SPANS = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
_UNITS = {
    **{word: span for span in _SPANS.values() for word in (span, f"{span}s")},
    "دن": "day",
    "دنوں": "day",
    "ہفتے": "week",
    "ہفتوں": "week",
    "مہینے": "month",
    "مہینوں": "month",
    "ماہ": "month",
    "سال": "year",
}
_HUNDRED = Decimal(100)


@dataclass(slots=True)
class Evidence:
    """What may be stated."""

    numbers: set[Decimal] = field(default_factory=set)
    negatives: set[Decimal] = field(default_factory=set)
    """The sizes of those that are below zero."""
    date_parts: set[int] = field(default_factory=set)
    clocks: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)
    spans: set[tuple[str, Decimal]] = field(default_factory=set)

    @classmethod
    def of(cls, own_words: str | Iterable[str], outcomes: Iterable[Outcome], today: date | None = None) -> "Evidence":
        evidence = cls()
        for words in [own_words] if isinstance(own_words, str) else own_words:
            evidence._read(words, every_digit=True)
        for outcome in outcomes:
            # An error repeats what the model asked for, and a specialist's words what it was asked.
            if not outcome.failed and outcome.reply is None:
                evidence._believe(outcome.content)
            for call in outcome.calls:
                if not outcome.failed:
                    evidence._believe(call.result)
                # Of what a tool was asked for only the period may be repeated.
                for leaf in _leaves(call.arguments):
                    evidence._read_dates(plain_digits(leaf))
                evidence.spans |= _spans(call.arguments)
        if today is not None:
            evidence.date_parts |= {today.day, today.year}
        return evidence

    def _believe(self, result: Any) -> None:
        for leaf in _leaves(result):
            self._read(leaf, every_digit=False)

    def _read(self, text: str, *, every_digit: bool) -> None:
        self.identifiers |= {found.casefold() for found in _UUID.findall(text)}
        rest = self._read_dates(_UUID.sub(" ", plain_digits(text)))
        for figure in find_figures(rest):
            if figure.alone or every_digit:
                for known in (figure, *figure.parts):
                    self.numbers |= known.values
                    if figure.negative:
                        self.negatives |= known.values

    def _read_dates(self, text: str) -> str:
        parts, rest = _take_dates(text)
        self.date_parts |= parts
        self.clocks |= set(_CLOCK.findall(text))
        return _CLOCK.sub(" ", rest)

    def founds(self, figure: Figure) -> bool:
        if figure.negative and not figure.values & self.negatives:
            return False
        values = figure.values | ({value / _HUNDRED for value in figure.values} if figure.percent else set())
        if values & self.numbers:
            return True
        if figure.is_year and int(figure.text) in self.date_parts:
            return True
        if figure.unit in _UNITS and any((_UNITS[figure.unit], value) in self.spans for value in figure.values):
            return True
        return bool(figure.parts) and all(map(self.founds, figure.parts))

    def unfounded_in(self, text: str) -> list[str]:
        """Figures of `text` that stand nowhere else. Dates count by day and year, marks of lists not at all."""
        plain = _UUID.sub(
            lambda found: " " if found.group().casefold() in self.identifiers else found.group(), plain_digits(text)
        )
        dates, rest = _take_dates(_QUARTER.sub(" ", _LIST_MARK.sub("", plain)))
        wrong = [str(part) for part in sorted(dates - self.date_parts) if Decimal(part) not in self.numbers]
        wrong += [clock for clock in _CLOCK.findall(rest) if clock not in self.clocks]
        return wrong + [figure.text for figure in find_figures(_CLOCK.sub(" ", rest)) if not self.founds(figure)]


def unfounded_figures(
    text: str, own_words: str | Iterable[str], outcomes: Iterable[Outcome], today: date | None = None
) -> list[str]:
    return Evidence.of(own_words, outcomes, today).unfounded_in(text)


def sentences(text: str) -> list[str]:
    """In order, each with the space behind it: joined they are the text, but for space before the first."""
    return _SENTENCE.findall(text)


def without_unfounded(text: str, evidence: Evidence) -> str:
    """What is left without the sentences that hold an unfounded figure; empty where nothing is left to rely on."""
    parts = sentences(text)
    kept = {position for position, part in enumerate(parts) if not evidence.unfounded_in(part)}
    # A heading whose list is gone announces nothing.
    left = [
        parts[position]
        for position in sorted(kept)
        if position + 1 in kept or not parts[position].rstrip().endswith(":")
    ]
    return "".join(left).strip() if any(map(find_figures, left)) else ""


def _spans(arguments: Mapping[str, Any]) -> set[tuple[str, Decimal]]:
    return {
        (span, Decimal(arguments[name]))
        for name, span in _SPANS.items()
        if isinstance(arguments.get(name), int) and not isinstance(arguments[name], bool)
    }


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
