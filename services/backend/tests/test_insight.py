"""What the books say, over the API: figures that are known because the books are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import problem

if TYPE_CHECKING:
    from .conftest import Person


def ask(person: Person, what: str, **query: Any) -> dict[str, Any]:
    answer = person.http.get(f"/insight/{what}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def books(ada) -> Person:
    """Half a year of a salary, rent and groceries, and some euros."""
    main, euros = ada.account(), ada.account("Euros", "EUR")
    salary, housing, groceries = (ada.category(name) for name in ("Salary", "Housing", "Groceries"))
    for month in range(1, 7):
        ada.spend(main, "2000", "Acme", f"2026-{month:02}-01", category_id=salary)
        ada.spend(main, "-900", "Landlord", f"2026-{month:02}-02", category_id=housing)
        ada.spend(main, "-100", "Grocer", f"2026-{month:02}-10", category_id=groceries)
    ada.spend(main, "-50", "Baker", "2026-06-11", category_id=groceries)
    ada.spend(euros, "30", "Gift", "2026-02-11")
    return ada


def test_net_worth_is_told_month_by_month_with_what_has_no_rate_apart(books):
    found = ask(books, "net-worth", months=3, date="2026-03-15")
    assert [(one["date"], one["net_worth"]["amount"]) for one in found["points"]] == [
        ("2026-01-31", "1000.00"),
        ("2026-02-28", "2000.00"),
        ("2026-03-15", "3000.00"),
    ]
    assert [one["missing_rates"] for one in found["points"]] == [[], ["EUR/USD"], ["EUR/USD"]]
    assert found["points"][1]["unconverted"] == [{"amount": "30.00", "currency": "EUR"}]
    books.http.post("/rates", json={"base": "EUR", "quote": "USD", "date": "2026-03-01", "rate": "1.2"})
    found = ask(books, "net-worth", months=2, date="2026-03-15")
    assert [one["net_worth"]["amount"] for one in found["points"]] == ["2000.00", "3036.00"]
    assert found["rates"] == [{"base": "EUR", "quote": "USD", "rate": "1.2", "date": "2026-03-01", "via": None}]


def test_what_is_dated_ahead_is_no_net_worth_yet(books):
    main = next(one["id"] for one in books.http.get("/accounts").json() if one["name"] == "Main")
    books.spend(main, "-500", date="2026-03-20")
    assert [
        ask(books, "net-worth", months=1, date=f"2026-03-{day}")["points"][0]["net_worth"]["amount"] for day in (19, 20)
    ] == ["3000.00", "2500.00"]


def test_net_worth_counts_debts_and_what_securities_are_worth(books):
    card = books.account("Card")
    books.spend(card, "-250", "Shop", "2026-03-01")
    broker = books.http.post("/accounts", json={"name": "Broker", "kind": "investment"}).json()["id"]
    acme = books.http.post("/securities", json={"symbol": "ACME"}).json()["id"]
    bought = {"kind": "buy", "account_id": broker, "security_id": acme, "date": "2026-03-02", "quantity": "10"}
    assert books.http.post("/trades", json=bought | {"price": "10"}).status_code == 201
    books.http.post("/prices", json={"security_id": acme, "date": "2026-03-10", "price": "15"})
    (point,) = ask(books, "net-worth", months=1, date="2026-03-15")["points"]
    figures = {name: point[name]["amount"] for name in ("assets", "liabilities", "investments", "net_worth")}
    assert figures == {"assets": "3150.00", "liabilities": "350.00", "investments": "150.00", "net_worth": "2800.00"}


def test_cash_flow_has_every_month_and_what_was_kept_of_it(books):
    found = ask(books, "cash-flow", months=7, date="2026-07-20")
    assert [one["month"] for one in found["months"]] == [f"2026-{month:02}" for month in range(1, 8)]
    june, july = found["months"][-2:]
    assert june == {
        "month": "2026-06",
        "income": {"amount": "2000.00", "currency": "USD"},
        "expense": {"amount": "1050.00", "currency": "USD"},
        "net": {"amount": "950.00", "currency": "USD"},
        "savings_rate": "0.4750",
    }
    assert (july["income"]["amount"], july["savings_rate"]) == ("0.00", None)
    assert (found["total"]["net"]["amount"], found["other_currencies"]) == ("5950.00", ["EUR"])


def test_spending_stands_next_to_the_period_before_and_the_year_before(books):
    books.spend(books.account("Old"), "-70", "Grocer", "2025-06-05", category_id=books.category("Groceries"))
    june = {"from": "2026-06-01", "to": "2026-06-30"}
    found = ask(books, "spending", **june)
    assert (found["previous"], found["year_before"]) == (
        {"first": "2026-05-01", "last": "2026-05-31"},
        {"first": "2025-06-01", "last": "2025-06-30"},
    )
    housing, groceries = found["items"]
    assert (housing["label"], housing["change"]["amount"], housing["change_share"]) == ("Housing", "0.00", "0.0000")
    assert housing["year_change_share"] is None
    assert (groceries["amount"]["amount"], groceries["previous"]["amount"]) == ("150.00", "100.00")
    assert (groceries["change_share"], groceries["year_before"]["amount"]) == ("0.5000", "70.00")
    assert (groceries["share"], groceries["transactions"]) == ("0.1429", 2)
    total = found["total"]
    assert (total["amount"]["amount"], total["previous"]["amount"], total["year_before"]["amount"]) == (
        "1050.00",
        "1000.00",
        "70.00",
    )
    payees = ask(books, "spending", **june, by="payee", limit=1)
    assert [one["label"] for one in payees["items"]] == ["Landlord"]
    assert payees["total"] == total


def test_the_forecast_goes_on_with_what_is_usual_and_knows_what_is_dated_ahead(books):
    found = ask(books, "forecast", days=40, date="2026-07-05")
    by_day = {one["date"]: one for one in found["points"]}
    assert len(found["points"]) == 40
    assert found["balance"]["amount"] == "5950.00"
    assert (by_day["2026-07-09"]["expected"]["amount"], by_day["2026-07-10"]["high"]["amount"]) == (
        "5950.00",
        "5850.00",
    )
    # 2,000 and -900 come on the 1st and 2nd; a Baker was paid in one month of six.
    assert by_day["2026-08-03"]["high"]["amount"] == "6950.00"
    assert (found["planned"], found["reason"], len(found["months_used"])) == (0, None, 6)
    main = next(one["id"] for one in books.http.get("/accounts").json() if one["name"] == "Main")
    books.spend(main, "-1200", "Landlord", "2026-08-02")
    found = ask(books, "forecast", days=40, date="2026-07-05")
    # The rent that is known takes the place of the rent that was usual.
    assert found["points"][27]["date"] == "2026-08-02"
    assert found["points"][27]["high"]["amount"] == "6650.00"
    assert found["planned"] == 1
    assert found["lowest"]["expected"]["amount"] < found["balance"]["amount"]


def test_too_short_a_past_is_said(ada):
    ada.spend(ada.account(), "-5", date="2026-10-01")
    found = ask(ada, "forecast", date="2026-10-20")
    assert (found["points"], found["lowest"]) == ([], None)
    assert found["reason"] == "A forecast needs at least 3 complete months of records; there are 0."
    assert "0 earlier payments" in ask(ada, "anomalies", date="2026-10-20")["reason"]
    health = ask(ada, "health", date="2026-10-20")
    assert health["score"] is None
    assert health["reason"]


def test_what_is_odd_is_named_with_its_figures(books):
    main = next(one["id"] for one in books.http.get("/accounts").json() if one["name"] == "Main")
    groceries = books.category("Groceries")
    for day in range(1, 29):
        books.spend(main, "-20", "Grocer", f"2026-05-{day:02}", category_id=groceries)
    big = books.spend(main, "-300", "GROCER", "2026-07-03", category_id=groceries)
    one, two = (books.spend(main, "-61.50", "Garage", day) for day in ("2026-07-04", "2026-07-05"))
    new = books.spend(main, "-4000", "Jeweller", "2026-07-06")
    found = ask(books, "anomalies", date="2026-07-20")
    items = {item["kind"]: item for item in found["items"] if item["payee"]}
    assert {kind: item["transaction_ids"] for kind, item in items.items()} == {
        "unusual_amount": [big],
        "duplicate": [one, two],
        "new_large_payee": [new],
    }
    assert items["unusual_amount"]["usual"]["amount"] == "20.00"
    assert items["unusual_amount"]["compared_with"] == 34
    assert found["payments"] == 4


def test_health_is_a_score_with_its_factors(books):
    found = ask(books, "health", date="2026-07-20")
    factors = {one["factor"]: one for one in found["factors"]}
    assert (factors["savings_rate"]["value"], factors["savings_rate"]["score"]) == ("0.4958", 100)
    assert factors["emergency_fund"]["value"] == "6.0"
    assert (factors["debt_share"]["score"], factors["budget_adherence"]["score"]) == (100, None)
    assert found["score"] == 100
    assert found["missing_rates"] == ["EUR/USD"]


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ("net-worth", {"months": 0}),
        ("net-worth", {"months": 121}),
        ("cash-flow", {"currency": "XXQ"}),
        ("forecast", {"days": 366}),
        ("forecast", {"days": 0}),
        ("anomalies", {"months": 13}),
        ("health", {"date": "1899-12-31"}),
        ("spending", {"from": "2026-01-02", "to": "2026-01-01"}),
        ("spending", {"from": "1900-01-01", "to": "2026-01-01"}),
        ("spending", {"by": "mood"}),
    ],
)
def test_a_question_that_makes_no_sense(ada, what, query):
    problem(ada.http.get(f"/insight/{what}", params=query), 422, "invalid")


@pytest.mark.parametrize("date", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("what", ["net-worth", "cash-flow", "forecast", "anomalies", "health"])
def test_the_first_and_the_last_day_are_days_like_any(books, what, date):
    assert ask(books, what, date=date)


def test_nobody_is_told_about_anybody_elses_books(books, eve):
    for what in ("net-worth", "cash-flow", "spending", "forecast", "anomalies", "health"):
        text = str(ask(eve, what))
        assert "Landlord" not in text
        assert "EUR" not in text
    assert ask(eve, "net-worth", date="2026-07-01")["points"][-1]["net_worth"]["amount"] == "0.00"


def test_the_forecast_knows_what_recurs_and_the_score_which_budgets_were_kept(ada):
    today = datetime.now(UTC).date()
    account = ada.account(opening_balance="1000")
    tomorrow, month = today + timedelta(days=1), f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    common = {"rule": "daily", "start_date": str(tomorrow), "account_id": account}
    for name, kind, amount in (("Lunch", "post", "-10"), ("Reminder", "remind", "-500")):
        made = ada.http.post("/recurring", json={**common, "name": name, "payee": name, "kind": kind, "amount": amount})
        assert made.status_code == 201, made.text
    found = ada.http.get("/insight/forecast", params={"days": 5}).json()
    assert found["planned"] == 5
    assert ada.http.get("/insight/forecast", params={"days": 5, "currency": "EUR"}).json()["planned"] == 0

    groceries = ada.category("Groceries")
    ada.http.post("/budgets", json={"category_id": groceries, "amount": "50", "month": month})
    ada.spend(account, "-60", date=f"{month}-10", category_id=groceries)
    factors = {one["factor"]: one for one in ada.http.get("/insight/health").json()["factors"]}
    assert factors["budget_adherence"]["explanation"] == "0 of 1 monthly budgets were kept to."
