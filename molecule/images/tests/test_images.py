"""The node holds every image that the stack runs, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from testinfra.host import Host

    from tests.support.stack import Stack


@pytest.mark.parametrize("component", ["frontend", "backend", "mcp-server", "coordinator", "database"])
def test_node_holds_the_image(component: str, machine: Host, stack: Stack) -> None:
    image = stack.images()[component]
    held = machine.run(f"docker exec {stack.node} ctr --namespace k8s.io images check")
    assert held.rc == 0, held.stderr
    # the same image may be there under a registry's name as well
    (row,) = [line for line in held.stdout.splitlines() if line.split()[0] == f"docker.io/{image}"]
    assert " complete (" in row
