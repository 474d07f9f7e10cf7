#!/usr/bin/env python3
"""What the services and the pages cost, beside rivals and floors. How it is measured stands in services.py.

tests/bench/run.py                 everything; about a quarter of an hour on two cores
tests/bench/run.py read pages      only these: read, write, query, mcp, agent, memory, pages
tests/bench/run.py --rounds 3      fewer rounds, a wider spread

Debian's `wrk` and `postgresql` have to be installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import frontend, services
from tests.support.database import migrated, run_cluster

PARTS = {part.__name__: part for part in (*services.PARTS, frontend.pages)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="default: all of them")
    parser.add_argument("--rounds", type=int, default=10, help="how often all contenders run twice (default: 10)")
    parser.add_argument("--seconds", type=float, default=2, help="how long each run takes (default: 2)")
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    os.environ.pop("GEMINI_API_KEY", None)
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # our node and npm
    board = services.Board(arguments.rounds, arguments.seconds)
    with tempfile.TemporaryDirectory(prefix="wealth-bench-") as name, run_cluster() as cluster:
        database = migrated(cluster, "wealth")
        for part in arguments.parts or PARTS:
            with ExitStack() as stack:
                PARTS[part](services.Bench(board, stack, Path(name), database))
    for missed in board.missed:
        print(f"\nMISSED: {missed}")
    return int(bool(board.missed))


if __name__ == "__main__":
    sys.exit(main())
