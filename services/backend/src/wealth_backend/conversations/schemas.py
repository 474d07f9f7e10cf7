from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from wealth_backend.chat.schemas import Evidence
from wealth_backend.schemas import PlainText, Request
from wealth_core.models import MessageRole

Title = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Groceries in October"])]


class Conversation(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: Annotated[str, Field(description="At first the beginning of the first question")]
    created_at: datetime
    updated_at: Annotated[datetime, Field(description="Of the last answer")]


class ConversationPage(BaseModel):
    items: list[Conversation]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]


class ConversationChange(Request):
    title: Title


class Message(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    role: MessageRole
    text: str
    created_at: datetime
    evidence: Annotated[Evidence | None, Field(description="What an answer rests on; null for a question")]


class MessagePage(BaseModel):
    items: list[Message]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
