"""Who looks after the stack may read it and restart it; Secrets and programs in pods are out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.charts import APPLICATION, of_kind, render, values_files

if TYPE_CHECKING:
    from pathlib import Path

READ = {"get", "list", "watch"}
NAMESPACED = {"ServiceAccount", "Role", "RoleBinding"}


@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_rights_are_what_is_needed(values: Path) -> None:
    objects = render(APPLICATION, values)
    rules = [rule for kind in ("Role", "ClusterRole") for item in of_kind(objects, kind) for rule in item["rules"]]
    reached = {resource for rule in rules for resource in rule["resources"]}
    assert "*" not in str(rules)
    assert not reached & {"secrets", "pods/exec", "pods/attach", "pods/portforward", "serviceaccounts/token"}
    deployments = {item["metadata"]["name"] for item in of_kind(objects, "Deployment")}
    for rule in rules:
        if not set(rule["verbs"]) <= READ:
            assert rule["verbs"] == ["patch"]
            assert rule["resources"] == ["deployments"]
            assert set(rule["resourceNames"]) == deployments


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
