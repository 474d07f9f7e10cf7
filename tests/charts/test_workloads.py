"""What holds for every pod, whatever the values."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.support.charts import (
    APPLICATION,
    ASSISTANT,
    DATABASE,
    VALUES,
    VALUES_IDS,
    Workload,
    of_kind,
    render,
    values_files,
    workloads,
)

if TYPE_CHECKING:
    from pathlib import Path

SECRET_KEYS = {
    "DATABASE_URL",
    "JWT_KEY",
    "JWT_KEY_PREVIOUS",
    "MCP_TOKEN_KEY",
    "MCP_TOKEN_KEY_PREVIOUS",
    "WEALTH_BACKEND_PASSWORD",
    "WEALTH_BACKEND_B_PASSWORD",
    "WEALTH_MCP_PASSWORD",
    "WEALTH_MCP_B_PASSWORD",
}
# Addresses that are not of this stack's own parts.
OUTSIDE = {"PUBLIC_URL", "MODEL_BASE_URL"}
SECRET_KEYS |= {"GEMINI_API_KEY", "OPENAI_API_KEY", "POSTGRES_PASSWORD", "MCP_LISTING_TOKEN"}
# ServiceAccounts that none of the stack's pods runs as, and what else serves only who operates it
NOT_PARTS = {"operations", "kagent-operations"}
LABELS = {f"app.kubernetes.io/{name}" for name in ("name", "instance", "component", "part-of", "version", "managed-by")}

every_values_file = pytest.mark.parametrize(("chart", "values"), VALUES, ids=VALUES_IDS)


def pods(chart: Path, values: Path) -> list[Workload]:
    found = workloads(render(chart, values))
    assert found
    return found


@every_values_file
def test_pods_are_restricted(chart: Path, values: Path) -> None:
    for pod in pods(chart, values):
        assert (
            pod.spec["securityContext"].items()
            >= {"runAsNonRoot": True, "runAsUser": 65532, "runAsGroup": 65532}.items()
        )
        assert pod.spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod.container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        # kagent leaves that to the account
        assert not pod.ours or pod.spec["automountServiceAccountToken"] is False
        assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.spec.keys()
        assert "hostPort" not in str(pod.container)
        for volume in pod.spec.get("volumes", []):
            assert volume["emptyDir"]["sizeLimit"], "a folder that could fill the node's disk"


@pytest.mark.spec("FR-003")
@every_values_file
def test_images_do_not_move(chart: Path, values: Path) -> None:
    for pod in pods(chart, values):
        assert pod.container["imagePullPolicy"] == "IfNotPresent"
        assert pod.container["image"].rpartition(":")[2] not in {"", "latest"}


@pytest.mark.spec("US4", "FR-014", "FR-015", "FR-016", "FR-017")
@every_values_file
def test_secrets_come_from_secrets_only(chart: Path, values: Path) -> None:
    objects = render(chart, values)
    assert not of_kind(objects, "Secret")
    for config in of_kind(objects, "ConfigMap"):
        assert not SECRET_KEYS & config["data"].keys()
    for pod in workloads(objects):
        for variable in pod.container.get("env", []):
            if variable["name"] in SECRET_KEYS:
                assert variable["valueFrom"]["secretKeyRef"]["key"] == variable["name"]


@pytest.mark.spec("FR-025", "SC-005")
@every_values_file
def test_every_fault_is_healed_within_30_seconds(chart: Path, values: Path) -> None:
    start = 5
    for pod in pods(chart, values):
        if not pod.runs_on or not pod.ours:
            continue
        probe = pod.container["livenessProbe"]
        noticed = probe["failureThreshold"] * probe["periodSeconds"] + probe["timeoutSeconds"]
        assert noticed + probe["terminationGracePeriodSeconds"] + start <= 30
        ready = pod.container["readinessProbe"]
        assert ready["failureThreshold"] * ready["periodSeconds"] + ready["timeoutSeconds"] <= 10
        assert pod.container["startupProbe"]["periodSeconds"] == 1
        # what is down outside is no reason to restart
        assert "readyz" not in str(probe)


@every_values_file
def test_updates_lose_nothing(chart: Path, values: Path) -> None:
    for pod in pods(chart, values):
        if pod.kind != "Deployment":
            continue
        assert pod.object["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
        # the backend waits by itself
        assert "preStop" in pod.container.get("lifecycle", {}) or pod.component == "backend"
        assert pod.spec["terminationGracePeriodSeconds"] >= 30
        assert pod.object["spec"]["revisionHistoryLimit"] <= 3


@pytest.mark.spec("SC-009")
@every_values_file
def test_pods_say_what_they_need(chart: Path, values: Path) -> None:
    for pod in pods(chart, values):
        resources = pod.container["resources"]
        assert resources["requests"].keys() >= {"cpu", "memory"}
        assert "memory" in resources["limits"]


@every_values_file
def test_labels_are_complete(chart: Path, values: Path) -> None:
    objects = render(chart, values)
    for item in objects:
        assert item["metadata"]["labels"].keys() >= LABELS, f"{item['kind']}/{item['metadata']['name']}"
    for pod in workloads(objects):
        assert pod.labels.keys() >= LABELS


@pytest.mark.spec("US5", "FR-001", "FR-012", "FR-016")
@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_each_component_has_all_its_parts(values: Path) -> None:
    objects = render(APPLICATION, values)
    running = {pod.component: pod for pod in workloads(objects) if pod.runs_on and pod.name != ASSISTANT}
    for kind in ("Service", "ServiceAccount", "PodDisruptionBudget", "ConfigMap"):
        names = {item["metadata"]["name"] for item in of_kind(objects, kind)}
        assert names - NOT_PARTS == running.keys(), kind
    for budget in of_kind(objects, "PodDisruptionBudget"):
        assert budget["spec"]["maxUnavailable"] == 1, "a drain must not be stuck"
    for service in of_kind(objects, "Service"):
        pod = running[service["metadata"]["name"]]
        assert service["spec"]["selector"].items() <= pod.labels.items()
        (port,), (container_port,) = service["spec"]["ports"], pod.container["ports"]
        assert port["targetPort"] in {container_port["name"], container_port["containerPort"]}
        assert port["port"] == container_port["containerPort"]


@pytest.mark.spec("US5", "FR-012", "FR-013", "SC-010")
@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_parts_know_each_other_by_the_names_of_services_inside(values: Path) -> None:
    objects = render(APPLICATION, values)
    services = of_kind(objects, "Service")
    assert {service["spec"].get("type", "ClusterIP") for service in services} == {"ClusterIP"}
    known = {f"{service['metadata']['name']}:{service['spec']['ports'][0]['port']}" for service in services}
    named = {
        urlsplit(value).netloc
        for config in of_kind(objects, "ConfigMap")
        for key, value in config["data"].items()
        if "://" in value and key not in OUTSIDE
    }
    assert named == known - {"frontend:3000"}, "the frontend is nobody's to ask"


@pytest.mark.spec("FR-009", "FR-023")
@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_number_of_pods_is_the_autoscalers_where_there_is_one(values: Path) -> None:
    objects = render(APPLICATION, values)
    scaled = {item["spec"]["scaleTargetRef"]["name"] for item in of_kind(objects, "HorizontalPodAutoscaler")}
    running = {pod.name: pod.component for pod in workloads(objects) if pod.runs_on}
    assert {running[name] for name in scaled} >= {"coordinator", "spending", "budget", "investment"}
    for pod in workloads(objects):
        if pod.kind == "Deployment":
            assert ("replicas" in pod.object["spec"]) != (pod.name in scaled)


@pytest.mark.spec("FR-011", "FR-013")
@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_the_ingress_is_plain_but_for_uploads(values: Path) -> None:
    objects = render(APPLICATION, values)
    (ingress,) = of_kind(objects, "Ingress")
    limit = 40 if values.name == "existing-values.yaml" else 20
    # These only, which one controller needs for uploads and all others ignore.
    assert ingress["metadata"]["annotations"] == {
        "nginx.ingress.kubernetes.io/proxy-body-size": f"{limit}m",
        "nginx.ingress.kubernetes.io/proxy-read-timeout": "120",
    }
    told = {item["metadata"]["name"]: item["data"].get("UPLOAD_LIMIT_MIB") for item in of_kind(objects, "ConfigMap")}
    assert {name for name, value in told.items() if value == str(limit)} == {"backend", "frontend"}
    (rule,) = ingress["spec"]["rules"]
    ways = {path["path"]: path["backend"]["service"]["name"] for path in rule["http"]["paths"]}
    assert ways == {"/api/v1": "backend", "/": "frontend"}


def test_the_database_keeps_its_data() -> None:
    for values, retention in (("folder-values.yaml", "Delete"), ("class-values.yaml", "Retain")):
        objects = render(DATABASE, DATABASE / "ci" / values)
        (item,) = of_kind(objects, "StatefulSet")
        assert item["spec"]["persistentVolumeClaimRetentionPolicy"]["whenDeleted"] == retention
        for volume in of_kind(objects, "PersistentVolume"):
            assert volume["spec"]["persistentVolumeReclaimPolicy"] == "Retain"
