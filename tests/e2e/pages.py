"""Every page of the app, in one line each. Its heading tells that it is there, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[2] / "services" / "frontend"


@dataclass(frozen=True)
class Entry:
    path: str
    # the key of its first heading among the messages
    heading: str
    signed_in: bool = True

    @property
    def name(self) -> str:
        return self.path.strip("/").replace("/", "-")


PAGES = (
    Entry("/sign-in", "auth.signInTitle", signed_in=False),
    Entry("/sign-up", "auth.signUpTitle", signed_in=False),
    Entry("/dashboard", "dashboard.title"),
    Entry("/transactions", "transactions.title"),
    Entry("/accounts", "accounts.title"),
    Entry("/import", "imports.title"),
    Entry("/budgets", "budgets.title"),
    Entry("/goals", "goals.title"),
    Entry("/categories", "categories.title"),
    Entry("/recurring", "recurring.title"),
    Entry("/investments", "investments.title"),
    Entry("/investments/trades", "investments.section.trades"),
    Entry("/investments/prices", "investments.section.prices"),
    Entry("/rules", "rules.title"),
    Entry("/forecast", "forecast.title"),
    Entry("/insights", "insights.title"),
    Entry("/chat", "chat.title"),
    Entry("/notifications", "notifications.title"),
    Entry("/settings", "settings.title"),
)
NOWHERE = Entry("/no-such-page", "problem.notFoundTitle")
