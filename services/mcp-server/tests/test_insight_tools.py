"""What the tools say about net worth, cash flow, the future, the odd, health and investments."""

import datetime as dt
from decimal import Decimal

import anyio
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.support.books import Person, Row, keep_books
from wealth_core import ledger
from wealth_core.database import Database
from wealth_core.ids import new_id
from wealth_core.insight.periods import month_starts
from wealth_core.investments.trades import SecurityKind, Trade, TradeKind
from wealth_core.models import Account, AccountKind, Security
from wealth_core.money import Money
from wealth_core.repositories import AccountRepository, NewPrice, PriceRepository, SecurityRepository, TradeRepository
from wealth_core.settings import DatabaseSettings

pytestmark = pytest.mark.anyio

TODAY = dt.datetime.now(dt.UTC).date()
MONTHS = month_starts(TODAY, 7)
TOOLS = ("net_worth", "cash_flow", "forecast", "anomalies", "health_score", "portfolio")


def rows() -> list[Row]:
    """A salary, a shop and a rent in each of the last six complete months."""
    found = []
    for month in MONTHS[:-1]:
        found += [
            Row(month.isoformat(), "Acme Corp", "2000.00", "Salary"),
            Row((month + dt.timedelta(days=1)).isoformat(), "Landlord", "-900.00"),
            Row((month + dt.timedelta(days=9)).isoformat(), "Green Grocer", "-100.00", "Groceries"),
        ]
    return found


async def invest(url: str, person: Person) -> None:
    """Ten shares bought for 100 and worth 15 each since."""
    database = Database(DatabaseSettings(database_url=SecretStr(url)))
    async with database.transaction(person.id) as session:
        account = await AccountRepository(session).add(
            Account(user_id=person.id, name="Broker", kind=AccountKind.INVESTMENT, currency="USD")
        )
        security = await SecurityRepository(session).add(
            Security(user_id=person.id, symbol="ACME", name="Acme", kind=SecurityKind.STOCK, currency="USD")
        )
        nothing, money = Money.zero("USD"), Money(Decimal(100), "USD")
        trade = Trade(new_id(), account.id, security.id, TradeKind.BUY, MONTHS[0], money, nothing, quantity=Decimal(10))
        entry = ledger.trade(trade.kind, account_id=account.id, amount=money, fee=nothing, cost=nothing)
        await TradeRepository(session).record(person.id, trade, entry, payee="Acme", note="")
        await PriceRepository(session).put(person.id, [NewPrice(security.id, MONTHS[1], Decimal(15))])
        assert await session.scalar(select(Security.id)) == security.id
    await database.close()


@pytest.fixture(scope="module")
def investor(database) -> Person:
    person = anyio.run(keep_books, database.backend, rows())
    anyio.run(invest, database.backend, person)
    return person


async def test_net_worth_has_a_point_for_each_month_and_counts_investments(ask, investor):
    answer = await ask("net_worth", investor, months=7)
    assert [one["date"][:7] for one in answer["points"]] == [f"{month:%Y-%m}" for month in MONTHS]
    last = answer["points"][-1]
    assert last["date"] == TODAY.isoformat()
    assert (last["net_worth"]["amount"], last["investments"]["amount"]) == ("6050.00", "150.00")
    assert answer["points"][0]["net_worth"]["amount"] == "1000.00"
    assert answer["change"]["amount"] == "5050.00"


async def test_cash_flow_says_what_was_kept(ask, investor):
    answer = await ask("cash_flow", investor, months=2)
    assert answer["months"][0]["net"]["amount"] == "1000.00"
    assert answer["months"][0]["savings_rate_percent"] == "50.0"
    assert answer["total"]["income"]["amount"] == "2000.00"


async def test_a_forecast_is_told_week_by_week_with_its_method(ask, investor):
    answer = await ask("forecast", investor, days=90)
    days = [dt.date.fromisoformat(one["date"]) for one in answer["points"]]
    assert days == [TODAY + dt.timedelta(days=step) for step in (*range(7, 90, 7), 90)]
    assert answer["balance"]["amount"] == "6000.00"
    assert (answer["months_used"], answer["reason"]) == (6, None)
    assert "bootstrap" in answer["method"]
    assert len((await ask("forecast", investor, days=3))["points"]) == 1
    assert "complete months" in (await ask("forecast", investor, currency="EUR"))["reason"]


async def test_what_is_odd_is_told_or_that_it_can_not_be(ask, investor):
    answer = await ask("anomalies", investor, months=1)
    assert (answer["anomalies"], answer["found"], answer["payments"]) == ([], 0, 0)
    assert "earlier payments" in answer["reason"]


async def test_health_is_a_score_with_factors(ask, investor):
    answer = await ask("health_score", investor)
    assert answer["score"] == 100
    assert {one["factor"]: one["score"] for one in answer["factors"]}["budget_adherence"] is None


async def test_the_portfolio_and_its_performance(ask, investor):
    answer = await ask("portfolio", investor)
    assert answer["value"]["total"]["amount"] == "150.00"
    (holding,) = answer["holdings"]
    assert (holding["quantity"], holding["price"], holding["unrealised_gain"]["amount"]) == ("10", "15", "50.00")
    assert answer["by_kind"] == [
        {"label": "stock", "value": {"amount": "150.00", "currency": "USD"}, "share_percent": "100.0"}
    ]
    period = {"date_from": MONTHS[0].isoformat(), "date_to": TODAY.isoformat()}
    answer = await ask("investment_performance", investor, **period)
    assert (answer["gain"]["amount"], answer["time_weighted"]["percent"]) == ("50.00", "50.00")
    assert answer["time_weighted_yearly"] == {
        "percent": None,
        "reason": "Less than a year is not turned into a yearly return.",
    }
    answer = await ask("investment_performance", investor, **period, currency="PKR")
    assert "no exchange rate from USD to PKR" in answer["reason"]


async def test_spending_stands_next_to_the_period_before(ask, investor):
    month = MONTHS[-2]
    period = {"date_from": month.isoformat(), "date_to": (MONTHS[-1] - dt.timedelta(days=1)).isoformat()}
    answer = await ask("spending_by_category", investor, **period)
    assert (answer["previous_total"]["amount"], answer["year_before_total"]["amount"]) == ("1000.00", "0.00")
    assert {one["category"]: one["previous"]["amount"] for one in answer["categories"]} == {
        "Uncategorised": "900.00",
        "Groceries": "100.00",
    }
    (payee,) = (await ask("spending_by_payee", investor, **period, payee="grocer"))["payees"]
    assert (payee["previous"]["amount"], payee["year_before"]["amount"]) == ("100.00", "0.00")


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("forecast", {"days": 366}, "days"),
        ("net_worth", {"months": 0}, "months"),
        ("anomalies", {"months": 13}, "months"),
        ("cash_flow", {"currency": "XXQ"}, "ISO 4217"),
        ("investment_performance", {"date_from": "2026-02-01", "date_to": "2026-01-01"}, "before"),
        ("investment_performance", {"date_from": "0001-01-01", "date_to": "2026-01-01"}, "lie between"),
        ("spending_by_category", {"date_from": "0001-01-01", "date_to": "2026-01-01"}, "lie between"),
    ],
)
async def test_a_wrong_question_is_an_error_that_says_so(ask, tool, arguments, message):
    assert message in (await ask(tool, **arguments))["error"]


async def test_nobody_is_told_about_anybody_elses_money(ask, investor, eve):
    for tool in TOOLS:
        text = str(await ask(tool, eve))
        assert "ACME" not in text
        assert "Landlord" not in text
    period = {"date_from": "2000-01-01", "date_to": TODAY.isoformat()}
    answer = await ask("investment_performance", eve, **period)
    assert answer["time_weighted"] == {"percent": None, "reason": "Nothing was held."}
