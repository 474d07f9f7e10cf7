"""Everything of a user, read and written table by table; which tables those are `wealth_core.archive` says."""

import json
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, LargeBinary, Numeric, Table, delete, func, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.archive import Block, exported_columns, exported_tables, number, settings_columns
from wealth_core.models import Category, User

_AT_ONCE = 1000
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


class ArchiveRepository:
    """Wants a session with a snapshot for reading."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def settings(self, user_id: uuid.UUID) -> Mapping[str, Any]:
        columns = [User.__table__.c[name] for name in settings_columns()]
        row = (await self._session.execute(select(*columns).where(User.id == user_id))).one()
        return {name: value.value if hasattr(value, "value") else value for name, value in row._mapping.items()}

    async def numbers(self) -> dict[str, str]:
        """The number of each row that has an id; see `wealth_core.archive`."""
        found: dict[str, str] = {}
        for table in exported_tables():
            if "id" in table.c:
                for row_id in await self._session.scalars(select(table.c.id).order_by(table.c.id)):
                    found.setdefault(str(row_id), number(len(found) + 1))
        return found

    async def rows(self, table: Table) -> AsyncIterator[Sequence[str]]:
        """The rows as JSON, some at a time."""
        columns = [_shown(table.c[name]).label(name) for name in exported_columns(table)]
        rows = select(*columns).order_by(*table.primary_key.columns).subquery("r")
        statement = select(func.row_to_json(text("r")).cast(postgresql.TEXT)).select_from(rows)
        result = await self._session.stream_scalars(statement, execution_options={"yield_per": _AT_ONCE})
        async for part in result.partitions():
            yield part

    async def is_empty(self, allowed: frozenset[str]) -> bool:
        """Whether there is nothing but categories of these names, which everyone starts with."""
        for table in exported_tables():
            some = select(table).limit(1)
            if table.name == Category.__tablename__:
                some = select(table.c.id).where(table.c.name.not_in(allowed) | table.c.parent_id.is_not(None)).limit(1)
            if (await self._session.execute(some)).first() is not None:
                return False
        return True

    async def begin(self, user_id: uuid.UUID, settings: Mapping[str, Any], *, deadline_s: int) -> None:
        """Makes room. Checking all rows at the end takes longer than a statement usually may."""
        await self._session.execute(
            text("SELECT set_config('statement_timeout', :timeout, true)"), {"timeout": str(deadline_s * 1000)}
        )
        await self._session.execute(delete(Category))
        if settings:
            await self._session.execute(update(User).where(User.id == user_id).values(**settings))

    async def write(self, user_id: uuid.UUID, block: Block) -> None:
        """All of a block in one statement. What the rows of a table refer to in it comes afterwards: `link`."""
        table, names = block.table, list(block.rows[0])
        own = {column.name for column in _references_to_itself(table)}
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join("NULL" if name in own else f'"{name}"' for name in names)
        typed = ", ".join(f'"{name}" {_type(table.c[name])}' for name in names)
        await self._session.execute(
            text(
                f'INSERT INTO "{table.name}" ({columns}, user_id) SELECT {values}, CAST(:user_id AS uuid)'  # noqa: S608 - the models' names
                f" FROM json_to_recordset(CAST(:rows AS json)) AS row ({typed})"
            ),
            {"user_id": user_id, "rows": json.dumps(block.rows)},
        )

    async def link(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Lets rows refer to other rows of their table, once all of those are there."""
        for column in _references_to_itself(table):
            linked = [{"id": row["id"], "to": row[column.name]} for row in rows if row.get(column.name)]
            if linked:
                await self._session.execute(
                    text(
                        f'UPDATE "{table.name}" AS t SET "{column.name}" = row."to"'  # noqa: S608 - the models' names
                        ' FROM json_to_recordset(CAST(:rows AS json)) AS row (id uuid, "to" uuid) WHERE t.id = row.id'
                    ),
                    {"rows": json.dumps(linked)},
                )

    async def finish(self) -> None:
        """What is checked at the end of a transaction is checked now."""
        await self._session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def refers_to_itself(table: Table) -> bool:
    return bool(_references_to_itself(table))


def _references_to_itself(table: Table) -> list[Column[Any]]:
    return [
        element.parent
        for constraint in table.foreign_key_constraints
        if constraint.referred_table is table
        for element in constraint.elements
        if element.column is table.c.id
    ]


def _type(column: Column[Any]) -> str:
    return column.type.compile(dialect=_DIALECT)


def _shown(column: Column[Any]) -> Any:
    """As JSON can hold it without losing anything."""
    if isinstance(column.type, Numeric | LargeBinary):
        return column.cast(postgresql.TEXT)
    if isinstance(column.type, TIMESTAMP):
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    return column
