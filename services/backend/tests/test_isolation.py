"""Two users never see or touch each other's rows, over any route."""

import httpx
import pytest

from .conftest import TLS, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Eve's Lair,-6.66\n"


@pytest.fixture
def hers(eve) -> dict[str, str]:
    account = eve.account("Eve's account", opening_balance="666")
    category = eve.http.post("/categories", json={"name": "Eve's category"}).json()["id"]
    transaction = eve.spend(account, "-6.66", "Eve's payee", category_id=category)
    assert eve.imported(account, STATEMENT).status_code == 201
    broker = eve.http.post("/accounts", json={"name": "Eve's broker", "kind": "investment"}).json()["id"]
    security = eve.http.post("/securities", json={"symbol": "EVE"}).json()["id"]
    bought = {"kind": "buy", "account_id": broker, "security_id": security, "date": "2026-10-01", "quantity": "6"}
    trade = eve.http.post("/trades", json=bought | {"amount": "66"}).json()["id"]
    price = eve.http.post("/prices", json={"security_id": security, "date": "2026-10-01", "price": "11"}).json()["id"]
    rate = eve.http.post("/rates", json={"base": "EUR", "quote": "USD", "date": "2026-10-01", "rate": "6.66"}).json()
    return {
        "account_id": account,
        "category_id": category,
        "transaction_id": transaction,
        "broker_id": broker,
        "security_id": security,
        "trade_id": trade,
        "price_id": price,
        "rate_id": rate["id"],
    }


INSIGHTS = ("net-worth", "cash-flow", "spending", "forecast", "anomalies", "health")
OWN = ("/accounts", "/categories", "/transactions", "/auth/me", "/securities", "/trades", "/prices", "/rates")


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, served):
    before = [eve.http.get(path).json() for path in OWN]
    mine = ada.account("Mine")
    broker = ada.http.post("/accounts", json={"name": "My broker", "kind": "investment"}).json()["id"]
    own_security = ada.http.post("/securities", json={"symbol": "MINE"}).json()["id"]
    buy = {"kind": "buy", "date": "2026-10-01", "quantity": "1", "amount": "1"}
    new = {"date": "2026-10-01", "payee": "x", "amount": "-1"}
    file = {"file": ("s.csv", STATEMENT)}
    by_id = {
        "/accounts/{account_id}": {
            "get": {},
            "patch": {"json": {"name": "Taken"}},
            "delete": {"params": {"with_transactions": True}},
        },
        "/categories/{category_id}": {"patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/transactions/{transaction_id}": {"get": {}, "patch": {"json": {"payee": "Taken"}}, "delete": {}},
        "/securities/{security_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/trades/{trade_id}": {"get": {}, "patch": {"json": {"quantity": "9"}}, "delete": {}},
        "/prices/{price_id}": {"delete": {}},
        "/rates/{rate_id}": {"delete": {}},
    }
    by_reference = [
        ("post", "/imports", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports/preview", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/transactions", 422, {"json": new | {"account_id": hers["account_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "category_id": hers["category_id"]}}),
    ]
    by_reference += [
        ("post", "/trades", 422, {"json": buy | {"account_id": hers["broker_id"], "security_id": own_security}}),
        ("post", "/trades", 422, {"json": buy | {"account_id": broker, "security_id": hers["security_id"]}}),
        (
            "post",
            "/trades",
            422,
            {"json": buy | {"account_id": broker, "security_id": own_security, "fee_category_id": hers["category_id"]}},
        ),
        (
            "post",
            "/prices",
            422,
            {"json": {"security_id": hers["security_id"], "date": "2026-10-01", "price": "1"}},
        ),
        ("post", "/prices/import", 422, {"json": {"csv": "EVE,2026-10-01,1\n"}}),
    ]
    lists = ["/accounts", "/categories", "/transactions", "/summary/monthly", "/auth/me", *OWN[4:], "/portfolio"]
    lists += ["/portfolio/performance"]
    lists += [f"/insight/{what}" for what in INSIGHTS]
    # These act on nobody but whoever asks.
    own = {
        ("post", "/accounts"),
        ("post", "/categories"),
        ("post", "/securities"),
        ("post", "/rates"),
        ("post", "/rates/import"),
        ("delete", "/auth/me"),
        ("post", "/auth/sign-up"),
        ("post", "/auth/sign-in"),
        ("post", "/auth/sign-out"),
        ("post", "/chat"),
    }

    for path, methods in by_id.items():
        for method, options in methods.items():
            answer = ada.http.request(method, path.format(**hers), **options)
            problem(answer, 404, "not_found")
    for method, path, status, options in by_reference:
        answer = ada.http.request(method, path, **options)
        assert answer.status_code == status, (path, answer.text)
        assert "Eve" not in answer.text.replace("'EVE'", "")
    for path in lists:
        text = ada.http.get(path, params={"month": "2026-11"}).text
        assert "Eve" not in text
        assert "6.66" not in text
        assert "EVE" not in text
    for path in ("/trades", "/prices"):
        assert ada.http.get(path, params={"security_id": hers["security_id"]}).json()["items"] == []
    for path in ("/portfolio", "/portfolio/performance"):
        assert "66" not in ada.http.get(path, params={"account_id": hers["broker_id"]}).text.split("trace_id")[0]
    for query in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}, {"q": "Eve"}):
        assert ada.http.get("/transactions", params=query).json()["items"] == []
    one = ada.spend(mine, "-1")
    for change in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}):
        problem(ada.http.patch(f"/transactions/{one}", json=change), 422, "invalid")

    assert [eve.http.get(path).json() for path in OWN] == before

    tried = {(method, path) for path, methods in by_id.items() for method in methods}
    tried |= {(method, path) for method, path, _, _ in by_reference} | {("get", path) for path in lists} | own
    document = httpx.get(f"{served.address}/api/v1/openapi.json", verify=TLS).json()
    routes = {
        (method, path.removeprefix("/api/v1"))
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith("/api/v1")
    }
    assert routes == tried


def test_without_a_session_there_is_nothing(visitor, hers, served):
    document = httpx.get(f"{served.address}/api/v1/openapi.json", verify=TLS).json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if "security" in operation and not path.endswith("/sign-out"):
                address = f"{served.address}{path.format(**hers)}"
                problem(visitor.request(method, address), 401, "signed_out")
