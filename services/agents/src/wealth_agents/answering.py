"""A turn from question to answer: the model where there is one, the analyst where it fails or makes figures up."""

import asyncio
import logging
from dataclasses import dataclass, field, replace

from wealth_agents.agent import Agent, load_agent
from wealth_agents.events import Audience
from wealth_agents.models.conversation import LanguageModel
from wealth_agents.references import Reference, references
from wealth_agents.settings import Settings
from wealth_agents.turn import ModelError, Proposal, Reply, Toolbox, ToolCall, ToolsUnavailableError, Turn, Usage

_NO_TOOLS = "I can't reach your accounts at the moment. Nothing is lost; please try again in a minute."
_TOO_SLOW = "That took too long, so I stopped. Please try again, perhaps with a shorter question."
_FILED = "Filed for your confirmation; nothing changes until you confirm it:"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    reply: Reply
    calls: list[ToolCall] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)


async def answer(
    agent: Agent, settings: Settings, model: LanguageModel | None, turn: Turn, audience: Audience | None = None
) -> Answer:
    audience = audience or Audience()
    found = await _answer(agent, settings, model, turn, audience)
    await audience.finish(found.reply.text)
    return found


async def _answer(
    agent: Agent, settings: Settings, model: LanguageModel | None, turn: Turn, audience: Audience
) -> Answer:
    declined = agent.limits(turn.question)
    if declined is not None:
        return Answer(Reply(declined, agent.analyst.name))
    limit_s = agent.turn_limit_s(settings)
    filed = list[Proposal]()
    try:
        async with (
            asyncio.timeout(limit_s) as limit,
            agent.load_toolbox()(settings, turn, audience, agent.tools) as toolbox,
        ):
            filed = toolbox.proposals
            reply = await _reply(agent, model, turn, toolbox, model_end=(limit.when() or 0) - settings.tool_timeout_s)
            reply = _with_disclaimers(agent, turn, reply, toolbox.calls)
            return Answer(reply, toolbox.calls, references(reply.text, toolbox.calls), toolbox.proposals, toolbox.usage)
    except ToolsUnavailableError as error:
        _log.error("tools unavailable", extra={"reason": str(error)})
        return Answer(Reply(_NO_TOOLS, agent.analyst.name))
    except TimeoutError:
        _log.error("turn timed out", extra={"seconds": limit_s})
        return Answer(Reply("\n\n".join([*_told(filed), _TOO_SLOW]), agent.analyst.name), proposals=filed)


async def _reply(agent: Agent, model: LanguageModel | None, turn: Turn, toolbox: Toolbox, *, model_end: float) -> Reply:
    brief = turn.brief(agent.instructions)
    if model is None:
        return await agent.analyst.answer(brief, toolbox)
    try:
        async with asyncio.timeout_at(model_end):
            return await model.answer(brief, toolbox, model_end)
    except TimeoutError:
        error = ModelError("it did not answer in time")
    except ModelError as failed:
        error = failed
    _log.warning("model set aside", extra={"model": model.name, "reason": str(error)})
    await toolbox.audience.forget_text()
    note = f"The AI model was set aside: {error}."
    if toolbox.proposals:
        # The analyst would file the same once more.
        return Reply("\n\n".join([*_told(toolbox.proposals), note]), agent.analyst.name)
    toolbox.start_over()
    reply = await agent.analyst.answer(brief, toolbox)
    return replace(reply, text=f"{reply.text}\n\n{note}")


def _told(proposals: list[Proposal]) -> list[str]:
    return ["\n".join([_FILED, *(f"- {proposal.summary}" for proposal in proposals)])] if proposals else []


def _with_disclaimers(agent: Agent, turn: Turn, reply: Reply, calls: list[ToolCall]) -> Reply:
    """Those of the agent and of every specialist whose tools the answer rests on, unless it says so already."""
    concerned = {agent.name: agent} | {call.agent: load_agent(call.agent) for call in calls if call.agent != agent.name}
    text = reply.text
    for one in concerned.values():
        if one.disclaimer and (one is not agent or calls) and not one.disclaimer.stands_in(text):
            text = f"{text}\n\n{one.disclaimer.text(turn.locale)}"
    return replace(reply, text=text)
