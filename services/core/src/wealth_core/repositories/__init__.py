"""All SQL. A repository is made with a session of `Database.transaction(user_id)` and so sees that user's rows only."""

from wealth_core.repositories.accounts import AccountRepository, AccountView
from wealth_core.repositories.archive import ArchiveRepository
from wealth_core.repositories.attempts import AttemptRepository
from wealth_core.repositories.audit import AuditRepository
from wealth_core.repositories.base import Page
from wealth_core.repositories.budgets import BudgetRepository, BudgetStatusView, BudgetView
from wealth_core.repositories.categories import CategoryRepository
from wealth_core.repositories.conversations import ConversationRepository
from wealth_core.repositories.due_work import DueWork
from wealth_core.repositories.goals import ContributionRepository, GoalRepository, GoalView
from wealth_core.repositories.idempotency import IdempotencyRepository
from wealth_core.repositories.import_profiles import ImportProfileRepository
from wealth_core.repositories.imports import ImportRepository, ImportRow, ImportState, ImportView
from wealth_core.repositories.notifications import NewNotification, NotificationRepository, PlanReviewRepository
from wealth_core.repositories.payees import PayeeQueries, PayeeView
from wealth_core.repositories.proposals import ProposalRepository
from wealth_core.repositories.rules import RuleRepository, RuleView
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
from wealth_core.repositories.tags import TagRepository, TagView
from wealth_core.repositories.tokens import AccessTokenRepository
from wealth_core.repositories.transactions import (
    SplitView,
    TransactionFilter,
    TransactionRepository,
    TransactionView,
    TransferView,
)
from wealth_core.repositories.users import Profile, UserRepository

__all__ = [
    "AccessTokenRepository",
    "AccountRepository",
    "AccountView",
    "ArchiveRepository",
    "AttemptRepository",
    "AuditRepository",
    "BudgetRepository",
    "BudgetStatusView",
    "BudgetView",
    "CategoryRepository",
    "CategorySpending",
    "ContributionRepository",
    "ConversationRepository",
    "DayTotals",
    "DueWork",
    "GoalRepository",
    "GoalView",
    "IdempotencyRepository",
    "ImportProfileRepository",
    "ImportRepository",
    "ImportRow",
    "ImportState",
    "ImportView",
    "MonthlySummary",
    "NewNotification",
    "NotificationRepository",
    "OccurrenceView",
    "Page",
    "PayeeQueries",
    "PayeeSpending",
    "PayeeView",
    "PlanReviewRepository",
    "Profile",
    "ProposalRepository",
    "RuleRepository",
    "RuleView",
    "ScheduleRepository",
    "ScheduleView",
    "SessionRepository",
    "SpendingQueries",
    "SplitView",
    "TagRepository",
    "TagView",
    "Totals",
    "TransactionFilter",
    "TransactionRepository",
    "TransactionView",
    "TransferView",
    "UpcomingView",
    "UserRepository",
]
