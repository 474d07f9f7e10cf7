"""Counters that hold over every replica of a service: how often something was tried within a window of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Interval, case, delete, func, select, text, type_coerce
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.models import Attempts

_SWEEP = 100

# In the order of the keys, so that two of these at a time never wait for each other.
_TAKE = text(
    """
    INSERT INTO attempts (key, count, resets_at)
    SELECT key, wanted, now() + CAST(:window AS interval)
    FROM unnest(CAST(:keys AS bytea[]), CAST(:wanted AS integer[])) AS t (key, wanted) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN attempts.resets_at <= now() THEN excluded.count ELSE attempts.count + excluded.count END,
        resets_at = CASE WHEN attempts.resets_at <= now() THEN excluded.resets_at ELSE attempts.resets_at END
    RETURNING key, count, resets_at - now()
    """
)


@dataclass(frozen=True, slots=True)
class Wish:
    """So many permits of a key, of which there are `limit` in each window."""

    key: bytes
    wanted: int
    limit: int


@dataclass(frozen=True, slots=True)
class Grant:
    """What there was of it, how many are left for others, and for how long all of this holds."""

    permits: int
    left: int
    lasts: timedelta


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

    async def take(self, wishes: Sequence[Wish], window: timedelta) -> dict[bytes, Grant]:
        """Grants what is left of each wish; all of it in one statement. Together never more than the limit."""
        parameters = {"keys": [w.key for w in wishes], "wanted": [w.wanted for w in wishes], "window": window}
        counted = {key: (count, lasts) for key, count, lasts in await self._session.execute(_TAKE, parameters)}
        grants = {}
        for wish in wishes:
            count, lasts = counted[wish.key]
            permits = min(wish.wanted, max(0, wish.limit - (count - wish.wanted)))
            grants[wish.key] = Grant(permits, max(0, wish.limit - count), min(lasts, window))
        return grants

    async def forget(self, key: bytes) -> None:
        await self._session.execute(delete(Attempts).where(Attempts.key == key))

    async def sweep(self) -> None:
        """Removes some counters that have run out; those that another transaction holds are left to it."""
        over = select(Attempts.key).where(Attempts.resets_at <= func.now()).limit(_SWEEP)
        await self._session.execute(delete(Attempts).where(Attempts.key.in_(over.with_for_update(skip_locked=True))))
