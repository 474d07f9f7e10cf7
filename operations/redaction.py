"""Takes out of a text what looks like a credential. The stack logs none; this is for what others make it log."""

from __future__ import annotations

import re

HIDDEN = "[hidden]"

_WORDS = "password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|authorization|cookie|credential"
_KEY = rf"[\w-]*(?:{_WORDS})[\w-]*"
_PATTERNS = (
    # user:password@ in an address
    (re.compile(r"(\w+://[^\s:/@]*:)[^\s@/]+(?=@)"), rf"\1{HIDDEN}"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL), HIDDEN),
    (re.compile(r"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # "password": "…" and password=…; a word that only speaks of one, as in `secret "x" not found`, stays
    (re.compile(rf"""(?i)(["']?{_KEY}["']?\s*[:=]\s*)(["'])(?:(?!\2).)+\2"""), rf"\1\2{HIDDEN}\2"),
    (re.compile(rf"""(?i)\b({_KEY}=)[^\s"',;&\[]+"""), rf"\1{HIDDEN}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), HIDDEN),
    (re.compile(r"\b(?:AIza[\w-]{20,}|sk-[\w-]{16,}|gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,})"), HIDDEN),
    # random words: lower and upper case and digits together, longer than any name; a digest has one case
    (re.compile(r"\b(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{32,}\b"), HIDDEN),
)


def redacted(text: str) -> str:
    """The text with credentials hidden."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
