"""Budgets, and what was spent of them."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Date, cast, func, null, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.budgets import Envelope, EnvelopeMonth, Rollover, Spending, envelope_month, spent_from
from wealth_core.ledger import PostingKind
from wealth_core.models import Budget, BudgetAmount, Category, PostingRow, Transaction
from wealth_core.money import Money
from wealth_core.periods import month_bounds
from wealth_core.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class BudgetView:
    id: uuid.UUID
    category_id: uuid.UUID
    category: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class BudgetStatusView:
    """An envelope in one month."""

    budget_id: uuid.UUID
    category_id: uuid.UUID
    category: str
    rollover: Rollover
    figures: EnvelopeMonth


async def category_tree(session: AsyncSession) -> dict[uuid.UUID, uuid.UUID | None]:
    """Each category's parent."""
    rows = await session.execute(select(Category.id, getattr(Category, "parent_id", null())))
    return dict(rows.all())


class BudgetRepository(Repository[Budget]):
    model = Budget

    async def list(self) -> Sequence[BudgetView]:
        return await self._views()

    async def view(self, budget_id: uuid.UUID) -> BudgetView | None:
        return next(iter(await self._views(budget_id)), None)

    async def find(self, category_id: uuid.UUID, currency: str) -> Budget | None:
        return await self._session.scalar(
            select(Budget).where(Budget.category_id == category_id, Budget.currency == currency)
        )

    async def set_amount(self, budget: Budget, month: date, amount: Decimal) -> None:
        """What is budgeted from the month on, up to the next one that has an amount of its own."""
        new = insert(BudgetAmount).values(budget_id=budget.id, user_id=budget.user_id, month=month, amount=amount)
        await self._session.execute(
            new.on_conflict_do_update(
                index_elements=[BudgetAmount.budget_id, BudgetAmount.month], set_={"amount": new.excluded.amount}
            )
        )

    async def status(self, day: date) -> Sequence[BudgetStatusView]:
        """Every envelope of the month that `day` lies in, by name; those that begin later are left out."""
        month, end = month_bounds(day)
        views = [view for view in await self._views() if view.envelope.first_month <= month]
        if not views:
            return []
        # What doesn't roll over needs no month but this one.
        start = min(month if view.envelope.rollover is Rollover.NONE else view.envelope.first_month for view in views)
        envelopes = {(view.category_id, view.envelope.currency): view.envelope for view in views}
        spent = spent_from(envelopes, await self._spending(start, end), await category_tree(self._session))
        found = []
        for view in views:
            of_envelope = spent.get((view.category_id, view.envelope.currency), {})
            figures = envelope_month(view.envelope, of_envelope, month)
            if figures is not None:
                found.append(
                    BudgetStatusView(view.id, view.category_id, view.category, view.envelope.rollover, figures)
                )
        return found

    async def _views(self, budget_id: uuid.UUID | None = None) -> Sequence[BudgetView]:
        budgets = (
            select(Budget, Category.name)
            .join(Category, Category.id == Budget.category_id)
            .order_by(func.lower(Category.name), Budget.currency)
        )
        amounts = select(BudgetAmount.budget_id, BudgetAmount.month, BudgetAmount.amount)
        if budget_id is not None:
            budgets = budgets.where(Budget.id == budget_id)
            amounts = amounts.where(BudgetAmount.budget_id == budget_id)
        found = (await self._session.execute(budgets)).all()
        months: defaultdict[uuid.UUID, dict[date, Decimal]] = defaultdict(dict)
        for owner, month, amount in await self._session.execute(amounts):
            months[owner][month] = amount
        return [
            BudgetView(
                id=budget.id,
                category_id=budget.category_id,
                category=name,
                envelope=Envelope(
                    {month: Money(amount, budget.currency) for month, amount in months[budget.id].items()},
                    budget.rollover,
                ),
            )
            for budget, name in found
        ]

    async def _spending(self, start: date, end: date) -> Sequence[Spending]:
        month = cast(func.date_trunc("month", Transaction.date), Date)
        statement = (
            select(PostingRow.category_id, month, PostingRow.currency, func.sum(PostingRow.amount))
            .join(Transaction, Transaction.id == PostingRow.transaction_id)
            .where(
                PostingRow.kind == PostingKind.CATEGORY,
                PostingRow.category_id.is_not(None),
                Transaction.date.between(start, end),
            )
            .group_by(PostingRow.category_id, month, PostingRow.currency)
        )
        return [
            Spending(category_id, day, Money(amount, currency))
            for category_id, day, currency, amount in await self._session.execute(statement)
            if category_id is not None
        ]
