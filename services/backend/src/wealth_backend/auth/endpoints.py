from fastapi import APIRouter, Request, Response

from wealth_backend.auth import service
from wealth_backend.auth.limits import client_address
from wealth_backend.auth.schemas import Profile, SignIn, SignUp
from wealth_backend.auth.sessions import SessionError, clear_cookie, set_cookie
from wealth_backend.dependencies import AppParts, SessionCookie, UserWork
from wealth_backend.problems import responses
from wealth_core.repositories import SessionRepository, UserRepository

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/sign-up", status_code=201, responses=responses(409, 429))
async def sign_up(wanted: SignUp, request: Request, response: Response, parts: AppParts) -> Profile:
    """Makes an account with default categories and signs in."""
    welcome = await service.sign_up(parts, wanted, client_address(request))
    set_cookie(response, welcome.token, secure=parts.settings.secure_cookies)
    return Profile.of(welcome.user)


@router.post("/sign-in", responses=responses(401, 429))
async def sign_in(given: SignIn, request: Request, response: Response, parts: AppParts) -> Profile:
    welcome = await service.sign_in(parts, given, client_address(request))
    set_cookie(response, welcome.token, secure=parts.settings.secure_cookies)
    return Profile.of(welcome.user)


@router.post("/sign-out", status_code=204)
async def sign_out(cookie: SessionCookie, response: Response, parts: AppParts) -> None:
    """Ends the session for good, and does nothing when there is none."""
    clear_cookie(response, secure=parts.settings.secure_cookies)
    try:
        claims = parts.tokens.read(cookie or "")
    except SessionError:
        return
    async with parts.database.transaction(claims.user_id) as session:
        await SessionRepository(session).delete(claims.session_id)


@router.get("/me", responses=responses(401))
async def me(work: UserWork) -> Profile:
    return Profile.of(work.user)


@router.delete("/me", status_code=204, responses=responses(401))
async def delete_me(work: UserWork, response: Response, parts: AppParts) -> None:
    """Deletes the account and everything in it."""
    await UserRepository(work.session).delete(work.user_id)
    clear_cookie(response, secure=parts.settings.secure_cookies)
