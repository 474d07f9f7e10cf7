"""Financial health as a score with its factors, each of which says what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from wealth_core.insight.flows import MonthFlow, share
from wealth_core.insight.robust import relative_spread
from wealth_core.money import Money

# What earns all points, and what none.
_GOOD_SAVINGS_RATE = Decimal("0.2")
_GOOD_FUND_MONTHS = Decimal(6)
_BAD_SPREAD = Decimal("0.5")
_BAD_DEBT_SHARE = Decimal("0.8")
_RECENT_MONTHS = 6
_MIN_MONTHS = 3
_MIN_MONTHS_OF_SPREAD = 6
# A score of less than half of the weights would be about something else.
_ENOUGH_WEIGHT = 50
_PLACES = Decimal("0.0001")


class Factor(StrEnum):
    SAVINGS_RATE = "savings_rate"
    EMERGENCY_FUND = "emergency_fund"
    DEBT_SHARE = "debt_share"
    SPENDING_STABILITY = "spending_stability"
    BUDGET_ADHERENCE = "budget_adherence"


WEIGHTS = {
    Factor.SAVINGS_RATE: 30,
    Factor.EMERGENCY_FUND: 25,
    Factor.DEBT_SHARE: 20,
    Factor.SPENDING_STABILITY: 15,
    Factor.BUDGET_ADHERENCE: 10,
}


@dataclass(frozen=True, slots=True)
class BudgetMonth:
    """One budget in one complete month."""

    budgeted: Money
    spent: Money


@dataclass(frozen=True, slots=True)
class FactorScore:
    """`score` is from 0 to 100; it and `value` are None where data is missing, which `explanation` then says."""

    factor: Factor
    weight: int
    value: Decimal | None
    score: int | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Health:
    """`score` weighs the factors that are known; None with the reason where they are too few."""

    currency: str
    score: int | None
    factors: Sequence[FactorScore]
    reason: str | None = None


def health(
    months: Sequence[MonthFlow],
    *,
    savings: Money,
    assets: Money,
    debts: Money,
    budgets: Sequence[BudgetMonth] | None = None,
) -> Health:
    """`months` are complete ones up to the last, from the first with a record on; `savings` can be had at once.

    All in one currency; `debts` is positive.
    """
    factors = [
        _savings_rate(months[-_RECENT_MONTHS:]),
        _emergency_fund(months[-_RECENT_MONTHS:], savings),
        _debt_share(assets, debts),
        _stability(months),
        _adherence(budgets),
    ]
    known = [(one.weight, one.score) for one in factors if one.score is not None]
    weight = sum(each for each, _ in known)
    if weight < _ENOUGH_WEIGHT:
        reason = "There is too little data for a score: it needs records of at least three complete months."
        return Health(savings.currency, None, factors, reason)
    return Health(savings.currency, round(sum(each * score for each, score in known) / weight), factors)


def _savings_rate(months: Sequence[MonthFlow]) -> FactorScore:
    factor = Factor.SAVINGS_RATE
    if len(months) < _MIN_MONTHS:
        return _too_few(factor, _MIN_MONTHS, len(months))
    currency = months[0].income.currency
    income = Money.total((one.income for one in months), currency)
    net = Money.total((one.net for one in months), currency)
    rate = share(net, income)
    if rate is None:
        return _unknown(factor, f"There was no income in the last {len(months)} months.")
    return _known(
        factor,
        rate,
        rate / _GOOD_SAVINGS_RATE,
        f"Of {income} earned in the last {len(months)} months {net} was kept; 20 % or more earns all points.",
    )


def _emergency_fund(months: Sequence[MonthFlow], savings: Money) -> FactorScore:
    factor = Factor.EMERGENCY_FUND
    if len(months) < _MIN_MONTHS:
        return _too_few(factor, _MIN_MONTHS, len(months))
    typical = median(one.expense.amount for one in months)
    if typical <= 0:
        return _unknown(factor, f"Nothing was spent in most of the last {len(months)} months.")
    lasts = max(savings.amount, Decimal(0)) / typical
    return _known(
        factor,
        lasts.quantize(Decimal("0.1")),
        lasts / _GOOD_FUND_MONTHS,
        f"{savings} in cash, bank and savings accounts pays for {lasts:.1f} typical months;"
        f" {_GOOD_FUND_MONTHS} or more earn all points.",
    )


def _debt_share(assets: Money, debts: Money) -> FactorScore:
    factor = Factor.DEBT_SHARE
    if not assets.amount and not debts.amount:
        return _unknown(factor, "There is nothing in any account yet.")
    part = share(debts, assets)
    if part is None:
        return _known(factor, None, Decimal(0), f"{debts} is owed and nothing owned.")
    return _known(
        factor,
        part,
        1 - part / _BAD_DEBT_SHARE,
        f"{debts} is owed and {assets} owned; no debt earns all points, 80 % or more none.",
    )


def _stability(months: Sequence[MonthFlow]) -> FactorScore:
    factor = Factor.SPENDING_STABILITY
    if len(months) < _MIN_MONTHS_OF_SPREAD:
        return _unknown(
            factor, f"It needs {_MIN_MONTHS_OF_SPREAD} complete months of records; there are {len(months)}."
        )
    spread = relative_spread(float(one.expense.amount) for one in months)
    if spread is None:
        return _unknown(factor, f"Nothing was spent in most of the last {len(months)} months.")
    value = Decimal(spread).quantize(_PLACES)
    return _known(
        factor,
        value,
        1 - value / _BAD_SPREAD,
        f"Spending of a month is typically {value:.0%} away from the median of {len(months)} months; always the same"
        " earns all points, 50 % or more none.",
    )


def _adherence(budgets: Sequence[BudgetMonth] | None) -> FactorScore:
    factor = Factor.BUDGET_ADHERENCE
    if not budgets:
        return _unknown(factor, "There are no budgets to keep to.")
    kept = sum(one.spent.amount <= one.budgeted.amount for one in budgets)
    part = (Decimal(kept) / len(budgets)).quantize(_PLACES)
    return _known(factor, part, part, f"{kept} of {len(budgets)} monthly budgets were kept to.")


def _known(factor: Factor, value: Decimal | None, part: Decimal, explanation: str) -> FactorScore:
    score = round(100 * min(max(part, Decimal(0)), Decimal(1)))
    return FactorScore(factor, WEIGHTS[factor], value, score, explanation)


def _unknown(factor: Factor, explanation: str) -> FactorScore:
    return FactorScore(factor, WEIGHTS[factor], None, None, explanation)


def _too_few(factor: Factor, needed: int, found: int) -> FactorScore:
    return _unknown(factor, f"It needs {needed} complete months of records; there are {found}.")
