"""What only makes sense after what was said before: "change that to 20,000", "and in September?", "wo kal ka tha"."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from wealth_agents.models.offline.amounts import Amount, FoundAmount, Limits
from wealth_agents.models.offline.glossary import names
from wealth_agents.models.offline.lexicon.concepts import Concept
from wealth_agents.models.offline.queries import COMMANDS, Intent, Query
from wealth_agents.models.offline.reading import Reading

_OPENS_CORRECTION = frozenset(
    (
        "no",
        "nope",
        "sorry",
        "oops",
        "actually",
        "wait",
        "correction",
        "wrong",
        "not",
        "~nahi",
        "~galat",
        "mistake",
        "rather",
    )
)
_ALTERS = names("change make set update correct edit raise lower increase reduce fix put revise")
_POINTS_AT = names("that it this them those")
_STATES = frozenset(("was", "is", "should", "were", "cost", "were", "has"))
_CONTINUES = names(
    """and also what how about then the in for on of is was did with my same but or to only just please , ~ka ~par
    ~mein ~to ~ko ~se ~tak bhi ki ~be ~is بھی i at from ~ya ~kitna ~do ~paas instead now ~phir phir پھر"""
)
_OPENS_FOLLOW_UP = frozenset(("and", "what", "how", "also", "then", "~to", "but", "or", "phir", "only", "just", "پھر"))
_LONGEST_FOLLOW_UP = 9


def is_correction(reading: Reading) -> bool:
    words = reading.words
    if not words or not _says_something(reading):
        return False
    meant = "meant" in words or words[-1] == "instead"
    if words[0] in _OPENS_CORRECTION or meant or len(negated(reading)) > 0:
        return True
    pairs = list(pairwise(words))
    if any(first in _ALTERS and second in _POINTS_AT for first, second in pairs):
        return True
    if "~usko" in words and ("~do" in words or "~keep" in words or "~make" in words):
        return True
    pointed = words[0] in _POINTS_AT and len(words) > 1 and words[1] in _STATES
    urdu = words[0] in {"~wo", "~ye"} and any(form == "past" for form in reading.clause.forms)
    paid_it = words[:3] in (("i", "paid", "it"), ("i", "paid", "that")) and not reading.amounts
    return (pointed or urdu or paid_it) and not reading.asks


def _says_something(reading: Reading) -> bool:
    return bool(reading.amounts or reading.dates or reading.categories or reading.places or reading.payee())


def negated(reading: Reading) -> list[FoundAmount]:
    """500 nahi 600, not 500 but 600."""
    found = [one for one in reading.amounts if _denied(reading, one.start, one.end)]
    return found if len(found) < len(reading.amounts) else []


def is_follow_up(reading: Reading, intent: Intent | None) -> bool:
    """ "And in September?", "what about fuel?": nothing but what takes another's place."""
    words = reading.words
    if not words or len(words) > _LONGEST_FOLLOW_UP or reading.amounts:
        return False
    taken = reading.dated | {at for one in reading.categories for at in range(one.start, one.end)}
    taken |= {at for one in reading.places for at in range(one.start, one.end)}
    rest = {word for at, word in enumerate(words) if at not in taken}
    opened = words[0] in _OPENS_FOLLOW_UP
    if taken and rest <= _CONTINUES and (opened or intent is None or reading.clause.asks or intent is Intent.BALANCE):
        return True
    return words[:2] in (("what", "about"), ("how", "about")) and bool(reading.subjects() or reading.dates)


def is_bare_amount(reading: Reading) -> bool:
    """ "20,000", as an answer to "how much?"; "600 kar do"."""
    covered = {at for one in reading.amounts for at in range(one.start, one.end)}
    return len(reading.amounts) == 1 and _says_nothing_else(reading, covered)


def is_fragment(reading: Reading) -> bool:
    """Of a command: cash se diya tha, every month, on Friday."""
    if reading.asks or reading.amounts or len(reading.words) > _LONGEST_FOLLOW_UP:
        return False
    if reading.frequency() and len(reading.words) <= len(("every", "other", "month")):
        return True
    named = (*((one.start, one.end) for one in reading.categories), *((one.start, one.end) for one in reading.places))
    covered = reading.dated | {at for start, end in named for at in range(start, end)}
    return bool(covered) and _says_nothing_else(reading, covered)


def _says_nothing_else(reading: Reading, covered: Set[int]) -> bool:
    return all(
        at in covered
        or word in _CONTINUES
        or reading.clause.forms[at]
        or word in {"paid", "make", "~nahi", "it", "was", "~wo", "~ye"}
        for at, word in enumerate(reading.words)
    )


def followed(query: Query, reading: Reading) -> Query:
    """The same question about something else."""
    subjects = reading.subjects() if not reading.places else ()
    changed = replace(query, language=reading.clause.language)
    if reading.periods:
        changed = replace(changed, periods=reading.periods)
    if reading.categories or subjects:
        changed = replace(changed, category=reading.category, subjects=subjects or changed.subjects)
    if reading.places:
        changed = replace(changed, accounts=tuple(place.name for place in reading.places))
    return changed


def revised(queries: Sequence[Query], reading: Reading) -> Query:
    """The last of `queries` that it can mean, with what is said now in the place of what was said then."""
    wrong = negated(reading)
    query = _meant(queries, [one.amount for one in wrong], names_amount=bool(reading.amounts))
    amounts = tuple(one.amount for one in reading.amounts if one not in wrong)
    changed = replace(query, revises=query.intent in COMMANDS, language=reading.clause.language)
    if amounts:
        kept = amounts[0].currency or (query.amounts[0].currency if query.amounts else None)
        changed = replace(changed, amounts=(Amount(amounts[0].value, kept), *amounts[1:]))
        if query.limits.bound:
            changed = replace(changed, limits=_limits(query, amounts[0]))
    periods = tuple(one.period for one in reading.dates if not _denied(reading, one.start, one.end)) or reading.periods
    if periods:
        changed = replace(changed, periods=periods)
    category = _affirmed_category(reading)
    if category:
        changed = replace(changed, category=category, subjects=(category,) if query.subjects else ())
    if reading.places:
        changed = replace(changed, accounts=_accounts(query, reading))
    frequency = reading.frequency() if query.intent is Intent.REMINDER else None
    return replace(changed, frequency=frequency) if frequency else changed


def correction(reading: Reading) -> Query:
    """Of something that was not said here."""
    return revised([Query(Intent.CORRECTION)], reading)


def _limits(query: Query, amount: Amount) -> Limits:
    least = amount.value if query.limits.least is not None else None
    most = amount.value if query.limits.most is not None and least is None else query.limits.most
    return replace(query.limits, least=least, most=most)


def _meant(queries: Sequence[Query], wrong: Sequence[Amount], *, names_amount: bool) -> Query:
    """The one with the amount that is denied; for another amount the last that was told; else the last of all."""
    values = {amount.value for amount in wrong}
    fitting = [query for query in queries if values & {amount.value for amount in query.amounts}]
    told = [query for query in queries if query.intent in COMMANDS or query.amounts] if names_amount else []
    return (fitting or told or list(queries))[-1]


def _affirmed_category(reading: Reading) -> str | None:
    """It was transport, not fuel; petrol nahi kirana tha."""
    affirmed = [one for one in reading.categories if not _denied(reading, one.start, one.end)]
    return affirmed[0].name if affirmed else None


def _denied(reading: Reading, start: int, end: int) -> bool:
    following = reading.words[end : end + 3]
    while following and following[0] in {"~ka", "bill", "~ko", "~par", "~se"}:
        following = following[1:]
    return (start > 0 and reading.words[start - 1] == "not") or following[:1] == ("~nahi",)


def _accounts(query: Query, reading: Reading) -> tuple[str, ...]:
    affirmed = [place for place in reading.places if not _denied(reading, place.start, place.end)]
    named = affirmed or reading.places
    if query.intent is not Intent.RECORD_TRANSFER or len(named) > 1 or len(query.accounts) < 2:  # noqa: PLR2004 - two ends
        return tuple(place.name for place in named)
    return (query.accounts[0], named[0].name) if named[0].into else (named[0].name, query.accounts[1])


def thanks(reading: Reading) -> bool:
    return Concept.GREETING in reading.concepts and not reading.amounts
