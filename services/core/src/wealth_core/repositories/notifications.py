"""Notifications, each made once; and which users' plans are due to be compared with their books."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.ids import new_id
from wealth_core.models import Notification, NotificationKind, PlanReview
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import decode_id, encode_id


@dataclass(frozen=True, slots=True)
class NewNotification:
    """Of those with the same `key` a user gets one, however often it is noticed."""

    kind: NotificationKind
    key: str
    title: str
    message: str
    subject_id: uuid.UUID | None = None


class NotificationRepository(Repository[Notification]):
    model = Notification

    async def notify(self, user_id: uuid.UUID, new: NewNotification, *, shown: bool = True) -> bool:
        """Whether it was made: there may be one already, even a dismissed one. What isn't shown only takes the key."""
        statement = (
            insert(Notification)
            .values(
                id=new_id(),
                user_id=user_id,
                kind=new.kind,
                key=new.key,
                subject_id=new.subject_id,
                title=new.title,
                message=new.message,
                dismissed_at=None if shown else func.now(),
            )
            .on_conflict_do_nothing(index_elements=[Notification.user_id, Notification.key])
        )
        return await self._session.scalar(statement.returning(Notification.id)) is not None

    async def page(self, *, limit: int, cursor: str | None = None, unread: bool = False) -> Page[Notification]:
        """The newest first, without those that were dismissed."""
        statement = select(Notification).where(Notification.dismissed_at.is_(None))
        if unread:
            statement = statement.where(Notification.read_at.is_(None))
        if cursor is not None:
            statement = statement.where(Notification.id < decode_id(cursor))
        found = (await self._session.scalars(statement.order_by(Notification.id.desc()).limit(limit + 1))).all()
        items = found[:limit]
        return Page(items, encode_id(items[-1].id) if len(found) > limit else None)

    async def unread(self) -> int:
        statement = select(func.count()).where(Notification.dismissed_at.is_(None), Notification.read_at.is_(None))
        return await self._session.scalar(statement) or 0

    async def mark(self, notification_id: uuid.UUID, *, read: bool) -> Notification | None:
        return await self._session.scalar(
            update(Notification)
            .where(Notification.id == notification_id, Notification.dismissed_at.is_(None))
            .values(read_at=func.coalesce(Notification.read_at, func.now()) if read else None)
            .returning(Notification)
            .execution_options(populate_existing=True)
        )

    async def mark_all_read(self) -> int:
        """How many were shown and unread until now."""
        statement = (
            update(Notification)
            .where(Notification.read_at.is_(None), Notification.dismissed_at.is_(None))
            .values(read_at=func.now())
            .returning(Notification.id)
        )
        return len((await self._session.scalars(statement)).all())

    async def dismiss(self, notification_id: uuid.UUID) -> bool:
        """Whether there was one. It is hidden and not deleted, for its key keeps it from being made again."""
        statement = (
            update(Notification)
            .where(Notification.id == notification_id, Notification.dismissed_at.is_(None))
            .values(dismissed_at=func.now())
            .returning(Notification.id)
        )
        return await self._session.scalar(statement) is not None


class PlanReviewRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ask(self, user_id: uuid.UUID) -> None:
        """Has the user's plans compared with their books soon, and from then on again and again."""
        new = insert(PlanReview).values(user_id=user_id)
        await self._session.execute(
            new.on_conflict_do_update(index_elements=[PlanReview.user_id], set_={"due_at": func.now()})
        )

    async def take(self, user_id: uuid.UUID, again_in: timedelta) -> bool:
        """Whether the review is due and nobody else is at it; if so, the next one is put off until later."""
        due = (
            select(PlanReview.user_id)
            .where(PlanReview.user_id == user_id, PlanReview.due_at <= func.now())
            .with_for_update(skip_locked=True)
        )
        if await self._session.scalar(due) is None:
            return False
        await self._session.execute(
            update(PlanReview).where(PlanReview.user_id == user_id).values(due_at=func.now() + again_in)
        )
        return True

    async def end(self, user_id: uuid.UUID) -> None:
        await self._session.execute(delete(PlanReview).where(PlanReview.user_id == user_id))
