"""Income and spending over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from decimal import Decimal

from wealth_core.money import Money

_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """What came in and went out in the month that begins on `month`."""

    month: Date
    income: Money
    expense: Money

    @property
    def net(self) -> Money:
        return self.income - self.expense

    @property
    def savings_rate(self) -> Decimal | None:
        """What was kept of each unit earned; None where nothing was earned."""
        return share(self.net, self.income)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """`other_currencies` moved too, and are not in the figures."""

    currency: str
    months: Sequence[MonthFlow]
    other_currencies: Sequence[str]

    @property
    def total(self) -> MonthFlow:
        income = Money.total((one.income for one in self.months), self.currency)
        expense = Money.total((one.expense for one in self.months), self.currency)
        return MonthFlow(self.months[0].month, income, expense)


@dataclass(frozen=True, slots=True)
class Compared:
    """One label's spending in a period, in the one before and a year before."""

    label: str
    amount: Money
    previous: Money
    year_before: Money
    transactions: int

    @property
    def change(self) -> Money:
        return self.amount - self.previous

    @property
    def change_share(self) -> Decimal | None:
        return share(self.change, self.previous)

    @property
    def year_change(self) -> Money:
        return self.amount - self.year_before

    @property
    def year_change_share(self) -> Decimal | None:
        return share(self.year_change, self.year_before)


@dataclass(frozen=True, slots=True)
class SpendingComparison:
    """`items` are the largest of the period; `total` is of all."""

    currency: str
    period: tuple[Date, Date]
    previous: tuple[Date, Date]
    year_before: tuple[Date, Date]
    total: Compared
    items: Sequence[Compared]
    other_currencies: Sequence[str]


def share(part: Money, whole: Money) -> Decimal | None:
    """A fraction with four decimals; None of nothing or of less."""
    return (part.amount / whole.amount).quantize(_PLACES) if whole.amount > 0 else None
