"""The rendered policies, evaluated as Kubernetes does, against who_may_talk.yml."""

from __future__ import annotations

import ipaddress
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
import yaml

from tests.support.charts import (
    APPLICATION,
    DATABASE,
    KAGENT_ACCESS,
    NAMESPACE,
    Object,
    of_kind,
    render,
    values_files,
    workloads,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = yaml.safe_load((Path(__file__).parent / "who_may_talk.yml").read_text())
APPLICATION_VALUES = values_files(APPLICATION)

KAGENT_VALUES = KAGENT_ACCESS / "ci" / "tools-values.yaml"
# Pods that kagent's own chart makes.
KAGENT = {
    "kagent-controller": ({"app.kubernetes.io/name": "kagent", "app.kubernetes.io/component": "controller"}, 8083),
    "kagent-tools": ({"app.kubernetes.io/name": "kagent-tools"}, 8084),
}

Direction = Literal["ingress", "egress"]
Port = tuple[int, str]
Way = tuple[str, str, int]

# of models and databases elsewhere, and one of nobody
UNUSED_PORTS = {(443, "TCP"), (6543, "TCP"), (8443, "TCP"), (9999, "TCP")}


@dataclass(frozen=True)
class End:
    name: str
    namespace: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    address: str = ""
    ports: frozenset[Port] = frozenset()


def ends(objects: tuple[Object, ...], controller_namespace: str) -> list[End]:
    own = {
        workload.component: End(
            workload.component,
            NAMESPACE,
            workload.labels,
            ports=frozenset((port["containerPort"], "TCP") for port in workload.container.get("ports", [])),
        )
        for workload in workloads(objects)
    }
    return [
        *own.values(),
        End("stranger", NAMESPACE, {"app": "stranger"}, ports=frozenset({(8080, "TCP")})),
        End("ingress-controller", controller_namespace, {"app": "controller"}),
        # labelled like one of ours: only the namespace tells it apart
        End("other-namespace", "elsewhere", own["backend"].labels, ports=frozenset({(5432, "TCP"), (8080, "TCP")})),
        End("name-service", "kube-system", {"k8s-app": "kube-dns"}, ports=frozenset({(53, "UDP"), (53, "TCP")})),
        End("internet", address="203.0.113.7"),
        End("private-network", address="10.20.30.40"),
        End("metadata", address="169.254.169.254"),
    ]


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """A label selector; an empty one selects everything."""
    assert set(selector) <= {"matchLabels", "matchExpressions"}
    for expression in selector.get("matchExpressions", []):
        inside = labels.get(expression["key"]) in expression["values"]
        assert expression["operator"] in {"In", "NotIn"}
        if inside != (expression["operator"] == "In"):
            return False
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def admits(peer: dict[str, Any], end: End, policy_namespace: str) -> bool:
    if "ipBlock" in peer:
        # what a block means for pods depends on the network plug-in; outside it is clear
        if not end.address:
            return False
        address, block = ipaddress.ip_address(end.address), peer["ipBlock"]
        return address in ipaddress.ip_network(block["cidr"]) and not any(
            address in ipaddress.ip_network(hole) for hole in block.get("except", [])
        )
    if end.address:
        return False
    if "namespaceSelector" in peer:
        in_namespace = selects(peer["namespaceSelector"], {"kubernetes.io/metadata.name": end.namespace})
    else:
        in_namespace = end.namespace == policy_namespace
    return in_namespace and selects(peer.get("podSelector", {}), end.labels)


def open_ports(policies: list[Object], end: End, direction: Direction, others: list[End]) -> Iterator[tuple[End, Port]]:
    """What one end's policies let through, by the other end; an end that no policy concerns lets everything."""
    concerning = [
        policy["spec"]
        for policy in policies
        if direction.capitalize() in policy["spec"]["policyTypes"]
        and end.namespace == policy["metadata"]["namespace"]
        and selects(policy["spec"]["podSelector"], end.labels)
    ]
    every_port = {port for other in [end, *others] for port in other.ports} | UNUSED_PORTS
    if not concerning:
        yield from itertools.product(others, every_port)
    for rule in (rule for spec in concerning for rule in spec.get(direction, [])):
        ports = {(port["port"], port.get("protocol", "TCP")) for port in rule["ports"]}
        assert ports <= every_port, "a port that nothing here has"
        admitted = (
            other
            for other in others
            if any(admits(peer, other, NAMESPACE) for peer in rule["from" if direction == "ingress" else "to"])
        )
        yield from itertools.product(admitted, ports)


def open_ways(policies: list[Object], everyone: list[End], direction: Direction) -> set[Way]:
    """Every pair of ends and every port, as the end that the direction names sees it."""
    found = set()
    for end in everyone:
        if end.namespace == NAMESPACE:
            others = [other for other in everyone if other is not end]
            for other, port in open_ports(policies, end, direction, others):
                found.add(
                    (other.name, end.name, port[0]) if direction == "ingress" else (end.name, other.name, port[0])
                )
    return found


def declared(values: Path, everyone: list[End], direction: Direction) -> set[Way]:
    lines = TABLE["always"] + TABLE["values"][values.name]
    if has_embedded_database(values):
        lines = lines + TABLE["embedded_database"]
    paths = set()
    for line in lines:
        source, target = line.split(" -> ")
        name, port = target.split(":")
        paths.add((source, name, int(port)))
    assert {name for path in paths for name in path[:2]} <= {end.name for end in everyone}
    ours = {end.name for end in everyone if end.namespace == NAMESPACE}
    return {path for path in paths if path[1 if direction == "ingress" else 0] in ours}


def kagent_ends() -> list[End]:
    values = yaml.safe_load(KAGENT_VALUES.read_text())
    instance = {"app.kubernetes.io/instance": values["release"]}
    return [
        *(
            End(name, NAMESPACE, labels | instance, ports=frozenset({(port, "TCP")}))
            for name, (labels, port) in KAGENT.items()
        ),
        End("api-server", address=values["apiServer"]["addresses"][-1], ports=frozenset({(6443, "TCP")})),
    ]


def has_embedded_database(values: Path) -> bool:
    return not (yaml.safe_load(values.read_text()).get("database") or {}).get("external", False)


def stack(values: Path) -> tuple[list[Object], list[End]]:
    objects = render(APPLICATION, values)
    if has_embedded_database(values):
        objects += render(DATABASE, DATABASE / "values.yaml")
    given = yaml.safe_load(values.read_text())
    controller = (given.get("ingress") or {}).get("controllerNamespace") or "controllers"
    if (given.get("agents") or {}).get("management") != "kagent":
        return of_kind(objects, "NetworkPolicy"), ends(objects, controller)
    objects += render(KAGENT_ACCESS, KAGENT_VALUES)
    return of_kind(objects, "NetworkPolicy"), ends(objects, controller) + kagent_ends()


@pytest.mark.spec("FR-013", "SC-010")
@pytest.mark.parametrize("direction", ["ingress", "egress"])
@pytest.mark.parametrize("values", APPLICATION_VALUES, ids=lambda values: values.name)
def test_exactly_the_declared_paths_are_open(values: Path, direction: Direction) -> None:
    policies, everyone = stack(values)
    found, wanted = open_ways(policies, everyone, direction), declared(values, everyone, direction)
    assert found - wanted == set(), "open, but not declared"
    assert wanted - found == set(), "declared, but closed"


@pytest.mark.spec("SC-010")
@pytest.mark.parametrize("values", APPLICATION_VALUES, ids=lambda values: values.name)
def test_no_policy_can_be_spared(values: Path) -> None:
    """The evaluation above notices each one that is missing."""
    policies, everyone = stack(values)
    unnoticed = [
        left_out["metadata"]["name"]
        for left_out in policies
        if all(
            open_ways([policy for policy in policies if policy is not left_out], everyone, direction)
            == declared(values, everyone, direction)
            for direction in ("ingress", "egress")
        )
    ]

    assert unnoticed == []


def test_the_database_guards_itself() -> None:
    """Its policy does not lean on the application's release."""
    objects = render(DATABASE, DATABASE / "values.yaml")
    others = render(APPLICATION, APPLICATION / "values.yaml") + render(KAGENT_ACCESS, KAGENT_VALUES)
    everyone = ends(objects + others, "controllers") + kagent_ends()
    policies = of_kind(objects, "NetworkPolicy")
    into = {path for path in open_ways(policies, everyone, "ingress") if path[1] == "database"}
    keepers = ("backend", "mcp-server", "migrations", "kagent-database", "kagent-controller")
    assert into == {(component, "database", 5432) for component in keepers}
    assert not [path for path in open_ways(policies, everyone, "egress") if path[0] == "database"]


@pytest.mark.parametrize("values", APPLICATION_VALUES, ids=lambda values: values.name)
def test_paths_of_migrations_and_tests_are_open_only_while_they_run(values: Path) -> None:
    for policy in of_kind(render(APPLICATION, values), "NetworkPolicy"):
        component = policy["metadata"]["labels"]["app.kubernetes.io/component"]
        hook = policy["metadata"].get("annotations", {}).get("helm.sh/hook-delete-policy", "")
        assert ("hook-succeeded" in hook) == (component in {"migrations", "test"})
