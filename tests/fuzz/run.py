#!/usr/bin/env python3
"""Sends the services what nobody would send, on a real database, and fails where something comes back that must not.

    python -m tests.fuzz.run --count 2000              # both, half each
    python -m tests.fuzz.run --count 100000 --seed 7
    python -m tests.fuzz.run --only mcp --count 5000

It ends with how often what was answered, or with the smallest request that shows the fault.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT),
    *(str(ROOT / "services" / name / "src") for name in ("core", "backend", "mcp-server", "agents")),
]

from tests.fuzz import api, mcp  # noqa: E402 - found by the path above
from tests.fuzz.people import Books, strangers  # noqa: E402
from tests.support.books import KEY  # noqa: E402
from tests.support.database import migrated, run_cluster  # noqa: E402
from tests.support.services import Served, free_port, serve  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def database() -> Iterator[Books]:
    """A migrated database, with the addresses that the two roles reach it by."""
    with run_cluster() as cluster:
        made = migrated(cluster, "wealth")
        yield Books(backend=made.backend, mcp=made.mcp)


def fuzz_mcp(books: Books, folder: Path, count: int, number: int) -> dict[str, int]:
    with ExitStack() as running:
        replicas: list[Served] = []
        for replica in range(2):
            port = free_port()
            settings = {"MCP_TOKEN_KEY": KEY.get_secret_value(), "MCP_ALLOWED_HOSTS": f"127.0.0.1:{port}"}
            log = folder / f"mcp-{replica}.log"
            replicas.append(
                running.enter_context(serve("wealth_mcp", log, port=port, DATABASE_URL=books.mcp, **settings))
            )
        for one in replicas:
            one.wait_ready("/readyz")
        callers = asyncio.run(strangers(books))
        counts = mcp.fuzz([one.address for one in replicas], callers, count, number)
        for one in replicas:
            if faults := [line for line in one.lines() if line["level"] in {"ERROR", "CRITICAL"}]:
                raise mcp.FindingError(f"the log has an error that no answer showed: {faults[0]}")
    return dict(counts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="how many requests at least, in all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["api", "mcp"])
    wanted = parser.parse_args()
    parts = {"mcp": fuzz_mcp, "api": api.fuzz}
    chosen = [wanted.only] if wanted.only else list(parts)
    failed, sent = False, 0
    with tempfile.TemporaryDirectory(prefix="wealth-fuzz-") as name, database() as books:
        for place, part in enumerate(chosen):
            share = (wanted.count - sent) // (len(chosen) - place)
            started = time.monotonic()
            try:
                counts = parts[part](books, Path(name), share, wanted.seed)
            except AssertionError as finding:
                print(f"{part}: {finding}\n" + "\n".join(getattr(finding, "__notes__", [])))
                failed = True
                continue
            sent += counts["requests"]
            print(f"{part}: {counts['requests']} requests in {time.monotonic() - started:.0f} s")
            for what, how_often in sorted(counts.items()):
                print(f"  {what}: {how_often}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
