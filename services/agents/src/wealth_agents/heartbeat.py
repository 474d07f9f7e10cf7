"""The watched side of the watchdog: an event loop that runs says so each second."""

import asyncio
import faulthandler
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from wealth_agents.watchdog import PIPE

_PAUSE_S = 1.0


@asynccontextmanager
async def signs_of_life(patience: float) -> AsyncIterator[None]:
    """Lets the watchdog wait `patience` seconds for each next sign. Does nothing where nobody watches."""
    if PIPE not in os.environ:
        yield
        return
    pipe = int(os.environ.pop(PIPE))
    os.set_inheritable(pipe, False)  # noqa: FBT003 - the standard library's signature
    os.set_blocking(pipe, False)
    faulthandler.register(signal.SIGUSR1, file=pipe)
    task = asyncio.create_task(_beat(pipe, f"{patience}\n".encode()))
    try:
        yield
    finally:
        task.cancel()


async def _beat(pipe: int, beat: bytes) -> None:
    while True:
        try:
            with suppress(BlockingIOError):
                os.write(pipe, beat)
        except BrokenPipeError:  # the parent is gone
            signal.raise_signal(signal.SIGTERM)
            return
        await asyncio.sleep(_PAUSE_S)
