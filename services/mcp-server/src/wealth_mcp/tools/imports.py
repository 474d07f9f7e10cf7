"""Which bank statements were imported."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_core.models import StatementFormat
from wealth_core.repositories import ImportRepository
from wealth_mcp.books import Call, open_books


class Import(BaseModel):
    id: str
    account: str
    filename: str
    format: StatementFormat
    imported_at: dt.datetime
    imported: int = Field(description="How many transactions it added")
    duplicates: int = Field(description="How many rows it left out, because the account had them already")


class Imports(BaseModel):
    imports: list[Import]
    next_cursor: str | None = Field(description="Give it as cursor for the next page; null on the last one")


async def list_imports(
    call: Call,
    *,
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Field(max_length=100, description="next_cursor of the page before")] = None,
) -> Imports:
    """The bank statements that were imported, the newest first: when, from which file, into which account."""
    async with open_books(call) as books:
        page = await ImportRepository(books.session).page(limit=limit, cursor=cursor)
    return Imports(
        imports=[
            Import(
                id=str(one.id),
                account=one.account_name,
                filename=one.filename,
                format=one.format,
                imported_at=one.created_at,
                imported=one.imported,
                duplicates=one.duplicates,
            )
            for one in page.items
        ],
        next_cursor=page.next_cursor,
    )
