import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import UserWork
from wealth_backend.notifications import service
from wealth_backend.notifications.schemas import Notification, NotificationChange, NotificationPage, NotificationsRead
from wealth_backend.problems import responses
from wealth_core.repositories import NotificationRepository

router = routing.router("notifications")


@router.get("")
async def list_notifications(
    work: UserWork,
    *,
    unread: Annotated[bool, Query(description="Only what hasn't been read")] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> NotificationPage:
    """The newest first, without those that were dismissed."""
    page = await service.page(work, unread=unread, limit=limit, cursor=cursor)
    return NotificationPage(
        items=[Notification.of(row) for row in page.items],
        next_cursor=page.next_cursor,
        unread=await NotificationRepository(work.session).unread(),
    )


@router.post("/read-all")
async def mark_all_notifications_read(work: UserWork) -> NotificationsRead:
    return NotificationsRead(marked=await NotificationRepository(work.session).mark_all_read())


# The converter keeps `/read-all` from being taken for an id.
@router.patch("/{notification_id:uuid}", responses=responses(404))
async def mark_notification(notification_id: uuid.UUID, wanted: NotificationChange, work: UserWork) -> Notification:
    return Notification.of(await service.mark(work, notification_id, read=wanted.read))


@router.delete("/{notification_id:uuid}", status_code=204, responses=responses(404))
async def dismiss_notification(notification_id: uuid.UUID, work: UserWork) -> None:
    """Hides it for good: what it is about won't be said again."""
    await service.dismiss(work, notification_id)
