"""A question as queries: what is asked, over which period, about what, within which limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from wealth_agents.models.offline.amounts import Limits, find_limits
from wealth_agents.models.offline.dates import Period, find_periods
from wealth_agents.models.offline.english import CHANGES, COMMANDED_AFTER, MEANINGS, QUESTION_WORDS, STOPWORDS, Concept
from wealth_agents.models.offline.words import clauses

_JOINERS = frozenset({"and", "also", "plus", "then"})
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in MEANINGS)


class Intent(StrEnum):
    SPENDING = "spending"
    BY_CATEGORY = "by category"
    BY_PAYEE = "by payee"
    LARGEST = "largest"
    TRANSACTIONS = "transactions"
    COMPARE = "compare"
    INCOME = "income"
    SUMMARY = "summary"
    BALANCE = "balance"
    HELP = "help"
    CHANGE = "change"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Query:
    intent: Intent
    periods: tuple[Period, ...] = ()
    subjects: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    expenses: bool = False
    """Only money that went out."""


_PERIOD_ONLY = frozenset({"and", "also", "what", "how", "about", "then", "the", "in", "for"})


def understand(question: str, today: date) -> tuple[Query, ...]:
    """What is asked, in order; empty when it isn't understood. A part without a period takes over its neighbour's."""
    queries = list[Query]()
    for words in clauses(question):
        parsed = _parse_clause(words, today)
        if not parsed:
            parsed = (queries and _continued(queries[-1], words, today)) or _short(words, today)
        queries += parsed
    if len(queries) > 1:
        queries = [query for query in queries if query.intent is not Intent.HELP] or queries[:1]
    named = [query.periods for query in queries if query.periods]
    if named:
        queries = [query if query.periods else replace(query, periods=named[0]) for query in queries]
    return tuple(dict.fromkeys(part for query in queries for part in _one_period_each(query)))


def _continued(query: Query, words: Sequence[str], today: date) -> list[Query]:
    """ "And in September?" asks the same about another period."""
    found = find_periods(words, today)
    dated = {position for one in found for position in range(one.start, one.end)}
    rest = {word for position, word in enumerate(words) if position not in dated}
    return [replace(query, periods=tuple(one.period for one in found))] if found and rest <= _PERIOD_ONLY else []


def _one_period_each(query: Query) -> list[Query]:
    if query.intent is Intent.COMPARE or len(query.periods) < 2:  # noqa: PLR2004 - several
        return [query]
    return [replace(query, periods=(period,)) for period in query.periods]


def asks_for_advice(question: str) -> bool:
    concepts = {concept for words in clauses(question) for concept, _, _ in _meanings(words)}
    return {Concept.ADVISE, Concept.INVESTMENT} <= concepts and not concepts & {Concept.EXPENSE, Concept.CATEGORY}


def _short(words: Sequence[str], today: date) -> list[Query]:
    """ "Groceries last month", "how much at Cafe Luna": short for "how much did I spend on …"."""
    how_much = tuple(words[:2]) == ("how", "much")
    if QUESTION_WORDS & set(words[2:] if how_much else words) or not (how_much or find_periods(words, today)):
        return []
    query = _parse([*words, "spent"], today)
    return [query] if query is not None and query.subjects else []


def _parse_clause(words: Sequence[str], today: date) -> list[Query]:
    """Splits where both sides of a joining word ask something themselves; "groceries and rent" stays together."""
    for position, word in enumerate(words):
        if word in _JOINERS:
            before, after = _parse(words[:position], today), _parse_clause(words[position + 1 :], today)
            if before is not None and after:
                return [before, *after]
    query = _parse(words, today)
    return [query] if query is not None else []


def _parse(words: Sequence[str], today: date) -> Query | None:
    found = find_periods(words, today)
    dated = frozenset(position for one in found for position in range(one.start, one.end))
    limits = find_limits(words, dated)
    meanings = [
        meaning for meaning in _meanings(words) if not (dated | limits.words) & frozenset(range(meaning[1], meaning[2]))
    ]
    concepts = {concept for concept, _, _ in meanings}
    meant = frozenset(position for _, start, end in meanings for position in range(start, end))
    subjects = _subjects(words, dated | limits.words | meant)
    if _commands_change(words):
        return Query(Intent.CHANGE)
    intent = _intent(
        concepts, periods=len(found), compares="than" in words, limited=limits != Limits(words=limits.words)
    )
    if intent is None:
        return None
    expenses = bool(concepts & {Concept.SPEND, Concept.EXPENSE}) and Concept.INCOME not in concepts
    return Query(intent, tuple(one.period for one in found), subjects, limits, expenses)


def _commands_change(words: Sequence[str]) -> bool:
    return any(
        word in CHANGES and (position == 0 or words[position - 1] in COMMANDED_AFTER)
        for position, word in enumerate(words)
    )


def _meanings(words: Sequence[str]) -> list[tuple[Concept, int, int]]:
    """Concepts with the words they were read from; no word counts twice."""
    found, position = list[tuple[Concept, int, int]](), 0
    while position < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - position), 0, -1):
            concept = MEANINGS.get(" ".join(words[position : position + length]))
            if concept is not None:
                found.append((concept, position, position + length))
                position += length
                break
        else:
            position += 1
    return found


def _intent(concepts: set[Concept], *, periods: int, compares: bool, limited: bool) -> Intent | None:
    spends = bool(concepts & {Concept.SPEND, Concept.EXPENSE})
    things = bool(concepts & {Concept.EXPENSE, Concept.TRANSACTION})
    both_ways = spends and Concept.INCOME in concepts
    # The first that holds: from the particular to the general.
    rules = (
        (Intent.BEYOND, Concept.BEYOND in concepts),
        (Intent.SUMMARY, both_ways and periods < 2),  # noqa: PLR2004 - several
        (Intent.COMPARE, Concept.COMPARE in concepts or (periods > 0 and compares and Concept.MORE in concepts)),
        (Intent.BY_CATEGORY, Concept.CATEGORY in concepts),
        (Intent.BY_PAYEE, Concept.PAYEE in concepts and bool(concepts - {Concept.PAYEE, Concept.HELP})),
        (Intent.LARGEST, Concept.LARGEST in concepts and things),
        (Intent.BY_CATEGORY, spends and bool(concepts & {Concept.LARGEST, Concept.WHERE})),
        (Intent.SUMMARY, Concept.SUMMARY in concepts or both_ways or (Concept.LEFT in concepts and periods > 0)),
        (Intent.INCOME, Concept.INCOME in concepts),
        (Intent.TRANSACTIONS, Concept.TRANSACTION in concepts),
        (Intent.TRANSACTIONS, spends and (limited or bool(concepts & {Concept.LIST, Concept.LATEST, Concept.WHEN}))),
        (Intent.SPENDING, spends),
        (Intent.BALANCE, bool(concepts & {Concept.BALANCE, Concept.ACCOUNT, Concept.LEFT})),
        (Intent.HELP, Concept.HELP in concepts),
    )
    return next((intent for intent, holds in rules if holds), None)


def _subjects(words: Sequence[str], taken: frozenset[int]) -> tuple[str, ...]:
    """What is left: runs of words that mean nothing to us are names of categories and payees."""
    runs, run = list[str](), list[str]()
    for position, word in [*enumerate(words), (len(words), "")]:
        if word and position not in taken and word not in STOPWORDS and word not in _JOINERS:
            run.append(word)
        elif run:
            runs.append(" ".join(run))
            run = []
    return tuple(runs)
