"""Spending that is out of the ordinary, each with its reason and the figures that it rests on."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from wealth_core.insight.robust import Sample
from wealth_core.money import Money, exponent

# So many of a payee's newest amounts say what is usual.
SAMPLE = 200
_CLOSE = timedelta(days=3)
# Of a payee never paid before: so much of what is usually spent at once, and more than this share of all amounts.
_LARGE = 3
LARGE_QUANTILE = 0.975
# Amounts of the year before from which on there is a "usual" at all.
_ENOUGH = 30
# Of a category's amounts, when a payee has too few of their own.
_ENOUGH_OF_CATEGORY = 20


class AnomalyKind(StrEnum):
    UNUSUAL_AMOUNT = "unusual_amount"
    DUPLICATE = "duplicate"
    NEW_LARGE_PAYEE = "new_large_payee"
    UNUSUAL_MONTH = "unusual_month"


@dataclass(frozen=True, slots=True)
class Spending:
    """One payment; the amount is positive."""

    id: uuid.UUID
    account_id: uuid.UUID
    date: Date
    payee: str
    category: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Usual:
    """What the time before was like. Payees are in lower case; dated amounts, the newest first, at most SAMPLE each.

    `months` are a category's totals in the complete months before, nothing left out.
    """

    payees: Mapping[str, Sequence[tuple[Date, Decimal]]]
    categories: Mapping[str, Sequence[Decimal]]
    months: Mapping[str, Sequence[Decimal]]
    payments: int
    median: Decimal | None
    large: Decimal | None


@dataclass(frozen=True, slots=True)
class Anomaly:
    """`usual` is the median of `compared_with` amounts or months; `score` says how odd it is, from 1 up."""

    kind: AnomalyKind
    date: Date
    payee: str | None
    category: str | None
    amount: Money
    reason: str
    transaction_ids: Sequence[uuid.UUID]
    usual: Money | None = None
    compared_with: int | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Anomalies:
    """The newest first. `reason` says what couldn't be looked for, where the past is too short."""

    start: Date
    end: Date
    currency: str
    found: Sequence[Anomaly]
    payments: int
    reason: str | None = None


def find_anomalies(
    payments: Sequence[Spending],
    months: Mapping[tuple[str, Date], Decimal],
    usual: Usual,
    *,
    start: Date,
    end: Date,
    currency: str,
) -> Anomalies:
    """`months` are the categories' totals in the complete months from `start` to `end`."""
    found = [*_duplicates(payments, usual, currency), *_unusual_months(months, usual, currency)]
    duplicated = {row_id for one in found for row_id in one.transaction_ids[1:]}
    found += _odd_payments([one for one in payments if one.id not in duplicated], usual, currency)
    found.sort(key=lambda one: (one.date, one.amount.amount), reverse=True)
    reason = None
    if usual.payments < _ENOUGH:
        reason = f"Only duplicates were looked for: there are {usual.payments} earlier payments to compare with."
    return Anomalies(start, end, currency, found, len(payments), reason)


def _odd_payments(payments: Iterable[Spending], usual: Usual, currency: str) -> Iterable[Anomaly]:
    if usual.payments < _ENOUGH:
        return
    by_payee = {payee: Sample.of([amount for _, amount in paid]) for payee, paid in usual.payees.items()}
    by_category = {
        category: Sample.of(amounts)
        for category, amounts in usual.categories.items()
        if len(amounts) >= _ENOUGH_OF_CATEGORY
    }
    told: set[str] = set()
    for payment in sorted(payments, key=lambda one: (one.date, one.id)):
        payee = payment.payee.lower()
        sample = by_payee.get(payee)
        if sample is not None:
            if (score := sample.score(payment.amount)) >= 1:
                earlier = [amount for _, amount in usual.payees[payee]]
                yield _unusual(payment, score, earlier, f"paid to {payment.payee}", currency)
            continue
        # Of somebody who is hardly known one payment is worth a word, not each.
        found = None if payee in told else _little_known(payment, by_category, usual, currency)
        if payee not in usual.payees or found is not None:
            told.add(payee)
        if found is not None:
            yield found


def _little_known(
    payment: Spending, by_category: Mapping[str, Sample | None], usual: Usual, currency: str
) -> Anomaly | None:
    if payment.payee.lower() not in usual.payees and usual.large is not None and usual.median is not None:
        if payment.amount < max(usual.large, _LARGE * usual.median):
            return None
        reason = (
            f"The first payment to {payment.payee}, larger than"
            f" {LARGE_QUANTILE * 100:g} % of the {usual.payments} payments of the year before."
        )
        middle = Money(usual.median, currency)
        return _anomaly(AnomalyKind.NEW_LARGE_PAYEE, payment, reason, usual=middle, compared_with=usual.payments)
    category = payment.category or ""
    sample = by_category.get(category)
    if sample is None or (score := sample.score(payment.amount)) < 1:
        return None
    return _unusual(payment, score, usual.categories[category], f"paid for {category}", currency)


def _unusual(payment: Spending, score: float, earlier: Sequence[Decimal], what: str, currency: str) -> Anomaly:
    middle = _median(earlier, currency)
    reason = f"{payment.amount / middle.amount:.1f} times what is usually {what} (median of {len(earlier)} payments)."
    return _anomaly(AnomalyKind.UNUSUAL_AMOUNT, payment, reason, usual=middle, compared_with=len(earlier), score=score)


def _duplicates(payments: Sequence[Spending], usual: Usual, currency: str) -> Iterable[Anomaly]:
    """The same amount to the same payee from the same account within three days, where that isn't the habit."""
    alike: defaultdict[tuple[str, Decimal], list[Spending]] = defaultdict(list)
    for payment in payments:
        alike[payment.payee.lower(), payment.amount].append(payment)
    for (payee, amount), group in alike.items():
        if len(group) == 1:
            continue
        group.sort(key=lambda one: (one.account_id, one.date, one.id))
        close = [(one, other) for one, other in pairwise(group) if _close(one, other)]
        # Once is odd; twice of few is a habit, like two coffees.
        if len(close) != 1 or _habitual(usual.payees.get(payee, ()), amount):
            continue
        ((one, other),) = close
        days = (other.date - one.date).days
        when = "the same day" if not days else f"{days} day{'s' if days > 1 else ''} before"
        yield Anomaly(
            kind=AnomalyKind.DUPLICATE,
            date=other.date,
            payee=other.payee,
            category=other.category,
            amount=Money(amount, currency),
            reason=f"The same amount was paid to {other.payee} {when}, which hadn't happened in the year before.",
            transaction_ids=(one.id, other.id),
        )


def _close(one: Spending, other: Spending) -> bool:
    return one.account_id == other.account_id and other.date - one.date <= _CLOSE


def _habitual(earlier: Sequence[tuple[Date, Decimal]], amount: Decimal) -> bool:
    dates = sorted(date for date, paid in earlier if paid == amount)
    return any(other - one <= _CLOSE for one, other in pairwise(dates))


def _unusual_months(months: Mapping[tuple[str, Date], Decimal], usual: Usual, currency: str) -> Iterable[Anomaly]:
    for (category, month), total in sorted(months.items()):
        before = [amount for amount in usual.months.get(category, ()) if amount > 0]
        sample = Sample.of(before)
        if sample is None or total <= 0 or (score := sample.score(total)) < 1:
            continue
        middle = _median(before, currency)
        yield Anomaly(
            kind=AnomalyKind.UNUSUAL_MONTH,
            date=month,
            payee=None,
            category=category,
            amount=Money(total, currency),
            reason=f"{total / middle.amount:.1f} times a usual month's {category} (median of {len(before)} months).",
            transaction_ids=(),
            usual=middle,
            compared_with=len(before),
            score=Decimal(f"{score:.2f}"),
        )


def _anomaly(
    kind: AnomalyKind,
    payment: Spending,
    reason: str,
    *,
    usual: Money,
    compared_with: int,
    score: float | None = None,
) -> Anomaly:
    return Anomaly(
        kind=kind,
        date=payment.date,
        payee=payment.payee,
        category=payment.category,
        amount=Money(payment.amount, usual.currency),
        reason=reason,
        transaction_ids=(payment.id,),
        usual=usual,
        compared_with=compared_with,
        score=None if score is None else Decimal(f"{score:.2f}"),
    )


def _median(amounts: Sequence[Decimal], currency: str) -> Money:
    return Money(round(median(amounts), exponent(currency)), currency)
