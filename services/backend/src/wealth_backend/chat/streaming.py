"""Server-sent events: what happens in a turn, as it happens."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from pydantic import BaseModel
from starlette.responses import StreamingResponse

from wealth_backend.chat.schemas import ChatAnswer, Progress, Text, TextReset, ToolEnded, ToolStarted
from wealth_backend.problems import as_problem, details
from wealth_core.telemetry import Receive, Scope, Send

_NAMES: Mapping[type[BaseModel], str] = {
    ToolStarted: "tool_started",
    ToolEnded: "tool_ended",
    Text: "text",
    TextReset: "text_reset",
    ChatAnswer: "done",
}
_PING = b": ping\n\n"
# To send, on top of what the turn itself may take.
_SENDING_S = 15

_log = logging.getLogger(__name__)

Turn = Callable[[Callable[[Progress], None]], Awaitable[ChatAnswer]]


class TurnStream(StreamingResponse):
    """Runs a turn and sends what it tells; ends it when nobody listens any more."""

    media_type = "text/event-stream"

    def __init__(self, turn: Turn, *, heartbeat_s: float, limit_s: float) -> None:
        # Nothing on the way may hold events back until there are more of them.
        super().__init__(self._events(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._turn = turn
        self._heartbeat_s = heartbeat_s
        self._limit_s = limit_s + _SENDING_S
        # As long as what the coordinator may send: that is bounded.
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        working = asyncio.create_task(self._work())
        try:
            async with asyncio.timeout(self._limit_s):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            _log.warning("stream given up", extra={"reason": "the client reads too slowly"})
        finally:
            working.cancel()
            await asyncio.wait({working})

    async def _work(self) -> None:
        try:
            self._queue.put_nowait(_event(await self._turn(self._tell)))
        except Exception as error:  # noqa: BLE001 - the status is sent already: every failure is told in the stream
            self._queue.put_nowait(_encoded("error", json.dumps(details(as_problem(error)), ensure_ascii=False)))
        finally:
            self._queue.put_nowait(None)

    def _tell(self, progress: Progress) -> None:
        self._queue.put_nowait(_event(progress))

    async def _events(self) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(self._heartbeat_s):
                    event = await self._queue.get()
            except TimeoutError:
                event = _PING
            if event is None:
                return
            yield event


def _event(told: BaseModel) -> bytes:
    return _encoded(_NAMES[type(told)], told.model_dump_json())


def _encoded(name: str, data: str) -> bytes:
    return f"event: {name}\ndata: {data}\n\n".encode()


def describe() -> dict[int | str, dict[str, Any]]:
    """The stream for the API's documentation."""
    names = [*_NAMES.values(), "error"]
    event = {
        "type": "object",
        "required": ["event", "data"],
        "properties": {
            "event": {"enum": names},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
    }
    return {
        200: {
            "description": "Server-sent events. The last one is `done` with a ChatAnswer, or `error` with a problem;"
            " `text` carries the next piece of the answer, `text_reset` takes back what came of it so far.",
            "content": {"text/event-stream": {"itemSchema": event}},
        }
    }
