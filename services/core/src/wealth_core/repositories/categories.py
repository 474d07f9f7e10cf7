"""Categories of income and spending: trees, one level below the other."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from wealth_core.ledger import PostingKind
from wealth_core.models import Base, Category, PostingRow, Transaction
from wealth_core.repositories.base import Repository
from wealth_core.repositories.references import point_elsewhere

_KNOWN = select(Category.id).where(Category.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def tree_below(category_id: uuid.UUID | ColumnElement[Any] | None) -> Any:
    """The ids of a category and of all below it."""
    below = select(Category.id).where(Category.id == category_id).cte("below", recursive=True)
    child = select(Category.id).join(below, Category.parent_id == below.c.id)
    return select(below.union(child).c.id)


def roots() -> Any:
    """Of each category (`id`) the one at the top of its tree (`root_id`)."""
    top = (
        select(Category.id, Category.id.label("root_id"))
        .where(Category.parent_id.is_(None))
        .cte("roots", recursive=True)
    )
    return top.union(select(Category.id, top.c.root_id).join(top, Category.parent_id == top.c.id))


class CategoryRepository(Repository[Category]):
    model = Category

    async def list(self) -> Sequence[Category]:
        statement = select(Category).order_by(Category.kind, Category.position, func.lower(Category.name))
        return (await self._session.scalars(statement)).all()

    async def lock_tree(self) -> dict[uuid.UUID, Category]:
        """All categories; until the transaction ends nobody else changes the shape of their trees."""
        rows = await self._session.scalars(
            select(Category).order_by(Category.id).with_for_update().execution_options(populate_existing=True)
        )
        return {row.id: row for row in rows}

    async def missing(self, ids: set[uuid.UUID]) -> set[uuid.UUID]:
        """Those of the ids that no category has."""
        return ids - set(await self._session.scalars(_KNOWN, {"ids": list(ids)})) if ids else ids

    async def merge(self, category_id: uuid.UUID, into: uuid.UUID) -> None:
        """Lets everything that names the one category name the other, and deletes the one."""
        await point_elsewhere(self._session, Base.metadata.tables[Category.__tablename__], category_id, into)
        await self.delete(category_id)

    async def lift_children(self, category: Category) -> None:
        await self._session.execute(
            update(Category).where(Category.parent_id == category.id).values(parent_id=category.parent_id)
        )

    async def by_payee(self) -> dict[str, uuid.UUID]:
        """The category each payee (in lower case) was given last, for those that have one."""
        payee = func.lower(Transaction.payee)
        statement = (
            select(payee, PostingRow.category_id)
            .join(PostingRow, PostingRow.transaction_id == Transaction.id)
            .where(PostingRow.kind == PostingKind.CATEGORY, PostingRow.category_id.is_not(None))
            .ext(distinct_on(payee))
            .order_by(payee, Transaction.date.desc(), Transaction.id.desc(), PostingRow.position)
        )
        return {name: category for name, category in await self._session.execute(statement) if category is not None}
