"""The form that a statement comes in."""

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from wealth_backend.dependencies import Claims
from wealth_backend.idempotency import add_form
from wealth_backend.imports.formats import Options
from wealth_backend.imports.mapping import DATE_FORMAT, Mapping
from wealth_backend.problems import Problem, invalid

_MAX_FILENAME = 200
_MAX_FIELDS = 8
_MAX_MAPPING = 16 * 1024
_MAX_ACCOUNT = 200
_DATE_FORMAT = re.compile(DATE_FORMAT)


@dataclass(frozen=True, slots=True)
class Upload:
    account_id: uuid.UUID
    file: UploadFile
    filename: str
    options: Options
    profile_id: uuid.UUID | None


async def _upload(request: Request, _: Claims) -> AsyncIterator[Upload]:
    try:
        async with request.form(max_files=1, max_fields=_MAX_FIELDS) as form:
            await add_form(request, form)
            yield _read(form)
    except HTTPException as error:
        if isinstance(error, Problem):
            raise
        raise invalid("file", "The form can't be read: send the file as multipart/form-data.") from None


def _read(form: FormData) -> Upload:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise invalid("file", "The file is missing: choose a statement.")
    account_id = _id(form, "account_id", "account")
    if account_id is None:
        raise invalid("account_id", "The account is missing: choose one of yours.")
    date_format = _text(form, "date_format", len("YYYY-MM-DD") * 2)
    if date_format and not _DATE_FORMAT.fullmatch(date_format):
        raise invalid("date_format", "A date format looks like DD/MM/YYYY, MM/DD/YYYY or YYYY-MM-DD.")
    name = "".join(character for character in file.filename or "" if character.isprintable())[:_MAX_FILENAME]
    return Upload(
        account_id,
        file,
        name or "statement",
        Options(
            date_format=date_format,
            mapping=_mapping(_text(form, "mapping", _MAX_MAPPING)),
            account=_text(form, "statement_account", _MAX_ACCOUNT),
        ),
        _id(form, "profile_id", "profile"),
    )


def _text(form: FormData, field: str, longest: int) -> str | None:
    value = form.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise invalid(field, f"This has to be a text of at most {longest:,} characters.")
    return value


def _id(form: FormData, field: str, what: str) -> uuid.UUID | None:
    text = _text(form, field, _MAX_ACCOUNT)
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise invalid(field, f"This is no {what}'s id: choose one of yours.") from None


def _mapping(text: str | None) -> Mapping | None:
    if text is None:
        return None
    try:
        return Mapping.model_validate_json(text)
    except ValidationError as error:
        errors = [{**one, "loc": ("body", "mapping", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(errors) from None


StatementUpload = Annotated[Upload, Depends(_upload, scope="function")]
