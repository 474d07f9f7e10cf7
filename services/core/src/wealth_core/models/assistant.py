"""What people and agents say to each other, and what agents propose to do."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.models.base import Base, OwnedRow, stored_as_text


class ProposalKind(StrEnum):
    TRANSACTION = "transaction"
    TRANSFER = "transfer"
    TRANSACTION_CHANGE = "transaction_change"
    TRANSACTION_DELETION = "transaction_deletion"
    BUDGET = "budget"
    GOAL = "goal"
    RECURRING = "recurring"
    RULE = "rule"
    CATEGORY = "category"


class ProposalStatus(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"  # never stored: what is pending after its time is shown as this
    FAILED = "failed"  # what it was about is gone


class MessageRole(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Proposal(OwnedRow, Base):
    """A change that an agent filed and that nothing but the user's own confirmation makes happen."""

    __tablename__ = "proposals"
    __table_args__ = (Index("proposals_user_id_id_idx", "user_id", "id"),)

    kind: Mapped[ProposalKind] = mapped_column(stored_as_text(ProposalKind, 24))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    summary: Mapped[str]
    status: Mapped[ProposalStatus] = mapped_column(stored_as_text(ProposalStatus), server_default="pending")
    expires_at: Mapped[datetime] = mapped_column(server_default=text("now() + interval '24 hours'"))
    decided_at: Mapped[datetime | None]
    # [{"kind": "transaction", "id": "…"}]: what the confirmation made or changed.
    results: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default=text("'[]'"))

    def status_at(self, now: datetime) -> ProposalStatus:
        waits = self.status is ProposalStatus.PENDING
        return ProposalStatus.EXPIRED if waits and self.expires_at <= now else self.status


class Conversation(OwnedRow, Base):
    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("conversations_user_id_updated_at_id_idx", "user_id", "updated_at", "id"),
    )

    title: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class MessageRow(OwnedRow, Base):
    """One utterance. An answer carries what it rests on: model, tool calls, references, proposals."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "conversation_id"], ["conversations.user_id", "conversations.id"], ondelete="CASCADE"
        ),
        Index("messages_conversation_id_id_idx", "conversation_id", "id"),
    )

    conversation_id: Mapped[uuid.UUID]
    role: Mapped[MessageRole] = mapped_column(stored_as_text(MessageRole))
    text: Mapped[str]
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
