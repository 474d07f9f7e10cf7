"""What is wrong, by rule: for each fault its cause, the line that shows it, and what helps. No model is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from operations.excerpt import HARMLESS, ready_addresses
from operations.redaction import redacted
from operations.signs import ENDED, EVENTS, EVICTED, LOGS, OUTSIDE, REFUSED_PODS, SCHEDULING, WAITING
from operations.snapshot import COMPONENT, amount, component, condition, containers, happened, is_ours, is_ready, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from operations.cluster import Object
    from operations.signs import Sign
    from operations.snapshot import LogLine, Snapshot

# What was said so long ago by a pod that is ready is over.
_STILL_SAID = timedelta(seconds=60)
# What a log says within this time is of one cause.
_TOGETHER = timedelta(seconds=60)
# A container that has just started need not answer its probes yet.
_SETTLED = timedelta(seconds=20)
# An autoscaler has measured by then.
_MEASURED = timedelta(seconds=120)
_NEARLY_FULL = 0.9
# So many parts do not get slow at once by themselves.
_MANY = 3
_SLOW_PROBE = re.compile(r"probe failed.*(?:deadline exceeded|Client\.Timeout|timed out)")
_MIB = 2**20
_EVIDENCE = 400

# What others depend on comes first.
_NODE, _DATABASE, _CONTROLLER, _POD, _SERVICE, _USE = range(6)


@dataclass(frozen=True)
class Finding:
    """One cause. `about` is the part of the stack, or the object, that it concerns."""

    about: str
    cause: str
    evidence: str
    cure: str
    rank: int = _POD

    def __str__(self) -> str:
        return f"{self.about}: {self.cause}\n  shown by: {self.evidence}\n  what helps: {self.cure}"


def examine(snapshot: Snapshot) -> list[Finding]:
    """Everything that is wrong, what others depend on first. Empty for a stack that is well."""
    if not snapshot.of_kind("Deployment") and not snapshot.of_kind("StatefulSet"):
        return [
            _finding(
                snapshot.namespace,
                "nothing of the stack is here",
                "no Deployment in the namespace",
                "`make up` releases it",
            )
        ]
    found = [
        *_nodes(snapshot),
        *_controllers(snapshot),
        *_pods(snapshot),
        *_agents(snapshot),
        *_policies(snapshot),
        *_ways_in(snapshot),
        *_claims(snapshot),
        *_autoscalers(snapshot),
        *_use(snapshot),
    ]
    found += _services(snapshot, {finding.about for finding in found})
    found = _overloaded(snapshot, found)
    unique = {(finding.about, finding.cause): finding for finding in reversed(found)}
    return sorted(unique.values(), key=lambda finding: (finding.rank, finding.about))


def concerning(findings: Iterable[Finding], service: str, snapshot: Snapshot) -> list[Finding]:
    """Those of a service and of all that it needs."""
    names = needed_by(service, snapshot) | {service} | {node["metadata"]["name"] for node in snapshot.nodes}
    chosen = [finding for finding in findings if finding.about in names]
    return sorted(chosen, key=lambda finding: (finding.about != service, finding.rank))


def needed_by(service: str, snapshot: Snapshot) -> set[str]:
    """What a service sends requests to, and what that needs in turn: the NetworkPolicies say so."""
    ways: dict[str, set[str]] = {}
    for policy in snapshot.of_kind("NetworkPolicy"):
        sender = policy["spec"].get("podSelector", {}).get("matchLabels", {}).get(COMPONENT)
        for rule in policy["spec"].get("egress", []):
            for peer in rule.get("to", []):
                receiver = peer.get("podSelector", {}).get("matchLabels", {}).get(COMPONENT)
                if sender and receiver:
                    ways.setdefault(sender, set()).add(receiver)
    needed: set[str] = set()
    waiting = [service]
    while waiting:
        new = ways.get(waiting.pop(), set()) - needed
        needed |= new
        waiting += new
    return needed - {service}


def _finding(about: str, cause: str, evidence: str, cure: str, rank: int = _POD) -> Finding:
    flat = re.sub(r"\s+", " ", redacted(evidence)).strip()
    shown = flat if len(flat) <= _EVIDENCE else f"{flat[: _EVIDENCE - 100]} … {flat[-96:]}"
    return Finding(about, cause, shown, cure, _DATABASE if about == "database" and rank >= _CONTROLLER else rank)


def _first(signs: Sequence[Sign], lines: Iterable[str], about: str, rank: int = _POD) -> Finding | None:
    """The first of the lines that one of the signs fits."""
    for line in lines:
        for sign in signs:
            if match := sign.pattern.search(line):
                words = {key: value or "" for key, value in match.groupdict().items()} | {"about": about}
                return _finding(about, sign.cause.format(**words), line, sign.cure.format(**words), rank)
    return None


def _told(signs: Sequence[Sign], lines: Sequence[LogLine], about: str) -> Finding | None:
    """What a log says, its last minute before all else.

    Programs say many things of one cause, and the last of them is often the least telling ("no connection within 5 s"):
    of what they say together the sign that comes first in the list counts.
    """
    said = _newest_first(lines)
    newest = next((line.at for line in said if line.at), None)
    together = [line.text for line in said if newest and line.at and newest - line.at <= _TOGETHER]
    for sign in signs:
        if found := _first([sign], together, about):
            return found
    return _first(signs, [line.text for line in said], about)


def _newest_first(lines: Sequence[LogLine]) -> list[LogLine]:
    """Without those that say nothing, or only inform."""
    return [line for line in reversed(lines) if line.text.strip() and not HARMLESS.search(line.text)]


# ---- nodes ----


def _nodes(snapshot: Snapshot) -> Iterator[Finding]:
    for node in snapshot.nodes:
        name = node["metadata"]["name"]
        if node["spec"].get("unschedulable"):
            yield _finding(
                name,
                "the node takes no new pods: it is cordoned",
                f"node {name} spec.unschedulable: true",
                f"`kubectl uncordon {name}`",
                _NODE,
            )
        for one in node["status"].get("conditions", []):
            if one["type"] == "Ready" and one["status"] != "True":
                yield _finding(
                    name, "the node is not ready", one.get("message", "NotReady"), "`make up` starts it again", _NODE
                )
            elif one["type"] != "Ready" and one["status"] == "True":
                cure = (
                    "free some disk, memory or processes on this machine"
                    if one["type"].endswith("Pressure")
                    else "`make up`"
                )
                yield _finding(name, f"the node reports {one['type']}", one.get("message", one["type"]), cure, _NODE)


def _overloaded(snapshot: Snapshot, found: list[Finding]) -> list[Finding]:
    """Where the probes of many parts time out at once, it is not the parts that are wrong."""
    slow = [finding for finding in found if _SLOW_PROBE.search(finding.evidence)]
    parts = sorted({finding.about for finding in slow})
    if len(parts) < _MANY:
        return found
    name = next((node["metadata"]["name"] for node in snapshot.nodes), "the node")
    cause = f"the machine is too busy: {len(parts)} parts do not answer their probes in time ({', '.join(parts)})"
    cure = "stop what else uses its processors, or give the node more of them (cluster_cpus)"
    others = [finding for finding in found if finding not in slow]
    return [*others, _finding(name, cause, slow[0].evidence, cure, _NODE)]


# ---- what makes pods ----


def _controllers(snapshot: Snapshot) -> Iterator[Finding]:
    for kind in ("Deployment", "StatefulSet"):
        for item in snapshot.of_kind(kind):
            name, about = item["metadata"]["name"], component(item)
            if item["spec"].get("replicas", 1) == 0:
                yield _finding(
                    about,
                    "it is scaled to zero: no pod is wanted",
                    f"{kind} {name} spec.replicas: 0",
                    "`make up` releases it again",
                    _CONTROLLER,
                )
                continue
            refused = [condition(item, "ReplicaFailure").get("message", "")]
            if not item["status"].get("readyReplicas"):
                refused += [
                    event["message"] for event in snapshot.warnings(name) if event.get("reason") == "FailedCreate"
                ]
            lines = [line for line in refused if line]
            if found := _first(REFUSED_PODS, lines, about, _CONTROLLER):
                yield found
            elif lines:
                yield _finding(
                    about,
                    "Kubernetes refuses to make its pods",
                    lines[0],
                    "correct what the line names, then `make up`",
                    _CONTROLLER,
                )


# ---- pods ----


def _pods(snapshot: Snapshot) -> Iterator[Finding]:
    done = {
        job["metadata"]["name"] for job in snapshot.of_kind("Job") if condition(job, "Complete").get("status") == "True"
    }
    for pod in snapshot.pods:
        owners = {owner["name"] for owner in pod["metadata"].get("ownerReferences", [])}
        found = None
        if is_ready(pod):
            found = _still_said(snapshot, pod) or _killed_for_memory(snapshot, pod)
        elif pod["status"].get("phase") == "Failed":
            found = None if owners & done else _failed(snapshot, pod)
        else:
            found = _not_ready(snapshot, pod)
        if found:
            yield found


def _failed(snapshot: Snapshot, pod: Object) -> Finding | None:
    """Failed pods stay to be looked at; those of long ago say nothing."""
    status, about = pod["status"], component(pod)
    ends = [moment(one.get("finishedAt")) for one in _ended(pod)]
    ends += [happened(event) for event in snapshot.warnings(pod["metadata"]["name"])]
    if not any(end and snapshot.taken - end <= timedelta(minutes=10) for end in ends):
        return None
    evidence = f"{status.get('reason', '')}: {status.get('message', '')}"
    if found := _first(EVICTED, [evidence], about):
        return found
    if status.get("reason") == "Evicted":
        return _finding(about, "a pod was evicted", evidence, "make room on the node")
    return _crashed(snapshot, pod)


def _not_ready(snapshot: Snapshot, pod: Object) -> Finding | None:
    about = component(pod)
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        evidence = scheduled.get("message", "")
        return _first(SCHEDULING, [evidence], about) or _finding(
            about, "no node takes its pod", evidence, "correct what the line names"
        )
    waiting = [f"{one.get('reason', '')}: {one.get('message', '')}" for one in _waiting(pod)]
    # of an image that can not be pulled the event tells more
    pulls = [line for line in _warned(snapshot, pod) if "Failed to pull image" in line]
    if found := _first(WAITING, [*pulls, *waiting], about):
        return found
    return None if _is_starting(snapshot, pod) else _crashed(snapshot, pod) or _slow(snapshot, pod)


def _warned(snapshot: Snapshot, pod: Object) -> list[str]:
    metadata = pod["metadata"]
    return [
        f"{event.get('reason', '')}: {event.get('message', '')}"
        for event in snapshot.warnings(metadata["name"], metadata.get("uid"))
    ]


def _is_starting(snapshot: Snapshot, pod: Object) -> bool:
    """For the first time, and just now: that it is not ready yet means nothing."""
    starts = [
        moment(state["state"]["running"].get("startedAt"))
        for state in containers(pod)
        if "running" in state.get("state", {}) and not state.get("restartCount")
    ]
    return any(start and snapshot.taken - start < _SETTLED for start in starts)


def _slow(snapshot: Snapshot, pod: Object) -> Finding | None:
    """Nothing tells why; for a pod that has just started there is nothing to tell."""
    started = moment(pod["metadata"].get("creationTimestamp"))
    if not started or snapshot.taken - started < timedelta(minutes=2):
        return None
    said = condition(pod, "Ready").get("message") or pod["status"].get("phase", "")
    return _finding(
        component(pod),
        "its pod is not ready, and nothing tells why",
        said,
        f"`make logs SERVICE={component(pod)}`, then `make restart`",
    )


def _waiting(pod: Object) -> list[Object]:
    return [
        state["state"]["waiting"]
        for state in containers(pod)
        if state.get("state", {}).get("waiting", {}).get("reason") not in {None, "PodInitializing", "ContainerCreating"}
    ]


def _ended(pod: Object) -> list[Object]:
    """How containers ended that did not end well, the last time first."""
    ends = [
        end
        for state in containers(pod)
        for end in (state.get("state", {}).get("terminated"), state.get("lastState", {}).get("terminated"))
        if end
    ]
    return [end for end in ends if end.get("exitCode") != 0]


def _crashed(snapshot: Snapshot, pod: Object) -> Finding | None:
    """It ended, or it runs and is not ready: its own words say why, else how it ended."""
    about, name, ends = component(pod), pod["metadata"]["name"], _ended(pod)
    if any(end.get("reason") == "OOMKilled" for end in ends):
        return _out_of_memory(pod)
    if found := _first(ENDED, [f"{end.get('reason', '')}: {end.get('message', '')}" for end in ends], about):
        return found
    if found := _told(LOGS, snapshot.log(name), about):
        return found
    # what came before the others in the list caused them
    warnings = _warned(snapshot, pod)
    for sign in EVENTS:
        if found := _first([sign], warnings, about):
            return found
    if not ends:
        return None
    lines = _newest_first(snapshot.log(name))
    shown = (
        f"{lines[0].text} (exit code {ends[0].get('exitCode')})"
        if lines
        else f"exit code {ends[0].get('exitCode')}, without a word"
    )
    return _finding(
        about,
        f"its program ends with exit code {ends[0].get('exitCode')}",
        shown,
        f"`make logs SERVICE={about}` shows all that it said",
    )


def _out_of_memory(pod: Object) -> Finding:
    limits = [one.get("resources", {}).get("limits", {}).get("memory") for one in pod["spec"]["containers"]]
    about, limit = component(pod), next((one for one in limits if one), "none")
    evidence = f"container of {pod['metadata']['name']} ended: OOMKilled, its limit is {limit}"
    return _finding(
        about,
        f"it needed more memory than its limit of {limit} and was killed",
        evidence,
        f"raise release_values for {about}: resources.limits.memory, then `make up`",
    )


def _killed_for_memory(snapshot: Snapshot, pod: Object) -> Finding | None:
    for end in _ended(pod):
        at = moment(end.get("finishedAt"))
        if end.get("reason") == "OOMKilled" and at and snapshot.taken - at <= timedelta(minutes=10):
            return _out_of_memory(pod)
    return None


def _still_said(snapshot: Snapshot, pod: Object) -> Finding | None:
    """What a pod that is ready complains of just now: something that it needs is away."""
    since = moment(condition(pod, "Ready").get("lastTransitionTime"))

    def now(line: LogLine) -> bool:
        return bool(line.at and snapshot.taken - line.at <= _STILL_SAID and (not since or line.at > since))

    return _told(OUTSIDE, [line for line in snapshot.log(pod["metadata"]["name"]) if now(line)], component(pod))


# ---- the rest ----


def _agents(snapshot: Snapshot) -> Iterator[Finding]:
    for agent in snapshot.agents:
        refused = condition(agent, "Accepted")
        if refused.get("status") == "False":
            name = component(agent)
            yield _finding(
                name,
                "kagent does not accept the agent",
                refused.get("message", ""),
                "correct what the line names, then `make up`",
                _CONTROLLER,
            )


def _labels_fit(selector: dict[str, str], labels: dict[str, str]) -> bool:
    return all(labels.get(key) == value for key, value in selector.items())


def _selected(selector: dict[str, str], snapshot: Snapshot) -> list[Object]:
    return [pod for pod in snapshot.pods if _labels_fit(selector, pod["metadata"].get("labels", {}))]


def _policies(snapshot: Snapshot) -> Iterator[Finding]:
    """A Service of ours whose pods are closed by a policy and opened by none; to kagent's API nobody has a way."""
    for service in snapshot.of_kind("Service"):
        pods = _selected(service["spec"].get("selector") or {"": ""}, snapshot)
        if not pods or not is_ours(pods[0]):
            continue
        labels = pods[0]["metadata"].get("labels", {})
        closing = [
            policy
            for policy in snapshot.of_kind("NetworkPolicy")
            if _chosen_by(policy["spec"].get("podSelector", {}), labels)
            and "Ingress" in policy["spec"].get("policyTypes", ["Ingress"])
        ]
        if closing and not any(policy["spec"].get("ingress") for policy in closing):
            about = component(pods[0])
            names = ", ".join(policy["metadata"]["name"] for policy in closing)
            yield _finding(
                about,
                "no NetworkPolicy lets anything reach it",
                f"NetworkPolicy {names}: closes {about}, and no other opens it",
                "`make up` releases the policy again",
                _CONTROLLER,
            )


def _chosen_by(selector: Object, labels: dict[str, str]) -> bool:
    """Selectors with expressions are not ours: they choose nothing here."""
    return not selector.get("matchExpressions") and _labels_fit(selector.get("matchLabels") or {}, labels)


def _ways_in(snapshot: Snapshot) -> Iterator[Finding]:
    services = {service["metadata"]["name"] for service in snapshot.of_kind("Service")}
    for ingress in snapshot.of_kind("Ingress"):
        for rule in ingress["spec"].get("rules", []):
            for path in rule.get("http", {}).get("paths", []):
                aim = path["backend"].get("service", {}).get("name")
                if aim and aim not in services:
                    line = f"Ingress {ingress['metadata']['name']}: {path.get('path', '/')} leads to Service {aim}"
                    yield _finding(
                        component(ingress),
                        f"a way in leads to the Service {aim}, which does not exist",
                        line,
                        "`make up` releases it again",
                        _SERVICE,
                    )


def _claims(snapshot: Snapshot) -> Iterator[Finding]:
    for claim in snapshot.of_kind("PersistentVolumeClaim"):
        name = claim["metadata"]["name"]
        said = [event["message"] for event in snapshot.warnings(name)]
        if claim["status"].get("phase") == "Lost" or (claim["status"].get("phase") == "Pending" and said):
            evidence = f"PersistentVolumeClaim {name}: {claim['status']['phase']} {said[0] if said else ''}"
            yield _finding(
                component(claim),
                f"the volume claim {name} gets no volume",
                evidence,
                "name a StorageClass that the cluster has, then `make up`",
                _CONTROLLER,
            )


def _autoscalers(snapshot: Snapshot) -> Iterator[Finding]:
    for scaler in snapshot.of_kind("HorizontalPodAutoscaler"):
        active = condition(scaler, "ScalingActive")
        since = moment(active.get("lastTransitionTime"))
        said = active.get("message", "")
        decided = "missing request" in said or (since and snapshot.taken - since > _MEASURED)
        # one that is scaled to zero is told by its Deployment
        if active.get("status") == "False" and active.get("reason") != "ScalingDisabled" and decided:
            cure = (
                "give it a processor request"
                if "missing request" in said
                else "`make up --tags metrics` repairs the metrics API; on a cluster of yours, install metrics-server"
            )
            yield _finding(
                component(scaler),
                "its autoscaler can not measure it",
                f"HorizontalPodAutoscaler {scaler['metadata']['name']}: {said}",
                cure,
                _SERVICE,
            )


def _services(snapshot: Snapshot, explained: set[str]) -> Iterator[Finding]:
    """Services that nobody serves, where nothing else explains it."""
    for service in snapshot.of_kind("Service"):
        name, about = service["metadata"]["name"], component(service)
        selector = service["spec"].get("selector")
        if not selector or about in explained or ready_addresses(snapshot, name):
            continue
        if not _selected(selector, snapshot):
            wanted = ", ".join(f"{key}={value}" for key, value in selector.items())
            yield _finding(
                about,
                "its Service selects no pod",
                f"Service {name}: no pod has {wanted}",
                "`make up` releases what is missing",
                _SERVICE,
            )


def _use(snapshot: Snapshot) -> Iterator[Finding]:
    for pod in snapshot.pods:
        limits = [one.get("resources", {}).get("limits", {}).get("memory") for one in pod["spec"]["containers"]]
        name = pod["metadata"]["name"]
        if name not in snapshot.pod_usage or not all(limits):
            continue
        limit, used = sum(amount(one) for one in limits), snapshot.pod_usage[name][1]
        if limit and used >= _NEARLY_FULL * limit:
            evidence = f"{name} uses {used / _MIB:.0f} of {limit / _MIB:.0f} MiB"
            about = component(pod)
            yield _finding(
                about,
                "it has nearly used up its memory",
                evidence,
                f"raise release_values for {about}: resources.limits.memory, then `make up`",
                _USE,
            )
