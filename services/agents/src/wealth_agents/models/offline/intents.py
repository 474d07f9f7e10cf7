"""What a clause is for: rules over what was read from it, from the particular to the general."""

from collections.abc import Iterable

from wealth_agents.models.offline.lexicon.categories import INCOME
from wealth_agents.models.offline.lexicon.concepts import CHANGES, COMMANDED_AFTER, MOVES, Concept
from wealth_agents.models.offline.queries import Intent
from wealth_agents.models.offline.reading import Reading
from wealth_agents.models.offline.tense import Tense

_BILLS = frozenset(
    (
        "electricity",
        "gas",
        "water",
        "internet",
        "phone",
        "rent",
        "education",
        "loan",
        "insurance",
        "subscriptions",
        "taxes",
    )
)
_NOT_OURS = frozenset(("convert", "translate", "calculate", "multiply", "play", "sing", "call"))
_AFTER_I_NEED = 2
_BRIEF = 6
_SMALL_CHANGE = 10
_WEAK_ADVICE = frozenset(
    ("which", "worth", "good", "best", "better", "~konsa", "top", "how can i", "how do i", "~behtar")
)
_SPENT_ON = frozenset({Concept.SPEND, Concept.EXPENSE})
_BEFORE_GREETING = frozenset(
    ("oh", "ok", "ah", "well", "many", "so", "very", "bohat", "bahut", "بہت", "و", "ji", "g", "yes")
)
_TO_BE_SEEN = frozenset({Concept.SUMMARY, Concept.BALANCE, Concept.LEFT, Concept.SPEND, Concept.INCOME})
_ABLE = frozenset(("sakta", "sakte", "sakti", "سکتا", "سکتے", "سکتی"))
_ADDED_UP = frozenset(("~kharch", "~bachat", "income", "balance"))
_GIVES_BACK = frozenset(("returned", "paid", "deposited", "~wapas", "sold"))


def intent_of(reading: Reading) -> Intent | None:
    if asks_for_advice(reading):
        return Intent.ADVICE
    if _commands_change(reading):
        return Intent.CHANGE
    return _command(reading) or _question(reading)


def _first(rules: Iterable[tuple[Intent, bool]]) -> Intent | None:
    return next((intent for intent, holds in rules if holds), None)


def asks_for_advice(reading: Reading) -> bool:
    concepts = reading.concepts
    if reading.asks and reading.tense is not Tense.PAST and ("invest" in reading.words or _where_to_put(reading)):
        return True
    if not {Concept.ADVISE, Concept.INVESTMENT} <= concepts or concepts & {Concept.EXPENSE, Concept.CATEGORY}:
        return False
    said = {" ".join(reading.words[start:end]) for concept, start, end in reading.spans if concept is Concept.ADVISE}
    own = concepts & {Concept.SPEND, Concept.PORTFOLIO, Concept.PERFORMANCE} and (
        reading.tense is Tense.PAST or Concept.PORTFOLIO in concepts
    )
    own = own or (reading.words[:2] == ("how", "much") and "my" in reading.words)
    weak = said <= _WEAK_ADVICE and not said & {"how can i", "how do i"} if own else False
    return (reading.asks or not weak) and not weak


def _where_to_put(reading: Reading) -> bool:
    """Paise kahan lagaun."""
    forms = {
        form for word, form in zip(reading.words, reading.clause.forms, strict=True) if word in {"~spend", "~cost"}
    }
    return {"where", "money"} <= set(reading.words) and bool(forms & {"command", "future", "infinitive"})


def _commands_change(reading: Reading) -> bool:
    words = reading.words
    if reading.urdu:
        return any(word in CHANGES for word in words)
    commanded = [word for at, word in enumerate(words) if at == 0 or words[at - 1] in COMMANDED_AFTER]
    if any(word in CHANGES for word in commanded):
        return True
    moves = any(word in MOVES for at, word in enumerate(words) if at == 0 or words[at - 1] in COMMANDED_AFTER | {"and"})
    return moves and not transfers(reading)


def _command(reading: Reading) -> Intent | None:
    concepts, money = reading.concepts, bool(reading.free)
    recorded = _asks_to_record(reading)
    if reading.asks and not recorded:
        return (
            Intent.REMINDER if Concept.REMIND in concepts and not reading.urdu and "what" not in reading.words else None
        )
    planned = reading.comes
    if reading.words[:1] and reading.words[0] in _NOT_OURS:
        return None
    rules = (
        (Intent.REMINDER, Concept.REMIND in concepts),
        (Intent.SET_BUDGET, Concept.BUDGET in concepts and (money or _sets_up(reading))),
        (Intent.SET_BUDGET, bool(reading.amounts) and Concept.CAP in concepts and reading.tense is not Tense.PAST),
        (Intent.SET_BUDGET, reading.limits.bound and _forbids(reading)),
        (Intent.SET_GOAL, money and (Concept.GOAL in concepts or _saves_up(reading) or _needs(reading))),
        (Intent.SET_GOAL, Concept.GOAL in concepts and _sets_up(reading)),
        (Intent.RECORD_TRANSFER, money and transfers(reading)),
        (
            Intent.REMINDER,
            money and (planned or (Concept.REPEATED in concepts and reading.tense is not Tense.PAST)) and not recorded,
        ),
        (
            Intent.REMINDER,
            planned and not money and bool(reading.dates) and bool(concepts & _SPENT_ON) and _is_owed(reading),
        ),
        (Intent.RECORD_INCOME, money and _earns(reading)),
        (Intent.RECORD_EXPENSE, money and _plausible(reading)),
        (Intent.RECORD_EXPENSE, recorded and bool(concepts & _SPENT_ON) and Concept.LIST not in concepts),
    )
    return _first(rules)


def _asks_to_record(reading: Reading) -> bool:
    """Add, can you log, please record: an order, not a story."""
    starts = {start for concept, start, _ in reading.spans if concept is Concept.RECORD}
    words = reading.words
    return any(
        at == 0 or words[at - 1] in COMMANDED_AFTER | {"can", "could", "want", "to", "that"} or reading.urdu
        for at in starts
    ) and not {"how", "what", "~kitna"} & set(words)


def _is_owed(reading: Reading) -> bool:
    return "infinitive" in reading.clause.forms or "to" in reading.words


def _forbids(reading: Reading) -> bool:
    """Khane pe 10 hazar se zyada kharch nahi karna; keep groceries under 30,000."""
    words = reading.words
    return {"~zyada", "~nahi"} <= set(words) or "keep" in words or ("not" in words and reading.limits.least is not None)


def _saves_up(reading: Reading) -> bool:
    if Concept.SAVE_UP not in reading.concepts or reading.category in _BILLS or reading.tense is Tense.PAST:
        return False
    into_account = any(place.into or place.out for place in reading.places)
    return not into_account and "~wapas" not in reading.words


def _sets_up(reading: Reading) -> bool:
    """Set a budget, budget banao: an order, even without the amount."""
    orders = any(
        word in {"~make", "~keep", "~muqarrar"} and form in {"command", "stem", ""}
        for word, form in zip(reading.words, reading.clause.forms, strict=True)
    )
    return reading.words[0] in {"set", "create", "make", "new", "start", "add"} or (reading.urdu and orders)


def _needs(reading: Reading) -> bool:
    """I need 200,000 for Umrah by March: a sum to have, no bill to pay."""
    needed = reading.words[:2] == ("i", "need") and any(one.start == _AFTER_I_NEED for one in reading.amounts)
    return needed and reading.category not in _BILLS


def transfers(reading: Reading) -> bool:
    """Between accounts of one's own."""
    concepts, places = reading.concepts, reading.places
    names = {place.name for place in places}
    if len(names) > 1:
        both = any(place.out for place in places) and any(place.into for place in places)
        return both or bool(concepts & {Concept.TRANSFER, Concept.WITHDRAW, Concept.DEPOSIT})
    if named_ends(reading):
        return True
    if concepts & _SPENT_ON and Concept.DEPOSIT not in concepts and Concept.WITHDRAW not in concepts:
        return False
    if reading.category in INCOME:
        return False
    return bool(places and concepts & {Concept.WITHDRAW, Concept.DEPOSIT}) or (
        bool({"withdraw", "withdrew", "withdrawn", "~take_out"} & set(reading.words))
    )


def named_ends(reading: Reading) -> tuple[str, str] | None:
    """ "Transfer 50 from Checking to Euro": accounts by names that only the books know."""
    words = reading.words
    if Concept.TRANSFER not in reading.concepts or "from" not in words:
        return None
    start = words.index("from")
    joint = next((at for at in range(start + 2, min(start + 6, len(words))) if words[at] in {"to", "into"}), None)
    if joint is None:
        return None
    skipped = {"my", "the", "account"}
    ends = [
        " ".join(word for word in reading.clause.surface[begin:end] if word not in skipped)
        for begin, end in ((start + 1, joint), (joint + 1, min(_stop(reading, joint + 1), joint + 5)))
    ]
    return (ends[0], ends[1]) if all(ends) else None


def _stop(reading: Reading, at: int) -> int:
    taken = reading.dated | {position for one in reading.amounts for position in range(one.start, one.end)}
    while at < len(reading.words) and at not in taken and reading.words[at] not in {",", "and", "for", "please", "on"}:
        at += 1
    return at


def _earns(reading: Reading) -> bool:
    words = reading.words
    given = "~ne" in words and bool({"~give", "~send"} & set(words)) and reading.payee() is not None
    if (given and ("~mujhe" in words or "~ko" not in words)) or _got_back(reading):
        return True
    earned = {words[start] for concept, start, _ in reading.spans if concept in {Concept.EARNED, Concept.INCOME}}
    if not earned or _goes_out(reading, earned):
        return not earned and reading.category in INCOME
    return True


def _goes_out(reading: Reading, earned: set[str]) -> bool:
    """Words of income that tell of money given: I paid back, paid the cook's salary, dost ko wapas kiye, rashan aya."""
    words = reading.words
    if earned <= {"~wapas", "~return"}:
        return "~ko" in words and "~ne" not in words
    if earned <= {"~come"}:
        return reading.category is not None and reading.category not in INCOME
    if words[0] in {"i", "we"} and earned <= _GIVES_BACK - {"sold"}:
        return True
    paid = words[0] == "paid" or bool({"~give", "~ada"} & set(words))
    return paid and earned <= {"salary", "paid", "wages", "pension", "bonus", "income"}


def _got_back(reading: Reading) -> bool:
    """Got 3,000 back from Amir; not got groceries from Metro."""
    after_got = {at + 1 for at, word in enumerate(reading.words) if word == "got"}
    from_somebody = bool({"back", "from"} & set(reading.words))
    return from_somebody and any(one.start in after_got for one in reading.amounts)


def _plausible(reading: Reading) -> bool:
    concepts = reading.concepts
    if concepts & (_SPENT_ON | {Concept.RECORD, Concept.TRANSFER}) or reading.category:
        return True
    if any(_is_price(reading.words, one.start, one.end) for one in reading.amounts):
        return True
    if reading.only_states or not (reading.sure or reading.subjects()):
        return False
    return reading.sure or (len(reading.words) <= _BRIEF and max(one.value for one in reading.free) >= _SMALL_CHANGE)


def _is_price(words: tuple[str, ...], start: int, end: int) -> bool:
    return words[start - 1 : start] == ("for",) or words[end : end + 1] in (("~ka",), ("~liye",))


def _forecasts(reading: Reading) -> bool:
    words, concepts = reading.words, reading.concepts
    if Concept.FORECAST in concepts or _forecasts_in_urdu(reading):
        return True
    return "will" in words and reading.asks and bool(concepts & _TO_BE_SEEN) and Concept.UPCOMING not in concepts


def _forecasts_in_urdu(reading: Reading) -> bool:
    """Paise bachenge, paas kitne paise honge, paise chal jayenge, phone le sakta hoon."""
    words = reading.words
    coming = {word for word, form in zip(words, reading.clause.forms, strict=True) if form == "future"}
    able = bool(_ABLE & set(reading.clause.surface)) and bool({"~take", "~buy", "~do"} & set(words))
    lasting = "money" in words and bool(coming & {"~left", "~be", "~run", "~go", "~get"})
    held = ("~paas" in words or bool(_ADDED_UP & set(words))) and "~be" in coming
    return lasting or held or (able and bool(reading.free))


def _holds(reading: Reading) -> bool:
    """How many shares do I have, mere paas kitne shares hain."""
    held = {"have", "own", "hold", "~paas", "owned", "my"} & set(reading.words)
    return Concept.INVESTMENT in reading.concepts and bool(held) and not reading.concepts & _SPENT_ON


def _is_due(reading: Reading) -> bool:
    """Urdu: kya kya dena hai, konse bill dene hain."""
    infinitive = any(form == "infinitive" for form in reading.clause.forms)
    return (
        reading.urdu
        and infinitive
        and reading.tense is Tense.FUTURE
        and reading.asks
        and bool(reading.concepts & _SPENT_ON)
    )


def _question(reading: Reading) -> Intent | None:
    return _first(_insights(reading)) or _first(_books(reading))


def _insights(reading: Reading) -> Iterable[tuple[Intent, bool]]:
    concepts, words = reading.concepts, set(reading.words)
    invested = bool(concepts & {Concept.INVESTMENT, Concept.PORTFOLIO})
    return (
        (Intent.BUDGET_STATUS, Concept.BUDGET in concepts),
        (Intent.GOALS, Concept.GOAL in concepts),
        (Intent.FORECAST, _forecasts(reading)),
        (Intent.ANOMALIES, Concept.UNUSUAL in concepts),
        (Intent.HEALTH, Concept.HEALTH in concepts or {"financial", "health"} <= words),
        (
            Intent.PERFORMANCE,
            Concept.PERFORMANCE in concepts and (invested or bool({"dividends", "xirr", "irr", "roi"} & words)),
        ),
        (Intent.PORTFOLIO, Concept.PORTFOLIO in concepts or _holds(reading)),
        (Intent.NET_WORTH, Concept.NET_WORTH in concepts),
        (Intent.CASH_FLOW, Concept.CASH_FLOW in concepts),
        (Intent.UPCOMING, (Concept.UPCOMING in concepts and reading.tense is not Tense.PAST) or _is_due(reading)),
        (Intent.BEYOND, Concept.BEYOND in concepts),
    )


def _exceeds_a_period(reading: Reading) -> bool:
    """Pichle saal se zyada."""
    return any(reading.words[one.end : one.end + 2] in (("~se", "~zyada"), ("~se", "~kam")) for one in reading.dates)


def _greets(reading: Reading) -> bool:
    starts = [start for concept, start, _ in reading.spans if concept is Concept.GREETING]
    return bool(starts) and (starts[0] == 0 or reading.words[0] in _BEFORE_GREETING)


def _books(reading: Reading) -> Iterable[tuple[Intent, bool]]:
    concepts, words = reading.concepts, set(reading.words)
    periods = len(reading.dates)
    spends = bool(concepts & _SPENT_ON)
    things = bool(concepts & {Concept.EXPENSE, Concept.TRANSACTION})
    both_sides = {"income", "and"} <= words and bool({"expenses", "spending"} & words)
    both_ways = spends and Concept.INCOME in concepts
    limited = reading.limits.bound or reading.limits.count is not None or bool(reading.amounts)
    how_much = bool({"much", "~kitna"} & words)
    compares = Concept.MORE in concepts and (
        (periods > 0 and "than" in words) or periods > 1 or _exceeds_a_period(reading)
    )
    sized = bool({"biggest", "largest", "expensive", "priciest", "costliest", "~bara"} & words)
    listed = bool(concepts & {Concept.LIST, Concept.LATEST, Concept.WHEN})
    about_payee = bool(
        concepts & {Concept.SPEND, Concept.EXPENSE, Concept.LARGEST, Concept.TRANSACTION, Concept.INCOME, Concept.LIST}
    )
    held = bool(reading.places) and bool({"have", "~is", "~kitna", "much", "in", "~paas"} & words)
    mine = reading.urdu or bool({"i", "my", "me", "we"} & words)
    return (
        (Intent.SUMMARY, (both_ways or both_sides) and periods < 2),  # noqa: PLR2004 - several
        (
            Intent.COMPARE,
            Concept.COMPARE in concepts and (spends or periods > 0 or Concept.INCOME in concepts or "months" in words),
        ),
        (Intent.COMPARE, compares),
        (Intent.BY_CATEGORY, Concept.CATEGORY in concepts),
        (Intent.BY_PAYEE, Concept.PAYEE in concepts and about_payee),
        (Intent.LARGEST, Concept.LARGEST in concepts and things and Concept.WHERE not in concepts),
        (Intent.LARGEST, sized and (spends or bool({"~take", "~buy"} & words))),
        (Intent.BY_CATEGORY, spends and bool(concepts & {Concept.LARGEST, Concept.WHERE})),
        (Intent.SUMMARY, Concept.SUMMARY in concepts or both_ways or (Concept.LEFT in concepts and periods > 0)),
        (
            Intent.INCOME,
            Concept.INCOME in concepts or (Concept.EARNED in concepts and reading.asks and not spends and mine),
        ),
        (Intent.TRANSACTIONS, Concept.TRANSACTION in concepts),
        (Intent.TRANSACTIONS, spends and (limited or (listed and not how_much))),
        (Intent.SPENDING, spends),
        (Intent.SPENDING, how_much and bool(reading.categories) and reading.category not in INCOME and not held),
        (Intent.BALANCE, bool(concepts & {Concept.BALANCE, Concept.ACCOUNT, Concept.LEFT}) or held),
        (Intent.TRANSACTIONS, Concept.LIST in concepts and limited),
        (Intent.HELP, Concept.HELP in concepts),
        (Intent.GREETING, _greets(reading)),
    )
