"""All SQL. A repository is made with a session of `Database.transaction(user_id)` and so sees that user's rows only."""

from wealth_core.repositories.accounts import AccountRepository, AccountView
from wealth_core.repositories.attempts import AttemptRepository
from wealth_core.repositories.base import Page
from wealth_core.repositories.categories import CategoryRepository
from wealth_core.repositories.imports import ImportRepository, ImportRow
from wealth_core.repositories.insight import InsightQueries, SpendingBy
from wealth_core.repositories.portfolio import PortfolioQueries
from wealth_core.repositories.securities import NewPrice, PriceRepository, RateRepository, SecurityRepository, Written
from wealth_core.repositories.sessions import SessionRepository
from wealth_core.repositories.spending import (
    CategorySpending,
    DayTotals,
    MonthlySummary,
    PayeeSpending,
    SpendingQueries,
    Totals,
)
from wealth_core.repositories.trades import TradeFilter, TradeRepository, TradeView
from wealth_core.repositories.transactions import TransactionFilter, TransactionRepository, TransactionView
from wealth_core.repositories.users import Profile, UserRepository

__all__ = [
    "AccountRepository",
    "AccountView",
    "AttemptRepository",
    "CategoryRepository",
    "CategorySpending",
    "DayTotals",
    "ImportRepository",
    "ImportRow",
    "InsightQueries",
    "MonthlySummary",
    "NewPrice",
    "Page",
    "PayeeSpending",
    "PortfolioQueries",
    "PriceRepository",
    "Profile",
    "RateRepository",
    "SecurityRepository",
    "SessionRepository",
    "SpendingBy",
    "SpendingQueries",
    "Totals",
    "TradeFilter",
    "TradeRepository",
    "TradeView",
    "TransactionFilter",
    "TransactionRepository",
    "TransactionView",
    "UserRepository",
    "Written",
]
