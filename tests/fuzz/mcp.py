"""Everything that may be sent to the MCP server, and what must hold for whatever comes back.

Every answer is a JSON-RPC result or error and no server error; what a tool gives is what its schema says; nobody is
told anything out of somebody else's books.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from tests.fuzz.values import any_json, mostly, spoiled, valid, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import SearchStrategy

    from tests.support.books import Person

VERSIONS = ("2025-06-18", "2025-11-25", "2026-07-28", "1999-01-01", "")
ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "fuzz", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
METHODS = (
    "initialize",
    "ping",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/read",
    "resources/templates/list",
    "resources/subscribe",
    "prompts/list",
    "prompts/get",
    "completion/complete",
    "logging/setLevel",
    "server/discover",
    "subscriptions/listen",
    "notifications/initialized",
    "notifications/cancelled",
)
_OF_CALLS, _OF_READS = 0.7, 0.1  # the rest are requests that are none


@dataclass(frozen=True)
class Caller:
    """A user, what their books are searched with, and the words that nobody else may ever read."""

    person: Person
    known: dict[str, list[Any]]
    canaries: tuple[str, ...]

    @property
    def token(self) -> str:
        """New each time: none lives for as long as a long run takes."""
        return self.person.token


class FindingError(AssertionError):
    """Something that must not happen."""


@dataclass
class Target:
    """Replicas, asked in turn."""

    addresses: Sequence[str]
    http: httpx.Client
    counts: Counter[str] = field(default_factory=Counter)

    def post(self, body: bytes, token: str, **headers: str) -> httpx.Response:
        address = self.addresses[self.counts["requests"] % len(self.addresses)]
        self.counts["requests"] += 1
        basic = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json, text/event-stream",
            "Content-Type": "application/json",
        }
        return self.http.post(f"{address}/mcp", content=body, headers=basic | headers)

    def result(self, method: str, token: str) -> dict[str, Any]:
        answer = self.post(written({"jsonrpc": "2.0", "id": 1, "method": method}), token)
        result: dict[str, Any] = answer.json()["result"]
        return result


def fuzz(addresses: Sequence[str], callers: Sequence[Caller], count: int, number: int = 0) -> Counter[str]:
    """About `count` requests; raises a FindingError, with the smallest example that hypothesis could make of it."""
    with httpx.Client(timeout=60) as http:
        target = Target(addresses, http)
        tools = target.result("tools/list", callers[0].token)["tools"]
        prompts = target.result("prompts/list", callers[0].token)["prompts"]
        per_tool = max(1, int(count * _OF_CALLS) // len(tools))
        for tool in tools:
            _run(_calls(target, tool, callers), per_tool, number)
        per_read = max(1, int(count * _OF_READS) // 2)
        _run(_reads(target, callers), per_read, number)
        _run(_prompts(target, prompts, callers), per_read, number)
        _run(_raw(target, callers), max(1, count - per_tool * len(tools) - 2 * per_read), number)
    return target.counts


def _run(test: Callable[[], None], examples: int, number: int) -> None:
    configured = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    configured(seed(number)(test))()


def _calls(target: Target, tool: dict[str, Any], callers: Sequence[Caller]) -> Callable[[], None]:
    validator = Draft202012Validator(tool["outputSchema"], validate_formats=True)

    @given(st.data())
    def call(data: st.DataObject) -> None:
        caller, known = _who(data, callers)
        arguments = valid(tool["inputSchema"], known)
        given_arguments = data.draw(mostly(arguments, spoiled(arguments)), label="arguments")
        params = {"name": tool["name"], "arguments": given_arguments}
        answer = _ask(target, caller, "tools/call", params)
        check(answer, callers, caller)
        target.counts[f"{tool['name']}: {check_tool(answer.json(), tool['name'], validator)}"] += 1

    return call


def _reads(target: Target, callers: Sequence[Caller]) -> Callable[[], None]:
    @given(st.data())
    def read(data: st.DataObject) -> None:
        caller, known = _who(data, callers)
        ids = st.sampled_from(known["transaction_id"])
        uri = st.one_of(
            st.sampled_from(["wealth://accounts", "wealth://categories", "wealth://proposals"]),
            st.one_of(st.sampled_from(known["month"]), st.text(max_size=10)).map("wealth://months/{}".format),
            st.one_of(ids, st.text(max_size=40)).map("wealth://transactions/{}".format),
            st.text(max_size=40).map("wealth://{}".format),
            any_json(),
        )
        answer = _ask(target, caller, "resources/read", {"uri": data.draw(uri)})
        check(answer, callers, caller)
        target.counts[f"resources/read: {_outcome(answer.json())}"] += 1

    return read


def _prompts(target: Target, prompts: list[dict[str, Any]], callers: Sequence[Caller]) -> Callable[[], None]:
    @given(st.data())
    def get(data: st.DataObject) -> None:
        caller, known = _who(data, callers)
        prompt = prompts[data.draw(st.integers(0, len(prompts) - 1), label="prompt")]
        arguments = st.fixed_dictionaries(
            {one["name"]: st.sampled_from(known[one["name"]]) for one in prompt["arguments"]}
        )
        given_arguments = data.draw(mostly(arguments, spoiled(arguments)), label="arguments")
        params = {"name": prompt["name"], "arguments": given_arguments}
        answer = _ask(target, caller, "prompts/get", params)
        check(answer, callers, caller)
        target.counts[f"prompts/get: {_outcome(answer.json())}"] += 1

    return get


def _raw(target: Target, callers: Sequence[Caller]) -> Callable[[], None]:
    request = st.fixed_dictionaries(
        {
            "jsonrpc": st.one_of(st.just("2.0"), st.just("2.0"), any_json()),
            "method": st.one_of(st.sampled_from(METHODS), st.sampled_from(METHODS), any_json()),
        },
        optional={
            "id": st.one_of(st.integers(), st.text(max_size=20), any_json()),
            "params": st.one_of(
                st.dictionaries(st.sampled_from(["name", "uri", "arguments", "cursor", "_meta", "x"]), any_json()),
                any_json(),
            ),
        },
    )

    @given(st.data())
    def send(data: st.DataObject) -> None:
        caller, _ = _who(data, callers)
        body = data.draw(st.one_of(request.map(written), request.flatmap(_damaged), st.binary(max_size=200)))
        version = data.draw(st.sampled_from(VERSIONS))
        headers = {"MCP-Protocol-Version": version} if version else {}
        answer = target.post(body, caller.token, **headers)
        check(answer, callers, caller)
        target.counts[f"raw: {answer.status_code}"] += 1

    return send


def _damaged(request: dict[str, Any]) -> SearchStrategy[bytes]:
    body = written(request)
    cut = st.integers(0, len(body))
    return st.one_of(
        cut.map(lambda end: body[:end]),
        st.tuples(cut, st.binary(min_size=1, max_size=4)).map(lambda at: body[: at[0]] + at[1] + body[at[0] :]),
        st.integers(1, 20_000).map(lambda depth: b"[" * depth),
        st.integers(1, 200).map(lambda depth: b'{"a":' * depth + b"1" + b"}" * depth),
        st.just(b"[" + body + b"," + body + b"]"),
    )


def _who(data: st.DataObject, callers: Sequence[Caller]) -> tuple[Caller, dict[str, list[Any]]]:
    """Somebody, who now and then knows the ids of somebody else's rows."""
    who = st.integers(0, len(callers) - 1)
    caller = callers[data.draw(who, label="caller")]
    knows = caller if data.draw(st.integers(0, 3)) else callers[data.draw(who, label="who knows")]
    if knows is caller:
        return caller, caller.known
    # Words of theirs would come back from the caller's own books, where proposals put them.
    ids = {
        name: [one for one in values if not any(word in str(one) for word in knows.canaries)]
        for name, values in knows.known.items()
    }
    return caller, {name: values or caller.known[name] for name, values in ids.items()}


def _ask(target: Target, caller: Caller, method: str, params: dict[str, Any]) -> httpx.Response:
    modern = target.counts["requests"] % 3 == 0
    headers = {"MCP-Protocol-Version": "2025-11-25"}
    if modern:
        params = {**params, "_meta": ENVELOPE}
        headers = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method}
        name = params.get("name", params.get("uri"))
        if isinstance(name, str) and name.isascii() and name.isprintable() and name.strip() == name:
            headers["Mcp-Name"] = name
    body = written({"jsonrpc": "2.0", "id": target.counts["requests"], "method": method, "params": params})
    return target.post(body, caller.token, **headers)


def check(answer: httpx.Response, callers: Sequence[Caller], caller: Caller) -> None:
    """What holds for every answer."""
    if answer.status_code >= 500:
        raise FindingError(f"a server error: {answer.status_code} {answer.text[:500]}")
    for other in callers:
        for canary in other.canaries if other is not caller else ():
            if canary in answer.text:
                raise FindingError(f"somebody was told what is in another's books: {canary}")
    if not answer.content:
        if answer.status_code not in {202, 405, 413}:
            raise FindingError(f"nothing was answered, with {answer.status_code}")
        return
    try:
        body = answer.json()
    except ValueError:
        if answer.status_code < 400:
            raise FindingError(f"no JSON, with {answer.status_code}: {answer.text[:200]}") from None
        return
    check_envelope(body)


def check_envelope(body: Any) -> None:
    if not isinstance(body, dict) or body.get("jsonrpc") != "2.0":
        raise FindingError(f"no JSON-RPC: {str(body)[:200]}")
    if ("result" in body) == ("error" in body):
        raise FindingError(f"neither a result nor an error: {str(body)[:200]}")
    if "error" in body:
        error = body["error"]
        if not isinstance(error.get("code"), int) or not isinstance(error.get("message"), str):
            raise FindingError(f"an error without code or message: {error}")
        if error["code"] == -32603:
            raise FindingError(f"the server failed: {error}")


def check_tool(body: dict[str, Any], name: str, validator: Draft202012Validator) -> str:
    """What holds for a tool's answer, in a word."""
    if "error" in body:
        return "error"
    result = body["result"]
    if not isinstance(result.get("content"), list):
        raise FindingError(f"{name}: no content")
    if result.get("isError"):
        text = result["content"][0]["text"]
        if text == f"Error executing tool {name}":
            raise FindingError(f"{name}: the tool crashed")
        return "refused"
    for error in validator.iter_errors(result.get("structuredContent")):
        raise FindingError(f"{name}: not what its schema says: {error.message}")
    if json.loads(result["content"][0]["text"]) != result["structuredContent"]:
        raise FindingError(f"{name}: its text says something else than its structured content")
    return "answered"


def _outcome(body: dict[str, Any]) -> str:
    return "error" if "error" in body else "answered"
