"""Which category an imported row is proposed to have. Every import and preview gets it here and nowhere else."""

import uuid
from collections.abc import Mapping, Sequence

from anyio import to_thread
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_backend.imports.formats import StatementRow
from wealth_backend.imports.guessing import Guess, Guesser
from wealth_core.repositories import CategoryRepository, RuleRepository
from wealth_core.rules import Rule, RuleRow, apply_rules


class Categoriser:
    """Made once an import, used for chunk after chunk in a thread: it reads nothing from the database any more."""

    def __init__(self, guesser: Guesser, by_name: Mapping[str, Guess], rules: Sequence[Rule]) -> None:
        self._guesser = guesser
        self._by_name = by_name
        self._by_id = {guess.category_id: guess for guess in by_name.values()}
        self._rules = rules

    def categorised(self, rows: Sequence[StatementRow]) -> list[Guess | None]:
        """In the rows' order: what the file itself says, what the user chose for the payee last, what its words say."""
        return [self._own(row) or self._guesser.guess(row.payee, is_income=row.money.amount > 0) for row in rows]

    async def foreseen(self, rows: Sequence[StatementRow], account_id: uuid.UUID) -> list[Guess | None]:
        """What the user's rules, which an import applies when all of it is written, will make of these."""
        guesses = self.categorised(rows)
        seen = [
            RuleRow(account_id, row.money, row.payee, row.note, guess.category_id if guess else None)
            for row, guess in zip(rows, guesses, strict=True)
        ]
        outcomes = await to_thread.run_sync(apply_rules, self._rules, seen)
        return [self._by_id.get(one.category_id) if one.category_id else None for one in outcomes]

    def _own(self, row: StatementRow) -> Guess | None:
        return self._by_name.get(row.category.casefold()) if row.category else None


async def load_categoriser(session: AsyncSession) -> Categoriser:
    categories = CategoryRepository(session)
    found = await categories.list()
    by_name = {category.name.casefold(): Guess(category.id, category.name) for category in found}
    guesser = Guesser(found, await categories.by_payee())
    return Categoriser(guesser, by_name, await RuleRepository(session).active())
