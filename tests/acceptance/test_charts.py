"""What a real API server says to the charts."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import environment
from tests.support.charts import KAGENT_API, KAGENT_DEFINITIONS, VALUES, VALUES_IDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.stack import Stack

NAMESPACE = "wealth-dry-run"


def kubectl(stack: Stack, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [stack.state / "bin" / "kubectl", "--kubeconfig", stack.kubeconfig, *words],
        env=environment(),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def restricted_namespace(stack: Stack) -> Iterator[str]:
    kubectl(stack, "create", "namespace", NAMESPACE)
    kubectl(stack, "label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted")
    kubectl(stack, "label", "namespace", NAMESPACE, "pod-security.kubernetes.io/warn=restricted")
    yield NAMESPACE
    kubectl(stack, "delete", "namespace", NAMESPACE, "--wait=false")


@pytest.fixture(scope="module")
def kinds(stack: Stack) -> Iterator[set[str]]:
    """Those of others that the cluster knows; kagent's it knows for these tests, where its definitions are here."""
    known = kubectl(stack, "get", "customresourcedefinitions", "agents.kagent.dev").returncode == 0
    if known or not KAGENT_DEFINITIONS.is_dir():
        yield {"kagent"} if known else set()
        return
    files = f"--filename={KAGENT_DEFINITIONS}"
    # one of them is larger than what a client may note on it
    made = kubectl(stack, "apply", "--server-side", files)
    assert made.returncode == 0, made.stderr
    kubectl(stack, "wait", "--for=condition=Established", "--timeout=30s", files)
    yield {"kagent"}
    kubectl(stack, "delete", files)
    # the server goes on listing kinds for a moment, and who then asks for all kinds asks for these
    while "kagent.dev" in kubectl(stack, "api-versions").stdout:
        time.sleep(0.5)


@pytest.mark.parametrize(("chart", "values"), VALUES, ids=VALUES_IDS)
def test_the_server_takes_every_object(
    stack: Stack, restricted_namespace: str, kinds: set[str], chart: Path, values: Path
) -> None:
    if values.name == "kagent-values.yaml" and "kagent" not in kinds:
        pytest.skip("not run: kagent's definitions of its kinds are not here")
    version = json.loads(kubectl(stack, "get", "--raw=/version").stdout)["gitVersion"]
    where = [
        f"--namespace={restricted_namespace}",
        f"--kube-version={version}",
        f"--values={values}",
        f"--api-versions={KAGENT_API}",
    ]
    rendered = subprocess.run(
        [str(stack.state / "bin" / "helm"), "template", "dry-run", str(chart), *where],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # unknown and doubled fields are errors, and pods that are not restricted are warned of
    words = ["apply", f"--namespace={restricted_namespace}", "--dry-run=server", "--validate=strict", "--filename=-"]
    taken = kubectl(stack, *words, given=rendered)
    assert taken.returncode == 0, taken.stderr
    assert "Warning" not in taken.stderr, taken.stderr


def test_the_server_refuses_what_is_not_in_its_schema(stack: Stack, restricted_namespace: str) -> None:
    """The check above would notice."""
    bad = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "bad"}, "spec": {"port": 1}}'
    words = ["apply", f"--namespace={restricted_namespace}", "--dry-run=server", "--validate=strict", "--filename=-"]
    assert kubectl(stack, *words, given=bad).returncode != 0


@pytest.mark.spec("US1", "FR-001")
def test_helm_test_passes(stack: Stack) -> None:
    said = stack.helm("test", stack.name)
    assert "Phase:          Failed" not in said
    for part in ("page", "api", "agents"):
        assert f"TEST SUITE:     test-{part}" in said
    # the paths that tests need are closed again
    assert not stack.items("networkpolicies", "--selector=app.kubernetes.io/component=test")
