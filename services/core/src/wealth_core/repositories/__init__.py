"""All SQL. A repository is made with a session of `Database.transaction(user_id)` and so sees that user's rows only."""

from wealth_core.repositories.accounts import AccountRepository, AccountView
from wealth_core.repositories.attempts import AttemptRepository
from wealth_core.repositories.base import Page
from wealth_core.repositories.categories import CategoryRepository
from wealth_core.repositories.conversations import ConversationRepository
from wealth_core.repositories.imports import ImportRepository, ImportRow
from wealth_core.repositories.proposals import ProposalRepository
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
    "CategoryRepository",
    "CategorySpending",
    "ConversationRepository",
    "DayTotals",
    "ImportRepository",
    "ImportRow",
    "MonthlySummary",
    "Page",
    "PayeeSpending",
    "Profile",
    "ProposalRepository",
    "SessionRepository",
    "SpendingQueries",
    "Totals",
    "TransactionFilter",
    "TransactionRepository",
    "TransactionView",
    "UserRepository",
]
