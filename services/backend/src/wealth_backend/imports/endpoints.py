import uuid
from typing import Annotated

from fastapi import Query

from wealth_backend import routing
from wealth_backend.dependencies import AppParts, Claims, LateWork, UserWork
from wealth_backend.etags import Match
from wealth_backend.imports import history, service
from wealth_backend.imports.schemas import FORM, Import, ImportDetails, ImportPage, ImportPreview, ImportResult
from wealth_backend.imports.upload import StatementUpload
from wealth_backend.problems import responses

router = routing.router("imports")

_UNDO_DEADLINE_S = 300
_READ = responses(404, 413, 422)


@router.post("/preview", openapi_extra=FORM, responses=_READ)
async def preview_import(upload: StatementUpload, claims: Claims, parts: AppParts) -> ImportPreview:
    """What an import would do, in totals of all rows and the first of them; nothing is saved."""
    return await service.preview(parts, claims, upload)


@router.post("", status_code=201, openapi_extra=FORM, responses=_READ)
async def import_statement(upload: StatementUpload, claims: Claims, begin: LateWork, parts: AppParts) -> ImportResult:
    """Imports every row that the account doesn't have yet, or none at all when something goes wrong."""
    return await service.run(parts, claims, upload, begin)


@router.get("")
async def list_imports(
    work: UserWork,
    *,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ImportPage:
    """The newest first."""
    page = await history.page(work, limit=limit, cursor=cursor)
    return ImportPage(items=[Import.of(view) for view in page.items], next_cursor=page.next_cursor)


@router.get("/{import_id:uuid}", responses=responses(404))
async def get_import(import_id: uuid.UUID, work: UserWork, match: Match) -> ImportDetails:
    """With what an undo would delete."""
    return match.tag(await history.details(work.session, import_id))


@router.delete("/{import_id:uuid}", status_code=204, responses=responses(404, 409, 412))
async def undo_import(import_id: uuid.UUID, begin: LateWork, match: Match, *, with_changes: bool = False) -> None:
    """Deletes the import and all of its transactions. Once any was changed since, this has to be asked for."""
    work = await begin(deadline_s=_UNDO_DEADLINE_S)
    found = await history.details(work.session, import_id, lock=True)
    match.check(found)
    await history.undo(work, found, with_changes=with_changes)
