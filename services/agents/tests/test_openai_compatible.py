"""The spending agent with any endpoint that speaks OpenAI's chat completions, such as Ollama or llama.cpp."""

import json

import pytest
from pydantic import SecretStr

from tests.support import model_stub as stub
from wealth_agents.models import make_model
from wealth_agents.models.offline.analyst import SIGNATURE
from wealth_agents.settings import Settings
from wealth_core.settings import SettingsError

pytestmark = pytest.mark.anyio

QUESTION = "How much did I spend on groceries last month?"
OCTOBER = {"date_from": "2026-10-01", "date_to": "2026-10-31"}


@pytest.fixture
def ask_openai(ask, gemini):
    def asked(question, **changes):
        model = {"model_name": "llama", "model_base_url": gemini.openai_url, "openai_api_key": SecretStr(stub.KEY)}
        return ask(question, model_provider="openai", **(model | changes))

    return asked


@pytest.fixture(params=[False, True], ids=["whole", "streamed"])
def streamed(request):
    return request.param


async def test_tools_are_called_together_and_their_results_go_back(ask_openai, gemini, streamed):
    together = stub.calls(("list_accounts", {}), ("spending_by_category", OCTOBER))
    gemini.plays("spending", together, stub.text("You have 5,687.50 USD and spent 152.50 USD."))
    reply, calls = await ask_openai(QUESTION, streamed=streamed)
    assert (reply.text, reply.model) == ("You have 5,687.50 USD and spent 152.50 USD.", "llama")
    assert [(call.tool, call.arguments) for call in calls] == [("list_accounts", {}), ("spending_by_category", OCTOBER)]
    asked, returned = gemini.requests
    assert asked["model"] == "llama"
    assert "Today is Tuesday, 2026-11-24." in asked["messages"][0]["content"]
    assert "search_transactions" in {one["function"]["name"] for one in asked["tools"]}
    *_, said, first, second = returned["messages"]
    assert [one["id"] for one in said["tool_calls"]] == [first["tool_call_id"], second["tool_call_id"]]
    assert json.loads(second["content"])["output"]["total"] == {"amount": "152.50", "currency": "USD"}
    assert {name.lower(): value for name, value in gemini.headers[0].items()}["authorization"] == f"Bearer {stub.KEY}"


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ([stub.error(429, retry_after="60")], "it is over its rate limit"),
        ([stub.error(503)], "it is out of order"),
        ([stub.error(401)], "it refused the request with code 401"),
        ([stub.empty()], "it gave an empty answer"),
        ([stub.text("  ")], "it gave an empty answer"),
        ([stub.raw("<html>not JSON</html>")], "it gave a malformed answer"),
        ([stub.raw("not JSON", content_type="text/plain")], "it gave a malformed answer"),
        ([stub.raw('{"choices": 7}')], "it gave a malformed answer"),
        ([stub.raw('{"choices": [{"message": {"tool_calls": [{"id": "a"}]}}]}')], "it gave a malformed answer"),
        ([stub.calls(("list_accounts", "{no JSON"))], "it gave a malformed answer"),
        ([stub.calls(("list_accounts", "[1]"))], "it gave a malformed answer"),
        ([stub.call("no_such_tool")], "it asked for tools that there are not"),
        ([stub.text("You spent", finish="MAX_TOKENS")], "its answer was cut off"),
        ([stub.call("list_accounts")], "it kept asking for more"),
        ([stub.text("You spent 99.99 USD.")], "it stated figures that your data don't show"),
    ],
)
async def test_a_model_that_fails_is_set_aside_and_the_analyst_answers(ask_openai, gemini, replies, reason):
    gemini.plays("spending", *replies)
    reply, _ = await ask_openai(QUESTION)
    assert "100.00 USD on Groceries" in reply.text
    assert SIGNATURE in reply.text
    assert f"The AI model was set aside: {reason}" in reply.text
    assert reply.model == "offline-analyst"


@pytest.mark.parametrize("cut", ["hangup", "silently"])
async def test_a_stream_that_breaks_off_is_no_answer(ask_openai, gemini, cut):
    gemini.plays("spending", stub.text("You spent nothing in October, as far as I can see from your books.", cut=cut))
    reply, _ = await ask_openai(QUESTION, streamed=True)
    assert "The AI model was set aside: its answer was cut off" in reply.text
    assert "100.00 USD on Groceries" in reply.text


@pytest.mark.parametrize(
    "reply",
    [
        stub.empty(),
        stub.raw("<html>", content_type="text/html"),
        stub.raw("data: {no JSON\n\n", content_type="text/event-stream"),
    ],
)
async def test_streams_that_are_none(ask_openai, gemini, reply):
    gemini.plays("spending", reply)
    answered, _ = await ask_openai(QUESTION, streamed=True)
    assert "The AI model was set aside: it gave a" in answered.text


async def test_a_silent_model_is_not_waited_for(ask_openai, gemini, streamed):
    gemini.plays("spending", stub.silence(5))
    reply, _ = await ask_openai(QUESTION, model_timeout_s=0.5, streamed=streamed)
    assert "it did not answer in time" in reply.text


async def test_nobody_at_the_models_address(ask_openai):
    reply, _ = await ask_openai(QUESTION, model_base_url="http://127.0.0.1:1/v1")
    assert "it can't be reached" in reply.text
    assert "100.00 USD on Groceries" in reply.text


async def test_local_models_need_no_key(ask_openai, gemini):
    gemini.plays("spending", stub.text("Nothing to say."))
    reply, _ = await ask_openai(QUESTION, openai_api_key=SecretStr(""))
    assert reply.text == "Nothing to say."


def test_a_model_has_to_be_named():
    with pytest.raises(SettingsError, match=r"MODEL_NAME: not set"):
        make_model(Settings(agent_name="spending", model_provider="openai"))


def test_a_provider_whose_package_is_missing_names_the_extra():
    with pytest.raises(SettingsError, match=r"install wealth-agents\[google-generativeai\]"):
        make_model(Settings(agent_name="spending", model_provider="google-generativeai"))
