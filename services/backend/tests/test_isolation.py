"""Two users never see or touch each other's rows, over any route."""

import uuid
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest

from .conftest import TLS, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Eve's Lair,-6.66\n"


SCHEDULE = {"rule": "daily", "start_date": f"{datetime.now(UTC).date() + timedelta(days=1)}", "amount": "-1"}
PATHS = ("/accounts", "/budgets", "/categories", "/goals", "/notifications", "/recurring", "/transactions", "/auth/me")


def eve_is_told(database, eve) -> str:
    new = str(uuid.uuid4())
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "INSERT INTO notifications (id, user_id, kind, key, title, message)"
            " VALUES (%s, %s, 'low_balance', 'x', 'Eve''s balance', 'It is low.')",
            [new, eve.id],
        )
    return new


@pytest.fixture
def hers(eve, database) -> dict[str, str]:
    account = eve.account("Eve's account", opening_balance="666")
    category = eve.http.post("/categories", json={"name": "Eve's category"}).json()["id"]
    transaction = eve.spend(account, "-6.66", "Eve's payee", category_id=category)
    assert eve.imported(account, STATEMENT).status_code == 201
    budget = eve.http.post("/budgets", json={"category_id": category, "amount": "1"}).json()["id"]
    goal = eve.http.post("/goals", json={"name": "Eve's goal", "target_amount": "1"}).json()["id"]
    contribution = eve.http.post(f"/goals/{goal}/contributions", json={"amount": "1", "note": "Eve's"}).json()["id"]
    bill = SCHEDULE | {"name": "Eve's bill", "account_id": account, "category_id": category}
    return {
        "account_id": account,
        "category_id": category,
        "transaction_id": transaction,
        "budget_id": budget,
        "goal_id": goal,
        "contribution_id": contribution,
        "recurring_id": eve.http.post("/recurring", json=bill).json()["id"],
        "occurrence": SCHEDULE["start_date"],
        "notification_id": eve_is_told(database, eve),
    }


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, served):
    before = [eve.http.get(path).json() for path in PATHS]
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
        "/budgets/{budget_id}": {"get": {}, "patch": {"json": {"amount": "2"}}, "delete": {}},
        "/goals/{goal_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/goals/{goal_id}/contributions": {"get": {}, "post": {"json": {"amount": "2"}}},
        "/goals/{goal_id}/contributions/{contribution_id}": {"delete": {}},
        "/notifications/{notification_id}": {"patch": {"json": {"read": True}}, "delete": {}},
        "/recurring/{recurring_id}": {"get": {}, "patch": {"json": {"name": "Taken"}}, "delete": {}},
        "/recurring/{recurring_id}/occurrences/{occurrence}/post": {"post": {"json": {}}},
        "/recurring/{recurring_id}/occurrences/{occurrence}/skip": {"post": {}},
    }
    by_reference = [
        ("post", "/imports", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports/preview", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/transactions", 422, {"json": new | {"account_id": hers["account_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "category_id": hers["category_id"]}}),
        ("post", "/budgets", 422, {"json": {"category_id": hers["category_id"], "amount": "1"}}),
        ("post", "/goals", 422, {"json": {"name": "x", "target_amount": "1", "account_ids": [hers["account_id"]]}}),
        ("post", "/recurring", 422, {"json": SCHEDULE | {"name": "x", "account_id": hers["account_id"]}}),
        (
            "post",
            "/recurring",
            422,
            {"json": SCHEDULE | {"name": "x", "account_id": mine, "category_id": hers["category_id"]}},
        ),
    ]
    lists = [*PATHS, "/summary/monthly", "/budgets/status", "/recurring/upcoming", "/recurring/suggestions"]
    # These act on nobody but whoever asks.
    own = {
        ("post", "/accounts"),
        ("post", "/categories"),
        ("delete", "/auth/me"),
        ("post", "/auth/sign-up"),
        ("post", "/auth/sign-in"),
        ("post", "/auth/sign-out"),
        ("post", "/chat"),
        ("post", "/notifications/read-all"),
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
    own_goal = ada.http.post("/goals", json={"name": "Mine", "target_amount": "1"}).json()["id"]
    own_bill = ada.http.post("/recurring", json=SCHEDULE | {"name": "Mine", "account_id": mine}).json()["id"]
    for path, change in (
        (f"/goals/{own_goal}", {"account_ids": [hers["account_id"]]}),
        (f"/recurring/{own_bill}", {"account_id": hers["account_id"]}),
        (f"/recurring/{own_bill}", {"category_id": hers["category_id"]}),
    ):
        problem(ada.http.patch(path, json=change), 422, "invalid")
    contributions = f"/goals/{own_goal}/contributions"
    problem(ada.http.delete(f"{contributions}/{hers['contribution_id']}"), 404, "not_found")
    assert ada.http.post("/notifications/read-all").json() == {"marked": 0}
    one = ada.spend(mine, "-1")
    for change in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}):
        problem(ada.http.patch(f"/transactions/{one}", json=change), 422, "invalid")

    assert [eve.http.get(path).json() for path in PATHS] == before

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
