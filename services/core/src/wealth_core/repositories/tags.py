"""Tags: any number of them on any transaction."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from wealth_core.ids import new_id
from wealth_core.models import Tag, TransactionTag
from wealth_core.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class TagView:
    id: uuid.UUID
    name: str
    transactions: int


class TagRepository(Repository[Tag]):
    model = Tag

    async def list(self) -> Sequence[TagView]:
        uses = select(func.count()).where(TransactionTag.tag_id == Tag.id).correlate(Tag).scalar_subquery()
        rows = await self._session.execute(select(Tag.id, Tag.name, uses).order_by(func.lower(Tag.name)))
        return [TagView(*row) for row in rows]

    async def view(self, tag_id: uuid.UUID) -> TagView | None:
        return next((one for one in await self.list() if one.id == tag_id), None)

    async def named(self, user_id: uuid.UUID, names: Collection[str]) -> dict[str, uuid.UUID]:
        """The tags of these names, whatever their case; those that don't exist yet are made."""
        if not names:
            return {}
        rows = [{"id": new_id(), "user_id": user_id, "name": name} for name in sorted(set(names))]
        await self._session.execute(upsert(Tag).on_conflict_do_nothing(), rows)
        # Which names are the same the database says, as its unique index does.
        wanted = func.unnest(literal(list(names), ARRAY(Text))).table_valued("name", name="wanted")
        found = await self._session.execute(
            select(wanted.c.name, Tag.id).join(Tag, func.lower(Tag.name) == func.lower(wanted.c.name))
        )
        return {row.name: row.id for row in found}

    async def find(self, name: str) -> uuid.UUID | None:
        return await self._session.scalar(select(Tag.id).where(func.lower(Tag.name) == func.lower(name)))
