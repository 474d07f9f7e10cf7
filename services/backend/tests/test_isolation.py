"""Two users never see or touch each other's rows, over any route."""

import uuid

import httpx
import psycopg
import pytest

from .conftest import TLS, problem

STATEMENT = b"Date,Description,Amount\n2026-11-01,Eve's Lair,-6.66\n"


@pytest.fixture
def hers(eve, propose, database) -> dict[str, str]:
    account = eve.account("Eve's account", opening_balance="666")
    category = eve.http.post("/categories", json={"name": "Eve's category"}).json()["id"]
    transaction = eve.spend(account, "-6.66", "Eve's payee", category_id=category)
    assert eve.imported(account, STATEMENT).status_code == 201
    proposal = propose(eve, "category", name="Eve's proposal", kind="expense")
    conversation = str(uuid.uuid4())
    with psycopg.connect(database.superuser) as connection:
        connection.execute(
            "INSERT INTO conversations (id, user_id, title) VALUES (%s, %s, 'Eve''s secret')", [conversation, eve.id]
        )
    return {
        "account_id": account,
        "category_id": category,
        "transaction_id": transaction,
        "proposal_id": proposal,
        "conversation_id": conversation,
    }


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, served):
    watched = ("/accounts", "/categories", "/transactions", "/auth/me", "/proposals", "/conversations")
    before = [eve.http.get(path).json() for path in watched]
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
        "/proposals/{proposal_id}": {"get": {}, "patch": {"json": {"payload": {"name": "Taken"}}}},
        "/proposals/{proposal_id}/confirm": {"post": {}},
        "/proposals/{proposal_id}/decline": {"post": {}},
        "/conversations/{conversation_id}": {"get": {}, "patch": {"json": {"title": "Taken"}}, "delete": {}},
        "/conversations/{conversation_id}/messages": {"get": {}},
    }
    aloud = {"json": {"message": "x", "conversation_id": hers["conversation_id"]}}
    by_reference = [
        ("post", "/chat", 404, aloud),
        ("post", "/chat/stream", 404, aloud),
        ("post", "/imports", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/imports/preview", 404, {"data": {"account_id": hers["account_id"]}, "files": file}),
        ("post", "/transactions", 422, {"json": new | {"account_id": hers["account_id"]}}),
        ("post", "/transactions", 422, {"json": new | {"account_id": mine, "category_id": hers["category_id"]}}),
    ]
    lists = [
        "/accounts",
        "/categories",
        "/transactions",
        "/summary/monthly",
        "/auth/me",
        "/proposals",
        "/conversations",
    ]
    # These act on nobody but whoever asks.
    own = {
        ("post", "/accounts"),
        ("post", "/categories"),
        ("delete", "/auth/me"),
        ("post", "/auth/sign-up"),
        ("post", "/auth/sign-in"),
        ("post", "/auth/sign-out"),
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

    assert [eve.http.get(path).json() for path in watched] == before

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
