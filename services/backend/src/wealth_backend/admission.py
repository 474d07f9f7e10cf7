"""The door: who sends a request, and whether they and their address have sent too many."""

import time
from collections import OrderedDict
from dataclasses import replace

from starlette.requests import HTTPConnection

from wealth_backend.addresses import client_address, counted_as, network
from wealth_backend.auth.callers import SAFE_METHODS, Caller, Scope
from wealth_backend.auth.sessions import COOKIE, SessionError
from wealth_backend.auth.tokens import TokenClaims, TokenFormatError, read_token
from wealth_backend.dependencies import Parts, domain_of
from wealth_backend.limits import Limit, Quota, limit
from wealth_backend.problems import Problem, as_problem, respond
from wealth_core.database import DatabaseError
from wealth_core.repositories import AccessTokenRepository
from wealth_core.telemetry import App, Message, Receive, Send
from wealth_core.telemetry import Scope as AsgiScope

_PROBES = frozenset({"/healthz", "/readyz"})
_REMEMBERED = 1000
_REMEMBERED_S = 30


class Admission:
    """Puts the caller on the request and counts it; without the database it lets nobody in."""

    def __init__(self, app: App, parts: Parts) -> None:
        self._app = app
        self._parts = parts
        self._known = _KnownTokens(parts)

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _PROBES:
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        address = client_address(request)
        try:
            caller, quota = await self._admit(request, address, scope)
        except Problem as problem:
            await respond(problem)(scope, receive, send)
            return
        except DatabaseError as error:
            await respond(as_problem(error))(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *quota.headers()]
            await send(message)

        await self._app(scope, receive, tell)

    async def _admit(self, request: HTTPConnection, address: str, scope: AsgiScope) -> tuple[Caller | None, Quota]:
        """A session's cookie is ours if its signature is; a token is looked up, since anybody can write one."""
        limits = [limit("address", self._parts.settings.limits.address, counted_as(address))]
        authorization = request.headers.get("authorization")
        if authorization is None:
            caller = self._session(request, address)
            return caller, await self._parts.limiter.admit(limits + (self._limits(caller, scope) if caller else []))
        quota = await self._parts.limiter.admit(limits)
        caller = await self._token(authorization, address)
        return caller, await self._parts.limiter.admit(self._limits(caller, scope)) if caller else quota

    def _session(self, request: HTTPConnection, address: str) -> Caller | None:
        try:
            claims = self._parts.tokens.read(request.cookies.get(COOKIE, ""))
        except SessionError:
            return None
        return Caller(claims.user_id, claims.session_id, address=network(address))

    async def _token(self, authorization: str, address: str) -> Caller | None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            known = await self._known.find(read_token(token.strip()))
        except TokenFormatError:
            return None
        return replace(known, address=network(address)) if known else None

    def _limits(self, caller: Caller, scope: AsgiScope) -> list[Limit]:
        limits, user = self._parts.settings.limits, str(caller.user_id)
        found = [limit("user", limits.user, user)]
        kind = _KINDS.get((scope["method"], domain_of(scope["path"])))
        if kind is None and scope["method"] not in SAFE_METHODS:
            kind = "writes"
        if kind is not None:
            found.append(limit(kind, getattr(limits, kind), user))
        return found


# What costs more than reading or writing a row.
_KINDS = {
    ("POST", "chat"): "chats",
    ("POST", "demo"): "imports",
    ("POST", "imports"): "imports",
    ("GET", "export"): "exports",
}


class _KnownTokens:
    """Whose the tokens are that were used a moment ago: whether one still counts is asked again with each request."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: OrderedDict[bytes, tuple[float, Caller]] = OrderedDict()

    async def find(self, claims: TokenClaims) -> Caller | None:
        now = time.monotonic()
        until, caller = self._known.get(claims.digest, (0.0, None))
        if caller is not None and now < until:
            return caller
        async with self._parts.database.transaction(claims.user_id) as session:
            token = await AccessTokenRepository(session).use(claims.digest)
        if token is None:
            self._known.pop(claims.digest, None)
            return None
        scopes = frozenset(Scope(scope) for scope in token.scopes)
        caller = Caller(claims.user_id, token_id=token.id, scopes=scopes)
        self._known[claims.digest] = (now + _REMEMBERED_S, caller)
        self._known.move_to_end(claims.digest)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return caller
