import uuid
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.schemas import Money
from wealth_core.models import CategoryKind
from wealth_core.periods import previous_month
from wealth_core.repositories import CategorySpending
from wealth_core.repositories import MonthlySummary as Figures
from wealth_core.repositories import Totals as TotalFigures

UNCATEGORISED = "Uncategorised"

_SHARE = Decimal("0.0001")


class Totals(BaseModel):
    month: Annotated[str, Field(examples=["2026-11"])]
    income: Money
    expense: Money
    net: Money


class CategoryTotal(BaseModel):
    category_id: uuid.UUID | None
    name: str
    amount: Money
    share: Annotated[str, Field(description="Of the month's spending, from 0 to 1", examples=["0.2500"])]

    @classmethod
    def of(cls, spent: CategorySpending, whole: Decimal) -> "CategoryTotal":
        share = (spent.amount.amount / whole).quantize(_SHARE) if whole else Decimal(0)
        return cls(
            category_id=spent.category_id,
            name=spent.name or UNCATEGORISED,
            amount=Money.of(spent.amount),
            share=f"{share:f}",
        )


class MonthlySummary(Totals):
    currency: str
    categories: Annotated[list[CategoryTotal], Field(description="Spending, the largest first")]
    previous: Annotated[Totals | None, Field(description="The month before, unless nothing happened in it")]
    other_currencies: Annotated[list[str], Field(description="Moved that month too, and not in these figures")]

    @classmethod
    def of(cls, figures: Figures) -> "MonthlySummary":
        totals, previous = figures.totals, figures.previous
        before = _totals(previous, f"{previous_month(figures.month):%Y-%m}")
        return cls(
            **vars(_totals(totals, f"{figures.month:%Y-%m}")),
            currency=figures.currency,
            categories=[
                CategoryTotal.of(spent, totals.expense.amount)
                for spent in figures.categories
                if spent.kind is CategoryKind.EXPENSE and spent.amount.amount
            ],
            previous=before if previous.income.amount or previous.expense.amount else None,
            other_currencies=list(figures.other_currencies),
        )


def _totals(figures: TotalFigures, month: str) -> Totals:
    return Totals(
        month=month, income=Money.of(figures.income), expense=Money.of(figures.expense), net=Money.of(figures.net)
    )
