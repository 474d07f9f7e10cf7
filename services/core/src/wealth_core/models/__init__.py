"""The tables. What a row may hold the database decides; see migrations/versions for its triggers, policies and grants.

Every reference between a user's rows carries the user's id, so that no row can point at another user's: foreign keys
are checked past row-level security.
"""

from wealth_core.models.base import Base, OwnedRow
from wealth_core.models.books import (
    Account,
    AccountKind,
    Category,
    CategoryKind,
    Import,
    PostingRow,
    Transaction,
    TransactionKind,
)
from wealth_core.models.identity import Attempts, SignInSession, User
from wealth_core.models.planning import (
    Budget,
    BudgetAmount,
    Goal,
    GoalAccount,
    GoalContribution,
    Notification,
    NotificationKind,
    OccurrenceOutcome,
    PlanReview,
    Schedule,
    ScheduleKind,
    ScheduleOccurrence,
)

__all__ = [
    "Account",
    "AccountKind",
    "Attempts",
    "Base",
    "Budget",
    "BudgetAmount",
    "Category",
    "CategoryKind",
    "Goal",
    "GoalAccount",
    "GoalContribution",
    "Import",
    "Notification",
    "NotificationKind",
    "OccurrenceOutcome",
    "OwnedRow",
    "PlanReview",
    "PostingRow",
    "Schedule",
    "ScheduleKind",
    "ScheduleOccurrence",
    "SignInSession",
    "Transaction",
    "TransactionKind",
    "User",
]
