"""Forecast, anomalies, health score and comparisons, on books that are made up and therefore known."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from wealth_core.insight import anomalies
from wealth_core.insight.anomalies import AnomalyKind, Spending, Usual, find_anomalies
from wealth_core.insight.flows import MonthFlow, share
from wealth_core.insight.forecast import Forecast, PlannedFlow, forecast
from wealth_core.insight.health import BudgetMonth, Factor, health
from wealth_core.insight.net_worth import Standing, net_worth, running_balances
from wealth_core.insight.periods import month_ends, month_starts, previous_period, year_before
from wealth_core.insight.robust import Sample, quantile, relative_spread
from wealth_core.investments.rates import Observation, Rates
from wealth_core.money import CurrencyMismatchError, Money
from wealth_core.periods import month_bounds

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += DAY


def household(start: date, end: date, seed: int) -> dict[date, Decimal]:
    """A salary that varies a little, a rent, more spending at weekends, and a repair now and then."""
    random, flows = Random(seed), {}  # noqa: S311 - no secret
    for day in days(start, end):
        amount = -random.lognormvariate(3.2, 0.7) * (1.8 if day.weekday() >= 5 else 1)
        if day.day == 1:
            amount -= 1100
        if day.day == 25:
            amount += 3000 + random.gauss(0, 150)
        if random.random() < 0.01:
            amount -= random.uniform(100, 600)
        flows[day] = Decimal(amount).quantize(Decimal("0.01"))
    return flows


def coverage(months: int, ahead: int, trials: int = 150) -> float:
    """How often the truth lay in the interval."""
    start, end, inside = month_starts(TODAY, months + 1)[0], TODAY + timedelta(days=ahead), 0
    for seed in range(trials):
        flows = household(start, end, seed)
        history = {day: amount for day, amount in flows.items() if day <= TODAY}
        found = forecast(TODAY, usd("5000"), history, since=start, days=ahead, paths=400)
        last = found.points[-1]
        truth = 5000 + sum(amount for day, amount in flows.items() if day > TODAY)
        inside += last.low.amount <= truth <= last.high.amount
    return inside / trials


@pytest.mark.parametrize(("months", "ahead"), [(24, 90), (24, 30), (12, 90), (6, 90), (3, 90), (6, 365)])
def test_the_interval_holds_the_truth_about_four_times_in_five(months, ahead):
    assert 0.70 <= coverage(months, ahead) <= 0.90


def test_a_forecast_follows_what_always_happens_to_the_day():
    history = {
        day: Decimal(-1000 if day.day == 1 else 3000 if day.day == 31 else -10) for day in days(date(2025, 1, 1), TODAY)
    }
    found = forecast(TODAY, usd("100"), history, since=date(2025, 1, 1), days=45)
    by_day = {point.date: point for point in found.points}
    assert [point.date for point in found.points] == list(days(TODAY + DAY, TODAY + timedelta(days=45)))
    # November has no 31st, so only what came on the 1st to the 30th is certain.
    assert by_day[date(2026, 11, 29)].expected == usd("10")
    assert by_day[date(2026, 11, 29)].low == by_day[date(2026, 11, 29)].high == usd("10")
    assert found.lowest is not None
    assert by_day[date(2026, 12, 2)].expected.amount < by_day[date(2026, 11, 30)].expected.amount - 1000
    assert (found.reason, len(found.months_used)) == (None, 22)
    assert "bootstrap" in found.method


def test_the_same_books_have_the_same_forecast():
    def once() -> Forecast:
        return forecast(TODAY, usd("5000"), household(date(2025, 1, 1), TODAY, 7), since=date(2025, 1, 1))

    assert once() == once()


def test_planned_flows_come_on_their_day_and_for_certain():
    history = household(date(2025, 1, 1), TODAY, 3)
    plain = forecast(TODAY, usd("0"), history, since=date(2025, 1, 1), days=30)
    due = TODAY + timedelta(days=10)
    planned = [
        PlannedFlow(due, usd("-250.50")),
        PlannedFlow(TODAY, usd("-1")),
        PlannedFlow(TODAY + timedelta(days=31), usd("-1")),
    ]
    found = forecast(TODAY, usd("0"), history, planned, since=date(2025, 1, 1), days=30)
    assert found.planned == 1
    for before, after in zip(plain.points, found.points, strict=True):
        moved = Decimal("-250.50") if after.date >= due else 0
        assert after.expected.amount - before.expected.amount == moved
        assert after.low.amount - before.low.amount == moved
    with pytest.raises(CurrencyMismatchError):
        forecast(TODAY, usd("0"), history, [PlannedFlow(due, Money.parse("1", "EUR"))], since=date(2025, 1, 1))


def test_a_short_past_gives_a_reason_and_an_exceptional_month_is_left_out():
    history = household(date(2026, 9, 2), TODAY, 1)
    found = forecast(TODAY, usd("1"), history, since=date(2026, 9, 2))
    assert (found.points, found.lowest) == ([], None)
    assert found.reason == "A forecast needs at least 3 complete months of records; there are 1."
    assert forecast(TODAY, usd("1"), {}, since=None).reason is not None
    history = household(date(2025, 11, 1), TODAY, 1)
    history[date(2026, 5, 15)] -= 50_000
    found = forecast(TODAY, usd("1"), history, since=date(2025, 11, 1))
    assert found.months_left_out == [date(2026, 5, 1)]
    assert date(2026, 5, 1) not in found.months_used
    assert found.points[-1].low.amount > -10_000


def payment(day: date, payee: str, amount: str | Decimal, category: str | None = "Food", account: int = 1) -> Spending:
    return Spending(uuid.uuid4(), uuid.UUID(int=account), day, payee, category, Decimal(amount))


def usual_of(payments: list[Spending], months: dict[str, list[Decimal]] | None = None) -> Usual:
    """What the queries read from the books, from a list."""
    payees: dict[str, list[tuple[date, Decimal]]] = {}
    categories: dict[str, list[Decimal]] = {}
    for one in payments:
        payees.setdefault(one.payee.lower(), []).append((one.date, one.amount))
        categories.setdefault(one.category or "", []).append(one.amount)
    amounts = sorted(one.amount for one in payments)
    return Usual(
        payees=payees,
        categories=categories,
        months=months or {},
        payments=len(amounts),
        median=amounts[len(amounts) // 2] if amounts else None,
        large=amounts[int(anomalies.LARGE_QUANTILE * len(amounts))] if amounts else None,
    )


def quiet_year(seed: int, start: date, end: date) -> list[Spending]:
    """Payments as every household has them, none of which should worry anybody."""
    random, payments = Random(seed), []  # noqa: S311
    habits = [
        ("Grocer", "Food", 0.35, 3.6, 0.5),
        ("Market", "Food", 0.2, 3.0, 0.4),
        ("Cafe", "Eating out", 0.3, 1.6, 0.3),
        ("Bistro", "Eating out", 0.08, 3.5, 0.4),
        ("Fuel", "Transport", 0.1, 3.8, 0.2),
        ("Pharmacy", "Health", 0.06, 2.7, 0.7),
        ("Shop", "Shopping", 0.1, 3.4, 0.8),
    ]
    for day in days(start, end):
        for payee, category, chance, centre, spread in habits:
            if random.random() < chance:
                amount = Decimal(random.lognormvariate(centre, spread)).quantize(Decimal("0.01"))
                payments.append(payment(day, payee, amount, category))
        if day.day == 1:
            payments.append(payment(day, "Landlord", "1100.00", "Housing"))
        if day.day == 12:
            payments.append(payment(day, "Streaming", "12.99", "Subscriptions"))
    return payments


def month_totals(payments: list[Spending]) -> dict[tuple[str, date], Decimal]:
    totals: dict[tuple[str, date], Decimal] = {}
    for one in payments:
        key = (one.category or "", one.date.replace(day=1))
        totals[key] = totals.get(key, Decimal(0)) + one.amount
    return totals


def looked_at(before: list[Spending], now: list[Spending], start: date, end: date) -> anomalies.Anomalies:
    months: dict[str, list[Decimal]] = {}
    for (category, _), total in month_totals(before).items():
        months.setdefault(category, []).append(total)
    return find_anomalies(now, month_totals(now), usual_of(before, months), start=start, end=end, currency="USD")


def test_quiet_books_raise_next_to_no_alarm():
    """Less than 1 of 100 payments, and less than one a month."""
    alarms = payments = months = 0
    for seed in range(12):
        start, end = date(2026, 9, 1), date(2026, 11, 30)
        before = quiet_year(seed, date(2025, 9, 1), date(2026, 8, 31))
        now = quiet_year(1000 + seed, start, end)
        found = looked_at(before, now, start, end)
        assert found.reason is None
        alarms, payments, months = alarms + len(found.found), payments + len(now), months + 3
    assert alarms / payments < 0.01
    assert alarms / months < 1


def test_a_few_earlier_amounts_are_no_reason_to_cry_wolf():
    """Less than 1 of 100 of amounts like the six to ten before them is odd."""
    random, odd = Random(1), 0  # noqa: S311 - no secret
    for trial in range(2000):
        amounts = [Decimal(f"{random.lognormvariate(3, 0.5):.2f}") for _ in range(7 + trial % 5)]
        sample = Sample.of(amounts[1:])
        assert sample is not None
        odd += sample.score(amounts[0]) >= 1
    assert odd < 20


def test_what_is_odd_is_found_with_its_figures():
    start, end = date(2026, 11, 1), date(2026, 11, 30)
    before = quiet_year(1, date(2025, 11, 1), date(2026, 10, 31))
    now = [
        payment(date(2026, 11, 3), "Landlord", "1100.00", "Housing"),
        payment(date(2026, 11, 4), "STREAMING", "25.99", "Subscriptions"),
        payment(date(2026, 11, 5), "Fuel", "52.10", "Transport"),
        payment(date(2026, 11, 6), "Fuel", "52.10", "Transport"),
        payment(date(2026, 11, 7), "Jeweller", "4000.00", "Shopping"),
        payment(date(2026, 11, 8), "Kiosk", "3.00", None),
    ]
    found = looked_at(before, now, start, end).found
    payments = {one.payee: one for one in found if one.kind is not AnomalyKind.UNUSUAL_MONTH}
    assert {payee: one.kind.value for payee, one in payments.items()} == {
        "STREAMING": "unusual_amount",
        "Fuel": "duplicate",
        "Jeweller": "new_large_payee",
    }
    streaming = payments["STREAMING"]
    assert (streaming.usual, streaming.compared_with, streaming.amount) == (usd("12.99"), 12, usd("25.99"))
    assert streaming.reason == "2.0 times what is usually paid to STREAMING (median of 12 payments)."
    assert streaming.score is not None
    assert streaming.score >= 1
    assert payments["Fuel"].transaction_ids == (now[2].id, now[3].id)
    assert "1 day before" in payments["Fuel"].reason
    month = next(one for one in found if one.kind is AnomalyKind.UNUSUAL_MONTH and one.category == "Subscriptions")
    assert (month.date, month.usual, month.compared_with) == (start, usd("12.99"), 12)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        # Two coffees a day are a habit.
        (
            [("2026-10-01", "4.00", 1), ("2026-10-01", "4.00", 1)],
            [("2026-11-02", "4.00", 1), ("2026-11-02", "4.00", 1)],
        ),
        ([], [("2026-11-02", "4.00", 1), ("2026-11-02", "4.00", 1), ("2026-11-03", "4.00", 1)]),
        ([], [("2026-11-02", "4.00", 1), ("2026-11-06", "4.00", 1)]),
        ([], [("2026-11-02", "4.00", 1), ("2026-11-02", "4.00", 2)]),
        ([], [("2026-11-02", "4.00", 1), ("2026-11-02", "4.01", 1)]),
    ],
)
def test_what_repeats_by_habit_late_elsewhere_or_otherwise_is_no_duplicate(before, now):
    def made(rows):
        return [payment(date.fromisoformat(day), "Cafe", amount, account=account) for day, amount, account in rows]

    found = looked_at(made(before), made(now), date(2026, 11, 1), date(2026, 11, 30))
    assert found.found == []
    assert "earlier payments to compare with" in (found.reason or "")


def test_scores_are_for_samples_that_can_tell():
    assert Sample.of([Decimal(10)] * 5) is None
    sample = Sample.of([Decimal(10)] * 6)
    assert sample is not None
    assert sample.score(Decimal(1)) < 0 < sample.score(Decimal("10.1")) < 1 < sample.score(Decimal(20))
    assert [quantile([0, 10, 20], part) for part in (0, 0.25, 0.5, 1)] == [0, 5, 10, 20]
    assert relative_spread([0.0, 0.0]) is None


def month(income: str, expense: str, number: int = 1) -> MonthFlow:
    return MonthFlow(date(2026, number, 1), usd(income), usd(expense))


def test_the_score_weighs_its_factors_and_each_says_what_it_is_made_of():
    months = [month("1000", "900", number) for number in range(1, 7)]
    found = health(months, savings=usd("2700"), assets=usd("10000"), debts=usd("2000"))
    factors = {one.factor: one for one in found.factors}
    scores = {factor.value: (str(one.value), one.score, one.weight) for factor, one in factors.items() if one.score}
    assert scores == {
        "savings_rate": ("0.1000", 50, 30),
        "emergency_fund": ("3.0", 50, 25),
        "debt_share": ("0.2000", 75, 20),
        "spending_stability": ("0.0000", 100, 15),
    }
    assert found.score == round((50 * 30 + 50 * 25 + 75 * 20 + 100 * 15) / 90)
    assert factors[Factor.BUDGET_ADHERENCE].explanation == "There are no budgets to keep to."
    assert "600.00 USD was kept" in factors[Factor.SAVINGS_RATE].explanation
    assert sum(one.weight for one in found.factors) == 100
    kept = [BudgetMonth(usd("100"), usd("90")), BudgetMonth(usd("100"), usd("100.01"))]
    with_budgets = health(months, savings=usd("2700"), assets=usd("10000"), debts=usd("2000"), budgets=kept)
    assert with_budgets.factors[-1].score == 50


@pytest.mark.parametrize(
    ("months", "savings", "assets", "debts", "missing"),
    [
        ([], "0", "0", "0", set(Factor)),
        ([month("0", "0")] * 2, "5", "5", "0", set(Factor) - {Factor.DEBT_SHARE}),
        (
            [month("0", "10")] * 5,
            "5",
            "5",
            "0",
            {Factor.SAVINGS_RATE, Factor.SPENDING_STABILITY, Factor.BUDGET_ADHERENCE},
        ),
    ],
)
def test_what_can_not_be_told_is_null_with_its_reason(months, savings, assets, debts, missing):
    found = health(months, savings=usd(savings), assets=usd(assets), debts=usd(debts))
    assert {one.factor for one in found.factors if one.score is None} == missing
    assert all(one.explanation.endswith(".") for one in found.factors)
    assert found.score is None
    assert "too little data" in (found.reason or "")


def test_scores_stay_between_nothing_and_all():
    months = [month("100", "500", number) for number in range(1, 7)]
    poor = health(months, savings=usd("0"), assets=usd("0"), debts=usd("9"))
    assert {one.factor: one.score for one in poor.factors if one.factor is not Factor.SPENDING_STABILITY} == {
        Factor.SAVINGS_RATE: 0,
        Factor.EMERGENCY_FUND: 0,
        Factor.DEBT_SHARE: 0,
        Factor.BUDGET_ADHERENCE: None,
    }
    rich = health([month("1000", "1", n) for n in range(1, 7)], savings=usd("9"), assets=usd("9"), debts=usd("0"))
    assert rich.score == 100


def test_net_worth_takes_debts_off_and_keeps_apart_what_has_no_rate():
    checking, card, yen = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    changes = [
        (checking, date(2026, 1, 1), usd("100")),
        (checking, date(2026, 3, 1), usd("-30")),
        (card, date(2026, 1, 1), Money.parse("-10", "EUR")),
        (yen, date(2026, 3, 1), Money.parse("500", "JPY")),
    ]
    ends = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    balances = running_balances(changes, ends)
    rates = Rates([Observation("EUR", "USD", date(2026, 2, 1), Decimal("1.2"))])
    january, february, march = (
        net_worth(Standing(day, balances[day], [usd("7")] if day.month > 1 else [], ["X"]), "USD", rates)
        for day in ends
    )
    assert (january.net, january.missing_rates) == (usd("100"), ["EUR/USD"])
    assert january.unconverted == [Money.parse("-10", "EUR")]
    assert (february.assets, february.liabilities, february.net) == (usd("107"), usd("12"), usd("95"))
    assert (march.net, march.unconverted) == (usd("65"), [Money.parse("500", "JPY")])
    assert [(rate.base, rate.date) for rate in march.rates] == [("EUR", date(2026, 2, 1))]
    assert march.unpriced == ["X"]


@pytest.mark.parametrize(
    ("start", "end", "before", "year"),
    [
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        ("2026-03-10", "2026-03-19", ("2026-02-28", "2026-03-09"), ("2025-03-10", "2025-03-19")),
        ("2028-02-29", "2028-02-29", ("2028-02-28", "2028-02-28"), ("2027-02-28", "2027-02-28")),
        ("2029-02-01", "2029-02-28", ("2029-01-01", "2029-01-31"), ("2028-02-01", "2028-02-29")),
    ],
)
def test_periods_are_compared_with_their_like(start, end, before, year):
    period = (date.fromisoformat(start), date.fromisoformat(end))
    assert previous_period(*period) == tuple(map(date.fromisoformat, before))
    assert year_before(*period) == tuple(map(date.fromisoformat, year))


def test_months_end_where_they_end_and_the_current_one_today():
    assert month_ends(TODAY, 3) == [date(2026, 9, 30), date(2026, 10, 31), TODAY]
    assert month_starts(date(2026, 1, 31), 2) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert month_bounds(TODAY)[1] == date(2026, 11, 30)


def test_a_share_of_nothing_is_none():
    assert share(usd("1"), usd("3")) == Decimal("0.3333")
    assert share(usd("1"), usd("0")) is None
    assert month("0", "5").savings_rate is None
