"""Which category an imported row is proposed to have. Every import and preview gets it here and nowhere else."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.imports.formats import StatementRow
from wealth_backend.imports.guessing import Guess, Guesser
from wealth_core.repositories import CategoryRepository


class Categoriser:
    """Made once an import, used for chunk after chunk in a thread: it reads nothing from the database any more."""

    def __init__(self, guesser: Guesser, by_name: Mapping[str, Guess]) -> None:
        self._guesser = guesser
        self._by_name = by_name

    def categorised(self, rows: Sequence[StatementRow]) -> list[Guess | None]:
        """In the rows' order: what the file itself says, what the user chose for the payee last, what its words say."""
        return [self._own(row) or self._guesser.guess(row.payee, is_income=row.money.amount > 0) for row in rows]

    def _own(self, row: StatementRow) -> Guess | None:
        return self._by_name.get(row.category.casefold()) if row.category else None


async def load_categoriser(session: AsyncSession) -> Categoriser:
    categories = CategoryRepository(session)
    found = await categories.list()
    by_name = {category.name.casefold(): Guess(category.id, category.name) for category in found}
    return Categoriser(Guesser(found, await categories.by_payee()), by_name)
