#!/usr/bin/env python3
"""What the distance to the database costs a user: a read and a write through the backend, at several round trips.

tests/bench/database.py                 everything; about five minutes on two cores
tests/bench/database.py --rounds 2      fewer rounds

The backend talks to a real PostgreSQL, once directly and once through pgbouncer in transaction mode, over a TCP way
that adds the round trip. A round visits every distance and both ways, so that a machine that slows down slows all of
them. What is timed is one request after the other, as one signed-in user sends them. "Trips" is how many round trips
a request takes: how much longer the fastest tenth takes at the largest distance than at none, divided by that distance;
it hardly depends on how busy the machine is.
Debian's `postgresql` and `pgbouncer` have to be installed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "services" / name / "src") for name in ("core", "backend"))]

from tests.bench.services import JWT_KEY, ORIGIN, SignedIn, sign_up
from tests.support.books import KEY
from tests.support.database import TestDatabase, migrated, run_cluster
from tests.support.far_away import Distance, far_away
from tests.support.pooler import pooled
from tests.support.services import Served, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUND_TRIPS_MS = (0, 1, 5, 20)
REQUESTS = 25
PREFIX = "/api/v1"


@contextmanager
def backend(name: str, folder: Path, url: str, server: Path) -> Iterator[tuple[Served, Distance]]:
    """A backend whose database is as far away as is said later."""
    with far_away(server) as distance:
        there = url.partition("@")[0] + f"@127.0.0.1:{distance.port}/wealth?sslmode=disable"
        with serve(
            "wealth_backend",
            folder / f"{name}.log",
            DATABASE_URL=there,
            JWT_KEY=JWT_KEY,
            MCP_TOKEN_KEY=KEY.get_secret_value(),
            PUBLIC_URL=ORIGIN,
            SHUTDOWN_DELAY_S=0,
            # a machine that is busy with other work too is no reason to give up
            DATABASE_CONNECT_TIMEOUT_S=60,
            DATABASE_STATEMENT_TIMEOUT_MS=60_000,
            # as many as come; the limiter works all the same
            **{f"RATE_LIMIT_{what}_PER_MINUTE": 100_000 for what in ("ADDRESS", "USER", "WRITES")},
        ) as served:
            served.wait_ready("/readyz")
            yield served, distance


def times(http: httpx.Client, request: httpx.Request) -> list[float]:
    """Of each request, in milliseconds."""
    found = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        http.send(request).raise_for_status()
        found.append((time.perf_counter() - began) * 1000)
    return found


def requests(http: httpx.Client, person: SignedIn) -> dict[str, httpx.Request]:
    row = {"account_id": person.account, "date": "2026-11-20", "payee": "Corner Shop", "amount": "-12.50"}
    return {
        "read": http.build_request("GET", f"{PREFIX}/accounts", headers=person.headers),
        "write": http.build_request(
            "POST", f"{PREFIX}/transactions", headers=person.headers, json=row | {"category_id": person.category}
        ),
    }


def measure(database: TestDatabase, folder: Path, rounds: int) -> dict[tuple[str, str], dict[int, list[float]]]:
    """Milliseconds of every request, by way and kind, and by round trip in milliseconds."""
    with ExitStack() as stack:
        pooler = stack.enter_context(pooled(database, size=5))
        socket_folder = Path(pooler.partition("host=")[2].partition("&")[0])
        ways = {
            "direct": (database.backend, database.cluster.folder / ".s.PGSQL.5432"),
            "pooled": (pooler, socket_folder / ".s.PGSQL.6432"),
        }
        served = {name: stack.enter_context(backend(name, folder, *where)) for name, where in ways.items()}
        clients = {
            name: stack.enter_context(httpx.Client(base_url=one.address, timeout=60))
            for name, (one, _) in served.items()
        }
        found: dict[tuple[str, str], dict[int, list[float]]] = {
            (way, kind): {trip: [] for trip in ROUND_TRIPS_MS} for way in ways for kind in ("read", "write")
        }
        for number in range(rounds + 1):
            # a session ends after a quarter of an hour
            wanted = {name: requests(clients[name], sign_up(one)) for name, (one, _) in served.items()}
            for trip in ROUND_TRIPS_MS:
                for (way, kind), row in found.items():
                    served[way][1].round_trip_s = trip / 1000
                    measured = times(clients[way], wanted[way][kind])
                    if number:  # the first round is the warm-up
                        row[trip] += measured
        return found


def show(found: dict[tuple[str, str], dict[int, list[float]]]) -> None:
    print("| Way | Request | " + " | ".join(f"{trip} ms" for trip in ROUND_TRIPS_MS) + " | Trips |")
    print("|---|---|" + "---|" * len(ROUND_TRIPS_MS) + "---|")
    for (way, kind), row in found.items():
        cells = []
        for measured in row.values():
            cuts = statistics.quantiles(measured, n=100)
            cells.append(f"{cuts[49]:.0f} / {cuts[94]:.0f} / {cuts[98]:.0f}")
        nearest, farthest = (
            statistics.quantiles(row[trip], n=10)[0] for trip in (ROUND_TRIPS_MS[0], ROUND_TRIPS_MS[-1])
        )
        trips = (farthest - nearest) / ROUND_TRIPS_MS[-1]
        print(f"| {way} | {kind} | " + " | ".join(cells) + f" | {trips:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=8, help="how often everything is measured (default: 8)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wealth-bench-") as name, run_cluster() as cluster:
        found = measure(migrated(cluster, "wealth"), Path(name), arguments.rounds)
    print(f"p50 / p95 / p99 of {arguments.rounds * REQUESTS} requests in ms, by the round trip that is added\n")
    show(found)


if __name__ == "__main__":
    main()
