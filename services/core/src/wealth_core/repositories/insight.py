"""What insight is computed from: the books added up in SQL, so that no answer grows with the number of transactions.

Amounts of one currency throughout; where several count, rates turn them into one and what has none is kept apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.insight import anomalies, forecast
from wealth_core.insight.anomalies import Anomalies, Spending, Usual
from wealth_core.insight.flows import CashFlow, Compared, MonthFlow, SpendingComparison
from wealth_core.insight.forecast import Forecast, PlannedFlow
from wealth_core.insight.health import BudgetMonth, Health, health
from wealth_core.insight.net_worth import NetWorth, Standing, net_worth, running_balances
from wealth_core.insight.periods import month_ends, month_starts, previous_period, year_before
from wealth_core.investments.rates import add_up
from wealth_core.models import Account, AccountKind, ScheduleKind
from wealth_core.money import Money
from wealth_core.periods import month_bounds
from wealth_core.repositories.budgets import BudgetRepository
from wealth_core.repositories.portfolio import PortfolioQueries
from wealth_core.repositories.schedules import ScheduleRepository
from wealth_core.repositories.securities import RateRepository
from wealth_core.repositories.spending import SpendingQueries

UNCATEGORISED = "Uncategorised"

_DAY = timedelta(days=1)
_ONE_YEAR = 12
_MONTH = "CAST(date_trunc('month', CAST(t.date AS timestamp)) AS date)"
# What `SpendingQueries` counts, by the same rule.
_IS_INCOME = "coalesce(c.kind = 'income', p.amount < 0)"
_CATEGORISED = """
    FROM transactions AS t
    JOIN postings AS p ON p.transaction_id = t.id
    LEFT JOIN categories AS c ON c.id = p.category_id
    WHERE p.kind = 'category' AND p.currency = :currency
"""
# What one account paid in one transaction that is neither a transfer nor a trade.
_PAYMENTS = """
    WHERE t.kind = 'standard' AND a.kind = 'account' AND a.currency = :currency AND a.amount < 0
        AND t.date BETWEEN :start AND :end
"""
_LIQUID_KINDS = (AccountKind.CASH, AccountKind.BANK, AccountKind.CARD, AccountKind.SAVINGS)
_LIQUID = str(tuple(kind.value for kind in _LIQUID_KINDS))
_BUDGET_MONTHS = 3

_BALANCE_CHANGES = text(
    f"""
    SELECT p.account_id, {_MONTH}, a.currency, sum(p.amount)
    FROM postings AS p
    JOIN transactions AS t ON t.id = p.transaction_id
    JOIN accounts AS a ON a.id = p.account_id
    WHERE p.kind = 'account' AND t.date <= :today
    GROUP BY 1, 2, 3
    """  # noqa: S608 - our own words
)
_MONTH_FLOWS = text(
    f"""
    SELECT {_MONTH},
        coalesce(sum(-p.amount) FILTER (WHERE {_IS_INCOME}), 0),
        coalesce(sum(p.amount) FILTER (WHERE NOT {_IS_INCOME}), 0)
    {_CATEGORISED} AND t.date BETWEEN :start AND :end
    GROUP BY 1
    """
)
_FIRST_RECORD = text(f"SELECT min(t.date) {_CATEGORISED}")
_COMPARED = """
    WITH labelled AS (
        SELECT {label} AS label,
            coalesce(sum(p.amount) FILTER (WHERE t.date BETWEEN :start AND :end), 0) AS now,
            coalesce(sum(p.amount) FILTER (WHERE t.date BETWEEN :previous_start AND :previous_end), 0) AS previous,
            coalesce(sum(p.amount) FILTER (WHERE t.date BETWEEN :year_start AND :year_end), 0) AS year_before,
            count(DISTINCT t.id) FILTER (WHERE t.date BETWEEN :start AND :end) AS transactions
        {categorised} AND NOT {is_income}
            AND (t.date BETWEEN :start AND :end OR t.date BETWEEN :previous_start AND :previous_end
                OR t.date BETWEEN :year_start AND :year_end)
        GROUP BY 1
    )
    SELECT label, now, previous, year_before, transactions,
        sum(now) OVER (), sum(previous) OVER (), sum(year_before) OVER (), sum(transactions) OVER ()
    FROM labelled ORDER BY now DESC, previous DESC, label LIMIT :limit
"""
_LIQUID_FLOWS = text(
    f"""
    SELECT t.date, sum(p.amount)
    FROM postings AS p
    JOIN transactions AS t ON t.id = p.transaction_id
    JOIN accounts AS a ON a.id = p.account_id
    WHERE p.kind = 'account' AND a.currency = :currency AND a.kind IN {_LIQUID} AND t.kind <> 'opening'
        AND t.date BETWEEN :start AND :end AND lower(t.payee) <> ALL (CAST(:without AS text[]))
    GROUP BY 1
    """  # noqa: S608
)
_LIQUID_BALANCE = text(
    f"""
    SELECT coalesce(sum(p.amount) FILTER (WHERE t.date <= :today), 0), min(t.date) FILTER (WHERE t.kind <> 'opening')
    FROM postings AS p
    JOIN transactions AS t ON t.id = p.transaction_id
    JOIN accounts AS a ON a.id = p.account_id
    WHERE p.kind = 'account' AND a.currency = :currency AND a.kind IN {_LIQUID}
    """  # noqa: S608
)
_LIQUID_AHEAD = text(
    f"""
    SELECT t.date, t.payee, sum(p.amount)
    FROM postings AS p
    JOIN transactions AS t ON t.id = p.transaction_id
    JOIN accounts AS a ON a.id = p.account_id
    WHERE p.kind = 'account' AND a.currency = :currency AND a.kind IN {_LIQUID} AND t.date BETWEEN :start AND :end
    GROUP BY 1, 2
    """  # noqa: S608
)
_RECENT_PAYMENTS = text(
    f"""
    SELECT t.id, a.account_id, t.date, t.payee, coalesce(c.name, '{UNCATEGORISED}'), -a.amount
    FROM transactions AS t
    JOIN postings AS a ON a.transaction_id = t.id
    JOIN postings AS p ON p.transaction_id = t.id AND p.kind = 'category'
    LEFT JOIN categories AS c ON c.id = p.category_id
    {_PAYMENTS} ORDER BY t.date DESC, t.id DESC LIMIT :limit
    """  # noqa: S608
)
_USUAL_PAYEES = text(
    f"""
    SELECT lower(t.payee),
        (array_agg(t.date ORDER BY t.date DESC, t.id DESC))[1:{anomalies.SAMPLE}],
        (array_agg(-a.amount ORDER BY t.date DESC, t.id DESC))[1:{anomalies.SAMPLE}]
    FROM transactions AS t JOIN postings AS a ON a.transaction_id = t.id
    {_PAYMENTS} AND lower(t.payee) = ANY (CAST(:payees AS text[]))
    GROUP BY 1
    """  # noqa: S608
)
_USUAL_PAYMENTS = text(
    f"""
    SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY -a.amount),
        percentile_disc({anomalies.LARGE_QUANTILE}) WITHIN GROUP (ORDER BY -a.amount)
    FROM transactions AS t JOIN postings AS a ON a.transaction_id = t.id
    {_PAYMENTS}
    """  # noqa: S608
)
_USUAL_CATEGORIES = text(
    f"""
    SELECT coalesce(c.name, '{UNCATEGORISED}'),
        (array_agg(p.amount ORDER BY t.date DESC, t.id DESC))[1:{anomalies.SAMPLE}]
    {_CATEGORISED} AND t.date BETWEEN :start AND :end AND t.kind = 'standard' AND p.amount > 0 AND NOT {_IS_INCOME}
    GROUP BY 1
    """
)
_CATEGORY_MONTHS = text(
    f"""
    SELECT coalesce(c.name, '{UNCATEGORISED}'), {_MONTH}, sum(p.amount)
    {_CATEGORISED} AND t.date BETWEEN :start AND :end AND NOT {_IS_INCOME}
    GROUP BY 1, 2
    """
)
_AT_ONCE = (AccountKind.CASH.value, AccountKind.BANK.value, AccountKind.SAVINGS.value)
_SAVINGS = text(
    """
    SELECT a.currency, sum(p.amount)
    FROM postings AS p
    JOIN transactions AS t ON t.id = p.transaction_id
    JOIN accounts AS a ON a.id = p.account_id
    WHERE p.kind = 'account' AND a.kind = ANY (CAST(:kinds AS text[])) AND t.date <= :today
    GROUP BY a.id, a.currency
    """
)
# The newest are looked at; more than this in a year is no household's.
_MAX_PAYMENTS = 50_000


class SpendingBy(StrEnum):
    CATEGORY = "category"
    PAYEE = "payee"


_LABELS = {SpendingBy.CATEGORY: f"coalesce(c.name, '{UNCATEGORISED}')", SpendingBy.PAYEE: "t.payee"}
_COMPARED_BY = {
    by: text(_COMPARED.format(label=label, categorised=_CATEGORISED, is_income=_IS_INCOME))
    for by, label in _LABELS.items()
}


class InsightQueries:
    """`today` is the last day that counts, and the end of the current month's figures."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def net_worth(self, today: Date, months: int, currency: str) -> list[NetWorth]:
        """At the end of each of so many months, the current one as of today."""
        days = month_ends(today, months)
        rows = await self._session.execute(_BALANCE_CHANGES, {"today": today})
        changes = [(account_id, month, Money(amount, code)) for account_id, month, code, amount in rows]
        balances = running_balances(changes, days)
        worths = await PortfolioQueries(self._session).worth(days)
        standings = [Standing(one.day, balances[one.day], one.values, one.unpriced) for one in worths]
        currencies = {money.currency for one in standings for money in (*one.balances, *one.investments)}
        rates = await RateRepository(self._session).newest(days, currencies | {currency})
        return [net_worth(one, currency, rates) for one in standings]

    async def cash_flow(self, today: Date, months: int, currency: str) -> CashFlow:
        """Of so many months, the current one up to today."""
        starts = month_starts(today, months)
        return CashFlow(
            currency=currency,
            months=await self._month_flows(starts, today, currency),
            other_currencies=await self._others(starts[0], today, currency),
        )

    async def spending(
        self, start: Date, end: Date, currency: str, *, by: SpendingBy = SpendingBy.CATEGORY, limit: int = 20
    ) -> SpendingComparison:
        """The largest categories or payees of a period, next to the period before and a year before."""
        previous, earlier = previous_period(start, end), year_before(start, end)
        parameters = {
            "currency": currency,
            "start": start,
            "end": end,
            "previous_start": previous[0],
            "previous_end": previous[1],
            "year_start": earlier[0],
            "year_end": earlier[1],
            "limit": limit,
        }
        rows = (await self._session.execute(_COMPARED_BY[by], parameters)).all()
        items = [_compared(*row[:5], currency=currency) for row in rows]
        whole = rows[0][5:] if rows else (Decimal(0), Decimal(0), Decimal(0), 0)
        return SpendingComparison(
            currency=currency,
            period=(start, end),
            previous=previous,
            year_before=earlier,
            total=_compared("", *whole, currency=currency),
            items=items,
            other_currencies=await self._others(start, end, currency),
        )

    async def forecast(self, today: Date, days: int, currency: str) -> Forecast:
        """Of the money in cash, bank, card and savings accounts of one currency.

        Payments that recur and transactions that are dated after today count as planned. What has a planned flow's
        payee is left out of the past that the forecast draws from, since it would count twice.
        """
        end = today + timedelta(days=days)
        planned = await self._recurring(end, currency)
        accounts = {"currency": currency}
        balance, since = (await self._session.execute(_LIQUID_BALANCE, accounts | {"today": today})).one()
        ahead = await self._session.execute(_LIQUID_AHEAD, accounts | {"start": today + _DAY, "end": end})
        known = [PlannedFlow(date, Money(amount, currency), payee) for date, payee, amount in ahead]
        flows = [*planned, *known]
        history = await self._session.execute(
            _LIQUID_FLOWS,
            accounts
            | {
                "start": month_starts(today, forecast.MAX_MONTHS + 1)[0],
                "end": today,
                "without": sorted({flow.payee.lower() for flow in flows if flow.payee}),
            },
        )
        return forecast.forecast(
            today,
            Money(balance, currency),
            {date: Decimal(amount) for date, amount in history},
            flows,
            since=since,
            days=days,
        )

    async def anomalies(self, today: Date, months: int, currency: str) -> Anomalies:
        """In so many months, the current one up to today, against the year before them."""
        start = month_starts(today, months)[0]
        recent = {"currency": currency, "start": start, "end": today}
        before = {"currency": currency, "start": month_starts(start - _DAY, _ONE_YEAR)[0], "end": start - _DAY}
        rows = await self._session.execute(_RECENT_PAYMENTS, recent | {"limit": _MAX_PAYMENTS})
        payments = _payments(Spending(*row) for row in rows)
        totals = await self._session.execute(_CATEGORY_MONTHS, {**recent, "start": before["start"]})
        by_month = {(category, month): amount for category, month, amount in totals}
        usual = await self._usual(before, sorted({one.payee.lower() for one in payments}), by_month, start)
        return anomalies.find_anomalies(
            payments,
            {(category, month): amount for (category, month), amount in by_month.items() if month >= start},
            usual,
            start=start,
            end=today,
            currency=currency,
        )

    async def health(self, today: Date, currency: str) -> tuple[Health, list[str]]:
        """And the pairs of currencies whose missing rate keeps money out of the score."""
        last = today.replace(day=1) - _DAY
        first = await self._session.scalar(_FIRST_RECORD, {"currency": currency})
        starts = [month for month in month_starts(last, _ONE_YEAR) if first is not None and month >= _complete(first)]
        flows = await self._month_flows(starts, last, currency) if starts else []
        (worth,) = await self.net_worth(today, 1, currency)
        savings = await self._savings(today, currency)
        budgets = await self._budget_months(today, currency)
        score = health(flows, savings=savings, assets=worth.assets, debts=worth.liabilities, budgets=budgets)
        return score, worth.missing_rates

    async def _recurring(self, end: Date, currency: str) -> list[PlannedFlow]:
        """What recurring payments post until then. Reminders are left out: nobody knows which payment they are of."""
        kinds = {row.id: row.kind for row in await self._session.execute(select(Account.id, Account.kind))}
        return [
            PlannedFlow(one.date, one.schedule.money, one.schedule.payee or None)
            for one in await ScheduleRepository(self._session).upcoming(end)
            if one.schedule.kind is ScheduleKind.POST
            and one.schedule.money.currency == currency
            and one.schedule.account_id is not None
            and kinds.get(one.schedule.account_id) in _LIQUID_KINDS
        ]

    async def _budget_months(self, today: Date, currency: str) -> list[BudgetMonth]:
        """How the budgets of the last complete months were kept."""
        budgets = BudgetRepository(self._session)
        months = month_starts(today.replace(day=1) - _DAY, _BUDGET_MONTHS)
        return [
            BudgetMonth(one.figures.budgeted, one.figures.spent)
            for month in months
            for one in await budgets.status(month)
            if one.figures.budgeted.currency == currency
        ]

    async def _savings(self, today: Date, currency: str) -> Money:
        """What can be had at once: cash, bank and savings accounts above zero."""
        rows = await self._session.execute(_SAVINGS, {"today": today, "kinds": list(_AT_ONCE)})
        balances = [Money(amount, code) for code, amount in rows if amount > 0]
        rates = await RateRepository(self._session).newest([today], {currency, *(one.currency for one in balances)})
        return add_up(balances, currency, rates, today).total

    async def _month_flows(self, starts: Sequence[Date], end: Date, currency: str) -> list[MonthFlow]:
        """Months in which nothing moved are there with zeros."""
        parameters = {"currency": currency, "start": starts[0], "end": end}
        rows = await self._session.execute(_MONTH_FLOWS, parameters)
        found = {month: (Decimal(income), Decimal(expense)) for month, income, expense in rows}
        nothing = (Decimal(0), Decimal(0))
        return [
            MonthFlow(month, *(Money(amount, currency) for amount in found.get(month, nothing))) for month in starts
        ]

    async def _others(self, start: Date, end: Date, currency: str) -> list[str]:
        return [one for one in await SpendingQueries(self._session).currencies(start, end) if one != currency]

    async def _usual(
        self,
        before: dict[str, Any],
        payees: Sequence[str],
        by_month: dict[tuple[str, Date], Decimal],
        start: Date,
    ) -> Usual:
        count, middle, large = (await self._session.execute(_USUAL_PAYMENTS, before)).one()
        known = await self._session.execute(_USUAL_PAYEES, before | {"payees": payees})
        categories = await self._session.execute(_USUAL_CATEGORIES, before)
        months = defaultdict[str, list[Decimal]](list)
        for (category, month), amount in by_month.items():
            if month < start:
                months[category].append(amount)
        return Usual(
            payees={payee: list(zip(dates, amounts, strict=True)) for payee, dates, amounts in known},
            categories={category: list(amounts) for category, amounts in categories},
            months=months,
            payments=count,
            median=middle,
            large=large,
        )


def _payments(rows: Iterable[Spending]) -> list[Spending]:
    """Each payment once, though a split one has a row for each part; it belongs to no category alone."""
    found: list[Spending] = []
    for row in rows:
        if found and found[-1].id == row.id:
            found[-1] = replace(row, category=None)
        else:
            found.append(row)
    return found


def _complete(first: Date) -> Date:
    """The first month that records are complete from."""
    return first if first.day == 1 else month_bounds(first)[1] + _DAY


def _compared(
    label: str, now: Decimal, previous: Decimal, earlier: Decimal, transactions: int, *, currency: str
) -> Compared:
    return Compared(
        label=label,
        amount=Money(now, currency),
        previous=Money(previous, currency),
        year_before=Money(earlier, currency),
        transactions=int(transactions),
    )
