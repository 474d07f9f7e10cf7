"""The API's description is complete enough to make a client of it, and nothing is answered that it doesn't name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .conftest import TLS, problem
from .rows import make_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "/api/v1"
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
WRITES = {"post", "put", "patch", "delete"}
# Their answers hold a secret, or there is nobody or nothing that is changed.
UNKEYED = {
    "sign_up",
    "sign_in",
    "sign_out",
    "refresh_session",
    "delete_me",
    "make_token",
    "preview_import",
    "chat_stream",
}
# Only the person themselves decides on what agents propose.
WITHOUT_TOKEN = {"change_proposal", "confirm_proposal", "decline_proposal"}


@pytest.fixture(scope="module")
def document(served) -> dict[str, Any]:
    described: dict[str, Any] = httpx.get(f"{served.address}{PREFIX}/openapi.json", verify=TLS).json()
    return described


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        if path.startswith(f"{PREFIX}/"):
            for method, operation in methods.items():
                yield path, method, operation


def headers_of(answer: dict[str, Any]) -> set[str]:
    return set(answer.get("headers", {}))


@pytest.mark.spec("FR-007")
def test_it_is_one_document_without_loose_ends(document):
    assert document["openapi"].startswith("3.1")
    refs = set(re.findall(r"'\$ref': '#/([^']+)'", str(document)))
    assert refs
    for ref in refs:
        part: Any = document
        for step in ref.split("/"):
            part = part[step]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert set(document["components"]["securitySchemes"]) == {"Session", "Refresh", "AccessToken"}
    assert "x-takes-idempotency-key" not in str(document)


def test_every_operation_has_a_name_of_its_own(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)


def test_every_operation_names_all_of_its_answers(document):
    for path, method, operation in operations(document):
        answers, where = operation["responses"], f"{method} {path}"
        wanted = {"413", "422", "429", "503"}
        wanted |= {"401", "403"} if operation["security"] else set()
        wanted |= {"403", "409"} if method in WRITES else set()
        wanted |= {"400"} if "requestBody" in operation else set()
        wanted |= {"404"} if "{" in path else set()
        parameters = {parameter["name"].lower() for parameter in operation.get("parameters", [])}
        wanted |= {"412"} if "if-match" in parameters else set()
        assert wanted <= set(answers), f"{where} doesn't name {wanted - set(answers)}"
        for status, answer in answers.items():
            assert answer["description"], where
            if status.startswith("2"):
                assert status == "204" or all(
                    {"schema", "itemSchema"} & set(one) for one in answer["content"].values()
                ), where
                assert {"RateLimit", "RateLimit-Policy"} <= headers_of(answer), where
            else:
                assert answer["content"] == PROBLEM, f"{where} {status}"
        assert "Retry-After" in headers_of(answers["429"]) & headers_of(answers["503"]), where
        assert "401" not in answers or "WWW-Authenticate" in headers_of(answers["401"]), where


def test_every_write_takes_a_key_or_is_known_not_to(document):
    for path, method, operation in operations(document):
        given = [one for one in operation.get("parameters", []) if one["name"] == "Idempotency-Key"]
        takes_key = method in WRITES and operation["operationId"] not in UNKEYED
        assert bool(given) == takes_key, f"{method} {path}"
        if given:
            assert given[0]["schema"]["maxLength"] == 255
            assert "Retry-After" in headers_of(operation["responses"]["409"])
            good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
            assert all("Idempotency-Replayed" in headers_of(answer) for answer in good), path


def test_every_operation_says_who_may_use_it(document):
    scopes = {"AccessToken": {"read", "write", "import"}}
    for path, method, operation in operations(document):
        schemes = [(name, needed) for one in operation["security"] for name, needed in one.items()]
        tokens = [needed for name, needed in schemes if name == "AccessToken"]
        if path.startswith(f"{PREFIX}/auth/"):
            assert not tokens, path
            continue
        assert ("Session", []) in schemes, path
        if operation["operationId"] in WITHOUT_TOKEN:
            assert not tokens, path
            continue
        (needed,) = tokens
        assert set(needed) <= scopes["AccessToken"]
        assert (needed == ["read"]) == (method == "get"), path


def test_what_shows_one_row_that_can_be_changed_names_its_state(document):
    for path, methods in document["paths"].items():
        matching = [
            operation
            for operation in methods.values()
            if any(one["name"].lower() == "if-match" for one in operation.get("parameters", []))
        ]
        if matching and "get" in methods:
            assert "ETag" in headers_of(methods["get"]["responses"]["200"]), path


def test_a_query_parameter_that_nobody_knows_is_refused(ada, database, document):
    rows = make_rows(ada, database)
    for path, method, _ in operations(document):
        answer = ada.http.request(method, path.removeprefix(PREFIX).format(**rows), params={"surprise": "1"})
        body = problem(answer, 422, "invalid")
        assert [one["field"] for one in body["errors"]] == ["query.surprise"], path


def test_what_is_refused_is_refused_as_described(visitor, ada, database, document):
    rows = make_rows(ada, database)
    for path, method, operation in operations(document):
        address = path.removeprefix(PREFIX).format(**rows)
        for answer in (
            visitor.request(method, address),
            visitor.request(method, address, headers={"Origin": "http://evil.example"}),
            visitor.request(method, address, headers={"Authorization": "Bearer x"}),
            visitor.request(method, address, content=b"{", headers={"Content-Type": "application/json"}),
            visitor.request(method, address, content=b"x" * 70_000),
        ):
            assert str(answer.status_code) in operation["responses"], f"{method} {path}: {answer.text}"
            for name in ("retry-after", "www-authenticate"):
                described = {header.lower() for header in headers_of(operation["responses"][str(answer.status_code)])}
                assert name not in answer.headers or name in described, f"{method} {path} {answer.status_code} {name}"


def test_shapes_are_bounded_where_they_could_grow(document):
    schemas = document["components"]["schemas"]
    assert {"ProblemDetails", "FieldProblem"} <= set(schemas)
    preview = schemas["ImportPreview"]["properties"]
    assert (preview["rows"]["maxItems"], preview["errors"]["maxItems"]) == (100, 100)
    assert all("description" in field for field in schemas["ImportTotals"]["properties"].values())


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("misspelt=5", "query.misspelt"),
        ("limit=5&limit=5", "query.limit"),
        ("limit=5&limit=many", "query.limit"),
    ],
)
def test_a_query_parameter_is_known_and_given_once(ada, query, field):
    answer = ada.http.get(f"/transactions?{query}")
    assert answer.status_code == 422, answer.text
    assert [one["field"] for one in answer.json()["errors"]] == [field]
