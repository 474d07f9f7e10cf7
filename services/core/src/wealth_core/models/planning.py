"""Plans: budgets, goals, schedules with what became of their occurrences, and the notifications that come of them."""

import uuid
from datetime import date as Date  # noqa: N812 - a column is named `date`
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.budgets import Rollover
from wealth_core.models.base import Base, Made, OwnedRow, stored_as_text


class ScheduleKind(StrEnum):
    POST = "post"  # records a transaction
    REMIND = "remind"  # only says that a bill is due


class OccurrenceOutcome(StrEnum):
    POSTED = "posted"
    REMINDED = "reminded"  # may still be posted or skipped
    SKIPPED = "skipped"


class NotificationKind(StrEnum):
    BUDGET_WARNING = "budget_warning"
    BUDGET_FULL = "budget_full"
    BILL_UPCOMING = "bill_upcoming"
    SCHEDULE_PROBLEM = "schedule_problem"
    SCHEDULE_MISSED = "schedule_missed"
    GOAL_REACHED = "goal_reached"
    LOW_BALANCE = "low_balance"
    IMPORT_FINISHED = "import_finished"


class Budget(OwnedRow, Base):
    """A monthly envelope of one category in one currency."""

    __tablename__ = "budgets"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        UniqueConstraint("user_id", "category_id", "currency"),
        ForeignKeyConstraint(["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="CASCADE"),
    )

    category_id: Mapped[uuid.UUID] = mapped_column(index=True)
    currency: Mapped[str] = mapped_column(String(3))
    rollover: Mapped[Rollover] = mapped_column(stored_as_text(Rollover))


class BudgetAmount(Base):
    """What is budgeted from a month on, until a later month has an amount of its own."""

    __tablename__ = "budget_amounts"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("extract(day FROM month) = 1", name="month"),
        ForeignKeyConstraint(["user_id", "budget_id"], ["budgets.user_id", "budgets.id"], ondelete="CASCADE"),
    )

    budget_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    month: Mapped[Date] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    amount: Mapped[Decimal]


class Goal(OwnedRow, Base):
    __tablename__ = "goals"
    __table_args__ = (
        CheckConstraint("target > 0", name="target"),
        UniqueConstraint("user_id", "id", "currency"),
        Index("goals_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    target: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    target_date: Mapped[Date | None]


class GoalAccount(Base):
    """An account whose balance counts for a goal, and for one only: no money is counted twice."""

    __tablename__ = "goal_accounts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "goal_id", "currency"], ["goals.user_id", "goals.id", "goals.currency"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="CASCADE",
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[uuid.UUID] = mapped_column(index=True)
    user_id: Mapped[uuid.UUID]
    currency: Mapped[str] = mapped_column(String(3))


class GoalContribution(OwnedRow, Base):
    """What was put aside by hand; negative when it was taken out again."""

    __tablename__ = "goal_contributions"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        ForeignKeyConstraint(
            ["user_id", "goal_id", "currency"], ["goals.user_id", "goals.id", "goals.currency"], ondelete="CASCADE"
        ),
        Index("goal_contributions_goal_id_id_idx", "goal_id", "id"),
    )

    goal_id: Mapped[uuid.UUID]
    currency: Mapped[str] = mapped_column(String(3))
    date: Mapped[Date]
    amount: Mapped[Decimal]
    note: Mapped[str] = mapped_column(server_default="")


class Schedule(OwnedRow, Base):
    """A recurring payment or income.

    `next_date` is its first occurrence that isn't settled, None once there is none; `wake_on` the day on which the
    scheduler has something to do for it.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        CheckConstraint("kind IN ('post', 'remind')", name="kind"),
        CheckConstraint("notice_days BETWEEN 0 AND 30", name="notice_days"),
        UniqueConstraint("user_id", "id"),
        ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="SET NULL (account_id)",
        ),
        ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
        Index("schedules_wake_on_idx", "wake_on", postgresql_where=text("NOT paused")),
        Index("schedules_user_id_next_date_idx", "user_id", "next_date"),
    )

    name: Mapped[str]
    kind: Mapped[ScheduleKind] = mapped_column(stored_as_text(ScheduleKind))
    rule: Mapped[str]
    start_date: Mapped[Date]
    end_date: Mapped[Date | None]
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    payee: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    category_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # Tells a category that was deleted from none at all.
    categorised: Mapped[bool] = mapped_column(server_default=text("false"))
    notice_days: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    paused: Mapped[bool] = mapped_column(server_default=text("false"))
    next_date: Mapped[Date | None]
    wake_on: Mapped[Date | None]


class ScheduleOccurrence(Made, Base):
    """An occurrence that is settled. Its key is the claim: however many replicas try, one of them posts."""

    __tablename__ = "schedule_occurrences"
    __table_args__ = (
        CheckConstraint("outcome IN ('posted', 'reminded', 'skipped')", name="outcome"),
        CheckConstraint("outcome = 'posted' OR transaction_id IS NULL", name="transaction"),
        ForeignKeyConstraint(["user_id", "schedule_id"], ["schedules.user_id", "schedules.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["user_id", "transaction_id"],
            ["transactions.user_id", "transactions.id"],
            ondelete="SET NULL (transaction_id)",
        ),
    )

    schedule_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    date: Mapped[Date] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    outcome: Mapped[OccurrenceOutcome] = mapped_column(stored_as_text(OccurrenceOutcome))
    transaction_id: Mapped[uuid.UUID | None] = mapped_column(index=True)


class PlanReview(Base):
    """When the plans of a user were last compared with their books; who has no row has nothing to review."""

    __tablename__ = "plan_reviews"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)


class Notification(OwnedRow, Base):
    """`key` says what a notification is about, so that it is made once, whoever notices it first.

    `subject_id` is the budget, goal, schedule or account that it is about; it may be gone.
    """

    __tablename__ = "notifications"
    __table_args__ = (UniqueConstraint("user_id", "key"), Index("notifications_user_id_id_idx", "user_id", "id"))

    kind: Mapped[NotificationKind] = mapped_column(stored_as_text(NotificationKind))
    key: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    title: Mapped[str]
    message: Mapped[str]
    read_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]
