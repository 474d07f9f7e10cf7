"""The application put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI

from wealth_backend.accounts.endpoints import router as accounts
from wealth_backend.archive.endpoints import exporting, restoring
from wealth_backend.auth.endpoints import router as auth
from wealth_backend.auth.passwords import Passwords
from wealth_backend.auth.sessions import SessionTokens
from wealth_backend.categories.endpoints import router as categories
from wealth_backend.chat.coordinator import Coordinator
from wealth_backend.chat.endpoints import router as chat
from wealth_backend.dependencies import Parts
from wealth_backend.guards import BODY_LIMIT, MIB, BodyLimit, OriginGuard
from wealth_backend.health import Readiness, health_router
from wealth_backend.imports.capacity import ImportCapacity
from wealth_backend.imports.endpoints import router as imports
from wealth_backend.payees.endpoints import router as payees
from wealth_backend.problems import AnsweredErrors, handle_problems, problem_schemas, responses
from wealth_backend.rules.endpoints import router as rules
from wealth_backend.settings import Settings
from wealth_backend.summary.endpoints import router as summary
from wealth_backend.tags.endpoints import router as tags
from wealth_backend.transactions.endpoints import router as transactions
from wealth_core.database import Database
from wealth_core.telemetry import App, TraceMiddleware

PREFIX = "/api/v1"

_ROUTERS = (auth, accounts, categories, payees, tags, transactions, rules, imports, exporting, restoring, summary, chat)


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            super().openapi()["components"]["schemas"].update(problem_schemas())
        return super().openapi()


def build_app(settings: Settings) -> tuple[App, Readiness]:
    database = Database(settings)
    parts = Parts(
        settings=settings,
        database=database,
        passwords=Passwords(),
        tokens=SessionTokens(settings.jwt_key),
        coordinator=Coordinator(settings.coordinator_url, settings.chat_timeout_s),
        imports=ImportCapacity(),
    )
    readiness = Readiness(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await parts.coordinator.close()
        await database.close()

    api = _Api(
        title="Wealth Companion",
        version="1",
        lifespan=lifespan,
        openapi_url=f"{PREFIX}/openapi.json",
        # Their pages load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api.state.parts = parts
    handle_problems(api)
    versioned = APIRouter(prefix=PREFIX, responses=responses("default"))
    for router in _ROUTERS:
        versioned.include_router(router)
    api.include_router(versioned)
    api.include_router(health_router(readiness))
    upload_limit = settings.upload_limit_mib * MIB
    app: App = BodyLimit(
        OriginGuard(api, origin=settings.public_origin),
        limit=BODY_LIMIT,
        path_limits={f"{PREFIX}{path}": upload_limit for path in ("/imports", "/imports/preview", "/restore")},
    )
    return TraceMiddleware(AnsweredErrors(app)), readiness
