"""A query as tool calls, and their results as sentences. Every figure is copied from a result; nothing is computed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wealth_agents.models.offline.dates import Period, month_before, month_of
from wealth_agents.models.offline.english import SYNONYMS
from wealth_agents.models.offline.understanding import Intent, Query
from wealth_agents.turn import Outcome

_SHOWN = 5
_MANY = 10
_Call = tuple[str, Mapping[str, Any]]
_Results = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Plan:
    calls: Sequence[_Call]
    tell: Callable[[_Results], str]
    either: bool = False
    """One call that succeeds is enough; the results of the others are None."""

    def text(self, outcomes: Sequence[Outcome]) -> str:
        failed = [str(outcome.content) for outcome in outcomes if outcome.failed]
        if failed and not (self.either and len(failed) < len(outcomes)):
            return f"I could not look that up: {failed[0]}."
        return self.tell([None if outcome.failed else outcome.content for outcome in outcomes])


def plan(query: Query, today: date) -> Plan:
    planner = _PLANNERS[query.intent]
    return planner(query, query.periods[0] if query.periods else month_of(today), today)


def _spending(query: Query, period: Period, _: date) -> Plan:
    if query.subjects:
        return _spending_on(query.subjects, period)
    return Plan(
        [("spending_by_category", _dates(period))],
        lambda results: (
            f"You spent {_money(results[0]['total'])} {period.when}."
            + _list("The largest categories:", map(_share, results[0]["categories"][:3]))
            + _left_out(results[0])
        ),
    )


def _spending_on(subjects: Sequence[str], period: Period) -> Plan:
    calls: list[_Call] = [("spending_by_category", _dates(period))]
    calls += [("spending_by_payee", {**_dates(period), "payee": subject, "limit": _SHOWN}) for subject in subjects]

    def tell(results: _Results) -> str:
        by_category, *by_payee = results
        parts = [_on(subject, by_category, paid, period) for subject, paid in zip(subjects, by_payee, strict=True)]
        return "\n".join(parts) + _left_out(by_category)

    return Plan(calls, tell)


def _on(subject: str, by_category: Any, paid: Any, period: Period) -> str:
    for category in by_category["categories"]:
        if _same(subject, category["category"]):
            count = _times(category["transactions"])
            return f"You spent {_money(category['amount'])} on {category['category']} {period.when} ({count})."
    if paid["payees"]:
        several = _list("", map(_payee, paid["payees"])) if len(paid["payees"]) > 1 else ""
        count = _times(paid["transactions"])
        return f"You paid {_money(paid['total'])} to payees named “{subject}” {period.when} ({count}).{several}"
    return f"I found no spending on “{subject}” {period.when}: no category and no payee of that name."


def _by_category(query: Query, period: Period, _: date) -> Plan:
    count = query.limits.count or _MANY
    return Plan(
        [("spending_by_category", _dates(period))],
        lambda results: (
            f"You spent {_money(results[0]['total'])} {period.when}."
            + _list("By category:", map(_share, results[0]["categories"][:count]))
            + _left_out(results[0])
        ),
    )


def _by_payee(query: Query, period: Period, _: date) -> Plan:
    if query.subjects:
        return _spending_on(query.subjects, period)
    return Plan(
        [("spending_by_payee", {**_dates(period), "limit": query.limits.count or _SHOWN})],
        lambda results: (
            (
                f"You paid {_money(results[0]['total'])} {period.when}."
                + _list("Most of it went to:", map(_payee, results[0]["payees"]))
                if results[0]["payees"]
                else f"I found no spending {period.when}."
            )
            + _left_out(results[0])
        ),
    )


def _largest(query: Query, period: Period, _: date) -> Plan:
    limits = {"direction": "expense", "order": "largest", "limit": query.limits.count or _SHOWN}
    return _search(
        query,
        _dates(period) | limits,
        f"Your largest expenses{_about(query)} {period.when}:",
        f"I found no expenses{_about(query)} {period.when}.",
    )


def _transactions(query: Query, _: Period, __: date) -> Plan:
    arguments: dict[str, Any] = {"limit": query.limits.count or _MANY}
    when = ""
    if query.periods:
        arguments |= _dates(query.periods[0])
        when = f" {query.periods[0].when}"
    if query.expenses:
        arguments["direction"] = "expense"
    what = "Expenses" if query.expenses else "Transactions"
    return _search(
        query,
        arguments,
        f"{what}{_about(query)}{when}, newest first:",
        f"I found no {what.lower()}{_about(query)}{when}.",
    )


def _search(query: Query, arguments: dict[str, Any], heading: str, nothing: str) -> Plan:
    """Finds what is named as a category or in payees and notes."""
    if query.limits.least is not None:
        arguments["min_amount"] = float(query.limits.least)
    if query.limits.most is not None:
        arguments["max_amount"] = float(query.limits.most)
    names = [{"category": query.subjects[0]}, {"text": query.subjects[0]}] if query.subjects else [{}]

    def tell(results: _Results) -> str:
        found: Sequence[Any] = next(
            (result["transactions"] for result in results if result and result["transactions"]), []
        )
        return _list(heading, map(_transaction, found)).lstrip() if found else nothing

    return Plan([("search_transactions", arguments | name) for name in names], tell, either=True)


def _compare(query: Query, _: Period, today: date) -> Plan:
    first, second = _compared(query.periods, today)
    if query.subjects:
        return _both(_spending_on(query.subjects, first), _spending_on(query.subjects, second))
    if first.is_month and second.is_month:
        return Plan(
            [("compare_months", {"month": first.month, "other_month": second.month})],
            lambda results: _comparison(results[0], first, second) + _left_out(results[0]),
        )
    return _both(_spending(query, first, today), _spending(query, second, today))


def _both(first: Plan, second: Plan) -> Plan:
    count = len(first.calls)
    return Plan(
        [*first.calls, *second.calls], lambda results: f"{first.tell(results[:count])}\n{second.tell(results[count:])}"
    )


def _compared(periods: Sequence[Period], today: date) -> tuple[Period, Period]:
    """The two periods of a comparison; with one named, "than last month" compares this month with it."""
    this, last = month_of(today), month_of(month_before(today))
    if len(periods) > 1:
        return periods[0], periods[1]
    if not periods or periods[0] in {this, last}:
        return this, last
    if periods[0].is_month:
        return periods[0], month_of(month_before(periods[0].start))
    length = periods[0].end - periods[0].start
    day_before = date.fromordinal(periods[0].start.toordinal() - 1)
    return periods[0], Period(day_before - length, day_before)


def _comparison(result: Any, first: Period, second: Period) -> str:
    expense, income = result["expense"], result["income"]
    changes = [
        f"{one['category']}: {_money(one['amount'])}, {_change(one)}"
        for one in result["categories"][:_SHOWN]
        if Decimal(one["change"]["amount"])
    ]
    return (
        f"You spent {_money(expense['amount'])} {first.when} and {_money(expense['other_amount'])} {second.when}:"
        f" {_change(expense)}. Your income was {_money(income['amount'])} and {_money(income['other_amount'])}."
        + _list("What changed most:", changes)
    )


def _change(change: Any) -> str:
    amount = Decimal(change["change"]["amount"])
    if not amount:
        return "the same"
    percent = f" ({change['change_percent'].removeprefix('-')} %)" if change["change_percent"] else ""
    return f"{_money(change['change']).removeprefix('-')} {'more' if amount > 0 else 'less'}{percent}"


def _income(_: Query, period: Period, __: date) -> Plan:
    return Plan(
        [("spending_by_category", _dates(period) | {"kind": "income"})],
        lambda results: (
            f"Your income {period.when} was {_money(results[0]['total'])}."
            + _list("It came from:", map(_share, results[0]["categories"][:_SHOWN]))
            + _left_out(results[0])
        ),
    )


def _summary(_: Query, period: Period, __: date) -> Plan:
    if period.is_month:
        return Plan([("monthly_summary", {"month": period.month})], lambda results: _month(results[0], period))
    return Plan(
        [
            ("spending_by_category", _dates(period) | {"kind": "income"}),
            ("spending_by_category", _dates(period)),
        ],
        lambda results: (
            f"{_capital(period.when)} you earned {_money(results[0]['total'])} and spent {_money(results[1]['total'])}."
            + _list("You spent most on:", map(_share, results[1]["categories"][:_SHOWN]))
            + _left_out(results[1])
        ),
    )


def _month(result: Any, period: Period) -> str:
    net = _money(result["net"])
    kept = f"spent {net.removeprefix('-')} more than came in" if net.startswith("-") else f"kept {net}"
    return (
        f"{_capital(period.when)} you earned {_money(result['income'])}, spent {_money(result['expense'])} and {kept}."
        f" The month before you spent {_money(result['previous']['expense'])}."
        + _list("You spent most on:", map(_share, result["expenses"][:_SHOWN]))
        + _left_out(result)
    )


def _balance(query: Query, _: Period, __: date) -> Plan:
    return Plan([("list_accounts", {})], lambda results: _balances(results[0], query.subjects))


def _balances(result: Any, subjects: Sequence[str]) -> str:
    named = [one for one in result["accounts"] if any(_same(subject, one["name"]) for subject in subjects)]
    accounts = [f"{one['name']} ({one['kind']}): {_money(one['balance'])}" for one in named or result["accounts"]]
    if not accounts:
        return "You have no accounts yet."
    if named:
        return "\n".join(accounts)
    return f"You have {' and '.join(map(_money, result['totals']))} in your accounts." + _list("", accounts)


_PLANNERS: Mapping[Intent, Callable[[Query, Period, date], Plan]] = {
    Intent.SPENDING: _spending,
    Intent.BY_CATEGORY: _by_category,
    Intent.BY_PAYEE: _by_payee,
    Intent.LARGEST: _largest,
    Intent.TRANSACTIONS: _transactions,
    Intent.COMPARE: _compare,
    Intent.INCOME: _income,
    Intent.SUMMARY: _summary,
    Intent.BALANCE: _balance,
}
ANSWERED = frozenset(_PLANNERS)


def _dates(period: Period) -> dict[str, str]:
    return {"date_from": period.start.isoformat(), "date_to": period.end.isoformat()}


def _same(subject: str, category: str) -> bool:
    """Whether words name a category: the same words but for plural endings, or all of them among its synonyms."""
    asked, known = _stems(subject), _stems(category)
    if asked <= known:
        return True
    return any(asked & group and known & group for group in SYNONYMS)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in text.casefold().replace("&", " ").split() if word != "and")


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _about(query: Query) -> str:
    words = [f" for “{query.subjects[0]}”"] if query.subjects else []
    words += [f" of at least {query.limits.least:,f}"] if query.limits.least is not None else []
    words += [f" of at most {query.limits.most:,f}"] if query.limits.most is not None else []
    return "".join(words)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _money(money: Any) -> str:
    return f"{Decimal(money['amount']):,f} {money['currency']}"


def _times(count: int) -> str:
    return "1 transaction" if count == 1 else f"{count} transactions"


def _share(category: Any) -> str:
    share = f" ({category['share_percent']} %)" if category["share_percent"] else ""
    return f"{category['category']}: {_money(category['amount'])}{share}"


def _payee(payee: Any) -> str:
    return f"{payee['payee']}: {_money(payee['amount'])} ({_times(payee['transactions'])})"


def _transaction(transaction: Any) -> str:
    category = f", {transaction['category']}" if transaction["category"] else ""
    return f"{transaction['date']} {transaction['payee']}: {_money(transaction['amount'])}{category}"


def _list(heading: str, lines: Any) -> str:
    text = "".join(f"\n- {line}" for line in lines)
    return f"{' ' if heading else ''}{heading}{text}" if text else ""


def _left_out(result: Any) -> str:
    others = result["other_currencies"]
    return f"\nNot included: what was paid in {' and '.join(others)}." if others else ""
