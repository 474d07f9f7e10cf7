"""The stack of inventory/ci, which molecule's default scenario brings up and leaves running for these tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.ansible import ROOT, Inventory, decrypt
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


@pytest.fixture(scope="session")
def seen() -> dict[str, set[str]]:
    """Every value that a key of the vault had while these tests ran."""
    return {}


@pytest.fixture(scope="session")
def vault(stack: Stack, seen: dict[str, set[str]]) -> Callable[[], dict[str, str]]:
    """Opens the vault."""

    def opened() -> dict[str, str]:
        values: dict[str, str] = yaml.safe_load(decrypt(stack.inventory.vault, stack.inventory.password_file))
        for key, value in values.items():
            seen.setdefault(key, set()).add(value)
        return values

    return opened


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
