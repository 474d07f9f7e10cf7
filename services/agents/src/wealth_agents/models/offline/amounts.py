"""Which numbers are money, which limit a question ("over 50"), which count ("top 5"), and which are none of these."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wealth_agents.models.offline.glossary import names
from wealth_agents.models.offline.numbers import Number, read_number

_MAX_COUNT = 50
_HOURS = 24
_LARGEST = Decimal(10) ** 13
_SYMBOLS: Mapping[str, str] = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
_CURRENCIES: Mapping[str, str] = {
    **{code.casefold(): code for code in ("PKR", "USD", "EUR", "GBP", "INR", "CHF", "AED", "SAR", "CAD", "AUD",
    "JPY", "TRY")},
    "rs": "PKR", "rupees": "PKR", "rupee": "PKR", "rupay": "PKR", "dollars": "USD", "dollar": "USD", "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP", "pound": "GBP", "quid": "GBP", "dirhams": "AED", "dirham": "AED", "riyals": "SAR", "riyal": "SAR",
}  # fmt: skip
_UNNAMED = frozenset(("bucks", "buck", "money"))
_NUMERIC_CODE = re.compile(r"(\d[\d,.]*)(pkr|rs|usd|eur|gbp|inr|rupees|rupay|rupees|aed|sar)")

# After one of these a number measures something else than money.
UNITS = names(
    """kg kgs kilo kilos kilogram gram grams g mg lb lbs litre litres liter liters l ml gallon gallons dozen dozens
    pieces piece pcs pc km kms mile miles meter metre meters metres feet ft inch inches hour hours hrs hr minute
    minutes min mins second seconds day days week weeks month months year years times time people persons person
    guests percent % oclock pm am gb mb tb kb units unit packets packet packs pack bags bag boxes box bottles
    bottle cans tablets degrees points shares share stocks nights night rooms marla kanal tola visits cups
    plates tickets litro log banday bachay bache adad bori weekdays old °c x"""
) | frozenset(
    ("لوگ", "بچے", "گرام", "کلومیٹر", "گھنٹے", "منٹ", "پیکٹ", "بوتل", "تولہ", "تولے", "مرلہ", "کنال", "روٹیاں")
)
# Before one of these a number names something instead of measuring it.
_IDENTIFIES = names(
    """no number ending ends ref reference otp pin # iphone version size grade chapter page route season episode
    serial model sector block gate id code invoice street section windows section flat apartment"""
)
_HUGE_IDENTIFIER = re.compile(r"\+.*|0\d+|\d+-[\d-]+|\d{11,}|\#\d+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PRICED_BY = names(
    """for paid cost costs spent rs worth of at price was is be by to ~kharch gave give pay budget limit costing
    charged total received earned got it lent owe owed add made under over"""
)
_PRICES = frozenset(
    ("~ka", "~mein", "on", "for", "to", "from", "in", "~give", "~cost", "~get", "~wapas", "~take", "~do")
)
AT_LEAST = (
    ("more", "than"), ("at", "least"), ("greater", "than"), ("bigger", "than"), ("larger", "than"), ("higher",
    "than"), ("over",), ("above",), ("exceeding",),
)  # fmt: skip
AT_MOST = (
    ("less", "than"),
    ("at", "most"),
    ("up", "to"),
    ("under",),
    ("below",),
    ("smaller", "than"),
    ("cheaper", "than"),
)
# After or before one of these a small number says how many: "top 5", "five biggest", "last 10 transactions".
_COUNTED_BEFORE = names("top biggest largest highest latest recent last first newest ~bara")
_COUNTED_AFTER = names(
    """biggest largest highest latest recent newest transactions expenses purchases payments categories merchants
    payees shops stores ~bara transaction entries shop accounts goals bills budgets most"""
)


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    currency: str | None = None

    def __str__(self) -> str:
        return f"{self.value:f} {self.currency}" if self.currency else f"{self.value:f}"


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount and the words it was read from; `sure` where nothing else than money is meant."""

    amount: Amount
    start: int
    end: int
    sure: bool
    counts: bool = False
    """A small bare number before a noun: 3 shirts."""


@dataclass(frozen=True, slots=True)
class Limits:
    least: Decimal | None = None
    most: Decimal | None = None
    count: int | None = None
    words: frozenset[int] = frozenset()
    """Where the words stand that these were read from."""

    def joined(self, other: "Limits") -> "Limits":
        return Limits(
            least=other.least if self.least is None else self.least,
            most=other.most if self.most is None else self.most,
            count=other.count if self.count is None else self.count,
            words=self.words | other.words,
        )

    @property
    def bound(self) -> bool:
        return self.least is not None or self.most is not None


def find_amounts(words: Sequence[str], taken: frozenset[int], known: frozenset[int] = frozenset()) -> list[FoundAmount]:
    """`taken` are positions that belong to dates, `known` those of words that name a category or an account."""
    found = list(_read_all(words, taken, known))
    if any(not one.counts for one in found):
        found = [one for one in found if not one.counts]
    return found


def _read_all(words: Sequence[str], taken: frozenset[int], known: frozenset[int]) -> Iterator[FoundAmount]:
    at = 0
    while at < len(words):
        found = _money(words, at, taken, known) if at not in taken else None
        if isinstance(found, FoundAmount):
            yield found
        at = found.end if found is not None else at + 1


def _money(words: Sequence[str], at: int, taken: frozenset[int], known: frozenset[int]) -> FoundAmount | Number | None:
    """An amount; or a number that is none, so that its words are passed over."""
    currency, start = _currency_before(words, at), at
    if currency is not None:
        start = at + 1
    joined = _NUMERIC_CODE.fullmatch(words[start]) if start < len(words) else None
    if joined is not None:
        number = read_number([joined[1]], 0)
        if number is not None:
            return FoundAmount(Amount(number.value, _CURRENCIES[joined[2]]), at, start + 1, sure=True)
    number = read_number(words, start)
    if number is None or taken & frozenset(range(start, number.end)):
        return None
    following = words[number.end] if number.end < len(words) else ""
    end = number.end
    if currency is None and (following in _CURRENCIES or following in _SYMBOLS):
        currency, end = _CURRENCIES.get(following) or _SYMBOLS[following], end + 1
    elif following in _UNNAMED:
        end += 1
    sure = currency is not None or number.scaled or end > number.end
    if not 0 < number.value < _LARGEST or (not sure and _is_no_money(words, number)):
        return number
    counts = not sure and _counts(words, number, known)
    return FoundAmount(Amount(number.value, currency), at, end, sure=sure, counts=counts)


def _currency_before(words: Sequence[str], at: int) -> str | None:
    word = words[at]
    return _SYMBOLS.get(word) or (
        _CURRENCIES.get(word) if at + 1 < len(words) and words[at + 1][:1].isdigit() else None
    )


def _is_no_money(words: Sequence[str], number: Number) -> bool:
    before = words[number.start - 1] if number.start else ""
    following = words[number.end] if number.end < len(words) else ""
    written = words[number.start]
    return (
        following in UNITS
        or before in _IDENTIFIES
        or _count(words, number.start, frozenset()) is not None
        or bool(_HUGE_IDENTIFIER.fullmatch(written))
        or (before in {"account", "a/c", "acc", "card"} and written.isdigit() and len(written) >= len("123456"))
        or written.endswith("%")
        or (before == "at" and number.value <= _HOURS and not written.endswith(".00"))
        or (number.spoken and number.value <= len(words) and following not in _PRICES)
    )


def _counts(words: Sequence[str], number: Number, known: frozenset[int]) -> bool:
    """3 shirts for 7000, a 2019 Corolla for 2 million: a bare number before a thing, beside an amount."""
    before = words[number.start - 1] if number.start else ""
    following = words[number.end] if number.end < len(words) else ""
    year = bool(_YEAR.fullmatch(words[number.start]))
    small = number.value <= _MAX_COUNT and number.value == number.value.to_integral_value()
    if not (year or small) or not following or following in _PRICES | {"and", ","}:
        return False
    if number.end in known and before in _PRICED_BY:
        return False
    return before not in {"for", "paid", "cost", "spent"}


def find_limits(words: Sequence[str], amounts: Sequence[FoundAmount], taken: frozenset[int]) -> Limits:
    """Amounts that limit a question, and counts. `taken` are positions that belong to dates already."""
    limits = Limits()
    for position, found in enumerate(amounts):
        following = amounts[position + 1] if position + 1 < len(amounts) else None
        limits = limits.joined(_range(words, found, following) or _bound(words, found) or Limits())
    spoken_for = taken | frozenset(at for one in amounts for at in range(one.start, one.end))
    for at in range(len(words)):
        if at not in spoken_for | limits.words:
            limits = limits.joined(_count(words, at, taken) or Limits())
    return limits


def _range(words: Sequence[str], first: FoundAmount, last: FoundAmount | None) -> Limits | None:
    if last is None or last.start != first.end + 1:
        return None
    joint = words[first.end]
    english = first.start > 0 and words[first.start - 1] in {"between", "from"} and joint in {"and", "to"}
    ends = words[last.end : last.end + 3]
    urdu = joint in {"and", "~se"} and ("~darmiyan" in ends or (joint == "~se" and ends[:1] == ["~tak"]))
    if not english and not urdu:
        return None
    start = first.start - 1 if english else first.start
    end = last.end if english else last.end + list(ends).index("~darmiyan" if "~darmiyan" in ends else "~tak") + 1
    return Limits(first.amount.value, last.amount.value, words=frozenset(range(start, end)))


def _bound(words: Sequence[str], found: FoundAmount) -> Limits | None:
    for phrases, least in ((AT_LEAST, True), (AT_MOST, False)):
        for phrase in phrases:
            start = found.start - len(phrase)
            if start >= 0 and tuple(words[start : found.start]) == phrase and words[start - 1 : start] != ["no"]:
                return _limit(found, start, found.end, least=least)
    ends = list(words[found.end : found.end + 2])
    if ends in (["~se", "~zyada"], ["~se", "~bara"], ["~se", "~kam"]):
        return _limit(found, found.start, found.end + 2, least=ends[1] != "~kam")
    return None


def _limit(found: FoundAmount, start: int, end: int, *, least: bool) -> Limits:
    limits = Limits(words=frozenset(range(start, end)))
    value = found.amount.value
    return replace(limits, least=value) if least else replace(limits, most=value)


def _count(words: Sequence[str], at: int, taken: frozenset[int]) -> Limits | None:
    number = read_number(words, at)
    if number is None or number.scaled or number.end != at + 1:
        return None
    before = words[at - 1] if at and at - 1 not in taken else ""
    following = words[at + 1] if at + 1 < len(words) and at + 1 not in taken else ""
    if not 0 < number.value <= _MAX_COUNT or number.value % 1:
        return None
    if before not in _COUNTED_BEFORE and following not in _COUNTED_AFTER:
        return None
    return Limits(count=int(number.value), words=frozenset({at}))
