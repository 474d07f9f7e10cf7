"""What the pages cost: how soon a page begins and ends, and what memory its server takes under load.

Each page, as the image serves it, stands beside a bare Node server that answers the same bytes (the floor) and one that
asks the backend for the same first (the same work). Requests come one after the other on a kept connection. The rest is
as in services.py: interleaved rounds, ratios with their 95 % interval.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT),
    *(str(ROOT / "services" / name / "src") for name in ("core", "backend", "mcp-server", "agents")),
]

from tests.bench.services import Bench, Request, backend, resident, sign_up
from tests.support.local_stack import build_pages, start_pages
from tests.support.services import NODE, Served, free_port, launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The issue's: times a bare Node server, and MiB
TARGET_P99 = 3.0
TARGET_MIB = 130
PAGES = ("/sign-in", "/dashboard?month=2026-09", "/transactions")
SAMPLE_S = 0.1


@dataclass(frozen=True)
class Times:
    """Milliseconds: the first byte's median and 99th percentile, the last byte's median."""

    first_p50: float
    first_p99: float
    last_p50: float


def ask(address: str, path: str, headers: dict[str, str], seconds: float) -> Times:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    first: list[float] = []
    last: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(first) < 2:
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        first.append((time.perf_counter() - began) * 1000)
        answer.read()
        last.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer.status
    connection.close()
    return Times(statistics.median(first), statistics.quantiles(first, n=100)[-1], statistics.median(last))


@contextmanager
def recorder(behind: Served) -> Iterator[tuple[str, list[str]]]:
    """Hands requests on to the backend, and tells their paths."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            answer = httpx.get(f"{behind.address}{self.path}", headers={"Cookie": self.headers["Cookie"] or ""})
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["content-type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


def rival(bench: Bench, name: str, **settings: str) -> Served:
    command = [str(NODE), str(ROOT / "tests" / "bench" / "rivals" / "pages.mjs")]
    served = bench.stack.enter_context(launch(command, bench.log(name), port=free_port(), **settings))
    served.wait_ready("/healthz")
    return served


def page(bench: Bench, pages: Served, api: Served, path: str, cookies: dict[str, str]) -> None:
    headers = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html", **cookies}
    with recorder(api) as (address, paths), ExitStack() as running:
        recorded = start_pages(running, bench.folder, address)
        with httpx.stream("GET", f"{recorded.address}{path}", headers=headers) as answer:
            body = b"".join(answer.iter_raw())
        assert answer.status_code == 200
    file = bench.folder / "body"
    file.write_bytes(body)
    about = {"BODY": str(file), "ENCODING": answer.headers["content-encoding"]}
    contenders = {
        "frontend": pages.address,
        "bare Node, same bytes": rival(bench, "bare", **about).address,
    }
    if paths:
        same = rival(bench, "same-work", **about, PATHS=json.dumps(paths), BACKEND_URL=api.address)
        contenders["bare Node, same calls and bytes"] = same.address
    bench.board.head(f"{path}: {len(body)} bytes in gzip, {len(paths)} calls of the backend, one request at a time")
    rounds = bench.board.run(
        [(name, measuring(address, path, headers, bench.seconds)) for name, address in contenders.items()]
    )
    for what, unit in (("first_p50", "ms, first byte, p50"), ("last_p50", "ms, last byte, p50")):
        bench.board.show(unit, times(rounds, what))
    bench.board.show("ms, first byte, p99", times(rounds, "first_p99"), limit=TARGET_P99)


def measuring(address: str, path: str, headers: dict[str, str], seconds: float) -> Callable[[], Times]:
    return lambda: ask(address, path, headers, seconds)


def times(rounds: dict[str, list[tuple[Times, Times]]], what: str) -> dict[str, list[tuple[float, float]]]:
    return {name: [(getattr(a, what), getattr(b, what)) for a, b in pairs] for name, pairs in rounds.items()}


def memory(bench: Bench, pages: Served, cookies: dict[str, str]) -> None:
    idle = resident(pages.process.pid)
    peak = idle
    done = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not done.wait(SAMPLE_S):
            peak = max(peak, resident(pages.process.pid))

    sampling = threading.Thread(target=sample)
    sampling.start()
    rates = {path: Request(f"{pages.address}{path}", cookies).rate(bench.folder, 5 * bench.seconds) for path in PAGES}
    done.set()
    sampling.join()
    bench.board.head("Memory: proportional set size of the server in MiB, idle and at its height under load")
    verdict = bench.board.judge("frontend's memory", peak <= TARGET_MIB, f"at most {TARGET_MIB} MiB")
    print(f"  frontend              {idle:>9.1f} {peak:>9.1f}{verdict}")
    print("  pages/s: " + ", ".join(f"{path} {rate:.0f}" for path, rate in rates.items()), flush=True)


def pages(bench: Bench) -> None:
    build_pages()
    api = backend(bench)
    cookies = {"Cookie": f"{sign_up(api).headers['Cookie']}; language=en; theme=system"}
    served = start_pages(bench.stack, bench.folder, api.address)
    for path in PAGES:
        page(bench, served, api, path, cookies)
    memory(bench, served, cookies)
