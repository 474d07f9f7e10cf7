"""States that a minikube cluster can be in, and wishes that no minikube can fulfil, judged with the real program.

No cluster is started: minikube's folder is brought into each state as a killed or a finished start leaves it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ansible import VENV, Inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("minikube") is None, reason="not run: no minikube")

NAME = "wealth-minikube-states"
PORT = 18098
PLAY = """
- hosts: localhost
  environment: "{{ stack_environment }}"
  tasks:
    - ansible.builtin.include_tasks: case.yml
      loop: "{{ states }}"
      loop_control: {loop_var: case}
    - ansible.builtin.copy:
        content: "{{ outcomes | to_json }}"
        dest: "{{ playbook_dir }}/outcomes.json"
        mode: "0600"
"""
CASE = """
- vars:
    cluster_name: "{{ case.name }}"
    cluster_minikube_home: "{{ case.home }}"
    cluster_minikube_cpus: "{{ case.cpus }}"
    cluster_minikube_memory_mib: "{{ case.memory }}"
    cluster_kubeconfig: "{{ case.home }}/kubeconfig"
  block:
    - ansible.builtin.include_role: {name: cluster, tasks_from: "{{ case.tasks_from }}"}
    - ansible.builtin.set_fact:
        outcomes: "{{ outcomes | default({}) | combine({case.label: ''}) }}"
  rescue:
    - ansible.builtin.set_fact:
        outcomes: "{{ outcomes | default({}) | combine({case.label: ansible_failed_result.msg}) }}"
"""
# what a finished start of v1.38.1 leaves, less what nobody reads
CONFIG: dict[str, Any] = {
    "Name": NAME,
    "KicBaseImage": "gcr.io/k8s-minikube/kicbase:v0.0.50",
    "Memory": 3072,
    "CPUs": 2,
    "Driver": "docker",
    "APIServerPort": 8443,
    "KubernetesConfig": {
        "KubernetesVersion": "v1.35.4",
        "ClusterName": NAME,
        "ContainerRuntime": "containerd",
        "CNI": "kindnet",
    },
    "Nodes": [
        {
            "Name": "",
            "IP": "192.168.49.2",
            "Port": 8443,
            "KubernetesVersion": "v1.35.4",
            "ContainerRuntime": "containerd",
            "ControlPlane": True,
            "Worker": True,
        }
    ],
    "ExposedPorts": [f"127.0.0.1:{PORT}:80"],
}


def keep_profile(home: Path, text: str) -> None:
    profile = home / ".minikube" / "profiles" / NAME
    profile.mkdir(parents=True)
    (profile / "config.json").write_text(text)


def made_with(**changes: object) -> Callable[[Path], None]:
    return lambda home: keep_profile(home, json.dumps(CONFIG | changes))


def nothing(home: Path) -> None:
    """A machine that minikube never ran on."""


def no_folder(home: Path) -> None:
    home.rmdir()
    home.touch()


def damaged(home: Path) -> None:
    keep_profile(home, json.dumps(CONFIG)[:100])


def foreign_credentials(home: Path) -> None:
    keep_profile(home, json.dumps(CONFIG))
    (home / ".minikube" / "ca.crt").write_text("ours\n")
    clusters = f"- cluster:\n    certificate-authority-data: dGhlaXJz\n  name: {NAME}"
    (home / "kubeconfig").write_text(f"apiVersion: v1\nclusters:\n{clusters}\n")


CASES: dict[str, tuple[Callable[[Path], None], dict[str, object], str]] = {
    "nothing": (nothing, {}, ""),
    "its container is gone": (made_with(), {}, ""),
    "made larger": (made_with(CPUs=4), {}, "was made with cluster_minikube_cpus=4 where 2 is asked for, and these are"),
    "made on another port": (
        made_with(ExposedPorts=["127.0.0.1:8080:80"]),
        {},
        f"stack_http_port=127.0.0.1:8080:80 where 127.0.0.1:{PORT}:80 is asked for",
    ),
    "made with a newer Kubernetes": (
        made_with(KubernetesConfig=CONFIG["KubernetesConfig"] | {"KubernetesVersion": "v1.36.0"}),
        {},
        "runs Kubernetes v1.36.0 and can not go back to v1.35.4",
    ),
    "damaged": (damaged, {}, "is damaged, most likely by a run that was killed: remove the cluster with `make down`"),
    "damaged and removed": (damaged, {"tasks_from": "minikube_absent"}, ""),
    "not a folder": (no_folder, {}, "(HOST_HOME_MKDIR: Error creating minikube directory"),
    "credentials of another cluster": (foreign_credentials, {}, "move that file away, then run this again."),
    "more memory than there is": (
        nothing,
        {"memory": 99_999_999},
        "cluster_minikube_memory_mib is 99999999, but a node needs at least 1900 and the Docker engine has",
    ),
    "less memory than it takes": (nothing, {"memory": 1024}, "cluster_minikube_memory_mib is 1024, but a node needs"),
    "more processors than there are": (
        nothing,
        {"cpus": 999},
        "cluster_minikube_cpus is 999, but a node needs at least 2",
    ),
    "a container with its name": (
        nothing,
        {"name": f"{NAME}-taken"},
        f"remove it with `docker rm -f {NAME}-taken`, or set another stack_name.",
    ),
}
DOCKER_INFO = ["docker", "info"]
NEED_THE_ENGINE = ("more memory", "less memory", "more processors", "a container")


def engine_answers() -> bool:
    return (
        shutil.which("docker") is not None
        and subprocess.run(DOCKER_INFO, check=False, capture_output=True).returncode == 0
    )


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A container that is not minikube's, of an empty image."""
    if not engine_answers():
        yield
        return
    image = f"{NAME}:empty"
    empty = tmp_path_factory.mktemp("empty")
    (empty / "Dockerfile").write_text("FROM scratch\nLABEL empty=yes\n")
    docker = ["docker"]
    subprocess.run([*docker, "build", "--quiet", "--tag", image, empty], check=True, capture_output=True)
    subprocess.run([*docker, "create", "--name", f"{NAME}-taken", image, "none"], check=True, capture_output=True)
    yield
    subprocess.run([*docker, "rm", "--force", f"{NAME}-taken"], check=True, capture_output=True)
    subprocess.run([*docker, "image", "rm", image], check=True, capture_output=True)


@pytest.fixture(scope="module")
def outcomes(container: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One run goes through all of them."""
    folder = tmp_path_factory.mktemp("minikube")
    states = []
    for number, (label, (arrange, settings, _)) in enumerate(CASES.items()):
        home = folder / f"home-{number}"
        home.mkdir()
        arrange(home)
        defaults = {"name": NAME, "cpus": 2, "memory": 3072, "tasks_from": "minikube_check"}
        states.append(defaults | settings | {"label": label, "home": str(home)})
    (folder / "play.yml").write_text(PLAY)
    (folder / "case.yml").write_text(CASE)
    settings = {
        "stack_name": NAME,
        "stack_http_port": PORT,
        "stack_state_dir": str(folder / "state"),
        "stack_cache_dir": str(folder / "cache"),
        "states": states,
        "preflight_choices": {"artifact_source": "upstream", "cluster_provider": "minikube"},
    }
    path = f"{VENV}:{os.environ['PATH']}"
    run = Inventory.make(folder / "inventory", settings).play(str(folder / "play.yml"), env={"PATH": path})
    assert run.code == 0, run.output
    removed = folder / f"home-{list(CASES).index('damaged and removed')}" / ".minikube" / "profiles" / NAME
    assert not removed.exists()
    said: dict[str, str] = json.loads((folder / "outcomes.json").read_text())
    return said


@pytest.mark.parametrize("label", CASES)
def test_a_state_is_judged_before_anything_is_started(outcomes: dict[str, str], label: str) -> None:
    if label.startswith(NEED_THE_ENGINE) and not engine_answers():
        pytest.skip("not run: no container engine")
    says = CASES[label][2]
    if says:
        assert says in outcomes[label]
        assert "\n" not in outcomes[label]
    else:
        assert outcomes[label] == ""
