"""Turns against a coordinator that does as it is told: streams, failures, conversations."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest

from tests.support.coordinator import EVIDENCE, LONG
from tests.support.services import Served, serve
from wealth_backend.chat import streaming

from .conftest import Person, problem, serve_backend, sign_up
from .test_proposals import spending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wealth_backend.chat.schemas import ChatAnswer

pytestmark = pytest.mark.anyio

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SLOW = "The companion took too long to answer. Please ask again, perhaps a shorter question."
UNREACHABLE = "The companion can't be reached at the moment. Your data is safe; please ask again in a few seconds."
TIMEOUT_S = 4


@pytest.fixture(scope="module")
def pair(database, tmp_path_factory) -> Iterator[tuple[Served, Served]]:
    """A backend that isn't patient, and its coordinator."""
    folder = tmp_path_factory.mktemp("chat")
    with ExitStack() as running:
        coordinator = running.enter_context(serve("tests.support.coordinator", folder / "coordinator.log"))
        backend = running.enter_context(
            serve_backend(
                database.backend,
                folder / "backend.log",
                COORDINATOR_URL=coordinator.address,
                CHAT_TIMEOUT_S=TIMEOUT_S,
                CHAT_HEARTBEAT_S="0.3",
            )
        )
        coordinator.wait_ready("/health")
        yield backend, coordinator


@pytest.fixture
def coordinator(pair) -> Served:
    return pair[1]


@pytest.fixture
def bea(pair) -> Person:
    return sign_up(pair[0])


@pytest.fixture
def eve(pair) -> Person:
    return sign_up(pair[0])


def ask(person: Person, message: str, **more: Any) -> dict[str, Any]:
    answer = person.http.post("/chat", json={"message": message, **more})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def stream(person: Person, message: str, **more: Any) -> list[tuple[str, Any]]:
    """All events of a turn; comments come as (":", text)."""
    with person.http.stream("POST", "/chat/stream", json={"message": message, **more}) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["cache-control"] == "no-store"
        body = answer.read().decode()
    assert body.endswith("\n\n")
    return [parse(block) for block in body.removesuffix("\n\n").split("\n\n")]


def parse(block: str) -> tuple[str, Any]:
    if block.startswith(":"):
        return ":", block[1:].strip()
    name, data = block.split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_a_turn_is_told_as_it_happens(bea, coordinator):
    events = stream(bea, "How much did I spend?")
    assert [name for name, _ in events] == ["tool_started", "tool_ended", "text", "text", "text", "done"]
    assert events[0][1] == {
        "id": "1",
        "agent": "spending",
        "tool": "search_transactions",
        "arguments": {"limit": 1},
    }
    assert events[1][1]["failed"] is False
    done = events[-1][1]
    assert "".join(data["delta"] for name, data in events if name == "text") == done["reply"] == "You spent 82.40 USD."
    assert done["references"][0]["amount"] == {"amount": "-82.40", "currency": "USD"}
    assert set(done) == {
        "reply",
        "model",
        "tool_calls",
        "references",
        "proposals",
        "trace_id",
        "conversation_id",
        "message_id",
    }
    assert ask(bea, "How much did I spend?").keys() == done.keys()


def test_the_coordinator_is_given_the_trace_the_user_and_what_is_known_of_them(bea, coordinator):
    headers = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    question = {"message": "Tell me of the trace", "locale": "ur"}
    streamed = bea.http.post("/chat/stream", json=question, headers=headers)
    assert parse(streamed.text.removesuffix("\n\n").split("\n\n")[-1])[1]["trace_id"] == TRACE
    assert bea.http.post("/chat", json=question, headers=headers).json()["trace_id"] == TRACE
    asked = [line for line in coordinator.lines() if line.get("question") == "Tell me of the trace"]
    assert [line["method"] for line in asked] == ["message/stream", "message/send"]
    for line in asked:
        assert line["traceparent"].split("-")[1] == TRACE
        assert line["bearer"]
        assert (line["about"]["locale"], line["about"]["currency"], line["about"]["history"]) == ("ur", "USD", [])
        assert len(line["about"]["today"]) == 10


FAILURES = {
    "silent": SLOW,
    "endless": UNREACHABLE,
    "dying": UNREACHABLE,
    "unfinished": UNREACHABLE,
    "garbage": UNREACHABLE,
    "foreign": UNREACHABLE,
    "failing": UNREACHABLE,
    "bare": UNREACHABLE,
    "broken": UNREACHABLE,
    "unstreamed": UNREACHABLE,
}


@pytest.mark.parametrize("word", FAILURES)
def test_a_stream_that_fails_ends_with_a_problem(bea, word):
    started = time.monotonic()
    events = stream(bea, f"{word} please")
    assert time.monotonic() - started < TIMEOUT_S + 3
    name, body = events[-1]
    assert (name, body["code"], body["status"], body["detail"]) == (
        "error",
        "companion_unavailable",
        503,
        FAILURES[word],
    )
    assert body["trace_id"]
    assert "done" not in {name for name, _ in events}
    assert bea.http.get("/conversations").json()["items"] == []


@pytest.mark.parametrize("word", ["silent", "garbage", "foreign", "failing", "bare", "broken"])
def test_an_answer_that_fails_is_a_problem(bea, word):
    answer = bea.http.post("/chat", json={"message": f"{word} please"})
    assert problem(answer, 503, "companion_unavailable")["detail"] == FAILURES[word]
    assert answer.headers["retry-after"]
    assert bea.http.get("/conversations").json()["items"] == []


def test_a_coordinator_that_is_not_there_is_said_so(new_person):
    ada = new_person()  # her backend's coordinator isn't running
    assert [(name, body["detail"]) for name, body in stream(ada, "Hello?")] == [("error", UNREACHABLE)]


def test_what_is_not_understood_is_passed_over_and_what_can_not_be_written_is_left_out(bea):
    events = stream(bea, "strange please")
    assert events[:-1] == [("text", {"delta": "Well, this"}), ("text_reset", {}), ("text", {"delta": "Here"})]
    assert events[-1][1]["reply"] == "Here it is."
    [answer, _] = bea.http.get(f"/conversations/{events[-1][1]['conversation_id']}/messages").json()["items"]
    assert answer["text"] == "Here it is."


def test_while_nothing_happens_the_stream_says_that_it_lives(bea):
    names = [name for name, _ in stream(bea, "slow please")]
    assert names[0] == "tool_started"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {":"}
    assert len(names) > 4


def test_a_very_long_answer_arrives_whole_and_its_evidence_is_kept_within_bounds(bea):
    events = stream(bea, "long please")
    assert [name for name, _ in events] == ["text", "done"]
    assert events[0][1]["delta"] == events[1][1]["reply"] == LONG
    assert len(events[1][1]["tool_calls"][0]["result"]) == 200_000
    [answer, _] = bea.http.get(f"/conversations/{events[1][1]['conversation_id']}/messages").json()["items"]
    assert answer["text"] == LONG
    assert answer["evidence"]["tool_calls"] == [
        {"agent": "spending", "tool": "search_transactions", "arguments": None, "result": None}
    ]


def test_events_come_when_they_happen_and_hanging_up_ends_the_turn(bea, coordinator):
    with bea.http.stream("POST", "/chat/stream", json={"message": "slow and given up"}) as answer:
        first = next(answer.iter_text())
        assert first.startswith("event: tool_started")
    coordinator.wait_logged(message="hung up", question="slow and given up")
    time.sleep(2)
    assert bea.http.get("/conversations").json()["items"] == []


async def test_who_does_not_read_is_not_written_to_for_ever(monkeypatch):
    monkeypatch.setattr(streaming, "_SENDING_S", 0.1)
    ended = asyncio.Event()

    async def turn(_tell: object) -> ChatAnswer:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError("unreachable")

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    stream_ = streaming.TurnStream(turn, heartbeat_s=0.01, limit_s=0.1)
    await asyncio.wait_for(stream_({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send), 5)
    assert ended.is_set()


def test_no_connection_is_held_while_the_agents_think(database, pair, tmp_path):
    coordinator = pair[1]
    with serve_backend(
        database.backend,
        tmp_path / "log",
        COORDINATOR_URL=coordinator.address,
        DATABASE_POOL_SIZE=1,
        DATABASE_CONNECT_TIMEOUT_S=1,
    ) as small:
        ada = sign_up(small)
        with ExitStack() as waiting:
            for _ in range(3):
                answer = waiting.enter_context(ada.http.stream("POST", "/chat/stream", json={"message": "slow please"}))
                assert next(answer.iter_text()).startswith("event: tool_started")
            assert ada.http.get("/accounts").status_code == 200


def test_a_conversation_goes_on_where_it_was(bea, coordinator):
    first = ask(bea, "How  much did I\nspend on tea?")
    again = stream(bea, "And on coffee?", conversation_id=first["conversation_id"])[-1][1]
    assert again["conversation_id"] == first["conversation_id"]
    coordinator.wait_logged(message="asked", question="And on coffee?")
    [line] = [line for line in coordinator.lines() if line.get("question") == "And on coffee?"]
    assert line["about"]["history"] == [
        {"role": "user", "text": "How  much did I\nspend on tea?"},
        {"role": "assistant", "text": "You spent 82.40 USD."},
    ]
    [kept] = bea.http.get("/conversations").json()["items"]
    assert (kept["id"], kept["title"]) == (first["conversation_id"], "How much did I spend on tea?")
    messages = bea.http.get(f"/conversations/{kept['id']}/messages").json()["items"]
    assert [(one["role"], one["text"]) for one in messages] == [
        ("assistant", "You spent 82.40 USD."),
        ("user", "And on coffee?"),
        ("assistant", "You spent 82.40 USD."),
        ("user", "How  much did I\nspend on tea?"),
    ]
    assert messages[0]["id"] == again["message_id"]
    assert messages[1]["evidence"] is None
    assert messages[0]["evidence"] == {key: EVIDENCE[key] for key in ("model", "tool_calls", "references", "proposals")}


def test_a_question_that_is_sent_again_under_its_key_is_answered_once(bea, coordinator):
    headers = {"Idempotency-Key": "asked once"}
    answers = [bea.http.post("/chat", json={"message": "Once only"}, headers=headers) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len([line for line in coordinator.lines() if line.get("question") == "Once only"]) == 1
    assert len(bea.http.get("/conversations").json()["items"]) == 1


def test_of_a_long_conversation_the_end_is_remembered(bea, coordinator):
    conversation = ask(bea, "Question 0")["conversation_id"]
    for number in range(1, 12):
        ask(bea, f"Question {number}", conversation_id=conversation)
    ask(bea, "What now?", conversation_id=conversation)
    [line] = [line for line in coordinator.lines() if line.get("question") == "What now?"]
    history = line["about"]["history"]
    assert len(history) == 20
    assert (history[0]["text"], history[-2]["text"]) == ("Question 2", "Question 11")
    # Too large to be given along: what comes before it isn't either.
    ask(bea, "long please", conversation_id=conversation)
    ask(bea, "And now?", conversation_id=conversation)
    ask(bea, "Still there?", conversation_id=conversation)
    last = [line for line in coordinator.lines() if line.get("question") in {"And now?", "Still there?"}]
    assert last[0]["about"]["history"] == []
    assert [one["text"] for one in last[1]["about"]["history"]] == ["And now?", "You spent 82.40 USD."]


def test_conversations_are_renamed_paged_and_really_deleted(bea, database):
    ids = [ask(bea, f"Question {number}")["conversation_id"] for number in range(3)]
    ask(bea, "Again", conversation_id=ids[0])
    seen, cursor = [], None
    while True:
        page = bea.http.get("/conversations", params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [ids[0], ids[2], ids[1]]
    messages = bea.http.get(f"/conversations/{ids[0]}/messages", params={"limit": 3}).json()
    rest = bea.http.get(f"/conversations/{ids[0]}/messages", params={"limit": 3, "cursor": messages["next_cursor"]})
    assert [one["text"] for one in rest.json()["items"]] == ["Question 0"]
    assert rest.json()["next_cursor"] is None
    renamed = bea.http.patch(f"/conversations/{ids[0]}", json={"title": " Tea "})
    assert renamed.json()["title"] == bea.http.get(f"/conversations/{ids[0]}").json()["title"] == "Tea"
    assert bea.http.delete(f"/conversations/{ids[0]}").status_code == 204
    for answer in (
        bea.http.get(f"/conversations/{ids[0]}"),
        bea.http.get(f"/conversations/{ids[0]}/messages"),
        bea.http.delete(f"/conversations/{ids[0]}"),
        bea.http.post("/chat", json={"message": "x", "conversation_id": ids[0]}),
        bea.http.post("/chat/stream", json={"message": "x", "conversation_id": ids[0]}),
    ):
        problem(answer, 404, "not_found")
    with psycopg.connect(database.superuser) as connection:
        count = connection.execute("SELECT count(*) FROM messages WHERE conversation_id = %s", [ids[0]]).fetchone()
    assert count == (0,)


def test_a_conversation_that_is_deleted_while_the_agents_think_stays_deleted(bea):
    conversation = ask(bea, "Question")["conversation_id"]
    with bea.http.stream("POST", "/chat/stream", json={"message": "slow", "conversation_id": conversation}) as answer:
        pieces = answer.iter_text()
        assert next(pieces).startswith("event: tool_started")
        with httpx.Client(base_url=bea.http.base_url, headers=bea.http.headers, cookies=bea.http.cookies) as other:
            assert other.delete(f"/conversations/{conversation}").status_code == 204
        body = "".join(pieces)
    name, data = parse(body.removesuffix("\n\n").split("\n\n")[-1])
    assert (name, data["code"]) == ("error", "not_found")
    assert bea.http.get("/conversations").json()["items"] == []


def test_nobody_else_sees_or_continues_a_conversation(bea, eve):
    conversation = ask(bea, "A secret question")["conversation_id"]
    assert eve.http.get("/conversations").json()["items"] == []
    for answer in (
        eve.http.get(f"/conversations/{conversation}"),
        eve.http.get(f"/conversations/{conversation}/messages"),
        eve.http.patch(f"/conversations/{conversation}", json={"title": "Mine"}),
        eve.http.delete(f"/conversations/{conversation}"),
        eve.http.post("/chat", json={"message": "x", "conversation_id": conversation}),
    ):
        problem(answer, 404, "not_found")
    assert bea.http.get(f"/conversations/{conversation}").json()["title"] == "A secret question"


def test_only_proposals_of_the_users_own_books_are_offered_and_as_they_stand_there(bea, eve, propose):
    mine = propose(bea, "transaction", **spending(bea.account()))
    hers = propose(eve, "transaction", **spending(eve.account()))
    unknown = "0192f0c1-7d2a-7cc3-9a55-3f1f4a1c9b11"
    answer = ask(bea, f"proposing {unknown} {hers} {mine}")
    assert [(one["id"], one["summary"]) for one in answer["proposals"]] == [
        (mine, "Spend 500.00 USD at Petrol pump from Main on 2026-10-05")
    ]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"message": "  "}, "message"),
        ({"message": "x" * 2001}, "message"),
        ({"message": "a\x00b"}, "message"),
        ({"message": "x", "locale": "fr"}, "locale"),
        ({"message": "x", "today": "2020-01-01"}, "today"),
        ({"message": "x", "conversation_id": "5"}, "conversation_id"),
    ],
)
def test_what_can_not_be_asked_is_refused_before_the_stream(bea, question, field):
    for path in ("/chat", "/chat/stream"):
        assert problem(bea.http.post(path, json=question), 422, "invalid")["errors"][0]["field"] == field


def test_who_is_not_signed_in_asks_nothing(pair, visitor):
    problem(visitor.post("/chat/stream", json={"message": "x"}), 401, "signed_out")
