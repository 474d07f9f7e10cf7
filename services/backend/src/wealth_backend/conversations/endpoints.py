import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.conversations import service
from wealth_backend.conversations.schemas import (
    Conversation,
    ConversationChange,
    ConversationPage,
    Message,
    MessagePage,
)
from wealth_backend.dependencies import UserWork
from wealth_backend.links import links
from wealth_backend.problems import responses

router = routing.router("conversations")

_FIRST = links(
    "conversation_id",
    "/items/0/id",
    "get_conversation",
    "rename_conversation",
    "list_messages",
    "delete_conversation",
)

Cursor = Annotated[str | None, Query(max_length=100)]


@router.get("", responses=_FIRST)
async def list_conversations(
    work: UserWork, *, limit: Annotated[int, Query(ge=1, le=200)] = 50, cursor: Cursor = None
) -> ConversationPage:
    """Those that went on last come first."""
    page = await service.search(work, limit=limit, cursor=cursor)
    return ConversationPage(
        items=[Conversation.model_validate(row) for row in page.items], next_cursor=page.next_cursor
    )


@router.get("/{conversation_id}", responses=responses(404))
async def get_conversation(conversation_id: uuid.UUID, work: UserWork) -> Conversation:
    return Conversation.model_validate(await service.view(work, conversation_id))


@router.patch("/{conversation_id}", responses=responses(404))
async def rename_conversation(conversation_id: uuid.UUID, wanted: ConversationChange, work: UserWork) -> Conversation:
    return Conversation.model_validate(await service.rename(work, conversation_id, wanted))


@router.delete("/{conversation_id}", status_code=204, responses=responses(404))
async def delete_conversation(conversation_id: uuid.UUID, work: UserWork) -> None:
    """With all that was said in it."""
    await service.remove(work, conversation_id)


@router.get("/{conversation_id}/messages", responses=responses(404))
async def list_messages(
    conversation_id: uuid.UUID,
    work: UserWork,
    *,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Cursor = None,
) -> MessagePage:
    """The newest first."""
    page = await service.messages(work, conversation_id, limit=limit, cursor=cursor)
    return MessagePage(items=[Message.model_validate(row) for row in page.items], next_cursor=page.next_cursor)
