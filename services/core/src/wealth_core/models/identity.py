"""Who uses the product, what stands for them between two requests, and what they did."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.ids import new_id
from wealth_core.models.base import Base, Made, OwnedRow, stored_as_text


class Language(StrEnum):
    ENGLISH = "en"
    URDU = "ur"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class User(Made, Base):
    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3))
    password_hash: Mapped[str]
    language: Mapped[Language] = mapped_column(stored_as_text(Language), default=Language.ENGLISH, server_default="en")
    theme: Mapped[Theme] = mapped_column(stored_as_text(Theme), default=Theme.SYSTEM, server_default="system")


class SignInSession(Made, Base):
    """What a session cookie stands for; without its row the cookie is worth nothing.

    Of the refresh tokens that followed each other only the digests of the current one and of the one before are kept.
    """

    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(server_default="")
    refresh_digest: Mapped[bytes | None]
    replaced_digest: Mapped[bytes | None]
    replaced_at: Mapped[datetime | None]


class AccessToken(OwnedRow, Base):
    """A personal access token; the token itself isn't kept, only its digest."""

    __tablename__ = "access_tokens"
    __table_args__ = (Index("access_tokens_user_id_idx", "user_id"),)

    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class IdempotencyKey(Made, Base):
    """The answer that a write was given, kept for whoever sends the same write again. `request` is its keyed digest."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("idempotency_keys_user_id_created_at_idx", "user_id", "created_at"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[bytes]
    status: Mapped[int] = mapped_column(SmallInteger)
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    body: Mapped[bytes]


class AuditEvent(OwnedRow, Base):
    """Something that happened to a user's account or money. Ids only: neither amounts nor texts are repeated here."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("audit_events_user_id_id_idx", "user_id", "id"),)

    event: Mapped[str]
    address: Mapped[str]
    trace_id: Mapped[str | None] = mapped_column(String(32))
    ids: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Attempts(Base):
    """How often something was tried in the current window; `key` is a digest of who tries what."""

    __tablename__ = "attempts"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy reads it from the class

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int]
    resets_at: Mapped[datetime] = mapped_column(index=True)
