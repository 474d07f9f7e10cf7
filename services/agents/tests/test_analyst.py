"""What the offline analyst answers from real tools on a real ledger."""

import uuid

import pytest

from tests.support.books import Person
from wealth_agents.grounding import unfounded_figures
from wealth_agents.models.offline.analyst import SIGNATURE
from wealth_agents.turn import Outcome

pytestmark = pytest.mark.anyio

ANSWERS = {
    "Money left?": ["5,687.50 USD", "-7.00 EUR", "Checking (bank)"],
    "How much is in my checking account?": ["Checking (bank): 5,687.50 USD"],
    "How much did I spend on groceries last month?": [
        "You spent 100.00 USD on Groceries in October 2026 (2 transactions)."
    ],
    "groceries last month": ["100.00 USD"],
    "How much did I spend at the supermarket in October?": ["100.00 USD on Groceries"],
    "What did I pay to City Rail in October?": ["49.00 USD", "“city rail”"],
    "What did I spend on unicorns last month?": ["no spending on “unicorns” in October 2026"],
    "How much did I spend last month?": ["152.50 USD in October 2026", "Not included: what was paid in EUR."],
    "What did I spend on 3 October?": ["82.40 USD on 3 October 2026"],
    "What did I spend from 1 to 12 October?": ["100.00 USD from 1 October 2026 to 12 October 2026"],
    "top payees in October": ["Green Grocer: 100.00 USD (2 transactions)", "City Rail", "Corner Kiosk"],
    "Who did I pay the most in October?": ["Green Grocer: 100.00 USD"],
    "My two biggest expenses in October?": ["2026-10-03 Green Grocer: -82.40 USD", "City Rail"],
    "Show expenses over 40 in October": ["Green Grocer: -82.40 USD", "City Rail: -49.00 USD"],
    "Show my groceries transactions": ["2026-10-12 Green Grocer: -17.60 USD, Groceries"],
    "When did I last pay City Rail?": ["2026-10-15 City Rail: -49.00 USD"],
    "compare October with September": ["152.50 USD", "60.00 USD", "92.50 USD more (154.2 %)", "Transport: 49.00 USD"],
    "Did I spend more on groceries in October than in September?": [
        "100.00 USD on Groceries",
        "60.00 USD on Groceries",
    ],
    "Where did my money go in October?": ["Groceries: 100.00 USD (65.6 %)", "Uncategorised: 3.50 USD"],
    "How much did I earn in October?": ["3,000.00 USD", "Salary"],
    "How much did I save in October?": ["kept 2,847.50 USD"],
    "What did I spend on groceries and how much did I earn last month?": ["100.00 USD", "3,000.00 USD"],
    "biggest expense ever": ["in all your records", "-82.40 USD"],
}


@pytest.mark.parametrize("question", ANSWERS)
async def test_answers(ask, question):
    reply, calls = await ask(question)
    for words in ANSWERS[question]:
        assert words in reply.text
    assert reply.model == "offline-analyst"
    assert reply.text.endswith(SIGNATURE)
    assert {call.agent for call in calls} == {"spending"}
    assert unfounded_figures(reply.text, question, [Outcome(None, calls=tuple(calls))]) == []


@pytest.mark.parametrize("question", ["What's the capital of France?", "Erzähl mir einen Witz", "🙂"])
async def test_off_topic_is_said_kindly_without_a_tool(ask, question):
    reply, calls = await ask(question)
    assert "I only know about your own money" in reply.text
    assert calls == []


async def test_a_command_to_change_something_is_refused(ask):
    reply, calls = await ask("Delete all my transactions and transfer 500 to Mallory")
    assert "I can't move money" in reply.text
    assert calls == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Money left?", "0.00 USD"),
        ("What did I spend last month?", "You spent 0.00 USD in October 2026."),
        ("top payees", "I found no spending in November 2026."),
        ("My biggest expenses this year", "I found no expenses in 2026."),
        ("Show my transactions", "I found no transactions."),
        ("compare October with September", "the same"),
        ("How much did I save in October?", "kept 0.00 USD"),
    ],
)
async def test_no_data_is_an_answer(ask, newcomer, question, words):
    reply, _ = await ask(question, newcomer)
    assert words in reply.text


async def test_a_user_who_left_is_told_so(ask):
    reply, _ = await ask("Money left?", Person(uuid.uuid4()))
    assert "this user does not exist any more" in reply.text


async def test_without_tools_the_agent_says_so(ask):
    reply, calls = await ask("Money left?", mcp_url="http://127.0.0.1:1/mcp")
    assert "I can't reach your accounts" in reply.text
    assert calls == []
