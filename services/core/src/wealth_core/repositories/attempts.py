"""Counters that hold over every replica of a service: how often something was tried within a window of time."""

from datetime import timedelta

from sqlalchemy import Interval, case, delete, func, select, type_coerce
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.models import Attempts

_SWEEP = 100


class AttemptRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count(self, key: bytes, window: timedelta) -> tuple[int, timedelta]:
        """Counts one more attempt; how many that makes, and how long until they are forgotten.

        All attempts of a key have the same window.
        """
        over = Attempts.resets_at <= func.now()
        fresh = insert(Attempts).values(key=key, count=1, resets_at=func.now() + window)
        statement = fresh.on_conflict_do_update(
            index_elements=[Attempts.key],
            set_={
                "count": case((over, 1), else_=Attempts.count + 1),
                "resets_at": case((over, fresh.excluded.resets_at), else_=Attempts.resets_at),
            },
        ).returning(Attempts.count, type_coerce(Attempts.resets_at - func.now(), Interval))
        count, left = (await self._session.execute(statement)).one()
        # now() is when a transaction began: one that began earlier may meet a counter that a later one set
        return count, min(left, window)

    async def forget(self, key: bytes) -> None:
        await self._session.execute(delete(Attempts).where(Attempts.key == key))

    async def sweep(self) -> None:
        """Removes some counters that have run out; those that another transaction holds are left to it."""
        over = select(Attempts.key).where(Attempts.resets_at <= func.now()).limit(_SWEEP)
        await self._session.execute(delete(Attempts).where(Attempts.key.in_(over.with_for_update(skip_locked=True))))
