"""How the endpoints of a domain are put together."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Scope

from wealth_backend.auth.callers import SAFE_METHODS
from wealth_backend.dependencies import domain_of, late_work, parts_of, work
from wealth_backend.idempotency import KeyedRequest, ReplayError, read_key
from wealth_backend.problems import invalid, responses

F = TypeVar("F", bound=Callable[..., Any])

# In a route's part of the OpenAPI document, for `openapi.complete` alone.
TAKES_KEY = "x-takes-idempotency-key"

_UNKEYED = "__without_idempotency_key__"


def router(name: str) -> APIRouter:
    """Endpoints under `/<name>` for people who are signed in."""
    return _Domain(prefix=f"/{name}", tags=[name], responses=responses(401), route_class=Route)


class _Domain(APIRouter):
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Spares requests to other domains a look at each of this one's routes."""
        if f"/{domain_of(scope['path'])}" != self.prefix:
            return Match.NONE, {}
        return super().matches(scope)


def without_key(endpoint: F) -> F:
    """For a write whose answer can't be kept: it holds a secret, or there is nobody left whose it would be."""
    setattr(endpoint, _UNKEYED, True)
    return endpoint


class Route(APIRoute):
    """Takes an `Idempotency-Key` for every write in a transaction of its user, and each known parameter once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if _takes_key(self):
            self.openapi_extra = {**(self.openapi_extra or {}), TAKES_KEY: True}

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = {one.alias for one in get_flat_params(self.dependant) if isinstance(one.field_info, Query)}
        takes_key = _takes_key(self)

        async def handle_once(request: Request) -> Response:
            _check_names(request, known)
            key = read_key(request) if takes_key else None
            if key is None:
                return await handle(request)
            keyed = KeyedRequest(key, await _content(request), parts_of(request).keyring)
            request.state.keyed = keyed
            try:
                response = await handle(request)
            except ReplayError as replay:
                return replay.response
            await keyed.record(response)
            return response

        return handle_once


def _check_names(request: Request, known: set[str]) -> None:
    """A filter that is misspelt would otherwise be left out unseen, and so would one of two values."""
    given = [name for name, _ in request.query_params.multi_items()]
    for name in given:
        if name not in known:
            shown = name[:40]
            raise invalid(f"query.{shown}", f"The query parameter {shown!r} is not known here.")
        if given.count(name) > 1:
            raise invalid(f"query.{name}", f"The query parameter {name!r} is given more than once.")


async def _content(request: Request) -> bytes:
    """What must be the same when a key is used again. Forms are added by those who read them."""
    body = b""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        try:
            body = await request.body()
        except ClientDisconnect:
            raise HTTPException(400) from None
    head = "\x1f".join((request.method, request.url.path, request.url.query))
    return head.encode() + b"\x1f" + body


def _takes_key(route: APIRoute) -> bool:
    writes = bool((route.methods or set()) - SAFE_METHODS)
    return writes and not getattr(route.endpoint, _UNKEYED, False) and _writes_for_a_user(route.dependant)


def _writes_for_a_user(dependant: Dependant) -> bool:
    return dependant.call in {work, late_work} or any(map(_writes_for_a_user, dependant.dependencies))
