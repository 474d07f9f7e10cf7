"""Categories of income and spending."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from wealth_core.ledger import PostingKind
from wealth_core.models import Category, PostingRow, Transaction
from wealth_core.repositories.base import Repository


class CategoryRepository(Repository[Category]):
    model = Category

    async def list(self) -> Sequence[Category]:
        statement = select(Category).order_by(Category.kind, func.lower(Category.name))
        return (await self._session.scalars(statement)).all()

    async def by_payee(self) -> dict[str, uuid.UUID]:
        """The category each payee (in lower case) was given last, for those that have one."""
        payee = func.lower(Transaction.payee)
        statement = (
            select(payee, PostingRow.category_id)
            .join(PostingRow, PostingRow.transaction_id == Transaction.id)
            .where(PostingRow.kind == PostingKind.CATEGORY, PostingRow.category_id.is_not(None))
            .ext(distinct_on(payee))
            .order_by(payee, Transaction.date.desc(), Transaction.id.desc())
        )
        return {name: category for name, category in await self._session.execute(statement) if category is not None}
