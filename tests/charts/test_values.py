"""The values are checked by a closed schema, and everything that Helm itself can check is checked."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.charts import APPLICATION, CHARTS, KUBERNETES, VALUES, VALUES_IDS, helm, program, template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def schema(chart: Path) -> Any:
    return json.loads((chart / "values.schema.json").read_text())


def nodes(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield where, node
        for key, inner in node.items():
            yield from nodes(inner, f"{where}/{key}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from nodes(inner, f"{where}/{index}")


@pytest.mark.spec("FR-002")
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_schema_is_closed(chart: Path) -> None:
    opened = [
        where
        for where, node in nodes(schema(chart))
        if node.get("type") == "object" and "additionalProperties" not in node
    ]
    assert opened == []
    undescribed = [
        f"{where}/properties/{name}"
        for where, node in nodes(schema(chart))
        if isinstance(node.get("properties"), dict)
        for name, described in node["properties"].items()
        if "description" not in described and "$ref" not in described
    ]
    assert undescribed == []


@pytest.mark.spec("FR-002")
@pytest.mark.parametrize(("chart", "values"), VALUES, ids=VALUES_IDS)
def test_lint_finds_nothing_and_the_values_fit_the_schema(chart: Path, values: Path) -> None:
    linted = helm("lint", "--strict", "--kube-version", KUBERNETES, "--values", values, chart)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize(
    "words",
    [
        ["--set", "unknown=1"],
        ["--set", "imageRegistry=http://registry"],
        ["--set-string", "chartDigest=NOT A DIGEST"],
        ["--set", "chartDigest=12"],
    ],
    ids=lambda words: words[1],
)
def test_bad_values_are_refused(chart: Path, words: list[str]) -> None:
    refused = template(chart, *words)
    assert refused.returncode != 0
    assert "values don't meet the specifications of the schema" in refused.stderr


@pytest.mark.parametrize(
    "setting",
    [
        "ingress.unknown=x",
        "ingress.className=",
        "ingress.className=Not_A_Name",
        "images.backend.tag=latest",
        "images.backend.unknown=x",
        "publicUrl=localhost:8080",
        "publicUrl=http://localhost:8080/",
        "model.provider=somebody",
        "database.port=0",
        "database.port=70000",
        "database.poolSize=0",
        "database.external=maybe",
        "logLevel=verbose",
        "uploadLimitMiB=0",
        "uploadLimitMiB=41",
        "uploadLimitMiB=20m",
        "frontend.replicas=0",
        "backend.replicas=two",
        "agents.management=somebody",
        "agents.alsoRun=somebody",
        "agents.members.coordinator=null",
        "agents.members.Spending.minReplicas=1",
        "agents.members.backend.minReplicas=1",
        "agents.members.spending.minReplicas=0",
        "agents.members.spending.resources.requests.memory=lots",
        "agents.targetCpuPercent=1",
        "secretChecksums.frontend=a",
    ],
)
def test_bad_values_of_the_application_are_refused(setting: str) -> None:
    assert template(APPLICATION, "--set", setting).returncode != 0


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_suites_of_the_chart_pass(chart: Path) -> None:
    suites = sorted((chart / "tests").glob("*_test.yaml"))
    assert suites
    run = subprocess.run(
        [program("untt"), "--strict", chart],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
