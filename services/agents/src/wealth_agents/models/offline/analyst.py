"""The spending agent's offline analyst."""

from wealth_agents.models.offline import NAME
from wealth_agents.models.offline.answers import ANSWERED, plan
from wealth_agents.models.offline.understanding import Intent, understand
from wealth_agents.turn import Brief, Reply, Toolbox

SPENDING_INTENTS = ANSWERED

SIGNATURE = "Answered by the offline analyst: fixed rules over your own data, no AI model."
CAPABILITIES = (
    "I can tell you what you spent in a period, by category or payee, your largest expenses, your income, your"
    " balances, list transactions, and compare months. For example: “How much did I spend on groceries last month?”,"
    " “What were my five biggest expenses this year?”, “Compare October with September”."
)
_OPENINGS = {
    Intent.CHANGE: "I only read: I can't move money, and I can't change or delete anything.",
    Intent.BEYOND: "I can't work that out without an AI model.",
}
_OFF_TOPIC = "I only know about your own money, and I didn't understand this as a question about it."


def unanswered(intents: set[Intent]) -> Reply:
    """What is said where nothing is looked up."""
    openings = [text for intent, text in _OPENINGS.items() if intent in intents]
    if not intents:
        openings = [_OFF_TOPIC]
    return Reply("\n\n".join([*openings, CAPABILITIES, SIGNATURE]), NAME)


class SpendingAnalyst:
    name = NAME

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        queries = understand(brief.question, brief.today)
        plans = [plan(query, brief.today) for query in queries if query.intent in ANSWERED]
        if not plans:
            return unanswered({query.intent for query in queries})
        outcomes = await toolbox.run(*(call for one in plans for call in one.calls))
        texts, position = list[str](), 0
        for one in plans:
            texts.append(one.text(outcomes[position : position + len(one.calls)]))
            position += len(one.calls)
        return Reply("\n\n".join([*texts, SIGNATURE]), self.name)
