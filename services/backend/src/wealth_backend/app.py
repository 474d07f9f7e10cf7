"""The application put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import Lifespan

from wealth_backend.accounts.endpoints import router as accounts
from wealth_backend.admission import Admission
from wealth_backend.archive.endpoints import exporting, restoring
from wealth_backend.audit.endpoints import router as audit
from wealth_backend.auth.endpoints import public as public_auth
from wealth_backend.auth.endpoints import router as auth
from wealth_backend.auth.keys import Keyring
from wealth_backend.auth.passwords import Passwords
from wealth_backend.auth.sessions import RefreshTokens, SessionTokens
from wealth_backend.budgets.endpoints import router as budgets
from wealth_backend.categories.endpoints import router as categories
from wealth_backend.chat.coordinator import Coordinator
from wealth_backend.chat.endpoints import router as chat
from wealth_backend.conversations.endpoints import router as conversations
from wealth_backend.demo.endpoints import router as demo
from wealth_backend.dependencies import Parts
from wealth_backend.goals.endpoints import router as goals
from wealth_backend.guards import BODY_LIMIT, MIB, BodyLimit, OriginGuard
from wealth_backend.health import Readiness, health_router
from wealth_backend.import_profiles.endpoints import router as import_profiles
from wealth_backend.imports.capacity import ImportCapacity
from wealth_backend.imports.endpoints import router as imports
from wealth_backend.insight.endpoints import router as insight
from wealth_backend.limits import RateLimiter
from wealth_backend.market.endpoints import prices, rates
from wealth_backend.notifications.endpoints import router as notifications
from wealth_backend.openapi import complete
from wealth_backend.payees.endpoints import router as payees
from wealth_backend.portfolio.endpoints import router as portfolio
from wealth_backend.problems import AnsweredErrors, handle_problems, responses
from wealth_backend.proposals.endpoints import router as proposals
from wealth_backend.recurring.endpoints import router as recurring
from wealth_backend.rules.endpoints import router as rules
from wealth_backend.scheduler.loop import Scheduler
from wealth_backend.securities.endpoints import router as securities
from wealth_backend.settings import Settings
from wealth_backend.summary.endpoints import router as summary
from wealth_backend.tags.endpoints import router as tags
from wealth_backend.trades.endpoints import router as trades
from wealth_backend.transactions.endpoints import router as transactions
from wealth_core.database import Database
from wealth_core.telemetry import App, TraceMiddleware

PREFIX = "/api/v1"

_ROUTERS = (
    accounts,
    audit,
    auth,
    budgets,
    categories,
    chat,
    exporting,
    conversations,
    demo,
    goals,
    import_profiles,
    imports,
    insight,
    notifications,
    payees,
    portfolio,
    prices,
    proposals,
    public_auth,
    rates,
    recurring,
    restoring,
    rules,
    securities,
    summary,
    tags,
    trades,
    transactions,
)
# A table of prices or rates, with the quotes and line ends that JSON escapes.
_TABLE_LIMIT = 2 * MIB


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            complete(super().openapi(), PREFIX)
        return super().openapi()


def build_api(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The routes with their description; what they work with stands in `state.parts` when they run."""
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
    handle_problems(api)
    for router in _ROUTERS:
        api.include_router(router, prefix=PREFIX, responses=responses("default"))
    return api


def build_app(settings: Settings) -> tuple[App, Readiness]:
    database = Database(settings)
    keyring = Keyring(settings.jwt_key, settings.jwt_key_previous)
    parts = Parts(
        settings=settings,
        database=database,
        passwords=Passwords(),
        keyring=keyring,
        tokens=SessionTokens(keyring),
        refreshes=RefreshTokens(keyring),
        limiter=RateLimiter(database),
        coordinator=Coordinator(settings.coordinator_url, settings.chat_timeout_s),
        imports=ImportCapacity(),
    )
    readiness = Readiness(database)
    scheduler = Scheduler(database, settings.scheduler_interval_s, settings.plan_review_interval_s)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        scheduler.start()
        yield
        await parts.finish()
        await scheduler.stop()
        await parts.coordinator.close()
        await database.close()

    api = build_api(lifespan)
    api.state.parts = parts
    api.include_router(health_router(readiness))
    upload_limit = settings.upload_limit_mib * MIB
    app: App = BodyLimit(
        OriginGuard(api, origin=settings.public_origin),
        limit=BODY_LIMIT,
        path_limits={
            **{f"{PREFIX}{path}": upload_limit for path in ("/imports", "/imports/preview", "/restore")},
            **{f"{PREFIX}{path}": _TABLE_LIMIT for path in ("/prices/import", "/rates/import")},
        },
    )
    return TraceMiddleware(AnsweredErrors(Admission(app, parts))), readiness
