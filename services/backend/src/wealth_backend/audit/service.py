import uuid
from typing import TYPE_CHECKING

from wealth_core.models import AuditEvent
from wealth_core.repositories import AuditRepository
from wealth_core.telemetry import trace_id

if TYPE_CHECKING:
    from wealth_backend.dependencies import Work


async def audit(work: "Work", event: str, **ids: uuid.UUID | None) -> None:
    """Notes an event like `session.started` in the work's own transaction: it stays exactly if the effect does.

    `event` is a noun and what became of it. Ids only: amounts, names and texts belong to the rows they point at.
    """
    named = {name: str(row_id) for name, row_id in ids.items() if row_id is not None}
    await AuditRepository(work.session).add(
        AuditEvent(user_id=work.user_id, event=event, address=work.address, trace_id=trace_id(), ids=named)
    )
