"""The answers that writes were given, by the keys that their senders chose."""

import hashlib
import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.models import IdempotencyKey

KEPT = timedelta(hours=24)
# Of one user; the oldest go first. Who repeats a write does so within minutes, not after a thousand others.
KEPT_AT_MOST = 1000


class IdempotencyRepository:
    def __init__(self, session: AsyncSession, user_id: uuid.UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def lock(self, key: str) -> bool:
        """Takes the key until the transaction ends; False when another transaction has it."""
        number = hashlib.sha256(self._user_id.bytes + key.encode()).digest()[:8]
        taken = await self._session.scalar(select(func.pg_try_advisory_xact_lock(int.from_bytes(number, signed=True))))
        return bool(taken)

    async def find(self, key: str) -> IdempotencyKey | None:
        """To be asked after `lock`, in a statement of its own: only that sees what the last holder has committed."""
        return await self._session.scalar(
            select(IdempotencyKey).where(
                IdempotencyKey.user_id == self._user_id,
                IdempotencyKey.key == key,
                IdempotencyKey.created_at > func.now() - KEPT,
            )
        )

    async def keep(self, record: IdempotencyKey) -> None:
        """Keeps an answer, and forgets those that are too old or too many; in one statement, since a write waits."""
        others = (IdempotencyKey.user_id == self._user_id, IdempotencyKey.key != record.key)
        kept = (
            select(IdempotencyKey.created_at)
            .where(*others)
            .order_by(IdempotencyKey.created_at.desc())
            .offset(KEPT_AT_MOST - 1)
            .limit(1)
            .scalar_subquery()
        )
        swept = (
            delete(IdempotencyKey)
            .where(*others, (IdempotencyKey.created_at <= func.now() - KEPT) | (IdempotencyKey.created_at <= kept))
            .cte("swept")
        )
        # What is there under the key is too old to count: `find` was asked under the lock.
        new = insert(IdempotencyKey).values(
            user_id=self._user_id,
            key=record.key,
            request=record.request,
            status=record.status,
            headers=record.headers,
            body=record.body,
        )
        changed = {name: new.excluded[name] for name in ("request", "status", "headers", "body")}
        written = await self._session.execute(
            new.on_conflict_do_update(
                index_elements=[IdempotencyKey.user_id, IdempotencyKey.key],
                set_=changed | {"created_at": func.now()},
                where=IdempotencyKey.created_at <= func.now() - KEPT,
            )
            .add_cte(swept)
            .returning(IdempotencyKey.key)
        )
        written.scalar_one()
