import uuid

from wealth_backend.dependencies import Work
from wealth_backend.problems import not_found
from wealth_core.models import Notification
from wealth_core.repositories import NotificationRepository, Page


async def page(work: Work, *, unread: bool, limit: int, cursor: str | None) -> Page[Notification]:
    return await NotificationRepository(work.session).page(limit=limit, cursor=cursor, unread=unread)


async def mark(work: Work, notification_id: uuid.UUID, *, read: bool) -> Notification:
    found = await NotificationRepository(work.session).mark(notification_id, read=read)
    if found is None:
        raise not_found("notification")
    return found


async def dismiss(work: Work, notification_id: uuid.UUID) -> None:
    if not await NotificationRepository(work.session).dismiss(notification_id):
        raise not_found("notification")
