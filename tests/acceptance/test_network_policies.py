"""SC-010: the policies are in the cluster, and `verify` tells whether its network enforces them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.ansible import Run
    from tests.support.stack import Stack

REACH = (ROOT / "roles" / "verify" / "files" / "reach.py").read_text()


@pytest.mark.spec("SC-010")
def test_everything_is_denied_that_is_not_named(stack: Stack) -> None:
    policies = {policy["metadata"]["name"]: policy["spec"] for policy in stack.items("networkpolicies")}
    closed = [
        spec
        for spec in policies.values()
        if spec.get("podSelector") == {} and not spec.get("ingress") and not spec.get("egress")
    ]
    assert any(set(spec["policyTypes"]) == {"Ingress", "Egress"} for spec in closed), policies.keys()


@pytest.mark.spec("SC-010")
def test_verify_tells_what_is_true(stack: Stack, play: Callable[..., Run]) -> None:
    run = play("playbooks/verify-stack.yml")
    assert run.code == 0, run.output
    said = re.search(r"NetworkPolicies: (enforced|NOT enforced)\.", run.text)
    assert said, run.output

    (spending, *_) = [name for name in stack.pods() if name.startswith("spending-")]
    reached = stack.kubectl(
        "exec", spending, "--", "/opt/venv/bin/python", "-c", REACH, "backend:8000", "mcp-server:8001"
    ).split()
    assert "mcp-server:8001" in reached
    assert ("backend:8000" in reached) == (said[1] == "NOT enforced")
