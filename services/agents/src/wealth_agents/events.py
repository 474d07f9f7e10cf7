"""Whoever follows a turn while it runs: told which tools are called, and the answer as far as it has been checked."""

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
_TEXT, _TEXT_RESET = "text", "text_reset"


class Audience:
    """Nobody, where there is no `send`."""

    def __init__(self, send: Send | None = None) -> None:
        self._send = send
        self._told = ""

    @property
    def follows(self) -> bool:
        return self._send is not None

    async def tool_started(self, agent: str, tool: str, arguments: Mapping[str, Any]) -> Callable[..., Awaitable[None]]:
        """Returns what tells that the call is over."""
        call, began = str(uuid.uuid4()), time.monotonic()
        about = {"id": call, "agent": agent, "tool": tool}
        await self.relay({"event": "tool_started", **about, "arguments": dict(arguments)})

        async def ended(*, failed: bool) -> None:
            milliseconds = round((time.monotonic() - began) * 1000)
            await self.relay({"event": "tool_ended", **about, "failed": failed, "milliseconds": milliseconds})

        return ended

    async def text(self, delta: str) -> None:
        """Only what the output check has accepted."""
        if delta:
            await self.relay({"event": _TEXT, "delta": delta})

    async def forget_text(self) -> None:
        if self._told:
            await self.relay({"event": _TEXT_RESET})

    async def finish(self, text: str) -> None:
        """Tells what is missing of the whole answer; all of it where something else was told before."""
        if not text.startswith(self._told):
            await self.forget_text()
        await self.text(text[len(self._told) :])

    async def relay(self, event: dict[str, Any]) -> None:
        """An event as it is, such as another agent's."""
        if event["event"] == _TEXT:
            self._told += event["delta"]
        elif event["event"] == _TEXT_RESET:
            self._told = ""
        if self._send is not None:
            await self._send(event)
