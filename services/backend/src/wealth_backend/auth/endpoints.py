import logging
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from wealth_backend import routing
from wealth_backend.addresses import client_address
from wealth_backend.auth import service
from wealth_backend.auth.schemas import (
    Goodbye,
    MadeToken,
    NewToken,
    PasswordChange,
    Profile,
    ProfileChange,
    Session,
    SignIn,
    SignUp,
    Token,
)
from wealth_backend.auth.service import Visitor, Welcome
from wealth_backend.auth.sessions import SessionError, clear_cookies, set_cookies
from wealth_backend.dependencies import (
    AppParts,
    Claims,
    LateWork,
    Parts,
    RefreshCookie,
    SessionCookie,
    SignedIn,
    UserWork,
)
from wealth_backend.etags import Match
from wealth_backend.problems import Problem, responses
from wealth_core.models import User
from wealth_core.repositories import AccessTokenRepository, SessionRepository, UserRepository

_FRESH = timedelta(minutes=15)

_log = logging.getLogger(__name__)

# For those who have no session yet, or none any more.
public = APIRouter(prefix="/auth", tags=["auth"], route_class=routing.Route)
router = routing.router("auth")


def _visitor(request: Request) -> Visitor:
    return Visitor(client_address(request), request.headers.get("user-agent", ""))


def _welcome(response: Response, welcome: Welcome, parts: Parts) -> Profile:
    secure = parts.settings.secure_cookies
    set_cookies(response, welcome.access, welcome.refresh, welcome.session, secure=secure)
    return Profile.of(welcome.user)


@public.post("/sign-up", status_code=201, responses=responses(409))
async def sign_up(wanted: SignUp, request: Request, response: Response, parts: AppParts) -> Profile:
    """Makes an account with default categories and signs in."""
    return _welcome(response, await service.sign_up(parts, wanted, _visitor(request)), parts)


@public.post("/sign-in", responses=responses(401))
async def sign_in(given: SignIn, request: Request, response: Response, parts: AppParts) -> Profile:
    return _welcome(response, await service.sign_in(parts, given, _visitor(request)), parts)


@public.post("/refresh", responses=responses(401))
async def refresh_session(token: RefreshCookie, request: Request, response: Response, parts: AppParts) -> Profile:
    """Exchanges the refresh token for new cookies.

    It is good for one exchange, and for ten seconds more for the same one again. An older one ends the session.
    """
    return _welcome(response, await service.refresh(parts, token or "", _visitor(request)), parts)


@public.post("/sign-out", status_code=204)
async def sign_out(
    cookie: SessionCookie, token: RefreshCookie, request: Request, response: Response, parts: AppParts
) -> None:
    """Ends the session for good, and does nothing when there is none."""
    clear_cookies(response, secure=parts.settings.secure_cookies)
    for read, value in ((parts.refreshes.read, token), (parts.tokens.read, cookie)):
        with suppress(SessionError):
            await service.sign_out(parts, read(value or ""), _visitor(request))


@router.post("/sign-out-everywhere", status_code=204)
async def sign_out_everywhere(work: UserWork, response: Response, parts: AppParts) -> None:
    """Ends all sessions, this one too. Access tokens stay."""
    await service.end_all_sessions(work)
    clear_cookies(response, secure=parts.settings.secure_cookies)


@router.get("/sessions")
async def list_sessions(work: UserWork, claims: Claims) -> list[Session]:
    """Where the user is signed in, the most recently used first."""
    return [Session.of(one, claims.session_id) for one in await SessionRepository(work.session).list()]


@router.delete("/sessions/{session_id}", status_code=204, responses=responses(404))
async def end_session(
    session_id: uuid.UUID, work: UserWork, claims: Claims, response: Response, parts: AppParts
) -> None:
    await service.end_session(work, session_id)
    if session_id == claims.session_id:
        clear_cookies(response, secure=parts.settings.secure_cookies)


@router.post("/password", status_code=204, responses=responses(409))
async def change_password(
    wanted: PasswordChange, user: SignedIn, claims: Claims, begin: LateWork, parts: AppParts
) -> None:
    """Needs the current password, and ends every other session."""
    await service.check_password(parts, user, wanted.current_password)
    password_hash = await parts.passwords.hash(wanted.new_password)
    await service.change_password(await begin(), user, password_hash, claims.session_id)


@router.get("/me")
async def me(work: UserWork, match: Match) -> Profile:
    return match.tag(Profile.of(work.user))


@router.patch("/me", responses=responses(412))
async def change_me(wanted: ProfileChange, work: UserWork, match: Match) -> Profile:
    await work.session.refresh(work.user, with_for_update=True)
    match.check(Profile.of(work.user))
    return match.tag(Profile.of(await service.change_profile(work, wanted)))


@router.delete("/me", status_code=204)
@routing.without_key
async def delete_me(
    user: SignedIn,
    claims: Claims,
    begin: LateWork,
    response: Response,
    parts: AppParts,
    *,
    given: Annotated[Goodbye | None, Body()] = None,
) -> None:
    """Deletes the account and everything in it. Needs the password, unless it was typed within the last 15 minutes."""
    password = given.password if given else None
    if password is not None:
        await service.check_password(parts, user, password)
    work = await begin()
    if password is None and not await service.is_fresh(work, claims.session_id, _FRESH):
        raise Problem(403, "password_needed", "Deleting everything needs your password: send it along.")
    await UserRepository(work.session).delete(work.user_id)
    clear_cookies(response, secure=parts.settings.secure_cookies)
    _note_deletion(work.user)


def _note_deletion(user: User) -> None:
    """The audit log goes with its user, so that this is all that is left of them."""
    _log.warning("account deleted", extra={"user_id": str(user.id)})


@router.get("/tokens")
async def list_tokens(work: UserWork) -> list[Token]:
    """Personal access tokens, the newest first, those that have run out too."""
    return [Token.model_validate(row) for row in await AccessTokenRepository(work.session).list()]


@router.post("/tokens", status_code=201, responses=responses(409))
@routing.without_key
async def make_token(wanted: NewToken, work: UserWork) -> MadeToken:
    """The token is shown this once: only its digest is kept. For that reason this takes no Idempotency-Key."""
    return MadeToken.made(*await service.make_token(work, wanted))


@router.delete("/tokens/{token_id}", status_code=204, responses=responses(404))
async def revoke_token(token_id: uuid.UUID, work: UserWork) -> None:
    await service.revoke_token(work, token_id)
