"""Tags: any number of them on any transaction."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from wealth_core.ids import new_id
from wealth_core.models import Tag, TransactionTag
from wealth_core.repositories.base import AnySelect, Repository


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
        found = await self._session.execute(self._spelt(names))
        return {row.name: row.id for row in found}

    async def known(self, names: Collection[str]) -> Sequence[uuid.UUID]:
        """Those of the names that are a tag's, whatever their case."""
        return [row.id for row in await self._session.execute(self._spelt(names))]

    @staticmethod
    def _spelt(names: Collection[str]) -> AnySelect:
        # Which names are the same the database says, as its unique index does.
        wanted = func.unnest(literal(list(names), ARRAY(Text))).table_valued("name", name="wanted")
        return select(wanted.c.name, Tag.id).join(Tag, func.lower(Tag.name) == func.lower(wanted.c.name))
