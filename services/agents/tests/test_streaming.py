"""A turn as it is followed: tools as they are called, and text that the output check has accepted."""

import secrets

import httpx
import pytest

from tests.support import model_stub as stub
from tests.support.services import serve

from .conftest import Team, headers_of, rpc, told

QUESTION = "How much did I spend between 1 October 2026 and 31 October 2026?"
OCTOBER = {"date_from": "2026-10-01", "date_to": "2026-10-31"}
WORDS = "In October 2026 you spent 152.50 USD. Most of it went to groceries, 100.00 USD. The rest is smaller."


def kinds(events):
    return [event["event"] for event in events]


def test_the_card_says_so(offline):
    for agent in offline.agents.values():
        card = httpx.get(f"{agent.address}/.well-known/agent-card.json").json()
        assert card["capabilities"]["streaming"] is True


def test_without_a_model_tools_are_told_and_then_the_answer(offline, ada):
    events, answer = offline.follow(QUESTION, ada.token)
    assert kinds(events) == ["tool_started", "tool_started", "tool_ended", "text", "tool_ended"]
    asked, called, returned, text, answered = events
    assert (asked["agent"], asked["tool"], asked["arguments"]) == (
        "coordinator",
        "ask_spending",
        {"question": QUESTION},
    )
    assert (called["agent"], called["tool"], called["arguments"]) == ("spending", "spending_by_category", OCTOBER)
    assert (returned["id"], answered["id"]) == (called["id"], asked["id"])
    assert returned["failed"] is answered["failed"] is False
    assert returned["milliseconds"] <= answered["milliseconds"]
    assert text["delta"] == answer["reply"]


def test_the_stream_ends_with_what_message_send_says(offline, ada):
    _, streamed = offline.follow(QUESTION, ada.token)
    assert streamed == offline.ask(QUESTION, ada.token)


def test_text_comes_while_the_model_still_speaks(thinking, gemini, ada):
    gemini.plays("coordinator", stub.call("ask_spending", question=QUESTION))
    gemini.plays("spending", stub.call("spending_by_category", **OCTOBER), stub.text(WORDS, pause_s=0.15))
    events, answer = thinking.follow(QUESTION, ada.token)
    deltas = [event for event in events if event["event"] == "text"]
    assert [event["delta"] for event in deltas] == [
        "In October 2026 you spent 152.50 USD. ",
        "Most of it went to groceries, 100.00 USD. ",
        "The rest is smaller.",
    ]
    assert deltas[-1]["at"] - deltas[0]["at"] > 0.4
    assert answer["reply"] == told(events) == WORDS
    assert answer["model"] == "gemini-3.8-flash"
    assert {one["path"].rpartition(":")[2] for one in gemini.seen} == {"streamGenerateContent"}


def test_an_unchecked_figure_is_never_told(thinking, gemini, ada):
    gemini.plays("coordinator", stub.call("ask_spending", question=QUESTION))
    gemini.plays(
        "spending",
        stub.call("spending_by_category", **OCTOBER),
        stub.text("You spent 152.50 USD. On unicorns it was 66.60 USD. Good luck."),
        stub.text("You spent 152.50 USD, none of it on unicorns."),
    )
    events, answer = thinking.follow(QUESTION, ada.token)
    assert "66.60" not in "".join(event.get("delta", "") for event in events)
    assert "text_reset" in kinds(events)
    assert answer["reply"] == told(events) == "You spent 152.50 USD, none of it on unicorns."
    correction = gemini.requests[-1]["contents"][-1]["parts"][0]["text"]
    assert "66.60" in correction


def test_a_model_that_fails_half_way_is_taken_back(thinking, gemini, ada):
    gemini.plays("coordinator", stub.call("ask_spending", question=QUESTION))
    gemini.plays(
        "spending",
        stub.call("spending_by_category", **OCTOBER),
        stub.text(WORDS, cut="hangup"),
        stub.error(400),
    )
    events, answer = thinking.follow(QUESTION, ada.token)
    assert "text_reset" in kinds(events)
    assert answer["reply"] == told(events)
    assert "The AI model was set aside: it refused the request with code 400" in answer["reply"]
    assert "152.50 USD" in answer["reply"]


def test_specialists_run_side_by_side(thinking, gemini, ada):
    both = stub.calls(("ask_spending", {"question": QUESTION}), ("ask_budget", {"question": "Over budget?"}))
    gemini.plays("coordinator", both, stub.text("I can't say."))
    for agent in ("spending", "budget"):
        gemini.plays(agent, stub.text("I can't say.", delay_s=2))
    events, answer = thinking.follow(QUESTION, ada.token)
    asked = [event for event in events if event["event"] == "tool_started"]
    assert [event["tool"] for event in asked] == ["ask_spending", "ask_budget"]
    at = {one["body"]["systemInstruction"]["parts"][0]["text"].split()[3]: one["at"] for one in gemini.seen}
    assert abs(at["spending"] - at["budget"]) < 2, "the second was asked only after the first had answered"
    assert answer["reply"] == told(events) == "I can't say."


def test_what_is_refused_is_an_error_in_the_stream(offline, ada):
    refused = httpx.post(
        f"{offline.coordinator.address}/", json=rpc("x" * 4001, "message/stream"), headers=headers_of(ada.token)
    )
    assert refused.headers["content-type"].startswith("text/event-stream")
    assert "-32602" in refused.text
    assert refused.text.count("data:") == 1


def test_a_reader_who_leaves_harms_nobody(offline, ada):
    trace = secrets.token_hex(16)
    headers, url = headers_of(ada.token, trace), f"{offline.coordinator.address}/"
    with httpx.stream("POST", url, json=rpc(QUESTION, "message/stream"), headers=headers) as stream:
        next(stream.iter_lines())
    offline.coordinator.wait_logged(trace_id=trace, message="turn answered")
    assert "152.50 USD" in offline.ask(QUESTION, ada.token, trace)["reply"]
    lines = [line for line in offline.coordinator.lines() if line["trace_id"] == trace]
    assert {line["level"] for line in lines} == {"INFO"}


@pytest.mark.parametrize("method", ["tasks/get", "tasks/resubscribe"])
def test_nothing_is_remembered_of_a_task(offline, ada, method):
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"id": "some-task"}}
    assert "-32001" in offline.post(request, headers_of(ada.token)).text


def test_a_turn_that_is_being_followed_ends_before_the_process_does(gemini, ada, tmp_path):
    gemini.plays("coordinator", stub.text("One thing. Another thing. A third thing.", pause_s=0.4))
    model = {"GEMINI_API_KEY": stub.KEY, "MODEL_BASE_URL": gemini.address}
    with serve("wealth_agents", tmp_path / "log", AGENT_NAME="coordinator", **model) as served:
        served.wait_ready("/health")
        events, answer = Team({"coordinator": served}).follow("Hello?", ada.token, at_first=served.process.terminate)
        assert answer["reply"] == told(events) == "One thing. Another thing. A third thing."
        assert answer["model"] == "gemini-3.8-flash"
        served.process.wait(10)
