"""kagent runs, and every agent that it was told of is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.stack import Stack


@pytest.fixture(scope="module")
def agents(stack: Stack) -> list[dict[str, Any]]:
    if "agents.kagent.dev" not in stack.namespaced_kinds():
        pytest.skip("not run: kagent is not installed on this stack")
    return stack.items("agents.kagent.dev")


def test_controller_runs(agents: list[dict[str, Any]], stack: Stack) -> None:
    deployments = stack.items("deployments", f"--selector=app.kubernetes.io/instance={stack.name}-kagent")
    assert deployments
    assert all(found["status"].get("readyReplicas") for found in deployments)


def test_agents_are_ready(agents: list[dict[str, Any]]) -> None:
    assert agents
    for agent in agents:
        conditions = {found["type"]: found["status"] for found in agent["status"]["conditions"]}
        assert {"Accepted": "True", "Ready": "True"}.items() <= conditions.items(), agent["metadata"]["name"]
