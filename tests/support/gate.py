"""Between a browser, the pages and the API: one origin that can be told to fail, to be late or to answer something else."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        body = {"status": status, "code": code, "title": "Problem", "detail": f"Refused: {code}.", "errors": errors}
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
        yield
        self.faults.remove(fault)


@contextmanager
def open_gate(api: str) -> Iterator[Gate]:
    """The pages have to be named before a browser asks for one."""
    gate = Gate(api)

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            # browsers hang up on what they no longer want
            with contextlib.suppress(OSError):
                super().handle_one_request()

        def answer(self) -> None:
            self.close_connection = True
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            fault = None
            if self.path.startswith(f"{API}/"):
                fault = gate.fault_of(self.command, self.path)
            if fault and fault.status:
                self._send(fault.status, {"Content-Type": "application/json", **fault.headers})
                self.wfile.write(json.dumps(fault.body).encode())
            elif fault and fault.delay_s:
                time.sleep(fault.delay_s)
                self._forward(gate.api, body)
            elif not fault:
                self._forward(gate.api if self.path.startswith(f"{API}/") else gate.pages, body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - their names there

        def _forward(self, address: str, body: bytes) -> None:
            target = urlsplit(address)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            if address == gate.api and "Origin" in headers:
                headers["Origin"] = gate.api
            connection = http.client.HTTPConnection(target.netloc, timeout=_TIMEOUT_S)
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP]
            self._send(answer.status, kept)
            while data := answer.read1():
                self.wfile.write(data)
                self.wfile.flush()
            connection.close()

        def _send(self, status: int, headers: dict[str, str] | list[tuple[str, str]]) -> None:
            self.send_response(status)
            for name, value in headers.items() if isinstance(headers, dict) else headers:
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gate.address = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield gate
    server.shutdown()
