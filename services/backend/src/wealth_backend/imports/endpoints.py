from wealth_backend import routing
from wealth_backend.dependencies import AppParts, Claims, LateWork
from wealth_backend.imports import service
from wealth_backend.imports.schemas import FORM, ImportPreview, ImportResult
from wealth_backend.imports.upload import StatementUpload
from wealth_backend.problems import responses

router = routing.router("imports")


@router.post("/preview", openapi_extra=FORM, responses=responses(404))
async def preview_import(upload: StatementUpload, claims: Claims, parts: AppParts) -> ImportPreview:
    """What an import would do, in totals of all rows and the first of them; nothing is saved."""
    return await service.preview(parts, claims, upload)


@router.post("", status_code=201, openapi_extra=FORM, responses=responses(404))
async def import_statement(upload: StatementUpload, claims: Claims, begin: LateWork, parts: AppParts) -> ImportResult:
    """Imports every row that the account doesn't have yet, or none at all when something goes wrong."""
    return await service.run(parts, claims, upload, begin)
