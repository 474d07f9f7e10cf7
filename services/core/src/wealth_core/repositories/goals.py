"""Goals with what is saved for them, from the balances of accounts or from contributions."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Subquery, delete, func, select, true, union_all

from wealth_core.goals import PACE_DAYS, GoalProgress, pace_window, progress
from wealth_core.models import Goal, GoalAccount, GoalContribution, PostingRow, Transaction, TransactionKind
from wealth_core.money import Money
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import decode_id, encode_id


@dataclass(frozen=True, slots=True)
class GoalView:
    id: uuid.UUID
    name: str
    target: Money
    target_date: Date | None
    account_ids: Sequence[uuid.UUID]
    progress: GoalProgress


@dataclass(frozen=True, slots=True)
class _Savings:
    """All that was saved, since when, and what of it on which of the last days."""

    total: Decimal
    began: Date
    lately: Mapping[Date, Decimal]

    @classmethod
    def none(cls, today: Date) -> "_Savings":
        return cls(Decimal(0), today, {})


class GoalRepository(Repository[Goal]):
    model = Goal

    async def list(self, today: Date) -> Sequence[GoalView]:
        return await self._views(today)

    async def view(self, goal_id: uuid.UUID, today: Date) -> GoalView | None:
        return next(iter(await self._views(today, goal_id)), None)

    async def accounts(self, goal_id: uuid.UUID) -> set[uuid.UUID]:
        found = select(GoalAccount.account_id).where(GoalAccount.goal_id == goal_id)
        return set(await self._session.scalars(found))

    async def taken(self, account_ids: Sequence[uuid.UUID], goal_id: uuid.UUID) -> bool:
        """Whether another goal has one of the accounts."""
        statement = select(GoalAccount.goal_id).where(
            GoalAccount.account_id.in_(account_ids), GoalAccount.goal_id != goal_id
        )
        return await self._session.scalar(statement.limit(1)) is not None

    async def set_accounts(self, goal: Goal, account_ids: Sequence[uuid.UUID]) -> None:
        await self._session.execute(delete(GoalAccount).where(GoalAccount.goal_id == goal.id))
        self._session.add_all(
            GoalAccount(account_id=one, goal_id=goal.id, user_id=goal.user_id, currency=goal.currency)
            for one in account_ids
        )
        await self._session.flush()

    async def has_contributions(self, goal_id: uuid.UUID) -> bool:
        statement = select(GoalContribution.id).where(GoalContribution.goal_id == goal_id).limit(1)
        return await self._session.scalar(statement) is not None

    async def _views(self, today: Date, goal_id: uuid.UUID | None = None) -> Sequence[GoalView]:
        wanted = select(Goal).order_by(func.lower(Goal.name))
        linked = select(GoalAccount.goal_id, GoalAccount.account_id).order_by(GoalAccount.account_id)
        if goal_id is not None:
            wanted, linked = wanted.where(Goal.id == goal_id), linked.where(GoalAccount.goal_id == goal_id)
        goals = (await self._session.scalars(wanted)).all()
        accounts: defaultdict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
        for owner, account_id in await self._session.execute(linked):
            accounts[owner].append(account_id)
        savings = await self._savings(today)
        return [_view(goal, accounts[goal.id], savings.get(goal.id, _Savings.none(today)), today) for goal in goals]

    async def _savings(self, today: Date) -> dict[uuid.UUID, _Savings]:
        moves = _moves(today)
        sums = select(moves.c.goal_id, func.sum(moves.c.amount), func.min(moves.c.date)).group_by(moves.c.goal_id)
        days = (
            select(moves.c.goal_id, moves.c.date, func.sum(moves.c.amount))
            .where(moves.c.saved, moves.c.date > today - timedelta(days=PACE_DAYS))
            .group_by(moves.c.goal_id, moves.c.date)
        )
        lately: defaultdict[uuid.UUID, dict[Date, Decimal]] = defaultdict(dict)
        for goal_id, day, amount in await self._session.execute(days):
            lately[goal_id][day] = amount
        return {
            goal_id: _Savings(total, began, lately[goal_id])
            for goal_id, total, began in await self._session.execute(sums)
        }


class ContributionRepository(Repository[GoalContribution]):
    model = GoalContribution

    async def find(self, goal_id: uuid.UUID, contribution_id: uuid.UUID) -> GoalContribution | None:
        return await self._session.scalar(
            select(GoalContribution).where(GoalContribution.goal_id == goal_id, GoalContribution.id == contribution_id)
        )

    async def page(self, goal_id: uuid.UUID, *, limit: int, cursor: str | None) -> Page[GoalContribution]:
        """What was entered last comes first."""
        statement = select(GoalContribution).where(GoalContribution.goal_id == goal_id)
        if cursor is not None:
            statement = statement.where(GoalContribution.id < decode_id(cursor))
        found = (await self._session.scalars(statement.order_by(GoalContribution.id.desc()).limit(limit + 1))).all()
        items = found[:limit]
        return Page(items, encode_id(items[-1].id) if len(found) > limit else None)


def _moves(today: Date) -> Subquery:
    """All that went to a goal until today. An opening balance is had, but wasn't saved."""
    balances = (
        select(
            GoalAccount.goal_id,
            Transaction.date,
            PostingRow.amount,
            (Transaction.kind != TransactionKind.OPENING).label("saved"),
        )
        .join(PostingRow, PostingRow.account_id == GoalAccount.account_id)
        .join(Transaction, Transaction.id == PostingRow.transaction_id)
        .where(Transaction.date <= today)
    )
    contributions = select(
        GoalContribution.goal_id, GoalContribution.date, GoalContribution.amount, true().label("saved")
    ).where(GoalContribution.date <= today)
    return union_all(balances, contributions).subquery()


def _view(goal: Goal, account_ids: Sequence[uuid.UUID], savings: _Savings, today: Date) -> GoalView:
    first, days = pace_window(today, savings.began)
    lately = sum((amount for day, amount in savings.lately.items() if day >= first), Decimal(0))
    target = Money(goal.target, goal.currency)
    return GoalView(
        id=goal.id,
        name=goal.name,
        target=target,
        target_date=goal.target_date,
        account_ids=account_ids,
        progress=progress(
            target=target,
            saved=Money(savings.total, goal.currency),
            lately=Money(lately, goal.currency),
            days=days,
            target_date=goal.target_date,
            today=today,
        ),
    )
