"""Two users never see or touch each other's rows, over any route."""

import httpx
import pytest

from .conftest import TLS, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Eve's Lair,-6.66\n"
PROFILE = {"header": ["Date", "Sum"], "mapping": {"columns": {"date": "Date", "amount": "Sum"}}}


@pytest.fixture
def hers(eve) -> dict[str, str]:
    account = eve.account("Eve's account", opening_balance="666")
    category = eve.http.post("/categories", json={"name": "Eve's category"}).json()["id"]
    transaction = eve.spend(account, "-6.66", "Eve's payee", category_id=category)
    imported = eve.imported(account, STATEMENT)
    assert imported.status_code == 201
    profile = eve.http.post("/import-profiles", json=PROFILE | {"name": "Eve's bank"})
    assert profile.status_code == 201, profile.text
    return {
        "account_id": account,
        "category_id": category,
        "transaction_id": transaction,
        "import_id": imported.json()["id"],
        "profile_id": profile.json()["id"],
    }


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, served):
    kept = ("/accounts", "/categories", "/import-profiles", "/imports", "/transactions", "/auth/me")
    before = [eve.http.get(path).json() for path in kept]
    mine = ada.account("Mine")
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
        "/imports/{import_id}": {"get": {}, "delete": {"params": {"with_changes": True}}},
        "/import-profiles/{profile_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
    }
    by_reference = [
        ("post", "/imports", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports/preview", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports", 422, {"data": {"account_id": mine, "profile_id": hers["profile_id"]}, "files": file}),
        ("post", "/transactions", 422, {"json": new | {"account_id": hers["account_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "category_id": hers["category_id"]}}),
    ]
    lists = [*kept, "/summary/monthly"]
    # These act on nobody but whoever asks.
    own = {
        ("post", "/accounts"),
        ("post", "/categories"),
        ("post", "/import-profiles"),
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
    for query in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}, {"q": "Eve"}):
        assert ada.http.get("/transactions", params=query).json()["items"] == []
    one = ada.spend(mine, "-1")
    for change in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}):
        problem(ada.http.patch(f"/transactions/{one}", json=change), 422, "invalid")

    assert [eve.http.get(path).json() for path in kept] == before

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
