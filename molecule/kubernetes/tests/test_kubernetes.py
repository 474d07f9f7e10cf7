"""The cluster lets us in, serves a class of Ingress on the stack's port, and measures its node and pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from testinfra.host import Host

    from tests.support.stack import Stack


def test_kubeconfig_is_for_its_owner_only(machine: Host, stack: Stack) -> None:
    assert machine.file(str(stack.kubeconfig)).mode == 0o600
    assert stack.context


def test_node_is_ready(stack: Stack) -> None:
    (node,) = stack.items("nodes")
    assert {"type": "Ready", "status": "True"}.items() <= node["status"]["conditions"][-1].items()


def test_ingress_serves(stack: Stack) -> None:
    assert [found["metadata"]["name"] for found in stack.items("ingressclasses")] == ["traefik"]
    assert httpx.get(f"{stack.url}/healthz").is_success


def test_metrics_are_measured(stack: Stack) -> None:
    (node,) = stack.items("nodes.metrics.k8s.io")
    assert node["usage"]["memory"]
    assert stack.items("pods.metrics.k8s.io")
