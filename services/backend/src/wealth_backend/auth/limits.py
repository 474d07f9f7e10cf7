"""How often a password may be tried. The counters are in the database, so that they hold over all replicas."""

import hashlib
import math
import uuid
from dataclasses import dataclass
from datetime import timedelta

from wealth_backend.addresses import counted_as
from wealth_backend.problems import Problem
from wealth_core.database import Database
from wealth_core.repositories import AttemptRepository

_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` within the window by those who share a key."""

    key: bytes
    attempts: int


def by_address(address: str) -> Limit:
    """Generous, since a household or an office may share one address."""
    return Limit(_digest("address", counted_as(address)), 300)


def by_address_and_email(address: str, email: str) -> Limit:
    """Tight, and with the address in it, so that nobody can lock somebody else out."""
    return Limit(_digest("address and email", counted_as(address), email), 10)


def by_user(user_id: uuid.UUID) -> Limit:
    """For those who are signed in and are asked for their password again."""
    return Limit(_digest("user", str(user_id)), 10)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()[:16]


async def admit(database: Database, *limits: Limit) -> None:
    """Counts an attempt, kept whatever comes of it, and refuses one too many."""
    async with database.transaction() as session:
        attempts = AttemptRepository(session)
        counted = [(limit, *await attempts.count(limit.key, _WINDOW)) for limit in limits]
        await attempts.sweep()
    waits = [left for limit, count, left in counted if count > limit.attempts]
    if waits:
        seconds = max(1, math.ceil(max(waits).total_seconds()))
        raise Problem(
            429,
            "too_many_attempts",
            f"Too many attempts: please wait {seconds} seconds and try again.",
            headers={"Retry-After": str(seconds)},
        )


async def forget(database: Database, limit: Limit) -> None:
    async with database.transaction() as session:
        await AttemptRepository(session).forget(limit.key)
