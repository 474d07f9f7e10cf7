from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.audit.schemas import AuditEvent, AuditPage
from wealth_backend.dependencies import UserWork
from wealth_core.repositories import AuditRepository

router = routing.router("audit")


@router.get("")
async def list_audit_events(
    work: UserWork,
    *,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> AuditPage:
    """What happened to the account and its money, the newest first. It can't be changed, only deleted with the user."""
    page = await AuditRepository(work.session).list(limit=limit, cursor=cursor)
    return AuditPage(items=[AuditEvent.model_validate(row) for row in page.items], next_cursor=page.next_cursor)
