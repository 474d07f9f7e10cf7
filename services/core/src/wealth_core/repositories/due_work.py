"""Whom the scheduler has work for: ids only, and the one question that is asked in nobody's name (docs/adr/0010)."""

import uuid
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_SCHEDULES = text("SELECT user_id, schedule_id FROM due_schedules(:today, :most)")
_REVIEWS = text("SELECT user_id FROM due_plan_reviews(:most)")


class DueWork:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def schedules(self, today: date, most: int) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Users with one of their schedules each, the longest due first."""
        return [
            (user_id, schedule_id)
            for user_id, schedule_id in await self._session.execute(_SCHEDULES, {"today": today, "most": most})
        ]

    async def reviews(self, most: int) -> list[uuid.UUID]:
        """Users whose plans are to be compared with their books."""
        return list(await self._session.scalars(_REVIEWS, {"most": most}))
