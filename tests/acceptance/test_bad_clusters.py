"""Bad hosts that only a machine with a running stack can show: refused with cause and cure, and nothing is changed."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ansible import ROOT, Inventory, Run, environment

if TYPE_CHECKING:
    from tests.support.stack import Stack

DAC_OVERRIDE = 1


def picture(stack: Stack) -> dict[str, Any]:
    return {"releases": stack.releases(), "pods": stack.pod_uids(), "objects": stack.dump()}


def refused(stack: Stack, *arguments: str) -> Run:
    before = picture(stack)
    run = stack.inventory.play("site.yml", *arguments)
    assert run.code != 0
    assert run.changed == 0, run.changed_tasks
    assert picture(stack) == before
    return run


@pytest.mark.spec("edge-no-ingress")
def test_missing_ingress_class(stack: Stack) -> None:
    run = refused(stack, "--tags=release", "-e", '{"release_values": {"ingress": {"className": "nowhere"}}}')
    assert "The cluster has no IngressClass 'nowhere' (it has traefik): install an ingress controller" in run.text
    assert "or set release_values.ingress.className to one of them" in run.text


@pytest.mark.spec("edge-no-ingress")
def test_chart_alone_refuses_a_missing_ingress_class(stack: Stack) -> None:
    """The same for those who install the chart without the playbooks."""
    installed = subprocess.run(
        [
            stack.state / "bin" / "helm",
            "upgrade",
            stack.name,
            ROOT / "charts" / "wealth-companion",
            f"--kubeconfig={stack.kubeconfig}",
            f"--namespace={stack.namespace}",
            "--reuse-values",
            "--set=ingress.className=nowhere",
            "--dry-run=server",
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert installed.returncode != 0
    assert "nowhere" in installed.stderr


def test_another_provider_for_the_same_stack(stack: Stack) -> None:
    run = refused(stack, "-e", "cluster_provider=minikube")
    assert "take it down first (`make down`) or give the second stack a stack_name of its own" in run.text


def test_port_of_another_stack(stack: Stack, tmp_path: Path) -> None:
    settings = {
        "stack_name": "wealth-second",
        "stack_http_port": int(stack.url.rsplit(":", 1)[1]),
        "stack_state_dir": str(tmp_path / "state"),
        "artifact_source": "packages",
        "cluster_provider": "kind",
    }
    run = Inventory.make(tmp_path / "inventory", settings).play("site.yml")
    assert run.code != 0
    assert f"is taken by the container {stack.node}: stop that, or set stack_http_port to a free port." in run.text
    assert not (tmp_path / "state").exists()


def test_no_access_to_docker(stack: Stack, tmp_path: Path) -> None:
    """A socket that belongs to somebody else, and no capability to use it all the same."""
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    if os.geteuid() == 0 and not int(status["CapBnd"], 16) >> DAC_OVERRIDE & 1:
        pytest.skip("not run: this machine gives root no say over files")
    path = tmp_path / "docker.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        os.chown(path, 65534, 65534)
        settings = {
            "stack_name": "wealth-second",
            "stack_state_dir": str(tmp_path / "state"),
            "artifact_source": "packages",
        }
        inventory = Inventory.make(tmp_path / "inventory", settings | {"stack_http_port": 18999})
        finished = subprocess.run(
            ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *inventory.command("site.yml")],
            cwd=ROOT,
            env=environment({"DOCKER_HOST": f"unix://{path}"}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    run = Run(finished.returncode, finished.stdout + finished.stderr, 0)
    assert run.code != 0
    assert "The Docker engine does not let this user in: add the user to the group docker" in run.text
    assert not (tmp_path / "state").exists()
