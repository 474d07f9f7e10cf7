"""A run that is killed at any moment is simply started again: the namespace comes out the same.

Each case takes one stage back to where a first run finds it, starts that stage, kills it at a moment, runs it again,
and compares what is there with what an undisturbed run had left. `make test-killed` kills the stages that take minutes.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ansible import Inventory
from tests.support.killing import killed_play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.stack import Stack


@dataclass(frozen=True)
class Moment:
    playbook: str
    stage: str
    back: Callable[[Stack], None]
    task: str
    after: float = 0

    def __str__(self) -> str:
        return f"{self.stage}-{self.task.split(' | ')[-1].replace(' ', '-')}-{self.after:g}s"


def without_secrets(stack: Stack) -> None:
    stack.kubectl("delete", "secrets", "--selector=app.kubernetes.io/managed-by=ansible")


def without_application(stack: Stack) -> None:
    stack.helm("uninstall", stack.name, "--wait", "--ignore-not-found")


def without_database(stack: Stack) -> None:
    stack.helm("uninstall", stack.database_release, "--wait", "--ignore-not-found")


def without_an_image_in_the_node(stack: Stack) -> None:
    image = stack.images()["frontend"]
    stack.helm("uninstall", stack.name, "--wait", "--ignore-not-found")
    subprocess.run(
        ["docker", "exec", stack.node, "ctr", "--namespace", "k8s.io", "images", "rm", "--sync", f"docker.io/{image}"],
        check=True,
        capture_output=True,
    )


def without_ingress_controller(stack: Stack) -> None:
    stack.helm("uninstall", "traefik", "--namespace=ingress", "--wait")


def without_metrics(stack: Stack) -> None:
    stack.helm("uninstall", "metrics-server", "--namespace=kube-system", "--wait")


SECRETS, DEPLOY = "playbooks/create-secrets.yml", "playbooks/deploy-stack.yml"
IMAGES, PROVISION = "playbooks/build-images.yml", "playbooks/provision-cluster.yml"
MOMENTS = [
    Moment(SECRETS, "secrets", without_secrets, "Apply | Read the Secrets that are there"),
    Moment(SECRETS, "secrets", without_secrets, "Apply | Write Secrets"),
    Moment(SECRETS, "secrets", without_secrets, "Apply | Write Secrets", after=0.2),
    Moment(PROVISION, "ingress", without_ingress_controller, "Traefik | Install", after=1.5),
    Moment(PROVISION, "metrics", without_metrics, "Chart | Install", after=1.5),
    Moment(IMAGES, "images", without_an_image_in_the_node, "Load | Bring them into the node", after=1.5),
    Moment(DEPLOY, "database", without_database, "Release | Install or upgrade the database", after=0.5),
    Moment(DEPLOY, "release", without_application, "Deploy | Install or upgrade the release", after=1.5),
    Moment(DEPLOY, "release", without_application, "Deploy | Install or upgrade the release", after=8),
]

# Who makes again what going back took away besides: without the release there is no account of operations either,
# and which password the database knows is noted by who tells it.
LATER = {
    "images": ("release", "kubectl_ai"),
    "release": ("kubectl_ai",),
    "secrets": ("database",),
}


@pytest.fixture(scope="module")
def undisturbed(stack: Stack, request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    yield stack.dump()
    # what a failed case left would fail others
    if request.session.testsfailed:
        stack.inventory.play("site.yml")


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_killed_stage_is_made_whole_by_the_next_run(moment: Moment, stack: Stack, undisturbed: dict[str, Any]) -> None:
    releases = {name: status for name, (_, status) in stack.releases().items()}
    moment.back(stack)
    printed, killed = killed_play(
        stack.inventory, moment.playbook, f"--tags={moment.stage}", at=moment.task, after=moment.after
    )
    assert killed, printed

    again = stack.inventory.play("site.yml", f"--tags={','.join((moment.stage, *LATER.get(moment.stage, ())))}")

    assert again.code == 0, again.output
    assert {name: status for name, (_, status) in stack.releases().items()} == releases
    assert stack.dump() == undisturbed


@pytest.mark.parametrize("task", ["Generate | Make the password file", "Generate | Make the vault"])
def test_killed_making_of_the_vault_is_made_whole(task: str, stack: Stack, tmp_path: Path) -> None:
    namespace = "wealth-killed"
    settings = {
        "stack_name": namespace,
        "stack_namespace": namespace,
        "stack_state_dir": str(tmp_path / "state"),
        "stack_kubeconfig": str(stack.kubeconfig),
        "stack_context": stack.context,
        "stack_bin_dir": str(stack.state / "bin"),
    }
    inventory = Inventory.make(tmp_path / "inventory", settings)
    try:
        printed, killed = killed_play(inventory, SECRETS, at=task, after=0.3)
        assert killed, printed
        again = inventory.play(SECRETS)
        assert again.code == 0, again.output
        assert inventory.play(SECRETS).changed == 0
        made = stack.kubectl("get", "secrets", f"--namespace={namespace}", "--output=name").split()
        assert sorted(made) == sorted(f"secret/{name}" for name in stack.secret_names())
    finally:
        stack.kubectl("delete", "namespace", namespace, "--ignore-not-found", "--wait=false")
        shutil.rmtree(tmp_path / "state", ignore_errors=True)


def test_all_of_it_is_as_a_run_leaves_it(stack: Stack, undisturbed: dict[str, Any]) -> None:
    run = stack.inventory.play("site.yml")
    assert run.code == 0, run.output
    assert run.changed == 0, run.changed_tasks
    assert stack.dump() == undisturbed
