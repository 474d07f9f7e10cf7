"""Every failure as a problem of RFC 9457: one sentence with cause and cure, a stable code, the trace it belongs to."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from wealth_core.database import DatabaseError
from wealth_core.repositories.cursors import CursorError
from wealth_core.telemetry import App, Receive, Scope, Send, trace_id

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5

_SCHEMAS = "#/components/schemas/"

Handler: TypeAlias = Callable[[Request, Any], Awaitable[JSONResponse]]

_log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    field: str = Field(description="Where the value stands, like `amount` or `query.limit`")
    message: str


class ProblemDetails(BaseModel):
    """RFC 9457."""

    type: str = Field(description="Identifies the kind of problem, by its code")
    title: str
    status: int
    detail: str = Field(description="What went wrong and what helps, for people")
    code: str = Field(description="What went wrong, for programs; stable")
    trace_id: str | None = Field(description="Finds the request in the logs of every service")
    errors: list[FieldProblem] | None = Field(default=None, description="Each invalid value, where that is the problem")


class Problem(HTTPException):
    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[FieldProblem] = (),
    ) -> None:
        super().__init__(status, detail, headers)
        self.code = code
        self.errors = errors


def not_found(what: str) -> Problem:
    return Problem(404, "not_found", f"There is no such {what}; it may have been deleted.")


def invalid(field: str, message: str) -> Problem:
    """A value that only a look at the user's own data shows to be wrong."""
    return Problem(422, "invalid", message, errors=[FieldProblem(field=field, message=message)])


def unavailable(code: str, detail: str) -> Problem:
    return Problem(503, code, detail, headers={"Retry-After": str(RETRY_AFTER_S)})


def details(problem: Problem) -> dict[str, Any]:
    """The problem as clients read it."""
    status = problem.status_code
    body = ProblemDetails(
        type=f"urn:wealth-companion:problem:{problem.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=problem.detail,
        code=problem.code,
        trace_id=trace_id(),
        errors=list(problem.errors) or None,
    )
    return body.model_dump(exclude={"errors"} if body.errors is None else None)


def respond(problem: Problem) -> JSONResponse:
    return JSONResponse(details(problem), problem.status_code, headers=problem.headers, media_type=MEDIA_TYPE)


def responses(*statuses: int | str) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation documents; "default" is any other answer."""
    schema = {"$ref": f"{_SCHEMAS}ProblemDetails"}
    return {
        status: {
            "description": "Problem" if isinstance(status, str) else HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem_schemas() -> dict[str, Any]:
    """What `responses` refers to."""
    schema = ProblemDetails.model_json_schema(ref_template=f"{_SCHEMAS}{{model}}")
    return {**schema.pop("$defs"), "ProblemDetails": schema}


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    """What the framework itself refuses."""
    codes = {
        404: ("not_found", "There is nothing at this address."),
        405: ("method_not_allowed", f"This address doesn't take {request.method}."),
    }
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(_methods(request))}
    code, detail = codes.get(error.status_code, ("bad_request", "The request can't be read; check how it is encoded."))
    return respond(Problem(error.status_code, code, detail, headers=headers))


def _methods(request: Request) -> list[str]:
    """What an address takes; the framework names the methods of one of its routes only."""
    return [
        method
        for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]


async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
    return respond(validation_problem(error.errors()))


def validation_problem(found: Sequence[Mapping[str, Any]], within: str | None = None) -> Problem:
    """What pydantic found wrong, for people; `within` names the field of the request that was looked into."""
    prefix = f"{within}." if within else ""
    errors = [FieldProblem(field=prefix + _field(one["loc"]), message=_message(one)) for one in found]
    first = errors[0]
    detail = first.message if first.message.endswith(".") else f"{_spoken(first.field)} {first.message}."
    if len(errors) > 1:
        detail += f" {len(errors) - 1} more {'value is' if len(errors) == 2 else 'values are'} not valid."  # noqa: PLR2004
    return Problem(422, "invalid", detail, errors=errors)


def _field(location: Sequence[str | int]) -> str:
    """`amount` of the body, but `query.limit`: the body is what people fill in."""
    parts = [str(part) for part in location] or ["body"]
    return ".".join(parts[1:] if parts[0] == "body" and len(parts) > 1 else parts)


def _spoken(field: str) -> str:
    return field.rsplit(".", 1)[-1].replace("_", " ").capitalize()


# In the terms of the person who typed the value, not of the library that checked it.
_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "json_invalid": "is not valid JSON",
    "string_type": "has to be a text",
    "string_unicode": "has a character in it that can't be stored",
    "string_too_short": "needs at least {min_length} characters",
    "string_too_long": "may have at most {max_length} characters",
    "uuid_parsing": "is not an id",
    "uuid_type": "is not an id",
    "int_parsing": "has to be a whole number",
    "greater_than_equal": "has to be at least {ge}",
    "less_than_equal": "may be at most {le}",
    "literal_error": "has to be one of {expected}",
    "enum": "has to be one of {expected}",
    "date_parsing": "has to be a date like 2026-11-24",
    "date_from_datetime_parsing": "has to be a date like 2026-11-24",
    "date_from_datetime_inexact": "has to be a date like 2026-11-24",
    "date_type": "has to be a date like 2026-11-24",
}


def _message(error: Mapping[str, Any]) -> str:
    template = _MESSAGES.get(error["type"])
    if template is not None:
        return template.format(**error.get("ctx", {}))
    message: str = error["msg"]
    return message.removeprefix("Value error, ")


def as_problem(error: Exception) -> Problem:
    """What to tell somebody about an error; what they can't know of it is logged."""
    match error:
        case Problem():
            return error
        case DatabaseError():
            _log.error("database unavailable", extra={"reason": error.cause})
            return unavailable(
                "database_unavailable", "Your data can't be reached at the moment. Please try again in a few seconds."
            )
        case CursorError():
            return invalid("query.cursor", "This page mark is not one of ours: begin again without it.")
        case IntegrityError():
            # Checks come before writes, so this is somebody else's change in between.
            _log.warning("write refused by the database", extra={"reason": str(error.orig)})
            return Problem(
                409, "conflict", "This was changed or deleted in the meantime: reload the page and try again."
            )
    _log.error("unhandled error", exc_info=error)
    return Problem(500, "internal", "Something went wrong on our side; it has been logged. Please try again.")


async def _failed(_: Request, error: Exception) -> JSONResponse:
    return respond(as_problem(error))


def handle_problems(app: FastAPI) -> None:
    handlers: dict[type[Exception], Handler] = {
        Problem: _failed,
        HTTPException: _http,
        RequestValidationError: _validation,
        CursorError: _failed,
        IntegrityError: _failed,
        DatabaseError: _failed,
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


class AnsweredErrors:
    """Ends an unexpected error here: the framework answers it, then raises it again for the server to log."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def note_start(message: Any) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception:
            if not started:
                raise
