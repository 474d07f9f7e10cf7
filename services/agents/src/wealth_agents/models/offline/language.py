"""A message as clauses in the words of the grammar, whichever of the three languages it is written in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wealth_agents.models.offline import roman_urdu, urdu
from wealth_agents.models.offline.glossary import Gloss, names
from wealth_agents.models.offline.words import clauses

_LONGEST_PHRASE = 3
_SHORTEST_SPELT = 4


class Language(StrEnum):
    ENGLISH = "en"
    ROMAN_URDU = "roman-ur"
    URDU = "ur"


@dataclass(frozen=True, slots=True)
class Clause:
    words: tuple[str, ...]
    """In the grammar's names."""
    surface: tuple[str, ...]
    """As they were written, position by position."""
    forms: tuple[str, ...]
    """Of Urdu verbs; empty for every other word."""
    asks: bool
    language: Language

    def part(self, start: int, end: int | None = None) -> "Clause":
        ends = end is None or end >= len(self.words)
        return Clause(
            self.words[start:end], self.surface[start:end], self.forms[start:end], self.asks and ends, self.language
        )


# Words that only an English sentence has.
_ENGLISH = names(
    """the my i how much did on for of what was were have has had spent spend paid bought from with at and it that
    this will due every over under show which who when where please set am are you by a an not no there is to in
    do does can give me make change reminder want would should could your our we between since last next month
    week year how's"""
)
_LOANED = frozenset(
    ("~hazar", "lakh", "crore", "arab", "~kal", "~parson", "rupees", "salary", "~sarhe", "~dhai", "~derh")
)
_AFTER_NUMBER = names(
    """~hazar ~sau lakh crore arab rupees dollars euros pounds day week month year kilo litre dozen pieces times
    oclock thousand hundred million k"""
)
_UNKNOWN: Gloss = ("", "")


def read(message: str) -> list[Clause]:
    found = list(clauses(message))
    language = _language([word for words, _ in found for word in words])
    return [_Glosser(words, language).clause(asks=asks) for words, asks in found if words]


def detected(message: str) -> Language:
    return _language([word for words, _ in clauses(message) for word in words])


def _language(words: Sequence[str]) -> Language:
    if any(_is_urdu(word) for word in words):
        return Language.URDU
    urdu_words = sum(
        (word in roman_urdu.GLOSSES or word in roman_urdu.NUMBERS) and word not in roman_urdu.ENGLISH_TOO
        for word in words
    )
    english = sum(word in _ENGLISH and word not in roman_urdu.GLOSSES for word in words)
    return Language.ROMAN_URDU if urdu_words > english else Language.ENGLISH


def _is_urdu(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _spellings() -> dict[str, Gloss]:
    found = dict[str, Gloss]()
    for word, gloss in roman_urdu.GLOSSES.items():
        if len(word) >= _SHORTEST_SPELT:
            found.setdefault(roman_urdu.spelling(word), gloss)
    return found


_SPELLINGS = _spellings()
_NUMBER_SPELLINGS = {
    roman_urdu.spelling(word): value for word, value in roman_urdu.NUMBERS.items() if len(word) >= _SHORTEST_SPELT
}


class _Glosser:
    def __init__(self, words: Sequence[str], language: Language) -> None:
        self._words = words
        self._language = language
        self._glosses = list[Gloss]()
        self._surface = list[str]()

    def clause(self, *, asks: bool) -> Clause:
        at = 0
        while at < len(self._words):
            at += self._take(at)
        if self._glosses and self._words[-1] in {"ki", "کی"}:
            self._glosses[-1] = ("~do", "past")
        words = tuple(gloss[0] or surface for gloss, surface in zip(self._glosses, self._surface, strict=True))
        return Clause(words, tuple(self._surface), tuple(gloss[1] for gloss in self._glosses), asks, self._language)

    def _take(self, at: int) -> int:
        """Reads the longest phrase at a position and says how many words it had."""
        for length in range(min(_LONGEST_PHRASE, len(self._words) - at), 1, -1):
            phrase = " ".join(self._words[at : at + length])
            gloss = self._table(phrase, phrase)
            if gloss is not None and self._allowed(gloss):
                self._add(gloss, phrase)
                return length
        self._add(self._gloss(at), self._words[at])
        return 1

    def _add(self, gloss: Gloss, surface: str) -> None:
        self._glosses.append(gloss)
        self._surface.append(surface)

    def _allowed(self, gloss: Gloss) -> bool:
        return self._language is not Language.ENGLISH or gloss[0] in _LOANED

    def _table(self, word: str, first: str) -> Gloss | None:
        return urdu.GLOSSES.get(word) if _is_urdu(first) else roman_urdu.GLOSSES.get(word)

    def _gloss(self, at: int) -> Gloss:
        word = self._words[at]
        if self._language is Language.ENGLISH:
            gloss = None if word in roman_urdu.ENGLISH_TOO else roman_urdu.GLOSSES.get(word)
            return gloss if gloss is not None and gloss[0] in _LOANED else _UNKNOWN
        number = self._number(at)
        if number is not None:
            return str(number), ""
        if word in {urdu.AMBIGUOUS_KIYA, "kia"}:
            return self._kiya(at)
        if word in {"ki", "کی"} and self._next(at) in {"~is", "~be"}:
            return "~do", "past"
        if word == "pay" and self._next(at) == "~do":
            return "~ada", ""
        return self._table(word, word) or self._respelt(word) or _UNKNOWN

    def _respelt(self, word: str) -> Gloss | None:
        if _is_urdu(word) or len(word) < _SHORTEST_SPELT or word in _ENGLISH:
            return None
        return _SPELLINGS.get(roman_urdu.spelling(word))

    def _next(self, at: int) -> str:
        if at + 1 >= len(self._words):
            return ""
        word = self._words[at + 1]
        return (self._table(word, word) or (word, ""))[0]

    def _number(self, at: int) -> int | None:
        word = self._words[at]
        value = urdu.NUMBERS.get(word) if _is_urdu(word) else roman_urdu.NUMBERS.get(word)
        if value is None and len(word) > _SHORTEST_SPELT and word not in roman_urdu.GLOSSES:
            value = _NUMBER_SPELLINGS.get(roman_urdu.spelling(word))
        if value is None or word not in roman_urdu.DOUBTFUL_NUMBERS:
            return value
        after_stem = bool(self._glosses) and self._glosses[-1][1] == "stem"
        return value if self._next(at) in _AFTER_NUMBER and not after_stem else None

    def _kiya(self, at: int) -> Gloss:
        """ "What" before what is asked, "did" after what was done."""
        before = self._glosses[-1] if self._glosses else _UNKNOWN
        done = before[0] in urdu.DONE_WITH or (before == _UNKNOWN and at > 0 and self._next(at) != "~is")
        return ("~do", "past") if done else ("~kya", "")
