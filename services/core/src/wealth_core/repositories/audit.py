"""The audit log: rows are added and read, never changed."""

import base64
import binascii
import uuid

from sqlalchemy import select

from wealth_core.models import AuditEvent
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.transactions import CursorError


class AuditRepository(Repository[AuditEvent]):
    model = AuditEvent

    async def list(self, *, limit: int, cursor: str | None = None) -> Page[AuditEvent]:
        """The newest first; `next_cursor` is None on the last page. An invalid `cursor` is a CursorError."""
        statement = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(AuditEvent.id < _decode(cursor))
        found = list(await self._session.scalars(statement))
        return Page(found[:limit], _encode(found[limit - 1].id) if len(found) > limit else None)


def _encode(row_id: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


def _decode(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (ValueError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error
