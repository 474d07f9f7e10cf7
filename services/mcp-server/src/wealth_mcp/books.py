"""A user's books, open for the length of one tool call: one transaction that sees that user's rows only."""

import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from sqlalchemy.ext.asyncio import AsyncSession

from wealth_core.database import Database, DatabaseUnavailableError
from wealth_core.money import MoneyError, exponent
from wealth_core.repositories import UserRepository
from wealth_core.repositories.cursors import CursorError
from wealth_mcp.identity import current_user

_log = logging.getLogger(__name__)

Call = Context[Database]


@dataclass(frozen=True, slots=True)
class Books:
    session: AsyncSession
    user_id: uuid.UUID
    home_currency: str

    def currency(self, wanted: str | None) -> str:
        if wanted is None:
            return self.home_currency
        exponent(wanted)
        return wanted


@asynccontextmanager
async def open_books(call: Call) -> AsyncIterator[Books]:
    """Failures the caller can do something about come out as tool errors in plain words."""
    user_id = current_user()
    try:
        async with call.request_context.lifespan_context.transaction(user_id) as session:
            profile = await UserRepository(session).profile(user_id)
            if profile is None:
                raise ToolError("this user does not exist any more")
            yield Books(session, user_id, profile.currency)
    except DatabaseUnavailableError as error:
        _log.warning("database not available", extra={"reason": str(error.__cause__ or error)})
        raise ToolError("the ledger is not available at the moment; try again in a minute") from error
    except (MoneyError, CursorError) as error:
        raise ToolError(str(error)) from error
