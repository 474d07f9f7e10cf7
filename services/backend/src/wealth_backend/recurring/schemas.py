import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from wealth_backend.amounts import Amount
from wealth_backend.schemas import Currency, Day, Money, PlainText, Request
from wealth_core.models import OccurrenceOutcome, ScheduleKind
from wealth_core.patterns import Pattern
from wealth_core.recurrence import Rule as ParsedRule
from wealth_core.repositories import OccurrenceView, ScheduleView, UpcomingView


def _rule(value: str) -> str:
    """RuleError is a ValueError, so that its sentence becomes the field's problem."""
    return str(ParsedRule.parse(value))


MAX_NAME = 100

Name = Annotated[PlainText, Field(min_length=1, max_length=MAX_NAME, examples=["Rent"])]
Payee = Annotated[PlainText, Field(max_length=200, description="By default the name")]
Note = Annotated[PlainText, Field(max_length=500)]
NoticeDays = Annotated[int, Field(ge=0, le=30, description="How many days ahead a notification says that it is coming")]
Rule = Annotated[
    PlainText,
    Field(
        max_length=200,
        examples=["FREQ=MONTHLY;BYMONTHDAY=31"],
        description=(
            "An RRULE of RFC 5545 made of FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, BYDAY, BYMONTHDAY and COUNT"
            " or UNTIL, or one of daily, weekly, fortnightly, monthly, quarterly, yearly. What it leaves open the start"
            " date settles. A day that a month doesn't have is that month's last."
        ),
    ),
    AfterValidator(_rule),
]


class NewRecurring(Request):
    name: Name
    kind: Annotated[ScheduleKind, Field(description="`post` records a transaction on time, `remind` only says so")] = (
        ScheduleKind.POST
    )
    rule: Rule
    start_date: Annotated[Day, Field(description="Occurrences before the day on which this is added are left out")]
    end_date: Day | None = None
    amount: Annotated[Amount, Field(description="Spending is negative; not 0")]
    currency: Annotated[Currency | None, Field(description="By default the account's, or the user's own")] = None
    account_id: Annotated[uuid.UUID | None, Field(description="Needed to post")] = None
    payee: Payee | None = None
    note: Note | None = None
    category_id: uuid.UUID | None = None
    notice_days: NoticeDays = 0


class RecurringChange(Request):
    """What is left out stays as it is; null takes away what may be missing.

    A change holds for occurrences from today on. While paused nothing is posted, and what falls into a pause isn't made
    up for.
    """

    name: Name | None = None
    kind: ScheduleKind | None = None
    rule: Rule | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    amount: Amount | None = None
    account_id: uuid.UUID | None = None
    payee: Payee | None = None
    note: Note | None = None
    category_id: uuid.UUID | None = None
    notice_days: NoticeDays | None = None
    paused: bool | None = None


class RecurringTerms(BaseModel):
    """What people have settled about a schedule, and what its entity tag stands for."""

    id: uuid.UUID
    name: str
    kind: ScheduleKind
    rule: str
    start_date: Day
    end_date: Day | None
    amount: Money
    account_id: uuid.UUID | None
    payee: str
    note: str | None
    category_id: uuid.UUID | None
    notice_days: int
    paused: bool

    @classmethod
    def of(cls, view: ScheduleView) -> "RecurringTerms":
        return cls(
            id=view.id,
            name=view.name,
            kind=view.kind,
            rule=view.rule,
            start_date=view.start_date,
            end_date=view.end_date,
            amount=Money.of(view.money),
            account_id=view.account_id,
            payee=view.payee,
            note=view.note or None,
            category_id=view.category_id,
            notice_days=view.notice_days,
            paused=view.paused,
        )


class Recurring(RecurringTerms):
    next_date: Annotated[Day | None, Field(description="The first occurrence that isn't settled; null after the last")]

    @classmethod
    def of(cls, view: ScheduleView) -> "Recurring":
        return cls(**dict(RecurringTerms.of(view)), next_date=view.next_date)


class Upcoming(BaseModel):
    recurring_id: uuid.UUID
    name: str
    kind: ScheduleKind
    date: Day
    amount: Money
    account_id: uuid.UUID | None
    payee: str
    category_id: uuid.UUID | None

    @classmethod
    def of(cls, view: UpcomingView) -> "Upcoming":
        one = view.schedule
        return cls(
            recurring_id=one.id,
            name=one.name,
            kind=one.kind,
            date=view.date,
            amount=Money.of(one.money),
            account_id=one.account_id,
            payee=one.payee,
            category_id=one.category_id,
        )


class Suggestion(BaseModel):
    """What a schedule for payments that seem to recur could be made with."""

    name: str
    payee: str
    rule: str
    start_date: Annotated[Day, Field(description="When the next one is due")]
    amount: Annotated[Money, Field(description="Of the latest payment")]
    account_id: uuid.UUID
    category_id: uuid.UUID | None
    count: Annotated[int, Field(description="How many payments it was found in")]
    latest_date: Day

    @classmethod
    def of(cls, pattern: Pattern) -> "Suggestion":
        latest = pattern.latest
        return cls(
            name=latest.payee[:MAX_NAME],
            payee=latest.payee,
            rule=pattern.rule,
            start_date=pattern.start,
            amount=Money.of(latest.money),
            account_id=latest.account_id,
            category_id=latest.category_id,
            count=pattern.count,
            latest_date=latest.date,
        )


class PostOccurrence(Request):
    """What differs from the schedule this once."""

    amount: Amount | None = None
    date: Annotated[
        Day | None, Field(description="By default the occurrence's own, or today if that is still to come")
    ] = None


class Occurrence(BaseModel):
    recurring_id: uuid.UUID
    date: Day
    outcome: OccurrenceOutcome
    transaction_id: uuid.UUID | None

    @classmethod
    def of(cls, view: OccurrenceView) -> "Occurrence":
        return cls(
            recurring_id=view.schedule_id, date=view.date, outcome=view.outcome, transaction_id=view.transaction_id
        )
