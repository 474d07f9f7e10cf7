"""The coordinator agent, asked over A2A in the user's name with the user's short-lived token."""

import asyncio
import logging
import ssl
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import httpx
from a2a.client import A2AClientError, A2AClientTimeoutError, ClientCallContext
from a2a.client.transports.jsonrpc import JsonRpcTransport
from a2a.types import (
    DataPart,
    Message,
    MessageSendParams,
    Part,
    Role,
    Task,
    TaskArtifactUpdateEvent,
    TaskStatusUpdateEvent,
    TextPart,
)
from a2a.utils.message import get_message_text
from pydantic import ValidationError

from wealth_backend.chat.schemas import Evidence, Progress, Text, TextReset, ToolEnded, ToolStarted
from wealth_core.telemetry import outgoing_headers
from wealth_core.texts import storable

_CONNECT_TIMEOUT_S = 3
# Between two signs of life of a stream; the coordinator gives one every 15 s.
_SILENCE_S = 20
_MAX_CONNECTIONS = 32
_MAX_ANSWER_BYTES = 4 * 1024 * 1024
_EVENTS: Mapping[str, type[Progress]] = {
    "tool_started": ToolStarted,
    "tool_ended": ToolEnded,
    "text": Text,
    "text_reset": TextReset,
}

_log = logging.getLogger(__name__)


class CoordinatorError(Exception):
    """No usable answer came."""


class CoordinatorTimeoutError(CoordinatorError):
    """The answer took too long."""


@dataclass(frozen=True, slots=True)
class Utterance:
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what is needed to understand it."""

    question: str
    token: str
    locale: str
    currency: str
    today: date
    history: tuple[Utterance, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    evidence: Evidence


class Coordinator:
    def __init__(self, url: str, timeout_s: float) -> None:
        self._url = url
        self._timeout_s = timeout_s
        # A coordinator that is being replaced refuses connections for a moment: connecting, only that, is tried twice.
        self._http = httpx.AsyncClient(
            transport=_Bounded(
                verify=ssl.create_default_context(), retries=1, limits=httpx.Limits(max_connections=_MAX_CONNECTIONS)
            ),
            timeout=httpx.Timeout(timeout_s, connect=_CONNECT_TIMEOUT_S, pool=_CONNECT_TIMEOUT_S),
        )

    async def ask(self, turn: Turn) -> Answer:
        return await self._within_time(self._send(turn))

    async def stream(self, turn: Turn, tell: Callable[[Progress], None]) -> Answer:
        """Like `ask`, and tells of what happens until then. Cancelled, it hangs up on the coordinator."""
        return await self._within_time(self._follow(turn, tell))

    async def _within_time(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await work
        except (A2AClientTimeoutError, httpx.TimeoutException, TimeoutError) as error:
            raise CoordinatorTimeoutError(str(error) or "no answer in time") from error
        except (A2AClientError, httpx.HTTPError, ValidationError) as error:
            raise CoordinatorError(str(error)) from error

    async def _send(self, turn: Turn) -> Answer:
        return _read(await self._transport().send_message(_params(turn), context=_context(turn)))

    async def _follow(self, turn: Turn, tell: Callable[[Progress], None]) -> Answer:
        timeout = httpx.Timeout(_SILENCE_S, connect=_CONNECT_TIMEOUT_S, pool=_CONNECT_TIMEOUT_S)
        events = self._transport().send_message_streaming(_params(turn), context=_context(turn, timeout=timeout))
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Message | Task) or getattr(event, "final", False):
                    return _read(event)
                progress = _progress(event)
                if progress is not None:
                    tell(progress)
        raise CoordinatorError("the stream ended without an answer")

    def _transport(self) -> JsonRpcTransport:
        return JsonRpcTransport(self._http, url=self._url)

    async def close(self) -> None:
        await self._http.aclose()


def _params(turn: Turn) -> MessageSendParams:
    about = {
        "history": [asdict(utterance) for utterance in turn.history],
        "locale": turn.locale,
        "currency": turn.currency,
        "today": turn.today.isoformat(),
    }
    parts = [Part(root=TextPart(text=turn.question)), Part(root=DataPart(data=about))]
    return MessageSendParams(message=Message(role=Role.user, message_id=str(uuid.uuid4()), parts=parts))


def _context(turn: Turn, **options: Any) -> ClientCallContext:
    headers = {"Authorization": f"Bearer {turn.token}", **outgoing_headers()}
    return ClientCallContext(state={"http_kwargs": {"headers": headers, **options}})


def _read(answer: Message | Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent) -> Answer:
    message = answer if isinstance(answer, Message) else _message(answer)
    if message is None:
        raise CoordinatorError("a final event without a message")
    return Answer(str(storable(get_message_text(message))), Evidence.model_validate(_data(message)))


def _message(event: Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent) -> Message | None:
    return None if isinstance(event, TaskArtifactUpdateEvent) else event.status.message


def _data(message: Message) -> dict[str, Any]:
    data = next((part.root.data for part in message.parts if isinstance(part.root, DataPart)), {})
    return {str(key): storable(value) for key, value in data.items()}


def _progress(event: TaskStatusUpdateEvent | TaskArtifactUpdateEvent) -> Progress | None:
    """What an event tells; None for one that this version doesn't know."""
    message = _message(event)
    data = _data(message) if message else {}
    kind = _EVENTS.get(str(data.get("event")))
    if kind is None:
        return None
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        # What really counts comes with the answer.
        _log.warning("event not understood", extra={"event": data.get("event"), "reason": str(error)})
        return None


class _Bounded(httpx.AsyncHTTPTransport):
    """Reads no answer of any size into memory."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - an asynchronous transport's always is
        response.stream = _Counted(response.stream)
        return response


class _Counted(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        async for chunk in self._stream:
            received += len(chunk)
            if received > _MAX_ANSWER_BYTES:
                raise httpx.ReadError(f"the answer is larger than {_MAX_ANSWER_BYTES} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
