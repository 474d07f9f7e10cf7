"""Logs as one JSON object a line, and the W3C trace context that ties the lines of all hops together.

configure_logging("backend", "INFO")
app = TraceMiddleware(app)
await client.post(url, headers=outgoing_headers())
"""

import json
import logging
import secrets
import sys
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_PROPAGATOR = TraceContextTextMapPropagator()
_TRACE_HEADERS = ("traceparent", "tracestate")
_MAX_TRACESTATE_BYTES = 8192
_HTTP_SERVER_ERROR = 500
_PROBE_PATHS = frozenset({"/healthz", "/readyz", "/health"})
_RECORD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

_log = logging.getLogger("wealth.access")


def trace_id() -> str | None:
    """The current trace's id as logs and headers show it, or None outside a trace."""
    span = trace.get_current_span().get_span_context()
    return trace.format_trace_id(span.trace_id) if span.is_valid else None


def outgoing_headers() -> dict[str, str]:
    """`traceparent` and `tracestate` for a request made on behalf of the current one; empty outside a trace."""
    headers: dict[str, str] = {}
    _PROPAGATOR.inject(headers)
    return headers


def continue_trace(headers: MutableMapping[str, str] | None = None) -> Context:
    """A context with a new span: a child of the caller's when `headers` carry a valid trace, else a new trace."""
    parent = trace.get_current_span(_PROPAGATOR.extract(headers or {}, context=Context())).get_span_context()
    span = trace.SpanContext(
        trace_id=parent.trace_id if parent.is_valid else _random_id(128),
        span_id=_random_id(64),
        is_remote=False,
        trace_flags=parent.trace_flags if parent.is_valid else trace.TraceFlags(trace.TraceFlags.SAMPLED),
        trace_state=parent.trace_state if parent.is_valid else None,
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(span))


def _random_id(bits: int) -> int:
    return secrets.randbits(bits) or 1  # zero means "no id" in W3C trace context


def _trace_headers(scope: Scope) -> dict[str, str]:
    found: dict[str, list[str]] = {name: [] for name in _TRACE_HEADERS}
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").lower()
        if name in found:
            found[name].append(raw_value.decode("latin-1"))
    if len(found["traceparent"]) != 1:  # two parents contradict each other: the specification says to trust neither
        return {}
    headers = {"traceparent": found["traceparent"][0]}
    state = ",".join(found["tracestate"])
    if state and len(state) <= _MAX_TRACESTATE_BYTES:
        headers["tracestate"] = state
    return headers


class TraceMiddleware:
    """Runs each request in its caller's trace and logs it in one line; probes that succeed are logged at DEBUG."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status: int | None = None

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        token = otel_context.attach(continue_trace(_trace_headers(scope)))
        try:
            await self._app(scope, receive, note_status)
        finally:
            _log.log(
                _access_level(scope["path"], status),
                "request",
                extra={
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "duration_ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
            otel_context.detach(token)


def _access_level(path: str, status: int | None) -> int:
    if status is None or status >= _HTTP_SERVER_ERROR:
        return logging.WARNING
    return logging.DEBUG if path in _PROBE_PATHS else logging.INFO


class JsonFormatter(logging.Formatter):
    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        span = trace.get_current_span().get_span_context()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self._service,
            "logger": record.name,
            "message": record.getMessage(),
            "trace_id": trace.format_trace_id(span.trace_id) if span.is_valid else None,
            "span_id": trace.format_span_id(span.span_id) if span.is_valid else None,
        }
        line |= {key: value for key, value in vars(record).items() if key not in _RECORD_FIELDS and key not in line}
        if record.exc_info and record.exc_info[0]:
            line["error"] = {"type": record.exc_info[0].__name__, "stack": self.formatException(record.exc_info)}
        return json.dumps(line, default=str, ensure_ascii=False)


def configure_logging(service: str, level: str = "INFO") -> None:
    """Routes all that the process says, third parties, warnings and crashes included, through one JSON handler."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for server in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(server).handlers.clear()
        logging.getLogger(server).propagate = True
    logging.getLogger("uvicorn.access").disabled = True  # TraceMiddleware logs requests, with their trace
    sys.excepthook = _log_crash
    threading.excepthook = lambda args: _log_crash(args.exc_type, args.exc_value, args.exc_traceback)


def _log_crash(kind: type[BaseException], error: BaseException | None, stack: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("wealth.crash").critical(
        "unhandled error", exc_info=(kind, error, stack) if error is not None else None
    )
