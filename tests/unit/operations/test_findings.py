"""What can not be seeded on every cluster, and what must not be taken for a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from operations.answers import health, why
from operations.findings import concerning, examine, needed_by
from operations.snapshot import LogLine
from tests.unit.operations.objects import NOW, metadata, pod, snapshot, stamp, warning, workload

NODE = {"metadata": {"name": "node"}, "spec": {}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}


def test_a_stack_that_is_well() -> None:
    well = snapshot(workload("backend"), pod("backend-1", "backend", ready=True), nodes=[NODE])
    assert examine(well) == []
    assert health(well, []) == "The stack is healthy: all 1 parts are ready (backend)."
    assert why(well, [], "backend") == "Nothing is wrong with backend, nor with what it needs: it is ready."


def test_nothing_is_released() -> None:
    (finding,) = examine(snapshot())
    assert finding.cause == "nothing of the stack is here"
    assert "make up" in finding.cure


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('FATAL: password authentication failed for user "wealth_backend"', "refuses its password (wealth_backend)"),
        ('FATAL: role "wealth_mcp" does not exist', "does not know the role wealth_mcp"),
        ('FATAL: database "wealth" does not exist', "there is no database wealth"),
        ("FATAL: remaining connection slots are reserved", "no connection left"),
        ("psycopg.OperationalError: connection refused", "does not reach the database"),
        ("FATAL: the database system is starting up", "does not reach the database"),
        ('relation "ledger.entries" does not exist', "lacks a table: ledger.entries"),
        ("ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "does not trust the certificate"),
        ("google.genai.errors.ClientError: 400 API key not valid", "refuses the key"),
        ("429 RESOURCE_EXHAUSTED", "quota at the model's provider is used up"),
        ("FATAL ERROR: Reached heap limit - JavaScript heap out of memory", "ran out of memory"),
        ("Error: listen EADDRINUSE: address already in use :::3000", "port is taken"),
        ("getaddrinfo EAI_AGAIN backend", "a name is not resolved"),
        ("ModuleNotFoundError: No module named 'wealth_nothing'", "lacks a module"),
        ('{"level": "ERROR", "message": "DATABASE_URL: Field required"}', "a setting is missing: DATABASE_URL"),
    ],
)
def test_what_programs_say(line: str, cause: str) -> None:
    ended = {"terminated": {"exitCode": 1, "reason": "Error", "finishedAt": stamp(5)}}
    one = pod("backend-1", "backend", state=ended)
    (finding,) = examine(snapshot(workload("backend"), one, logs={"backend-1": ["starting", line]}))
    assert cause in finding.cause
    assert finding.evidence == line


@pytest.mark.parametrize(
    ("reason", "message", "cause"),
    [
        ("ErrImagePull", 'Failed to pull image "r/backend:1": manifest unknown', "image r/backend:1 does not exist"),
        ("ErrImagePull", 'Failed to pull image "r/backend:1": 401 unauthorized', "does not give out its image"),
        ("CreateContainerError", "context deadline exceeded", "can not be started: context deadline exceeded"),
    ],
)
def test_why_a_container_waits(reason: str, message: str, cause: str) -> None:
    one = pod("backend-1", "backend", state={"waiting": {"reason": reason, "message": message}})
    (finding,) = examine(snapshot(workload("backend"), one))
    assert cause in finding.cause


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("0/1 nodes are available: 1 Too many pods.", "as many pods as it may"),
        (
            "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }",
            "disk-pressure",
        ),
        ("0/1 nodes are available: 1 Insufficient ephemeral-storage.", "no node has the ephemeral-storage left"),
    ],
)
def test_why_no_node_takes_it(message: str, cause: str) -> None:
    one = pod("backend-1", "backend", phase="Pending")
    one["status"]["conditions"].append({"type": "PodScheduled", "status": "False", "message": message})
    (finding,) = examine(snapshot(workload("backend"), one))
    assert cause in finding.cause


@pytest.mark.parametrize(
    ("reason", "message", "cause"),
    [
        ("Evicted", "The node was low on resource: memory.", "the node ran short of memory and evicted it"),
        ("Evicted", "The node had condition: [DiskPressure].", "a pod was evicted"),
        ("OutOfmemory", "Pod was rejected: Node has no room", "its node did not let it in: Node"),
    ],
)
def test_an_eviction_is_told_until_it_is_long_ago(reason: str, message: str, cause: str) -> None:
    gone = pod("backend-1", "backend", phase="Failed", reason=reason, message=message)
    well = pod("backend-2", "backend", ready=True)
    (finding,) = examine(snapshot(workload("backend"), gone, well, warning("backend-1", reason, message)))
    assert finding.cause.startswith(cause)
    long_ago = warning("backend-1", reason, message, seconds_ago=3600)
    assert examine(snapshot(workload("backend"), gone, well, long_ago)) == []


@pytest.mark.parametrize(
    ("conditions", "spec", "cause"),
    [
        (
            [{"type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting node status."}],
            {},
            "is not ready",
        ),
        ([{"type": "DiskPressure", "status": "True", "message": "kubelet has disk pressure"}], {}, "DiskPressure"),
        ([{"type": "Ready", "status": "True"}], {"unschedulable": True}, "cordoned"),
    ],
)
def test_nodes(conditions: list[dict[str, str]], spec: dict[str, bool], cause: str) -> None:
    node = {"metadata": {"name": "node"}, "spec": spec, "status": {"conditions": conditions}}
    (finding,) = examine(snapshot(workload("backend"), pod("backend-1", "backend", ready=True), nodes=[node]))
    assert cause in finding.cause


def test_many_slow_probes_are_one_busy_machine() -> None:
    said = 'Liveness probe failed: Get "http://10.0.0.1/": context deadline exceeded (Client.Timeout exceeded)'
    parts = ["backend", "frontend", "spending"]
    objects = [thing for name in parts for thing in (workload(name), pod(name, name), warning(name, "Unhealthy", said))]
    (finding,) = examine(snapshot(*objects, nodes=[NODE]))
    assert finding.about == "node"
    assert "too busy: 3 parts" in finding.cause
    # two of them are two that hang
    assert {one.about for one in examine(snapshot(*objects[:6], nodes=[NODE]))} == {"backend", "frontend"}


def test_a_pod_that_has_just_started_is_no_fault() -> None:
    new = pod("backend-1", "backend", state={"running": {"startedAt": stamp(3)}})
    starting = warning("backend-1", "Unhealthy", "Startup probe failed: connection refused", seconds_ago=2)
    assert examine(snapshot(workload("backend", ready=0), new, starting)) == []
    old = pod("backend-1", "backend", state={"running": {"startedAt": stamp(60)}})
    (finding,) = examine(snapshot(workload("backend", ready=0), old, starting))
    assert "does not get through its start" in finding.cause


def test_lines_that_only_inform_are_no_fault() -> None:
    info = '{"level": "INFO", "event": "retrying after connection refused"}'
    one = pod("backend-1", "backend")
    assert [f.cause for f in examine(snapshot(workload("backend"), one, logs={"backend-1": [info]}))] == [
        "its pod is not ready, and nothing tells why"
    ]


def test_a_ready_pod_is_believed_when_it_complains_now() -> None:
    line = '{"level": "error", "event": "Temporary failure in name resolution"}'
    one = pod("coordinator-1", "coordinator", ready=True)
    (finding,) = examine(snapshot(workload("coordinator"), one, logs={"coordinator-1": [line]}))
    assert "a name is not resolved" in finding.cause
    # it became ready after that
    one["status"]["conditions"][0]["lastTransitionTime"] = stamp(1)
    assert examine(snapshot(workload("coordinator"), one, logs={"coordinator-1": [line]})) == []


REFUSED = 'FATAL: password authentication failed for user "wealth_mcp"'
NO_ANSWER = "psycopg_pool.PoolTimeout: couldn't get a connection after 5.00 sec"


@pytest.mark.parametrize(("ago", "cause"), [(30, "refuses its password"), (300, "does not reach the database")])
def test_the_most_telling_of_what_is_said_together_counts(ago: float, cause: str) -> None:
    seen = snapshot(workload("mcp-server"), pod("mcp-server-1", "mcp-server"))
    lines = [LogLine(NOW - timedelta(seconds=ago), REFUSED), LogLine(NOW - timedelta(seconds=5), NO_ANSWER)]
    (finding,) = examine(replace(seen, logs={("mcp-server-1", "main"): lines}))
    assert cause in finding.cause


def test_memory_that_is_nearly_used_up() -> None:
    one = pod("backend-1", "backend", ready=True)
    (finding,) = examine(snapshot(workload("backend"), one, pod_usage={"backend-1": (0.1, 95 * 2**20)}))
    assert finding.evidence == "backend-1 uses 95 of 100 MiB"
    assert examine(snapshot(workload("backend"), one, pod_usage={"backend-1": (0.1, 80 * 2**20)})) == []


def test_an_agent_that_kagent_refuses() -> None:
    refused = {"type": "Accepted", "status": "False", "message": "model config not found"}
    agent = {"metadata": metadata("spending-agent", "spending"), "status": {"conditions": [refused]}}
    (finding,) = examine(snapshot(workload("backend"), agents=[agent]))
    assert (finding.about, finding.evidence) == ("spending", "model config not found")


@pytest.mark.parametrize(
    ("part_of", "causes"), [("wealth-companion", ["no NetworkPolicy lets anything reach it"]), ("kagent", [])]
)
def test_a_closed_service_is_a_fault_of_ours_only(part_of: str, causes: list[str]) -> None:
    labels = {"app": "backend", "app.kubernetes.io/part-of": part_of}
    one = pod("backend-1", "backend", ready=True)
    one["metadata"]["labels"] |= labels
    service = {"kind": "Service", "metadata": metadata("backend"), "spec": {"selector": {"app": "backend"}}}
    spec = {"podSelector": {"matchLabels": {"app": "backend"}}, "policyTypes": ["Ingress"]}
    closed = {"kind": "NetworkPolicy", "metadata": metadata("backend"), "spec": spec}
    slices = {
        "kind": "EndpointSlice",
        "metadata": {"name": "backend-x", "labels": {"kubernetes.io/service-name": "backend"}},
        "endpoints": [{"addresses": ["10.0.0.1"]}],
    }
    found = examine(snapshot(workload("backend"), one, service, closed, slices))
    assert [finding.cause for finding in found] == causes


def policy(sender: str, *receivers: str) -> dict[str, object]:
    peers = [{"podSelector": {"matchLabels": {"app.kubernetes.io/component": name}}} for name in receivers]
    chosen = {"matchLabels": {"app.kubernetes.io/component": sender}}
    return {
        "kind": "NetworkPolicy",
        "metadata": metadata(sender),
        "spec": {"podSelector": chosen, "egress": [{"to": peers}]},
    }


def test_what_a_service_needs_is_told_with_it() -> None:
    objects = [
        workload("frontend"),
        workload("spending"),
        workload("database", kind="StatefulSet", replicas=0, ready=0),
        policy("frontend", "backend"),
        policy("backend", "database"),
    ]
    seen = snapshot(*objects)
    assert needed_by("frontend", seen) == {"backend", "database"}
    findings = examine(seen)
    assert [one.about for one in concerning(findings, "frontend", seen)] == ["database"]
    assert concerning(findings, "spending", seen) == []
    assert why(seen, findings, "frontend").startswith("frontend is ready, but what it needs is not well:")
