#!/usr/bin/env python3
"""The whole product without a cluster: database, backend, MCP server, agents and pages behind one origin.

    python -m tests.support.local_stack                      # the built pages (they are built where they are outdated)
    python -m tests.support.local_stack --dev                # the pages of a `next dev` that you start yourself
    python -m tests.support.local_stack --port 8091          # a second one beside it

There is no model key, so the offline analyst answers. When everything is ready, it says its URL and how to sign in as a
demo user with three years of money. On SIGTERM or Ctrl+C it ends everything that it has started, and the data with it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT),
    *(str(ROOT / "services" / name / "src") for name in ("core", "backend", "mcp-server", "agents")),
]

from tests.support.database import migrated, run_cluster  # noqa: E402 - found by the path above
from tests.support.services import NODE, Served, environment, free_port, launch, serve  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FRONTEND = ROOT / "services" / "frontend"
STANDALONE = FRONTEND / ".next" / "standalone"
SPECIALISTS = ("spending", "budget", "investment")


# ---- the services ----


def start_services(running: ExitStack, folder: Path, origin: str) -> tuple[Served, str]:
    """All but the pages, ready, until the block ends: the backend, and what is said about the demo user."""
    database = migrated(running.enter_context(run_cluster()), "wealth")
    keys = {"MCP_TOKEN_KEY": secrets.token_urlsafe(36)}

    def start(module: str, name: str, **settings: str) -> Served:
        return running.enter_context(serve(module, folder / f"{name}.log", port=free_port(), **settings))

    tools = start("wealth_mcp", "mcp-server", DATABASE_URL=database.mcp, **keys)
    agents = {
        name: start("wealth_agents", name, AGENT_NAME=name, MCP_URL=f"{tools.address}/mcp") for name in SPECIALISTS
    }
    urls = {f"{name.upper()}_URL": agent.address for name, agent in agents.items()}
    agents["coordinator"] = start("wealth_agents", "coordinator", AGENT_NAME="coordinator", **urls)
    settings = keys | {
        "DATABASE_URL": database.backend,
        "JWT_KEY": secrets.token_urlsafe(36),
        "PUBLIC_URL": origin,
        "COORDINATOR_URL": agents["coordinator"].address,
        "SHUTDOWN_DELAY_S": "0",
    }
    backend = start("wealth_backend", "backend", **settings)
    for service in (backend, tools):
        service.wait_ready("/readyz")
    for agent in agents.values():
        agent.wait_ready("/health")
    command = [sys.executable, "-m", "wealth_backend.demo"]
    demo = subprocess.run(command, env=environment(**settings), check=True, stdout=subprocess.PIPE, text=True)
    return backend, demo.stdout


# ---- the pages ----


def build_pages() -> None:
    """As the image has them; nothing is done while no source is newer than what was built."""
    built = STANDALONE / "server.js"
    sources = [path for path in FRONTEND.iterdir() if path.is_file() and path.suffix != ".tsbuildinfo"]
    sources += [path for name in ("public", "src") for path in (FRONTEND / name).rglob("*") if path.is_file()]
    if built.exists() and built.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    print("Building the pages (about a minute).", flush=True)
    silent = os.environ | {"NEXT_TELEMETRY_DISABLED": "1"}
    subprocess.run(["npm", "run", "--silent", "build"], cwd=FRONTEND, check=True, stdout=sys.stderr, env=silent)
    built.touch()


def start_pages(running: ExitStack, folder: Path, backend: str) -> Served:
    """As the image starts them, with the address that they read from."""
    preloaded = [f"--import={STANDALONE / name}" for name in ("json-console.mjs", "static-files.mjs")]
    settings = {
        "BACKEND_URL": backend,
        "HOSTNAME": "127.0.0.1",
        "NODE_ENV": "production",
        "NODE_OPTIONS": re.findall(r'NODE_OPTIONS="(.+)"', (FRONTEND / "Dockerfile").read_text())[0],
    }
    command = [str(NODE), *preloaded, str(STANDALONE / "server.js")]
    served = running.enter_context(launch(command, folder / "frontend.log", port=free_port(), **settings))
    served.wait_ready("/healthz")
    return served


# ---- one origin ----


def forwarder(backend: int, pages: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """In the Ingress's place. A connection carries one request and whatever follows: an event stream, a WebSocket."""

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            try:
                first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].split(b"\r\n")
                port = backend if first.split(b" ")[1].startswith(b"/api/v1/") else pages
                if not any(line.lower().startswith(b"upgrade:") for line in lines):
                    lines = [line for line in lines if not line.lower().startswith(b"connection:")]
                    lines.append(b"Connection: close")
                lines.append(b"X-Forwarded-For: " + writer.get_extra_info("peername")[0].encode())
                upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", port)
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
                return
            except OSError:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                return
            with closing(upstream):
                upstream.write(b"\r\n".join([first, *lines, b"", b""]))
                sending = asyncio.create_task(copy(reader, upstream))
                await copy(upstream_reader, writer)
                sending.cancel()

    return forward


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:  # either side has hung up
        pass


async def serve_origin(port: int, backend: int, pages: int, ready: str) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    server = await asyncio.start_server(forwarder(backend, pages), ["127.0.0.1", "::1"], port)
    print(ready, flush=True)
    await stopped.wait()
    server.close()


def port_of(served: Served) -> int:
    return int(served.address.rpartition(":")[2])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8090, help="where browsers find it (default: 8090)")
    parser.add_argument("--dev", action="store_true", help="show the pages of a `next dev`")
    parser.add_argument("--frontend-port", type=int, default=3001, help="where that one listens (default: 3001)")
    wanted = parser.parse_args()
    origin = f"http://localhost:{wanted.port}"
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # our node and npm
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="wealth-stack-") as name, ExitStack() as running:
        folder = Path(name)
        try:
            if not wanted.dev:
                build_pages()
            backend, ready = start_services(running, folder, origin)
            ready += f"Logs are in {folder}"
            if wanted.dev:
                pages = wanted.frontend_port
                ready += f"\nStart the pages in services/frontend: BACKEND_URL={origin} npm run dev -- --port {pages}"
            else:
                pages = port_of(start_pages(running, folder, backend.address))
            asyncio.run(serve_origin(wanted.port, port_of(backend), pages, ready))
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
