"""What endpoints are given: the application's parts, who is asking, and a transaction in that user's name."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.auth.passwords import Passwords
from wealth_backend.auth.sessions import COOKIE, SessionClaims, SessionError, SessionTokens
from wealth_backend.chat.coordinator import Coordinator
from wealth_backend.imports.capacity import ImportCapacity
from wealth_backend.problems import Problem
from wealth_backend.settings import Settings
from wealth_core.database import Database
from wealth_core.models import User
from wealth_core.repositories import SessionRepository


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    database: Database
    passwords: Passwords
    tokens: SessionTokens
    coordinator: Coordinator
    imports: ImportCapacity


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction in the name of a signed-in user. It is committed before the answer is sent."""

    session: AsyncSession
    user: User
    # Where the request came from, cut short, for the audit log; empty for what nobody asked for.
    address: str = ""

    @property
    def user_id(self) -> uuid.UUID:
        return self.user.id


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


AppParts = Annotated[Parts, Depends(_parts)]
SessionCookie = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, auto_error=False))]


def signed_out() -> Problem:
    return Problem(
        401,
        "signed_out",
        "You are not signed in, or your session has ended: sign in again.",
        headers={"WWW-Authenticate": "Cookie"},
    )


def _claims(cookie: SessionCookie, parts: AppParts) -> SessionClaims:
    """What the cookie says; whether the session still lasts is for the database to say."""
    try:
        return parts.tokens.read(cookie or "")
    except SessionError:
        raise signed_out() from None


Claims = Annotated[SessionClaims, Depends(_claims)]


async def user_of(session: AsyncSession, claims: SessionClaims) -> User:
    user = await SessionRepository(session).user(claims.session_id)
    if user is None:
        raise signed_out()
    return user


async def _signed_in(claims: Claims, parts: AppParts) -> User:
    async with parts.database.transaction(claims.user_id) as session:
        return await user_of(session, claims)


async def _work(claims: Claims, parts: AppParts) -> AsyncIterator[Work]:
    async with parts.database.transaction(claims.user_id) as session:
        yield Work(session, await user_of(session, claims))


# For what takes long: the transaction is over before the endpoint begins.
SignedIn = Annotated[User, Depends(_signed_in)]
UserWork = Annotated[Work, Depends(_work, scope="function")]
