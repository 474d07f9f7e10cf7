"""Personal access tokens, known by their digests."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select, update

from wealth_core.models import AccessToken, User
from wealth_core.repositories.base import Repository

_PRECISION = timedelta(minutes=1)


class AccessTokenRepository(Repository[AccessToken]):
    model = AccessToken

    async def list(self) -> Sequence[AccessToken]:
        """The newest first, those that have run out too."""
        return (await self._session.scalars(select(AccessToken).order_by(AccessToken.id.desc()))).all()

    async def use(self, digest: bytes) -> AccessToken | None:
        """The token of a digest while it lasts; that it was used is noted once a minute."""
        token = await self._session.scalar(
            select(AccessToken).where(AccessToken.digest == digest, AccessToken.expires_at > func.now())
        )
        if token is not None:
            await self._session.execute(
                update(AccessToken)
                .where(
                    AccessToken.id == token.id,
                    or_(AccessToken.last_used_at.is_(None), AccessToken.last_used_at <= func.now() - _PRECISION),
                )
                .values(last_used_at=func.now())
            )
        return token

    async def user(self, token_id: uuid.UUID) -> User | None:
        """Whose token it is, while it lasts."""
        statement = select(User).join(AccessToken, AccessToken.user_id == User.id)
        return await self._session.scalar(
            statement.where(AccessToken.id == token_id, AccessToken.expires_at > func.now())
        )
