"""Whether the process lives, and whether it should get requests."""

import asyncio
import logging

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import JSONResponse

from wealth_backend.problems import respond, responses, unavailable
from wealth_core.database import Database, DatabaseError

_DEADLINE_S = 2.0

_log = logging.getLogger(__name__)


class Health(BaseModel):
    status: str = "ok"


class Readiness:
    """Probes that come while the database is being asked share the answer; none waits longer than the deadline."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asking: asyncio.Task[None] | None = None
        self.draining = False

    async def obstacle(self) -> str | None:
        if self.draining:
            return "this replica is shutting down"
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        done, _ = await asyncio.wait({self._asking}, timeout=_DEADLINE_S)
        if not done:
            return f"the database did not answer within {_DEADLINE_S:g} s"
        error = self._asking.exception()
        if error is None:
            return None
        if not isinstance(error, DatabaseError):
            raise error
        return str(error)

    async def _ask(self) -> None:
        """Logs why: the probe may have given up by the time that it is known."""
        try:
            await self._database.check()
        except DatabaseError as error:
            _log.warning("the database can not be used", extra={"reason": str(error), "cause": error.cause})
            raise


def health_router(readiness: Readiness) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Whether the process lives")
    async def alive() -> Health:
        return Health()

    @router.get("/readyz", summary="Whether requests can be served", responses=responses(503), response_model=Health)
    async def ready() -> Health | JSONResponse:
        obstacle = await readiness.obstacle()
        if obstacle is None:
            return Health()
        _log.warning("not ready", extra={"reason": obstacle})
        return respond(unavailable("not_ready", f"Not ready: {obstacle}."))

    return router
