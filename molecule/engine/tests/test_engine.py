"""The machine has the engine, the programs and the base images again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from testinfra.host import Host

    from tests.support.stack import Stack


@pytest.mark.parametrize(("program", "question"), [("helm", "version --short"), ("kubectl", "version --client")])
def test_programs_run(program: str, question: str, machine: Host, stack: Stack) -> None:
    link = machine.file(f"{stack.state}/bin/{program}")
    assert link.is_symlink
    assert machine.run(f"{link.path} {question}").rc == 0


def test_engine_holds_the_base_image_again(machine: Host) -> None:
    assert machine.run("docker images --quiet --filter reference='*/*/metrics-server'").stdout.split()
