"""The audit log: rows are added and read, never changed."""

from sqlalchemy import select

from wealth_core.models import AuditEvent
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import decode_id, encode_id


class AuditRepository(Repository[AuditEvent]):
    model = AuditEvent

    async def list(self, *, limit: int, cursor: str | None = None) -> Page[AuditEvent]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        statement = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(AuditEvent.id < decode_id(cursor))
        found = list(await self._session.scalars(statement))
        return Page(found[:limit], encode_id(found[limit - 1].id) if len(found) > limit else None)
