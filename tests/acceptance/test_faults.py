"""US2, FR-018: what is wrong stands in the snapshot, and the rules name it, for each of many faults seeded for real."""

from __future__ import annotations

import json
import re
import secrets
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
import yaml

from operations.answers import health
from operations.cluster import Cluster
from operations.errors import ClusterError
from operations.excerpt import LIMIT, excerpt
from operations.findings import concerning, examine
from operations.snapshot import take
from tests.support.ansible import decrypt
from tests.support.faults import FAULTS, NAMES, is_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from operations.findings import Finding
    from operations.snapshot import Snapshot
    from tests.support.stack import Stack

# The kubelet looks at what volumes hold once a minute, and autoscalers have to be measured first.
SEEN_WITHIN_S = 180
HEALED_WITHIN_S = 180
# by either login
CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'wealth_mcp%'"


@pytest.fixture(scope="module")
def cluster(stack: Stack) -> Cluster:
    """As operations sees it, not as the administrator does."""
    return Cluster(stack.state / "bin" / "kubectl", stack.state / "operations" / "kubeconfig", stack.namespace)


def wait(cluster: Cluster, wanted: Callable[[Snapshot, list[Finding]], bool], seconds: float) -> list[Finding]:
    """Looks again and again until it is as wanted; returns what was found then, or last."""
    findings: list[Finding] = []
    for snapshot in looks(cluster, seconds):
        findings = examine(snapshot)
        if wanted(snapshot, findings):
            break
    return findings


def looks(cluster: Cluster, seconds: float) -> Iterator[Snapshot]:
    """Snapshots, until the time is over. A cluster that is busy with what was seeded may miss one."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(ClusterError):
            yield take(cluster)
        time.sleep(2)


def nothing(_: Snapshot, findings: list[Finding]) -> bool:
    return not findings


@pytest.mark.spec("US2", "FR-018")
def test_a_stack_that_is_well_gives_no_alarm(cluster: Cluster) -> None:
    assert wait(cluster, nothing, HEALED_WITHIN_S) == []
    snapshot = take(cluster)
    assert health(snapshot, examine(snapshot)).startswith("The stack is healthy: all 8 parts are ready")


# ---- what operations may do ----


@pytest.mark.parametrize(
    "words",
    [
        ("get", "secrets"),
        ("get", "secret", "backend-secrets"),
        ("exec", "deploy/backend", "--", "true"),
        ("delete", "pods", "--all"),
        ("get", "pods", "--namespace=kube-system"),
        ("create", "token", "operations"),
        ("scale", "deployment/backend", "--replicas=0"),
        ("set", "env", "deployment/backend", "A=b"),
        ("set", "image", "deployment/backend", "backend=other:1"),
        ("patch", "deployment/backend", "--patch", '{"spec": {"template": {"spec": {"hostNetwork": true}}}}'),
        ("patch", "deployment/backend", "--patch", '{"spec": {"template": {"metadata": {"annotations": {"a": "b"}}}}}'),
        ("patch", "statefulset/database", "--patch", '{"spec": {"replicas": 0}}'),
    ],
    ids=" ".join,
)
def test_what_operations_may_not(cluster: Cluster, words: tuple[str, ...]) -> None:
    answer = cluster.run(*words)
    assert answer.code != 0, answer.output
    assert re.search("forbidden|cannot|denied", answer.errors, re.IGNORECASE), answer.errors


@pytest.mark.spec("FR-019")
def test_what_operations_may(cluster: Cluster) -> None:
    restarted = {"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"}
    patch = json.dumps({"spec": {"template": {"metadata": {"annotations": restarted}}}})
    assert cluster.run("patch", "deployment/backend", "--dry-run=server", "--patch", patch).code == 0
    assert (cluster.raw("/api/v1/nodes") or {})["items"]


def test_its_kubeconfig_is_for_this_user_only(cluster: Cluster) -> None:
    assert cluster.kubeconfig.stat().st_mode & 0o777 == 0o600
    assert cluster.kubeconfig.parent.stat().st_mode & 0o777 == 0o700


# ---- many faults at once, in a namespace of their own ----


@pytest.fixture(scope="module")
def seen(stack: Stack, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, float]]:
    """When each fault was seen, in seconds after all were seeded: in the snapshot and by the rules at once."""
    namespace = f"{stack.namespace}-faults-{secrets.token_hex(3)}"
    file = tmp_path_factory.mktemp("faults") / "objects.json"
    stack.kubectl("create", "namespace", namespace)
    try:
        stack.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
        image = stack.images()["backend"]
        objects = [thing for fault in FAULTS for thing in fault.objects(fault.name, image)]
        file.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [*rights(stack), *objects]}))
        stack.kubectl("apply", f"--filename={file}", f"--namespace={namespace}", "--validate=false")
        yield watch(Cluster(cluster.kubectl, cluster.kubeconfig, namespace))
    finally:
        stack.kubectl("delete", "namespace", namespace, "--wait=false")


def rights(stack: Stack) -> list[dict[str, object]]:
    """The stack's own Role, in another namespace for the same account."""
    (role,) = [role for role in stack.items("roles") if role["metadata"]["name"] == "operations"]
    (binding,) = [binding for binding in stack.items("rolebindings") if binding["metadata"]["name"] == "operations"]
    return [
        {**{key: thing[key] for key in keys}, "metadata": {"name": "operations"}}
        for thing, keys in (
            (role, ("apiVersion", "kind", "rules")),
            (binding, ("apiVersion", "kind", "roleRef", "subjects")),
        )
    ]


def watch(cluster: Cluster) -> dict[str, float]:
    began = time.monotonic()
    seen: dict[str, float] = {}
    last: list[Finding] = []
    for snapshot in looks(cluster, SEEN_WITHIN_S):
        last = examine(snapshot)
        text = excerpt(snapshot)
        assert len(text) <= LIMIT
        for fault in FAULTS:
            named = any(one.about == fault.name and fault.cause in one.cause for one in last)
            if fault.name not in seen and named and is_shown(fault, text):
                seen[fault.name] = time.monotonic() - began
        if len(seen) == len(FAULTS):
            break
    missing = [one for one in last if one.about not in seen]
    print("\n".join([f"{seconds:5.0f} s  {name}" for name, seconds in seen.items()]))
    print("\n".join(map(str, missing)))
    return seen


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.spec("US2", "FR-020", "edge-exhaustion")
def test_fault_is_seen_and_named(name: str, seen: dict[str, float]) -> None:
    assert name in seen


# ---- faults of the stack itself, one after the other; each is healed ----


@contextmanager
def healed(cluster: Cluster, heal: Callable[[], object]) -> Iterator[None]:
    try:
        yield
    finally:
        heal()
    assert wait(cluster, nothing, HEALED_WITHIN_S) == []


def sql(stack: Stack, statement: str) -> str:
    """As the server's own user, in its pod."""
    psql = ["psql", "--host=/tmp", "--username=postgres", "--dbname=wealth", f"--command={statement}"]
    return stack.kubectl("exec", "database-0", "--", *psql)


def named(about: str, cause: str) -> Callable[[Snapshot, list[Finding]], bool]:
    return lambda _, findings: any(one.about == about and cause in one.cause for one in findings)


@pytest.mark.spec("FR-020", "edge-database-down")
def test_the_database_is_down(stack: Stack, cluster: Cluster) -> None:
    with healed(cluster, lambda: stack.kubectl("scale", "statefulset/database", "--replicas=1")):
        stack.kubectl("scale", "statefulset/database", "--replicas=0")
        findings = wait(
            cluster, lambda s, f: named("database", "scaled to zero")(s, f) and named("backend", "database")(s, f), 60
        )
        assert findings[0].about == "database", findings
        snapshot = take(cluster)
        # what the backend needs is told with it
        assert "database" in [one.about for one in concerning(examine(snapshot), "backend", snapshot)]
        assert "StatefulSet database: 0 of 0 ready" in excerpt(snapshot)


@pytest.mark.spec("FR-020")
def test_the_password_is_wrong(stack: Stack, cluster: Cluster) -> None:
    vault = yaml.safe_load(decrypt(stack.inventory.vault, stack.inventory.password_file))
    # a rotation may have changed to the other one
    login = vault.get("vault_database_mcp_login") or "wealth_mcp"

    def cure() -> None:
        run = stack.inventory.play("site.yml", "--tags=secrets,database,release")
        assert run.code == 0, run.output[-4000:]
        assert "No pod of mcp-server is ready" in run.text

    with healed(cluster, cure):
        sql(stack, f"ALTER ROLE {login} PASSWORD '{secrets.token_hex(16)}'")
        sql(stack, CUT_OFF)
        findings = wait(cluster, named("mcp-server", f"refuses its password ({login})"), 60)
        assert named("mcp-server", f"refuses its password ({login})")(take(cluster), findings), findings
        assert "password authentication failed" in excerpt(take(cluster))
        stack.kubectl("wait", "deployment/mcp-server", "--for=condition=Available=False", "--timeout=60s")


@pytest.mark.spec("FR-020")
def test_names_are_not_resolved(stack: Stack, cluster: Cluster) -> None:
    def coredns(replicas: str) -> None:
        stack.kubectl("scale", "deployment/coredns", f"--replicas={replicas}", "--namespace=kube-system")

    there = stack.kubectl("get", "deployment/coredns", "--namespace=kube-system", "--output=jsonpath={.spec.replicas}")
    with healed(cluster, lambda: coredns(there)):
        coredns("0")
        stack.kubectl(
            "wait", "pods", "--for=delete", "--selector=k8s-app=kube-dns", "--timeout=180s", "--namespace=kube-system"
        )
        sql(stack, CUT_OFF)
        findings = wait(cluster, named("mcp-server", "name is not resolved"), 60)
        assert named("mcp-server", "name is not resolved")(take(cluster), findings), findings


def test_the_node_is_cordoned(stack: Stack, cluster: Cluster) -> None:
    (node,) = [node["metadata"]["name"] for node in stack.items("nodes")]
    with healed(cluster, lambda: stack.kubectl("uncordon", node)):
        stack.kubectl("cordon", node)
        stack.kubectl("delete", "pod", "--selector=app.kubernetes.io/component=budget", "--wait=false")
        findings = wait(cluster, named("budget", "every node is"), 60)
        assert findings[0].about == node, findings
        assert named("budget", "every node is")(take(cluster), findings), findings
