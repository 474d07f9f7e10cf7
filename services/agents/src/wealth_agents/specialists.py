"""The other agents as a toolbox: asking one is a call, made over A2A in the user's name with the user's token."""

import logging
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from typing import Any

import httpx
from a2a.client import A2AClientError, ClientCallContext
from a2a.client.transports.jsonrpc import JsonRpcTransport
from a2a.types import DataPart, Message, MessageSendParams, Part, Role, Task, TaskStatusUpdateEvent, TextPart
from a2a.utils.message import get_message_text
from pydantic import BaseModel, ValidationError

from wealth_agents.agent import Agent, agent_names, load_agent
from wealth_agents.events import Audience
from wealth_agents.net import headers_for, tls_context
from wealth_agents.settings import Settings
from wealth_agents.turn import Outcome, Proposal, Reply, Tool, Toolbox, ToolCall, Turn, Usage

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
    return [agent for agent in map(load_agent, agent_names()) if agent.is_specialist]


class _Evidence(BaseModel):
    """The data part of an agent's reply."""

    model: str
    tool_calls: list[ToolCall]
    proposals: list[Proposal] = []
    usage: Usage = Usage()


class Specialists(Toolbox):
    def __init__(
        self, known: Sequence[Agent], settings: Settings, turn: Turn, http: httpx.AsyncClient, audience: Audience
    ) -> None:
        super().__init__(settings.agent_name, audience)
        self.tools = [Tool(tool_name(agent.name), agent.description, _SCHEMA) for agent in known]
        self._settings = settings
        self._turn = turn
        self._http = http
        self._hands_on_text = False

    async def run(self, *wanted: tuple[str, Mapping[str, Any]]) -> list[Outcome]:
        # What a specialist says while it answers the whole question is the beginning of our own answer.
        self._hands_on_text = len(wanted) == 1 and not self.outcomes
        return await super().run(*wanted)

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        specialist, question = name.removeprefix(_PREFIX), arguments.get("question")
        if not isinstance(question, str):
            return Outcome("question is missing", failed=True)
        # The client changes what it is given: calls that run together must not share it.
        context = ClientCallContext(state={"http_kwargs": {"headers": headers_for(self._turn)}})
        transport = JsonRpcTransport(self._http, url=self._settings.url_of(specialist))
        try:
            answer = await self._ask(transport, MessageSendParams(message=self._message(question)), context)
            return _outcome(answer)
        except (A2AClientError, httpx.HTTPError, ValidationError) as error:
            _log.warning("specialist failed", extra={"specialist": specialist, "reason": str(error)})
            if self._hands_on_text:
                await self.audience.forget_text()
            return Outcome(f"the {specialist} specialist is not available at the moment", failed=True)

    def _message(self, question: str) -> Message:
        context: dict[str, Any] = {"locale": self._turn.locale, "today": self._turn.today.isoformat()}
        if self._turn.history:
            context["history"] = [{"role": said.role, "text": said.text} for said in self._turn.history]
        if self._turn.currency is not None:
            context["currency"] = self._turn.currency
        parts = [Part(root=TextPart(text=question)), Part(root=DataPart(data=context))]
        return Message(role=Role.user, message_id=str(uuid.uuid4()), parts=parts)

    async def _ask(
        self, transport: JsonRpcTransport, params: MessageSendParams, context: ClientCallContext
    ) -> Message | Task:
        if not self.audience.follows:
            return await transport.send_message(params, context=context)
        async for update in transport.send_message_streaming(params, context=context):
            if not isinstance(update, TaskStatusUpdateEvent):
                continue
            message = update.status.message
            if update.final:
                if message is None:
                    break
                return message
            for part in message.parts if message else []:
                if isinstance(part.root, DataPart):
                    await self._relay(part.root.data)
        raise A2AClientError("the stream ended without an answer")

    async def _relay(self, event: dict[str, Any]) -> None:
        kind = event.get("event")
        if kind in {"tool_started", "tool_ended"} or (
            self._hands_on_text and (kind == "text_reset" or isinstance(event.get("delta"), str))
        ):
            await self.audience.relay(event)


def _outcome(answer: Message | Task) -> Outcome:
    message = answer.status.message if isinstance(answer, Task) else answer
    if message is None:
        raise A2AClientError("a task without a message")
    data = next((part.root.data for part in message.parts if isinstance(part.root, DataPart)), {})
    evidence = _Evidence.model_validate(data)
    text = get_message_text(message)
    return Outcome(
        text,
        calls=tuple(evidence.tool_calls),
        reply=Reply(text, evidence.model),
        proposals=tuple(evidence.proposals),
        usage=evidence.usage,
    )


@asynccontextmanager
async def open_toolbox(settings: Settings, turn: Turn, audience: Audience, _: Set[str]) -> AsyncIterator[Toolbox]:
    # A specialist that is being replaced refuses connections for a moment: connecting, and only that, is tried twice.
    transport = httpx.AsyncHTTPTransport(verify=tls_context(), retries=1)
    timeout = httpx.Timeout(settings.specialist_timeout_s + _MARGIN_S, connect=_CONNECT_TIMEOUT_S)
    async with httpx.AsyncClient(transport=transport, timeout=timeout) as http:
        yield Specialists(specialists(), settings, turn, http, audience)
