import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Currency, Money, Month, Request
from wealth_core.budgets import BudgetState, Rollover
from wealth_core.money import Money as ExactMoney
from wealth_core.repositories import BudgetStatusView, BudgetView

EnvelopeAmount = Annotated[Amount, Field(description="For one month; 0 is an envelope with nothing in it")]
FirstMonth = Annotated[Month, Field(description="The first month that the amount holds for; by default this one")]


class NewBudget(Request):
    category_id: Annotated[uuid.UUID, Field(description="A category of spending; those below it count too")]
    amount: EnvelopeAmount
    currency: Annotated[Currency | None, Field(description="By default the user's own")] = None
    month: FirstMonth | None = None
    rollover: Rollover = Rollover.NONE


class BudgetChange(Request):
    """A new amount holds from `month` on, up to the next month that has one of its own; earlier months keep theirs."""

    amount: EnvelopeAmount | None = None
    month: FirstMonth | None = None
    rollover: Rollover | None = None


class BudgetAmount(BaseModel):
    month: Month
    amount: Money


class Budget(BaseModel):
    id: uuid.UUID
    category_id: uuid.UUID
    currency: str
    rollover: Rollover
    amounts: Annotated[list[BudgetAmount], Field(description="What holds from which month on, the earliest first")]

    @classmethod
    def of(cls, view: BudgetView) -> "Budget":
        return cls(
            id=view.id,
            category_id=view.category_id,
            currency=view.envelope.currency,
            rollover=view.envelope.rollover,
            amounts=[
                BudgetAmount(month=f"{month:%Y-%m}", amount=Money.of(amount))
                for month, amount in sorted(view.envelope.amounts.items())
            ],
        )


class Envelope(BaseModel):
    budgeted: Money
    rolled_over: Annotated[Money, Field(description="From the month before; negative where too much was spent")]
    available: Annotated[Money, Field(description="`budgeted` and `rolled_over` together")]
    spent: Annotated[Money, Field(description="Refunds are subtracted")]
    left: Money


class BudgetStatus(Envelope):
    budget_id: uuid.UUID
    category_id: uuid.UUID
    category: str
    rollover: Rollover
    percent: Annotated[
        str | None, Field(description="Spent of what was available; null if nothing was", examples=["83.5"])
    ]
    state: Annotated[BudgetState, Field(description="`warning` from 80 % on, `over` once more than all is spent")]

    @classmethod
    def of(cls, view: BudgetStatusView) -> "BudgetStatus":
        figures = view.figures
        return cls(
            budget_id=view.budget_id,
            category_id=view.category_id,
            category=view.category,
            rollover=view.rollover,
            budgeted=Money.of(figures.budgeted),
            rolled_over=Money.of(figures.rolled_over),
            available=Money.of(figures.available),
            spent=Money.of(figures.spent),
            left=Money.of(figures.left),
            percent=None if figures.percent is None else f"{figures.percent:f}",
            state=figures.state,
        )


class BudgetMonth(BaseModel):
    month: Month
    budgets: Annotated[list[BudgetStatus], Field(description="By the category's name")]
    totals: Annotated[list[Envelope], Field(description="One for each currency")]

    @classmethod
    def of(cls, month: str, views: list[BudgetStatusView]) -> "BudgetMonth":
        currencies = sorted({view.figures.budgeted.currency for view in views})
        return cls(
            month=month,
            budgets=[BudgetStatus.of(view) for view in views],
            totals=[_total(currency, views) for currency in currencies],
        )


def _total(currency: str, views: list[BudgetStatusView]) -> Envelope:
    figures = [view.figures for view in views if view.figures.budgeted.currency == currency]
    budgeted = ExactMoney.total((one.budgeted for one in figures), currency)
    rolled_over = ExactMoney.total((one.rolled_over for one in figures), currency)
    spent = ExactMoney.total((one.spent for one in figures), currency)
    return Envelope(
        budgeted=Money.of(budgeted),
        rolled_over=Money.of(rolled_over),
        available=Money.of(budgeted + rolled_over),
        spent=Money.of(spent),
        left=Money.of(budgeted + rolled_over - spent),
    )
