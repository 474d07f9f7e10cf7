# ruff: noqa: RUF001 - Urdu letters are meant
"""What the analysts ask tools for and tell of their results; the toolbox answers as the server's catalogue says."""

import re
from collections import defaultdict
from datetime import date
from types import SimpleNamespace

import pytest

from wealth_agents.models.offline import messages
from wealth_agents.models.offline.analyst import (
    BUDGET_INTENTS,
    INVESTMENT_INTENTS,
    SIGNATURE,
    SPENDING_INTENTS,
    BudgetAnalyst,
    InvestmentAnalyst,
    SpendingAnalyst,
)
from wealth_agents.models.offline.answers import ANSWERED
from wealth_agents.models.offline.queries import Intent
from wealth_agents.turn import Brief, Outcome, Tool

pytestmark = pytest.mark.anyio

TODAY = date(2026, 11, 24)
FILED = {"proposal_id": "0192", "summary": "SUMMARY OF THE PROPOSAL", "expires_at": "2026-11-25T10:00:00Z"}


def pkr(amount):
    return {"amount": amount, "currency": "PKR"}


RESULTS = {
    "list_accounts": {
        "accounts": [
            {"id": "a1", "name": "Meezan", "kind": "bank", "balance": pkr("90000.00")},
            {"id": "a2", "name": "Purse", "kind": "cash", "balance": pkr("4000.00")},
            {"id": "a3", "name": "Easypaisa", "kind": "cash", "balance": pkr("700.00")},
            {"id": "a4", "name": "Dollars", "kind": "bank", "balance": {"amount": "20.00", "currency": "USD"}},
        ],
        "totals": [pkr("94700.00"), {"amount": "20.00", "currency": "USD"}],
    },
    "list_categories": {
        "categories": [
            {"id": "c1", "name": "Food shopping at the supermarket", "kind": "expense"},
            {"id": "c2", "name": "Petrol", "kind": "expense"},
            {"id": "c3", "name": "Bills: electricity", "kind": "expense"},
            {"id": "c4", "name": "Salary", "kind": "income"},
        ]
    },
    "budget_status": {
        "month": "2026-11",
        "budgets": [
            {
                "id": "b1",
                "category": "Petrol",
                "rollover": "none",
                "budgeted": pkr("12000.00"),
                "spent": pkr("9000.00"),
                "left": pkr("3000.00"),
                "percent": "75.0",
                "state": "ok",
            },
            {
                "id": "b2",
                "category": "Groceries",
                "budgeted": pkr("30000.00"),
                "spent": pkr("31000.00"),
                "left": pkr("-1000.00"),
                "percent": "103.3",
                "state": "exceeded",
            },
        ],
    },
    "list_goals": {
        "goals": [
            {
                "id": "g1",
                "name": "Umrah",
                "target": pkr("500000.00"),
                "target_date": "2027-03-01",
                "saved": pkr("120000.00"),
                "percent": "24.0",
                "needed_per_month": None,
                "state": "behind",
                "accounts": ["Meezan"],
            }
        ]
    },
    "list_recurring": {
        "recurring": [
            {"id": "r1", "name": "Rent", "rule": "FREQ=MONTHLY", "amount": pkr("-40000.00"), "paused": False}
        ],
        "upcoming": [
            {"id": "r2", "name": "Internet", "date": "2026-11-26", "amount": pkr("-3500.00")},
            {"id": "r1", "name": "Rent", "date": "2026-12-01", "amount": pkr("-40000.00")},
        ],
        "upcoming_until": "2026-12-24",
    },
    "forecast": {
        "currency": "PKR",
        "balance": pkr("85000.00"),
        "points": [
            {"date": "2026-11-28", "expected": pkr("83000.00"), "low": pkr("80000.00"), "high": pkr("84000.00")},
            {"date": "2026-12-01", "expected": pkr("81000.00"), "low": pkr("70000.00"), "high": pkr("92000.00")},
        ],
        "lowest": {"date": "2026-11-30", "expected": pkr("79000.00"), "low": pkr("69000.00"), "high": pkr("88000.00")},
        "method": "median of 90 days",
        "months_used": 3,
        "planned": 1,
        "reason": None,
    },
    "cash_flow": {
        "currency": "PKR",
        "other_currencies": ["USD"],
        "months": [
            {"month": "2026-09", "income": pkr("1.00"), "expense": pkr("2.00"), "net": pkr("-1.00")},
            {"month": "2026-10", "income": pkr("150000.00"), "expense": pkr("120000.00"), "net": pkr("30000.00")},
        ],
        "total": {"income": pkr("150001.00"), "expense": pkr("120002.00"), "savings_rate_percent": "20.0"},
    },
    "anomalies": {
        "date_from": "2026-11-01",
        "currency": "PKR",
        "payments": 40,
        "found": 0,
        "anomalies": [],
        "reason": None,
    },
    "health_score": {
        "currency": "PKR",
        "score": 71,
        "factors": [
            {
                "factor": "savings_rate",
                "weight": 30,
                "value": "0.2",
                "score": 66,
                "explanation": "20 % of income is kept",
            }
        ],
        "missing_rates": [],
        "reason": None,
    },
    "net_worth": {
        "currency": "PKR",
        "points": [
            {"date": "2026-10-31", "net_worth": pkr("90000.00"), "not_included": []},
            {
                "date": "2026-11-24",
                "net_worth": pkr("94700.00"),
                "not_included": [{"amount": "20.00", "currency": "USD"}],
            },
        ],
        "change": pkr("4700.00"),
    },
    "portfolio": {
        "date": "2026-11-24",
        "currency": "PKR",
        "value": {"total": pkr("50000.00"), "not_included": []},
        "holdings": [
            {
                "symbol": "APPL",
                "name": "Apple",
                "account": "Broker",
                "quantity": "3",
                "value": pkr("50000.00"),
                "cost": pkr("46000.00"),
                "unrealised_gain": None,
            }
        ],
        "by_kind": [{"label": "stock", "value": pkr("50000.00"), "share_percent": "100.0"}],
        "unpriced": [],
    },
    "investment_performance": {
        "date_from": "2026-01-01",
        "currency": "PKR",
        "gain": pkr("4000.00"),
        "money_weighted_yearly": {"percent": "11.30", "reason": None},
        "time_weighted": {"percent": None, "reason": "there were no holdings on every day"},
        "reason": None,
    },
}


class Tools:
    """What analysts use of a toolbox: the names of its tools, and calls that run together."""

    def __init__(self, *names, failing=None, results=RESULTS):
        self.tools = [Tool(name, "", {}) for name in names or (*results, *PROPOSING)]
        self.asked = defaultdict(list)
        self._failing, self._results = failing, results

    async def run(self, *wanted):
        return [self._called(name, arguments) for name, arguments in wanted]

    def _called(self, name, arguments):
        assert name in {tool.name for tool in self.tools}
        self.asked[name].append(dict(arguments))
        if name == self._failing:
            return Outcome("there is no category 'x'", failed=True)
        return Outcome(FILED if name in PROPOSING else self._results[name])


PROPOSING = ("propose_transaction", "propose_transfer", "propose_recurring", "propose_budget", "propose_goal")


async def ask(analyst, question, tools):
    reply = await analyst.answer(Brief(question, "", TODAY), tools)
    assert reply.text.endswith(SIGNATURE)
    assert reply.model == "offline-analyst"
    return reply.text


@pytest.mark.parametrize(
    ("question", "tool", "arguments"),
    [
        (
            "500 ka petrol dalwaya",
            "propose_transaction",
            {"account": "Purse", "amount": "-500", "payee": "Petrol", "date": "2026-11-24", "category": "Petrol"},
        ),
        (
            "2 hazar 500 kirana",
            "propose_transaction",
            {
                "account": "Purse",
                "amount": "-2500",
                "payee": "Kirana",
                "date": "2026-11-24",
                "category": "Food shopping at the supermarket",
            },
        ),
        (
            "Paid 1,250.50 to Shan Motors from Meezan yesterday",
            "propose_transaction",
            {"account": "Meezan", "amount": "-1250.5", "payee": "Shan motors", "date": "2026-11-23"},
        ),
        (
            "ایزی پیسہ سے ۳۰۰ کا پیٹرول ڈلوایا",
            "propose_transaction",
            {"account": "Easypaisa", "amount": "-300", "payee": "پیٹرول", "date": "2026-11-24", "category": "Petrol"},
        ),
        (
            "Got my salary of 80,000 in the bank",
            "propose_transaction",
            {"account": "Meezan", "amount": "80000", "payee": "Salary", "date": "2026-11-24", "category": "Salary"},
        ),
        (
            "spent $5 on petrol",
            "propose_transaction",
            {"account": "Dollars", "amount": "-5", "payee": "Petrol", "date": "2026-11-24", "category": "Petrol"},
        ),
        (
            "Transfer 10,000 from bank to cash",
            "propose_transfer",
            {"from_account": "Meezan", "to_account": "Purse", "amount": "10000", "date": "2026-11-24"},
        ),
    ],
)
async def test_what_is_told_becomes_a_proposal(question, tool, arguments):
    tools = Tools()
    text = await ask(SpendingAnalyst(), question, tools)
    assert tools.asked[tool] == [arguments]
    assert "SUMMARY OF THE PROPOSAL" in text


@pytest.mark.parametrize(
    ("question", "tool", "arguments"),
    [
        (
            "kal bijli ka bill 4000 dena hai",
            "propose_recurring",
            {
                "name": "Bijli",
                "amount": "-4000",
                "account": "Purse",
                "start_date": "2026-11-25",
                "remind_only": True,
                "rule": "FREQ=DAILY;COUNT=1",
                "category": "Bills: electricity",
            },
        ),
        (
            "I pay 40,000 rent every month from Meezan",
            "propose_recurring",
            {
                "name": "Rent",
                "amount": "-40000",
                "account": "Meezan",
                "start_date": "2026-11-24",
                "remind_only": False,
                "frequency": "monthly",
            },
        ),
        ("Set a budget of 20,000 for fuel", "propose_budget", {"category": "Petrol", "amount": "20000"}),
        (
            "petrol budget for next month is 15k",
            "propose_budget",
            {"category": "Petrol", "amount": "15000", "month": "2026-12"},
        ),
        (
            "I want to save 500,000 by December for a laptop",
            "propose_goal",
            {"name": "Laptop", "target_amount": "500000", "target_date": "2026-12-31"},
        ),
        (
            "New goal: emergency fund 100k USD",
            "propose_goal",
            {"name": "Savings", "target_amount": "100000", "currency": "USD"},
        ),
    ],
)
async def test_what_is_planned_becomes_a_proposal(question, tool, arguments):
    tools = Tools()
    text = await ask(BudgetAnalyst(), question, tools)
    assert tools.asked[tool] == [arguments]
    assert "SUMMARY OF THE PROPOSAL" in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Spent 500 on petrol", ("I propose", "Nothing is done yet", "You named no account, so I took Purse.")),
        ("500 ka petrol dalwaya", ("Meri tajweez", "Abhi kuch nahi hua", "main ne Purse liya")),
        ("۵۰۰ کا پیٹرول ڈلوایا", ("میری تجویز", "ابھی کچھ نہیں ہوا")),
    ],
)
async def test_a_proposal_is_told_in_the_language_of_the_message(question, words):
    text = await ask(SpendingAnalyst(), question, Tools())
    assert all(part in text for part in words)


async def test_several_are_proposed_one_by_one():
    tools = Tools()
    await ask(SpendingAnalyst(), "spent 500 on petrol and 300 on lunch", tools)
    assert sorted(one["amount"] for one in tools.asked["propose_transaction"]) == ["-300", "-500"]


@pytest.mark.parametrize(
    ("analyst", "question", "words"),
    [
        (SpendingAnalyst, "Paid 500 from HBL for petrol", "Which account do you mean? You have: Meezan, Purse"),
        (SpendingAnalyst, "spent €5 on petrol", "You have no account in EUR."),
        (SpendingAnalyst, "Transfer 500 from bank to savings account", "Which account do you mean?"),
        (BudgetAnalyst, "Set a budget of 5,000 for travel", "Which category is it for? You have: Food shopping"),
        (BudgetAnalyst, "remind me to pay the gardener on Friday", "How much is it?"),
        (BudgetAnalyst, "mujhe jumme ko gas ka bill yaad dilana", "Kitne paise?"),
    ],
)
async def test_what_is_unclear_is_asked_and_not_guessed(analyst, question, words):
    tools = Tools()
    assert words in await ask(analyst(), question, tools)
    assert not any(name in tools.asked for name in PROPOSING)


async def test_a_refused_proposal_is_told_with_its_reason():
    text = await ask(SpendingAnalyst(), "Spent 500 on petrol", Tools(failing="propose_transaction"))
    assert "I could not propose that: there is no category 'x'." in text
    assert "I propose:" not in text


@pytest.mark.parametrize(
    ("analyst", "question", "tool"),
    [
        (SpendingAnalyst, "Spent 500 on petrol", "propose_transaction"),
        (BudgetAnalyst, "Set a budget of 20,000 for fuel", "propose_budget"),
        (BudgetAnalyst, "Am I over budget?", "budget_status"),
        (InvestmentAnalyst, "Show my portfolio", "portfolio"),
    ],
)
async def test_without_the_tool_the_analyst_says_that_it_cannot(analyst, question, tool):
    tools = Tools("list_accounts")
    text = await ask(analyst(), question, tools)
    assert f"I can't do that here: the application doesn't offer it to me ({tool})." in text
    assert not tools.asked


@pytest.mark.parametrize(
    ("question", "call", "words"),
    [
        (
            "Am I over budget this month?",
            ("budget_status", {"month": "2026-11"}),
            ("Petrol: budgeted 12,000.00 PKR, spent 9,000.00 PKR, left 3,000.00 PKR, 75.0 %", "103.3 %, exceeded"),
        ),
        (
            "پیٹرول کا بجٹ کتنا رہ گیا ہے",
            ("budget_status", {"month": "2026-11"}),
            ("کے لیے آپ کے بجٹ", "spent 9,000.00 PKR"),
        ),
        (
            "How are my goals going?",
            ("list_goals", {}),
            ("Umrah: target 500,000.00 PKR, target date 2027-03-01, saved 120,000.00 PKR, 24.0 %, behind",),
        ),
        (
            "Which bills are due this week?",
            ("list_recurring", {"days": 5}),
            ("until 29 November 2026", "Internet: 2026-11-26, -3,500.00 PKR"),
        ),
        (
            "Will I have enough by 1 December?",
            ("forecast", {"days": 7}),
            (
                "it is an estimate",
                "2026-12-01: expected 81,000.00 PKR",
                "lowest 2026-11-30",
                "method median of 90 days",
            ),
        ),
        (
            "Show my cash flow",
            ("cash_flow", {"months": 6}),
            ("2026-10: income 150,000.00 PKR", "savings rate 20.0 %", "other currencies USD"),
        ),
        (
            "health score please",
            ("health_score", {}),
            ("score 71", "score 66, 20 % of income is kept"),
        ),
    ],
)
async def test_planning_is_told_from_its_tools(question, call, words):
    tools = Tools()
    text = await ask(BudgetAnalyst(), question, tools)
    assert tools.asked[call[0]] == [call[1]]
    assert all(part in text for part in words), text


async def test_only_what_was_asked_about_is_told():
    text = await ask(BudgetAnalyst(), "How much is left in my petrol budget?", Tools())
    assert "Petrol" in text
    assert "Groceries" not in text
    text = await ask(BudgetAnalyst(), "Which bills are due this week?", Tools())
    assert "Rent" not in text


@pytest.mark.parametrize(
    ("question", "call", "words"),
    [
        (
            "Show my portfolio",
            ("portfolio", {}),
            ("value 50,000.00 PKR", "Apple: ", "quantity 3", "cost 46,000.00 PKR"),
        ),
        (
            "How did my investments perform this year?",
            ("investment_performance", {"date_from": "2026-01-01", "date_to": "2026-11-24"}),
            ("money weighted yearly 11.30 %", "gain 4,000.00 PKR", "no holdings on every day"),
        ),
        (
            "What is my net worth?",
            ("net_worth", {"months": 12}),
            ("2026-11-24: net worth 94,700.00 PKR, not included 20.00 USD", "change 4,700.00 PKR"),
        ),
    ],
)
async def test_holdings_are_told_from_their_tools(question, call, words):
    tools = Tools()
    text = await ask(InvestmentAnalyst(), question, tools)
    assert tools.asked[call[0]] == [call[1]]
    assert all(part in text for part in words), text


async def test_net_worth_is_told_from_balances_where_there_is_no_history():
    text = await ask(InvestmentAnalyst(), "What is my net worth?", Tools("list_accounts"))
    assert "94,700.00 PKR and 20.00 USD" in text


async def test_nothing_unusual_is_an_answer():
    assert "I found nothing unusual." in await ask(SpendingAnalyst(), "Anything unusual this month?", Tools())


async def test_a_result_without_rows_is_an_answer():
    empty = {**RESULTS, "list_goals": {"goals": []}}
    assert "There is nothing to show yet." in await ask(BudgetAnalyst(), "my goals", Tools(results=empty))


async def test_a_follow_up_is_understood_from_the_conversation():
    said = [
        SimpleNamespace(role="user", text="Set a budget of 15,000 for fuel"),
        SimpleNamespace(role="assistant", text="9"),
    ]
    brief = SimpleNamespace(question="change that to 20,000", today=TODAY, history=said)
    tools = Tools()
    reply = await BudgetAnalyst().answer(brief, tools)
    assert tools.asked["propose_budget"] == [{"category": "Petrol", "amount": "20000"}]
    assert "please reject the earlier one" in reply.text


async def test_each_specialist_leaves_the_others_part_alone():
    tools = Tools()
    await ask(SpendingAnalyst(), "spent 500 on petrol. Am I over budget?", tools)
    assert "budget_status" not in tools.asked
    assert "propose_transaction" in tools.asked


def test_every_question_has_exactly_one_specialist():
    parts = [SPENDING_INTENTS, BUDGET_INTENTS, INVESTMENT_INTENTS]
    assert sum(map(len, parts)) == len(frozenset.union(*parts))
    assert frozenset.union(*parts) == ANSWERED
    assert set(Intent) - ANSWERED == {
        Intent.CORRECTION,
        Intent.GREETING,
        Intent.HELP,
        Intent.ADVICE,
        Intent.CHANGE,
        Intent.BEYOND,
    }


def test_the_three_languages_say_the_same_things():
    for key, texts in messages.in_all_languages().items():
        places = [sorted(name.casefold() for name in re.findall(r"\{(\w+)\}", text)) for text in texts]
        assert places[0] == places[1] == places[2], key
        assert len(set(texts)) > 1 or key == "and", key
