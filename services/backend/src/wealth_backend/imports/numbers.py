"""Every way in which an amount may be meant: 1,234.56 or 1.234,56.

A file is read in the one way that suits all of its rows.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from wealth_backend.imports.refusal import RowError
from wealth_core.money import EXPONENTS, exponent

POINT = "1,234.56"
COMMA = "1.234,56"

_PLAIN = re.compile(r"-?[0-9]+\.[0-9]{1,2}")
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]+")
_CODE = re.compile("|".join(EXPONENTS), re.IGNORECASE)
_SYMBOL = re.compile(r"Rs\.?|kr\.?|z\u0142|R\$|[$\u00a2-\u00a5\u20a0-\u20cf]", re.IGNORECASE)
_SIDE = re.compile(r"(.+?)(dr|d|s|cr|c|h)\.?", re.IGNORECASE)
_DEBIT_MARKS = "dDsS"
# Groups of two as well: 1,23,456.78 is how much of South Asia writes.
_GROUPED = r"[1-9][0-9]{{0,2}}(?:{0}[0-9]{{2,3}})*{0}[0-9]{{3}}|[0-9]+"
_STYLES = {
    POINT: re.compile(rf"({_GROUPED.format(',')})?(?:\.([0-9]*))?"),
    COMMA: re.compile(rf"({_GROUPED.format('[.]')})?(?:,([0-9]*))?"),
}
_FORMULA = ("=", "@")
_GROUP = 3


def readings(text: str, currency: str) -> Mapping[str, Decimal]:
    """Styles that give an amount, with the amount that they give. Cells are never computed: a formula is a RowError."""
    if _PLAIN.fullmatch(text):
        return {POINT: Decimal(text)}
    if text.startswith(_FORMULA):
        raise RowError(f"{text[:40]!r} is a formula, not an amount; put its value in its place")
    sign, digits = _signed(text, currency)
    found = dict[str, Decimal]()
    for style, pattern in _STYLES.items():
        match = pattern.fullmatch(digits)
        if match is None or not (match[1] or match[2]):
            continue
        # Three digits after a mark are a group, unless this currency has that many decimals.
        if match[2] and len(match[2]) == _GROUP and exponent(currency) != _GROUP:
            continue
        whole = (match[1] or "0").replace(",", "").replace(".", "")
        found[style] = sign * Decimal(f"{whole}.{match[2] or 0}")
    if not found:
        raise RowError(f"{text[:40]!r} is not an amount; write it as a number, like -12.34")
    return found


def in_style(read: Mapping[str, Decimal], style: str | None, text: str) -> Decimal:
    """The amount as the file writes its amounts; None is for files in which every style says the same."""
    amount = read.get(style or POINT)
    if amount is None:
        raise RowError(f"{text[:40]!r} isn't written like {style or POINT}; correct it")
    return amount


def _signed(text: str, currency: str) -> tuple[int, str]:
    """Takes the sign apart from the digits: -12, 12-, (12), 12 DR; a currency may stand anywhere around them."""
    code = _CODE.search(text)
    if code:
        if code[0].upper() != currency:
            raise RowError(
                f"this row is in {code[0].upper()}, the account in {currency}; choose an account in {code[0].upper()}"
            )
        text = text.replace(code[0], "", 1)
    plain = _SPACES.sub("", _SYMBOL.sub("", text, count=1)).replace("\u2212", "-")
    sign = 1
    if plain.startswith("(") and plain.endswith(")"):
        sign, plain = -1, plain[1:-1]
    if side := _SIDE.fullmatch(plain):
        sign, plain = -sign if side[2][0] in _DEBIT_MARKS else sign, side[1]
    if plain.startswith("-"):
        return -sign, plain[1:]
    if plain.endswith("-"):
        return -sign, plain[:-1]
    return sign, plain.removeprefix("+")
