"""Questions about spending, income, balances and transactions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from wealth_agents.models.offline.answers.plans import Call, Plan, Planner, Results
from wealth_agents.models.offline.answers.rows import listed, money
from wealth_agents.models.offline.language import Language
from wealth_agents.models.offline.lexicon.accounts import named_account
from wealth_agents.models.offline.lexicon.categories import canonical
from wealth_agents.models.offline.messages import capital, say, when, word
from wealth_agents.models.offline.periods import Period, month_before, month_of, quarter_of, week_of, year_of
from wealth_agents.models.offline.queries import Intent, Query

_SHOWN = 5
_MANY = 10


def _period(query: Query, today: date) -> Period:
    return query.periods[0] if query.periods else month_of(today)


def _spending(query: Query, today: date) -> Plan:
    period = _period(query, today)
    if query.subjects:
        return _spending_on(query, period)
    return Plan(
        [("spending_by_category", _dates(period))],
        lambda results: (
            say(query.language, "spent", amount=money(results[0]["total"]), when=when(period, query.language))
            + _list(query, "largest_categories", map(_share, results[0]["categories"][:3]))
            + _left_out(query, results[0])
        ),
    )


def _spending_on(query: Query, period: Period) -> Plan:
    calls: list[Call] = [("spending_by_category", _dates(period))]
    calls += [
        ("spending_by_payee", {**_dates(period), "payee": subject, "limit": _SHOWN}) for subject in query.subjects
    ]

    def tell(results: Results) -> str:
        by_category, *by_payee = results
        parts = [
            _on(query, subject, by_category, paid, period)
            for subject, paid in zip(query.subjects, by_payee, strict=True)
        ]
        return "\n".join(parts) + _left_out(query, by_category)

    return Plan(calls, tell)


def _on(query: Query, subject: str, by_category: Any, paid: Any, period: Period) -> str:
    then = when(period, query.language)
    for category in by_category["categories"]:
        if same(subject, category["category"]):
            amount, count = money(category["amount"]), _times(category["transactions"])
            return say(query.language, "spent_on", amount=amount, category=category["category"], when=then, count=count)
    if paid["payees"]:
        several = listed("", map(_payee, paid["payees"])) if len(paid["payees"]) > 1 else ""
        amount, count = money(paid["total"]), _times(paid["transactions"])
        return say(query.language, "paid_to", amount=amount, subject=subject, when=then, count=count) + several
    return say(query.language, "nothing_on", subject=subject, when=then)


def _by_category(query: Query, today: date) -> Plan:
    period, count = _period(query, today), query.limits.count or _MANY
    return Plan(
        [("spending_by_category", _dates(period))],
        lambda results: (
            say(query.language, "spent", amount=money(results[0]["total"]), when=when(period, query.language))
            + _list(query, "by_category", map(_share, results[0]["categories"][:count]))
            + _left_out(query, results[0])
        ),
    )


def _by_payee(query: Query, today: date) -> Plan:
    period = _period(query, today)
    if query.subjects:
        return _spending_on(query, period)

    def tell(results: Results) -> str:
        then = when(period, query.language)
        if not results[0]["payees"]:
            return say(query.language, "no_spending", when=then) + _left_out(query, results[0])
        return (
            say(query.language, "paid", amount=money(results[0]["total"]), when=then)
            + _list(query, "most_went_to", map(_payee, results[0]["payees"]))
            + _left_out(query, results[0])
        )

    return Plan([("spending_by_payee", {**_dates(period), "limit": query.limits.count or _SHOWN})], tell)


def _largest(query: Query, today: date) -> Plan:
    period = _period(query, today)
    limits = {"direction": "expense", "order": "largest", "limit": query.limits.count or _SHOWN}
    about, then = _about(query), when(period, query.language)
    return _search(
        query,
        _dates(period) | limits,
        say(query.language, "largest", about=about, when=then),
        say(query.language, "no_expenses", about=about, when=then),
    )


def _transactions(query: Query, _: date) -> Plan:
    arguments: dict[str, Any] = {"limit": query.limits.count or _MANY}
    then = ""
    if query.periods:
        arguments |= _dates(query.periods[0])
        then = f" {when(query.periods[0], query.language)}"
    if query.expenses:
        arguments["direction"] = "expense"
    what = "expenses" if query.expenses else "transactions"
    return _search(
        query,
        arguments,
        say(query.language, what, about=_about(query), when=then),
        say(query.language, f"found_no_{what}", about=_about(query), when=then),
    )


def _search(query: Query, arguments: dict[str, Any], heading: str, nothing: str) -> Plan:
    """Finds what is named as a category or in payees and notes."""
    least, most = query.limits.least, query.limits.most
    if query.amounts and not query.limits.bound:
        least = most = query.amounts[0].value  # did I spend 500 on petrol?
    if least is not None:
        arguments["min_amount"] = float(least)
    if most is not None:
        arguments["max_amount"] = float(most)
    names = [{"category": query.subjects[0]}, {"text": query.subjects[0]}] if query.subjects else [{}]

    def tell(results: Results) -> str:
        found: Sequence[Any] = next(
            (result["transactions"] for result in results if result and result["transactions"]), []
        )
        return listed(heading, map(_transaction, found)).lstrip() if found else nothing

    return Plan([("search_transactions", arguments | name) for name in names], tell, either=True)


def _compare(query: Query, today: date) -> Plan:
    first, second = _compared(query.periods, today)
    if query.subjects:
        return _both(_spending_on(query, first), _spending_on(query, second))
    if first.is_month and second.is_month:
        return Plan(
            [("compare_months", {"month": first.month, "other_month": second.month})],
            lambda results: _comparison(results[0], first, second) + _left_out(query, results[0]),
        )
    return _both(_spending_in(query, first, today), _spending_in(query, second, today))


def _spending_in(query: Query, period: Period, today: date) -> Plan:
    return _spending(replace(query, periods=(period,)), today)


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
    for unit_of in (lambda day: year_of(day.year), quarter_of, week_of):
        if unit_of(periods[0].start) == periods[0] and periods[0].end < today:
            return unit_of(today), periods[0]
    length = periods[0].end - periods[0].start
    day_before = date.fromordinal(max(periods[0].start.toordinal() - 1, length.days + 1))
    return periods[0], Period(day_before - length, day_before)


def _comparison(result: Any, first: Period, second: Period) -> str:
    expense, income = result["expense"], result["income"]
    changes = [
        f"{one['category']}: {money(one['amount'])}, {_change(one)}"
        for one in result["categories"][:_SHOWN]
        if Decimal(one["change"]["amount"])
    ]
    return (
        f"You spent {money(expense['amount'])} {first.when} and {money(expense['other_amount'])} {second.when}:"
        f" {_change(expense)}. Your income was {money(income['amount'])} and {money(income['other_amount'])}."
        + listed("What changed most:", changes)
    )


def _change(change: Any) -> str:
    amount = Decimal(change["change"]["amount"])
    if not amount:
        return "the same"
    percent = f" ({change['change_percent'].removeprefix('-')} %)" if change["change_percent"] else ""
    return f"{money(change['change']).removeprefix('-')} {'more' if amount > 0 else 'less'}{percent}"


def _income(query: Query, today: date) -> Plan:
    period = _period(query, today)
    return Plan(
        [("spending_by_category", _dates(period) | {"kind": "income"})],
        lambda results: (
            say(query.language, "income", amount=money(results[0]["total"]), when=when(period, query.language))
            + _list(query, "came_from", map(_share, results[0]["categories"][:_SHOWN]))
            + _left_out(query, results[0])
        ),
    )


def _summary(query: Query, today: date) -> Plan:
    period = _period(query, today)
    if period.is_month:
        return Plan([("monthly_summary", {"month": period.month})], lambda results: _month(query, results[0], period))
    return Plan(
        [
            ("spending_by_category", _dates(period) | {"kind": "income"}),
            ("spending_by_category", _dates(period)),
        ],
        lambda results: (
            say(
                query.language,
                "earned_and_spent",
                When=capital(when(period, query.language)),
                income=money(results[0]["total"]),
                expense=money(results[1]["total"]),
            )
            + _list(query, "spent_most_on", map(_share, results[1]["categories"][:_SHOWN]))
            + _left_out(query, results[1])
        ),
    )


def _month(query: Query, result: Any, period: Period) -> str:
    net = money(result["net"])
    kept = say(
        query.language,
        "month_overspent" if net.startswith("-") else "month_kept",
        When=capital(when(period, query.language)),
        income=money(result["income"]),
        expense=money(result["expense"]),
        net=net.removeprefix("-"),
    )
    before = say(query.language, "month_before", amount=money(result["previous"]["expense"]))
    return (
        f"{kept} {before}"
        + _list(query, "spent_most_on", map(_share, result["expenses"][:_SHOWN]))
        + _left_out(query, result)
    )


def balance(query: Query, _: date) -> Plan:
    return Plan([("list_accounts", {})], lambda results: _balances(query, results[0]))


def _balances(query: Query, result: Any) -> str:
    named = [one for one in result["accounts"] if _is_meant(query, one)]
    accounts = [f"{one['name']} ({one['kind']}): {money(one['balance'])}" for one in named or result["accounts"]]
    if not accounts:
        return say(query.language, "no_accounts")
    if named:
        return "\n".join(accounts)
    amounts = f" {word(query.language, 'and')} ".join(map(money, result["totals"]))
    return say(query.language, "balance", amount=amounts) + listed("", accounts)


def _is_meant(query: Query, account: Any) -> bool:
    if any(same(subject, account["name"]) for subject in query.subjects):
        return True
    return any(named_account(name, account["name"], account["kind"]) for name in query.accounts)


PLANNERS: Mapping[Intent, Planner] = {
    Intent.SPENDING: _spending,
    Intent.BY_CATEGORY: _by_category,
    Intent.BY_PAYEE: _by_payee,
    Intent.LARGEST: _largest,
    Intent.TRANSACTIONS: _transactions,
    Intent.COMPARE: _compare,
    Intent.INCOME: _income,
    Intent.SUMMARY: _summary,
    Intent.BALANCE: balance,
}


def _dates(period: Period) -> dict[str, str]:
    return {"date_from": period.start.isoformat(), "date_to": period.end.isoformat()}


def same(subject: str, category: str) -> bool:
    """Whether words name a category: the same words but for plural endings, or another name of the same thing."""
    asked, known = _stems(subject), _stems(category)
    meant = canonical(subject)
    return asked <= known or (meant is not None and meant == canonical(category))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(part) for part in text.casefold().replace("&", " ").split() if part != "and")


def _stem(text: str) -> str:
    if text.endswith("ies"):
        return f"{text[:-3]}y"
    return text[:-1] if text.endswith("s") and not text.endswith("ss") else text


def _about(query: Query) -> str:
    words = [f" for “{query.subjects[0]}”"] if query.subjects else []
    words += [f" of at least {query.limits.least:,f}"] if query.limits.least is not None else []
    words += [f" of at most {query.limits.most:,f}"] if query.limits.most is not None else []
    if query.language is not Language.ENGLISH:
        words = [f" (“{query.subjects[0]}”)"] if query.subjects else []
        words += [f" (≥ {query.limits.least:,f})"] if query.limits.least is not None else []
        words += [f" (≤ {query.limits.most:,f})"] if query.limits.most is not None else []
    return "".join(words)


def _times(count: int) -> str:
    return "1 transaction" if count == 1 else f"{count} transactions"


def _share(category: Any) -> str:
    share = f" ({category['share_percent']} %)" if category["share_percent"] else ""
    return f"{category['category']}: {money(category['amount'])}{share}"


def _payee(payee: Any) -> str:
    return f"{payee['payee']}: {money(payee['amount'])} ({_times(payee['transactions'])})"


def _transaction(transaction: Any) -> str:
    category = f", {transaction['category']}" if transaction["category"] else ""
    return f"{transaction['date']} {transaction['payee']}: {money(transaction['amount'])}{category}"


def _list(query: Query, heading: str, lines: Iterable[str]) -> str:
    return listed(word(query.language, heading), lines)


def _left_out(query: Query, result: Any) -> str:
    others = result["other_currencies"]
    joined = f" {word(query.language, 'and')} ".join(others)
    return f"\n{say(query.language, 'not_included', currencies=joined)}" if others else ""
