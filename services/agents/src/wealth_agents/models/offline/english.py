"""What English words mean to the analyst."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto


class Concept(Enum):
    SPEND = auto()  # the act
    EXPENSE = auto()  # the thing
    INCOME = auto()
    BALANCE = auto()
    ACCOUNT = auto()
    LEFT = auto()
    CATEGORY = auto()
    PAYEE = auto()
    TRANSACTION = auto()
    LARGEST = auto()
    LATEST = auto()
    COMPARE = auto()
    MORE = auto()
    SUMMARY = auto()
    LIST = auto()
    WHERE = auto()
    WHEN = auto()
    HELP = auto()
    ADVISE = auto()
    INVESTMENT = auto()
    BEYOND = auto()  # what rules can't work out


def _phrases(text: str) -> Iterator[str]:
    return (" ".join(phrase.split()) for phrase in text.split(","))


def _words(text: str) -> Iterable[str]:
    return text.split()


# The longest phrase that fits at a position wins.
MEANINGS: dict[str, Concept] = {
    phrase: concept
    for concept, phrases in {
        Concept.SPEND: """spend, spent, spending, spendings, cost, costs, pay, paid, paying, buy, bought,
            blow, blew, shell out, charged, money go, money goes, money went, money gone, went out, going
            out, goes out""",
        Concept.EXPENSE: """expense, expenses, expenditure, expenditures, outgoings, purchase, purchases,
            payment, payments, bill, bills, charge, charges""",
        Concept.INCOME: """income, earn, earned, earning, earnings, did i make, have i made, much do i
            make, did we make, salary, salaries, wage, wages, receive, received, get paid, got paid, was
            i paid, been paid, came in, come in, coming in, comes in, money came, money come""",
        Concept.BALANCE: """balance, balances, net worth, how much do i have, how much money do i have,
            how much have i got, i own, am i worth""",
        Concept.ACCOUNT: "account, accounts, is in my",
        Concept.LEFT: "left, left over, leftover, money left, have left, remaining, do i have left, still have",
        Concept.CATEGORY: """category, categories, breakdown, break down, by type, spend on most, spend
            the most on, spend most on""",
        Concept.PAYEE: """payee, payees, merchant, merchants, shop, shops, store, stores, vendor,
            vendors, retailer, retailers, who, whom""",
        Concept.TRANSACTION: "transaction, transactions, entries, movements, statement",
        Concept.LARGEST: "biggest, largest, highest, top, most expensive, most, priciest, greatest",
        Concept.LATEST: "latest, recent, recently, newest, last time",
        Concept.COMPARE: "compare, compared, comparison, versus, vs, difference, differ, changed, change",
        Concept.MORE: "more, less, higher, lower, increase, increased, decrease, decreased",
        Concept.SUMMARY: """summary, summarise, summarize, overview, cash flow, cashflow, net, save,
            saved, saving, savings rate, how did i do, how am i doing, how is my month, income and
            expenses, income and spending""",
        Concept.LIST: "show, list, display, see, find, search",
        Concept.WHERE: "where",
        Concept.WHEN: "when",
        Concept.HELP: """hello, hi, hey, help, what can you do, what can i ask, who are you, good
            morning, thanks, thank you""",
        Concept.ADVISE: """should i, should we, shall i, would you, recommend, recommendation,
            recommendations, suggest, advise, advice, best, good, worth, wise, tip, tips, which, how do
            i, how can i, how could i, how should i""",
        Concept.INVESTMENT: """invest, investing, investment, investments, stock, stocks, shares, etf,
            etfs, fund, funds, crypto, bitcoin, bond, bonds, tax, taxes, pension, sue, legal""",
        Concept.BEYOND: """average, averages, on average, per month, per week, per day, per year,
            typical, typically, usual, usually, forecast, predict, prediction, budget, budgets, afford""",
    }.items()
    for phrase in _phrases(phrases)
}

STOPWORDS = frozenset(
    _words(
        """a about actually all also altogether am amount an and any are as at average be because been
            but by can check come could currency did do does doing done each every everything exactly far
            few for from get give go going got had has have having how i if in into is it its just know
            last like look many may me money month months much my need next of off on or our out over
            overall own per please really same see so some sum tell than that the their them there these
            they thing things this those to total totally twice up us want was we week weeks went were
            what which will with would year years you your time times day days yet now currently recorded
            made dollars dollar euros euro bucks pounds rupees usd eur gbp inr chf"""
    )
)

# A request to change something, where it stands as a command.
CHANGES = frozenset(
    _words("delete remove erase transfer send wire move add create update edit cancel rename withdraw deposit")
)
COMMANDED_AFTER = frozenset(_words("please and then now you to just"))
# Words of a question that isn't short for "how much did I spend on …".
QUESTION_WORDS = frozenset(
    _words("what who whose why is are was were will can could would does tell write explain capital weather how")
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

NUMBERS = {
    word: number
    for number, word in enumerate(_words("one two three four five six seven eight nine ten eleven twelve"), start=1)
}
ORDINALS = {word: number for number, word in enumerate(_words("first second third fourth"), start=1)}

SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}
AT_LEAST = (("more", "than"), ("at", "least"), ("greater", "than"), ("over",), ("above",), ("exceeding",))
AT_MOST = (("less", "than"), ("at", "most"), ("up", "to"), ("under",), ("below",))
# Beside one of these a small number says how many: "top 5", "five biggest", "last 10 transactions".
COUNTED = frozenset(
    _words(
        """top biggest largest highest latest recent last first newest transactions expenses purchases
            payments categories merchants payees shops stores"""
    )
)

# Words that mean one category under several names; each group is one.
SYNONYMS: tuple[frozenset[str], ...] = (
    frozenset({"grocery", "supermarket"}),
    frozenset({"restaurant", "dining", "eating"}),
    frozenset({"fuel", "petrol", "gas", "gasoline"}),
    frozenset({"transport", "transportation", "transit", "commuting"}),
    frozenset({"rent", "housing"}),
)
