"""Measures what a fault or a load means for the people who ask meanwhile. Times are seconds."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import yaml

from tests.recovery.crowd import Crowd, unanswered
from tests.recovery.faults import FAULTS, Agent, NotMeasuredError, in_node
from tests.support.faults import deployment, pod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.stack import Stack

# How long each step may take before the measurement gives up: more than is allowed, so that what is late is measured.
LIMIT_S = 90.0
SCALING_LIMIT_S = 240.0
# Two turns a second: what the gap is measured with.
FEW = 4
# Nobody under load is in a hurry: what counts is whether an answer comes.
PATIENT_S = 60.0
# Far less than one replica carries, also on a machine that is busy otherwise.
SELDOM_S = 5.0
# Near what one person's limit allows them to send, which is several times what one agent is meant to carry.
MANY = 12
KUBELET = "/var/lib/kubelet/config.yaml"
GREEDY = "greedy"
TAKES_MEMORY = "import time; taken = bytearray(b'x' * (200 << 20)); time.sleep(3600)"


def wait_until(what: str, reached: Callable[[], bool], limit: float = LIMIT_S) -> float:
    """Returns how long it took."""
    began = time.monotonic()
    while not reached():
        if time.monotonic() > began + limit:
            raise NotMeasuredError(f"{what}: not within {limit:.0f} s")
        time.sleep(0.5)
    return time.monotonic() - began


def autoscaler(stack: Stack, agent: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stack.kubectl("get", "horizontalpodautoscaler", agent, "--output=json"))
    return found


def ready_pods(stack: Stack, agent: str) -> set[str]:
    """By name; those that end serve no more."""
    return {
        name
        for name, pod in stack.pods().items()
        if pod["metadata"]["labels"]["app.kubernetes.io/component"] == agent
        and all(status["ready"] for status in pod["status"]["containerStatuses"])
    }


@contextmanager
def one_replica(stack: Stack, agent: str) -> Iterator[None]:
    """No second pod hides the fault of the first."""
    scaler = autoscaler(stack, agent)

    def limit(replicas: int) -> None:
        patch = json.dumps({"spec": {"maxReplicas": replicas}})
        stack.kubectl("patch", "horizontalpodautoscaler", agent, "--type=merge", f"--patch={patch}")

    limit(scaler["spec"]["minReplicas"])
    try:
        wait_until(f"{agent} with one replica", lambda: len(ready_pods(stack, agent)) == 1)
        yield
    finally:
        limit(scaler["spec"]["maxReplicas"])


def measure_fault(stack: Stack, name: str, fault: str) -> dict[str, object]:
    """How long nobody got an answer, and what Kubernetes says of the end of the container."""
    agent = Agent(stack, name)
    with one_replica(stack, name), Crowd(stack, FEW) as crowd:
        wait_until("turns that are answered", lambda: bool(crowd.turns) and not crowd.turns[-1].failure)
        pod, container = agent.pod(), agent.container()
        began = time.monotonic()
        FAULTS[fault](agent)

        def replaced() -> bool:
            now = agent.pod()
            # a new pod has no container at first
            statuses = now["status"].get("containerStatuses", [])
            return bool(statuses) and statuses[0]["ready"] and statuses[0]["containerID"] != container["containerID"]

        wait_until(f"{name}, {fault}, served by another container", replaced)
        back = time.monotonic()
        wait_until(
            f"{name}, {fault}, answering",
            lambda: len([turn for turn in crowd.turns if turn.began > back and not turn.failure]) >= FEW,
        )
    turns = [turn for turn in crowd.turns if turn.ended > began]
    return {
        "Agent": name,
        "Fault": fault,
        "Managed by": "kagent" if pod["metadata"]["labels"].get("app") == "kagent" else "deployment",
        "Ended as": ending(agent, pod),
        "Without an answer (s)": round(unanswered(turns, began), 1),
        "Turns lost": len([turn for turn in turns if turn.failure]),
        "Turns answered": len([turn for turn in turns if not turn.failure]),
    }


def ending(agent: Agent, before: dict[str, Any]) -> str:
    if agent.pod()["metadata"]["uid"] != before["metadata"]["uid"]:
        return "pod replaced"
    ended = agent.container()["lastState"]["terminated"]
    return f"{ended['reason']} {ended['exitCode']}"


def measure_load(stack: Stack, agent: str) -> dict[str, object]:
    """Somebody asks from before the replicas come until after they have gone."""
    with Crowd(stack, 1, patience=PATIENT_S, pause=SELDOM_S) as one:
        first = ready_pods(stack, agent)
        with Crowd(stack, MANY, patience=PATIENT_S) as many:
            added = wait_until(
                f"a second replica of {agent}", lambda: len(ready_pods(stack, agent)) > 1, SCALING_LIMIT_S
            )
            second = ready_pods(stack, agent) - first
            wait_until("a turn that a new replica answers", lambda: any(answered(stack, pod) for pod in second))
            most = len(ready_pods(stack, agent))
        # whoever is removed ends its turns first
        removed = wait_until(f"one replica of {agent}", lambda: pods_of(stack, agent) == 1, SCALING_LIMIT_S)
    turns = [*one.turns, *many.turns]
    return {
        "Agent": agent,
        "Replica added after (s)": round(added),
        "Replicas": most,
        "Replicas removed after (s)": round(removed),
        "Turns answered": len([turn for turn in turns if not turn.failure]),
        "Turns lost": len([turn for turn in turns if turn.failure]),
    }


def answered(stack: Stack, pod: str) -> bool:
    return "turn answered" in stack.kubectl("logs", pod, check=False)


def pods_of(stack: Stack, agent: str) -> int:
    """Those that run or go; what is left of evicted ones is a record only."""
    phases = ["--field-selector=status.phase!=Failed", f"--selector=app.kubernetes.io/component={agent}"]
    return len(stack.items("pods", *phases))


def measure_pressure(stack: Stack) -> dict[str, object]:
    """The kubelet is told to keep more memory free than there is, until it has evicted who takes most unasked."""
    with greedy_pod(stack), Crowd(stack, FEW) as crowd:
        before = stack.pod_uids()
        began = time.monotonic()
        with short_of_memory(stack):
            noticed = wait_until("an evicted pod", lambda: bool(evicted(stack)))
            under_pressure = condition(stack, "MemoryPressure")
        relieved = time.monotonic()
        wait_until("every component ready", lambda: all(ready_pods(stack, name) for name in before))
        back = time.monotonic() - relieved
        wait_until(
            "turns that are answered",
            lambda: len([turn for turn in crowd.turns if turn.began > relieved and not turn.failure]) >= FEW,
        )
        pods = evicted(stack)
    return {
        "Evicted": ", ".join(sorted({pod["metadata"]["labels"]["app.kubernetes.io/component"] for pod in pods})),
        "After (s)": round(noticed),
        "Node says MemoryPressure": under_pressure,
        # those that came in its place were rejected as long as it lasted
        "Pods say": " / ".join(sorted({" ".join(pod["status"]["message"].split()) for pod in pods})),
        "All ready again after (s)": round(back),
        "Without an answer (s)": round(unanswered(crowd.turns, began), 1),
    }


@contextmanager
def greedy_pod(stack: Stack) -> Iterator[None]:
    """Takes memory without having asked for any: the kubelet evicts such pods before all others."""
    template = pod(GREEDY, stack.images()["backend"], TAKES_MEMORY, resources=None)
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(deployment(GREEDY, template), file)
        file.flush()
        stack.kubectl("apply", f"--filename={file.name}")
    try:
        wait_until("the greedy pod", lambda: bool(ready_pods(stack, GREEDY)))
        yield
    finally:
        stack.kubectl("delete", "deployment", GREEDY, "--wait=false")
        stack.kubectl("delete", "pods", f"--selector=app.kubernetes.io/component={GREEDY}", "--wait=false")


def evicted(stack: Stack) -> list[dict[str, Any]]:
    return [pod for pod in stack.items("pods") if pod["status"].get("reason") == "Evicted"]


def condition(stack: Stack, name: str) -> str:
    (node,) = stack.items("nodes")
    return next(str(found["status"]) for found in node["status"]["conditions"] if found["type"] == name)


@contextmanager
def short_of_memory(stack: Stack) -> Iterator[None]:
    kept = in_node(stack, f"cat {KUBELET}")
    settings = yaml.safe_load(kept)
    settings["evictionHard"] = settings.get("evictionHard", {}) | {"memory.available": "99%"}
    start_kubelet_with(stack, yaml.safe_dump(settings))
    try:
        yield
    finally:
        start_kubelet_with(stack, kept)


def start_kubelet_with(stack: Stack, settings: str) -> None:
    in_node(stack, f"cat > {KUBELET} && systemctl restart kubelet", settings)
