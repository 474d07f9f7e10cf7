"""What the user tells to be noted, as a proposal. Nothing is done here: the application asks the user to confirm it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wealth_agents.models.offline.amounts import Amount
from wealth_agents.models.offline.answers.rows import rows
from wealth_agents.models.offline.language import Language
from wealth_agents.models.offline.lexicon.accounts import named_account
from wealth_agents.models.offline.lexicon.categories import canonical
from wealth_agents.models.offline.messages import say, word
from wealth_agents.models.offline.periods import Period
from wealth_agents.models.offline.queries import Intent, Query
from wealth_agents.turn import Toolbox

_TOOLS = {
    Intent.RECORD_EXPENSE: "propose_transaction",
    Intent.RECORD_INCOME: "propose_transaction",
    Intent.RECORD_TRANSFER: "propose_transfer",
    Intent.REMINDER: "propose_recurring",
    Intent.SET_BUDGET: "propose_budget",
    Intent.SET_GOAL: "propose_goal",
}
_UNNAMED = {Intent.RECORD_EXPENSE: "unnamed_expense", Intent.RECORD_INCOME: "unnamed_income"}
_ONCE = "FREQ=DAILY;COUNT=1"
_LISTED = 12
# What an account is that money is spent from where none is named: what people have at hand first.
_AT_HAND = ("cash", "bank", "card")


@dataclass(frozen=True, slots=True)
class _Books:
    """The user's accounts and categories, as far as the toolbox lists them."""

    accounts: Sequence[Mapping[str, Any]]
    categories: Sequence[Mapping[str, Any]]

    def account(self, meant: str, currency: str | None = None) -> Mapping[str, Any] | None:
        exact = [one for one in self.accounts if str(one["name"]).casefold() == meant]
        fits = [one for one in self.accounts if named_account(meant, str(one["name"]), str(one.get("kind", "")))]
        return next(iter([*exact, *self._in(currency, fits), *fits]), None)

    def at_hand(self, currency: str | None) -> Mapping[str, Any] | None:
        fits = self._in(currency, self.accounts)
        by_kind = {str(one.get("kind", "")): one for one in reversed(fits)}
        return next((by_kind[kind] for kind in _AT_HAND if kind in by_kind), next(iter(fits), None))

    def _in(self, currency: str | None, accounts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Those in a currency; where none is named, in the one that most accounts are in."""
        held = Counter(one["balance"]["currency"] for one in self.accounts)
        wanted = currency or next((code for code, _ in held.most_common(1)), None)
        return [one for one in accounts if one["balance"]["currency"] == wanted]

    def category(self, query: Query) -> str | None:
        """The user's own name for it."""
        for one in self.categories:
            name = str(one.get("name", ""))
            same = name.casefold() in {query.category, *query.subjects}
            if same or (query.category is not None and canonical(name) == query.category):
                return name
        return None

    @property
    def account_names(self) -> str:
        return ", ".join(str(one["name"]) for one in self.accounts[:_LISTED])

    @property
    def category_names(self) -> str:
        return ", ".join(str(one.get("name", "")) for one in self.categories[:_LISTED])


@dataclass(frozen=True, slots=True)
class _Ready:
    """The arguments of a proposal, and what has to be said about them."""

    arguments: Mapping[str, Any]
    note: str = ""


class _Unclear(Exception):  # noqa: N818 - a question back, no error
    """What the user has to say first; the message asks for it."""


async def propose(query: Query, today: date, toolbox: Toolbox) -> str:
    tool = _TOOLS[query.intent]
    offered = {one.name for one in toolbox.tools}
    if tool not in offered:
        return say(query.language, "no_tool", tools=tool)
    if not query.amounts:
        return say(query.language, "how_much")
    try:
        ready = _MAKERS[query.intent](query, await _look_up(toolbox, offered), today)
    except _Unclear as question:
        return str(question)
    (outcome,) = await toolbox.run((tool, ready.arguments))
    if outcome.failed:
        return say(query.language, "not_proposed", reason=str(outcome.content).rstrip("."))
    text = say(query.language, "proposed", summary=str(outcome.content["summary"]))
    notes = [ready.note, say(query.language, "revised") if query.revises else ""]
    return "\n".join([text, *filter(None, notes)])


async def _look_up(toolbox: Toolbox, offered: set[str]) -> _Books:
    wanted = [name for name in ("list_accounts", "list_categories") if name in offered]
    outcomes = await toolbox.run(*((name, {}) for name in wanted))
    given = {name: outcome.content for name, outcome in zip(wanted, outcomes, strict=True) if not outcome.failed}
    return _Books(rows(given.get("list_accounts"), "account"), rows(given.get("list_categories"), "categor"))


def _transaction(query: Query, books: _Books, today: date) -> _Ready:
    amount = query.amounts[0]
    account, note = _account(query, books, amount)
    sign = -1 if query.intent is Intent.RECORD_EXPENSE else 1
    arguments: dict[str, Any] = {
        "account": account["name"],
        "amount": _written(sign * amount.value),
        "payee": _capital(query.payee or _thing(query) or word(query.language, _UNNAMED[query.intent])),
        "date": _day(query.periods, today).isoformat(),
    }
    category = books.category(query)
    return _Ready(arguments | ({"category": category} if category else {}), note)


def _account(query: Query, books: _Books, amount: Amount) -> tuple[Mapping[str, Any], str]:
    if query.accounts:
        account = books.account(query.accounts[0], amount.currency)
        if account is None:
            raise _Unclear(say(query.language, "which_account", accounts=books.account_names))
        return account, ""
    account = books.at_hand(amount.currency)
    if account is None and books.accounts:
        raise _Unclear(say(query.language, "no_such_currency", currency=amount.currency or ""))
    if account is None:
        raise _Unclear(say(query.language, "no_accounts"))
    note = say(query.language, "account_taken", account=str(account["name"])) if len(books.accounts) > 1 else ""
    return account, note


def _transfer(query: Query, books: _Books, today: date) -> _Ready:
    ends = [books.account(name, query.amounts[0].currency) for name in query.accounts]
    if len(ends) != 2 or None in ends or ends[0] == ends[1]:  # noqa: PLR2004 - two ends
        raise _Unclear(say(query.language, "which_account", accounts=books.account_names))
    source, target = (end["name"] for end in ends if end is not None)
    return _Ready(
        {
            "from_account": source,
            "to_account": target,
            "amount": _written(query.amounts[0].value),
            "date": _day(query.periods, today).isoformat(),
        }
    )


def _recurring(query: Query, books: _Books, today: date) -> _Ready:
    account, note = _account(query, books, query.amounts[0])
    arguments: dict[str, Any] = {
        "name": _name(query),
        "amount": _written(-query.amounts[0].value),
        "account": account["name"],
        "start_date": (query.periods[0].start if query.periods else today).isoformat(),
        "remind_only": query.reminds or query.frequency is None,
    }
    arguments |= {"frequency": query.frequency} if query.frequency else {"rule": _ONCE}
    category = books.category(query)
    return _Ready(arguments | ({"category": category} if category else {}), note)


def _budget(query: Query, books: _Books, today: date) -> _Ready:
    category = books.category(query) or (None if books.categories else query.category)
    if category is None:
        raise _Unclear(say(query.language, "which_category", categories=books.category_names))
    arguments: dict[str, Any] = {"category": category, "amount": _written(query.amounts[0].value)}
    period = query.periods[0] if query.periods else None
    if period is not None and period.end >= today.replace(day=1):
        arguments["month"] = period.month
    return _Ready(arguments | _currency(query.amounts[0]))


def _goal(query: Query, books: _Books, _: date) -> _Ready:
    arguments: dict[str, Any] = {"name": _name(query), "target_amount": _written(query.amounts[0].value)}
    if query.periods:
        arguments["target_date"] = query.periods[0].end.isoformat()
    account = books.account(query.accounts[0]) if query.accounts else None
    if account is not None:
        return _Ready(arguments | {"account": account["name"]})
    return _Ready(arguments | _currency(query.amounts[0]))


_MAKERS: Mapping[Intent, Callable[[Query, _Books, date], _Ready]] = {
    Intent.RECORD_EXPENSE: _transaction,
    Intent.RECORD_INCOME: _transaction,
    Intent.RECORD_TRANSFER: _transfer,
    Intent.REMINDER: _recurring,
    Intent.SET_BUDGET: _budget,
    Intent.SET_GOAL: _goal,
}


def _currency(amount: Amount) -> dict[str, str]:
    return {"currency": amount.currency} if amount.currency else {}


def _written(value: Decimal) -> str:
    """As the tools take it: no exponent, no more decimals than a currency has."""
    exact = value.quantize(Decimal("0.0001")).normalize()
    return f"{exact:f}"


def _day(periods: Sequence[Period], today: date) -> date:
    """A month that was named has no day: its first, or today while it lasts."""
    if not periods:
        return today
    return today if periods[0].start < today <= periods[0].end else periods[0].start


def _name(query: Query) -> str:
    default = {Language.ENGLISH: "Savings", Language.ROMAN_URDU: "Bachat", Language.URDU: "بچت"}[query.language]
    return _capital(_thing(query) or query.payee or default)


def _thing(query: Query) -> str:
    """What it was for, in the user's own word if there is one."""
    return (query.subjects[0] if query.subjects else "") or query.category or ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
