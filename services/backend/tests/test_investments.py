"""Securities, trades, prices, exchange rates and the portfolio over the API."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from .conftest import problem

if TYPE_CHECKING:
    from .conftest import Person


@dataclass(frozen=True)
class Broker:
    """A person with an investment account and a security."""

    person: Person
    account: str
    security: str

    def post(self, kind: str, date: str, **more: Any) -> Any:
        wanted = {"kind": kind, "account_id": self.account, "security_id": self.security, "date": date, **more}
        return self.person.http.post("/trades", json=wanted)

    def trade(self, kind: str, date: str, **more: Any) -> dict[str, Any]:
        answer = self.post(kind, date, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def balance(self) -> str:
        return self.person.http.get(f"/accounts/{self.account}").json()["balance"]["amount"]


def new_account(person: Person, name: str = "Broker", currency: str = "USD", kind: str = "investment") -> str:
    answer = person.http.post("/accounts", json={"name": name, "kind": kind, "currency": currency})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def new_security(person: Person, symbol: str = "ACME", **more: str) -> str:
    answer = person.http.post("/securities", json={"symbol": symbol, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.fixture
def broker(ada) -> Broker:
    return Broker(ada, new_account(ada), new_security(ada, name="Acme"))


def ledger(database, person: Person) -> dict[str, str]:
    """What the user's postings add up to, by kind."""
    with psycopg.connect(database.superuser) as connection:
        rows = connection.execute(
            "SELECT kind, sum(amount)::numeric(19, 2)::text FROM postings WHERE user_id = %s GROUP BY kind", [person.id]
        ).fetchall()
    return dict(rows)


def test_a_security_can_be_added_changed_and_deleted(ada):
    security = new_security(ada, "VWRL", name="World", kind="etf", currency="EUR")
    url = f"/securities/{security}"
    read = ada.http.get(url)
    assert read.json() == {"id": security, "symbol": "VWRL", "name": "World", "kind": "etf", "currency": "EUR"}
    problem(ada.http.post("/securities", json={"symbol": "vwrl"}), 409, "symbol_taken")
    changed = ada.http.patch(url, json={"name": "All-World"}, headers={"If-Match": read.headers["ETag"]})
    assert (changed.json()["name"], changed.json()["symbol"]) == ("All-World", "VWRL")
    stale = {"If-Match": read.headers["ETag"]}
    problem(ada.http.patch(url, json={"name": "x"}, headers=stale), 412, "changed_meanwhile")
    problem(ada.http.delete(url, headers=stale), 412, "changed_meanwhile")
    assert [one["id"] for one in ada.http.get("/securities").json()] == [security]
    assert ada.http.delete(url).status_code == 204
    problem(ada.http.get(url), 404, "not_found")


def test_trades_move_money_and_the_ledger_keeps_securities_at_what_they_cost(broker, database):
    ada = broker.person
    interest, fees = ada.category("Interest"), ada.category("Fees")
    broker.trade("buy", "2026-01-05", quantity="10", price="10.005", fee="1", fee_category_id=fees)
    broker.trade("buy", "2026-02-05", quantity="10", amount="200")
    assert broker.balance() == "-301.05"
    assert ledger(database, ada) == {"account": "-301.05", "security": "300.05", "category": "1.00"}
    sale = broker.trade("sell", "2026-03-05", quantity="15", price="20", fee="2.50", category_id=interest)
    assert (sale["cost"]["amount"], sale["realised_gain"]["amount"], sale["symbol"]) == ("200.05", "99.95", "ACME")
    dividend = broker.trade("dividend", "2026-04-01", amount="5", fee="1", note="Q1", category_id=interest)
    assert (dividend["note"], dividend["category_id"], dividend["fee_category_id"]) == ("Q1", interest, None)
    broker.trade("fee", "2026-05-01", amount="3", security_id=None, fee_category_id=fees)
    split = broker.trade("split", "2026-06-01", ratio="4:1")
    assert (split["ratio"], split["amount"]["amount"], split["quantity"]) == ("4:1", "0.00", None)
    assert broker.balance() == "-2.55"
    assert ledger(database, ada) == {"account": "-2.55", "security": "100.00", "category": "-97.45"}
    summary = ada.http.get("/summary/monthly", params={"month": "2026-03"}).json()
    assert (summary["income"]["amount"], summary["expense"]["amount"]) == ("99.95", "2.50")
    holdings = ada.http.get("/portfolio", params={"date": "2026-06-02"}).json()["holdings"]
    assert [(one["quantity"], one["cost"]["amount"]) for one in holdings] == [("20", "100.00")]


def test_an_old_trade_changed_or_deleted_changes_what_later_sales_cost(broker, database):
    ada = broker.person
    category = ada.category("Other income")
    first = broker.trade("buy", "2026-01-05", quantity="10", amount="100")
    broker.trade("buy", "2026-02-05", quantity="10", amount="200")
    sale = broker.trade("sell", "2026-03-05", quantity="10", amount="300", category_id=category)
    url = f"/trades/{sale['id']}"
    read = ada.http.get(url)
    assert read.json()["realised_gain"]["amount"] == "200.00"
    ada.http.patch(f"/trades/{first['id']}", json={"quantity": "4", "amount": "80"})
    changed = ada.http.get(url)
    assert (changed.json()["cost"]["amount"], changed.json()["category_id"]) == ("200.00", category)
    assert changed.headers["ETag"] != read.headers["ETag"]
    assert ledger(database, ada) == {"account": "20.00", "security": "80.00", "category": "-100.00"}
    moved = ada.http.patch(f"/trades/{first['id']}", json={"date": "2026-02-06"}).json()
    assert moved["amount"]["amount"] == "80.00"
    assert ada.http.get(url).json()["cost"]["amount"] == "200.00"
    assert ada.http.delete(f"/trades/{first['id']}").status_code == 204
    assert ledger(database, ada) == {"account": "100.00", "security": "0.00", "category": "-100.00"}
    problem(ada.http.get(f"/trades/{first['id']}"), 404, "not_found")


def test_a_fee_comes_and_goes_and_the_entry_balances_each_time(broker, database):
    ada = broker.person
    bought = broker.trade("buy", "2026-01-05", quantity="10", amount="100")
    url = f"/trades/{bought['id']}"
    fees = ada.category("Fees")
    changed = ada.http.patch(url, json={"fee": "4", "fee_category_id": fees, "note": "late"}).json()
    assert (changed["fee"]["amount"], changed["fee_category_id"], changed["note"]) == ("4.00", fees, "late")
    assert ledger(database, ada) == {"account": "-104.00", "security": "100.00", "category": "4.00"}
    assert ada.http.patch(url, json={"fee": "0"}).json()["note"] == "late"
    assert ledger(database, ada) == {"account": "-100.00", "security": "100.00"}
    assert ada.http.patch(url, json={"price": "12.5"}).json()["amount"]["amount"] == "125.00"


def test_nobody_sells_more_than_they_hold_now_or_later(broker, database):
    bought = broker.trade("buy", "2026-01-05", quantity="10", amount="100")
    body = problem(broker.post("sell", "2026-01-04", quantity="1", amount="9"), 409, "oversold")
    assert body["detail"] == "You hold 0 of ACME on 2026-01-04: sell at most that much."
    problem(broker.post("sell", "2026-02-01", quantity="10.00000001", amount="9"), 409, "oversold")
    broker.trade("sell", "2026-03-01", quantity="8", amount="160")
    before = ledger(database, broker.person)
    problem(broker.post("sell", "2026-02-01", quantity="3", amount="9"), 409, "oversold")
    url = f"/trades/{bought['id']}"
    for change in ({"quantity": "7"}, {"date": "2026-03-02"}):
        body = problem(broker.person.http.patch(url, json=change), 409, "oversold")
        assert body["detail"].startswith("The sale of 8 ACME on 2026-03-01 would then be of more than the ")
    problem(broker.person.http.delete(url), 409, "oversold")
    assert ledger(database, broker.person) == before
    assert broker.person.http.get(url).json()["quantity"] == "10"


def test_of_two_sales_of_the_last_share_at_a_time_one_is_made(broker):
    broker.trade("buy", "2026-01-05", quantity="1", amount="100")
    with ThreadPoolExecutor(2) as hands:
        answers = list(
            hands.map(lambda _: broker.post("sell", "2026-02-01", quantity="1", amount="120").status_code, range(2))
        )
    assert sorted(answers) == [201, 409]


def test_who_trades_a_security_waits_for_whoever_is_trading_it(broker, database):
    broker.trade("buy", "2026-01-05", quantity="1", amount="100")
    with ThreadPoolExecutor(1) as hands, psycopg.connect(database.superuser) as connection:
        connection.execute("SELECT FROM securities WHERE id = %s FOR NO KEY UPDATE", [broker.security])
        selling = hands.submit(broker.post, "sell", "2026-02-01", quantity="1", amount="120")
        with pytest.raises(TimeoutError):
            selling.result(timeout=1.5)
        connection.rollback()
        assert selling.result().status_code == 201


def test_holdings_of_two_accounts_are_kept_apart(broker):
    other = Broker(broker.person, new_account(broker.person, "Other"), broker.security)
    broker.trade("buy", "2026-01-05", quantity="10", amount="100")
    problem(other.post("sell", "2026-02-01", quantity="1", amount="9"), 409, "oversold")


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("buy", {"quantity": None}, "quantity"),
        ("buy", {"quantity": "0"}, "quantity"),
        ("buy", {"quantity": "0.000000001"}, "quantity"),
        ("buy", {"quantity": "-1"}, "quantity"),
        ("buy", {"quantity": "1e3"}, "quantity"),
        ("buy", {"quantity": 5}, "quantity"),
        ("buy", {"amount": None}, "amount"),
        ("buy", {"amount": "-1"}, "amount"),
        ("buy", {"amount": "1.001"}, "amount"),
        ("buy", {"amount": "9999999999999.99", "fee": "9999999999999.99"}, "amount"),
        ("buy", {"price": "3"}, "price"),
        ("buy", {"amount": None, "price": "999999999", "quantity": "999999999999"}, "price"),
        ("buy", {"fee": "-1"}, "fee"),
        ("buy", {"ratio": "2:1"}, "ratio"),
        ("buy", {"security_id": None}, "security_id"),
        ("buy", {"security_id": str(uuid.uuid4())}, "security_id"),
        ("buy", {"account_id": str(uuid.uuid4())}, "account_id"),
        ("buy", {"fee_category_id": str(uuid.uuid4())}, "fee_category_id"),
        ("buy", {"category_id": str(uuid.uuid4())}, "category_id"),
        ("buy", {"date": "2026-02-30"}, "date"),
        ("buy", {"note": "a\u0000b"}, "note"),
        ("dividend", {}, "quantity"),
        ("dividend", {"quantity": None, "amount": "0"}, "amount"),
        ("dividend", {"quantity": None, "amount": None, "price": "1"}, "price"),
        ("split", {"quantity": None, "amount": None}, "ratio"),
        ("split", {"quantity": None, "amount": None, "ratio": "0:1"}, "ratio"),
        ("split", {"quantity": None, "ratio": "2:1"}, "amount"),
        ("fee", {"quantity": None, "fee": "1"}, "fee"),
        ("gift", {}, "kind"),
    ],
)
def test_a_trade_that_can_not_be_taken(broker, kind, change, field):
    wanted = {"date": "2026-01-05", "quantity": "1", "amount": "1"} | change
    body = problem(broker.post(kind, wanted.pop("date"), **wanted), 422, "invalid")
    assert body["errors"][0]["field"] == field
    assert broker.person.http.get("/trades").json()["items"] == []
    assert broker.balance() == "0.00"


def test_only_investment_accounts_trade_and_a_foreign_price_needs_an_amount(ada):
    bank = Broker(ada, ada.account(), new_security(ada))
    body = problem(bank.post("buy", "2026-01-05", quantity="1", amount="1"), 422, "invalid")
    assert body["errors"][0]["field"] == "account_id"
    euros = Broker(ada, new_account(ada, "Euros", "EUR"), bank.security)
    body = problem(euros.post("buy", "2026-01-05", quantity="1", price="1"), 422, "invalid")
    assert body["detail"] == "The price is in USD and the account in EUR: give the amount in EUR."


def test_what_is_traded_stays_until_its_trades_are_gone(broker):
    ada = broker.person
    trade = broker.trade("buy", "2026-01-05", quantity="1", amount="1")
    problem(ada.http.delete(f"/securities/{broker.security}"), 409, "security_in_use")
    problem(ada.http.delete(f"/accounts/{broker.account}"), 409, "account_in_use")
    # A trade is changed as a trade: as a transaction its amounts would part from the holding.
    assert ada.http.delete(f"/transactions/{trade['id']}").is_client_error
    assert ada.http.get(f"/trades/{trade['id']}").status_code == 200
    gone = ada.http.delete(f"/accounts/{broker.account}", params={"with_transactions": True})
    assert gone.status_code == 204
    assert ada.http.get("/trades").json()["items"] == []
    assert ada.http.delete(f"/securities/{broker.security}").status_code == 204


def test_an_investor_can_leave_with_everything(broker, database):
    broker.trade("buy", "2026-01-05", quantity="1", amount="1")
    broker.trade("split", "2026-01-06", ratio="2:1")
    broker.person.http.post("/prices", json={"security_id": broker.security, "date": "2026-01-05", "price": "1"})
    broker.person.http.post("/rates", json={"base": "EUR", "quote": "USD", "date": "2026-01-05", "rate": "1"})
    with psycopg.connect(database.backend) as connection:
        connection.execute("SELECT set_config('app.user_id', %s, true)", [broker.person.id])
        connection.execute("DELETE FROM transactions")
        connection.execute("DELETE FROM users")
        for table in ("securities", "trades", "prices", "exchange_rates"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


def test_trades_are_listed_and_narrowed_page_by_page(broker):
    other = Broker(broker.person, broker.account, new_security(broker.person, "GLOBEX"))
    for day in (1, 2, 3, 4):
        (broker if day % 2 else other).trade("buy", f"2026-01-0{day}", quantity="1", amount="1")

    def dates(**query: Any) -> list[str]:
        return [one["date"][-1] for one in broker.person.http.get("/trades", params=query).json()["items"]]

    assert dates() == ["4", "3", "2", "1"]
    assert dates(security_id=other.security) == ["4", "2"]
    assert dates(**{"from": "2026-01-02", "to": "2026-01-03"}) == ["3", "2"]
    assert dates(kind="sell") == []
    page = broker.person.http.get("/trades", params={"limit": 3}).json()
    rest = broker.person.http.get("/trades", params={"limit": 3, "cursor": page["next_cursor"]}).json()
    assert (len(page["items"]), [one["date"] for one in rest["items"]]) == (3, ["2026-01-01"])
    assert rest["next_cursor"] is None
    problem(broker.person.http.get("/trades", params={"cursor": "nonsense"}), 422, "invalid")
    problem(broker.person.http.get("/trades", params={"from": "2026-02-01", "to": "2026-01-01"}), 422, "invalid")


def test_a_change_of_a_trade_that_has_changed_meanwhile_is_refused(broker):
    url = f"/trades/{broker.trade('buy', '2026-01-05', quantity='1', amount='1')['id']}"
    read = broker.person.http.get(url).headers["ETag"]
    assert broker.person.http.patch(url, json={"quantity": "2"}, headers={"If-Match": read}).status_code == 200
    stale = {"If-Match": read}
    problem(broker.person.http.patch(url, json={"quantity": "3"}, headers=stale), 412, "changed_meanwhile")
    problem(broker.person.http.delete(url, headers=stale), 412, "changed_meanwhile")


def test_a_price_is_set_for_a_day_and_tables_of_them_are_imported_once(broker):
    http = broker.person.http
    price = {"security_id": broker.security, "date": "2026-01-05", "price": "10.50"}
    first = http.post("/prices", json=price)
    assert (first.status_code, first.json()["price"]) == (201, "10.5")
    again = http.post("/prices", json=price | {"price": "11"}).json()
    assert (again["id"], again["price"]) == (first.json()["id"], "11")
    table = "Date;Symbol;Price\n2026-01-05;acme;12\n\n2026-01-06;ACME;13\n2026-01-06;ACME;13.00\n"
    assert http.post("/prices/import", json={"csv": table}).json() == {"added": 1, "changed": 1, "unchanged": 0}
    assert http.post("/prices/import", json={"csv": table}).json() == {"added": 0, "changed": 0, "unchanged": 2}
    listed = http.get("/prices", params={"security_id": broker.security}).json()["items"]
    assert [(one["date"], one["price"]) for one in listed] == [("2026-01-06", "13"), ("2026-01-05", "12")]
    assert http.delete(f"/prices/{first.json()['id']}").status_code == 204
    problem(http.delete(f"/prices/{first.json()['id']}"), 404, "not_found")


@pytest.mark.parametrize(
    ("table", "field", "reason"),
    [
        ("ACME,2026-01-05,1\nNONE,2026-01-05,1\nACME,2026-01-06,x\n", "csv.3", "'x' can't be taken"),
        ("ACME,2026-01-05,1\nNONE,2026-01-05,1\n", "csv.2", "no security 'NONE'"),
        ("symbol,date,price\nACME,05.01.2026,1\n", "csv.2", "write it like 2026-11-24"),
        ("ACME,0,1\n", "csv.1", "'0' is not a usable date"),
        ("ACME,1899-12-31,1\n", "csv.1", "'1899-12-31' is not a usable date"),
        ("ACME,2026-01-05\n", "csv.1", "There are 2 values"),
        ("ACME,2026-01-05,0\n", "csv.1", "above zero"),
        ("ACME,2026-01-05,1\nACME,2026-01-05,2\n", "csv.2", "It says 2 where a row before says 1"),
        ('"ACME,2026-01-05,1\n', "csv", "can't be read"),
        ("\n", "csv", "has no rows"),
        ("ACME,2026-01-05,1\n" * 10_001, "csv", "10000 are taken at once"),
    ],
)
def test_a_table_of_prices_is_taken_whole_or_not_at_all(broker, table, field, reason):
    body = problem(broker.person.http.post("/prices/import", json={"csv": table}), 422, "invalid")
    assert body["errors"][0]["field"] == field
    assert reason in body["errors"][0]["message"]
    assert broker.person.http.get("/prices").json()["items"] == []


def test_rates_are_set_and_imported(ada):
    rate = {"base": "eur", "quote": "USD", "date": "2026-01-05", "rate": "1.100"}
    first = ada.http.post("/rates", json=rate).json()
    assert {name: first[name] for name in ("base", "quote", "rate")} == {"base": "EUR", "quote": "USD", "rate": "1.1"}
    problem(ada.http.post("/rates", json=rate | {"quote": "EUR"}), 422, "invalid")
    table = "date,from,to,rate\n2026-01-05,EUR,USD,1.1\n2026-01-06,usd,pkr,280.123456789012\n"
    assert ada.http.post("/rates/import", json={"csv": table}).json() == {"added": 1, "changed": 0, "unchanged": 1}
    listed = ada.http.get("/rates", params={"base": "USD"}).json()["items"]
    assert [(one["quote"], one["rate"]) for one in listed] == [("PKR", "280.123456789012")]
    for wrong, row in (("2026-01-05,EUR,XXQ,1", "csv.1"), ("2026-01-05,EUR,EUR,1", "csv.1")):
        body = problem(ada.http.post("/rates/import", json={"csv": wrong}), 422, "invalid")
        assert body["errors"][0]["field"] == row
    assert ada.http.delete(f"/rates/{first['id']}").status_code == 204
    assert len(ada.http.get("/rates").json()["items"]) == 1


def test_a_portfolio_is_valued_by_the_newest_prices_and_rates(broker):
    ada = broker.person
    fund = new_security(ada, "FUND", kind="fund", currency="EUR")
    euros = Broker(ada, new_account(ada, "Euros", "EUR"), fund)
    broker.trade("buy", "2026-01-05", quantity="10", price="10", fee="1")
    broker.trade("sell", "2026-02-05", quantity="4", price="15")
    euros.trade("buy", "2026-01-05", quantity="2", price="50")
    ada.http.post("/prices", json={"security_id": broker.security, "date": "2026-03-01", "price": "20"})

    def portfolio(date: str, **query: str) -> dict[str, Any]:
        answer = ada.http.get("/portfolio", params={"date": date, **query})
        assert answer.status_code == 200, answer.text
        return answer.json()

    found = portfolio("2026-03-05")
    acme, other = found["holdings"]
    assert acme["price"] == {"price": "20", "currency": "USD", "date": "2026-03-01", "source": "price"}
    assert (acme["value"]["amount"], acme["unrealised_gain"]["amount"]) == ("120.00", "60.00")
    assert (other["price"]["source"], other["converted_value"]) == ("trade", None)
    assert found["value"] == {
        "total": {"amount": "120.00", "currency": "USD"},
        "unconverted": [{"amount": "100.00", "currency": "EUR"}],
    }
    assert (found["missing_rates"], found["realised_gain"]["total"]["amount"]) == (["EUR/USD"], "20.00")
    # Before the next price the sale is the newest, before that the purchase.
    assert portfolio("2026-02-20")["holdings"][0]["value"]["amount"] == "90.00"
    ada.http.post("/rates", json={"base": "USD", "quote": "EUR", "date": "2026-03-02", "rate": "0.8"})
    found = portfolio("2026-03-05")
    assert (found["value"]["total"]["amount"], found["missing_rates"]) == ("245.00", [])
    assert found["allocation"]["by_kind"] == [
        {"label": "fund", "value": {"amount": "125.00", "currency": "USD"}, "share": "0.5102"},
        {"label": "stock", "value": {"amount": "120.00", "currency": "USD"}, "share": "0.4898"},
    ]
    assert portfolio("2026-03-05", currency="EUR")["value"]["total"]["amount"] == "196.00"
    assert portfolio("2026-03-05", account_id=euros.account)["value"]["total"]["amount"] == "125.00"
    assert portfolio("2026-01-01")["holdings"] == []


def test_performance_is_measured_and_what_is_not_defined_says_why(broker):
    ada = broker.person

    def performance(**query: str) -> dict[str, Any]:
        answer = ada.http.get("/portfolio/performance", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert performance()["time_weighted"] == {"rate": None, "reason": "Nothing was held."}
    broker.trade("buy", "2025-01-01", quantity="10", amount="100")
    ada.http.post("/prices", json={"security_id": broker.security, "date": "2026-01-01", "price": "12"})
    found = performance(to="2026-01-01")
    assert (found["from"], found["paid_in"]["amount"], found["gain"]["amount"]) == ("2025-01-01", "100.00", "20.00")
    rates = [found[name]["rate"] for name in ("money_weighted", "time_weighted")]
    assert rates == ["0.200000", "0.200000"]
    found = performance(**{"from": "2025-06-01", "to": "2025-12-31"})
    assert found["start_value"]["amount"] == "100.00"
    assert found["time_weighted_yearly"]["reason"] == "Less than a year is not turned into a yearly return."
    found = performance(to="2026-01-01", currency="PKR")
    assert found["gain"] is None
    assert found["reason"] == "There is no exchange rate from USD to PKR on or before 2025-01-01: import one."
    problem(ada.http.get("/portfolio/performance", params={"from": "2026-01-02", "to": "2026-01-01"}), 422, "invalid")


@pytest.mark.parametrize("splits", [3, 9])
def test_figures_beyond_all_measure_are_refused_with_a_reason(broker, splits):
    broker.trade("buy", "2026-01-05", quantity="999999999999", amount="1")
    for number in range(splits):
        broker.trade("split", f"2026-01-1{number}", ratio="999999:1")
    broker.person.http.post(
        "/prices", json={"security_id": broker.security, "date": "2026-02-01", "price": "999999999"}
    )
    for path in ("/portfolio", "/portfolio/performance", "/insight/net-worth", "/insight/health"):
        body = problem(broker.person.http.get(path), 409, "out_of_range")
        assert "quantity" in body["detail"]
