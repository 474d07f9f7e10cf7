import uuid

from wealth_backend.conversations.schemas import ConversationChange
from wealth_backend.dependencies import Work
from wealth_backend.problems import Problem, invalid, not_found
from wealth_core.models import Conversation, MessageRow
from wealth_core.repositories import ConversationRepository, Page
from wealth_core.repositories.transactions import CursorError


async def search(work: Work, *, limit: int, cursor: str | None) -> Page[Conversation]:
    try:
        return await ConversationRepository(work.session).list(limit=limit, cursor=cursor)
    except CursorError:
        raise _bad_cursor() from None


async def messages(work: Work, conversation_id: uuid.UUID, *, limit: int, cursor: str | None) -> Page[MessageRow]:
    await view(work, conversation_id)
    try:
        return await ConversationRepository(work.session).messages(conversation_id, limit=limit, cursor=cursor)
    except CursorError:
        raise _bad_cursor() from None


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


def _bad_cursor() -> Problem:
    return invalid("query.cursor", "This page mark is not one of ours: begin again without it.")
