"""The form that a statement comes in."""

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from wealth_backend.dependencies import Claims
from wealth_backend.idempotency import add_form
from wealth_backend.problems import Problem, invalid

_MAX_FILENAME = 200
_DATE_FORMAT = re.compile(r"[DMY]{2,4}[-/. ][DMY]{2,4}[-/. ][DMY]{2,4}|YYYYMMDD")


@dataclass(frozen=True, slots=True)
class Upload:
    account_id: uuid.UUID
    file: UploadFile
    filename: str
    date_format: str | None


async def _upload(request: Request, _: Claims) -> AsyncIterator[Upload]:
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            await add_form(request, form)
            yield _read(form.get("account_id"), form.get("file"), form.get("date_format"))
    except HTTPException as error:
        if isinstance(error, Problem):
            raise
        raise invalid("file", "The form can't be read: send the file as multipart/form-data.") from None


def _read(account_id: object, file: object, date_format: object) -> Upload:
    if not isinstance(file, UploadFile):
        raise invalid("file", "The file is missing: choose a statement.")
    try:
        account = uuid.UUID(account_id if isinstance(account_id, str) else "")
    except ValueError:
        raise invalid("account_id", "The account is missing: choose one of yours.") from None
    if date_format and not (isinstance(date_format, str) and _DATE_FORMAT.fullmatch(date_format)):
        raise invalid("date_format", "A date format looks like DD/MM/YYYY, MM/DD/YYYY or YYYY-MM-DD.")
    name = "".join(character for character in file.filename or "" if character.isprintable())[:_MAX_FILENAME]
    return Upload(
        account, file, name or "statement.csv", date_format if isinstance(date_format, str) and date_format else None
    )


StatementUpload = Annotated[Upload, Depends(_upload, scope="function")]
