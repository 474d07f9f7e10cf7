"""How many statements are worked on at a time, so that memory and connections last for everyone else too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wealth_backend.problems import unavailable

_AT_A_TIME = 2
_PATIENCE_S = 30


class ImportCapacity:
    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(_AT_A_TIME)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._slots.acquire()
        except TimeoutError:
            raise unavailable(
                "busy", "Other statements are being read at the moment. Please try again in a minute."
            ) from None
        try:
            yield
        finally:
            self._slots.release()
