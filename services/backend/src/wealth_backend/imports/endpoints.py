from fastapi import APIRouter, Response

from wealth_backend.dependencies import AppParts, Claims
from wealth_backend.imports import service
from wealth_backend.imports.schemas import FORM, ImportPreview, ImportResult
from wealth_backend.imports.upload import StatementUpload
from wealth_backend.problems import responses

router = APIRouter(prefix="/imports", tags=["imports"], responses=responses(401, 404, 413, 422))


@router.post("/preview", response_model=ImportPreview, openapi_extra=FORM)
async def preview_import(upload: StatementUpload, claims: Claims, parts: AppParts) -> Response:
    """What an import would do; nothing is saved."""
    return Response(await service.preview(parts, claims, upload), media_type="application/json")


@router.post("", status_code=201, openapi_extra=FORM)
async def import_statement(upload: StatementUpload, claims: Claims, parts: AppParts) -> ImportResult:
    """Imports every row that the account doesn't have yet, or none at all when something goes wrong."""
    return await service.run(parts, claims, upload)
