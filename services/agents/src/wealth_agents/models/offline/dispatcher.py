"""The coordinator's offline analyst: finds out whom a question concerns, asks them, hands on what they say."""

from wealth_agents.models.offline import NAME
from wealth_agents.models.offline.analyst import unanswered
from wealth_agents.models.offline.understanding import understand
from wealth_agents.specialists import specialists, tool_name
from wealth_agents.turn import Brief, Outcome, Reply, Toolbox


class Dispatcher:
    name = NAME

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        intents = {query.intent for query in understand(brief.question, brief.today)}
        concerned = [agent.name for agent in specialists() if agent.intents & intents]
        if not concerned:
            return unanswered(intents)
        outcomes = await toolbox.run(*((tool_name(name), {"question": brief.question}) for name in concerned))
        replies = [self._reply(outcome) for outcome in outcomes]
        models = dict.fromkeys(reply.model for reply in replies)
        return Reply("\n\n".join(reply.text for reply in replies), ", ".join(models))

    def _reply(self, outcome: Outcome) -> Reply:
        return outcome.reply or Reply(f"I could not look that up: {outcome.content}.", self.name)
