"""US3: load adds replicas that serve, its end removes them, and nobody's turn is lost on the way."""

from __future__ import annotations

import json

import pytest

from tests.support.ansible import ROOT


@pytest.fixture(scope="module")
def measured() -> dict[str, object]:
    (row,) = json.loads((ROOT / ".artifacts" / "scaling.json").read_text())
    return dict(row)


@pytest.mark.spec("US3", "FR-023")
def test_load_adds_a_replica(measured: dict[str, object]) -> None:
    assert isinstance(measured["Replicas"], int)
    assert measured["Replicas"] > 1


@pytest.mark.spec("US3", "FR-023")
def test_no_turn_is_lost(measured: dict[str, object]) -> None:
    assert measured["Turns answered"]
    assert measured["Turns lost"] == 0
