"""A category for a payee: what the user chose for it last, else what its words say."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wealth_core.models import Category, CategoryKind

# In the order in which they decide; * stands for any ending. The names are those of categories.defaults.
_WORDS = (
    (CategoryKind.INCOME, "Salary", "salary payroll wage wages gehalt lohn stipend"),
    (CategoryKind.INCOME, "Interest", "interest dividend* zinsen"),
    (CategoryKind.INCOME, "Refunds", "refund* reimburs* cashback"),
    (
        CategoryKind.EXPENSE,
        "Groceries",
        "grocer* supermarket* supermarkt* aldi lidl tesco rewe edeka carrefour kroger walmart kirana",
    ),
    (
        CategoryKind.EXPENSE,
        "Eating out",
        "restaurant* cafe* caf\u00e9* coffee* starbucks pizz* burger* mcdonald* bistro* bakery deliveroo",
    ),
    (CategoryKind.EXPENSE, "Housing", "rent rental mortgage landlord miete"),
    (
        CategoryKind.EXPENSE,
        "Utilities",
        "electric* water gas energy internet broadband telecom* mobile vodafone strom* bijli",
    ),
    (
        CategoryKind.EXPENSE,
        "Transport",
        "metro bus train* rail* taxi* uber lyft careem fuel petrol parking transit ticket* shell",
    ),
    (CategoryKind.EXPENSE, "Health", "pharmacy apotheke doctor* dental dentist* hospital* clinic* gym"),
    (CategoryKind.EXPENSE, "Subscriptions", "netflix* spotify* subscription* icloud patreon disney*"),
    (CategoryKind.EXPENSE, "Entertainment", "cinema* theatre* theater* steam concert* museum*"),
    (CategoryKind.EXPENSE, "Travel", "hotel* airbnb airline* airways booking* flight* hostel*"),
    (CategoryKind.EXPENSE, "Education", "school* universit* tuition course* udemy coursera"),
    (CategoryKind.EXPENSE, "Insurance", "insurance* versicherung* allianz"),
    (CategoryKind.EXPENSE, "Fees", "fee fees charge charges commission"),
    (CategoryKind.EXPENSE, "Shopping", "amazon* ebay* ikea zara store* shop* mall clothing"),
)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words.replace('*', chr(92) + 'w*').replace(' ', '|')})\b", re.IGNORECASE)


_RULES = tuple((kind, name, _pattern(words)) for kind, name, words in _WORDS)


@dataclass(frozen=True, slots=True)
class Guess:
    category_id: uuid.UUID
    name: str


class Guesser:
    def __init__(self, categories: Sequence[Category], chosen: Mapping[str, uuid.UUID]) -> None:
        self._by_id = {category.id: Guess(category.id, category.name) for category in categories}
        self._by_name = {(category.kind, category.name.casefold()): self._by_id[category.id] for category in categories}
        self._chosen = chosen

    def guess(self, payee: str, *, is_income: bool) -> Guess | None:
        chosen = self._chosen.get(payee.lower())
        if chosen is not None:
            return self._by_id.get(chosen)
        wanted = CategoryKind.INCOME if is_income else CategoryKind.EXPENSE
        for kind, name, words in _RULES:
            if kind is wanted and words.search(payee):
                return self._by_name.get((kind, name.casefold()))
        return None
