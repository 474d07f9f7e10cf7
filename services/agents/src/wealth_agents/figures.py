"""The figures in a text, however they are written: 1,50,000 or 1.234,50, 15k or 2 hazar 500, five thousand dollars."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wealth_agents.number_words import CURRENCIES, HUNDREDS, LETTERS, NUMBERS, PERCENT, THOUSANDS

_DIGITS = (
    r"\d(?:[\d.,'\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
    r"\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}]*\d)?"
)
_TOKEN = re.compile(
    rf"(?P<sign>(?<![\w)])[-\N{{MINUS SIGN}}](?=[$€£₨]?\d))?[$€£₨]?(?P<digits>{_DIGITS})(?P<letter>[kmbKMB](?!\w))?"
    r"|(?P<percent>[%\N{ARABIC PERCENT SIGN}])"
    r"|(?P<word>[^\W\d_]+)",
)
_BETWEEN = re.compile(r"[\s\N{NO-BREAK SPACE}-]*")
_SEPARATOR = re.compile(r"\D")
_AND = frozenset({"and", "اور", "aur"})
_ARTICLES = frozenset({"a", "an"})


@dataclass(frozen=True, slots=True)
class Figure:
    text: str
    values: frozenset[Decimal]
    """What it can mean, without its sign; several where separators are ambiguous."""
    negative: bool = False
    percent: bool = False
    unit: str = ""
    """The word behind it."""
    alone: bool = True
    """Whether it is no part of a longer word, such as an identifier."""
    parts: tuple["Figure", ...] = ()
    """What it was put together from, as in "2 thousand 500"."""

    @property
    def is_year(self) -> bool:
        return len(self.text) == len("2026") and self.text.isdigit()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    digits: frozenset[Decimal] = frozenset()
    negative: bool = False
    percent: bool = False
    letter: int = 1

    @property
    def word(self) -> str:
        return self.text.casefold()

    @property
    def counts(self) -> bool:
        """Whether it can be a part of a number."""
        return bool(self.digits) or self.word in NUMBERS or self.word in HUNDREDS or self.word in THOUSANDS

    @property
    def scales(self) -> bool:
        return not self.digits and (self.word in HUNDREDS or self.word in THOUSANDS)


def find_figures(text: str) -> list[Figure]:
    """Words count where they state an amount: with a hundred or more in them, or before a currency or percent."""
    plain = plain_digits(text)
    tokens = [_token(match) for match in _TOKEN.finditer(plain)]
    figures, position = list[Figure](), 0
    while position < len(tokens):
        end = _run(plain, tokens, position)
        if end == position:
            position += 1
            continue
        following = tokens[end] if end < len(tokens) and _adjacent(plain, tokens, end - 1) else None
        figures += _figures(plain, tokens[position:end], following)
        position = end
    return figures


def plain_digits(text: str) -> str:
    """Every script's digits as 0 to 9, fractions and circled digits as what they mean."""
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in {"No", "Nl"} and "<su" not in unicodedata.decomposition(character):
        return f"{round(unicodedata.numeric(character), 4):g}"
    return character


def _token(match: re.Match[str]) -> _Token:
    text = match["digits"]
    if text is None:
        return _Token(match.group(), match.start(), match.end(), percent=match["percent"] is not None)
    letter = LETTERS[match["letter"].casefold()] if match["letter"] else 1
    shown = f"{text}{match['letter'] or ''}"
    return _Token(
        shown, match.start("digits"), match.end(), _values(text), negative=match["sign"] is not None, letter=letter
    )


def _values(digits: str) -> frozenset[Decimal]:
    """The last separator is the decimal one, or all of them group digits."""
    marks = _SEPARATOR.findall(digits)
    whole = Decimal(_SEPARATOR.sub("", digits))
    if not marks or marks.count(marks[-1]) > 1:
        return frozenset({whole})
    before, fraction = digits.rsplit(marks[-1], 1)
    split = Decimal(f"{_SEPARATOR.sub('', before)}.{fraction}")
    if len(marks) == 1 and len(fraction) != len("000"):
        return frozenset({split})  # 12.50 is never 1250
    return frozenset({whole, split})


def _adjacent(text: str, tokens: Sequence[_Token], position: int) -> bool:
    """Whether nothing but space stands between a token and the next."""
    return _BETWEEN.fullmatch(text, tokens[position].end, tokens[position + 1].start) is not None


def _run(text: str, tokens: Sequence[_Token], start: int) -> int:
    """Where the tokens end that make up one number. Digits follow digits only behind a multiplier."""
    first = tokens[start]
    scaled = first.word in _ARTICLES and start + 1 < len(tokens) and tokens[start + 1].scales
    if not first.counts and not scaled:
        return start
    end, before = start + 1, first
    while end < len(tokens) and _adjacent(text, tokens, end - 1):
        token = tokens[end]
        if token.word in _AND and before.scales and end + 1 < len(tokens) and tokens[end + 1].counts:
            end += 1
            continue
        if token.digits:
            # "2 hazar 500" is one number, "2 million 3,000,000" are two
            if not before.scales or max(token.digits) >= _scale(before):
                break
        elif not token.counts or (before.digits and not token.scales):
            break
        end, before = end + 1, token
    return end if tokens[end - 1].counts else end - 1


def _scale(token: _Token) -> int:
    return HUNDREDS.get(token.word) or THOUSANDS[token.word]


def _figures(text: str, run: Sequence[_Token], following: _Token | None) -> Iterator[Figure]:
    unit = following.word if following else ""
    percent = following is not None and (following.percent or unit in PERCENT)
    shown = text[run[0].start : run[-1].end]
    in_words = not any(token.digits for token in run)
    if in_words and not (percent or unit in CURRENCIES or any(token.scales for token in run)):
        return
    if in_words and not (percent or unit in CURRENCIES) and all(token.scales for token in run):
        return  # "millions" alone: no figure
    alone = _alone(text, run[0].start, run[-1].end)
    whole = Figure(shown, _composed(run), run[0].negative, percent, unit, alone)
    if sum(bool(token.digits) for token in run) > 1:
        parts = (
            Figure(token.text, _scaled(token, run[index + 1 :]), alone=alone)
            for index, token in enumerate(run)
            if token.digits
        )
        whole = replace(whole, parts=tuple(parts))
    yield whole


def _alone(text: str, start: int, end: int) -> bool:
    sign = start > 0 and text[start - 1] in "-\N{MINUS SIGN}"
    before = text[: start - sign][-1:]
    return not any(character.isalnum() or character in "_-" for character in (before, text[end : end + 1]) if character)


def _scaled(token: _Token, rest: Sequence[_Token]) -> frozenset[Decimal]:
    scale = _scale(rest[0]) if rest and rest[0].scales else token.letter
    return frozenset(value * scale for value in token.digits)


def _composed(run: Sequence[_Token]) -> frozenset[Decimal]:
    readings = {(Decimal(0), Decimal(0))}  # what is complete, and what a multiplier may still concern
    for token in run:
        readings = {reading for total, open_ in readings for reading in _extended(token, total, open_)}
    return frozenset(total + open_ for total, open_ in readings)


def _extended(token: _Token, total: Decimal, open_: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    if token.digits:
        yield from ((total, open_ + value * token.letter) for value in token.digits)
    elif token.word in THOUSANDS:
        yield total + Decimal(open_ or 1) * THOUSANDS[token.word], Decimal(0)
    elif token.word in HUNDREDS:
        yield total, Decimal(open_ or 1) * HUNDREDS[token.word]
    else:
        yield total, open_ + NUMBERS.get(token.word, 0)
