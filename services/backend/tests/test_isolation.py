"""Two users never see or touch each other's rows, over any operation that the API describes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .conftest import TLS, problem
from .rows import CANARY, STATEMENT, make_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Person

PREFIX = "/api/v1"
# These end what the test itself is done with.
LAST = {"delete_me", "sign_out_everywhere", "sign_out"}


@pytest.fixture(scope="module")
def document(served) -> dict[str, Any]:
    described: dict[str, Any] = httpx.get(f"{served.address}{PREFIX}/openapi.json", verify=TLS).json()
    return described


@pytest.fixture
def hers(ada, database) -> dict[str, str]:
    return make_rows(ada, database)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        if path.startswith(PREFIX):
            for method, operation in methods.items():
                yield path.removeprefix(PREFIX), method, operation


class Bodies:
    """What an operation's schema asks for, with another user's ids wherever an id is asked for."""

    def __init__(self, document: dict[str, Any], ids: dict[str, str]) -> None:
        self._schemas = document["components"]["schemas"]
        self._ids = ids

    def value(self, schema: dict[str, Any], name: str = "", *, all_fields: bool = True) -> Any:
        if name in self._ids or name.endswith("_id"):
            return self._ids.get(name, self._any_id)
        schema = self._resolved(schema)
        if schema.get("type") == "object":
            fields = schema.get("properties", {})
            wanted = fields if all_fields else schema.get("required", [])
            return {field: self.value(fields[field], field, all_fields=all_fields) for field in wanted}
        if schema.get("type") == "array":
            return [self.value(schema["items"], name.removesuffix("s"), all_fields=all_fields)]
        given = [
            *schema.get("examples", []),
            *schema.get("enum", []),
            *([schema["const"]] if "const" in schema else []),
        ]
        return given[0] if given else self._plain(schema)

    @property
    def _any_id(self) -> str:
        return next(iter(self._ids.values()))

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The first of what is allowed, with its name followed to its meaning."""
        choices = [schema[key][0] for key in ("anyOf", "oneOf", "allOf") if key in schema]
        if choices:
            return self._resolved(choices[0])
        if "$ref" in schema:
            return self._resolved(self._schemas[schema["$ref"].rsplit("/", 1)[1]])
        return schema

    def _plain(self, schema: dict[str, Any]) -> Any:
        by_format = {"date": "2026-10-01", "uuid": self._any_id, "password": "not the password"}
        by_type = {"integer": schema.get("minimum", 1), "number": schema.get("minimum", 1), "boolean": True}
        text = "x" * max(1, schema.get("minLength", 1))
        return by_format.get(schema.get("format", ""), by_type.get(schema.get("type", ""), text))

    def options(self, operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """With all that can be sent, and with no more than must be."""
        content = operation.get("requestBody", {}).get("content", {})
        query = {
            one["name"]: self._ids[one["name"]]
            for one in operation.get("parameters", [])
            if one["in"] == "query" and one["name"] in self._ids
        }
        for all_fields in (True, False):
            if "multipart/form-data" in content:
                yield {"data": {"account_id": self._ids["account_id"]}, "files": {"file": ("s.csv", STATEMENT)}}
            elif "application/json" in content:
                schema = content["application/json"]["schema"]
                yield {"json": self.value(schema, all_fields=all_fields), "params": query}
            else:
                yield {"params": query if all_fields else {}}


def everything(person: Person, document: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """All that a user can read, as it is now."""
    found = {}
    for path, method, operation in operations(document):
        changing = path.startswith("/audit") or operation["operationId"] == "list_tokens"
        if method == "get" and not changing and not any(one.get("required") for one in queries(operation)):
            answer = person.http.get(path.format(**ids))
            found[path] = answer.json() if "json" in answer.headers["content-type"] else answer.text
    return found


def queries(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in operation.get("parameters", []) if one["in"] == "query"]


def test_nobody_reaches_anybody_elses_rows(ada, eve, hers, document):
    before = everything(ada, document, hers)
    assert CANARY in str(before)
    missing = {name for path, _, _ in operations(document) for name in re.findall(r"\{(\w+)\}", path)} - set(hers)
    assert not missing, f"rows.py makes no row for {missing}"
    bodies = Bodies(document, hers)
    for path, method, operation in sorted(operations(document), key=lambda one: one[2]["operationId"] in LAST):
        for options in bodies.options(operation):
            answer = eve.http.request(method, path.format(**hers), **options)
            what = f"{method} {path} {options}: {answer.status_code} {answer.text}"
            assert CANARY not in answer.text, what
            assert answer.status_code < 500 or path == "/chat", what  # nobody answers chats here
            if "{" in path:
                assert answer.status_code in ({403, 404, 422} if "requestBody" in operation else {403, 404}), what
    assert everything(ada, document, hers) == before


def test_a_reference_to_anybody_elses_row_is_refused(ada, eve, hers):
    mine = eve.account("Mine")
    one = eve.spend(mine, "-1")
    new = {"date": "2026-10-01", "payee": "x", "amount": "-1", "account_id": mine}
    for change in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}):
        problem(eve.http.post("/transactions", json=new | change), 422, "invalid")
        problem(eve.http.patch(f"/transactions/{one}", json=change), 422, "invalid")
    for path in ("/imports", "/imports/preview"):
        problem(eve.upload(path, hers["account_id"], STATEMENT), 404, "not_found")
    for query in ({"account_id": hers["account_id"]}, {"category_id": hers["category_id"]}, {"q": CANARY}):
        assert eve.http.get("/transactions", params=query).json()["items"] == []


def test_without_a_session_there_is_nothing(visitor, hers, document):
    for path, method, operation in operations(document):
        if not operation["security"] or {} in operation["security"]:
            continue
        answer = visitor.request(method, path.format(**hers))
        problem(answer, 401, "signed_out")


def test_a_token_reaches_nobody_elses_rows_either(eve, hers, document):
    made = eve.http.post("/auth/tokens", json={"name": "x", "scopes": ["read", "write", "import"]}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    bodies = Bodies(document, hers)
    with httpx.Client(base_url=eve.http.base_url, headers=headers, verify=TLS, timeout=60) as robot:
        for path, method, operation in operations(document):
            if "{" in path:
                for options in bodies.options(operation):
                    answer = robot.request(method, path.format(**hers), **options)
                    assert answer.status_code in {403, 404, 422}, (path, answer.text)
                    assert CANARY not in answer.text
