"""The fuzzers see what they are there to see."""

from __future__ import annotations

import uuid

import httpx
import pytest
from jsonschema_rs import Draft202012Validator

from tests.fuzz.mcp import Caller, FindingError, check, check_envelope, check_tool
from tests.support.books import Person

ADA = Caller(Person(uuid.uuid4()), {}, ("canary-of-ada",))
EVE = Caller(Person(uuid.uuid4()), {}, ("canary-of-eve",))
NUMBER = Draft202012Validator({"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]})
RESULT = {"jsonrpc": "2.0", "id": 1, "result": {}}


def told(**answer: object) -> httpx.Response:
    return httpx.Response(200, request=httpx.Request("POST", "http://x"), json=RESULT | answer)


def test_a_good_answer_is_none_of_its_business() -> None:
    check(told(result={"text": "canary-of-ada"}), [ADA, EVE], ADA)
    good = {"content": [{"type": "text", "text": '{"n": 1}'}], "structuredContent": {"n": 1}}
    assert check_tool(RESULT | {"result": good}, "tool", NUMBER) == "answered"
    refused = {"content": [{"type": "text", "text": "no such account"}], "isError": True}
    assert check_tool(RESULT | {"result": refused}, "tool", NUMBER) == "refused"


def test_somebody_elses_word_is_found() -> None:
    with pytest.raises(FindingError, match="canary-of-eve"):
        check(told(result={"text": "canary-of-eve"}), [ADA, EVE], ADA)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_found(status: int) -> None:
    with pytest.raises(FindingError, match="a server error"):
        check(httpx.Response(status, request=httpx.Request("POST", "http://x"), json=RESULT), [ADA, EVE], ADA)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"result": {}},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "result": {}, "error": {"code": 1, "message": "x"}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": "x", "message": "x"}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": -32603, "message": "failed"}},
    ],
)
def test_what_is_no_answer_of_the_protocol_is_found(body: object) -> None:
    with pytest.raises(FindingError):
        check_envelope(body)


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"content": [{"type": "text", "text": "Error executing tool tool"}], "isError": True},
        {"content": [{"type": "text", "text": "{}"}], "structuredContent": {}},
        {"content": [{"type": "text", "text": '{"n": "1"}'}], "structuredContent": {"n": "1"}},
        {"content": [{"type": "text", "text": '{"n": 2}'}], "structuredContent": {"n": 1}},
    ],
)
def test_a_tool_that_crashes_or_breaks_its_schema_is_found(result: dict[str, object]) -> None:
    with pytest.raises(FindingError):
        check_tool(RESULT | {"result": result}, "tool", NUMBER)
