import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Currency, Day, Money, PlainText, Request
from wealth_core.goals import GoalState
from wealth_core.models import GoalContribution
from wealth_core.money import Money as ExactMoney
from wealth_core.repositories import GoalView

MAX_ACCOUNTS = 20

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Emergency fund"])]
Accounts = Annotated[
    list[uuid.UUID],
    Field(
        max_length=MAX_ACCOUNTS,
        description="In the goal's currency; what is saved is their balance, and without any, what is contributed",
    ),
]


class NewGoal(Request):
    name: Name
    target_amount: Annotated[Amount, Field(description="More than 0")]
    currency: Annotated[Currency | None, Field(description="By default that of the accounts, or the user's own")] = None
    target_date: Day | None = None
    account_ids: Annotated[Accounts, Field(default_factory=list)]


class GoalChange(Request):
    """What is left out stays as it is; `target_date: null` takes the date away."""

    name: Name | None = None
    target_amount: Amount | None = None
    target_date: Day | None = None
    account_ids: Accounts | None = None


class NewContribution(Request):
    amount: Annotated[Amount, Field(description="Negative when money is taken out again")]
    date: Annotated[Day | None, Field(description="By default today")] = None
    note: Annotated[PlainText | None, Field(max_length=500)] = None


class GoalTerms(BaseModel):
    """What people have settled about a goal, and what its entity tag stands for."""

    id: uuid.UUID
    name: str
    target: Money
    target_date: Day | None
    account_ids: list[uuid.UUID]

    @classmethod
    def of(cls, view: GoalView) -> "GoalTerms":
        return cls(
            id=view.id,
            name=view.name,
            target=Money.of(view.target),
            target_date=view.target_date,
            account_ids=list(view.account_ids),
        )


class Goal(GoalTerms):
    """A goal and how far it is today."""

    saved: Money
    missing: Money
    percent: Annotated[str, Field(examples=["42.5"])]
    per_month: Annotated[Money, Field(description="Saved a month over the last 90 days")]
    needed_per_month: Annotated[
        Money | None, Field(description="Reaches the goal with one payment a month, this month's and the last included")
    ]
    projected_date: Annotated[
        Day | None, Field(description="When it is reached at the present pace; null if it never is")
    ]
    state: GoalState

    @classmethod
    def of(cls, view: GoalView) -> "Goal":
        figures = view.progress
        return cls(
            **dict(GoalTerms.of(view)),
            saved=Money.of(figures.saved),
            missing=Money.of(figures.missing),
            percent=f"{figures.percent:f}",
            per_month=Money.of(figures.per_month),
            needed_per_month=None if figures.needed_per_month is None else Money.of(figures.needed_per_month),
            projected_date=figures.projected_date,
            state=figures.state,
        )


class Contribution(BaseModel):
    id: uuid.UUID
    date: Day
    amount: Money
    note: str | None

    @classmethod
    def of(cls, row: GoalContribution) -> "Contribution":
        return cls(
            id=row.id, date=row.date, amount=Money.of(ExactMoney(row.amount, row.currency)), note=row.note or None
        )


class ContributionPage(BaseModel):
    items: list[Contribution]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
