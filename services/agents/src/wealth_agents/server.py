"""An agent as an A2A server: JSON-RPC at /, its card at the well-known path, /health. It remembers nothing."""

import logging
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.apps import A2AStarletteApplication
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.tasks import InMemoryTaskStore
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
    Part,
    SecurityScheme,
    TextPart,
    TransportProtocol,
    UnsupportedOperationError,
)
from a2a.utils.constants import AGENT_CARD_WELL_KNOWN_PATH, DEFAULT_RPC_URL
from a2a.utils.errors import ServerError
from a2a.utils.message import new_agent_parts_message
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wealth_agents.agent import Agent
from wealth_agents.answering import answer
from wealth_agents.heartbeat import signs_of_life
from wealth_agents.settings import Settings
from wealth_agents.turn import Model, Turn
from wealth_core.telemetry import App, TraceMiddleware

_MAX_QUESTION = 4000
_MAX_REQUEST_BYTES = 64 * 1024
_BEARER = "bearer "

_log = logging.getLogger(__name__)


class _Executor(AgentExecutor):
    def __init__(self, agent: Agent, settings: Settings, model: Model | None) -> None:
        self._answer = partial(answer, agent, settings, model)

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        question = context.get_user_input().strip()
        if not question or len(question) > _MAX_QUESTION:
            raise ServerError(InvalidParamsError(message=f"a question has 1 to {_MAX_QUESTION} characters"))
        try:
            reply, calls = await self._answer(Turn(question, _token(context), datetime.now(UTC).date()))
        except Exception as error:
            _log.exception("turn failed")
            raise ServerError(InternalError(message="the agent failed; its log says why")) from error
        _log.info("turn answered", extra={"model": reply.model, "tool_calls": len(calls)})
        evidence = {"model": reply.model, "tool_calls": [asdict(call) for call in calls]}
        parts = [Part(root=TextPart(text=reply.text)), Part(root=DataPart(data=evidence))]
        await event_queue.enqueue_event(new_agent_parts_message(parts, context_id=context.context_id))

    async def cancel(self, _context: RequestContext, _event_queue: EventQueue) -> None:
        raise ServerError(UnsupportedOperationError())


def _token(context: RequestContext) -> SecretStr:
    assert context.call_context is not None  # noqa: S101 - every request over HTTP has one
    return SecretStr(context.call_context.state["headers"]["authorization"][len(_BEARER) :])


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
        capabilities=AgentCapabilities(streaming=False, push_notifications=False),
        default_input_modes=["text/plain"],
        default_output_modes=["text/plain", "application/json"],
        skills=[skill],
        security_schemes={"user": SecurityScheme(root=HTTPAuthSecurityScheme(scheme="bearer", bearer_format="JWT"))},
        security=[{"user": []}],
    )


def build_app(agent: Agent, settings: Settings, model: Model | None) -> App:
    agent.load_toolbox()  # now, not in the first turn
    application = A2AStarletteApplication(
        agent_card(agent, settings),
        DefaultRequestHandler(_Executor(agent, settings, model), InMemoryTaskStore()),
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
