"""Where money lies: kinds of accounts, wallets and banks, and which account money leaves and reaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wealth_agents.models.offline.glossary import phrases

_LONGEST_PHRASE = 3
_NEAR = 3
_NAMES: dict[str, str] = {
    "savings": """savings account, saving account, savings, bachat account, bachat, بچت اکاونٹ, بچت, سیونگ
        اکاونٹ, سیونگ, سیونگز""",
    "cash": "cash, naqd, naqad, nakad, naqdi, in hand, نقد, کیش, نقدی",
    "card": "credit card, debit card, card, visa card, mastercard, کارڈ, کریڈٹ کارڈ, ڈیبٹ کارڈ",
    "checking": "checking account, checking, current account, کرنٹ اکاونٹ",
    "bank": "bank account, bank, bank mein, atm, بینک اکاونٹ, بینک, بنک, اے ٹی ایم",
    "easypaisa": "easypaisa, easy paisa, esypaisa, easypaisay, ایزی پیسہ, ایزی پیسا, ایزی پیسے, ایزیپیسہ",
    "jazzcash": "jazzcash, jazz cash, jazcash, جاز کیش, جازکیش",
    "sadapay": "sadapay, sada pay, سادہ پے, سادا پے",
    "nayapay": "nayapay, naya pay, نیا پے",
    "paypal": "paypal, پے پال",
    "wise": "wise",
    "payoneer": "payoneer, پیونیر",
    "hbl": "hbl account, hbl, ایچ بی ایل, حبیب بینک",
    "ubl": "ubl account, ubl, یو بی ایل",
    "mcb": "mcb account, mcb, ایم سی بی",
    "meezan": "meezan bank, meezan account, meezan, میزان بینک, میزان",
    "alfalah": "bank alfalah, alfalah, الفلاح",
    "allied": "allied bank, abl",
    "askari": "askari bank, askari",
    "faysal": "faysal bank, faysal",
    "standard chartered": "standard chartered, scb",
    "wallet": "wallet, والٹ",
}
_BY_PHRASE = {phrase: name for name, text in _NAMES.items() for phrase in phrases(text)}
# With these before or after, the word is something else: a gift card, a cash flow, savings as a goal.
_OTHER_BEFORE = frozenset(
    ("gift", "birthday", "sim", "greeting", "id", "identity", "wedding", "shaadi", "شادی", "food", "piggy", "and")
)
_OTHER_AFTER = frozenset(
    (
        "flow",
        "back",
        "flows",
        "goal",
        "goals",
        "rate",
        "holiday",
        "statement",
        "ka goal",
        "target",
        "ہدف",
        "کا ہدف",
        "فلو",
    )
)
# Savings are an account only where money goes in or out.
_AROUND_SAVINGS = frozenset(("from", "to", "into", "in", "my", "~mein", "~se", "~ko"))
OUT_OF = frozenset(("from", "out", "via", "with", "using", "by", "through", "~se", "off", "on"))
INTO = frozenset(("to", "into", "in", "up", "~mein", "~ko", "onto"))


@dataclass(frozen=True, slots=True)
class Place:
    """An account and where it is named; `out` and `into` as the words around it say."""

    name: str
    start: int
    end: int
    out: bool = False
    into: bool = False


def find_accounts(words: Sequence[str], surface: Sequence[str], *, after: bool) -> list[Place]:
    """`after`: the language says "from" after the name."""
    return list(_find(words, surface, after=after))


def _find(words: Sequence[str], surface: Sequence[str], *, after: bool) -> Iterator[Place]:
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            name = _BY_PHRASE.get(" ".join(surface[at : at + length]))
            if name and _is_account(name, words, surface, at, at + length):
                mark = _mark(words, at, at + length, after=after)
                yield Place(name, at, at + length, mark in OUT_OF, mark in INTO)
                at += length
                break
        else:
            at += 1


def _mark(words: Sequence[str], start: int, end: int, *, after: bool) -> str:
    """The nearest word that says whether money comes from here or goes here."""
    near = words[end : end + 1] if after else words[max(0, start - _NEAR) : start][::-1]
    return next((word for word in near if word in OUT_OF | INTO), "")


def _is_account(name: str, words: Sequence[str], surface: Sequence[str], start: int, end: int) -> bool:
    before, following = words[start - 1] if start else "", words[end] if end < len(words) else ""
    if surface[start - 1 if start else 0] in _OTHER_BEFORE and start:
        return False
    if following in _OTHER_AFTER or tuple(words[end : end + 2]) == ("~ka", "goal"):
        return False
    if name == "savings" and surface[end - 1] not in {"account", "اکاونٹ"}:
        return bool({before, following} & _AROUND_SAVINGS) and not {"goal", "goals", "target"} & set(words)
    return True


# What a bare "bank" or "card" is among accounts that have names and kinds of their own.
_KINDS = {"bank": "bank", "cash": "cash", "card": "card", "savings": "savings", "checking": "bank", "wallet": "cash"}
_WALLETS = frozenset(("easypaisa", "jazzcash", "sadapay", "nayapay", "paypal", "wise", "payoneer"))


def named_account(meant: str, name: str, kind: str) -> bool:
    """Whether an account of this name and kind can be what was called `meant`."""
    words = name.casefold()
    known = {place.name for place in find_accounts(words.split(), words.split(), after=True)}
    if meant in words or meant in known:
        return True
    return _KINDS.get(meant) == kind and not (meant == "cash" and known & _WALLETS)
