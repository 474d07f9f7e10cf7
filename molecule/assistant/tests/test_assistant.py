"""Operations sees the stack and none of its Secrets, and nobody else reads what it signs in with."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.support.ansible import ROOT

if TYPE_CHECKING:
    from testinfra.host import Host

    from tests.support.stack import Stack


def test_its_folder_is_for_its_owner_only(machine: Host, stack: Stack) -> None:
    folder = machine.file(str(stack.state / "operations"))
    assert folder.mode == 0o700
    for name in ("kubeconfig", "prompt.txt"):
        assert machine.file(f"{folder.path}/{name}").mode == 0o600, name


def test_it_sees_every_part(machine: Host, stack: Stack) -> None:
    shown = machine.run(f"cd {ROOT} && {sys.executable} -m operations --inventory {stack.inventory.folder} status")
    assert shown.rc == 0, shown.stderr
    parts = {labels["app.kubernetes.io/component"] for labels in labels_of_pods(stack)}
    assert parts - {line.split()[0] for line in shown.stdout.splitlines() if line} == set()


def test_it_sees_no_secret(machine: Host, stack: Stack) -> None:
    signed_in = f"{stack.state}/bin/kubectl --kubeconfig {stack.state}/operations/kubeconfig"
    assert machine.run(f"{signed_in} auth can-i get pods").stdout.strip() == "yes"
    assert machine.run(f"{signed_in} auth can-i get secrets").stdout.strip() == "no"


def labels_of_pods(stack: Stack) -> list[dict[str, str]]:
    return [pod["metadata"]["labels"] for pod in stack.pods().values()]
