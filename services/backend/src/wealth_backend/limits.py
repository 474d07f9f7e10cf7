"""How many requests a minute are taken from an address and from a user, over all replicas.

A replica takes permits from the database in blocks and hands them out itself, so that most requests cost no statement.
Together the replicas never hand out more than the limit; they may hand out less by what the others still hold, at most
a sixtieth of the limit each. See docs/adr/0011.
"""

import asyncio
import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from weakref import WeakValueDictionary

from wealth_backend.problems import Problem
from wealth_core.database import Database
from wealth_core.repositories import AttemptRepository
from wealth_core.repositories.attempts import Wish

WINDOW = timedelta(minutes=1)

_BLOCKS = 60
_SWEEP_S = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `permits` within the window by those who share a key; `name` says to people what is limited."""

    name: str
    key: bytes
    permits: int

    @property
    def block(self) -> int:
        return max(1, self.permits // _BLOCKS)


def limit(name: str, permits: int, *whom: str) -> Limit:
    return Limit(name, hashlib.sha256("\x1f".join(("requests", name, *whom)).encode()).digest()[:16], permits)


@dataclass(slots=True)
class _Lease:
    """Permits of this replica until `ends`; `left` is what the database still had for everybody."""

    ends: float
    permits: int
    left: int


@dataclass(slots=True)
class Quota:
    """What the request that was just admitted leaves of the limit that is nearest to its end."""

    limit: Limit
    remaining: int
    resets_s: int

    def headers(self) -> list[tuple[bytes, bytes]]:
        """draft-ietf-httpapi-ratelimit-headers-10"""
        policy = f'"{self.limit.name}";q={self.limit.permits};w={round(WINDOW.total_seconds())}'
        state = f'"{self.limit.name}";r={self.remaining};t={self.resets_s}'
        return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", state.encode())]


@dataclass(slots=True)
class RateLimiter:
    database: Database
    _leases: dict[bytes, _Lease] = field(default_factory=dict)
    _locks: "WeakValueDictionary[bytes, asyncio.Lock]" = field(default_factory=WeakValueDictionary)
    _swept: float = field(default_factory=time.monotonic)

    async def admit(self, limits: Sequence[Limit]) -> Quota:
        """Counts a request towards all of the limits, or, when one of them is used up, refuses it."""
        while self._missing(limits):
            # One replica asks once for what many requests of the same caller wait for.
            lock = self._locks.setdefault(limits[-1].key, asyncio.Lock())
            async with lock:
                if wanted := self._missing(limits):
                    await self._lease(wanted)
        self._refuse_if_used_up(limits)
        for one in limits:
            self._leases[one.key].permits -= 1
        return min((self._quota(one) for one in limits), key=lambda quota: quota.remaining / quota.limit.permits)

    def _missing(self, limits: Sequence[Limit]) -> list[Limit]:
        """Those without a permit here; what the database has none of isn't asked for again."""
        now = time.monotonic()
        held = [self._leases.get(one.key) for one in limits]
        if any(lease and lease.ends > now and not lease.permits and not lease.left for lease in held):
            return []
        return [
            one
            for one, lease in zip(limits, held, strict=True)
            if lease is None or lease.ends <= now or not lease.permits
        ]

    async def _lease(self, limits: Sequence[Limit]) -> None:
        asked = time.monotonic()
        async with self.database.transaction() as session:
            attempts = AttemptRepository(session)
            grants = await attempts.take([Wish(one.key, one.block, one.permits) for one in limits], WINDOW)
            if asked - self._swept > _SWEEP_S:
                self._swept = asked
                await attempts.sweep()
                self._leases = {key: lease for key, lease in self._leases.items() if lease.ends > asked}
        for key, grant in grants.items():
            held = self._leases.get(key)
            over = held.permits if held and held.ends > asked else 0
            self._leases[key] = _Lease(asked + grant.lasts.total_seconds(), over + grant.permits, grant.left)

    def _refuse_if_used_up(self, limits: Sequence[Limit]) -> None:
        used_up = [(one, lease) for one in limits if not (lease := self._leases[one.key]).permits]
        if not used_up:
            return
        waits = max(lease.ends for _, lease in used_up) - time.monotonic()
        seconds = min(max(1, math.ceil(waits)), round(WINDOW.total_seconds()))
        name = used_up[0][0].name
        raise Problem(
            429,
            "too_many_requests",
            f"Too many requests ({name}): please wait {seconds} seconds and try again.",
            headers={"Retry-After": str(seconds)},
        )

    def _quota(self, one: Limit) -> Quota:
        lease = self._leases[one.key]
        return Quota(one, lease.permits + lease.left, max(0, math.ceil(lease.ends - time.monotonic())))
