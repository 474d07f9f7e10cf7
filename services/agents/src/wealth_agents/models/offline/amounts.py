"""Amounts that limit a question ("over 50", "between 20 and 1.5k") and counts ("top 5")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wealth_agents.models.offline.english import AT_LEAST, AT_MOST, COUNTED, NUMBERS, SCALES

_AMOUNT = re.compile(r"[$€£₹]?(\d[\d,]*(?:\.\d+)?)([a-z]*)")
_MAX_COUNT = 50


@dataclass(frozen=True, slots=True)
class Limits:
    least: Decimal | None = None
    most: Decimal | None = None
    count: int | None = None
    words: frozenset[int] = frozenset()
    """Where the words stand that these were read from."""


def find_limits(words: Sequence[str], taken: frozenset[int]) -> Limits:
    """`taken` are positions that belong to dates already."""
    limits, position = Limits(), 0
    while position < len(words):
        found = _read(words, position, taken) if position not in taken else None
        if found is None:
            position += 1
        else:
            limits = Limits(
                least=found.least if limits.least is None else limits.least,
                most=found.most if limits.most is None else limits.most,
                count=found.count if limits.count is None else limits.count,
                words=limits.words | found.words,
            )
            position = max(found.words) + 1
    return limits


def _read(words: Sequence[str], at: int, taken: frozenset[int]) -> Limits | None:
    if words[at] == "between":
        first = _amount(words, at + 1, taken)
        if first and first[1] < len(words) and words[first[1]] == "and":
            second = _amount(words, first[1] + 1, taken)
            if second:
                return Limits(least=first[0], most=second[0], words=frozenset(range(at, second[1])))
        return None
    for phrases, least in ((AT_LEAST, True), (AT_MOST, False)):
        for phrase in phrases:
            if tuple(words[at : at + len(phrase)]) == phrase:
                amount = _amount(words, at + len(phrase), taken)
                if amount:
                    limits = Limits(words=frozenset(range(at, amount[1])))
                    return replace(limits, least=amount[0]) if least else replace(limits, most=amount[0])
    return _count(words, at, taken)


def _count(words: Sequence[str], at: int, taken: frozenset[int]) -> Limits | None:
    number = int(words[at]) if words[at].isdigit() else NUMBERS.get(words[at])
    near = {words[near] for near in (at - 1, at + 1) if 0 <= near < len(words) and near not in taken}
    if number is None or not 0 < number <= _MAX_COUNT or not near & COUNTED:
        return None
    return Limits(count=number, words=frozenset({at}))


def _amount(words: Sequence[str], at: int, taken: frozenset[int]) -> tuple[Decimal, int] | None:
    """An amount and the position after it."""
    match = _AMOUNT.fullmatch(words[at]) if at < len(words) and at not in taken else None
    if match is None or match[2] not in {"", *SCALES}:
        return None
    amount, end = Decimal(match[1].replace(",", "")) * SCALES.get(match[2], 1), at + 1
    if end < len(words) and words[end] in SCALES:
        amount, end = amount * SCALES[words[end]], end + 1
    return amount, end
