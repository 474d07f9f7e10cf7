"""Sign-in sessions: begun at sign-in, prolonged by refreshing, ended by sign-out, by time, or with the user."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select

from wealth_core.models import SignInSession, User
from wealth_core.repositories.base import Repository

_AT_MOST = 50  # of one user; whoever signs in once more ends the one that was used least recently

_USER = (
    select(User)
    .join(SignInSession, SignInSession.user_id == User.id)
    .where(SignInSession.id == bindparam("session_id"), SignInSession.expires_at > func.now())
)


class SessionRepository(Repository[SignInSession]):
    model = SignInSession

    async def start(self, session: SignInSession, lifetime: timedelta) -> SignInSession:
        """Begins a session; those of this user that have run out, and too many others, are forgotten."""
        kept = (
            select(SignInSession.id)
            .where(SignInSession.user_id == session.user_id, SignInSession.expires_at > func.now())
            .order_by(SignInSession.last_seen_at.desc())
            .limit(_AT_MOST - 1)
        )
        await self._session.execute(
            delete(SignInSession).where(
                SignInSession.user_id == session.user_id, SignInSession.id.not_in(kept.scalar_subquery())
            )
        )
        session.created_at = session.last_seen_at = now = await self.now()
        session.expires_at = now + lifetime
        return await self.add(session)

    async def now(self) -> datetime:
        """When the transaction began, by the database's clock: the only one that all replicas share."""
        return (await self._session.execute(select(func.now()))).scalar_one()

    async def list(self) -> Sequence[SignInSession]:
        """Those that last, the most recently used first."""
        statement = select(SignInSession).where(SignInSession.expires_at > func.now())
        return (await self._session.scalars(statement.order_by(SignInSession.last_seen_at.desc()))).all()

    async def user(self, session_id: uuid.UUID) -> User | None:
        """Whose session it is, while it lasts."""
        return await self._session.scalar(_USER, {"session_id": session_id})

    async def delete_others(self, user_id: uuid.UUID, kept: uuid.UUID | None = None) -> None:
        """Ends every session of a user, but for one."""
        statement = delete(SignInSession).where(SignInSession.user_id == user_id)
        await self._session.execute(statement if kept is None else statement.where(SignInSession.id != kept))
