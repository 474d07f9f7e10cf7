"""The other agents as a toolbox: asking one is a call, made over A2A in the user's name with the user's token."""

import logging
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
from a2a.client import A2AClientError, ClientCallContext
from a2a.client.transports.jsonrpc import JsonRpcTransport
from a2a.types import DataPart, Message, MessageSendParams, Part, Role, Task, TextPart
from a2a.utils.message import get_message_text
from pydantic import BaseModel, ValidationError

from wealth_agents.agent import Agent, agent_names, load_agent
from wealth_agents.net import headers_for, tls_context
from wealth_agents.settings import Settings
from wealth_agents.turn import Outcome, Reply, Tool, Toolbox, ToolCall, Turn

_PREFIX = "ask_"
_CONNECT_TIMEOUT_S = 3
_MARGIN_S = 2
_SCHEMA = {
    "type": "object",
    "properties": {"question": {"type": "string", "description": "The specialist's part of the question, in full"}},
    "required": ["question"],
    "additionalProperties": False,
}

_log = logging.getLogger(__name__)


def tool_name(specialist: str) -> str:
    return _PREFIX + specialist


def specialists() -> list[Agent]:
    """Every agent that takes questions from a coordinator."""
    return [agent for agent in map(load_agent, agent_names()) if agent.intents]


class _Evidence(BaseModel):
    """The data part of an agent's reply."""

    model: str
    tool_calls: list[ToolCall]


class Specialists(Toolbox):
    def __init__(self, known: Sequence[Agent], settings: Settings, turn: Turn, http: httpx.AsyncClient) -> None:
        super().__init__()
        self.tools = [Tool(tool_name(agent.name), agent.description, _SCHEMA) for agent in known]
        self._settings = settings
        self._http = http
        self._context = ClientCallContext(state={"http_kwargs": {"headers": headers_for(turn)}})

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        specialist, question = name.removeprefix(_PREFIX), arguments.get("question")
        if not isinstance(question, str):
            return Outcome("question is missing", failed=True)
        message = Message(role=Role.user, message_id=str(uuid.uuid4()), parts=[Part(root=TextPart(text=question))])
        transport = JsonRpcTransport(self._http, url=self._settings.url_of(specialist))
        try:
            answer = await transport.send_message(MessageSendParams(message=message), context=self._context)
            return _outcome(answer)
        except (A2AClientError, httpx.HTTPError, ValidationError) as error:
            _log.warning("specialist failed", extra={"specialist": specialist, "reason": str(error)})
            return Outcome(f"the {specialist} specialist is not available at the moment", failed=True)


def _outcome(answer: Message | Task) -> Outcome:
    message = answer.status.message if isinstance(answer, Task) else answer
    if message is None:
        raise A2AClientError("a task without a message")
    data = next((part.root.data for part in message.parts if isinstance(part.root, DataPart)), {})
    evidence = _Evidence.model_validate(data)
    text = get_message_text(message)
    return Outcome(text, calls=tuple(evidence.tool_calls), reply=Reply(text, evidence.model))


@asynccontextmanager
async def open_toolbox(settings: Settings, turn: Turn) -> AsyncIterator[Toolbox]:
    # A specialist that is being replaced refuses connections for a moment: connecting, and only that, is tried twice.
    transport = httpx.AsyncHTTPTransport(verify=tls_context(), retries=1)
    timeout = httpx.Timeout(settings.specialist_timeout_s + _MARGIN_S, connect=_CONNECT_TIMEOUT_S)
    async with httpx.AsyncClient(transport=transport, timeout=timeout) as http:
        yield Specialists(specialists(), settings, turn, http)
