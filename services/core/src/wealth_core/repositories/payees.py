"""Payees: the names that stand in the transactions, and what is known of each."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is named `date`

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.ledger import PostingKind
from wealth_core.models import PostingRow, Transaction
from wealth_core.repositories.base import Page
from wealth_core.repositories.cursors import decode_dated, encode_dated
from wealth_core.repositories.transactions import LISTED


@dataclass(frozen=True, slots=True)
class PayeeView:
    """`category_id` is the last one that the payee was given."""

    name: str
    transactions: int
    last_date: Date
    category_id: uuid.UUID | None


class PayeeQueries:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def search(self, part: str | None, *, limit: int, cursor: str | None) -> Page[PayeeView]:
        """The last used first. An invalid `cursor` is a CursorError."""
        newest = (Transaction.date.desc(), Transaction.id.desc())
        every = (
            select(
                Transaction.payee,
                Transaction.date,
                Transaction.id,
                func.count().over(partition_by=Transaction.payee).label("uses"),
                func.row_number().over(partition_by=Transaction.payee, order_by=newest).label("age"),
            )
            .where(Transaction.kind.in_(LISTED))
            .order_by(*newest)
        )
        if part:
            every = every.where(Transaction.payee.icontains(part, autoescape=True))
        ranked = every.subquery()
        statement = select(ranked.c.payee, ranked.c.uses, ranked.c.date, ranked.c.id).where(ranked.c.age == 1)
        if cursor is not None:
            statement = statement.where(tuple_(ranked.c.date, ranked.c.id) < decode_dated(cursor))
        rows = await self._session.execute(
            statement.order_by(ranked.c.date.desc(), ranked.c.id.desc()).limit(limit + 1)
        )
        found = list(rows)
        shown = found[:limit]
        categories = await self._last_categories([row.payee for row in shown])
        items = [PayeeView(row.payee, row.uses, row.date, categories.get(row.payee)) for row in shown]
        more = len(found) > limit
        return Page(items, encode_dated(shown[-1].date, shown[-1].id) if more else None)

    async def _last_categories(self, names: Sequence[str]) -> dict[str, uuid.UUID | None]:
        statement = (
            select(Transaction.payee, PostingRow.category_id)
            .join(PostingRow, PostingRow.transaction_id == Transaction.id)
            .where(
                Transaction.payee.in_(names),
                PostingRow.kind == PostingKind.CATEGORY,
                PostingRow.category_id.is_not(None),
            )
            .ext(distinct_on(Transaction.payee))
            .order_by(Transaction.payee, Transaction.date.desc(), Transaction.id.desc(), PostingRow.position)
        )
        return {row.payee: row.category_id for row in await self._session.execute(statement)}
