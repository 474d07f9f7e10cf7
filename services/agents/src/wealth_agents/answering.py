"""A turn from question to answer: the model where there is one, the analyst where it fails or makes figures up."""

import asyncio
import logging

from wealth_agents.agent import Agent
from wealth_agents.grounding import unfounded_figures
from wealth_agents.settings import Settings
from wealth_agents.turn import Brief, Model, ModelError, Reply, Toolbox, ToolCall, ToolsUnavailableError, Turn

_NO_TOOLS = "I can't reach your accounts at the moment. Nothing is lost; please try again in a minute."
_TOO_SLOW = "That took too long, so I stopped. Please try again, perhaps with a shorter question."

_log = logging.getLogger(__name__)


async def answer(agent: Agent, settings: Settings, model: Model | None, turn: Turn) -> tuple[Reply, list[ToolCall]]:
    declined = agent.limits(turn.question)
    if declined is not None:
        return Reply(declined, agent.analyst.name), []
    limit_s = agent.turn_limit_s(settings)
    try:
        async with asyncio.timeout(limit_s) as limit, agent.load_toolbox()(settings, turn) as toolbox:
            reply = await _reply(agent, model, turn, toolbox, model_end=(limit.when() or 0) - settings.tool_timeout_s)
            return reply, toolbox.calls
    except ToolsUnavailableError as error:
        _log.error("tools unavailable", extra={"reason": str(error)})
        return Reply(_NO_TOOLS, agent.analyst.name), []
    except TimeoutError:
        _log.error("turn timed out", extra={"seconds": limit_s})
        return Reply(_TOO_SLOW, agent.analyst.name), []


async def _reply(agent: Agent, model: Model | None, turn: Turn, toolbox: Toolbox, *, model_end: float) -> Reply:
    brief = Brief(turn.question, agent.instructions, turn.today)
    if model is None:
        return await agent.analyst.answer(brief, toolbox)
    try:
        return await _checked(model, brief, toolbox, model_end)
    except ModelError as error:
        _log.warning("model set aside", extra={"model": model.name, "reason": str(error)})
        toolbox.start_over()
        reply = await agent.analyst.answer(brief, toolbox)
        return Reply(f"{reply.text}\n\nThe AI model was set aside: {error}.", reply.model)


async def _checked(model: Model, brief: Brief, toolbox: Toolbox, end: float) -> Reply:
    """The model has until `end`: what then is left of the turn is the analyst's."""
    try:
        async with asyncio.timeout_at(end):
            reply = await model.answer(brief, toolbox)
    except TimeoutError:
        raise ModelError("it did not answer in time") from None
    unfounded = unfounded_figures(reply.text, brief.question, toolbox.outcomes)
    if unfounded:
        _log.warning("unfounded figures", extra={"model": model.name, "figures": unfounded})
        raise ModelError("it stated figures that your data don't show")
    return reply
