"""Sign-up, sign-in and what a session can do. A password is hashed while no connection to the database is held."""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from wealth_backend.addresses import network
from wealth_backend.audit import audit
from wealth_backend.auth.devices import device
from wealth_backend.auth.keys import digest
from wealth_backend.auth.limits import admit, by_address, by_address_and_email, by_user, forget
from wealth_backend.auth.schemas import NewToken, ProfileChange, SignIn, SignUp
from wealth_backend.auth.sessions import GRACE, IDLE_LIFETIME, LIFETIME, RefreshClaims, SessionClaims, SessionError
from wealth_backend.auth.tokens import new_token
from wealth_backend.categories.defaults import default_categories
from wealth_backend.dependencies import Parts, Work, signed_out
from wealth_backend.errors import violated
from wealth_backend.problems import Problem, not_found
from wealth_core.ids import new_id
from wealth_core.models import AccessToken, SignInSession, User
from wealth_core.repositories import AccessTokenRepository, SessionRepository, UserRepository

_MAX_TOKENS = 50


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the door: from where, and with what."""

    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """A user with a session, and the two tokens that go into its cookies."""

    user: User
    session: SignInSession
    access: str
    refresh: str


async def sign_up(parts: Parts, wanted: SignUp, visitor: Visitor) -> Welcome:
    await admit(parts.database, by_address(visitor.address), by_address_and_email(visitor.address, wanted.email))
    user = User(
        id=new_id(),
        email=wanted.email,
        name=wanted.name or "",
        currency=wanted.currency,
        language=wanted.language,
        password_hash=await parts.passwords.hash(wanted.password),
    )
    try:
        async with parts.database.transaction() as session:
            await UserRepository(session).register(user)
            session.add_all(default_categories(user.id))
            work = Work(session, user, network(visitor.address))
            await audit(work, "user.made")
            return await _start_session(parts, work, visitor)
    except IntegrityError as error:
        if violated(error) != "users_email_key":
            raise
        raise Problem(
            409, "email_taken", "There is an account with this email address already: sign in instead."
        ) from None


async def sign_in(parts: Parts, given: SignIn, visitor: Visitor) -> Welcome:
    own_limit = by_address_and_email(visitor.address, given.email)
    await admit(parts.database, by_address(visitor.address), own_limit)
    async with parts.database.transaction() as session:
        user = await UserRepository(session).find_by_email(given.email)
    if not await parts.passwords.matches(given.password, user.password_hash if user else None) or user is None:
        if user is not None:
            # Not awaited: an answer that takes longer for a known address would tell that it is known.
            parts.later(_note_refusal(parts, user, visitor))
        raise Problem(401, "wrong_credentials", "The email address or the password is wrong: check both and try again.")
    async with parts.database.transaction(user.id) as session:
        welcome = await _start_session(parts, Work(session, user, network(visitor.address)), visitor)
    await forget(parts.database, own_limit)
    return welcome


async def _note_refusal(parts: Parts, user: User, visitor: Visitor) -> None:
    async with parts.database.transaction(user.id) as session:
        await audit(Work(session, user, network(visitor.address)), "session.refused")


async def _start_session(parts: Parts, work: Work, visitor: Visitor) -> Welcome:
    claims = RefreshClaims(work.user_id, new_id(), secrets.token_bytes(32))
    session = SignInSession(
        id=claims.session_id,
        user_id=claims.user_id,
        user_agent=device(visitor.user_agent),
        refresh_digest=claims.digest,
    )
    await SessionRepository(work.session).start(session, IDLE_LIFETIME)
    await audit(work, "session.started", session_id=session.id)
    return Welcome(work.user, session, parts.tokens.issue(session), parts.refreshes.write(claims))


async def refresh(parts: Parts, token: str, visitor: Visitor) -> Welcome:
    """New tokens for the current refresh token, or once more for the one before; an older one ends the session."""
    try:
        claims = parts.refreshes.read(token)
    except SessionError:
        raise signed_out() from None
    async with parts.database.transaction(claims.user_id) as session:
        user = await SessionRepository(session).user(claims.session_id)
        found = await SessionRepository(session).lock(claims.session_id)
        if user is None or found is None:
            raise signed_out()
        successor = await _exchange(parts, SessionRepository(session), found, claims)
        if successor is None:
            await SessionRepository(session).delete(found.id)
            work = Work(session, user, network(visitor.address))
            await audit(work, "session.revoked", session_id=found.id)
        else:
            await session.flush()
    # Only now, since the end of the session has to be committed.
    if successor is None:
        raise signed_out()
    return Welcome(user, found, parts.tokens.issue(found), parts.refreshes.write(successor))


async def _exchange(
    parts: Parts, sessions: SessionRepository, found: SignInSession, claims: RefreshClaims
) -> RefreshClaims | None:
    now = await sessions.now()
    successors = parts.refreshes.successors(claims)
    if _same(found.refresh_digest, claims.digest):
        successor = successors[0]
        found.replaced_digest, found.replaced_at = claims.digest, now
        found.refresh_digest = successor.digest
        found.last_seen_at = now
        found.expires_at = min(now + IDLE_LIFETIME, found.created_at + LIFETIME)
        return successor
    if not _same(found.replaced_digest, claims.digest) or now - (found.replaced_at or now) > GRACE:
        return None
    return next((one for one in successors if _same(found.refresh_digest, one.digest)), None)


def _same(kept: bytes | None, given: bytes) -> bool:
    return kept is not None and hmac.compare_digest(kept, given)


async def sign_out(parts: Parts, claims: SessionClaims, visitor: Visitor) -> None:
    async with parts.database.transaction(claims.user_id) as session:
        user = await SessionRepository(session).user(claims.session_id)
        if user is not None:
            await end_session(Work(session, user, network(visitor.address)), claims.session_id)


async def check_password(parts: Parts, user: User, password: str) -> None:
    """For what an open screen alone shouldn't be enough for."""
    await admit(parts.database, by_user(user.id))
    if not await parts.passwords.matches(password, user.password_hash):
        raise Problem(403, "wrong_password", "The password is wrong: check it and try again.")


async def change_password(work: Work, checked: User, password_hash: str, kept: uuid.UUID | None) -> None:
    """Ends every other session: who knows the old password may be somebody else."""
    user = await UserRepository(work.session).lock(work.user_id)
    if user is None or user.password_hash != checked.password_hash:
        raise Problem(409, "conflict", "The password was changed in the meantime: sign in with the new one.")
    user.password_hash = password_hash
    await SessionRepository(work.session).delete_others(work.user_id, kept)
    await audit(work, "password.changed")


async def change_profile(work: Work, wanted: ProfileChange) -> User:
    user = work.user
    if "name" in wanted.model_fields_set:
        user.name = wanted.name or ""
    user.currency = wanted.currency or user.currency
    user.language = wanted.language or user.language
    user.theme = wanted.theme or user.theme
    await work.session.flush()
    return user


async def is_fresh(work: Work, session_id: uuid.UUID | None, within: timedelta) -> bool:
    """Whether the session's user has typed the password only just now."""
    sessions = SessionRepository(work.session)
    found = await sessions.get(session_id) if session_id else None
    return found is not None and await sessions.now() - found.created_at <= within


async def end_session(work: Work, session_id: uuid.UUID) -> None:
    if not await SessionRepository(work.session).delete(session_id):
        raise not_found("session")
    await audit(work, "session.ended", session_id=session_id)


async def end_all_sessions(work: Work) -> None:
    await SessionRepository(work.session).delete_others(work.user_id)
    await audit(work, "sessions.ended")


async def make_token(work: Work, wanted: NewToken) -> tuple[AccessToken, str]:
    tokens = AccessTokenRepository(work.session)
    if len(await tokens.list()) >= _MAX_TOKENS:
        raise Problem(409, "too_many_tokens", f"There are {_MAX_TOKENS} access tokens: delete one that isn't used.")
    token = new_token(work.user_id)
    now = await SessionRepository(work.session).now()
    row = await tokens.add(
        AccessToken(
            user_id=work.user_id,
            name=wanted.name,
            digest=digest(token.encode()),
            scopes=sorted(set(wanted.scopes)),
            expires_at=now + timedelta(days=wanted.days),
        )
    )
    await work.session.refresh(row)
    await audit(work, "token.made", token_id=row.id)
    return row, token


async def revoke_token(work: Work, token_id: uuid.UUID) -> None:
    if not await AccessTokenRepository(work.session).delete(token_id):
        raise not_found("access token")
    await audit(work, "token.revoked", token_id=token_id)
