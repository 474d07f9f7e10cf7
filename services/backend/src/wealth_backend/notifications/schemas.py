import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.schemas import Request
from wealth_core.models import Notification as Row
from wealth_core.models import NotificationKind


class NotificationChange(Request):
    read: bool


class Notification(BaseModel):
    id: uuid.UUID
    kind: NotificationKind
    title: str
    message: str
    subject_id: Annotated[
        uuid.UUID | None, Field(description="The budget, goal, schedule or account that it is about; it may be gone")
    ]
    created_at: datetime
    read: bool

    @classmethod
    def of(cls, row: Row) -> "Notification":
        return cls(
            id=row.id,
            kind=row.kind,
            title=row.title,
            message=row.message,
            subject_id=row.subject_id,
            created_at=row.created_at,
            read=row.read_at is not None,
        )


class NotificationsRead(BaseModel):
    marked: Annotated[int, Field(description="How many were unread until now")]


class NotificationPage(BaseModel):
    items: list[Notification]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
    unread: Annotated[int, Field(description="How many there are in all that haven't been read")]
