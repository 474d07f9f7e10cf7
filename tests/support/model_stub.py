"""Stands in for language models on the wire, as a process on a loopback port.

It speaks Gemini's REST API (generateContent, streamGenerateContent) and OpenAI's chat completions (whole and streamed),
with tool calls. What it answers is a script of replies, told apart by agent; it keeps what it was asked. It needs
nothing but the standard library: `python tests/support/model_stub.py ADDRESS PORT`.

    with serve(folder) as stub:
        stub.plays("spending", call("list_accounts"), text("You have 5,687.50 USD."))

Steering: PUT /script {agent: [reply]}, GET and DELETE /requests.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Reply = dict[str, Any]

KEY = "AIza-a-key-that-must-not-show-up"
ANYBODY = "*"
_START_S = 30
_PIECE = 9


# ---- replies: what a script is made of ----


def text(words: str, **options: Any) -> Reply:
    """Options of every reply: delay_s, usage (prompt, completion), finish; of streams: pause_s between pieces, cut."""
    return {"text": words, **options}


def calls(*wanted: tuple[str, dict[str, Any]], **options: Any) -> Reply:
    return {"calls": [{"name": name, "arguments": arguments} for name, arguments in wanted], **options}


def call(name: str, /, **arguments: Any) -> Reply:
    return calls((name, arguments))


def empty() -> Reply:
    return {"empty": True}


def error(code: int, status: str = "STUB", *, retry_after: str | None = None, retry_delay: str | None = None) -> Reply:
    """`retry_after` is the header, `retry_delay` what Google says in the body."""
    return {"code": code, "status": status, "retry_after": retry_after, "retry_delay": retry_delay}


def raw(body: str, code: int = 200, content_type: str = "application/json") -> Reply:
    return {"raw": body, "code": code, "content_type": content_type}


def silence(seconds: float) -> Reply:
    return raw("{}") | {"delay_s": seconds}


def obedient() -> Reply:
    """The worst case: does everything that any text it is shown tells it to.

    `<<tool {"argument": "value"}>>` anywhere in what it was told is called, once; when nothing is left to call it says
    all that it was told, its instructions included.
    """
    return {"obedient": True}


# ---- a request, whatever API it came by ----


class Asked:
    def __init__(self, path: str, body: dict[str, Any]) -> None:
        self.body = body
        self.gemini = ":" in path.rpartition("/")[2]
        self.streams = ":streamGenerateContent" in path or body.get("stream") is True
        if self.gemini:
            self.system = "".join(part.get("text", "") for part in body.get("systemInstruction", {}).get("parts", []))
        else:
            self.system = "".join(one["content"] for one in body["messages"] if one["role"] == "system")
        named = re.match(r"You are the (\w+)", self.system)
        self.agent = named[1] if named else ANYBODY

    def obeyed(self) -> Reply:
        told = re.sub(r'\\+"', '"', json.dumps(self.body, ensure_ascii=False))
        done = self.calls_so_far()
        wanted = []
        for name, arguments in re.findall(r"<<(\w+) (\{.*?\})>>", told):
            try:
                one = (name, json.loads(arguments))
            except ValueError:
                continue
            if one not in done and one not in wanted:
                wanted.append(one)
        return calls(*wanted) if wanted else text(f"As you said. {self.system} {told}")

    def calls_so_far(self) -> list[tuple[str, Any]]:
        if self.gemini:
            parts = [part for content in self.body["contents"] for part in content.get("parts", [])]
            return [
                (part["functionCall"]["name"], part["functionCall"].get("args", {}))
                for part in parts
                if "functionCall" in part
            ]
        found = [one["function"] for message in self.body["messages"] for one in message.get("tool_calls") or []]
        return [(one["name"], json.loads(one["arguments"])) for one in found]


# ---- answers as each API writes them ----


def gemini_answer(reply: Reply, *, words: str, wanted: Sequence[Reply], ended: bool = True) -> Any:
    parts: list[Any] = [{"text": words}] if words else []
    parts += [{"functionCall": {"name": one["name"], "args": one["arguments"]}} for one in wanted]
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
    if not ended:
        return {"candidates": [candidate], "modelVersion": "stub"}
    prompt, completion = reply.get("usage", (100, 10))
    usage = {"promptTokenCount": prompt, "candidatesTokenCount": completion, "totalTokenCount": prompt + completion}
    candidate["finishReason"] = reply.get("finish", "STOP")
    return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "stub"}


def openai_calls(wanted: Sequence[Reply], *, numbered: bool) -> list[Any]:
    return [
        {
            "id": f"call_{time.monotonic_ns()}_{number}",
            "type": "function",
            "function": {"name": one["name"], "arguments": given(one["arguments"])},
            **({"index": number} if numbered else {}),
        }
        for number, one in enumerate(wanted)
    ]


def given(arguments: Any) -> str:
    """A string goes out as it is: arguments that are no JSON."""
    return arguments if isinstance(arguments, str) else json.dumps(arguments)


def openai_answer(reply: Reply) -> Any:
    message: dict[str, Any] = {"role": "assistant", "content": reply.get("text")}
    if reply.get("calls"):
        message["tool_calls"] = openai_calls(reply["calls"], numbered=False)
    reason = {"MAX_TOKENS": "length"}.get(reply.get("finish", ""), "tool_calls" if reply.get("calls") else "stop")
    choices = [] if reply.get("empty") else [{"index": 0, "message": message, "finish_reason": reason}]
    return {**_openai("chat.completion"), "choices": choices, "usage": openai_usage(reply)}


def openai_usage(reply: Reply) -> Any:
    prompt, completion = reply.get("usage", (100, 10))
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _openai(kind: str) -> dict[str, Any]:
    return {"id": "stub", "object": kind, "created": 1_790_000_000, "model": "stub"}


def pieces(reply: Reply, *, gemini: bool) -> Iterator[Any]:
    """A stream: text in small pieces, then calls, then the end and what it cost."""
    words = reply.get("text") or ""
    chunks = [words[start : start + _PIECE] for start in range(0, len(words), _PIECE)]
    wanted = reply.get("calls", [])
    if reply.get("empty"):
        yield {"candidates": []} if gemini else {**_openai("chat.completion.chunk"), "choices": []}
        return
    if gemini:
        yield from (gemini_answer(reply, words=chunk, wanted=[], ended=False) for chunk in chunks)
        yield gemini_answer(reply, words="", wanted=wanted)
        return

    def chunk(delta: Any, reason: str | None = None) -> Any:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return {**_openai("chat.completion.chunk"), "choices": [choice], "usage": None}

    yield chunk({"role": "assistant", "content": ""})
    yield from (chunk({"content": words}) for words in chunks)
    for one in openai_calls(wanted, numbered=True):
        arguments = one["function"]["arguments"]
        half = len(arguments) // 2
        one["function"]["arguments"] = arguments[:half]
        yield chunk({"tool_calls": [one]})
        yield chunk({"tool_calls": [{"index": one["index"], "function": {"arguments": arguments[half:]}}]})
    yield chunk({}, {"MAX_TOKENS": "length"}.get(reply.get("finish", ""), "tool_calls" if wanted else "stop"))
    yield {**_openai("chat.completion.chunk"), "choices": [], "usage": openai_usage(reply)}


# ---- the process ----


class State:
    def __init__(self) -> None:
        self.script: dict[str, list[Reply]] = {}
        self.seen: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    def next_reply(self, asked: Asked, headers: dict[str, str], path: str) -> Reply:
        """The last one is given again and again."""
        with self.lock:
            self.seen.append({"path": path, "headers": headers, "body": asked.body, "at": time.time()})
            replies = self.script.get(asked.agent) or self.script.get(ANYBODY) or []
            if not replies:
                return error(500, "nothing in the script")
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        return asked.obeyed() if reply.get("obedient") else reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: State

    def do_GET(self) -> None:
        self._send(200, json.dumps(self.state.seen).encode())

    def do_DELETE(self) -> None:
        with self.state.lock:
            self.state.seen.clear()
            self.state.script.clear()
        self._send(200, b"{}")

    def do_PUT(self) -> None:
        script = json.loads(self._body())
        with self.state.lock:
            self.state.script.update(script)
        self._send(200, b"{}")

    def do_POST(self) -> None:
        path = self.path.partition("?")[0]
        body = json.loads(self._body())
        known = path.endswith((":generateContent", ":streamGenerateContent", "/chat/completions"))
        if not known:
            self._send(404, b'{"error": {"code": 404, "message": "no such method", "status": "NOT_FOUND"}}')
            return
        asked = Asked(path, body)
        reply = self.state.next_reply(asked, dict(self.headers), path)
        time.sleep(reply.get("delay_s", 0))
        if "raw" in reply:
            self._send(reply["code"], reply["raw"].encode(), content_type=reply["content_type"])
        elif "code" in reply:
            self._refuse(reply)
        elif asked.streams:
            self._stream(reply, asked)
        elif asked.gemini:
            whole: Any = {"candidates": []}
            if not reply.get("empty"):
                whole = gemini_answer(reply, words=reply.get("text", ""), wanted=reply.get("calls", []))
            self._send(200, json.dumps(whole).encode())
        else:
            self._send(200, json.dumps(openai_answer(reply)).encode())

    def _refuse(self, reply: Reply) -> None:
        body: dict[str, Any] = {"code": reply["code"], "message": "said by the stub", "status": reply["status"]}
        if reply["retry_delay"]:
            body["details"] = [
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": reply["retry_delay"]}
            ]
        headers = {"Retry-After": reply["retry_after"]} if reply["retry_after"] else {}
        self._send(reply["code"], json.dumps({"error": body}).encode(), headers)

    def _stream(self, reply: Reply, asked: Asked) -> None:
        """`cut` ends it in the middle: "hangup" breaks the connection, "silently" just ends."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        every = list(pieces(reply, gemini=asked.gemini))
        cut = reply.get("cut")
        for piece in every[: len(every) // 2] if cut else every:
            self._chunk(f"data: {json.dumps(piece)}\r\n\r\n".encode())
            time.sleep(reply.get("pause_s", 0))
        if cut == "hangup":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if not asked.gemini and not cut:
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _send(
        self, code: int, body: bytes, headers: dict[str, str] | None = None, content_type: str = "application/json"
    ) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def main(address: str, port: int) -> None:
    Handler.state = State()
    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    server.serve_forever()


# ---- the test's end ----


class ModelStub:
    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def openai_url(self) -> str:
        return f"{self.address}/v1"

    def plays(self, agent: str, *replies: Reply) -> None:
        self._steer("PUT", "/script", {agent: list(replies)})

    def reset(self) -> None:
        self._steer("DELETE", "/requests")

    @property
    def seen(self) -> list[dict[str, Any]]:
        """Path, headers, body and time of every request."""
        seen: list[dict[str, Any]] = self._steer("GET", "/requests")
        return seen

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [one["body"] for one in self.seen]

    @property
    def headers(self) -> list[dict[str, str]]:
        return [one["headers"] for one in self.seen]

    def _steer(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", data, method=method)  # noqa: S310 - this machine
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - this machine
            return json.loads(answer.read())


@contextmanager
def serve(log: Path, address: str = "127.0.0.1") -> Iterator[ModelStub]:
    """At an address of this machine: loopback, or one that containers reach."""
    with socket.socket() as free:
        free.bind((address, 0))
        port = free.getsockname()[1]
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, __file__, address, str(port)], stdout=out, stderr=out)
    try:
        _wait(address, port, process, log)
        yield ModelStub(f"http://{address}:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            socket.create_connection((address, port), 1).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, "the stub did not start"
            time.sleep(0.02)
        else:
            return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
