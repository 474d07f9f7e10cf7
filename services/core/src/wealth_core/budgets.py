"""Envelopes: what may be spent in a month, what an earlier month left over, what was spent.

Months are named by their first day, and "spent" is what was spent less what was refunded, so it may be negative.
"""

import uuid
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from wealth_core.money import Money

WARNING_PERCENT = 80
FULL_PERCENT = 100

_DECEMBER = 12


class Rollover(StrEnum):
    """What of a month goes into the next one's envelope."""

    NONE = "none"
    LEFTOVER = "leftover"
    ALL = "all"  # what was left over, and what was spent too much


class BudgetState(StrEnum):
    OK = "ok"
    WARNING = "warning"  # at least 80 % is spent
    OVER = "over"  # more is spent than there was


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent in one category, month and currency."""

    category_id: uuid.UUID
    month: date
    money: Money


@dataclass(frozen=True, slots=True)
class Envelope:
    """`amounts` holds, by month, what is budgeted from that month on; before the first there is no envelope."""

    amounts: Mapping[date, Money]
    rollover: Rollover = Rollover.NONE

    @property
    def first_month(self) -> date:
        return min(self.amounts)

    @property
    def currency(self) -> str:
        return self.amounts[self.first_month].currency


@dataclass(frozen=True, slots=True)
class EnvelopeMonth:
    month: date
    budgeted: Money
    rolled_over: Money
    spent: Money

    @property
    def available(self) -> Money:
        return self.budgeted + self.rolled_over

    @property
    def left(self) -> Money:
        return self.available - self.spent

    @property
    def percent(self) -> Decimal | None:
        """How much of what was available is spent, to one decimal; None where there was nothing to spend of."""
        if self.available.amount <= 0:
            return None
        return (self.spent.amount * 100 / self.available.amount).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def state(self) -> BudgetState:
        if self.left.amount < 0:
            return BudgetState.OVER
        return BudgetState.WARNING if self.reached(WARNING_PERCENT) else BudgetState.OK

    def reached(self, percent: int) -> bool:
        """Whether so much is spent; of an empty envelope, whether anything is."""
        return self.spent.amount > 0 and self.spent.amount * 100 >= self.available.amount * percent


def envelope_months(envelope: Envelope, spent: Mapping[date, Money], last: date) -> list[EnvelopeMonth]:
    """Every month of an envelope up to that of `last`; none before its first."""
    return [_month(envelope.currency, *figures) for figures in _figures(envelope, spent, last)]


def envelope_month(envelope: Envelope, spent: Mapping[date, Money], month: date) -> EnvelopeMonth | None:
    """One month, or None before the first."""
    figures = deque(_figures(envelope, spent, month), maxlen=1)
    return _month(envelope.currency, *figures[0]) if figures else None


def _figures(
    envelope: Envelope, spent: Mapping[date, Money], last: date
) -> Iterator[tuple[date, Decimal, Decimal, Decimal]]:
    """Months with what is budgeted, rolled over and spent: plain numbers, for there may be centuries of them."""
    amounts = {month: money.amount for month, money in envelope.amounts.items()}
    payments = {month: money.amount for month, money in spent.items()}
    zero = Decimal(0)
    month, budgeted, rolled_over = envelope.first_month, zero, zero
    while month <= last:
        budgeted = amounts.get(month, budgeted)
        paid = payments.get(month, zero)
        yield month, budgeted, rolled_over, paid
        left = budgeted + rolled_over - paid
        keeps = envelope.rollover is Rollover.ALL or (envelope.rollover is Rollover.LEFTOVER and left > 0)
        rolled_over = left if keeps else zero
        month = month.replace(month=month.month + 1) if month.month < _DECEMBER else date(month.year + 1, 1, 1)


def _month(currency: str, month: date, budgeted: Decimal, rolled_over: Decimal, spent: Decimal) -> EnvelopeMonth:
    return EnvelopeMonth(month, Money(budgeted, currency), Money(rolled_over, currency), Money(spent, currency))


def nearest_envelope(
    category: uuid.UUID, parents: Mapping[uuid.UUID, uuid.UUID | None], budgeted: Collection[uuid.UUID]
) -> uuid.UUID | None:
    """The category in whose envelope the spending of `category` counts: its own, or else its next ancestor's."""
    passed: set[uuid.UUID] = set()
    current: uuid.UUID | None = category
    while current is not None and current not in passed:
        if current in budgeted:
            return current
        passed.add(current)
        current = parents.get(current)
    return None


def spent_from(
    envelopes: Mapping[tuple[uuid.UUID, str], Envelope],
    spending: Iterable[Spending],
    parents: Mapping[uuid.UUID, uuid.UUID | None],
) -> dict[tuple[uuid.UUID, str], dict[date, Money]]:
    """What was spent from each envelope (of a category, in a currency) by month; what counts in none is left out.

    A child's own envelope takes its spending out of its parent's from the month on in which it begins.
    """
    spent: defaultdict[tuple[uuid.UUID, str], dict[date, Money]] = defaultdict(dict)
    open_in: dict[tuple[str, date], set[uuid.UUID]] = {}
    for one in spending:
        currency, month = one.money.currency, one.month
        if (currency, month) not in open_in:
            open_in[currency, month] = {
                category
                for (category, code), envelope in envelopes.items()
                if code == currency and envelope.first_month <= month
            }
        category_id = nearest_envelope(one.category_id, parents, open_in[currency, month])
        if category_id is not None:
            months = spent[category_id, currency]
            months[month] = months.get(month, Money.zero(currency)) + one.money
    return dict(spent)
