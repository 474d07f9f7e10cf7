"""What runs is what Helm released, and nothing has been released twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.stack import Stack


@pytest.mark.spec("SC-003")
@pytest.mark.parametrize("name", ["frontend", "budget", "mcp-server"])
def test_stopped_and_changed_parts_run_again(name: str, stack: Stack) -> None:
    (deployment,) = [found for found in stack.items("deployments") if found["metadata"]["name"] == name]
    assert deployment["status"].get("readyReplicas", 0) >= 1
    assert "memory" in deployment["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]


@pytest.mark.spec("FR-004", "SC-003")
def test_deleted_objects_are_there_again(stack: Stack) -> None:
    assert "mcp-server" in {found["metadata"]["name"] for found in stack.items("networkpolicies")}
    assert "database" in {found["metadata"]["name"] for found in stack.items("services")}


def test_releases_are_deployed(stack: Stack) -> None:
    assert {status for _, status in stack.releases().values()} == {"deployed"}


@pytest.mark.spec("US5")
def test_stack_answers_from_its_database(stack: Stack) -> None:
    with stack.visitor() as visitor:
        visitor.sign_up()
        assert visitor.ask("How much did I spend this month?")["tool_calls"]
