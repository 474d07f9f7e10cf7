"""Between a browser, the pages and the API: one origin, which can be told to fail, to be late or to answer oddly."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

API = "/api/v1"
_HOP_BY_HOP = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
_TIMEOUT_S = 60


@dataclass(frozen=True)
class Fault:
    """What happens to the requests whose "METHOD /path?query", without `/api/v1`, matches."""

    wanted: re.Pattern[str]
    # with neither, the connection is closed without an answer
    status: int | None = None
    delay_s: float | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: object = None


@dataclass
class Gate:
    """Forwards to the API at one address and to the pages at another."""

    api: str
    pages: str = ""
    address: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault_of(self, method: str, path: str) -> Fault | None:
        wanted = f"{method} {path.removeprefix(API)}"
        return next((fault for fault in self.faults if fault.wanted.search(wanted)), None)

    @contextmanager
    def down(self, pattern: str = "") -> Iterator[None]:
        """Nothing answers."""
        with self._faulty(Fault(re.compile(pattern))):
            yield

    @contextmanager
    def late(self, pattern: str, seconds: float) -> Iterator[None]:
        """The true answer, but not at once."""
        with self._faulty(Fault(re.compile(pattern), delay_s=seconds)):
            yield

    @contextmanager
    def refusing(self, pattern: str, status: int, code: str, errors: object = None, **headers: str) -> Iterator[None]:
        """Answers with a problem, as the API would."""
        body = {"status": status, "code": code, "errors": errors}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self._faulty(Fault(re.compile(pattern), status, headers=named, body=body)):
            yield

    @contextmanager
    def answering(self, pattern: str, body: object) -> Iterator[None]:
        """Answers with something else, and that it went well."""
        with self._faulty(Fault(re.compile(pattern), http.HTTPStatus.OK, body=body)):
            yield

    @contextmanager
    def _faulty(self, fault: Fault) -> Iterator[None]:
        self.faults.append(fault)
        try:
            yield
        finally:
            self.faults.remove(fault)


class _Handler(BaseHTTPRequestHandler):
    gate: Gate

    def handle_one_request(self) -> None:
        # browsers hang up on what they no longer want
        with contextlib.suppress(OSError):
            super().handle_one_request()

    def answer(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        is_api = self.path.startswith(f"{API}/")
        fault = self.gate.fault_of(self.command, self.path) if is_api else None
        if fault and fault.status is not None:
            self._send(fault.status, [("Content-Type", "application/json"), *fault.headers.items()])
            self.wfile.write(json.dumps(fault.body).encode())
        elif not fault or fault.delay_s is not None:
            if fault:
                time.sleep(fault.delay_s or 0)
            self._forward(self.gate.api if is_api else self.gate.pages, body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - their names there

    def _forward(self, address: str, body: bytes) -> None:
        headers = dict(_lasting(self.headers.items()))
        if "Origin" in headers and address == self.gate.api:
            headers["Origin"] = address
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_S)) as connection:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            self._send(answer.status, _lasting(answer.getheaders()))
            while data := answer.read1():
                self.wfile.write(data)
                self.wfile.flush()

    def _send(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
        pass


def _lasting(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those that are about one connection."""
    return [(name, value) for name, value in headers if name.lower() not in _HOP_BY_HOP]


@contextmanager
def open_gate(api: str) -> Iterator[Gate]:
    """The pages have to be named before a browser asks for one."""
    gate = Gate(api)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"gate": gate}))
    server.daemon_threads = True
    gate.address = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield gate
    server.shutdown()
