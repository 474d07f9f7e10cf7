"""Numbers as they are written and spoken: 1,234.56, 15k, five hundred, 2 hazar 500, sarhay teen lakh, dhai crore."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wealth_agents.models.offline.glossary import in_order

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)*(?:,\d+)?|\.\d+)([^\W\d_]*)")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_LONGEST = 18

_UNITS = {
    word: value
    for value, word in enumerate(
        in_order(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen"""
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(in_order("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
SMALL = _UNITS | _TENS
SCALES: dict[str, int] = {
    "hundred": 100,
    "~sau": 100,
    "k": 1000,
    "thousand": 1000,
    "thousands": 1000,
    "grand": 1000,
    "~hazar": 1000,
    "hazar": 1000,
    "hazaar": 1000,
    "lakh": 100_000,
    "lac": 100_000,
    "lacs": 100_000,
    "lakhs": 100_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mil": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "cr": 10_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    "arab": 1_000_000_000,
}
_SEPARATE = frozenset(SCALES) - {"m", "b", "k", "mil"}
"""Scales that may stand apart from their number."""
_ADDED = {"~sarhe": Decimal("0.5"), "~pone": Decimal("-0.25"), "~sawa": Decimal("0.25")}
_ALONE = {"~derh": Decimal("1.5"), "~dhai": Decimal("2.5"), "~adha": Decimal("0.5"), "half": Decimal("0.5")}


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    start: int
    end: int
    scaled: bool = False
    """Said with a scale, such as thousand or k."""
    spoken: bool = False
    """In words rather than in digits."""


def read_number(words: Sequence[str], at: int) -> Number | None:
    """The longest number that begins at a position."""
    total, last_scale, end, scaled, spoken = Decimal(0), 10**18, at, False, False
    while end < len(words):
        start = end
        if end > at and words[end] == "and":
            start = end + 1  # five hundred and twenty
            if not (spoken and start < len(words) and words[start] in SMALL):
                break
        group = _group(words, start, first=end == at)
        if group is None or group[1] >= last_scale or (group[1] == 1 and end > at and group[0] >= last_scale):
            break
        value, scale, next_end, in_words = group
        total += value * scale
        last_scale, end, scaled, spoken = scale, next_end, scaled or scale > 1, spoken or in_words
        if scale == 1:
            break
    if end == at:
        return None
    whole = total.to_integral_value()
    return Number(whole if scaled and whole == total else total, at, end, scaled, spoken)


def _group(words: Sequence[str], at: int, *, first: bool) -> tuple[Decimal, int, int, bool] | None:
    """A coefficient and the scales that multiply it: 5 hundred thousand."""
    read = _coefficient(words, at, first=first)
    if read is None:
        return None
    value, scale, end, in_words = read
    while end < len(words) and words[end] in _SEPARATE and scale < SCALES[words[end]]:
        scale, end = scale * SCALES[words[end]], end + 1
    return value, scale, end, in_words


def _coefficient(words: Sequence[str], at: int, *, first: bool) -> tuple[Decimal, int, int, bool] | None:
    word = words[at] if at < len(words) else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _ALONE:
        skipped = at + 2 if following in {"a", "an"} else at + 1
        return (_ALONE[word], 1, skipped, True) if skipped < len(words) and words[skipped] in _SEPARATE else None
    if word in _ADDED:
        base = _simple(words, at + 1)
        if base is not None:
            return base[0] + _ADDED[word], base[1], base[2], True
        return (1 + _ADDED[word], 1, at + 1, True) if following in _SEPARATE else None
    if word in {"a", "an"} and first and following in _SEPARATE:
        return Decimal(1), 1, at + 1, True
    if word in {"~sau", "~hazar", "lakh", "crore"} and first:
        return Decimal(1), 1, at, True
    return _simple(words, at)


def _simple(words: Sequence[str], at: int) -> tuple[Decimal, int, int, bool] | None:
    word = words[at] if at < len(words) else ""
    if word in SMALL:
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _TENS and 0 < _UNITS.get(following, 0) <= 9:  # noqa: PLR2004 - twenty-nine
            return Decimal(_TENS[word] + _UNITS[following]), 1, at + 2, True
        return Decimal(SMALL[word]), 1, at + 1, True
    tens, _, unit = word.partition("-")
    if tens in _TENS and unit in _UNITS:
        return Decimal(_TENS[tens] + _UNITS[unit]), 1, at + 1, True
    value = digits(word)
    return (value[0], value[1], at + 1, False) if value else None


def digits(word: str) -> tuple[Decimal, int] | None:
    """What digits with an optional scale say; other letters after them make something else of them."""
    match = _DIGITS.fullmatch(word)
    if match is None or (match[2] and match[2] not in SCALES) or len(match[1]) > _LONGEST:
        return None
    written = match[1].rstrip(",")
    if _CONTINENTAL.fullmatch(written):
        written = written.replace(".", "").replace(",", ".")
    elif not _PLAIN.fullmatch(written):
        return None
    return Decimal(written.replace(",", "")), SCALES.get(match[2], 1)
