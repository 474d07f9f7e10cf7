"""Profiles of statement files."""

from collections.abc import Sequence

from sqlalchemy import func, select

from wealth_core.models import ImportProfile
from wealth_core.repositories.base import Repository


class ImportProfileRepository(Repository[ImportProfile]):
    model = ImportProfile

    async def list(self) -> Sequence[ImportProfile]:
        statement = select(ImportProfile).order_by(func.lower(ImportProfile.name))
        return (await self._session.scalars(statement)).all()

    async def count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(ImportProfile)) or 0
