"""What a sentence is understood as: a question about the books, or a command that becomes a proposal."""

from dataclasses import dataclass, field
from enum import StrEnum

from wealth_agents.models.offline.amounts import Amount, Limits
from wealth_agents.models.offline.language import Language
from wealth_agents.models.offline.periods import Period


class Intent(StrEnum):
    SPENDING = "spending"
    BY_CATEGORY = "by category"
    BY_PAYEE = "by payee"
    LARGEST = "largest"
    TRANSACTIONS = "transactions"
    COMPARE = "compare"
    INCOME = "income"
    SUMMARY = "summary"
    BALANCE = "balance"
    BUDGET_STATUS = "budget status"
    GOALS = "goals"
    UPCOMING = "upcoming"
    FORECAST = "forecast"
    CASH_FLOW = "cash flow"
    ANOMALIES = "anomalies"
    HEALTH = "health"
    NET_WORTH = "net worth"
    PORTFOLIO = "portfolio"
    PERFORMANCE = "performance"
    RECORD_EXPENSE = "record expense"
    RECORD_INCOME = "record income"
    RECORD_TRANSFER = "record transfer"
    REMINDER = "reminder"
    SET_BUDGET = "set budget"
    SET_GOAL = "set goal"
    CORRECTION = "correction"
    """Of something that this conversation doesn't hold; one that finds what it corrects has that one's intent."""
    GREETING = "greeting"
    HELP = "help"
    ADVICE = "advice"
    CHANGE = "change"
    BEYOND = "beyond"


COMMANDS = frozenset(
    {
        Intent.RECORD_EXPENSE,
        Intent.RECORD_INCOME,
        Intent.RECORD_TRANSFER,
        Intent.REMINDER,
        Intent.SET_BUDGET,
        Intent.SET_GOAL,
    }
)


@dataclass(frozen=True, slots=True)
class Query:
    intent: Intent
    periods: tuple[Period, ...] = ()
    subjects: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    expenses: bool = False
    """Only money that went out."""
    amounts: tuple[Amount, ...] = ()
    """Every amount of money that is named, those that limit included."""
    category: str | None = None
    """By its one English name."""
    accounts: tuple[str, ...] = ()
    """Of a transfer, where it leaves and where it arrives."""
    payee: str | None = None
    frequency: str | None = None
    """daily, weekly, monthly or yearly."""
    reminds: bool = False
    """Asks to be reminded, rather than to have it recorded by itself."""
    language: Language = Language.ENGLISH
    revises: bool = False
    """Takes the place of what was proposed last."""
