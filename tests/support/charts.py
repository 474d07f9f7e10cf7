"""Renders the charts as Helm does, without a cluster."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = ROOT / "charts" / "wealth-companion"
DATABASE = ROOT / "charts" / "embedded-database"
CHARTS = (APPLICATION, DATABASE)
KAGENT_ACCESS = ROOT / "roles" / "kagent" / "files" / "kagent-access"
# kagent's kinds as it defines them, where they are beside the checkout or elsewhere
KAGENT_DEFINITIONS = Path(os.environ.get("KAGENT_CRDS", ROOT.parent / "shared" / "kagent-crds"))
# kagent's assistant, which serves nobody in the stack
ASSISTANT = "operations-agent"
NAMESPACE = "wealth-companion"
KAGENT_API = "kagent.dev/v1alpha2"
# a program built from Go modules does not know for which Kubernetes
KUBERNETES = "1.35.0"

Object = dict[str, Any]

# the one in C, where it is built in, is ten times as fast
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def values_files(chart: Path) -> list[Path]:
    return [chart / "values.yaml", *sorted((chart / "ci").glob("*-values.yaml"))]


VALUES = [(chart, values) for chart in CHARTS for values in values_files(chart)]
VALUES_IDS = [f"{chart.name}/{values.name}" for chart, values in VALUES]


def program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("WEALTH_TOOLS", ""), os.environ["PATH"]]))
    assert found, f"{name} is missing: run `make check`, which brings it, or name its folder in WEALTH_TOOLS"
    return found


def helm(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("helm"), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def template(chart: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    release = {APPLICATION: "wealth-companion", DATABASE: "wealth-companion-database"}.get(chart, f"stack-{chart.name}")
    cluster = ["--namespace", NAMESPACE, "--kube-version", KUBERNETES, "--api-versions", KAGENT_API]
    return helm("template", release, chart, *cluster, *words)


@cache
def render(chart: Path, values: Path) -> tuple[Object, ...]:
    rendered = template(chart, "--values", values)
    assert rendered.returncode == 0, rendered.stderr
    return tuple(document for document in yaml.load_all(rendered.stdout, Loader=LOADER) if document)


@dataclass(frozen=True)
class Workload:
    """What makes pods, and the pods that it makes."""

    kind: str
    name: str
    object: Object
    labels: dict[str, str]
    annotations: dict[str, str]
    spec: Object

    @property
    def component(self) -> str:
        return self.labels["app.kubernetes.io/component"]

    @property
    def container(self) -> Object:
        (container,) = self.spec["containers"]
        return dict(container)

    @property
    def runs_on(self) -> bool:
        return self.kind in {"Deployment", "StatefulSet", "Agent"}

    @property
    def ours(self) -> bool:
        """Whether this chart describes the pod itself; kagent makes others, and only some of it can be asked for."""
        return self.kind != "Agent"


def made_by_kagent(agent: Object) -> Object:
    """The pod that kagent's controller makes for an Agent, as far as anything here looks at it.

    What it decides itself: the two labels that tell its pods apart, the container's and the port's name, the readiness
    probe, and that there is neither a liveness probe nor a preStop, nor more than 30 s to end.
    """
    spec = agent["spec"]
    declarative = spec["type"] == "Declarative"
    deployment = spec["declarative" if declarative else "byo"]["deployment"]
    name = agent["metadata"]["name"]
    wait = 1 if declarative else 15
    return {
        "metadata": {
            "labels": {"app": "kagent", "kagent": name, **deployment["labels"]},
            "annotations": deployment.get("annotations", {}),
        },
        "spec": {
            "serviceAccountName": deployment["serviceAccountName"],
            "securityContext": deployment["podSecurityContext"],
            "terminationGracePeriodSeconds": 30,
            "containers": [
                {
                    "name": "kagent",
                    "image": deployment.get("image", "ghcr.io/kagent-dev/kagent/golang-adk:0"),
                    "imagePullPolicy": deployment.get("imagePullPolicy", "IfNotPresent"),
                    "ports": [{"name": "http", "containerPort": 8080}],
                    "env": deployment.get("env", []),
                    "envFrom": deployment.get("envFrom", []),
                    "resources": deployment["resources"],
                    "securityContext": deployment["securityContext"],
                    "readinessProbe": {"periodSeconds": wait, "timeoutSeconds": wait, "initialDelaySeconds": wait},
                }
            ],
        },
    }


def workloads(objects: tuple[Object, ...]) -> list[Workload]:
    found = []
    for item in objects:
        pod = (
            item
            if item["kind"] == "Pod"
            else made_by_kagent(item)
            if item["kind"] == "Agent"
            else item["spec"].get("template")
            if isinstance(item.get("spec"), dict)
            else None
        )
        if pod:
            metadata = pod["metadata"]
            found.append(
                Workload(
                    item["kind"],
                    item["metadata"]["name"],
                    item,
                    metadata["labels"],
                    metadata.get("annotations", {}),
                    pod["spec"],
                )
            )
    return found


def of_kind(objects: tuple[Object, ...], kind: str) -> list[Object]:
    return [item for item in objects if item["kind"] == kind]
