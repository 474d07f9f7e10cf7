"""What endpoints are given: the application's parts, who is asking, and a transaction in that user's name."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.auth.callers import Caller, needed_scope
from wealth_backend.auth.keys import Keyring
from wealth_backend.auth.passwords import Passwords
from wealth_backend.auth.sessions import COOKIE, REFRESH_COOKIE, RefreshTokens, SessionTokens
from wealth_backend.chat.coordinator import Coordinator
from wealth_backend.idempotency import keyed
from wealth_backend.imports.capacity import ImportCapacity
from wealth_backend.limits import RateLimiter
from wealth_backend.problems import Problem
from wealth_backend.settings import Settings
from wealth_core.database import Database
from wealth_core.models import User
from wealth_core.repositories import AccessTokenRepository, SessionRepository

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    database: Database
    passwords: Passwords
    keyring: Keyring
    tokens: SessionTokens
    refreshes: RefreshTokens
    limiter: RateLimiter
    coordinator: Coordinator
    imports: ImportCapacity
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    def later(self, task: Coroutine[Any, Any, None]) -> None:
        """Something that no answer waits for; the application ends after it."""
        started = asyncio.create_task(task)
        self._later.add(started)
        started.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._later.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.warning("not done after an answer", extra={"reason": str(error)})

    async def finish(self) -> None:
        await asyncio.gather(*self._later, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction in the name of a user. That of a request is committed before the answer is sent."""

    session: AsyncSession
    user: User
    # Where the request came from, cut short, for the audit log; empty for what nobody asked for.
    address: str = ""

    @property
    def user_id(self) -> uuid.UUID:
        return self.user.id


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


async def _parts(request: Request) -> Parts:
    # Not `parts_of` itself: what isn't asynchronous is called in a thread, which takes longer than all it does.
    return parts_of(request)


AppParts = Annotated[Parts, Depends(_parts)]
SessionCookie = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, scheme_name="Session", auto_error=False))]
RefreshCookie = Annotated[
    str | None, Depends(APIKeyCookie(name=REFRESH_COOKIE, scheme_name="Refresh", auto_error=False))
]
_Bearer = Annotated[
    object,
    Depends(HTTPBearer(scheme_name="AccessToken", bearerFormat="wc_pat_…", auto_error=False)),
]


def signed_out() -> Problem:
    return Problem(
        401,
        "signed_out",
        "You are not signed in, or your session has ended: sign in again.",
        headers={"WWW-Authenticate": "Cookie"},
    )


def _invalid_token() -> Problem:
    return Problem(
        401,
        "invalid_token",
        "This access token is not valid, or not any more: make a new one in the application.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )


async def _caller(request: Request, _cookie: SessionCookie, _token: _Bearer) -> Caller:
    """Who sent the request, as far as the cookie or the token says; `admission` has read it."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise _invalid_token() if "authorization" in request.headers else signed_out()
    if caller.session_id is None:
        _check_scope(caller, request.method, domain_of(request.url.path))
    return caller


def domain_of(path: str) -> str:
    """`accounts` of `/api/v1/accounts/…`."""
    return (path.split("/", 4) + [""] * 4)[3]


def _check_scope(caller: Caller, method: str, domain: str) -> None:
    scope = needed_scope(method, domain)
    if scope is None:
        raise Problem(
            403,
            "insufficient_scope",
            "This can't be done with an access token: sign in to the application for it.",
            headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'},
        )
    if scope not in caller.scopes:
        raise Problem(
            403,
            "insufficient_scope",
            f"This access token may not do this: make one with the scope {scope}.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


# Whether the session or the token still counts is for the database to say: `user_of` asks it.
Claims = Annotated[Caller, Depends(_caller)]


async def user_of(session: AsyncSession, caller: Caller) -> User:
    if caller.session_id is not None:
        user = await SessionRepository(session).user(caller.session_id)
    elif caller.token_id is not None:
        user = await AccessTokenRepository(session).user(caller.token_id)
    else:
        user = None
    if user is None:
        raise signed_out() if caller.session_id else _invalid_token()
    return user


@asynccontextmanager
async def _open(
    request: Request, caller: Caller, parts: Parts, *, deadline_s: float | None = None
) -> AsyncIterator[Work]:
    async with parts.database.transaction(caller.user_id, deadline_s=deadline_s) as session:
        user = await user_of(session, caller)
        key = keyed(request)
        if key is not None:
            await key.claim(session, user.id)
        yield Work(session, user, caller.address)


async def _signed_in(request: Request, caller: Claims, parts: AppParts) -> User:
    async with parts.database.transaction(caller.user_id) as session:
        user = await user_of(session, caller)
        key = keyed(request)
        if key is not None:
            await key.look(session, user.id)
        return user


async def work(request: Request, caller: Claims, parts: AppParts) -> AsyncIterator[Work]:
    async with _open(request, caller, parts) as opened:
        yield opened


@dataclass(frozen=True, slots=True)
class Begin:
    """Begins the endpoint's transaction when everything is ready for it; to be called once."""

    _request: Request
    _caller: Caller
    _parts: Parts
    _stack: AsyncExitStack

    async def look(self) -> None:
        """Spares the work when it was done already under the request's key; after all that belongs to the request."""
        key = keyed(self._request)
        if key is not None:
            async with self._parts.database.transaction(self._caller.user_id) as session:
                await key.look(session, (await user_of(session, self._caller)).id)

    async def __call__(self, *, deadline_s: float | None = None) -> Work:
        opened = _open(self._request, self._caller, self._parts, deadline_s=deadline_s)
        return await self._stack.enter_async_context(opened)


async def late_work(request: Request, caller: Claims, parts: AppParts) -> AsyncIterator[Begin]:
    async with AsyncExitStack() as stack:
        yield Begin(request, caller, parts, stack)


# For what takes long: the transaction is over before the endpoint begins.
SignedIn = Annotated[User, Depends(_signed_in)]
UserWork = Annotated[Work, Depends(work, scope="function")]
# For what takes long first and writes then: like UserWork, but begun by the endpoint itself.
LateWork = Annotated[Begin, Depends(late_work, scope="function")]
