"""What the role makes of minikube's answers, without minikube: support/minikube_replay.py stands in for it on PATH.

The answers are those of minikube v1.38.1: profile, status and the errors that could be provoked were recorded from it,
the other errors have the form that its source gives them. test_cluster_minikube_states.py asks the real program.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import minikube_replay
from tests.support.ansible import ROOT, VENV, Inventory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "wealth-replayed"
PORT = 18099
RUNNING = {
    "Name": NAME,
    "Host": "Running",
    "Kubelet": "Running",
    "APIServer": "Running",
    "Kubeconfig": "Configured",
    "Worker": False,
}
STOPPED = RUNNING | dict.fromkeys(("Host", "Kubelet", "APIServer", "Kubeconfig"), "Stopped")
SLOW_ENGINE = json.dumps(
    {
        "specversion": "1.0",
        "id": "6d1a",
        "source": "https://minikube.sigs.k8s.io/",
        "type": "io.k8s.sigs.minikube.warning",
        "datacontenttype": "application/json",
        "data": {"message": 'Executing "docker container inspect" took an unusually long time: 2.4s'},
    }
)
AUTHORITY = b"-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n"

PLAY = """
- hosts: localhost
  environment: "{{ stack_environment }}"
  tasks:
    - ansible.builtin.include_vars: "{{ constants }}"
    - ansible.builtin.include_tasks: case.yml
      loop: "{{ replayed }}"
      loop_control: {loop_var: case}
    - ansible.builtin.copy:
        content: "{{ refusals | to_json }}"
        dest: "{{ playbook_dir }}/refusals.json"
        mode: "0600"
"""
CASE = """
- environment: {MINIKUBE_REPLAY: "{{ case }}/replay.json"}
  block:
    # what a failed start says needs no look around before it
    - ansible.builtin.include_role:
        name: cluster
        tasks_from: "{{ 'minikube_start' if 'error_' in case else 'minikube' }}"
      vars:
        cluster_kubeconfig: "{{ case }}/kubeconfig"
        cluster_minikube_home: "{{ case }}/home"
    - ansible.builtin.set_fact: {refusals: "{{ refusals | default({}) | combine({case: ''}) }}"}
  rescue:
    - ansible.builtin.set_fact: {refusals: "{{ refusals | default({}) | combine({case: ansible_failed_result.msg}) }}"}
"""

Answer = dict[str, Any]
CASES: dict[str, Callable[[Path], dict[str, Answer]]] = {}


def case(arrange: Callable[[Path], dict[str, Answer]]) -> Callable[[Path], dict[str, Answer]]:
    CASES[arrange.__name__] = arrange
    return arrange


def config(**changes: Any) -> dict[str, Any]:
    kubernetes = {"KubernetesVersion": "v1.35.4", "ContainerRuntime": "containerd", "CNI": "kindnet"}
    made = {
        "Name": NAME,
        "Driver": "docker",
        "CPUs": 2,
        "Memory": 3072,
        "KicBaseImage": "gcr.io/k8s-minikube/kicbase:v0.0.50",
        "ExposedPorts": [f"127.0.0.1:{PORT}:80"],
        "KubernetesConfig": kubernetes | changes.pop("KubernetesConfig", {}),
    }
    return made | changes


def profiles(*configs: dict[str, Any]) -> Answer:
    valid = [{"Name": each["Name"], "Status": "Skipped", "Config": each, "Active": False} for each in configs]
    return {"stdout": json.dumps({"valid": valid, "invalid": []})}


def status(*lines: object, code: int = 0) -> Answer:
    return {"stdout": "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), "code": code}


def event(name: str, code: int, message: str, advice: str = "") -> Answer:
    """How `start --output=json` ends when it fails; steps, warnings and what was forced come before."""
    forced = {"advice": "", "exitcode": "57", "message": "forced", "name": "DRV_AS_ROOT"}
    data = {"advice": advice, "exitcode": str(code), "issues": "", "message": message, "name": name, "url": ""}
    lines: list[dict[str, object]] = [
        {"type": "io.k8s.sigs.minikube.step", "data": {"currentstep": "1", "message": "Using the docker driver"}},
        {"type": "io.k8s.sigs.minikube.error", "data": {"message": "docker run: exit status 125"}},
        {"type": "io.k8s.sigs.minikube.error", "data": forced},
        {"type": "io.k8s.sigs.minikube.error", "data": data},
    ]
    return {"stdout": "\n".join(map(json.dumps, lines)) + "\n", "code": code}


def kubeconfig(folder: Path, authority: dict[str, str]) -> None:
    home = folder / "home" / ".minikube"
    home.mkdir(parents=True)
    (home / "ca.crt").write_bytes(AUTHORITY)
    authority = {key: value.format(home=home) for key, value in authority.items()}
    lines = [f"    {key}: {value}" for key, value in authority.items()]
    (folder / "kubeconfig").write_text(
        "\n".join(
            [
                "apiVersion: v1",
                "clusters:",
                "- cluster:",
                *lines,
                "    server: https://192.168.49.2:8443",
                f"  name: {NAME}",
            ]
        )
    )


# ---- states of the cluster ----


@case
def healthy(folder: Path) -> dict[str, Answer]:
    kubeconfig(folder, {"certificate-authority-data": base64.b64encode(AUTHORITY).decode()})
    return {"profile list": profiles(config(Name="other"), config()), "status": status(RUNNING)}


@case
def healthy_on_a_slow_engine(folder: Path) -> dict[str, Answer]:
    return {"profile list": profiles(config()), "status": status(SLOW_ENGINE, RUNNING)}


@case
def healthy_with_a_second_node(folder: Path) -> dict[str, Answer]:
    worker = RUNNING | {
        "Name": f"{NAME}-m02",
        "APIServer": "Irrelevant",
        "Kubeconfig": "Irrelevant",
        "Worker": True,
    }
    return {"profile list": profiles(config()), "status": status([RUNNING, worker])}


@case
def moved(folder: Path) -> dict[str, Answer]:
    kubeconfig(folder, {"certificate-authority": "{home}/ca.crt"})
    return {
        "profile list": profiles(config()),
        "status": status(RUNNING | {"Kubeconfig": "Misconfigured"}, code=4),
        "update-context": {"stdout": f'"{NAME}" context has been updated to point to 192.168.58.2:8443\n'},
    }


@case
def none_yet(folder: Path) -> dict[str, Answer]:
    return {"profile list": profiles(), "start": {}}


@case
def stopped(folder: Path) -> dict[str, Answer]:
    return {"profile list": profiles(config()), "status": status(STOPPED, code=7), "start": {}}


@case
def container_gone(folder: Path) -> dict[str, Answer]:
    return {"profile list": profiles(config()), "status": status("null", code=7), "start": {}}


@case
def api_down(folder: Path) -> dict[str, Answer]:
    state = status(RUNNING | {"APIServer": "Stopped"}, code=2)
    return {"profile list": profiles(config()), "status": state, "start": {}}


@case
def older_kubernetes(folder: Path) -> dict[str, Answer]:
    made = config(KubernetesConfig={"KubernetesVersion": "v1.34.2"})
    return {"profile list": profiles(made), "status": status(RUNNING), "start": {}}


# ---- what is refused before anything is changed ----

FIXED: dict[str, tuple[dict[str, Any], str]] = {
    "cpus": ({"CPUs": 4}, "made with cluster_minikube_cpus=4 where 2 is asked for, and these are fixed"),
    "memory": ({"Memory": 8000}, "cluster_minikube_memory_mib=8000 where 3072 is asked for"),
    "driver": ({"Driver": "podman"}, "driver=podman where docker is asked for"),
    "port": (
        {"ExposedPorts": ["127.0.0.1:8080:80"]},
        f"stack_http_port=127.0.0.1:8080:80 where 127.0.0.1:{PORT}:80 is asked for",
    ),
    "no_port": ({"ExposedPorts": None}, f"stack_http_port= where 127.0.0.1:{PORT}:80 is asked for"),
    "runtime": (
        {"KubernetesConfig": {"ContainerRuntime": "docker"}},
        "container runtime=docker where containerd is asked for",
    ),
    "network": ({"KubernetesConfig": {"CNI": "bridge"}}, "cluster_minikube_cni=bridge where kindnet is asked for"),
    "two": (
        {"CPUs": 3, "Memory": 2500},
        "cluster_minikube_cpus=3 where 2 is asked for; cluster_minikube_memory_mib=2500",
    ),
}


def made_with(changes: dict[str, Any]) -> Callable[[Path], dict[str, Answer]]:
    return lambda _: {"profile list": profiles(config(**changes))}


CASES |= {f"fixed_{label}": made_with(changes) for label, (changes, _) in FIXED.items()}


@case
def newer_kubernetes(folder: Path) -> dict[str, Answer]:
    return {"profile list": profiles(config(KubernetesConfig={"KubernetesVersion": "v1.36.0"}))}


@case
def damaged_profile(folder: Path) -> dict[str, Answer]:
    profile = folder / "home" / ".minikube" / "profiles" / NAME
    profile.mkdir(parents=True)
    (profile / "config.json").write_text('{"Name": "wealth-re')
    return {"profile list": profiles(config(Name="other"))}


@case
def profile_half_replaced(folder: Path) -> dict[str, Answer]:
    profile = folder / "home" / ".minikube" / "profiles" / NAME
    profile.mkdir(parents=True)
    (profile / "config.json.tmp2718281828").write_text(json.dumps(config()))
    return {"profile list": profiles()}


@case
def unusable_folder(folder: Path) -> dict[str, Answer]:
    message = "\nX Exiting due to HOST_HOME_PERMISSION: mkdir /home/other/.minikube: permission denied\n* \n╭────╮\n"
    return {"profile list": {"stderr": message, "code": 37}}


@case
def kubeconfig_of_another_cluster(folder: Path) -> dict[str, Answer]:
    kubeconfig(folder, {"certificate-authority-data": base64.b64encode(b"another's").decode()})
    return {"profile list": profiles()}


REFUSED = {
    "newer_kubernetes": "runs Kubernetes v1.36.0 and can not go back to v1.35.4: set the version back, or make it anew",
    "damaged_profile": "profile of the cluster wealth-replayed is damaged, most likely by a run that was killed:",
    "profile_half_replaced": "profile of the cluster wealth-replayed is damaged",
    "unusable_folder": "permission denied): give that folder to this user (`chown -R`), or set cluster_minikube_home",
    "kubeconfig_of_another_cluster": "credentials of another cluster named wealth-replayed: move that file away",
} | {f"fixed_{label}": says for label, (_, says) in FIXED.items()}


# ---- what a failed start says ----

ERRORS = {
    "DRV_AS_ROOT": (57, "user of the group docker."),
    "DRV_CREATE_TIMEOUT": (52, "raise cluster_minikube_timeout_seconds."),
    "DRV_NOT_HEALTHY": (54, "`docker info`."),
    "GUEST_DRIVER_MISMATCH": (81, "remove it (`make down`) or set another stack_name."),
    "GUEST_PROVISION": (80, "remove what is left with `make down`."),
    "GUEST_START": (80, "`minikube logs` tells why, and `make down` clears it away."),
    "HOST_CONFIG_LOAD": (38, "remove it (`make down`), then run this again."),
    "HOST_HOME_PERMISSION": (37, "(`chown -R`) or set cluster_minikube_home."),
    "IF_DEDICATED_NETWORK": (70, "`docker network prune`."),
    "INET_CACHE_BINARIES": (40, "set artifact_source=packages, which downloads nothing from minikube's hosts."),
    "K8S_APISERVER_MISSING": (105, "`minikube logs` tells why, and `make down` clears it away."),
    "K8S_DOWNGRADE_UNSUPPORTED": (106, "set the version back or make the cluster anew"),
    "K8S_INSTALL_FAILED": (100, "check the connection, then run this again."),
    "K8S_INSTALL_FAILED_CONTAINER_RUNTIME_NOT_RUNNING": (93, "containerd does not run in the node"),
    "K8S_NEW_UNSUPPORTED": (106, "install a newer minikube."),
    "PROVIDER_DOCKER_NEWGRP": (69, "(`sudo usermod -aG docker $USER`) and sign in again."),
    "PROVIDER_DOCKER_NOT_RUNNING": (63, "the Docker engine does not run; start it."),
    "PR_DOCKER_CGROUP_MOUNT": (60, "check it with `docker info`."),
    "RSRC_DOCKER_STORAGE": (26, "`docker system prune`."),
    "RSRC_INSUFFICIENT_CORES": (29, "lower cluster_minikube_cpus, though not below 2."),
    "RSRC_INSUFFICIENT_REQ_MEMORY": (23, "lower cluster_minikube_memory_mib, though not below 1900."),
    "RSRC_OVER_ALLOC_MEM": (10, "lower cluster_minikube_memory_mib."),
    "RUNTIME_ENABLE": (90, "containerd does not start in the node"),
}


def failing(name: str, code: int) -> Callable[[Path], dict[str, Answer]]:
    return lambda _: {"start": event(name, code, f"what minikube says of\n{name}")}


CASES |= {f"error_{name}": failing(name, code) for name, (code, _) in ERRORS.items()}


@case
def error_that_nobody_foresaw(folder: Path) -> dict[str, Answer]:
    return {"start": event("RT_NEW", 90, "it broke", advice="Do as minikube says.")}


@case
def error_without_an_event(folder: Path) -> dict[str, Answer]:
    return {"start": {"stderr": "panic: runtime error\n", "code": 29}}


@case
def error_code_that_nobody_foresaw(folder: Path) -> dict[str, Answer]:
    return {"start": {"stderr": "panic: runtime error\n", "code": 2}}


# ---- the run ----


@dataclass(frozen=True)
class Outcome:
    refusal: str
    calls: list[str]

    @property
    def commands(self) -> list[str]:
        return [minikube_replay.command(call.split()) for call in self.calls]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """One run goes through all cases."""
    folder = tmp_path_factory.mktemp("minikube")
    for name, arrange in CASES.items():
        (folder / name).mkdir()
        (folder / name / "replay.json").write_text(json.dumps(arrange(folder / name)))
        # a start would have written it
        (folder / name / "kubeconfig").touch()
    programs = folder / "programs"
    programs.mkdir()
    (programs / "minikube").symlink_to(minikube_replay.__file__)
    (folder / "play.yml").write_text(PLAY)
    (folder / "case.yml").write_text(CASE)
    settings = {
        "stack_name": NAME,
        "stack_http_port": PORT,
        "stack_state_dir": str(folder / "state"),
        "stack_cache_dir": str(folder / "cache"),
        "constants": str(ROOT / "roles" / "cluster" / "vars" / "minikube.yml"),
        "replayed": [str(folder / name) for name in CASES],
        "preflight_choices": {"artifact_source": "upstream", "cluster_provider": "minikube"},
    }
    path = f"{programs}:{VENV}:{os.environ['PATH']}"
    run = Inventory.make(folder / "inventory", settings).play(str(folder / "play.yml"), env={"PATH": path})
    assert run.code == 0, run.output
    refusals = json.loads((folder / "refusals.json").read_text())
    return {
        name: Outcome(refusals[str(folder / name)], (folder / name / "replay.calls").read_text().splitlines())
        for name in CASES
    }


@pytest.mark.parametrize("name", ["healthy", "healthy_on_a_slow_engine", "healthy_with_a_second_node"])
def test_a_healthy_cluster_is_only_looked_at(outcomes: dict[str, Outcome], name: str) -> None:
    assert outcomes[name].refusal == ""
    assert outcomes[name].commands == ["profile list", "status"]


def test_a_cluster_with_another_address_gets_a_new_kubeconfig(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["moved"].refusal == ""
    assert outcomes["moved"].commands == ["profile list", "status", "update-context"]


@pytest.mark.parametrize("name", ["none_yet", "stopped", "container_gone", "api_down", "older_kubernetes"])
def test_any_other_is_started(outcomes: dict[str, Outcome], name: str) -> None:
    assert outcomes[name].refusal == ""
    assert outcomes[name].commands.count("start") == 1


def test_a_start_is_told_everything_that_has_a_default(outcomes: dict[str, Outcome]) -> None:
    start = set(outcomes["none_yet"].calls[-1].split())
    assert start >= {
        f"--profile={NAME}",
        "--driver=docker",
        "--container-runtime=containerd",
        "--kubernetes-version=v1.35.4",
        "--cpus=2",
        "--memory=3072",
        "--cni=kindnet",
        f"--ports=127.0.0.1:{PORT}:80",
        "--wait=all",
        "--interactive=false",
        "--output=json",
    }
    assert not any(word.startswith("--delete-on-failure") for word in start)
    assert ("--force" in start) == (os.geteuid() == 0)


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_work_is_refused_before_a_start(outcomes: dict[str, Outcome], name: str) -> None:
    assert REFUSED[name] in outcomes[name].refusal
    assert "\n" not in outcomes[name].refusal
    assert set(outcomes[name].commands) <= {"profile list", "status"}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_becomes_a_sentence(outcomes: dict[str, Outcome], name: str) -> None:
    refusal = outcomes[f"error_{name}"].refusal
    assert refusal.startswith(f"minikube could not start the cluster {NAME} ({name}: what minikube says of {name}): ")
    assert ERRORS[name][1] in refusal
    assert "\n" not in refusal


def test_an_error_that_nobody_foresaw_keeps_its_own_advice(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["error_that_nobody_foresaw"].refusal.endswith("(RT_NEW: it broke): Do as minikube says.")


def test_an_exit_without_an_event_is_explained_by_its_code(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["error_without_an_event"].refusal.endswith(
        "(exit 29: panic: runtime error): "
        "the machine has too few processors; lower cluster_minikube_cpus, though not below 2."
    )
    assert outcomes["error_code_that_nobody_foresaw"].refusal.endswith(
        "(exit 2: panic: runtime error): `minikube logs` may tell why."
    )
