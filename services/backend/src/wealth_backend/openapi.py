"""Makes the API's description complete: what holds for many operations is said here, for each of them."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from wealth_backend.auth.callers import SAFE_METHODS, needed_scope
from wealth_backend.idempotency import HEADER, KEY_PATTERN, REPLAYED
from wealth_backend.problems import problem_schemas, responses
from wealth_backend.routing import TAKES_KEY

_HEADERS = {
    "ETag": ("Names this state of the row; to be sent back as If-Match", {"type": "string"}),
    "Retry-After": ("Seconds to wait before it is tried again", {"type": "integer", "minimum": 0}),
    "WWW-Authenticate": ("What would be let in", {"type": "string"}),
    REPLAYED: ("`true` when this was answered before, to the same Idempotency-Key", {"type": "string"}),
    "RateLimit": ("What is left of the limit that is nearest, and for how many seconds it lasts", {"type": "string"}),
    "RateLimit-Policy": ("That limit: its quota, and its window in seconds", {"type": "string"}),
}
_RATE_HEADERS = ("RateLimit", "RateLimit-Policy")
_SCHEMES = {
    "Session": "The cookie of a signed-in browser. Writes with it need the header `Origin: <PUBLIC_URL>`.",
    "Refresh": "The cookie that is exchanged for new ones.",
    "AccessToken": "A personal access token, `wc_pat_…`, with the scopes that an operation needs; not for `/auth`.",
}
_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Any text of your own, new for each new write. When the write is sent again with it within 24 hours,"
    f" it isn't done again: the same answer comes, marked `{REPLAYED}: true`.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": KEY_PATTERN},
}

Operation = dict[str, Any]


def complete(document: dict[str, Any], prefix: str) -> None:
    components = document["components"]
    components["schemas"].update(problem_schemas())
    components["headers"] = {
        name: {"description": description, "schema": schema} for name, (description, schema) in _HEADERS.items()
    }
    for name, description in _SCHEMES.items():
        components["securitySchemes"][name]["description"] = description
    for path, method, operation in _operations(document, prefix):
        domain = path.removeprefix(prefix).split("/")[1]
        _secure(operation, method, domain)
        _mention_match(operation, method, has_id="{" in path)
        _mention_key(operation, takes_key=operation.pop(TAKES_KEY, False))
        _mention_problems(operation, method, has_id="{" in path)
        for status, answer in operation["responses"].items():
            _add_headers(answer, *_headers_of(status))
        operation["responses"] = dict(sorted(operation["responses"].items()))


def _operations(document: dict[str, Any], prefix: str) -> Iterator[tuple[str, str, Operation]]:
    for path, methods in document["paths"].items():
        if path.startswith(f"{prefix}/"):
            for method, operation in methods.items():
                yield path, method.upper(), operation


def _secure(operation: Operation, method: str, domain: str) -> None:
    schemes = {name for alternative in operation.get("security", []) for name in alternative}
    if not schemes:
        operation["security"] = []
        return
    scope = needed_scope(method, domain)
    alternatives: list[dict[str, list[str]]] = [{name: []} for name in ("Session", "Refresh") if name in schemes]
    if len(schemes & {"Session", "Refresh"}) > 1:
        alternatives.append({})  # ending a session that isn't there is no failure
    if scope is not None:
        alternatives.append({"AccessToken": [scope.value]})
    operation["security"] = alternatives


def _mention_match(operation: Operation, method: str, *, has_id: bool) -> None:
    """Only what changes a row can find it changed; whatever shows it names its state."""
    parameters = operation.get("parameters", [])
    if not any(parameter["name"] == "if-match" for parameter in parameters):
        return
    if method == "GET" or not has_id:
        operation["parameters"] = [parameter for parameter in parameters if parameter["name"] != "if-match"]
    else:
        _add_problems(operation, 412)
    for status, answer in operation["responses"].items():
        if status in {"200", "201"}:
            _add_headers(answer, "ETag")


def _mention_key(operation: Operation, *, takes_key: bool) -> None:
    if not takes_key:
        return
    operation.setdefault("parameters", []).append(_KEY)
    _add_problems(operation, 409, 422)
    _add_headers(operation["responses"]["409"], "Retry-After")
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            _add_headers(answer, REPLAYED)


def _mention_problems(operation: Operation, method: str, *, has_id: bool) -> None:
    _add_problems(operation, 413, 422, 429, 503)
    if operation["security"]:
        _add_problems(operation, 401, 403)
    if method not in SAFE_METHODS:
        _add_problems(operation, 403, 409)
    if "requestBody" in operation:
        _add_problems(operation, 400)
    if has_id:
        _add_problems(operation, 404)


def _add_problems(operation: Operation, *statuses: int) -> None:
    for status, answer in responses(*statuses).items():
        operation["responses"].setdefault(str(status), answer)


def _headers_of(status: str) -> tuple[str, ...]:
    own = {
        str(HTTPStatus.TOO_MANY_REQUESTS.value): ("Retry-After",),
        str(HTTPStatus.SERVICE_UNAVAILABLE.value): ("Retry-After",),
        str(HTTPStatus.UNAUTHORIZED.value): ("WWW-Authenticate",),
        str(HTTPStatus.FORBIDDEN.value): ("WWW-Authenticate",),
    }
    return own.get(status, _RATE_HEADERS if status.startswith("2") else ())


def _add_headers(answer: dict[str, Any], *names: str) -> None:
    for name in names:
        answer.setdefault("headers", {})[name] = {"$ref": f"#/components/headers/{name}"}
