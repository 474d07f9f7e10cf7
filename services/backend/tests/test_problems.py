"""Every failure is a problem of RFC 9457, in a trace, and documented."""

import secrets
from datetime import date

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from tests.support.books import KEY
from wealth_backend.app import build_app
from wealth_backend.dependencies import UserWork
from wealth_backend.settings import Settings
from wealth_core.models import Transaction

from .conftest import JWT_KEY, ORIGIN, PASSWORD, TLS, problem

pytestmark = pytest.mark.anyio

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("path", ["/nothing", "/accounts/", "/../../etc/passwd", "/accounts/1/2/3"])
def test_an_unknown_address_is_a_problem(ada, path):
    problem(ada.http.get(path), 404, "not_found")


def test_outside_the_api_too(served):
    problem(httpx.get(f"{served.address}/", verify=TLS), 404, "not_found")


def test_a_method_that_an_address_does_not_take(ada):
    answer = ada.http.put("/accounts")
    problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} == {method.strip() for method in answer.headers["allow"].split(",")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not valid JSON"),
        (b"\xff\xfe", ""),
        (b"[]", ""),
        (b"", "is missing"),
        (b'{"name": "x", "kind": "house"}', "one of"),
    ],
)
def test_a_body_that_makes_no_sense(ada, content, message):
    answer = ada.http.post("/accounts", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert message in problem(answer, answer.status_code, answer.json()["code"])["detail"]


def test_a_path_without_an_id(ada):
    assert problem(ada.http.get("/accounts/not-an-id"), 422, "invalid")["errors"][0]["field"] == "path.account_id"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large(ada, chunked):
    size = 100 * 1024
    content = (b"x" * 1024 for _ in range(size // 1024)) if chunked else b"x" * size
    body = problem(ada.http.post("/accounts", content=content), 413, "too_large")
    assert "64 KiB" in body["detail"]


def test_without_a_session(visitor):
    answer = visitor.get("/accounts")
    problem(answer, 401, "signed_out")
    assert answer.headers["www-authenticate"]


def test_a_problem_is_part_of_its_callers_trace(visitor, served):
    answer = visitor.get("/accounts", headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert problem(answer, 401, "signed_out")["trace_id"] == TRACE
    served.wait_logged(trace_id=TRACE)
    line = [line for line in served.lines() if line["trace_id"] == TRACE][-1]
    assert (line["message"], line["path"], line["status"]) == ("request", "/api/v1/accounts", 401)


@pytest.fixture
def within(database) -> tuple[FastAPI, httpx.AsyncClient]:
    """The application in this process, to which a test may add routes."""
    settings = Settings(
        database_url=SecretStr(database.backend), jwt_key=SecretStr(JWT_KEY), mcp_token_key=KEY, public_url=ORIGIN
    )
    app, _ = build_app(settings)
    api = app
    while not isinstance(api, FastAPI):
        api = api._app
    transport = httpx.ASGITransport(app)
    return api, httpx.AsyncClient(transport=transport, base_url="http://backend", headers={"Origin": ORIGIN})


async def test_an_error_of_our_own_is_answered_logged_once_and_tells_nothing(within, caplog):
    api, client = within

    @api.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("a detail of ours")

    assert "a detail of ours" not in str(problem(await client.get("/broken"), 500, "internal"))
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]


async def test_what_can_not_be_committed_is_not_acknowledged(within):
    api, client = within

    @api.post("/unbalanced", status_code=201)
    async def unbalanced(work: UserWork) -> None:
        work.session.add(Transaction(user_id=work.user_id, date=date(2026, 10, 1), payee="no postings"))

    account = {"email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD}
    assert (await client.post("/api/v1/auth/sign-up", json=account)).status_code == 201
    problem(await client.post("/unbalanced"), 409, "conflict")


def test_the_api_describes_itself(served):
    document = httpx.get(f"{served.address}/api/v1/openapi.json", verify=TLS).json()
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    assert {"ProblemDetails", "FieldProblem"} <= set(schemas)
    assert "HTTPValidationError" not in schemas
    operations = {
        (path, method): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if path.startswith("/api/v1/")
    }
    assert len({operation["operationId"] for operation in operations.values()}) == len(operations)
    public = {"/api/v1/auth/sign-up", "/api/v1/auth/sign-in"}
    for (path, method), operation in operations.items():
        answers = operation["responses"]
        assert list(answers["default"]["content"]) == ["application/problem+json"], path
        assert path in public or operation["security"] == [{"APIKeyCookie": []}], path
        good = next(answer for status, answer in answers.items() if status.startswith("2"))
        told = [one.get("schema") or one.get("itemSchema") for one in good.get("content", {}).values()]
        assert method == "delete" or path.endswith("sign-out") or (told and all(told)), path
    assert "$ref" in str(operations["/api/v1/imports/preview", "post"]["responses"]["200"])
    preview = schemas["ImportPreview"]["properties"]
    assert (preview["rows"]["maxItems"], preview["errors"]["maxItems"]) == (100, 100)
    assert all("description" in field for field in schemas["ImportTotals"]["properties"].values())
