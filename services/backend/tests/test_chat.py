"""A question through every hop: backend, coordinator, spending, MCP server, database."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.support.books import KEY
from tests.support.services import Served, free_port, serve

from .conftest import problem, serve_backend, sign_up

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
HOPS = ("backend", "coordinator", "spending", "mcp-server")


@pytest.fixture
def stack(database, tmp_path) -> Iterator[dict[str, Served]]:
    with ExitStack() as running:
        logs = {name: tmp_path / f"{name}.log" for name in HOPS}
        port, key = free_port(), KEY.get_secret_value()
        mcp = running.enter_context(
            serve("wealth_mcp", logs["mcp-server"], DATABASE_URL=database.mcp, MCP_TOKEN_KEY=key)
        )
        spending = running.enter_context(
            serve("wealth_agents", logs["spending"], AGENT_NAME="spending", MCP_URL=f"{mcp.address}/mcp")
        )
        coordinator = running.enter_context(
            serve(
                "wealth_agents", logs["coordinator"], port=port, AGENT_NAME="coordinator", SPENDING_URL=spending.address
            )
        )
        backend = running.enter_context(
            serve_backend(database.backend, logs["backend"], COORDINATOR_URL=coordinator.address)
        )
        mcp.wait_ready("/readyz")
        spending.wait_ready("/health")
        coordinator.wait_ready("/health")
        yield {"backend": backend, "coordinator": coordinator, "spending": spending, "mcp-server": mcp}


def test_a_question_is_answered_from_the_askers_own_books(stack):
    served = stack["backend"]
    ada, eve = sign_up(served), sign_up(served)
    for person, amount in ((ada, "-84.15"), (eve, "-666.66")):
        person.spend(person.account(), amount, "Corner Grocery", category_id=person.category("Groceries"))
    question = {"message": "How much did I spend on groceries in October 2026?"}
    answer = ada.http.post("/chat", json=question, headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert {"reply", "model", "tool_calls", "trace_id", "conversation_id", "message_id"} <= set(body)
    assert "84.15" in body["reply"]
    assert body["model"] == "offline-analyst"
    assert body["trace_id"] == TRACE
    assert {call["agent"] for call in body["tool_calls"]} == {"spending"}
    assert set(body["tool_calls"][0]) == {"agent", "tool", "arguments", "result"}
    assert "666.66" not in answer.text
    for hop in stack.values():
        hop.wait_logged(trace_id=TRACE)
        assert "Corner Grocery" not in hop.log.read_text(), hop.log.name


@pytest.mark.parametrize("message", ["", "x" * 2001, None, 5])
def test_a_question_that_can_not_be_asked(ada, message):
    assert problem(ada.http.post("/chat", json={"message": message}), 422, "invalid")["errors"][0]["field"] == "message"
