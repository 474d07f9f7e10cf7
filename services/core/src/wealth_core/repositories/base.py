"""What every repository shares."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.models import OwnedRow, SignInSession, User

AnySelect: TypeAlias = Select[*tuple[Any, ...]]

T = TypeVar("T")
R = TypeVar("R", bound=OwnedRow | SignInSession | User)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    next_cursor: str | None


class Repository(Generic[R]):
    """Reads and writes one table. Row-level security narrows every statement to the session's user."""

    model: type[R]

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, row_id: uuid.UUID) -> R | None:
        return await self._session.scalar(select(self.model).where(self.model.id == row_id))

    async def lock(self, row_id: uuid.UUID) -> R | None:
        """Like `get`; until the transaction ends nobody else changes or locks the row."""
        return await self._session.scalar(
            select(self.model)
            .where(self.model.id == row_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def add(self, row: R) -> R:
        self._session.add(row)
        await self._session.flush()
        return row

    async def delete(self, row_id: uuid.UUID) -> bool:
        """Whether there was such a row."""
        statement = delete(self.model).where(self.model.id == row_id).returning(self.model.id)
        return await self._session.scalar(statement) is not None
