"""Saving goals: how far they are, what they need, and when they are reached at the present pace."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from wealth_core.money import Money, exponent
from wealth_core.periods import months_between

# The pace is that of the last three months, and of a younger goal that of its life, but of a month at least: one first
# payment says little about the next.
PACE_DAYS = 90
_SHORTEST_PACE_DAYS = 30
_LATEST = date(2199, 12, 31)
_DAYS_PER_MONTH = Decimal("30.4375")


class GoalState(StrEnum):
    REACHED = "reached"
    OPEN = "open"  # no target date, so neither late nor in time
    ON_TRACK = "on_track"
    BEHIND = "behind"  # at the present pace it is reached after its date, or never
    OVERDUE = "overdue"  # its date is over


@dataclass(frozen=True, slots=True)
class GoalProgress:
    saved: Money
    missing: Money
    percent: Decimal
    per_month: Money  # what was saved a month lately
    needed_per_month: Money | None  # what would do; None without a date, or once it is reached
    projected_date: date | None  # None where the present pace never gets there
    state: GoalState


def pace_window(today: date, began: date) -> tuple[date, int]:
    """The first day whose saving counts for the pace, and by how many days it is divided."""
    first = max(today - timedelta(days=PACE_DAYS - 1), min(began, today))
    return first, max((today - first).days + 1, _SHORTEST_PACE_DAYS)


def progress(
    *, target: Money, saved: Money, lately: Money, days: int, target_date: date | None, today: date
) -> GoalProgress:
    """`lately` is what was saved within the last `days` (see `pace_window`)."""
    currency = target.currency
    missing = max(target.amount - saved.amount, Decimal(0))
    projected = _projected(missing, lately.amount, days, today)
    if not missing:
        state = GoalState.REACHED
    elif target_date is None:
        state = GoalState.OPEN
    elif target_date < today:
        state = GoalState.OVERDUE
    else:
        state = GoalState.ON_TRACK if projected is not None and projected <= target_date else GoalState.BEHIND
    return GoalProgress(
        saved=saved,
        missing=Money(missing, currency),
        percent=(saved.amount * 100 / target.amount).quantize(Decimal("0.1"), ROUND_HALF_UP),
        per_month=_money(lately.amount / days * _DAYS_PER_MONTH, currency, ROUND_HALF_UP),
        needed_per_month=(
            _money(missing / _months_left(today, target_date), currency, ROUND_CEILING)
            if missing and target_date is not None
            else None
        ),
        projected_date=projected,
        state=state,
    )


def _money(amount: Decimal, currency: str, rounding: str) -> Money:
    return Money(amount.quantize(Decimal(1).scaleb(-exponent(currency)), rounding), currency)


def _months_left(today: date, target_date: date) -> int:
    """How many monthly payments fit in: one this month, one in each that follows, the target's own included."""
    return max(1, months_between(today, target_date) + 1)


def _projected(missing: Decimal, lately: Decimal, days: int, today: date) -> date | None:
    if not missing:
        return today
    if lately <= 0:
        return None
    ahead = (missing * days / lately).to_integral_value(ROUND_CEILING)
    return today + timedelta(days=int(ahead)) if ahead <= (_LATEST - today).days else None
