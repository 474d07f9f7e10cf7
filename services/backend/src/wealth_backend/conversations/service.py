import uuid

from wealth_backend.conversations.schemas import ConversationChange
from wealth_backend.dependencies import Work
from wealth_backend.problems import not_found
from wealth_core.models import Conversation, MessageRow
from wealth_core.repositories import ConversationRepository, Page


async def search(work: Work, *, limit: int, cursor: str | None) -> Page[Conversation]:
    return await ConversationRepository(work.session).list(limit=limit, cursor=cursor)


async def messages(work: Work, conversation_id: uuid.UUID, *, limit: int, cursor: str | None) -> Page[MessageRow]:
    await view(work, conversation_id)
    return await ConversationRepository(work.session).messages(conversation_id, limit=limit, cursor=cursor)


async def view(work: Work, conversation_id: uuid.UUID) -> Conversation:
    found = await ConversationRepository(work.session).get(conversation_id)
    if found is None:
        raise not_found("conversation")
    return found


async def rename(work: Work, conversation_id: uuid.UUID, wanted: ConversationChange) -> Conversation:
    conversation = await view(work, conversation_id)
    conversation.title = wanted.title
    await work.session.flush()
    return conversation


async def remove(work: Work, conversation_id: uuid.UUID) -> None:
    if not await ConversationRepository(work.session).delete(conversation_id):
        raise not_found("conversation")
