"""Whether a clause speaks of what has happened or of what is to come, which decides what "kal" and "the 5th" are."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from wealth_agents.models.offline.glossary import names


class Tense(StrEnum):
    PAST = "past"
    FUTURE = "future"
    NONE = ""


PAST_VERBS = names(
    """spent paid bought did was were had went gave received got earned sold withdrew deposited moved transferred
    sent cost purchased lost lent ordered donated charged took ate recharged topped filled refunded returned
    borrowed won made made bought drew repaid settled cleared invested splurged blew been treated shopped
    grabbed picked booked rented hired came"""
)
_TO_COME = names(
    "will shall must remind reminder due upcoming tomorrow forecast predict afford owe reminders scheduled unpaid ~yaad"
)
_OBLIGES = frozenset(
    (
        ("have", "to"),
        ("has", "to"),
        ("need", "to"),
        ("needs", "to"),
        ("going", "to"),
        ("got", "to"),
        ("supposed", "to"),
        ("to", "be"),
        ("not", "forget"),
    )
)
_LIKELY_TO_COME = names("budget goal target by until till next every upcoming save plan ~har want enough")


def tense_of(words: Sequence[str], forms: Sequence[str]) -> Tense:
    """The first that holds: an obligation or a future, a past, words that plan."""
    known = set(words)
    if known & _TO_COME or set(pairwise(words)) & _OBLIGES or _obliged(words, forms):
        return Tense.FUTURE
    if known & PAST_VERBS or "past" in forms:
        return Tense.PAST
    return Tense.FUTURE if known & _LIKELY_TO_COME or "~tak" in known else Tense.NONE


def _obliged(words: Sequence[str], forms: Sequence[str]) -> bool:
    """Dena hai, bharni hogi, dene hote hain; but not dena tha."""
    for at, form in enumerate(forms):
        if form == "future":
            return True
        following = forms[at + 1] if at + 1 < len(forms) else ""
        if form == "infinitive" and (
            following in {"present", "habit", "future"} or (at + 1 < len(words) and words[at + 1] == "~chahiye")
        ):
            return True
    return False
