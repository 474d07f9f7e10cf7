"""An agent as an A2A server: JSON-RPC at /, its card at the well-known path, /health. It remembers nothing."""

import logging
from dataclasses import asdict
from functools import partial
from typing import Any

from a2a.server.agent_execution import AgentExecutor, RequestContext, RequestContextBuilder
from a2a.server.apps import A2AStarletteApplication
from a2a.server.context import ServerCallContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.tasks import TaskStore, TaskUpdater
from a2a.types import (
    AgentCapabilities,
    AgentCard,
    AgentSkill,
    DataPart,
    HTTPAuthSecurityScheme,
    InternalError,
    InvalidParamsError,
    JSONParseError,
    JSONRPCErrorResponse,
    MessageSendParams,
    Part,
    SecurityScheme,
    Task,
    TaskState,
    TextPart,
    TransportProtocol,
    UnsupportedOperationError,
)
from a2a.utils.constants import AGENT_CARD_WELL_KNOWN_PATH, DEFAULT_RPC_URL
from a2a.utils.errors import ServerError
from a2a.utils.message import new_agent_parts_message
from pydantic import SecretStr
from sse_starlette.sse import AppStatus
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wealth_agents.agent import Agent
from wealth_agents.answering import Answer, answer
from wealth_agents.events import Audience
from wealth_agents.heartbeat import signs_of_life
from wealth_agents.intake import IntakeError, read_turn
from wealth_agents.models.conversation import LanguageModel
from wealth_agents.settings import Settings
from wealth_agents.turn import Turn
from wealth_core.telemetry import App, TraceMiddleware

_MAX_REQUEST_BYTES = 192 * 1024  # a question and a history of which every character is escaped
_BEARER = "bearer "
_STREAM = "message/stream"

_log = logging.getLogger(__name__)


class _TurnContext(RequestContext):
    """A request that is a question."""

    def __init__(self, turn: Turn, *, streams: bool, **request: Any) -> None:
        super().__init__(**request)
        self.turn = turn
        self.streams = streams


class _Intake(RequestContextBuilder):
    """Refuses what is no question before anything of it runs."""

    async def build(
        self,
        params: MessageSendParams | None = None,
        task_id: str | None = None,
        context_id: str | None = None,
        task: Task | None = None,
        context: ServerCallContext | None = None,
    ) -> RequestContext:
        assert params is not None  # noqa: S101 - the request handler has checked
        assert context is not None  # noqa: S101 - every request over HTTP has one
        token = SecretStr(context.state["headers"]["authorization"][len(_BEARER) :])
        try:
            turn = read_turn(params.message, token)
        except IntakeError as error:
            raise ServerError(InvalidParamsError(message=str(error))) from None
        return _TurnContext(
            turn,
            streams=context.state["method"] == _STREAM,
            request=params,
            task_id=task_id,
            context_id=context_id,
            task=task,
            call_context=context,
        )


class _Executor(AgentExecutor):
    def __init__(self, agent: Agent, settings: Settings, model: LanguageModel | None) -> None:
        self._answer = partial(answer, agent, settings, model)

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        assert isinstance(context, _TurnContext)  # noqa: S101 - as the intake makes them
        updates = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        try:
            answered = await self._answer(context.turn, Audience(partial(_tell, updates)) if context.streams else None)
        except Exception as error:
            _log.exception("turn failed")
            raise ServerError(InternalError(message="the agent failed; its log says why")) from error
        _log.info(
            "turn answered",
            extra={
                "model": answered.reply.model,
                "tool_calls": len(answered.calls),
                "proposals": len(answered.proposals),
                "tokens": answered.usage.total,
            },
        )
        message = new_agent_parts_message(_parts(answered), context_id=context.context_id)
        if context.streams:
            await updates.complete(message)
        else:
            await event_queue.enqueue_event(message)

    async def cancel(self, _context: RequestContext, _event_queue: EventQueue) -> None:
        raise ServerError(UnsupportedOperationError())


class _NoMemory(TaskStore):
    """A task lives as long as its stream."""

    async def save(self, task: Task, context: ServerCallContext | None = None) -> None:
        """Forgets it."""

    async def get(self, task_id: str, context: ServerCallContext | None = None) -> Task | None:
        """Knows of none."""

    async def delete(self, task_id: str, context: ServerCallContext | None = None) -> None:
        """There is none."""


async def _tell(updates: TaskUpdater, event: dict[str, Any]) -> None:
    await updates.update_status(
        TaskState.working, new_agent_parts_message([Part(root=DataPart(data=event))], updates.context_id)
    )


def _parts(answered: Answer) -> list[Part]:
    evidence = {
        "model": answered.reply.model,
        "tool_calls": [asdict(call) for call in answered.calls],
        "references": [asdict(reference) for reference in answered.references],
        "proposals": [asdict(proposal) for proposal in answered.proposals],
        "usage": asdict(answered.usage),
    }
    return [Part(root=TextPart(text=answered.reply.text)), Part(root=DataPart(data=evidence))]


def agent_card(agent: Agent, settings: Settings) -> AgentCard:
    skill = AgentSkill(
        id=agent.name,
        name=agent.title,
        description=agent.description,
        tags=["personal finance"],
        examples=list(agent.examples),
    )
    return AgentCard(
        name=agent.name,
        description=agent.description,
        url=f"{settings.url_of(agent.name)}/",
        version="0.1.0",
        preferred_transport=TransportProtocol.jsonrpc,
        capabilities=AgentCapabilities(streaming=True, push_notifications=False),
        default_input_modes=["text/plain", "application/json"],
        default_output_modes=["text/plain", "application/json"],
        skills=[skill],
        security_schemes={"user": SecurityScheme(root=HTTPAuthSecurityScheme(scheme="bearer", bearer_format="JWT"))},
        security=[{"user": []}],
    )


def build_app(agent: Agent, settings: Settings, model: LanguageModel | None) -> App:
    agent.load_toolbox()  # now, not in the first turn
    # Streams that run when the process is asked to end are turns: uvicorn lets them end as it does all others.
    AppStatus.enable_automatic_graceful_drain = False
    application = A2AStarletteApplication(
        agent_card(agent, settings),
        DefaultRequestHandler(_Executor(agent, settings, model), _NoMemory(), request_context_builder=_Intake()),
        max_content_length=_MAX_REQUEST_BYTES,
    )
    endpoints = {route.path: route.endpoint for route in application.routes()}

    async def rpc(request: Request) -> Response:
        if not request.headers.get("authorization", "").lower().startswith(_BEARER):
            return JSONResponse(
                {"error": "a bearer token is required"}, status_code=401, headers={"WWW-Authenticate": "Bearer"}
            )
        try:
            await request.json()
        except ValueError:  # the SDK would print a traceback past the log
            refusal = JSONRPCErrorResponse(error=JSONParseError())
            return JSONResponse(refusal.model_dump(mode="json", exclude_none=True))
        response: Response = await endpoints[DEFAULT_RPC_URL](request)
        return response

    return TraceMiddleware(
        Starlette(
            routes=[
                Route(DEFAULT_RPC_URL, rpc, methods=["POST"]),
                Route(AGENT_CARD_WELL_KNOWN_PATH, endpoints[AGENT_CARD_WELL_KNOWN_PATH]),
                Route("/health", _health),
            ],
            lifespan=lambda _: signs_of_life(settings.watchdog_s),
        )
    )


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})
