"""US1: after the run everything is ready, and the URL serves a page that talks to the backend."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from testinfra.host import Host

    from tests.support.stack import Stack

    Objects = Callable[[str], list[dict[str, Any]]]

PODS_READY_S, BACKEND_HEALTHY_S = 300, 60
AGENTS = ["coordinator", "spending", "budget", "investment"]
COMPONENTS = ["frontend", "backend", "mcp-server", *AGENTS]


def component(item: dict[str, Any]) -> str:
    return str(item["metadata"]["labels"].get("app.kubernetes.io/component", ""))


def is_ready(pod: dict[str, Any]) -> bool:
    conditions = {condition["type"]: condition["status"] for condition in pod["status"].get("conditions", [])}
    return conditions.get("Ready") == "True"


@pytest.mark.spec("US1")
@pytest.mark.parametrize("name", [*COMPONENTS, "database"])
def test_pods_are_ready(name: str, objects: Objects) -> None:
    pods = [pod for pod in objects("pods") if component(pod) == name and "deletionTimestamp" not in pod["metadata"]]
    assert pods
    for pod in pods:
        assert is_ready(pod), pod["status"]
        assert all(status["restartCount"] == 0 for status in pod["status"]["containerStatuses"])


@pytest.mark.spec("SC-002", "SC-008")
@pytest.mark.parametrize("name", COMPONENTS)
def test_pods_were_ready_in_time(name: str, objects: Objects) -> None:
    (deployment,) = [found for found in objects("deployments") if found["metadata"]["name"] == name]
    (rollout,) = [found for found in deployment["status"]["conditions"] if found["type"] == "Progressing"]
    # unlike a pod's condition, this one stays as it was when all pods of the new kind were ready
    assert rollout["reason"] == "NewReplicaSetAvailable"
    began, ended = (
        datetime.fromisoformat(moment)
        for moment in (deployment["metadata"]["creationTimestamp"], rollout["lastUpdateTime"])
    )
    assert (ended - began).total_seconds() <= (BACKEND_HEALTHY_S if name == "backend" else PODS_READY_S)


@pytest.mark.spec("FR-025")
@pytest.mark.parametrize("name", COMPONENTS)
def test_containers_are_probed_and_bounded(name: str, objects: Objects) -> None:
    for pod in objects("pods"):
        if component(pod) != name:
            continue
        for container in pod["spec"]["containers"]:
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys()
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
            assert "memory" in container["resources"]["limits"]
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["allowPrivilegeEscalation"] is False


@pytest.mark.spec("FR-009", "FR-023")
@pytest.mark.parametrize("name", AGENTS)
def test_agents_scale(name: str, objects: Objects) -> None:
    (scaler,) = [found for found in objects("hpa") if found["spec"]["scaleTargetRef"]["name"] == name]
    assert scaler["spec"]["maxReplicas"] > 1


def test_namespace_takes_restricted_pods_only(machine: Host, stack: Stack) -> None:
    shown = machine.run(f"{stack.kubectl_line} get namespace {stack.namespace} --output json")
    assert '"pod-security.kubernetes.io/enforce": "restricted"' in shown.stdout


@pytest.mark.spec("US1", "FR-006", "FR-011", "SC-007")
def test_page_is_served(machine: Host, stack: Stack) -> None:
    # nothing but Python is sure to be there
    page = machine.run(
        f"{stack.python} -c 'import sys, httpx; print(httpx.get(sys.argv[1], follow_redirects=True).text)' {stack.url}"
    )
    assert page.rc == 0, page.stderr
    assert "Wealth Companion" in page.stdout


@pytest.mark.spec("US1", "FR-007", "FR-011", "SC-007")
def test_backend_answers_through_the_ingress(stack: Stack) -> None:
    with stack.visitor() as visitor:
        visitor.sign_up()
        assert visitor.get("/api/v1/auth/me").status_code == 200
