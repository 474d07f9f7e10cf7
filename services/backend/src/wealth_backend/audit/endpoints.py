from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.audit.schemas import AuditEvent, AuditPage
from wealth_backend.dependencies import UserWork
from wealth_backend.problems import invalid
from wealth_core.repositories import AuditRepository
from wealth_core.repositories.transactions import CursorError

router = routing.router("audit")


@router.get("")
async def list_audit_events(
    work: UserWork,
    *,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> AuditPage:
    """What happened to the account and its money, the newest first. It can't be changed, only deleted with the user."""
    try:
        page = await AuditRepository(work.session).list(limit=limit, cursor=cursor)
    except CursorError:
        raise invalid("query.cursor", "This page mark is not one of ours: begin again without it.") from None
    return AuditPage(items=[AuditEvent.model_validate(row) for row in page.items], next_cursor=page.next_cursor)
