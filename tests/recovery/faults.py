"""What can happen to an agent. Processes are reached from within the node, as the kernel that runs them sees them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.stack import Stack

# Joins the control groups, version 1 or 2, of the process whose number it is told, and takes all memory they allow:
# `tail` keeps a line that never ends.
HOG = r"""
read process
echo 1000 > /proc/$process/oom_score_adj
sed -n 's,^[0-9]*:memory:,/sys/fs/cgroup/memory,p; s,^0::,/sys/fs/cgroup,p' /proc/$process/cgroup | while read group; do
  if [ -e $group/cgroup.procs ]; then echo $$ > $group/cgroup.procs; fi
done
head -c 2G /dev/zero | tail > /dev/null || true
"""


class NotMeasuredError(Exception):
    """A fault had no effect, or what followed it never came; the message says which."""


@dataclass(frozen=True)
class Agent:
    """The one pod of an agent."""

    stack: Stack
    name: str

    def pod(self) -> dict[str, Any]:
        selector = f"--selector=app.kubernetes.io/component={self.name}"
        pods = [pod for pod in self.stack.items("pods", selector) if "deletionTimestamp" not in pod["metadata"]]
        return max(pods, key=lambda pod: str(pod["metadata"]["creationTimestamp"]))

    def container(self) -> dict[str, Any]:
        status: dict[str, Any] = self.pod()["status"]["containerStatuses"][0]
        return status

    def processes(self) -> list[int]:
        """The watchdog first, then the process that it watches, as the node numbers them."""
        container = self.container()["containerID"].removeprefix("containerd://")
        # some of the processes that are listed may end meanwhile
        listed = in_node(self.stack, f"grep --files-with-matches --no-messages {container} /proc/[0-9]*/cgroup || true")
        return sorted(int(path.split("/")[2]) for path in listed.split())


def in_node(stack: Stack, script: str, said: str = "") -> str:
    command = ["docker", "exec", "--interactive", stack.node, "sh", "-c", script]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=True).stdout


def kill(agent: Agent) -> None:
    signal(agent, "KILL", agent.processes()[-1:])


def kill_watchdog(agent: Agent) -> None:
    signal(agent, "KILL", agent.processes()[:1])


def hang(agent: Agent) -> None:
    signal(agent, "STOP", agent.processes()[-1:])


def freeze(agent: Agent) -> None:
    signal(agent, "STOP", agent.processes())


def signal(agent: Agent, name: str, processes: list[int]) -> None:
    in_node(agent.stack, f"kill -{name} {' '.join(map(str, processes))}")


def exhaust(agent: Agent) -> None:
    """The kernel ends the agent, which is marked for it; else it would be what took the memory."""
    before = kernel_kills(agent.stack)
    in_node(agent.stack, HOG, str(agent.processes()[-1]))
    if kernel_kills(agent.stack) == before:
        raise NotMeasuredError(f"{agent.name}, out of memory: the kernel ended nothing")


def kernel_kills(stack: Stack) -> int:
    """How many processes the kernel has ended for want of memory."""
    return int(in_node(stack, "sed -n 's/^oom_kill //p' /proc/vmstat"))


def evict(agent: Agent) -> None:
    name = agent.pod()["metadata"]["name"]
    namespace = agent.stack.namespace
    eviction = {
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": {"name": name, "namespace": namespace},
    }
    subprocess.run(
        [
            *agent.stack.kubectl_line.split(),
            "create",
            f"--raw=/api/v1/namespaces/{namespace}/pods/{name}/eviction",
            "--filename=-",
        ],
        input=json.dumps(eviction),
        text=True,
        capture_output=True,
        check=True,
    )


FAULTS: dict[str, Callable[[Agent], None]] = {
    "killed": kill,
    "killed with its watchdog": kill_watchdog,
    "hung": hang,
    "frozen as a whole": freeze,
    "out of memory": exhaust,
    "evicted": evict,
}


def is_noticed(agent: Agent, fault: str) -> bool:
    """A watchdog that is stopped too ends nothing: that takes a liveness probe, which pods of kagent don't have."""
    return FAULTS[fault] is not freeze or "livenessProbe" in agent.pod()["spec"]["containers"][0]
