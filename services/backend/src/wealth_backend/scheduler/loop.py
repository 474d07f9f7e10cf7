"""The background task of each replica."""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from wealth_backend.scheduler.occurrences import settle_due
from wealth_backend.scheduler.reviews import review_due
from wealth_core.database import Database, DatabaseUnavailableError
from wealth_core.periods import utc_today

# Of the interval, so that replicas that started together don't all come at once.
_JITTER = 0.2
_LONGEST_WAIT_S = 300.0
# What is under way may take so long to end: longer than one database transaction, and within what a pod has left.
_STOP_S = 8.0

_log = logging.getLogger(__name__)


class Scheduler:
    """Does what is due every `interval_s` until it is stopped. A database that is gone is asked less and less often."""

    def __init__(
        self,
        database: Database,
        interval_s: float,
        review_interval_s: float,
        today: Callable[[], date] = utc_today,
    ) -> None:
        self._database = database
        self._interval_s = interval_s
        self._review_interval = timedelta(seconds=review_interval_s)
        self._today = today
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Lets the step that is under way end. One that doesn't is rolled back: nothing is ever half done."""
        self._stop.set()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_STOP_S)
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def run_once(self) -> None:
        today = self._today()
        steps = await settle_due(self._database, today, stopping=self._stop.is_set)
        reviewed = await review_due(self._database, today, self._review_interval, stopping=self._stop.is_set)
        if steps or reviewed:
            _log.info("settled what was due", extra={"steps": steps, "reviewed": reviewed})

    async def _run(self) -> None:
        failures = 0
        while not await self._stopped_within(self._wait_s(failures)):
            try:
                await self.run_once()
            except DatabaseUnavailableError as error:
                failures += 1
                _log.warning("database not available", extra={"reason": str(error), "failures": failures})
            except Exception:  # noqa: BLE001 - the task must outlive whatever it meets
                failures += 1
                _log.exception("a pass of the scheduler failed")
            else:
                failures = 0

    def _wait_s(self, failures: int) -> float:
        wait = min(self._interval_s * 2.0 ** min(failures, 10), max(_LONGEST_WAIT_S, self._interval_s))
        return wait * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - spreads load, hides nothing

    async def _stopped_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
        return self._stop.is_set()
