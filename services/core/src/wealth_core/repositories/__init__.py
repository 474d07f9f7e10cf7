"""All SQL. A repository is made with a session of `Database.transaction(user_id)` and so sees that user's rows only."""

from wealth_core.repositories.accounts import AccountRepository, AccountView
from wealth_core.repositories.attempts import AttemptRepository
from wealth_core.repositories.base import Page
from wealth_core.repositories.budgets import BudgetRepository, BudgetStatusView, BudgetView
from wealth_core.repositories.categories import CategoryRepository
from wealth_core.repositories.due_work import DueWork
from wealth_core.repositories.goals import ContributionRepository, GoalRepository, GoalView
from wealth_core.repositories.imports import ImportRepository, ImportRow
from wealth_core.repositories.notifications import NewNotification, NotificationRepository, PlanReviewRepository
from wealth_core.repositories.schedules import OccurrenceView, ScheduleRepository, ScheduleView, UpcomingView
from wealth_core.repositories.sessions import SessionRepository
from wealth_core.repositories.spending import (
    CategorySpending,
    DayTotals,
    MonthlySummary,
    PayeeSpending,
    SpendingQueries,
    Totals,
)
from wealth_core.repositories.transactions import TransactionFilter, TransactionRepository, TransactionView
from wealth_core.repositories.users import Profile, UserRepository

__all__ = [
    "AccountRepository",
    "AccountView",
    "AttemptRepository",
    "BudgetRepository",
    "BudgetStatusView",
    "BudgetView",
    "CategoryRepository",
    "CategorySpending",
    "ContributionRepository",
    "DayTotals",
    "DueWork",
    "GoalRepository",
    "GoalView",
    "ImportRepository",
    "ImportRow",
    "MonthlySummary",
    "NewNotification",
    "NotificationRepository",
    "OccurrenceView",
    "Page",
    "PayeeSpending",
    "PlanReviewRepository",
    "Profile",
    "ScheduleRepository",
    "ScheduleView",
    "SessionRepository",
    "SpendingQueries",
    "Totals",
    "TransactionFilter",
    "TransactionRepository",
    "TransactionView",
    "UpcomingView",
    "UserRepository",
]
