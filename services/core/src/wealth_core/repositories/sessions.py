"""Sign-in sessions: begun at sign-in, ended by sign-out, by time, or together with the user."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select

from wealth_core.models import SignInSession, User
from wealth_core.repositories.base import Repository


class SessionRepository(Repository[SignInSession]):
    model = SignInSession

    async def start(self, user_id: uuid.UUID, lifetime: timedelta) -> SignInSession:
        """Begins a session; those of this user that have run out are forgotten."""
        await self._session.execute(delete(SignInSession).where(SignInSession.expires_at <= func.now()))
        now = await self._session.scalar(select(func.now()))
        assert now is not None  # noqa: S101 - tells the type checker
        return await self.add(SignInSession(user_id=user_id, expires_at=now + lifetime))

    async def user(self, session_id: uuid.UUID) -> User | None:
        """Whose session it is, while it lasts."""
        statement = select(User).join(SignInSession, SignInSession.user_id == User.id)
        return await self._session.scalar(
            statement.where(SignInSession.id == session_id, SignInSession.expires_at > func.now())
        )
