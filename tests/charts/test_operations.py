"""Who looks after the stack may read it and restart it; Secrets and programs in pods are out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.charts import APPLICATION, ASSISTANT, of_kind, render, values_files, workloads

if TYPE_CHECKING:
    from pathlib import Path

READ = {"get", "list", "watch"}
NAMESPACED = {"ServiceAccount", "Role", "RoleBinding"}


def own_names(running: set[str]) -> set[str]:
    """What the chart's own Deployments are called whose pods kagent runs, which stay until kagent's serve."""
    return {name.removesuffix("-agent") for name in running}


@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_rights_are_what_is_needed(values: Path) -> None:
    objects = render(APPLICATION, values)
    rules = [rule for kind in ("Role", "ClusterRole") for item in of_kind(objects, kind) for rule in item["rules"]]
    reached = {resource for rule in rules for resource in rule["resources"]}
    assert "*" not in str(rules)
    assert not reached & {"secrets", "pods/exec", "pods/attach", "pods/portforward", "serviceaccounts/token"}
    running = {pod.name for pod in workloads(objects) if pod.runs_on and pod.name != ASSISTANT}
    for rule in rules:
        if not set(rule["verbs"]) <= READ:
            assert rule["verbs"] == ["patch"]
            assert rule["resources"] == ["deployments"]
            assert running <= set(rule["resourceNames"]) <= running | own_names(running)


@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_only_operations_has_rights_and_no_pod_runs_as_it(values: Path) -> None:
    objects = render(APPLICATION, values)
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        for item in of_kind(objects, kind):
            assert [subject["name"] for subject in item["subjects"]] == ["operations"]
    for item in of_kind(objects, "Deployment"):
        assert item["spec"]["template"]["spec"]["serviceAccountName"] != "operations"


def test_nothing_outside_the_namespace_on_a_cluster_of_the_users() -> None:
    own = render(APPLICATION, APPLICATION / "ci" / "existing-values.yaml")
    kinds = {item["kind"] for item in own if "namespace" not in item["metadata"]}
    assert kinds == set()
