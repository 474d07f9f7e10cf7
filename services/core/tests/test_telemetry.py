"""W3C trace context (the cases of its specification), and logs as one JSON object a line."""

import json
import logging
import subprocess
import sys

import pytest

from wealth_core.telemetry import JsonFormatter, TraceMiddleware, outgoing_headers, trace_id

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PARENT = f"00-{TRACE}-{SPAN}-01"


async def send_through(*headers: tuple[str, str], path: str = "/", status: int = 200) -> tuple[str, dict[str, str]]:
    """The trace that a request with these headers runs in, and what it would send on."""
    seen: list[tuple[str, dict[str, str]]] = []

    async def app(scope, receive, send) -> None:
        seen.append((trace_id(), outgoing_headers()))
        await send({"type": "http.response.start", "status": status, "headers": []})

    async def nowhere(message=None) -> dict:
        return {}

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    await TraceMiddleware(app)({"type": "http", "method": "GET", "path": path, "headers": raw}, nowhere, nowhere)
    return seen[0]


@pytest.mark.spec("FR-026")
@pytest.mark.anyio
@pytest.mark.parametrize(
    "traceparent",
    [PARENT, f"00-{TRACE}-{SPAN}-00", f"cc-{TRACE}-{SPAN}-01", f"01-{TRACE}-{SPAN}-01-what-the-future-will-bring"],
    ids=["plain", "not sampled", "a later version", "a later version with more"],
)
async def test_a_valid_parent_is_continued_with_a_span_of_our_own(traceparent):
    current, sent = await send_through(("traceparent", traceparent))
    version, trace, span, flags = sent["traceparent"].split("-")
    assert (version, trace, current) == ("00", TRACE, TRACE)
    assert span != SPAN
    assert flags == traceparent.split("-")[3]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("traceparent", ""),),
        (("traceparent", "nonsense"),),
        (("traceparent", f"ff-{TRACE}-{SPAN}-01"),),
        (("traceparent", f"00-{'0' * 32}-{SPAN}-01"),),
        (("traceparent", f"00-{TRACE}-{'0' * 16}-01"),),
        (("traceparent", f"00-{TRACE.upper()}-{SPAN}-01"),),
        (("traceparent", f"00-{TRACE[:-1]}-{SPAN}-01"),),
        (("traceparent", f"00-{TRACE}-{SPAN}-01-extra"),),
        (("traceparent", f"00-{TRACE[:-1]}.-{SPAN}-01"),),
        (("traceparent", PARENT), ("traceparent", PARENT)),
    ],
)
async def test_an_invalid_parent_begins_a_trace_of_our_own(headers):
    current, sent = await send_through(*headers)
    assert current != TRACE
    assert sent["traceparent"].startswith(f"00-{current}-")
    assert "tracestate" not in sent


@pytest.mark.anyio
async def test_the_callers_state_travels_on_in_order():
    state = (("tracestate", "rojo=00f067aa0ba902b7"), ("tracestate", "congo=t61rcWkgMzE"))
    _, sent = await send_through(("traceparent", PARENT), *state)
    assert sent["tracestate"] == "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"


@pytest.mark.anyio
async def test_state_without_a_parent_or_without_measure_is_dropped():
    assert "tracestate" not in (await send_through(("tracestate", "a=1")))[1]
    assert "tracestate" not in (await send_through(("traceparent", PARENT), ("tracestate", f"a={'x' * 9000}")))[1]


def test_outside_a_request_there_is_no_trace():
    assert (trace_id(), outgoing_headers()) == (None, {})


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "status", "level"),
    [
        ("/accounts", 200, "INFO"),
        ("/accounts", 503, "WARNING"),
        ("/healthz", 200, "DEBUG"),
        ("/readyz", 503, "WARNING"),
    ],
)
async def test_each_request_is_one_line(caplog, path, status, level):
    caplog.set_level(logging.DEBUG)
    await send_through(("traceparent", PARENT), path=path, status=status)
    (record,) = [record for record in caplog.records if record.message == "request"]
    assert (record.levelname, record.path, record.status) == (level, path, status)


def test_a_line_is_json_whatever_is_in_it():
    fields = {"msg": "two\nlines %s", "args": ("\u00e4",), "levelname": "INFO", "user": {"a"}, "level": "mine"}
    line = JsonFormatter("backend").format(logging.makeLogRecord(fields))
    assert "\n" not in line
    parsed = json.loads(line)
    assert (parsed["message"], parsed["service"], parsed["level"]) == ("two\nlines \u00e4", "backend", "INFO")
    assert parsed["user"] == "{'a'}"


def test_everything_a_process_says_is_json_even_its_last_words():
    program = (
        "import logging, threading, warnings\n"
        "from wealth_core.telemetry import configure_logging\n"
        "configure_logging('backend', 'INFO')\n"
        "warnings.warn('careful')\n"
        "logging.getLogger('uvicorn.error').info('third party')\n"
        "thread = threading.Thread(target=lambda: 1 / 0)\n"
        "thread.start(); thread.join()\n"
        "raise KeyError('the end')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["logger"] for line in lines] == ["py.warnings", "uvicorn.error", "wealth.crash", "wealth.crash"]
    assert [line["error"]["type"] for line in lines[2:]] == ["ZeroDivisionError", "KeyError"]
    assert ended.stderr == ""
    assert ended.returncode == 1
