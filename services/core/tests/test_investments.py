"""Lots, exchange rates, valuation and returns; the returns against examples that others have published."""

import subprocess
import sys
import uuid
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wealth_core import ledger
from wealth_core.investments import exact
from wealth_core.investments.lots import OversoldError, position
from wealth_core.investments.performance import days_needed, performance
from wealth_core.investments.rates import MissingRateError, Observation, Rates, add_up
from wealth_core.investments.returns import Flow, Return, Subperiod, time_weighted, xirr, yearly
from wealth_core.investments.trades import SecurityKind, Trade, TradeKind
from wealth_core.investments.valuation import AccountInfo, PriceSource, Quote, Quotes, SecurityInfo, portfolio
from wealth_core.ledger import PostingKind
from wealth_core.money import Money

ACCOUNT, OTHER, ACME = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
START = date(2026, 1, 1)


def usd(amount: str) -> Money:
    return Money.parse(amount, "USD")


_count = iter(range(1, 10**9))


def trade(kind: str, day: str | date, quantity: str | None = None, amount: str = "0", **more) -> Trade:
    return Trade(
        id=uuid.UUID(int=next(_count)),
        account_id=more.get("account", ACCOUNT),
        security_id=more.get("security", ACME),
        kind=TradeKind(kind),
        date=date.fromisoformat(day) if isinstance(day, str) else day,
        amount=Money.parse(amount, more.get("currency", "USD")),
        fee=Money.parse(more.get("fee", "0"), more.get("currency", "USD")),
        quantity=Decimal(quantity) if quantity else None,
        ratio=Fraction(more["ratio"]) if "ratio" in more else None,
    )


def test_what_is_sold_first_is_what_was_bought_first():
    held = position(
        [
            trade("sell", "2026-03-01", "15", "300"),
            trade("buy", "2026-01-01", "10", "100", fee="5"),
            trade("buy", "2026-02-01", "10", "180"),
        ],
        "USD",
    )
    (sale,) = held.sales
    assert (sale.cost, sale.gain) == (usd("190"), usd("110"))
    assert [(lot.date, lot.quantity, lot.cost) for lot in held.lots] == [(date(2026, 2, 1), 5, usd("90"))]
    assert (held.cost, held.realised, held.fees) == (usd("90"), usd("110"), usd("5"))


def test_more_than_is_held_that_day_can_not_be_sold():
    trades = [
        trade("buy", "2026-01-01", "10", "100"),
        trade("sell", "2026-01-02", "10.00000001", "1"),
        trade("buy", "2026-01-03", "10", "100"),
    ]
    with pytest.raises(OversoldError, match=r"10.00000001 are sold on 2026-01-02 while 10 are held"):
        position(trades, "USD")


def test_what_is_bought_and_sold_on_one_day_may_have_been_written_down_in_any_order():
    day = [trade("sell", "2026-01-01", "20", "50"), trade("buy", "2026-01-01", "10", "40")]
    held = position([*day, trade("buy", "2025-01-01", "5", "10"), trade("split", "2026-01-01", ratio="2")], "USD")
    assert (held.quantity, held.realised) == (0, usd("0"))


def test_a_split_keeps_the_cost_and_a_third_of_a_share_is_a_third():
    trades = [trade("buy", "2026-01-01", "100", "1000"), trade("split", "2026-02-01", ratio="1/3")]
    held = position(trades, "USD")
    assert held.quantity == Fraction(100, 3)
    assert exact.quantity(held.quantity) == Decimal("33.33333333")
    assert held.cost == usd("1000")
    back = position([*trades, trade("split", "2026-03-01", ratio="3")], "USD")
    assert back.quantity == 100
    # All that can be said is all there is: nothing is left that nobody can sell, and no cost either.
    sold = position([*trades, trade("sell", "2026-03-01", "33.33333333", "1200")], "USD")
    assert (sold.quantity, sold.cost, sold.realised) == (0, usd("0"), usd("200"))


@st.composite
def histories(draw) -> list[Trade]:
    """Purchases, splits and sales of what is held then."""
    trades, held, day = [], Fraction(0), START
    for _ in range(draw(st.integers(1, 25))):
        day += timedelta(days=draw(st.integers(1, 40)))
        kind = draw(st.sampled_from(["buy", "buy", "sell", "split"]))
        amount = str(draw(st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)))
        if kind == "buy":
            quantity = draw(st.integers(1, 10**12).map(lambda units: Decimal(units) / 10**8))
            trades.append(trade("buy", day, str(quantity), amount))
            held += Fraction(quantity)
        elif kind == "split":
            ratio = draw(st.sampled_from(["2", "1/3", "3/2", "1/10"]))
            trades.append(trade("split", day, ratio=ratio))
            held *= Fraction(ratio)
        elif held >= exact.SMALLEST_QUANTITY:
            most = exact.quantity(held)
            quantity = min(most, max(Decimal("0.00000001"), round(most * draw(st.integers(1, 100)) / 100, 8)))
            trades.append(trade("sell", day, str(quantity), amount))
            held -= Fraction(quantity)
            held = held if held >= exact.SMALLEST_QUANTITY else Fraction(0)
    return trades


@given(histories())
def test_every_ledger_sums_to_zero_and_securities_to_their_book_cost(trades):
    held = position(trades, "USD")
    costs = {sale.trade.id: sale.cost for sale in held.sales}
    entries = [
        ledger.trade(
            one.kind, account_id=ACCOUNT, amount=one.amount, fee=one.fee, cost=costs.get(one.id, Money.zero("USD"))
        )
        for one in trades
    ]
    postings = [posting for entry in entries for posting in entry]
    assert sum(posting.money.amount for posting in postings) == 0

    def total(kind: PostingKind) -> Money:
        return Money.total((posting.money for posting in postings if posting.kind is kind), "USD")

    assert total(PostingKind.SECURITY) == held.cost == Money.total((lot.cost for lot in held.lots), "USD")
    assert -total(PostingKind.CATEGORY) == held.realised
    assert all(lot.quantity > 0 and lot.cost.amount >= 0 for lot in held.lots)
    assert sum(lot.quantity for lot in held.lots) == held.quantity


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("buy", "100", {"account": ["-102"], "security": ["100"], "category": ["2"]}),
        ("sell", "100", {"account": ["98"], "security": ["-70"], "category": ["-30", "2"]}),
        ("dividend", "100", {"account": ["98"], "category": ["-100", "2"]}),
        ("split", "0", {"account": ["-2"], "security": ["0"], "category": ["2"]}),
    ],
)
def test_a_trade_moves_the_account_the_security_and_what_was_earned_or_paid(kind, amount, expected):
    postings = ledger.trade(TradeKind(kind), account_id=ACCOUNT, amount=usd(amount), fee=usd("2"), cost=usd("70"))
    found: dict[str, list[Decimal]] = {}
    for posting in postings:
        found.setdefault(posting.kind.value, []).append(posting.money.amount)
    assert found == {name: [Decimal(one) for one in amounts] for name, amounts in expected.items()}


def rates(*rows: tuple[str, str, str, str]) -> Rates:
    return Rates(Observation(base, quote, date.fromisoformat(day), Decimal(rate)) for base, quote, day, rate in rows)


def test_a_rate_is_the_newest_on_or_before_the_day_in_either_direction():
    known = rates(
        ("EUR", "USD", "2026-01-01", "1.25"), ("EUR", "USD", "2026-01-05", "1.5"), ("USD", "EUR", "2026-01-04", "0.5")
    )
    found = {day: known.find("EUR", "USD", date(2026, 1, day)).value for day in (1, 3, 4, 5, 31)}
    assert found == {1: Fraction("1.25"), 3: Fraction("1.25"), 4: 2, 5: Fraction("1.5"), 31: Fraction("1.5")}
    assert known.convert(Money.parse("3.00", "USD"), "EUR", date(2026, 1, 2)) == Money.parse("2.40", "EUR")
    with pytest.raises(MissingRateError, match="from EUR to USD on or before 2025-12-31"):
        known.find("EUR", "USD", date(2025, 12, 31))


def test_a_pair_without_a_rate_goes_by_one_common_currency_and_says_so():
    known = rates(
        ("EUR", "USD", "2026-01-03", "1.2"),
        ("USD", "PKR", "2026-01-01", "280"),
        ("GBP", "EUR", "2026-01-01", "1.1"),
        ("GBP", "PKR", "2025-01-01", "300"),
    )
    found = known.find("EUR", "PKR", date(2026, 1, 4))
    assert (found.value, found.via, found.date) == (336, "USD", date(2026, 1, 1))
    # Two currencies in between would be a guess too many.
    with pytest.raises(MissingRateError):
        rates(
            ("EUR", "USD", "2026-01-01", "1"), ("USD", "GBP", "2026-01-01", "1"), ("GBP", "PKR", "2026-01-01", "1")
        ).find("EUR", "PKR", date(2026, 1, 4))


def test_what_has_no_rate_is_never_added_up():
    found = add_up(
        [usd("1"), Money.parse("2", "EUR"), Money.parse("-5", "PKR"), Money.zero("GBP")],
        "USD",
        rates(("EUR", "USD", "2026-01-01", "1.1")),
        date(2026, 1, 4),
    )
    assert (found.total, found.missing_rates) == (usd("3.20"), ["PKR/USD"])
    assert found.unconverted == (Money.parse("-5", "PKR"),)


def flows(*rows: tuple[str, str]) -> list[Flow]:
    return [Flow(date.fromisoformat(day), Decimal(amount)) for day, amount in rows]


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        # Microsoft, "XIRR function", support.microsoft.com/office: 0.373362535
        (
            flows(
                ("2008-01-01", "-10000"),
                ("2008-03-01", "2750"),
                ("2008-10-30", "4250"),
                ("2009-02-15", "3250"),
                ("2009-04-01", "2750"),
            ),
            "0.373363",
        ),
        # docs.rs/xirr (an implementation of LibreOffice's function), its first example: 0.1635371584432641
        (
            flows(("2015-06-11", "-1000"), ("2015-07-21", "-9000"), ("2018-06-10", "20000"), ("2015-10-17", "-3000")),
            "0.163537",
        ),
    ],
)
def test_the_money_weighted_return_is_that_of_published_examples(example, expected):
    assert xirr(example) == Return(Decimal(expected))


def test_the_money_weighted_return_is_that_of_the_cfa_courses():
    """CFA level I, "money-weighted rate of return": the IRR of -100, -118 and 264, 13.86 %."""
    found = xirr(flows(("2025-01-01", "-100"), ("2026-01-01", "-118"), ("2027-01-01", "264")))
    assert found.rate is not None
    assert round(found.rate * 100, 2) == Decimal("13.86")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        # Investopedia, "Time-Weighted Rate of Return (TWR)", investor 1: 16.25 % and -5.56 % make 9.79 %
        ([("1000000", "1162484"), ("1262484", "1192328")], "9.79"),
        # … and investor 2, who withdraws 100,000: the same return
        ([("1000000", "1162484"), ("1062484", "1003440")], "9.79"),
        # A quarterly example of the CFA curriculum, as quoted at analystforum.net/threads/time-weighted.19433: 31.85 %
        ([("2.2", "2.4"), ("2.8", "2.6"), ("2.4", "3.2"), ("4.2", "4.1")], "31.85"),
    ],
)
def test_the_time_weighted_return_is_that_of_published_examples(example, expected):
    found = time_weighted(Subperiod(Decimal(start), Decimal(end)) for start, end in example)
    assert found.rate is not None
    assert round(found.rate * 100, 2) == Decimal(expected)


def test_a_portfolio_returns_what_the_cfa_courses_work_out_for_it():
    """CFA level I, "money-weighted and time-weighted rates of return": a share bought for 100, a year later another
    for 120, both sold after two years for 130, a dividend of 2 a share each year: 15.84 % by time, 13.86 % by money.
    """
    trades = [
        trade("buy", "2025-01-01", "1", "100"),
        trade("dividend", "2026-01-01", amount="2"),
        trade("buy", "2026-01-01", "1", "120"),
        trade("dividend", "2027-01-01", amount="4"),
        trade("sell", "2027-01-01", "2", "260"),
    ]
    quotes = Quotes()
    quotes.add_trades(trades)
    found = performance(trades, quotes, Rates(), {}, start=date(2025, 1, 1), end=date(2027, 1, 1), currency="USD")
    assert found.time_weighted.rate == Decimal("0.342")
    # The first day and the last are 730 days apart; the published figure takes them for two years.
    assert yearly(found.time_weighted, 730).rate == Decimal("0.158447")
    assert found.money_weighted.rate is not None
    assert round(found.money_weighted.rate * 100, 2) == Decimal("13.86")
    assert (found.gain, found.paid_in, found.paid_out) == (usd("46"), usd("220"), usd("266"))


@pytest.mark.parametrize(
    ("undefined", "reason"),
    [
        (lambda: xirr([]), "at least two days"),
        (lambda: xirr(flows(("2026-01-01", "-100"))), "at least two days"),
        (lambda: xirr(flows(("2026-01-01", "-100"), ("2026-01-01", "110"))), "at least two days"),
        (lambda: xirr(flows(("2026-01-01", "-100"), ("2026-02-01", "-5"))), "came out"),
        (lambda: xirr(flows(("2026-01-01", "-100"), ("2026-01-02", "110"))), "too close together"),
        # 10 % and 20 % both do
        (lambda: xirr(flows(("2026-01-01", "-100"), ("2027-01-01", "230"), ("2028-01-01", "-132"))), "More than one"),
        (lambda: time_weighted([]), "Nothing was held"),
        (lambda: time_weighted([Subperiod(Decimal(0), Decimal(0))]), "Nothing was held"),
        (lambda: time_weighted([Subperiod(Decimal(0), Decimal(5))]), "began with nothing"),
        (lambda: yearly(Return(Decimal("0.1")), 364), "Less than a year"),
    ],
)
def test_a_return_that_is_not_defined_is_none_with_the_reason(undefined, reason):
    found = undefined()
    assert found.rate is None
    assert reason in found.reason


def quotes_of(trades: list[Trade], *rows: tuple[str, str], currency: str = "USD") -> Quotes:
    quotes = Quotes()
    quotes.add_trades(trades)
    for day, price in rows:
        quotes.add(ACME, Quote(date.fromisoformat(day), Decimal(price), currency))
    return quotes


def test_fees_lower_both_returns_and_a_split_changes_neither():
    trades = [trade("buy", "2026-01-01", "10", "100"), trade("split", "2026-06-01", ratio="4")]
    prices = quotes_of(trades, ("2026-01-01", "10"), ("2027-01-01", "3"))
    whole = {"start": date(2026, 1, 1), "end": date(2027, 1, 1), "currency": "USD"}
    free = performance(trades, prices, Rates(), {}, **whole)
    assert (free.time_weighted.rate, free.money_weighted.rate) == (Decimal("0.2"), Decimal("0.2"))
    # Between the split and the next price the old price stands for four new shares.
    between = performance(trades, prices, Rates(), {}, **(whole | {"end": date(2026, 7, 1)}))
    assert between.end_value == usd("100")
    costly = [trade("buy", "2026-01-01", "10", "100", fee="20"), *trades[1:]]
    found = performance(costly, prices, Rates(), {}, **whole)
    assert (found.time_weighted.rate, found.money_weighted.rate) == (Decimal(0), Decimal(0))
    assert found.gain == usd("0")


def test_a_gap_in_which_nothing_is_held_counts_for_nothing():
    trades = [
        trade("buy", "2026-01-01", "1", "100"),
        trade("sell", "2026-02-01", "1", "110"),
        trade("dividend", "2026-03-01", amount="1.10"),
        trade("buy", "2026-06-01", "1", "50"),
    ]
    found = performance(
        trades,
        quotes_of(trades, ("2026-12-31", "55")),
        Rates(),
        {},
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        currency="USD",
    )
    # The dividend that came after the sale belongs to what was held before: 1.111 times 1.1
    assert found.time_weighted.rate == Decimal("0.2221")


def test_a_period_begins_with_what_was_held_the_evening_before():
    trades = [trade("buy", "2025-03-01", "10", "100"), trade("sell", "2026-07-01", "5", "100")]
    prices = quotes_of(trades, ("2025-12-31", "16"), ("2026-12-31", "24"))
    found = performance(trades, prices, Rates(), {}, start=date(2026, 1, 1), end=date(2026, 12, 31), currency="USD")
    assert (found.start_value, found.end_value) == (usd("160"), usd("120"))
    assert (found.paid_out, found.gain, found.time_weighted.rate) == (usd("100"), usd("60"), Decimal("0.5"))
    assert days_needed(trades, date(2026, 1, 1), date(2026, 12, 31)) == [
        (day, frozenset({ACME})) for day in (date(2025, 12, 31), date(2026, 7, 1), date(2026, 12, 31))
    ]


def test_a_missing_rate_or_price_is_named_and_no_number_made_up():
    trades = [trade("buy", "2026-01-01", "10", "100")]
    whole = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    found = performance(trades, quotes_of(trades), Rates(), {}, **whole, currency="PKR")
    assert found.reason == "There is no exchange rate from USD to PKR on or before 2026-01-01: import one."
    assert (found.end_value, found.time_weighted.rate, found.money_weighted.rate) == (None, None, None)
    free = [trade("buy", "2026-01-01", "10", "0")]
    found = performance(free, quotes_of(free), Rates(), {ACME: "ACME"}, **whole, currency="USD")
    assert found.reason == "ACME has no price on or before 2026-01-01: enter one."


def test_a_portfolio_is_valued_and_spread_in_one_currency_with_the_rest_apart():
    globex = uuid.UUID(int=4)
    securities = {
        ACME: SecurityInfo(ACME, "ACME", "Acme", SecurityKind.STOCK, "USD"),
        globex: SecurityInfo(globex, "GLOBEX", "Globex", SecurityKind.FUND, "EUR"),
    }
    accounts = {ACCOUNT: AccountInfo(ACCOUNT, "Broker", "USD"), OTHER: AccountInfo(OTHER, "Depot", "PKR")}
    trades = [
        trade("buy", "2026-01-01", "10", "100"),
        trade("sell", "2026-02-01", "4", "60", fee="1"),
        trade("dividend", "2026-02-02", amount="3"),
        trade("fee", "2026-02-03", amount="2", security=None),
        trade("buy", "2026-01-01", "1", "30000", account=OTHER, currency="PKR", security=globex),
    ]
    quotes = quotes_of(trades, ("2026-03-01", "15"))
    quotes.add(globex, Quote(date(2026, 3, 1), Decimal(100), "EUR"))
    day = date(2026, 3, 2)
    known = rates(("EUR", "USD", "2026-01-01", "1.1"))
    found = portfolio(trades, securities, accounts, quotes, known, day=day, currency="USD")
    acme, other = found.holdings
    assert (acme.quantity, acme.cost, acme.value, acme.unrealised) == (Decimal(6), usd("60"), usd("90"), usd("30"))
    assert (other.value, other.converted, other.unrealised) == (Money.parse("100", "EUR"), usd("110"), None)
    assert (found.value.total, found.realised.total, found.dividends.total) == (usd("200"), usd("20"), usd("3"))
    assert found.fees.total == usd("3")
    assert found.cost.unconverted == (Money.parse("30000", "PKR"),)
    assert found.missing_rates == ["PKR/USD"]
    assert [(one.label, one.share) for one in found.by_kind] == [
        ("fund", Decimal("0.5500")),
        ("stock", Decimal("0.4500")),
    ]
    assert [one.label for one in found.by_account] == ["Depot", "Broker"]
    assert [one.label for one in found.by_currency] == ["EUR", "USD"]


def test_a_trade_is_a_price_until_there_is_a_newer_one():
    trades = [trade("buy", "2026-01-05", "10", "100")]
    quotes = quotes_of(trades, ("2026-01-05", "11"), ("2026-01-01", "9"))
    assert quotes.latest(ACME, date(2026, 1, 4)) == Quote(date(2026, 1, 1), Decimal(9), "USD")
    assert quotes.latest(ACME, date(2026, 1, 6)).price == 11
    assert quotes_of(trades).latest(ACME, date(2026, 1, 6)).source is PriceSource.TRADE
    assert quotes.latest(ACME, date(2025, 1, 1)) is None


def test_nobody_pays_for_returns_that_nobody_asks_for():
    """The services load what is heavy when it is needed, and arrays of numbers never."""
    script = """
import datetime, decimal, sys
from wealth_core.investments.returns import Flow, xirr
import wealth_core.repositories
heavy = {"numpy", "scipy", "pandas"}
assert not {"pyxirr", *heavy} & set(sys.modules), "loaded at start"
xirr([Flow(datetime.date(2025 + n, 1, 1), decimal.Decimal(amount)) for n, amount in enumerate((-1, 2))])
assert "pyxirr" in sys.modules and not heavy & set(sys.modules), "loaded by xirr"
"""
    environment = {"PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
