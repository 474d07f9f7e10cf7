"""A figure in an answer stands in a tool's result or in the question."""

import pytest

from wealth_agents.grounding import unfounded_figures
from wealth_agents.turn import Outcome, ToolCall

RESULT = {
    "total": {"amount": "1234.50", "currency": "USD"},
    "share_percent": "65.6",
    "categories": [{"category": "Groceries", "transactions": 2}, {"category": "Rent", "transactions": 1}],
    "transactions": [{"id": "0192f3a4-7777-4e5f-8888-99990000aaaa", "date": "2026-10-03", "payee": "Shop 4711"}],
    "next_cursor": "AAvE5555xQ",
}
ARGUMENTS = {"date_from": "2025-10-01", "date_to": "2025-10-31", "min_amount": 31337}
OUTCOMES = [Outcome(RESULT, calls=(ToolCall("spending", "t", ARGUMENTS, RESULT),))]


@pytest.mark.parametrize(
    "text",
    [
        "You spent 1,234.50 USD.",
        "You spent $1234.5.",
        "Du hast 1.234,50 USD ausgegeben.",
        "Vous avez dépensé 1\N{NARROW NO-BREAK SPACE}234,50 USD.",
        "65.6 % of it went to 2 categories, Shop 4711 first.",
        "From 1 to 31 October 2025 you spent 1,234.50 USD.",
        "On 3 October 2026 and October 3rd, 2026 (2026-10-03).",
        "1. Groceries\n2. Rent\n3. Nothing else",
        "The top 5 you asked for.",
        "No figure at all.",
    ],
)
def test_founded(text):
    assert unfounded_figures(text, "What are my top 5 categories?", OUTCOMES) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("You spent 1,234.51 USD.", ["1,234.51"]),
        ("You spent 1,235 USD.", ["1,235"]),
        ("You spent 123450 USD.", ["123450"]),
        ("That is 34.4 % less.", ["34.4"]),
        ("You spent 1.5k.", ["1.5k"]),
        ("On 4 October 2026.", ["4"]),
        ("In October 2019.", ["2019"]),
        # digits of identifiers, and what the model itself asked a tool for
        ("You have 7777 left.", ["7777"]),
        ("You have 5555 left.", ["5555"]),
        ("You have 31337 left.", ["31337"]),
    ],
)
def test_unfounded(text, figures):
    assert unfounded_figures(text, "What are my top 5 categories?", OUTCOMES) == figures


def test_without_any_tool_only_the_question_counts():
    assert unfounded_figures("You have 100 USD.", "How much?", []) == ["100"]
