"""US3: a failed agent serves again within 30 s; evicted pods come back, and Kubernetes says why they went."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.recovery.__main__ import FAULTS
from tests.support.ansible import ROOT

ALLOWED_S = 30
# What the container, or the pod that was there before, must have died of: a fault that missed proves nothing.
ENDINGS = {
    "killed": {"Error 137"},
    "killed with its watchdog": {"Error 137"},
    # by the liveness probe, or by the watchdog
    "hung": {"Error 137", "Error 70"},
    "frozen as a whole": {"Error 137"},
    # the runtime names the reason where it heard of it in time; that the kernel did it is part of the measurement
    "out of memory": {"OOMKilled 137", "Error 137"},
    "evicted": {"pod replaced"},
}


def measured(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((ROOT / ".artifacts" / f"{name}.json").read_text())
    return rows


@pytest.mark.spec("US3", "FR-021", "FR-022", "SC-005")
@pytest.mark.parametrize("management", ["deployment", "kagent"])
@pytest.mark.parametrize(("agent", "fault"), FAULTS)
def test_failed_agent_serves_again(agent: str, fault: str, management: str) -> None:
    rows = [row for row in measured("recovery") if row["Managed by"] == management]
    if not rows:
        pytest.skip(f"not run: {management} does not manage the agents of this stack")
    if management == "kagent" and fault == "frozen as a whole":
        pytest.skip("not run: nobody notices, as kagent gives its pods no liveness probe")
    (row,) = [row for row in rows if (row["Agent"], row["Fault"]) == (agent, fault)]
    assert row["Ended as"] in ENDINGS[fault]
    assert row["Without an answer (s)"] <= ALLOWED_S


@pytest.mark.spec("edge-exhaustion", "edge-eviction")
def test_node_pressure_is_reported() -> None:
    (row,) = measured("pressure")
    assert row["Node says MemoryPressure"] == "True"
    assert "memory" in row["Pods say"].lower()


@pytest.mark.spec("edge-eviction")
def test_evicted_pods_come_back() -> None:
    (row,) = measured("pressure")
    assert row["Evicted"]
    assert row["All ready again after (s)"] <= ALLOWED_S
