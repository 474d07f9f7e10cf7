"""Everything at its largest fits a node of 2 CPU and 4 GB, the cluster's own pods included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.support.charts import APPLICATION, ROOT, Object, Workload, of_kind, render, workloads

NODE_CPU, NODE_MEMORY = 2000, 4096

# requests of what every cluster runs, in thousandths of a CPU and MiB; the larger of the two ingress controllers
SYSTEM = {
    "kube-apiserver": (250, 0),
    "kube-controller-manager": (200, 0),
    "kube-scheduler": (100, 0),
    "etcd": (100, 100),
    "coredns, twice": (200, 140),
    "metrics-server": (100, 200),
    "ingress-nginx": (100, 90),
}


@dataclass(frozen=True)
class Amounts:
    cpu: int = 0
    memory: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.cpu + other.cpu, self.memory + other.memory)

    def __mul__(self, times: int) -> Amounts:
        return Amounts(self.cpu * times, self.memory * times)

    @classmethod
    def of(cls, given: dict[str, Any]) -> Amounts:
        cpu, memory = str(given.get("cpu", "0m")), str(given["memory"])
        return cls(
            int(cpu[:-1]) if cpu.endswith("m") else int(cpu) * 1000,
            int(memory[:-2]) * {"Mi": 1, "Gi": 1024}[memory[-2:]],
        )


def largest(objects: tuple[Object, ...], kind: str) -> dict[str, tuple[Amounts, int]]:
    """By component: what one pod counts, and how many there are at most."""
    most = {
        item["spec"]["scaleTargetRef"]["name"]: item["spec"]["maxReplicas"]
        for item in of_kind(objects, "HorizontalPodAutoscaler")
    }

    def number(workload: Workload) -> int:
        # kagent runs one pod of what has no autoscaler
        return int(most.get(workload.name) or workload.object["spec"].get("replicas", 1))

    own = {
        workload.component: (Amounts.of(workload.container["resources"][kind]), number(workload))
        for workload in workloads(objects)
        if workload.runs_on
    }
    managed = of_kind(objects, "Agent")
    return own | {name: (Amounts.of(resources[kind]), 1) for name, resources in KAGENT.items() if managed}


# kagent's own pods, with what its role asks for
KAGENT_VALUES = yaml.safe_load((ROOT / "roles" / "kagent" / "vars" / "main.yml").read_text())["__kagent_values"]
KAGENT = {
    "kagent-controller": KAGENT_VALUES["controller"]["resources"],
    "kagent-tools": KAGENT_VALUES["kagent-tools"]["resources"],
}


@pytest.fixture(params=["values.yaml", "ci/kagent-values.yaml"])
def everything(request: pytest.FixtureRequest, database: tuple[Object, ...]) -> tuple[Object, ...]:
    return render(APPLICATION, APPLICATION / request.param) + database


def total(parts: dict[str, tuple[Amounts, int]]) -> Amounts:
    return sum((amounts * number for amounts, number in parts.values()), Amounts())


@pytest.mark.spec("SC-009")
def test_an_update_with_every_autoscaler_at_its_maximum_finds_room(everything: tuple[Object, ...]) -> None:
    parts = largest(everything, "requests")
    # each Deployment has one pod more meanwhile; migrations are over by then and ask for less; kagent is updated before
    apart = {"database", *KAGENT}
    surge = sum((amounts for name, (amounts, _) in parts.items() if name not in apart), Amounts())
    wanted = total(parts) + surge + Amounts(*(sum(column) for column in zip(*SYSTEM.values(), strict=True)))
    assert wanted.cpu <= NODE_CPU
    assert wanted.memory <= NODE_MEMORY


@pytest.mark.spec("SC-009")
def test_pods_at_their_limits_do_not_exhaust_the_node(everything: tuple[Object, ...]) -> None:
    system = sum(memory for _, memory in SYSTEM.values())
    assert total(largest(everything, "limits")).memory + system <= NODE_MEMORY
