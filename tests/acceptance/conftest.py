"""The stack of inventory/ci, which molecule's default scenario brings up and leaves running for these tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import ROOT, Inventory
from tests.support.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.ansible import Run

LOGS = ROOT / ".artifacts" / "acceptance"


@pytest.fixture(scope="session")
def stack() -> Stack:
    inventory = Inventory(ROOT / "inventory" / "ci")
    running = Stack.of(inventory)
    if not running.kubeconfig.exists():
        pytest.skip("not run: the stack of inventory/ci is not up (tests/run.py molecule brings it up)")
    return running


@pytest.fixture
def play(stack: Stack, request: pytest.FixtureRequest) -> Callable[..., Run]:
    """Runs a playbook and keeps what it printed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name)}.log"
    log.unlink(missing_ok=True)

    def run(playbook: str, *arguments: str) -> Run:
        finished = stack.inventory.play(playbook, *arguments)
        with log.open("a") as file:
            file.write(finished.output)
        return finished

    return run
