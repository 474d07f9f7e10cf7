"""Where the money came from and went. Sums are per currency: without a rate nothing is added up across currencies."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from wealth_core.ledger import PostingKind
from wealth_core.models import Category, CategoryKind, PostingRow, Transaction
from wealth_core.money import Money
from wealth_core.periods import month_bounds, previous_month
from wealth_core.repositories.base import AnySelect
from wealth_core.repositories.categories import roots

# An uncategorised posting is income when money came from outside (its category side is then negative), else spending.
# Never NULL: its negation would then drop the row.
_is_income: ColumnElement[bool] = func.coalesce(Category.kind == CategoryKind.INCOME, PostingRow.amount < 0)
_kind = case((_is_income, CategoryKind.INCOME.value), else_=CategoryKind.EXPENSE.value)
_income = func.coalesce(func.sum(-PostingRow.amount).filter(_is_income), 0)
_transactions = func.count(Transaction.id.distinct())  # one that is split has several postings
_expense = func.coalesce(func.sum(PostingRow.amount).filter(~_is_income), 0)


@dataclass(frozen=True, slots=True)
class Totals:
    income: Money
    expense: Money

    @property
    def net(self) -> Money:
        return self.income - self.expense


@dataclass(frozen=True, slots=True)
class CategorySpending:
    """`amount` is positive: what was spent (kind expense) or earned (kind income); refunds are already subtracted."""

    category_id: uuid.UUID | None
    name: str | None
    kind: CategoryKind
    amount: Money
    transactions: int


@dataclass(frozen=True, slots=True)
class PayeeSpending:
    payee: str
    amount: Money
    transactions: int


@dataclass(frozen=True, slots=True)
class DayTotals:
    date: Date
    totals: Totals


@dataclass(frozen=True, slots=True)
class MonthlySummary:
    month: Date
    currency: str
    totals: Totals
    categories: Sequence[CategorySpending]
    days: Sequence[DayTotals]
    previous: Totals
    other_currencies: Sequence[str]


class SpendingQueries:
    """`start` and `end` are both included everywhere."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def totals(self, start: Date, end: Date, currency: str) -> Totals:
        row = (await self._session.execute(_within(select(_income, _expense), start, end, currency))).one()
        return _totals(row[0], row[1], currency)

    async def by_category(
        self, start: Date, end: Date, currency: str, *, kind: CategoryKind | None = None, rolled_up: bool = False
    ) -> list[CategorySpending]:
        """The largest first; spending without a category comes with `category_id` and `name` None.

        Rolled up, each category stands for all that are below it, and only those at the top are told.
        """
        shown = aliased(Category, name="shown") if rolled_up else Category
        amount = func.sum(case((_is_income, -PostingRow.amount), else_=PostingRow.amount))
        columns = select(shown.id, shown.name, _kind, amount, _transactions)
        statement = _within(columns, start, end, currency).group_by(shown.id, shown.name, _kind)
        if rolled_up:
            top = roots()
            statement = statement.outerjoin(top, top.c.id == Category.id).outerjoin(shown, shown.id == top.c.root_id)
        rows = await self._session.execute(statement.order_by(amount.desc(), shown.name))
        return [
            CategorySpending(category_id, name, CategoryKind(row_kind), Money(total, currency), count)
            for category_id, name, row_kind, total, count in rows
            if kind is None or row_kind == kind
        ]

    async def by_payee(self, start: Date, end: Date, currency: str, *, limit: int = 20) -> list[PayeeSpending]:
        """Spending only, the largest first."""
        amount = func.sum(PostingRow.amount)
        columns = select(Transaction.payee, amount, _transactions)
        statement = _within(columns, start, end, currency).where(~_is_income).group_by(Transaction.payee)
        rows = await self._session.execute(statement.order_by(amount.desc(), Transaction.payee).limit(limit))
        return [PayeeSpending(payee, Money(total, currency), count) for payee, total, count in rows]

    async def by_day(self, start: Date, end: Date, currency: str) -> list[DayTotals]:
        """Days on which nothing happened are left out."""
        statement = _within(select(Transaction.date, _income, _expense), start, end, currency)
        rows = await self._session.execute(statement.group_by(Transaction.date).order_by(Transaction.date))
        return [DayTotals(day, _totals(income, expense, currency)) for day, income, expense in rows]

    async def currencies(self, start: Date, end: Date) -> list[str]:
        statement = _between(select(PostingRow.currency), start, end).distinct().order_by(PostingRow.currency)
        return list(await self._session.scalars(statement))

    async def monthly_summary(self, month: Date, currency: str, *, rolled_up: bool = False) -> MonthlySummary:
        """The month that `month` lies in, next to the one before."""
        start, end = month_bounds(month)
        return MonthlySummary(
            month=start,
            currency=currency,
            totals=await self.totals(start, end, currency),
            categories=await self.by_category(start, end, currency, rolled_up=rolled_up),
            days=await self.by_day(start, end, currency),
            previous=await self.totals(*month_bounds(previous_month(start)), currency),
            other_currencies=[other for other in await self.currencies(start, end) if other != currency],
        )


def _between(statement: AnySelect, start: Date, end: Date) -> AnySelect:
    return (
        statement.select_from(Transaction)
        .join(PostingRow, PostingRow.transaction_id == Transaction.id)
        .outerjoin(Category, Category.id == PostingRow.category_id)
        .where(PostingRow.kind == PostingKind.CATEGORY, Transaction.date.between(start, end))
    )


def _within(statement: AnySelect, start: Date, end: Date, currency: str) -> AnySelect:
    return _between(statement, start, end).where(PostingRow.currency == currency)


def _totals(income: Decimal, expense: Decimal, currency: str) -> Totals:
    return Totals(Money(Decimal(income), currency), Money(Decimal(expense), currency))
