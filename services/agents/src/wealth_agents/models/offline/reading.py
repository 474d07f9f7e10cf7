"""A clause with everything that is read from it before anybody asks what it is for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wealth_agents.models.offline.amounts import Amount, FoundAmount, Limits, find_amounts, find_limits
from wealth_agents.models.offline.calendar_words import PARTS_OF_DAY
from wealth_agents.models.offline.dates import Found, find_periods
from wealth_agents.models.offline.glossary import names
from wealth_agents.models.offline.language import Clause, Language
from wealth_agents.models.offline.lexicon.accounts import Place, find_accounts
from wealth_agents.models.offline.lexicon.categories import BRANDS, Named, find_categories, main_category
from wealth_agents.models.offline.lexicon.concepts import ASKING_FIRST, ASKING_URDU, STOPWORDS, Concept, find_concepts
from wealth_agents.models.offline.periods import Period
from wealth_agents.models.offline.tense import Tense, tense_of

_NAMES_THINGS = frozenset({Concept.INVESTMENT, Concept.CAP, Concept.WITHDRAW})
_BEFORE_A_VERB = names(
    "need needs want wants have has had going like me us please able due supposed ought remember forget not"
)
_VERBS = names("pay give send buy put save add record log spend transfer move set keep get make take return settle")
_PAYEE_AFTER = frozenset(("to", "at", "from"))
_JOINING = frozenset(("and", "also", "plus", "then", ","))
_PERIODIC = {
    "day": "daily", "daily": "daily", "week": "weekly", "weekly": "weekly", "month": "monthly", "monthly": "monthly",
    "year": "yearly",
    "yearly": "yearly", "annually": "yearly",
}  # fmt: skip
_WEEKDAYS = names("monday tuesday wednesday thursday friday saturday sunday")
_REQUESTING = names("can could will would")
_STATES = names("is are am was were be")
_PRONOUNS = names("i we you he she it they")


@dataclass(frozen=True, slots=True)
class Reading:
    clause: Clause
    today: date
    tense: Tense
    dates: Sequence[Found]
    amounts: Sequence[FoundAmount]
    limits: Limits
    spans: Sequence[tuple[Concept, int, int]]
    categories: Sequence[Named]
    places: Sequence[Place]

    @property
    def words(self) -> tuple[str, ...]:
        return self.clause.words

    @property
    def concepts(self) -> frozenset[Concept]:
        return frozenset(concept for concept, _, _ in self.spans)

    @property
    def dated(self) -> frozenset[int]:
        return _positions((one.start, one.end) for one in self.dates)

    @property
    def comes(self) -> bool:
        """Whether it speaks of what is to come, by its tense or by its day."""
        dated = bool(self.dates) and all(one.period.start > self.today for one in self.dates)
        return self.tense is Tense.FUTURE or (dated and self.tense is not Tense.PAST)

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(one.period for one in self.dates)

    @property
    def category(self) -> str | None:
        return main_category(self.categories)

    @property
    def free(self) -> tuple[Amount, ...]:
        """Amounts that limit nothing."""
        return tuple(one.amount for one in self.amounts if one.start not in self.limits.words)

    @property
    def sure(self) -> bool:
        return any(one.sure for one in self.amounts)

    @property
    def urdu(self) -> bool:
        return self.clause.language is not Language.ENGLISH

    @property
    def asks(self) -> bool:
        """Whether it is put as a question, or asks to be shown something."""
        words = self.words
        if self.urdu and (set(words) & ASKING_URDU or self.clause.asks):
            return True
        if not words:
            return False
        if words[0] in _REQUESTING and words[1:2] == ("you",):
            words = words[2:]
        first = next(
            (word for word in words if word not in {",", "and", "so", "ok", "hey", "hi", "please", "hello", "but"}), ""
        )
        if first == "do" and "not" in words[:3]:
            return self.clause.asks
        inverted = len(words) > 1 and words[0] == "have" and words[1] in _PRONOUNS
        how_much = "how" in words and bool({"much", "many", "far"} & set(words))
        return self.clause.asks or first in ASKING_FIRST or inverted or how_much

    @property
    def bound(self) -> frozenset[int]:
        """Where a joining word joins nothing but the parts of one date, amount or phrase."""
        spans = [(start, end) for _, start, end in self.spans if end - start > 1]
        spans += [(one.start, one.end) for one in self.amounts]
        spans += [(one.start, one.end) for one in self.categories]
        return _positions(spans) | self.dated | self.limits.words

    def subjects(self) -> tuple[str, ...]:
        """What is left: runs of words that mean nothing to us are names of categories and payees."""
        if self.urdu and self.category:
            brand = next((one for one in self.categories if self.clause.surface[one.start] in BRANDS), None)
            return (self.clause.surface[brand.start],) if brand else (self.category,)
        meant = _positions((start, end) for concept, start, end in self.spans if concept not in _NAMES_THINGS)
        placed = _positions((one.start, one.end) for one in self.places) if self.urdu else frozenset()
        return tuple(self._runs(range(len(self.words)), self._taken | meant | placed | self._verbs))

    def payee(self) -> str | None:
        """Whom money went to or came from: to the plumber, at Monal, darzi ko, abbu ne."""
        taken = self._taken | _positions((one.start, one.end) for one in self.places)
        if self.urdu:
            return self._payee_before(taken)
        for at, word in enumerate(self.words):
            if word in _PAYEE_AFTER and not (word == "to" and self._is_infinitive(at)):
                run = next(iter(self._runs(range(at + 1, len(self.words)), taken, most=4)), None)
                if run:
                    return run
        return None

    def _is_infinitive(self, at: int) -> bool:
        following = self.words[at + 1] if at + 1 < len(self.words) else ""
        return following in _VERBS or (at > 0 and self.words[at - 1] in _BEFORE_A_VERB)

    def _payee_before(self, taken: frozenset[int]) -> str | None:
        for at, word in enumerate(self.words):
            if word in {"~ko", "~ne"} and at not in self.dated:
                start = at
                while start and start - 1 not in taken and self._is_name(start - 1) and at - start < 3:  # noqa: PLR2004 - words
                    start -= 1
                name = " ".join(self.clause.surface[start:at])
                if name and self.words[start] not in {"~mujhe", "~i", "~hum"}:
                    return name
        return None

    def _is_name(self, at: int) -> bool:
        word = self.words[at]
        return word == "~wala" or (
            word not in STOPWORDS | PARTS_OF_DAY | {"oclock", "today"}
            and not word[0].isdigit()
            and not self.clause.forms[at]
        )

    @property
    def _taken(self) -> frozenset[int]:
        return self.dated | self.limits.words | _positions((one.start, one.end) for one in self.amounts)

    def _runs(self, positions: range, taken: frozenset[int], most: int = 8) -> list[str]:
        runs, run = list[str](), list[str]()
        for at in positions:
            word = self.words[at]
            if at not in taken and word not in STOPWORDS and word not in _JOINING and len(run) < most:
                run.append(self.clause.surface[at])
            elif run:
                runs.append(" ".join(run))
                run = []
        return [*runs, " ".join(run)] if run else runs

    @property
    def _verbs(self) -> frozenset[int]:
        return frozenset(at for at, form in enumerate(self.clause.forms) if form)

    def rest(self) -> str | None:
        """What a thing bought is called where it is in no category."""
        verbs = _positions((start, end) for concept, start, end in self.spans if concept not in _NAMES_THINGS)
        placed = _positions((one.start, one.end) for one in self.places)
        return next(iter(self._runs(range(len(self.words)), self._taken | verbs | placed | self._verbs, most=4)), None)

    def frequency(self) -> str | None:
        for at, word in enumerate(self.words):
            if word in {"daily", "weekly", "monthly", "yearly", "annually"}:
                return _PERIODIC[word]
            following = self.words[at + 1] if at + 1 < len(self.words) else ""
            if word in {"every", "each", "a", "per"} and following in _PERIODIC:
                return _PERIODIC[following]
            if word in {"every", "each"} and following in _WEEKDAYS:
                return "weekly"
        return None

    @property
    def only_states(self) -> bool:
        """The temperature is 40: a state and a number, nothing of money."""
        return bool(set(self.words) & _STATES) and not self.sure and self.category is None


def _positions(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))


def read_clause(clause: Clause, today: date, lean: Tense = Tense.NONE) -> Reading:
    """`lean` is the tense where the clause has none of its own."""
    tense = tense_of(clause.words, clause.forms) or lean
    dates = find_periods(clause.words, today, tense)
    dated = _positions((one.start, one.end) for one in dates)
    urdu = clause.language is not Language.ENGLISH
    verbs = frozenset(at for at, form in enumerate(clause.forms) if form)
    categories = [one for one in find_categories(clause.surface, urdu=urdu, verbs=verbs) if one.start not in dated]
    places = find_accounts(clause.words, clause.surface, after=urdu)
    known = _positions((one.start, one.end) for one in categories) | _positions((one.start, one.end) for one in places)
    amounts = find_amounts(clause.words, dated, known)
    limits = find_limits(clause.words, amounts, dated)
    spans = [
        span for span in find_concepts(clause.words) if not (dated | limits.words) & frozenset(range(span[1], span[2]))
    ]
    placed = _positions((one.start, one.end) for one in places)
    spans = [span for span in spans if span[0] is not Concept.SUMMARY or span[1] not in placed]
    return Reading(clause, today, tense, dates, amounts, limits, spans, categories, places)
