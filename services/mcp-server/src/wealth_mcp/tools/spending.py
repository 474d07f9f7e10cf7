"""Where the money came from and went, added up."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from wealth_core.insight.periods import previous_period, year_before
from wealth_core.models import CategoryKind
from wealth_core.money import Money
from wealth_core.periods import previous_month
from wealth_core.repositories import CategorySpending, SpendingQueries, Totals
from wealth_core.repositories import MonthlySummary as Summary
from wealth_mcp.books import Books, Call, open_books
from wealth_mcp.schemas import (
    Amount,
    Currency,
    DateFrom,
    DateTo,
    Month,
    MonthLabel,
    Period,
    PlainText,
    first_day,
    percent,
)

UNCATEGORISED = "Uncategorised"
_ALL_PAYEES = 100_000


class CategoryTotal(BaseModel):
    category: str
    amount: Amount
    share_percent: str | None
    transactions: int


class ComparedCategoryTotal(CategoryTotal):
    previous: Amount = Field(description="In as many months, or days, before")
    year_before: Amount = Field(description="In the same period a year before")


class CategoryTotals(Period):
    kind: CategoryKind
    total: Amount
    previous_total: Amount = Field(description="In as many months, or days, before")
    year_before_total: Amount = Field(description="In the same period a year before")
    categories: list[ComparedCategoryTotal]


class PayeeTotal(BaseModel):
    payee: str
    amount: Amount
    previous: Amount = Field(description="In as many months, or days, before")
    year_before: Amount = Field(description="In the same period a year before")
    transactions: int


class PayeeTotals(Period):
    payees: list[PayeeTotal] = Field(description="The largest, at most limit of them")
    matching: int = Field(description="How many payees there are in all")
    transactions: int = Field(description="Of all of them")
    total: Amount = Field(description="Of all of them")


class MonthTotals(BaseModel):
    month: MonthLabel
    income: Amount
    expense: Amount
    net: Amount = Field(description="income minus expense")


class MonthlySummary(MonthTotals):
    currency: str
    other_currencies: list[str]
    expenses: list[CategoryTotal]
    previous: MonthTotals


class Change(BaseModel):
    amount: Amount
    other_amount: Amount
    change: Amount = Field(description="amount minus other_amount")
    change_percent: str | None


class CategoryChange(Change):
    category: str


class MonthComparison(BaseModel):
    month: MonthLabel
    other_month: MonthLabel
    currency: str
    other_currencies: list[str]
    income: Change
    expense: Change
    categories: list[CategoryChange] = Field(description="Spending; the largest change first")


async def spending_by_category(
    call: Call,
    *,
    date_from: DateFrom,
    date_to: DateTo,
    kind: Annotated[CategoryKind, Field(description="What was spent, or what was earned")] = CategoryKind.EXPENSE,
    currency: Currency = None,
) -> CategoryTotals:
    """Total spending (or income) in a period and its categories, the largest first."""
    _check_order(date_from, date_to)
    async with open_books(call) as books:
        code, queries = books.currency(currency), SpendingQueries(books.session)
        found = await queries.by_category(date_from, date_to, code, kind=kind)
        previous, earlier = [
            {one.name: one.amount for one in await queries.by_category(*period, code, kind=kind)}
            for period in (previous_period(date_from, date_to), year_before(date_from, date_to))
        ]
        others = await _others(books, date_from, date_to, code)
    total, nothing = Money.total((one.amount for one in found), code), Money.zero(code)
    return CategoryTotals(
        date_from=date_from,
        date_to=date_to,
        currency=code,
        other_currencies=others,
        kind=kind,
        total=Amount.of(total),
        previous_total=Amount.of(Money.total(previous.values(), code)),
        year_before_total=Amount.of(Money.total(earlier.values(), code)),
        categories=[
            ComparedCategoryTotal(
                **dict(shown),
                previous=Amount.of(previous.get(one.name, nothing)),
                year_before=Amount.of(earlier.get(one.name, nothing)),
            )
            for one, shown in zip(found, _category_totals(found, total), strict=True)
        ],
    )


async def spending_by_payee(
    call: Call,
    *,
    date_from: DateFrom,
    date_to: DateTo,
    payee: Annotated[PlainText | None, Field(max_length=200, description="Part of the payee's name")] = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    currency: Currency = None,
) -> PayeeTotals:
    """What was paid to whom in a period, the largest first, and the total of all payees that match."""
    _check_order(date_from, date_to)
    async with open_books(call) as books:
        code, queries = books.currency(currency), SpendingQueries(books.session)
        every = await queries.by_payee(date_from, date_to, code, limit=_ALL_PAYEES)
        previous, earlier = [
            {one.payee: one.amount for one in await queries.by_payee(*period, code, limit=_ALL_PAYEES)}
            for period in (previous_period(date_from, date_to), year_before(date_from, date_to))
        ]
        others = await _others(books, date_from, date_to, code)
    nothing = Money.zero(code)
    found = [one for one in every if payee is None or payee.casefold() in one.payee.casefold()]
    return PayeeTotals(
        date_from=date_from,
        date_to=date_to,
        currency=code,
        other_currencies=others,
        payees=[
            PayeeTotal(
                payee=one.payee,
                amount=Amount.of(one.amount),
                previous=Amount.of(previous.get(one.payee, nothing)),
                year_before=Amount.of(earlier.get(one.payee, nothing)),
                transactions=one.transactions,
            )
            for one in found[:limit]
        ],
        matching=len(found),
        transactions=sum(one.transactions for one in found),
        total=Amount.of(Money.total((one.amount for one in found), code)),
    )


async def monthly_summary(call: Call, month: Month, currency: Currency = None) -> MonthlySummary:
    """Income, spending and what was left in one month, its spending by category, and the month before."""
    async with open_books(call) as books:
        summary = await SpendingQueries(books.session).monthly_summary(first_day(month), books.currency(currency))
    return MonthlySummary(
        **dict(_month_totals(summary.month, summary.totals)),
        currency=summary.currency,
        other_currencies=list(summary.other_currencies),
        expenses=_category_totals(_expenses(summary), summary.totals.expense),
        previous=_month_totals(previous_month(summary.month), summary.previous),
    )


async def compare_months(call: Call, month: Month, other_month: Month, currency: Currency = None) -> MonthComparison:
    """How income and spending of one month differ from another's, in all and by category."""
    async with open_books(call) as books:
        code, queries = books.currency(currency), SpendingQueries(books.session)
        this = await queries.monthly_summary(first_day(month), code)
        other = await queries.monthly_summary(first_day(other_month), code)
    spent, before, nothing = _by_name(this), _by_name(other), Money.zero(code)
    changes = {name: _change(spent.get(name, nothing), before.get(name, nothing)) for name in spent | before}
    return MonthComparison(
        month=month,
        other_month=other_month,
        currency=code,
        other_currencies=sorted({*this.other_currencies, *other.other_currencies}),
        income=_change(this.totals.income, other.totals.income),
        expense=_change(this.totals.expense, other.totals.expense),
        categories=[
            CategoryChange(category=name, **dict(change))
            for name, change in sorted(changes.items(), key=lambda one: -abs(Decimal(one[1].change.amount)))
        ],
    )


def _check_order(date_from: dt.date, date_to: dt.date) -> None:
    if date_to < date_from:
        raise ToolError(f"date_to {date_to} is before date_from {date_from}")


async def _others(books: Books, date_from: dt.date, date_to: dt.date, currency: str) -> list[str]:
    return [one for one in await SpendingQueries(books.session).currencies(date_from, date_to) if one != currency]


def _category_totals(found: Sequence[CategorySpending], total: Money) -> list[CategoryTotal]:
    return [
        CategoryTotal(
            category=one.name or UNCATEGORISED,
            amount=Amount.of(one.amount),
            share_percent=percent(one.amount.amount, total.amount),
            transactions=one.transactions,
        )
        for one in found
    ]


def _expenses(summary: Summary) -> list[CategorySpending]:
    return [one for one in summary.categories if one.kind is CategoryKind.EXPENSE]


def _by_name(summary: Summary) -> dict[str, Money]:
    return {one.name or UNCATEGORISED: one.amount for one in _expenses(summary)}


def _month_totals(month: dt.date, totals: Totals) -> MonthTotals:
    return MonthTotals(
        month=f"{month:%Y-%m}",
        income=Amount.of(totals.income),
        expense=Amount.of(totals.expense),
        net=Amount.of(totals.net),
    )


def _change(this: Money, other: Money) -> Change:
    change = this - other
    return Change(
        amount=Amount.of(this),
        other_amount=Amount.of(other),
        change=Amount.of(change),
        change_percent=percent(change.amount, other.amount),
    )
