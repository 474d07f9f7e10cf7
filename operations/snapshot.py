"""One look at a namespace: everything that tells how it is, taken at nearly the same moment."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from operations.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from operations.cluster import Cluster, Object

PART_OF_LABEL, OURS = "app.kubernetes.io/part-of", "wealth-companion"
PART_OF = f"{PART_OF_LABEL}={OURS}"
COMPONENT = "app.kubernetes.io/component"
KINDS = (
    "pods",
    "events",
    "services",
    "configmaps",
    "persistentvolumeclaims",
    "deployments.apps",
    "replicasets.apps",
    "statefulsets.apps",
    "horizontalpodautoscalers.autoscaling",
    "jobs.batch",
    "endpointslices.discovery.k8s.io",
    "ingresses.networking.k8s.io",
    "networkpolicies.networking.k8s.io",
)
LOG_LINES = 40
# What happened longer ago says nothing of now.
RECENT = timedelta(minutes=10)

_LOG_LINE = re.compile(r"\[pod/(?P<pod>[^/\]]+)/(?P<container>[^\]]+)\] (?P<rest>.*)")
_UNITS = {
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    "": 1,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
    "Ti": 2**40,
}


@dataclass(frozen=True)
class LogLine:
    at: datetime | None
    text: str


@dataclass(frozen=True)
class Snapshot:
    """Objects by kind (`Pod`, `Event` …), and the last log lines by pod and container, credentials hidden."""

    namespace: str
    taken: datetime
    objects: dict[str, list[Object]] = field(default_factory=dict)
    logs: dict[tuple[str, str], list[LogLine]] = field(default_factory=dict)
    nodes: list[Object] = field(default_factory=list)
    # by name: processor in cores, memory in bytes
    pod_usage: dict[str, tuple[float, float]] = field(default_factory=dict)
    node_usage: dict[str, tuple[float, float]] = field(default_factory=dict)
    agents: list[Object] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Object]:
        return self.objects.get(kind, [])

    @property
    def pods(self) -> list[Object]:
        """Those that are meant to run: without what is being removed, and without Jobs that are done."""
        return [
            pod
            for pod in self.of_kind("Pod")
            if "deletionTimestamp" not in pod["metadata"] and pod["status"].get("phase") != "Succeeded"
        ]

    def warnings(self, name: str | None = None, uid: str | None = None) -> list[Object]:
        """Recent warnings, the last one first; of one object or of all."""
        found = [
            event
            for event in self.of_kind("Event")
            if event.get("type") == "Warning"
            and (name is None or event["involvedObject"].get("name") == name)
            and (uid is None or event["involvedObject"].get("uid") in {uid, None})
            and self.taken - happened(event) <= RECENT
        ]
        return sorted(found, key=happened, reverse=True)

    def log(self, pod: str) -> list[LogLine]:
        """Of all containers of a pod."""
        return [line for (owner, _), lines in self.logs.items() if owner == pod for line in lines]


def take(cluster: Cluster) -> Snapshot:
    """Looks at everything. Raises ClusterError where the cluster does not answer."""
    metrics = f"/apis/metrics.k8s.io/v1beta1/namespaces/{cluster.namespace}/pods"
    agents = f"/apis/kagent.dev/v1alpha2/namespaces/{cluster.namespace}/agents"
    with ThreadPoolExecutor(max_workers=6) as pool:
        # the first one says whether the cluster answers at all
        everything = pool.submit(cluster.items, KINDS)
        logs = pool.submit(cluster.logs, PART_OF, LOG_LINES)
        raw = [
            pool.submit(cluster.raw, path)
            for path in ("/api/v1/nodes", metrics, "/apis/metrics.k8s.io/v1beta1/nodes", agents)
        ]
        objects: dict[str, list[Object]] = {}
        for item in everything.result():
            objects.setdefault(item["kind"], []).append(item)
        lines = parse_logs(logs.result())
        before = {one: pool.submit(cluster.previous_logs, *one, LOG_LINES) for one in restarted(objects.get("Pod", []))}
        for (pod, container), log in before.items():
            earlier = [parse_line(line) for line in log.result().splitlines()]
            lines[pod, container] = earlier + lines.get((pod, container), [])
        nodes, pod_usage, node_usage, of_kagent = [(one.result() or {}).get("items", []) for one in raw]
    return Snapshot(
        namespace=cluster.namespace,
        taken=datetime.now(UTC),
        objects=without_unused(objects),
        logs=lines,
        nodes=nodes,
        pod_usage={one["metadata"]["name"]: used(one["containers"]) for one in pod_usage},
        node_usage={one["metadata"]["name"]: used([one]) for one in node_usage},
        agents=of_kagent,
    )


def without_unused(objects: dict[str, list[Object]]) -> dict[str, list[Object]]:
    """Without what somebody else has released to have no pods, as kagent's pages are here, and the Services of that."""
    unused = [
        item for item in objects.get("Deployment", []) if item["spec"].get("replicas", 1) == 0 and not is_ours(item)
    ]
    labels = [(item["spec"]["template"]["metadata"].get("labels") or {}).items() for item in unused]

    def is_used(item: Object) -> bool:
        selector = item["spec"].get("selector") or {} if item["kind"] == "Service" else {}
        return item not in unused and not (selector and any(selector.items() <= one for one in labels))

    return {
        kind: [item for item in items if kind not in {"Deployment", "Service"} or is_used(item)]
        for kind, items in objects.items()
    }


def restarted(pods: list[Object]) -> Iterator[tuple[str, str]]:
    """Pod and container of those that run again and are not well: why, the container before knows."""
    for pod in pods:
        for state in containers(pod):
            if state.get("restartCount") and not state.get("ready") and "running" in state.get("state", {}):
                yield pod["metadata"]["name"], state["name"]


def parse_logs(text: str) -> dict[tuple[str, str], list[LogLine]]:
    lines: dict[tuple[str, str], list[LogLine]] = {}
    for line in text.splitlines():
        if match := _LOG_LINE.fullmatch(line):
            lines.setdefault((match["pod"], match["container"]), []).append(parse_line(match["rest"]))
    return lines


def parse_line(line: str) -> LogLine:
    stamp, _, rest = line.partition(" ")
    at = moment(stamp)
    # our services write JSON, in which the quotes of others are escaped
    return LogLine(at, redacted((rest if at else line).replace('\\"', '"')))


# ---- reading objects ----


def component(item: Object) -> str:
    """What it belongs to, by its label; else its own name."""
    labels = item["metadata"].get("labels") or {}
    return str(labels.get(COMPONENT) or item["metadata"]["name"])


def is_ours(item: Object) -> bool:
    """Whether our charts released it; beside them kagent's may stand."""
    return (item["metadata"].get("labels") or {}).get(PART_OF_LABEL) == OURS


def containers(pod: Object) -> list[Object]:
    """The states of all containers, those that come first first."""
    status = pod["status"]
    return [*status.get("initContainerStatuses", []), *status.get("containerStatuses", [])]


def condition(item: Object, kind: str) -> Object:
    """The condition of that type; empty where there is none."""
    return next((one for one in item.get("status", {}).get("conditions", []) if one["type"] == kind), {})


def is_ready(pod: Object) -> bool:
    return condition(pod, "Ready").get("status") == "True"


def happened(event: Object) -> datetime:
    stamp = (
        (event.get("series") or {}).get("lastObservedTime")
        or event.get("lastTimestamp")
        or event.get("eventTime")
        or event["metadata"].get("creationTimestamp")
    )
    return moment(stamp) or datetime.fromtimestamp(0, UTC)


def moment(stamp: str | None) -> datetime | None:
    """A time as Kubernetes writes it, with nanoseconds or without; None where it is none, which may be null."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", stamp or "")
    if not match:
        return None
    return datetime.fromisoformat(f"{match[1]}.{(match[2] or '0')[:6].ljust(6, '0')}+00:00")


def amount(quantity: str) -> float:
    """A quantity of Kubernetes as a number: cores, or bytes."""
    match = re.fullmatch(r"([0-9.]+)([a-zA-Z]*)", quantity)
    return float(match[1]) * _UNITS.get(match[2], 1) if match else 0.0


def used(measured: list[Object]) -> tuple[float, float]:
    """Processor in cores and memory in bytes, summed up."""
    return (
        sum(amount(one["usage"]["cpu"]) for one in measured),
        sum(amount(one["usage"]["memory"]) for one in measured),
    )
