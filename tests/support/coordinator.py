"""Stands in for the coordinator: an A2A server as a process, which answers as its question's first word says.

`python -m tests.support.coordinator` serves on PORT. Each request is one line of JSON on its output, and so is each
caller who hung up before the answer was out.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from wealth_core.telemetry import Receive, Scope, Send

CALL = {"id": "1", "agent": "spending", "tool": "search_transactions"}
TOOL_CALL: dict[str, Any] = {
    "agent": "spending",
    "tool": "search_transactions",
    "arguments": {"limit": 1},
    "result": {"n": 1},
}
EVIDENCE: dict[str, Any] = {
    "model": "offline-analyst",
    "tool_calls": [TOOL_CALL],
    "references": [
        {
            "kind": "transaction",
            "id": "0192f0c1-7d2a-7cc3-9a55-3f1f4a1c9b11",
            "label": "Green Grocer",
            "date": "2026-10-03",
            "amount": {"amount": "-82.40", "currency": "USD"},
        },
        {"kind": "category", "id": "0192f0c1-7d2a-7cc3-9a55-3f1f4a1c9b12", "label": None, "date": None, "amount": None},
    ],
    "proposals": [],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0},
}
LONG = "So much. " * 100_000


class Question:
    def __init__(self, request: dict[str, Any]) -> None:
        parts = request["params"]["message"]["parts"]
        self.id = request["id"]
        self.streamed = request["method"] == "message/stream"
        self.text: str = parts[0]["text"]
        self.about: dict[str, Any] = parts[1]["data"] if len(parts) > 1 else {}

    def result(self, result: dict[str, Any]) -> bytes:
        return json.dumps({"jsonrpc": "2.0", "id": self.id, "result": result}).encode()

    def error(self, code: int) -> bytes:
        error = {"code": code, "message": "the agent failed; its log says why"}
        return json.dumps({"jsonrpc": "2.0", "id": self.id, "error": error}).encode()

    def event(self, **data: Any) -> bytes:
        return self._update(message([{"kind": "data", "data": data}]), final=False)

    def final(self, text: str, evidence: dict[str, Any] | None = None) -> bytes:
        answer = message([{"kind": "text", "text": text}, {"kind": "data", "data": evidence or EVIDENCE}])
        return self._update(answer, final=True) if self.streamed else self.result(answer)

    def _update(self, about: dict[str, Any], *, final: bool) -> bytes:
        status = {"state": "completed" if final else "working", "message": about}
        return self.result({"kind": "status-update", "taskId": "t", "contextId": "c", "final": final, "status": status})


def message(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": "message", "role": "agent", "messageId": "m", "parts": parts}


async def usual(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="tool_started", **CALL, arguments={"limit": 1})
    yield asked.event(event="tool_ended", **CALL, failed=False, milliseconds=3)
    for piece in ("You spent ", "82.40 USD", "."):
        yield asked.event(event="text", delta=piece)
    yield asked.final("You spent 82.40 USD.")


async def slow(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="tool_started", **CALL, arguments={})
    await asyncio.sleep(2)
    yield asked.final("At last.")


async def silent(asked: Question) -> AsyncIterator[bytes]:
    await asyncio.sleep(600)
    yield asked.final("Too late.")


async def strange(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="thinking", mood="good")
    yield asked.event(event="tool_started", **CALL | {"id": 5})
    yield asked.event(event="text", delta=["no", "text"])
    yield asked.event(event="text", delta="Well\x00, \ud800this")
    yield asked.event(event="text_reset")
    yield asked.event(event="text", delta="Here")
    yield asked.final("Here\x00 it is\udfff.", EVIDENCE | {"tool_calls": [TOOL_CALL | {"result": "\x00"}]})


async def long(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="text", delta=LONG)
    results = [TOOL_CALL | {"result": "x" * 200_000}]
    yield asked.final(LONG, EVIDENCE | {"tool_calls": results})


async def endless(asked: Question) -> AsyncIterator[bytes]:
    while True:
        yield asked.event(event="text", delta=LONG)
        await asyncio.sleep(0)  # once nobody listens, sending doesn't wait for anything


async def dying(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="text", delta="You spent ")
    raise ConnectionError


async def unfinished(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="text", delta="You spent ")


async def garbage(_: Question) -> AsyncIterator[bytes]:
    yield b"{not json"


async def foreign(asked: Question) -> AsyncIterator[bytes]:
    yield asked.result({"kind": "something", "final": True})


async def failing(asked: Question) -> AsyncIterator[bytes]:
    yield asked.event(event="text", delta="You spent ")
    yield asked.error(-32603)


async def bare(asked: Question) -> AsyncIterator[bytes]:
    yield asked.final("No evidence.", {"model": 5})


async def proposing(asked: Question) -> AsyncIterator[bytes]:
    """Of the proposals that the question names."""
    named = [
        {"id": one, "summary": "Pay Mallory", "expires_at": "2999-01-01T00:00:00Z"} for one in asked.text.split()[1:]
    ]
    yield asked.final("Confirm it, please.", EVIDENCE | {"proposals": named})


ANSWERS: dict[str, Callable[[Question], AsyncIterator[bytes]]] = {
    "slow": slow,
    "silent": silent,
    "strange": strange,
    "long": long,
    "endless": endless,
    "dying": dying,
    "unfinished": unfinished,
    "garbage": garbage,
    "foreign": foreign,
    "failing": failing,
    "bare": bare,
    "proposing": proposing,
}


def log(**fields: Any) -> None:
    print(json.dumps(fields), flush=True)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    if scope["path"] == "/health":
        await respond(send, 200, "application/json", b"{}")
        return
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    request = json.loads(body)
    asked = Question(request)
    log(
        message="asked",
        question=asked.text,
        method=request["method"],
        about=asked.about,
        traceparent=headers.get("traceparent"),
        bearer=headers.get("authorization", "").startswith("Bearer "),
    )
    word = asked.text.split()[0]
    if word == "broken":
        await respond(send, 500, "text/plain", b"broken")
        return
    answer = ANSWERS.get(word, usual)(asked)
    if not asked.streamed or word == "unstreamed":
        pieces = [piece async for piece in answer]
        await respond(send, 200, "application/json", pieces[-1])
        return
    speaking = asyncio.create_task(speak(send, answer))
    gone = asyncio.create_task(hung_up(receive))
    await asyncio.wait({speaking, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not speaking.done():
        log(message="hung up", question=asked.text)
    for task in (speaking, gone):
        task.cancel()
    await asyncio.wait({speaking, gone})


async def speak(send: Send, answer: AsyncIterator[bytes]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    try:
        async for piece in answer:
            await send({"type": "http.response.body", "body": b"data: " + piece + b"\n\n", "more_body": True})
    except ConnectionError:
        return  # without an end the server cuts the connection
    await send({"type": "http.response.body", "body": b""})


async def hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def respond(send: Send, status: int, media_type: str, body: bytes) -> None:
    headers = [(b"content-type", media_type.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    logging.disable()  # only what is asked of it is to stand on its output
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_config=None, timeout_graceful_shutdown=1)
