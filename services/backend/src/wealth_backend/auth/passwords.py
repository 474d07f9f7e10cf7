"""Passwords as Argon2id hashes at OWASP's floor: 19 MiB of memory, two passes, one lane."""

import secrets
import unicodedata
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from wealth_backend.problems import unavailable

T = TypeVar("T")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Each takes 19 MiB and a core for some 30 ms: two at a time, and a queue of about a second.
_AT_A_TIME = 2
_QUEUE = 64


class Passwords:
    def __init__(self) -> None:
        self._limiter = CapacityLimiter(_AT_A_TIME)
        # Compared with when there is no user of an address, so that the time of an answer doesn't tell.
        self._nobodys = _HASHER.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        return await self._run(partial(_HASHER.hash, _bytes(password)))

    async def matches(self, password: str, stored: str | None) -> bool:
        """Takes the same time whether or not there is a stored hash."""
        return await self._run(partial(_verify, stored or self._nobodys, _bytes(password))) and stored is not None

    async def _run(self, work: partial[T]) -> T:
        if self._limiter.statistics().tasks_waiting >= _QUEUE:
            raise unavailable(
                "busy", "Too many people are signing in at the moment. Please try again in a few seconds."
            )
        return await to_thread.run_sync(work, limiter=self._limiter)


def _bytes(password: str) -> bytes:
    """The same bytes for the same characters, whichever keyboard typed them."""
    return unicodedata.normalize("NFKC", password).encode()


def _verify(stored: str, password: bytes) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except VerifyMismatchError:
        return False
