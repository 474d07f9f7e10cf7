"""The categories that everyone starts with."""

import uuid

from wealth_core.models import Category, CategoryKind

EXPENSES = (
    "Groceries",
    "Eating out",
    "Housing",
    "Utilities",
    "Transport",
    "Health",
    "Shopping",
    "Entertainment",
    "Subscriptions",
    "Travel",
    "Education",
    "Insurance",
    "Fees",
    "Other spending",
)
INCOMES = ("Salary", "Interest", "Refunds", "Other income")


def default_categories(user_id: uuid.UUID) -> list[Category]:
    kinds = ((CategoryKind.EXPENSE, EXPENSES), (CategoryKind.INCOME, INCOMES))
    return [Category(user_id=user_id, name=name, kind=kind) for kind, names in kinds for name in names]
