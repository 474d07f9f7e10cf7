"""Conversations with the agents."""

import base64
import binascii
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, tuple_, update

from wealth_core.ids import new_id
from wealth_core.models import Conversation, MessageRole, MessageRow
from wealth_core.repositories.base import Page, Repository
from wealth_core.repositories.cursors import CursorError
from wealth_core.texts import storable

MAX_TITLE = 100
# What the tools gave is left out of evidence that would be larger: it can be asked for again.
_MAX_EVIDENCE = 128 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ConversationRepository(Repository[Conversation]):
    model = Conversation

    async def list(self, *, limit: int = 50, cursor: str | None = None) -> Page[Conversation]:
        """Those that went on last come first. A cursor that isn't one of ours is a CursorError."""
        statement = select(Conversation).order_by(Conversation.updated_at.desc(), Conversation.id.desc())
        if cursor is not None:
            statement = statement.where(tuple_(Conversation.updated_at, Conversation.id) < _decode(cursor))
        found = (await self._session.scalars(statement.limit(limit + 1))).all()
        items = found[:limit]
        return Page(items, _encode(items[-1].updated_at, items[-1].id) if len(found) > limit else None)

    async def messages(
        self, conversation_id: uuid.UUID, *, limit: int = 50, cursor: str | None = None
    ) -> Page[MessageRow]:
        """The newest first. A cursor that isn't one of ours is a CursorError."""
        statement = (
            select(MessageRow).where(MessageRow.conversation_id == conversation_id).order_by(MessageRow.id.desc())
        )
        if cursor is not None:
            statement = statement.where(MessageRow.id < _decode(cursor)[1])
        found = (await self._session.scalars(statement.limit(limit + 1))).all()
        items = found[:limit]
        return Page(items, _encode(items[-1].created_at, items[-1].id) if len(found) > limit else None)

    async def add_turn(
        self,
        user_id: uuid.UUID,
        conversation_id: uuid.UUID | None,
        *,
        question: str,
        answer: str,
        evidence: Mapping[str, Any],
    ) -> MessageRow | None:
        """Keeps a question and its answer, and returns the answer; None when the conversation is gone.

        Without a conversation a new one begins.
        """
        if conversation_id is None:
            conversation = Conversation(id=new_id(), user_id=user_id, title=_title(question))
            self._session.add(conversation)
            await self._session.flush()
            conversation_id = conversation.id
        else:
            touched = update(Conversation).where(Conversation.id == conversation_id).values(updated_at=func.now())
            if await self._session.scalar(touched.returning(Conversation.id)) is None:
                return None
        asked = MessageRow(
            id=new_id(), user_id=user_id, conversation_id=conversation_id, role=MessageRole.USER, text=question
        )
        answered = MessageRow(
            id=new_id(),
            user_id=user_id,
            conversation_id=conversation_id,
            role=MessageRole.ASSISTANT,
            text=storable(answer),
            evidence=_bounded(evidence),
        )
        self._session.add_all([asked, answered])
        await self._session.flush()
        return answered


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 1].rstrip()}…"


def _bounded(evidence: Mapping[str, Any]) -> Any:
    if len(json.dumps(evidence)) > _MAX_EVIDENCE:
        bare = [{**call, "arguments": None, "result": None} for call in evidence["tool_calls"]]
        evidence = {**evidence, "tool_calls": bare}
    return storable(dict(evidence))


def _encode(moment: datetime, row_id: uuid.UUID) -> str:
    microseconds = (moment - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(microseconds.to_bytes(8) + row_id.bytes).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return _EPOCH + timedelta(microseconds=int.from_bytes(raw[:8])), uuid.UUID(bytes=raw[8:])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise CursorError("the cursor is not one of ours") from error
