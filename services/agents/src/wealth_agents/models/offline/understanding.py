"""A message as queries: what is asked or told, over which period, about what, how much, from which account."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from wealth_agents.models.offline import intents
from wealth_agents.models.offline.followups import (
    correction,
    followed,
    is_bare_amount,
    is_correction,
    is_follow_up,
    is_fragment,
    revised,
    thanks,
)
from wealth_agents.models.offline.language import Clause, read
from wealth_agents.models.offline.lexicon.concepts import QUESTION_WORDS, Concept
from wealth_agents.models.offline.queries import COMMANDS, Intent, Query
from wealth_agents.models.offline.reading import Reading, read_clause
from wealth_agents.models.offline.tense import Tense, tense_of

__all__ = ["Intent", "Query", "asks_for_advice", "understand"]

_JOINERS = frozenset({"and", "also", "plus", "then", ","})
_REMEMBERED = 8
_MOST_JOINTS = 10
# Days from which a few thousand more or fewer are days still.
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_MINOR = frozenset({Intent.HELP, Intent.GREETING})


def understand(question: str, today: date, previous: Sequence[str] = ()) -> tuple[Query, ...]:
    """What is said, in order; empty when it isn't understood. A part without a period takes over its neighbour's.

    `previous` are the user's earlier messages in this conversation: what is said now may only change what was said
    then.
    """
    today = min(max(today, _EARLIEST), _LATEST)
    told, context = tuple[Query, ...](), tuple[Query, ...]()
    for message in previous[-_REMEMBERED:]:
        found = tuple(query for query in _understand(message, today, context) if query.intent not in _MINOR)
        told = tuple(query for query in found if query.intent in COMMANDS) or told
        # What was told last can be corrected after questions in between too.
        context = found if set(told) <= set(found) else (*told, *(found or context[-1:]))
    return _understand(question, today, tuple(dict.fromkeys(context)))


def asks_for_advice(question: str) -> bool:
    today = date(2000, 1, 1)  # advice has no date
    return any(intents.asks_for_advice(read_clause(clause, today)) for clause in read(question))


def _understand(message: str, today: date, context: tuple[Query, ...]) -> tuple[Query, ...]:
    queries = list[Query]()
    for clause in read(message):
        queries += _parsed(clause, today, tuple(queries) or context, first=not queries)
    if len(queries) > 1:
        queries = [query for query in queries if query.intent not in _MINOR] or queries[:1]
    named = [query.periods for query in queries if query.periods]
    if named:
        queries = [query if query.periods else replace(query, periods=named[0]) for query in queries]
    return tuple(dict.fromkeys(part for query in queries for part in _one_period_each(query)))


def _one_period_each(query: Query) -> list[Query]:
    if query.intent in COMMANDS | {Intent.COMPARE} or len(query.periods) < 2:  # noqa: PLR2004 - several
        return [query]
    return [replace(query, periods=(period,)) for period in query.periods]


def _parsed(clause: Clause, today: date, context: tuple[Query, ...], *, first: bool) -> list[Query]:
    reading = read_clause(clause, today)
    intent = intents.intent_of(reading)
    if is_correction(reading) and not _tells_all(reading, intent):
        return [revised(context, reading)] if context else [correction(reading)]
    if context and context[-1].intent in COMMANDS and (is_fragment(reading) or is_bare_amount(reading)):
        return [revised(context, reading)]
    if context and is_follow_up(reading, intent):
        return [followed(context[-1], reading)]
    if thanks(reading) and intent is Intent.GREETING:
        return [_query(reading, Intent.GREETING)]
    found = list(_split(clause, reading, today))
    return found or (_short(reading) if first or not context else [])


def _tells_all(reading: Reading, intent: Intent | None) -> bool:
    """A whole command that only begins like a correction; a "not" in it denies no amount."""
    if reading.words[0] in {"no", "~nahi", "sorry", "oops", "actually", "wait", "not", "wrong", "~galat"}:
        return False
    return intent in {Intent.SET_GOAL, Intent.REMINDER, Intent.ADVICE} or (
        intent is Intent.SET_BUDGET and Concept.CAP in reading.concepts
    )


def _split(clause: Clause, whole: Reading, today: date) -> Iterator[Query]:
    """Parts where both sides of a joining word say something themselves; "groceries and rent" stays together."""
    bound = whole.bound
    joints = [at for at, word in enumerate(clause.words) if word in _JOINERS and at not in bound][:_MOST_JOINTS]
    lean = tense_of(clause.words, clause.forms)
    pairs = _pairs(whole) if not joints else []
    if pairs:
        for begin, end in pairwise([0, *pairs, len(clause.words)]):
            query = _understood(clause.part(begin, end), today, lean)
            if query is not None:
                yield query
        return
    start = 0
    for at, end in pairwise([*joints, len(clause.words)]):
        before, after = (
            _understood(clause.part(start, at), today, lean),
            _understood(clause.part(at + 1, end), today, lean),
        )
        if before is not None and after is not None and _stand_apart(before, after):
            yield before
            start = at + 1
    last = _understood(clause.part(start), today, lean if start else Tense.NONE)
    if last is not None:
        yield last


def _pairs(whole: Reading) -> list[int]:
    """Where "petrol 500 chai 200" and "500 petrol 200 chai" come apart."""
    amounts, things = whole.amounts, whole.categories
    if len(amounts) < 2 or len(amounts) != len(things) or whole.asks or whole.limits.words:  # noqa: PLR2004 - several
        return []
    if whole.words and any(word in {"~nahi", "not", "budget", "goal"} for word in whole.words):
        return []
    amount_first = amounts[0].start < things[0].start
    marks = sorted([(one.start, True) for one in amounts] + [(one.start, False) for one in things])
    if any(is_amount != (amount_first == (at % 2 == 0)) for at, (_, is_amount) in enumerate(marks)):
        return []
    return [one.start for one in amounts[1:]] if amount_first else [one.end for one in amounts[:-1]]


def _stand_apart(before: Query, after: Query) -> bool:
    if after.intent in _MINOR:
        return False
    if after.intent in COMMANDS:
        return bool(after.amounts) or after.intent is Intent.REMINDER
    return before.intent not in COMMANDS or after.intent in {Intent.CHANGE, Intent.BALANCE, Intent.BUDGET_STATUS}


def _understood(clause: Clause, today: date, lean: Tense) -> Query | None:
    reading = read_clause(clause, today, lean)
    intent = intents.intent_of(reading)
    return _query(reading, intent) if intent is not None else None


def _query(reading: Reading, intent: Intent) -> Query:
    if intent in {Intent.CHANGE, Intent.ADVICE, Intent.HELP, Intent.GREETING}:
        return Query(intent, language=reading.clause.language)
    concepts = reading.concepts
    expenses = bool(concepts & {Concept.SPEND, Concept.EXPENSE}) and Concept.INCOME not in concepts
    command = intent in COMMANDS
    rest = reading.rest() if command else None
    return Query(
        intent,
        reading.periods,
        ((rest,) if rest else ()) if command else reading.subjects(),
        reading.limits,
        expenses,
        amounts=tuple(one.amount for one in reading.amounts),
        category=reading.category,
        accounts=_accounts(reading, intent),
        payee=reading.payee() if command else None,
        frequency=reading.frequency() if intent is Intent.REMINDER else None,
        reminds=Concept.REMIND in concepts,
        language=reading.clause.language,
    )


def _accounts(reading: Reading, intent: Intent) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(place.name for place in reading.places))
    if intent is not Intent.RECORD_TRANSFER:
        return names
    ends = intents.named_ends(reading)
    if len(names) < 2 and ends:  # noqa: PLR2004 - two ends
        return ends
    if len(names) < 2:  # noqa: PLR2004 - two ends
        place = names[0] if names and names[0] != "cash" else "bank"
        return ("cash", place) if Concept.DEPOSIT in reading.concepts else (place, "cash")
    source = next((place.name for place in reading.places if place.out), None)
    target = next((place.name for place in reading.places if place.into and place.name != source), None)
    if source is None:
        source = next(name for name in names if name != target)
    if target is None:
        target = next(name for name in names if name != source)
    return source, target


def _short(reading: Reading) -> list[Query]:
    """ "Groceries last month", "how much at Cafe Luna": short for "how much did I spend on …"."""
    words = reading.words
    how_much = words[:2] == ("how", "much") or "~kitna" in words
    if QUESTION_WORDS & set(words[2:] if words[:2] == ("how", "much") else words) - {"~is"} or not (
        how_much or reading.dates
    ):
        return []
    query = _query(reading, Intent.SPENDING)
    return [replace(query, expenses=True)] if query.subjects and len(words) <= _SHORT else []


_SHORT = 8
