# ruff: noqa: RUF001 - Urdu letters are meant
"""A text as words: one script's many spellings made one, digits made ASCII, clauses apart."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

_LONGEST_CLAUSE = 60
_MOST_CLAUSES = 40
_DIGITS = {ord(digit): str(value) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(digits)}
# Arabic letters that Urdu keyboards mix with its own, and marks that only help with reading.
_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ئ", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ۂ": "ہ", "أ": "ا", "إ": "ا", "ٱ": "ا",
        "ۓ": "ے", "ؤ": "و", "٬": ",", "٫": ".", "،": ",", "؟": "?", "۔": ".", "؛": ";", "٪": "%",
        "\N{ARABIC TATWEEL}": "",
        "\N{ZERO WIDTH NON-JOINER}": " ", "\N{ZERO WIDTH JOINER}": "", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": " , ", "₨": " rs ",
    }
)  # fmt: skip
_MARKS = re.compile("[\u064b-\u065f\u0670\u0610-\u061a\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(
    r"""
    \d{4}-\d{1,2}(?:-\d{1,2})?(?!\d)               # 2026-10, 2026-10-05
  | \d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d.,]) # 5/10/2026
  | \+?\d[\d-]{8,}\d                               # a telephone number, an account
  | \d{1,2}:\d{2}                                  # a time of day
  | \d{1,2}/\d{1,2}(?![\d/])                       # 5/10
  | \d+(?:,\d+)*(?:\.\d+)*(?:,\d+)?(?:/-)?(?:%|[^\W\d_]+)?   # 1,234.56  15k  5th  500/-  20%
  | \.\d+
  | \#\d+
  | [$€£₹%,]
  | [^\W\d_][^\W_]*(?:[&'./-][^\W_]+)*
    """,
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r"([?!;\n]+)|\.(?=\s|$)")
_ABBREVIATED = re.compile(r"\b(rs|no|a/c|acc|st|mr|mrs|dr|approx)\.")
_JOINED = re.compile(r"\b(rs|pkr|usd|eur|gbp|inr)(?=\d)")
_CONTRACTIONS = {
    "what's": "what is",
    "who's": "who is",
    "where's": "where is",
    "how's": "how is",
    "when's": "when is",
    "i've": "i have",
    "i'm": "i am",
    "i'll": "i will",
    "it's": "it is",
    "that's": "that is",
    "let's": "let us",
    "don't": "do not",
    "didn't": "did not",
    "wasn't": "was not",
    "isn't": "is not",
    "won't": "will not",
    "can't": "can not",
}


def normalise(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DIGITS).translate(_LETTERS)
    return _MARKS.sub("", text).casefold()


def clauses(question: str) -> Iterator[tuple[list[str], bool]]:
    """The words of each clause, and whether it ends with a question mark."""
    text = _JOINED.sub(r"\1 ", _ABBREVIATED.sub(r"\1 ", normalise(question)))
    return islice(_clauses(text), _MOST_CLAUSES)


def _clauses(text: str) -> Iterator[tuple[list[str], bool]]:
    start = 0
    for end in [*_CLAUSE_END.finditer(text), None]:
        part = text[start : end.start() if end else len(text)]
        start = end.end() if end else start
        words = list(_words(part))
        asks = bool(end and end[0].startswith("?"))
        for at in range(0, len(words), _LONGEST_CLAUSE):
            yield words[at : at + _LONGEST_CLAUSE], asks


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("/-")
        yield from _CONTRACTIONS.get(word, word.removesuffix("'s")).split()
