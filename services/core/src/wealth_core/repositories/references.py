"""Lets every row that names one row name another: how two categories become one.

Which tables those are the models' foreign keys say, so that a new table comes along by itself.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint, delete, exists, update
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.models import Base


async def point_elsewhere(session: AsyncSession, target: Table, old: uuid.UUID, new: uuid.UUID) -> None:
    """Where the other row may be named only once, as by the budget of a month, what names it already stays alone."""
    for column in _naming(target):
        table = column.table
        for others in _unique_with(column):
            twin = table.alias("twin")
            same = [twin.c[other.name] == other for other in others]
            await session.execute(delete(table).where(column == old, exists().where(twin.c[column.name] == new, *same)))
        await session.execute(update(table).where(column == old).values({column: new}))


def _naming(target: Table) -> Iterator[Column[Any]]:
    """Columns that hold the id of a row of `target`."""
    for table in Base.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is target:
                yield from (one.parent for one in constraint.elements if one.column is target.c.id)


def _unique_with(column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """For each key of the table that `column` is part of its other columns."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - tells the type checker
    keys = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    keys += [one.columns for one in table.indexes if one.unique]
    yield from ([one for one in key if one is not column] for key in keys if column in list(key))
