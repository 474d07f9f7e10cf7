"""A snapshot as text: what a model, or a person in a hurry, reads. What is wrong comes first, and it is bounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from operations.redaction import redacted
from operations.snapshot import COMPONENT, component, condition, containers, happened, is_ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from operations.cluster import Object
    from operations.snapshot import LogLine, Snapshot

# In characters: some 12,000 tokens.
LIMIT = 48_000
_LINE = 420
_EVENTS = 80
_MIB = 2**20
# What a pod's name ends with, and how much of a message tells what it is about.
_POD_SUFFIX = re.compile(r"-[a-z0-9]{5}$")
_TELLING = 40

TROUBLE = re.compile(
    r"error|exception|fatal|panic|fail|refused|denied|timed? ?out|unreachable|unavailable|no space|not found|missing"
    r"|required|killed|traceback|cannot|can not|could not|warning|critical",
    re.IGNORECASE,
)
# A line of our own logs that only informs, whatever words are in it.
HARMLESS = re.compile(r'"level": ?"(?:info|debug)"', re.IGNORECASE)


def excerpt(snapshot: Snapshot, limit: int = LIMIT) -> str:
    """The whole snapshot in at most `limit` characters; what is left out is counted at the end."""
    sections = (
        ("Nodes", _nodes(snapshot)),
        ("Pods that are not well", _pods(snapshot, well=False)),
        ("Deployments, StatefulSets and Jobs", _controllers(snapshot)),
        ("Agents of kagent", _agents(snapshot)),
        ("Recent warnings, the last one first", _events(snapshot)),
        ("Logs of pods that are not well", _logs(snapshot, well=False)),
        ("Claims, autoscalers, Services, ways in and policies", _others(snapshot)),
        ("Other pods", _pods(snapshot, well=True)),
        ("Logs of other pods", _logs(snapshot, well=True)),
    )
    lines = [f"Namespace {snapshot.namespace} at {snapshot.taken:%Y-%m-%d %H:%M:%S} UTC"]
    for title, content in sections:
        found = [f"  {_cut(line)}" for line in content]
        lines += [f"{title}:", *(found or ["  none"])]
    return _bounded(lines, limit)


def _bounded(lines: list[str], limit: int) -> str:
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size > limit - 60:
            return "\n".join([*lines[:number], f"({len(lines) - number} more lines were left out)"])
    return "\n".join(lines)


def _cut(line: str) -> str:
    flat = re.sub(r"\s+", " ", redacted(line)).strip()
    return flat if len(flat) <= _LINE else f"{flat[: _LINE - 80]} … {flat[-76:]}"


def _nodes(snapshot: Snapshot) -> Iterator[str]:
    for node in snapshot.nodes:
        bad = [
            f"{one['type']}={one['status']} ({one.get('message', '')})"
            for one in node["status"].get("conditions", [])
            if (one["status"] == "True") != (one["type"] == "Ready")
        ]
        cordoned = ["cordoned"] if node["spec"].get("unschedulable") else []
        name = node["metadata"]["name"]
        measured = [_usage(snapshot.node_usage[name])] if name in snapshot.node_usage else []
        room = ", ".join(
            f"{key} {value}" for key, value in node["status"].get("allocatable", {}).items() if key in {"cpu", "memory"}
        )
        yield f"{name}: {', '.join([*(bad or ['Ready']), *cordoned, *measured])}; has {room}"


def _usage(used: tuple[float, float]) -> str:
    return f"uses {used[0] * 1000:.0f}m of processor and {used[1] / _MIB:.0f} MiB"


def _pods(snapshot: Snapshot, *, well: bool) -> Iterator[str]:
    for pod in snapshot.pods:
        if is_ready(pod) != well:
            continue
        status = pod["status"]
        said = [f"{status.get('reason', '')} {status.get('message', '')}".strip(), _scheduling(pod)]
        said += [_container(state) for state in containers(pod)]
        name = pod["metadata"]["name"]
        if name in snapshot.pod_usage:
            said.append(_usage(snapshot.pod_usage[name]))
        restarts = sum(state.get("restartCount", 0) for state in containers(pod))
        yield f"{name} ({component(pod)}): {status.get('phase')}, {restarts} restarts; {'; '.join(filter(None, said))}"


def _scheduling(pod: Object) -> str:
    scheduled = condition(pod, "PodScheduled")
    return f"not scheduled: {scheduled.get('message', '')}" if scheduled.get("status") == "False" else ""


def _container(state: Object) -> str:
    now, before = state.get("state", {}), state.get("lastState", {})
    words = [f"container {state['name']} {'ready' if state.get('ready') else 'not ready'}"]
    if waiting := now.get("waiting"):
        words.append(f"waiting: {waiting.get('reason', '')} {waiting.get('message', '')}".strip())
    for when, ended in (("ended", now.get("terminated")), ("ended before", before.get("terminated"))):
        if ended:
            said = f"exit code {ended.get('exitCode')} {ended.get('message', '')}".strip()
            words.append(f"{when}: {ended.get('reason', '')}, {said}")
    return ", ".join(words)


def _controllers(snapshot: Snapshot) -> Iterator[str]:
    for kind in ("Deployment", "StatefulSet"):
        for item in snapshot.of_kind(kind):
            wanted, ready = item["spec"].get("replicas", 1), item["status"].get("readyReplicas", 0)
            bad = [
                f"{one['type']}: {one.get('message', '')}"
                for one in item["status"].get("conditions", [])
                if (one["status"] == "True") == (one["type"] == "ReplicaFailure")
            ]
            images = ", ".join(one["image"] for one in item["spec"]["template"]["spec"]["containers"])
            yield f"{kind} {item['metadata']['name']}: {'; '.join([f'{ready} of {wanted} ready, {images}', *bad])}"
    for job in snapshot.of_kind("Job"):
        ends = [
            f"{one['type']} {one.get('message', '')}"
            for one in job["status"].get("conditions", [])
            if one["status"] == "True"
        ]
        yield f"Job {job['metadata']['name']}: {'; '.join(ends) or 'running'}"


def _agents(snapshot: Snapshot) -> Iterator[str]:
    for agent in snapshot.agents:
        said = [
            f"{one['type']}={one['status']} {one.get('message', '')}"
            for one in agent.get("status", {}).get("conditions", [])
        ]
        yield f"{agent['metadata']['name']}: {'; '.join(said) or 'nothing is known'}"


def _events(snapshot: Snapshot) -> Iterator[str]:
    for event in _distinct(snapshot.warnings())[:_EVENTS]:
        about = event["involvedObject"]
        count = (event.get("series") or {}).get("count") or event.get("count") or 1
        yield (
            f"{happened(event):%H:%M:%S} {about.get('kind', '')} {about.get('name', '')} ({count} times)"
            f" {event.get('reason', '')}: {event.get('message', '')}"
        )


def _distinct(events: list[Object]) -> list[Object]:
    """The first of those that say the same of one maker's pods: one that is made again and again tells nothing new."""
    kept: dict[tuple[str, str, str], Object] = {}
    for event in events:
        maker = _POD_SUFFIX.sub("", event["involvedObject"].get("name", ""))
        kept.setdefault((maker, event.get("reason", ""), event.get("message", "")[:_TELLING]), event)
    return list(kept.values())


def _others(snapshot: Snapshot) -> Iterator[str]:
    for claim in snapshot.of_kind("PersistentVolumeClaim"):
        yield f"PersistentVolumeClaim {claim['metadata']['name']}: {claim['status'].get('phase', 'unknown')}"
    for scaler in snapshot.of_kind("HorizontalPodAutoscaler"):
        bad = [
            f"{one['type']}={one['status']}: {one.get('message', '')}"
            for one in scaler["status"].get("conditions", [])
            if one["status"] == "False" and one["type"] != "ScalingLimited"
        ]
        replicas = f"{scaler['status'].get('currentReplicas', 0)} of at most {scaler['spec']['maxReplicas']} pods"
        yield f"HorizontalPodAutoscaler {scaler['metadata']['name']}: {'; '.join([replicas, *bad])}"
    for service in snapshot.of_kind("Service"):
        name = service["metadata"]["name"]
        chosen = service["spec"].get("selector", {}).get(COMPONENT, "nothing")
        yield f"Service {name}: {ready_addresses(snapshot, name)} ready addresses, selects {chosen}"
    for ingress in snapshot.of_kind("Ingress"):
        paths = [path for rule in ingress["spec"].get("rules", []) for path in rule.get("http", {}).get("paths", [])]
        ways = ", ".join(f"{path.get('path', '/')} to {path['backend']['service']['name']}" for path in paths)
        yield f"Ingress {ingress['metadata']['name']}: class {ingress['spec'].get('ingressClassName', 'none')}, {ways}"
    for policy in snapshot.of_kind("NetworkPolicy"):
        spec = policy["spec"]
        whom = ", ".join(
            f"{key}={value}"
            for key, value in spec.get("podSelector", {}).get("matchLabels", {}).items()
            if key == COMPONENT
        )
        ways = f"{len(spec.get('ingress', []))} ways in, {len(spec.get('egress', []))} ways out"
        yield f"NetworkPolicy {policy['metadata']['name']}: for {whom or 'all pods'}, {ways}"


def ready_addresses(snapshot: Snapshot, service: str) -> int:
    """How many pods serve a Service."""
    return sum(
        len(endpoint.get("addresses") or [])
        for part in snapshot.of_kind("EndpointSlice")
        if part["metadata"].get("labels", {}).get("kubernetes.io/service-name") == service
        for endpoint in part.get("endpoints") or []
        if endpoint.get("conditions", {}).get("ready", True)
    )


def _logs(snapshot: Snapshot, *, well: bool) -> Iterator[str]:
    for pod in snapshot.pods:
        name = pod["metadata"]["name"]
        if is_ready(pod) == well:
            yield from (f"{name}: {line.text}" for line in telling(snapshot.log(name), most=2 if well else 8))


def telling(lines: Iterable[LogLine], most: int) -> list[LogLine]:
    """The last lines that speak of trouble, and the very last one, in their order; the same one is not said twice."""
    every = list({line.text: line for line in lines if line.text.strip()}.values())
    chosen = [line for line in every if TROUBLE.search(line.text) and not HARMLESS.search(line.text)][-most:]
    return chosen if not every or every[-1] in chosen else [*chosen, every[-1]]
