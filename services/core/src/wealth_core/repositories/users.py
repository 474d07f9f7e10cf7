"""Users: found by id, or at sign-in by the address they claim."""

import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select

from wealth_core.database import claim_email, identify
from wealth_core.models import Transaction, User
from wealth_core.repositories.base import Repository

_PROFILE = select(User.id, User.name, User.currency).where(User.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Profile:
    """What every service may know about a user; address and password stay with the backend."""

    id: uuid.UUID
    name: str
    currency: str


class UserRepository(Repository[User]):
    model = User

    async def profile(self, user_id: uuid.UUID) -> Profile | None:
        row = (await self._session.execute(_PROFILE, {"id": user_id})).first()
        return Profile(*row) if row else None

    async def find_by_email(self, email: str) -> User | None:
        await claim_email(self._session, email)
        return await self._session.scalar(select(User).where(User.email == email))

    async def register(self, user: User) -> User:
        """Adds a new user and continues the transaction in their name. A taken address is an IntegrityError."""
        await identify(self._session, user.id)
        return await self.add(user)

    async def delete(self, row_id: uuid.UUID) -> bool:
        """Deletes the user with all that is theirs. Transactions go first: accounts can't while postings name them."""
        await self._session.execute(delete(Transaction).where(Transaction.user_id == row_id))
        return await super().delete(row_id)
