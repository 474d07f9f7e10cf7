"""Stands in for Google's Gemini API on the wire: answers generateContent from a script, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reply = Callable[[dict[str, Any]], tuple[int, bytes]]

KEY = "AIza-a-key-that-must-not-show-up"


def _answer(*parts: dict[str, Any]) -> Reply:
    content = {"role": "model", "parts": list(parts)}
    body = {"candidates": [{"content": content, "finishReason": "STOP"}], "modelVersion": "stub"}
    return lambda _: (200, json.dumps(body).encode())


def text(words: str) -> Reply:
    return _answer({"text": words})


def calls(*wanted: tuple[str, dict[str, Any]]) -> Reply:
    return _answer(*({"functionCall": {"name": name, "args": arguments}} for name, arguments in wanted))


def call(name: str, **arguments: Any) -> Reply:
    return calls((name, arguments))


def empty() -> Reply:
    return lambda _: (200, b'{"candidates": []}')


def error(code: int, status: str = "STUB") -> Reply:
    body = {"error": {"code": code, "message": "said by the stub", "status": status}}
    return lambda _: (code, json.dumps(body).encode())


def raw(body: bytes, code: int = 200) -> Reply:
    return lambda _: (code, body)


def silence(seconds: float) -> Reply:
    def reply(_: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(seconds)
        return 200, b"{}"

    return reply


class Gemini:
    """`script` holds the replies for each agent, told apart by the tools it declares; the last one is given again."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.script: defaultdict[str, list[Reply]] = defaultdict(list)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    def plays(self, agent: str, *replies: Reply) -> None:
        self.script[agent] = list(replies)

    def reset(self) -> None:
        self.script.clear()
        self.requests.clear()
        self.headers.clear()

    def reply(self, request: dict[str, Any], headers: dict[str, str]) -> tuple[int, bytes]:
        self.requests.append(request)
        self.headers.append(headers)
        declared = [one["name"] for tool in request.get("tools", []) for one in tool["functionDeclarations"]]
        agent = "coordinator" if any(name.startswith("ask_") for name in declared) else "spending"
        replies = self.script[agent]
        if not replies:
            return 500, b'{"error": {"code": 500, "message": "nothing in the script", "status": "STUB"}}'
        return (replies.pop(0) if len(replies) > 1 else replies[0])(request)


@contextmanager
def serve() -> Iterator[Gemini]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = self.path.endswith(":generateContent")
            code, body = gemini.reply(request, dict(self.headers)) if known else error(404)(request)
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gemini = Gemini(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield gemini
    finally:
        server.shutdown()
        server.server_close()
