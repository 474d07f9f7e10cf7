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
NAMESPACE = "wealth-companion"
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
    release = "wealth-companion" if chart == APPLICATION else "wealth-companion-database"
    return helm("template", release, chart, "--namespace", NAMESPACE, "--kube-version", KUBERNETES, *words)


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
        return self.kind in {"Deployment", "StatefulSet"}


def workloads(objects: tuple[Object, ...]) -> list[Workload]:
    found = []
    for item in objects:
        pod = (
            item
            if item["kind"] == "Pod"
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
