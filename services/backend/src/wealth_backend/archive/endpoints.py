import uuid
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from wealth_backend import routing
from wealth_backend.archive import service, table
from wealth_backend.archive.spool import download, new_file
from wealth_backend.dependencies import AppParts, LateWork, SignedIn
from wealth_backend.problems import invalid, responses
from wealth_backend.schemas import Day
from wealth_core.repositories import TransactionFilter

exporting = routing.router("export")
restoring = routing.router("restore")


class Restored(BaseModel):
    tables: Annotated[dict[str, int], Field(description="How many rows each of them got")]


_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "RFC 4180", "content": {"text/csv": {"schema": {"type": "string"}}}}
}
_DOCUMENT = {
    "schema": {
        "type": "object",
        "required": ["format", "version", "user", "tables"],
        "properties": {
            "format": {"type": "string"},
            "version": {"type": "integer"},
            "user": {"type": "object", "description": "The user's settings"},
            "tables": {"type": "object", "description": "The rows of each table"},
        },
    }
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_EITHER = {"application/json": _DOCUMENT, "application/gzip": _BINARY}
_JSON: dict[int | str, dict[str, Any]] = {200: {"description": "What is taken back", "content": _EITHER}}
_BODY = {"requestBody": {"required": True, "content": _EITHER}}


@exporting.get("/transactions.csv", response_class=StreamingResponse, responses={**_CSV, **responses(422, 503)})
async def export_transactions(
    user: SignedIn,
    parts: AppParts,
    *,
    account_id: Annotated[uuid.UUID | None, Query(description="By default all, one after the other")] = None,
    start: Annotated[Day | None, Query(alias="from", description="The first day")] = None,
    end: Annotated[Day | None, Query(alias="to", description="The last day")] = None,
) -> StreamingResponse:
    """Income, spending and transfers as a table. Imported again into an empty account it gives the same transactions.

    A text that a spreadsheet might take for a formula has an apostrophe before it, and so has one that begins with an
    apostrophe; the import takes it away again.
    """
    wanted = TransactionFilter(account_id=account_id, start=start, end=end)
    async with parts.imports.slot():
        return await download(
            lambda write: table.export(parts, user.id, wanted, write),
            media_type="text/csv; charset=utf-8",
            filename="transactions.csv",
        )


@exporting.get("", response_class=StreamingResponse, responses={**_JSON, **responses(503)})
async def export_everything(
    user: SignedIn,
    parts: AppParts,
    *,
    compressed: Annotated[bool, Query(description="With gzip, to about a tenth; it is taken back as it is")] = False,
) -> StreamingResponse:
    """Everything of the user as one JSON document, which `POST /restore` takes back."""
    async with parts.imports.slot():
        return await download(
            lambda write: service.export(parts, user.id, write),
            media_type="application/gzip" if compressed else "application/json",
            filename=f"wealth-companion.json{'.gz' if compressed else ''}",
            compressed=compressed,
        )


@restoring.post("", status_code=201, responses=responses(409, 413, 422, 503), openapi_extra=_BODY)
async def restore_everything(request: Request, begin: LateWork, parts: AppParts) -> Restored:
    """Takes back what `GET /export` gave, as it was downloaded, into an account with nothing in it; all or nothing."""
    await begin.look()
    with new_file() as file:
        async for piece in request.stream():
            file.write(piece)
        if not file.tell():
            raise invalid("body", "The file is missing: choose an export.")
        file.seek(0)
        async with parts.imports.slot():
            return Restored(tables=await service.restore(begin, file))
