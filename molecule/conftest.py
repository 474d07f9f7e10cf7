"""The stack that the scenario's inventory describes, seen from the machine that brought it up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import testinfra

from tests.support.ansible import Inventory
from tests.support.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable

    from testinfra.host import Host


@pytest.fixture(scope="session")
def stack() -> Stack:
    return Stack.of(Inventory(Path(os.environ["STACK_INVENTORY"])))


@pytest.fixture(scope="session")
def machine() -> Host:
    return testinfra.get_host("local://")


@pytest.fixture(scope="session")
def objects(machine: Host, stack: Stack) -> Callable[[str], list[dict[str, Any]]]:
    """Objects of a kind in the stack's namespace."""

    def ask(kind: str) -> list[dict[str, Any]]:
        shown = machine.run(f"{stack.kubectl_line} get {kind} --output json")
        assert shown.rc == 0, shown.stderr
        found: list[dict[str, Any]] = json.loads(shown.stdout)["items"]
        return found

    return ask
