"""The coordinator's offline analyst: finds out whom a message concerns, asks them, hands on what they say."""

from wealth_agents.models.offline import NAME
from wealth_agents.models.offline.analyst import earlier, language_of, unanswered
from wealth_agents.models.offline.messages import say
from wealth_agents.models.offline.understanding import understand
from wealth_agents.specialists import specialists, tool_name
from wealth_agents.turn import Brief, Outcome, Reply, Toolbox


class Dispatcher:
    name = NAME

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        queries = understand(brief.question, brief.today, earlier(brief))
        intents = {query.intent for query in queries}
        language = language_of(brief.question, queries)
        concerned = [agent.name for agent in specialists() if agent.intents & intents]
        if not concerned:
            return unanswered(queries, language)
        # Each gets the whole message: it knows which part is its own, and parts lean on one another.
        outcomes = await toolbox.run(*((tool_name(name), {"question": brief.question}) for name in concerned))
        replies = [
            outcome.reply or Reply(say(language, "not_found_out", reason=_reason(outcome)), self.name)
            for outcome in outcomes
        ]
        models = dict.fromkeys(reply.model for reply in replies)
        return Reply("\n\n".join(reply.text for reply in replies), ", ".join(models))


def _reason(outcome: Outcome) -> str:
    return str(outcome.content)
