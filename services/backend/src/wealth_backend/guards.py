"""What a request must satisfy before anything of it is read: where a write comes from, and how large it is."""

from starlette.datastructures import Headers

from wealth_backend.auth.callers import SAFE_METHODS
from wealth_backend.problems import Problem, respond
from wealth_core.telemetry import App, Message, Receive, Scope, Send

_KIB = 1024
MIB = 1024 * _KIB
BODY_LIMIT = 64 * _KIB


class OriginGuard:
    """Takes writes from our own pages only, so that no other site can use a visitor's session (CSRF).

    Programs with an access token and without cookies have no session that could be used.
    """

    def __init__(self, app: App, *, origin: str) -> None:
        self._app = app
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(raw=scope["headers"])
            given = headers.getlist("origin")
            by_token = "authorization" in headers and "cookie" not in headers
            if not by_token and [origin.lower() for origin in given] != [self._origin]:
                problem = Problem(
                    403,
                    "wrong_origin",
                    f"Changes are taken from {self._origin} only: open the application there"
                    f" (programs send the header Origin: {self._origin}).",
                )
                await respond(problem)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class BodyLimit:
    """Ends requests whose body is larger than their address takes, declared or not."""

    def __init__(self, app: App, *, limit: int, path_limits: dict[str, int]) -> None:
        self._app = app
        self._limit = limit
        self._path_limits = path_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._path_limits.get(scope["path"], self._limit)
        declared = Headers(raw=scope["headers"]).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await respond(_too_large(limit))(scope, receive, send)
            return
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _too_large(limit)
            return message

        await self._app(scope, count, send)


def _too_large(limit: int) -> Problem:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit // _KIB} KiB"
    return Problem(
        413,
        "too_large",
        f"This is larger than the {size} taken at once: split the file, for example by year, and send the parts.",
    )
