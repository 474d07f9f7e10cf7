"""The agents as processes: the A2A contract, every hop, logs, health."""

import json
import subprocess
import sys
from datetime import date

import httpx
import pytest
from pydantic import SecretStr

from tests.support import model_stub as stub
from tests.support.services import environment
from wealth_agents import answering
from wealth_agents.agents import coordinator
from wealth_agents.settings import Settings
from wealth_agents.turn import Turn

from .conftest import rpc

TODAY = date(2026, 11, 24)
QUESTION = "How much did I spend between 1 October 2026 and 31 October 2026?"


def test_a_question_goes_through_every_hop(offline, ada):
    answer = offline.ask(QUESTION, ada.token)
    assert "152.50 USD" in answer["reply"]
    assert answer["model"] == "offline-analyst"
    (call,) = answer["tool_calls"]
    assert (call["agent"], call["tool"]) == ("spending", "spending_by_category")
    assert call["arguments"] == {"date_from": "2026-10-01", "date_to": "2026-10-31"}
    assert call["result"]["total"] == {"amount": "152.50", "currency": "USD"}


@pytest.mark.spec("FR-026")
def test_one_trace_and_only_json_in_every_log(offline, mcp, ada):
    trace, token = "0af7651916cd43dd8448eb211c80319c", ada.token
    offline.ask(QUESTION, token, trace)
    for served, service, message in (
        (offline.coordinator, "coordinator", "turn answered"),
        (offline.spending, "spending", "turn answered"),
        (mcp, "mcp-server", "tool call"),
    ):
        lines = [line for line in served.lines() if line["trace_id"] == trace]
        assert {line["service"] for line in lines} == {service}
        assert message in {line["message"] for line in lines}
        assert token not in served.log.read_text()


def test_users_get_their_own_data(offline, ada, newcomer):
    assert "152.50 USD" in offline.ask(QUESTION, ada.token)["reply"]
    assert "spent 0.00 USD" in offline.ask(QUESTION, newcomer.token)["reply"]


@pytest.mark.parametrize("token", ["not.a.token", "expired"])
def test_a_token_that_proves_nothing_reads_nothing(offline, token):
    answer = offline.ask(QUESTION, token)
    assert "I can't reach your accounts" in answer["reply"]
    assert answer["tool_calls"] == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}])
def test_no_token_no_turn(offline, headers):
    answer = offline.post(rpc("Money left?"), headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (rpc(""), -32602),
        (rpc("x" * 4001), -32602),
        (rpc("hello", method="no/such"), -32601),
        ({"jsonrpc": "2.0"}, -32600),
        ([], -32600),
    ],
)
def test_bad_requests_are_json_rpc_errors(offline, payload, code):
    answer = offline.post(payload, {"Authorization": "Bearer x"}).json()
    assert answer["error"]["code"] == code


def test_what_is_no_json_is_refused_without_a_traceback_in_the_log(offline):
    answer = httpx.post(f"{offline.spending.address}/", content=b"{nonsense", headers={"Authorization": "Bearer x"})
    assert answer.json()["error"]["code"] == -32700
    assert offline.spending.lines()


@pytest.mark.spec("FR-024")
def test_health_and_card(offline):
    assert httpx.get(f"{offline.spending.address}/health").json() == {"status": "ok"}
    card = httpx.get(f"{offline.coordinator.address}/.well-known/agent-card.json").json()
    assert card["name"] == "coordinator"
    assert card["url"] == "http://coordinator:8080/"
    assert card["protocolVersion"].startswith("0.3")
    assert card["preferredTransport"] == "JSONRPC"


def test_with_a_model_the_specialists_answer_is_handed_on(thinking, gemini, ada):
    gemini.plays("coordinator", stub.call("ask_spending", question=QUESTION))
    gemini.plays(
        "spending",
        stub.call("spending_by_category", date_from="2026-10-01", date_to="2026-10-31"),
        stub.text("In October 2026 you spent 152.50 USD."),
    )
    answer = thinking.ask(QUESTION, ada.token)
    assert (answer["reply"], answer["model"]) == ("In October 2026 you spent 152.50 USD.", "gemini-3.8-flash")
    assert [(call["agent"], call["tool"]) for call in answer["tool_calls"]] == [("spending", "spending_by_category")]
    for served in (thinking.coordinator, thinking.spending):
        assert served.lines()
        assert stub.KEY not in served.log.read_text()


def test_when_the_model_fails_everywhere_the_analysts_answer_and_say_so(thinking, gemini, ada):
    gemini.plays("coordinator", stub.error(429))
    gemini.plays("spending", stub.error(429))
    answer = thinking.ask(QUESTION, ada.token)
    assert "152.50 USD" in answer["reply"]
    assert "it is over its rate limit" in answer["reply"]
    assert answer["model"] == "offline-analyst"
    assert answer["tool_calls"]


def test_advice_is_declined_without_asking_the_model(thinking, gemini, ada):
    assert "can't advise" in thinking.ask("Should I buy Tesla stock?", ada.token)["reply"]
    assert gemini.requests == []


@pytest.mark.spec("edge-partition")
@pytest.mark.anyio
async def test_a_coordinator_whose_specialist_is_gone_says_so(ada):
    settings = Settings(agent_name="coordinator", spending_url="http://127.0.0.1:1")
    turn = Turn(QUESTION, SecretStr(ada.token), TODAY)
    answered = await answering.answer(coordinator.AGENT, settings, None, turn)
    assert "the spending specialist is not available at the moment" in answered.reply.text
    assert answered.calls == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "AGENT_NAME"),
        (
            {"AGENT_NAME": "treasurer"},
            "there is no agent 'treasurer'; there are: budget, coordinator, investment, spending",
        ),
        ({"AGENT_NAME": "spending", "MODEL_PROVIDER": "oracle"}, "MODEL_PROVIDER"),
    ],
)
def test_wrong_settings_are_one_sentence(settings, words):
    ended = subprocess.run(
        [sys.executable, "-m", "wealth_agents"],
        env=environment(**settings, GEMINI_API_KEY=stub.KEY),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert words in json.loads(ended.stdout)["message"]
    assert stub.KEY not in ended.stdout + ended.stderr
