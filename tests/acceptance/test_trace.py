"""FR-026: one trace id finds a chat turn in the logs of every hop; logs are JSON only."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.stack import Stack

HOPS = {"backend", "coordinator", "spending", "mcp-server"}


def components_that_logged(stack: Stack, trace: str) -> set[str]:
    return {
        pod["metadata"]["labels"]["app.kubernetes.io/component"]
        for name, pod in stack.pods().items()
        if trace in stack.kubectl("logs", name, "--tail=2000")
    }


@pytest.mark.spec("FR-026")
def test_one_trace_goes_through_every_hop(stack: Stack) -> None:
    trace = secrets.token_hex(16)
    with stack.visitor() as visitor:
        visitor.sign_up()
        headers = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
        assert visitor.ask("How much did I spend this month?", headers=headers)["tool_calls"]
    deadline = time.monotonic() + 10
    while not (logged := components_that_logged(stack, trace)) >= HOPS and time.monotonic() < deadline:
        time.sleep(1)
    assert logged >= HOPS


@pytest.mark.parametrize("component", ["frontend", *sorted(HOPS)])
def test_logs_are_json(component: str, stack: Stack) -> None:
    lines = stack.kubectl("logs", f"--selector=app.kubernetes.io/component={component}", "--tail=200").splitlines()
    assert lines
    for line in lines:
        assert isinstance(json.loads(line), dict), line
