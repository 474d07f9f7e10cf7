"""A write under an `Idempotency-Key` happens once, however often it is sent; see docs/adr/0009.

The route (`routing.Route`) reads key and body, the dependency that opens the write's transaction claims the key in
it, and the route puts the answer on record in the same transaction, just before that is committed.
"""

import re
import uuid

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData, UploadFile

from wealth_backend.auth.keys import Keyring
from wealth_backend.problems import Problem, invalid
from wealth_core.models import IdempotencyKey
from wealth_core.repositories import IdempotencyRepository

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY_PATTERN = r"^[ -~]{1,255}$"

_PURPOSE = "idempotency"
_KEPT_HEADERS = ("content-type", "etag", "location")
_CHUNK = 1024 * 1024
_RETRY_AFTER_S = 1


class ReplayError(Exception):
    """The write has been done already: this is what was answered."""

    def __init__(self, response: Response) -> None:
        super().__init__("the write has been done already")
        self.response = response


class KeyedRequest:
    """One write under a key."""

    def __init__(self, key: str, content: bytes, keyring: Keyring) -> None:
        self._key = key
        self._content = content
        self._keyring = keyring
        self._session: AsyncSession | None = None
        self._user_id: uuid.UUID | None = None

    def add(self, content: bytes) -> None:
        """More of what makes the request the same request again."""
        self._content = self._keyring.macs(_PURPOSE, self._content + content)[-1]

    async def claim(self, session: AsyncSession, user_id: uuid.UUID) -> None:
        """Takes the key for the transaction; raises what was answered when the write has been done already."""
        if not await IdempotencyRepository(session, user_id).lock(self._key):
            raise Problem(
                409,
                "idempotency_key_in_progress",
                "The first request with this Idempotency-Key is still being worked on: send it again in a moment.",
                headers={"Retry-After": str(_RETRY_AFTER_S)},
            )
        await self.look(session, user_id)
        self._session, self._user_id = session, user_id

    async def look(self, session: AsyncSession, user_id: uuid.UUID) -> None:
        """Like `claim`, for those who write later: spares them the work when it has been done already."""
        earlier = await IdempotencyRepository(session, user_id).find(self._key)
        if earlier is None:
            return
        if earlier.request not in self._keyring.macs(_PURPOSE, self._content):
            raise Problem(
                422,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request: make a new key for each new write.",
            )
        raise ReplayError(Response(earlier.body, earlier.status, {**earlier.headers, REPLAYED: "true"}))

    async def record(self, response: Response) -> None:
        """Keeps the answer in the transaction that claimed the key."""
        if self._session is None or self._user_id is None:
            return
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        await IdempotencyRepository(self._session, self._user_id).keep(
            IdempotencyKey(
                key=self._key,
                request=self._keyring.macs(_PURPOSE, self._content)[0],
                status=response.status_code,
                headers=headers,
                body=bytes(response.body),
            )
        )


def keyed(request: Request) -> KeyedRequest | None:
    """The key that the request is made under, if any."""
    found: KeyedRequest | None = getattr(request.state, "keyed", None)
    return found


def read_key(request: Request) -> str | None:
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    if len(given) > 1 or not re.fullmatch(KEY_PATTERN, given[0]):
        raise invalid(
            "header.idempotency-key", "An Idempotency-Key has 1 to 255 printable ASCII characters: shorten it."
        )
    return given[0]


async def add_form(request: Request, form: FormData) -> None:
    """A form's fields and files count, not how it was encoded: its boundary is another each time it is sent."""
    current = keyed(request)
    if current is None:
        return
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            current.add(f"\x1f{name}\x1f{value}".encode())
            continue
        current.add(f"\x1f{name}\x1f{value.filename}".encode())
        while chunk := await value.read(_CHUNK):
            current.add(chunk)
        await value.seek(0)
