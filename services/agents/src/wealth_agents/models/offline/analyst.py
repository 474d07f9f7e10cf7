"""The specialists' offline analysts: each answers what is its own part of a message."""

import asyncio
from collections.abc import Sequence, Set
from datetime import date

from wealth_agents.models.offline import NAME
from wealth_agents.models.offline.answers import PLANNERS
from wealth_agents.models.offline.answers.proposals import propose
from wealth_agents.models.offline.language import Language, detected
from wealth_agents.models.offline.messages import say
from wealth_agents.models.offline.queries import COMMANDS, Intent, Query
from wealth_agents.models.offline.understanding import understand
from wealth_agents.turn import Brief, Reply, Toolbox

SPENDING_INTENTS = frozenset(
    {
        Intent.SPENDING,
        Intent.BY_CATEGORY,
        Intent.BY_PAYEE,
        Intent.LARGEST,
        Intent.TRANSACTIONS,
        Intent.COMPARE,
        Intent.INCOME,
        Intent.SUMMARY,
        Intent.BALANCE,
        Intent.ANOMALIES,
        Intent.RECORD_EXPENSE,
        Intent.RECORD_INCOME,
        Intent.RECORD_TRANSFER,
    }
)
BUDGET_INTENTS = frozenset(
    {
        Intent.BUDGET_STATUS,
        Intent.GOALS,
        Intent.UPCOMING,
        Intent.FORECAST,
        Intent.CASH_FLOW,
        Intent.HEALTH,
        Intent.REMINDER,
        Intent.SET_BUDGET,
        Intent.SET_GOAL,
    }
)
INVESTMENT_INTENTS = frozenset({Intent.PORTFOLIO, Intent.PERFORMANCE, Intent.NET_WORTH})

SIGNATURE = "Answered by the offline analyst: fixed rules over your own data, no AI model."
CAPABILITIES = say(Language.ENGLISH, "capabilities")
_OPENINGS = {
    Intent.GREETING: "greeting",
    Intent.CHANGE: "change",
    Intent.BEYOND: "beyond",
    Intent.ADVICE: "advice",
    Intent.CORRECTION: "what_correction",
}


def unanswered(queries: Sequence[Query], language: Language) -> Reply:
    """What is said where nothing is looked up."""
    intents = {query.intent for query in queries}
    openings = [say(language, key) for intent, key in _OPENINGS.items() if intent in intents]
    if not intents:
        openings = [say(language, "off_topic")]
    if intents != {Intent.CORRECTION}:
        openings.append(say(language, "capabilities"))
    return Reply("\n\n".join([*openings, SIGNATURE]), NAME)


def earlier(brief: Brief) -> list[str]:
    """What the user said before, as far as the brief holds it."""
    return [said.text for said in brief.history if said.role == "user"]


class _Analyst:
    name = NAME
    intents: Set[Intent] = frozenset()

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        queries = understand(brief.question, brief.today, earlier(brief))
        mine = [query for query in queries if query.intent in self.intents]
        if not mine:
            return unanswered(queries, language_of(brief.question, queries))
        texts = await asyncio.gather(*(_answer(query, brief.today, toolbox) for query in mine))
        return Reply("\n\n".join([*texts, SIGNATURE]), self.name)


def language_of(question: str, queries: Sequence[Query]) -> Language:
    return queries[0].language if queries else detected(question)


async def _answer(query: Query, today: date, toolbox: Toolbox) -> str:
    if query.intent in COMMANDS:
        return await propose(query, today, toolbox)
    return await PLANNERS[query.intent](query, today).carry_out(toolbox, query.language)


class SpendingAnalyst(_Analyst):
    intents = SPENDING_INTENTS


class BudgetAnalyst(_Analyst):
    intents = BUDGET_INTENTS


class InvestmentAnalyst(_Analyst):
    intents = INVESTMENT_INTENTS
