"""Two users never see or touch each other's rows, over any route."""

import httpx
import pytest

from .conftest import TLS, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Eve's Lair,-6.66\n"


@pytest.fixture
def hers(eve) -> dict[str, str]:
    account = eve.account("Eve's account", opening_balance="666")
    category = eve.http.post("/categories", json={"name": "Eve's category"}).json()["id"]
    transaction = eve.spend(account, "-6.66", "Eve's payee", category_id=category, tags=["Eve's tag"])
    rule = {"name": "Eve's rule", "conditions": {"account_id": account}, "actions": {"tags": ["Eve's tag"]}}
    rule_id = eve.http.post("/rules", json=rule).json()["id"]
    (tag,) = eve.http.get("/tags").json()
    assert eve.imported(account, STATEMENT).status_code == 201
    return {
        "account_id": account,
        "category_id": category,
        "transaction_id": transaction,
        "rule_id": rule_id,
        "tag_id": tag["id"],
    }


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, served):
    seen = ("/accounts", "/categories", "/payees", "/rules", "/tags", "/transactions", "/auth/me")
    before = [eve.http.get(path).json() for path in seen]
    mine = ada.account("Mine")
    new = {"date": "2026-10-01", "payee": "x", "amount": "-1"}
    file = {"file": ("s.csv", STATEMENT)}
    by_id = {
        "/accounts/{account_id}": {
            "get": {},
            "patch": {"json": {"name": "Taken"}},
            "delete": {"params": {"with_transactions": True}},
        },
        "/categories/{category_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/categories/{category_id}/merge": {"post": {"json": {"into_id": ada.category("Groceries")}}},
        "/rules/{rule_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/rules/{rule_id}/apply": {"post": {}},
        "/rules/{rule_id}/preview": {"post": {}},
        "/tags/{tag_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/transactions/{transaction_id}": {"get": {}, "patch": {"json": {"payee": "Taken"}}, "delete": {}},
        "/transactions/{transaction_id}/match": {"post": {"json": {"other_id": hers["transaction_id"]}}},
    }
    rule = {"name": "x", "conditions": {"account_id": mine}, "actions": {"category_id": hers["category_id"]}}
    by_reference = [
        ("post", "/imports", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports/preview", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/transactions", 422, {"json": new | {"account_id": hers["account_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "category_id": hers["category_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "to_account_id": hers["account_id"]}}),
        ("post", "/transactions/bulk", 422, {"json": {"ids": [hers["transaction_id"]], "delete": True}}),
        ("post", "/categories", 422, {"json": {"name": "x", "parent_id": hers["category_id"]}}),
        ("post", "/rules", 422, {"json": rule}),
        ("post", "/rules/preview", 422, {"json": rule}),
        ("post", "/rules/order", 422, {"json": {"ids": [hers["rule_id"]]}}),
        ("get", "/export/transactions.csv", 422, {"params": {"account_id": hers["account_id"]}}),
    ]
    lists = [*seen, "/summary/monthly", "/export", "/export/transactions.csv"]
    # These act on nobody but whoever asks.
    own = {
        ("post", "/accounts"),
        ("post", "/categories"),
        ("post", "/payees/rename"),
        ("post", "/restore"),
        ("post", "/rules/apply"),
        ("post", "/tags"),
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
        assert "Eve" not in answer.text
    for path in lists:
        assert "Eve" not in ada.http.get(path, params={"month": "2026-11"}).text
    ada.http.post("/payees/rename", json={"names": ["Eve's payee"], "name": "Taken"})
    ada.http.post("/rules/apply")
    for query in (*({name: hers[name]} for name in ("account_id", "category_id", "tag_id")), {"q": "Eve"}):
        assert ada.http.get("/transactions", params=query).json()["items"] == []
    one = ada.spend(mine, "-1")
    for change in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}):
        problem(ada.http.patch(f"/transactions/{one}", json=change), 422, "invalid")

    assert [eve.http.get(path).json() for path in seen] == before

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
