"""A question as words: lower case, without punctuation, clauses apart."""

import re

_WORD = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?|\d{1,2}([./])\d{1,2}\1\d{4}|[$€£₹]?\d[\d,]*(?:\.\d+)?(?:[a-z]+)?|[^\W\d_][\w&'-]*",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[?!;\n]+|\.(?=\s|$)")
_CONTRACTIONS = {"what's": "what is", "who's": "who is", "where's": "where is", "how's": "how is", "i've": "i have"}


def clauses(question: str) -> list[list[str]]:
    text = question.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for short, long in _CONTRACTIONS.items():
        text = text.replace(short, long)
    found = ([match[0] for match in _WORD.finditer(part)] for part in _CLAUSE_END.split(text))
    return [[word.removesuffix("'s") for word in words] for words in found if words]
