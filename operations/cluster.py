"""The cluster as the ServiceAccount `operations` sees it, through kubectl."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from operations.errors import ClusterError, NoStackError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from operations.settings import Settings

Object = dict[str, Any]

# One request, and all that one command needs: a busy machine may be slow, and it is then that one looks.
REQUEST_TIMEOUT_S = 20
ANSWER_TIMEOUT_S = 60

# What kubectl says of a cluster that gives no answer, and what helps.
_UNREACHABLE = re.compile(
    r"refused|no route to host|i/o timeout|deadline exceeded|no such host|Unable to connect|EOF|TLS|timed out",
    re.IGNORECASE,
)
_UNAUTHORIZED = re.compile(r"Unauthorized|must be logged in|invalid bearer token", re.IGNORECASE)
_FORBIDDEN = re.compile(r"forbidden", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    code: int
    output: str
    errors: str


class Cluster:
    """One namespace of a cluster.

    Every method raises ClusterError where the cluster does not answer or refuses, with cause and cure.
    """

    def __init__(self, kubectl: Path, kubeconfig: Path, namespace: str) -> None:
        self.kubectl = kubectl
        self.kubeconfig = kubeconfig
        self.namespace = namespace

    @classmethod
    def of(cls, settings: Settings) -> Cluster:
        """Raises NoStackError where there is no stack yet, or one that was not prepared for operations."""
        if not settings.admin_kubeconfig.exists():
            raise NoStackError("There is no stack here: bring it up with `make up`.")
        if not settings.kubeconfig.exists():
            raise NoStackError("The stack is not prepared for this yet: `make up` adds what is missing.")
        if not settings.kubectl.exists():
            raise NoStackError(f"{settings.kubectl} is missing: `make up` brings it back.")
        return cls(settings.kubectl, settings.kubeconfig, settings.namespace)

    def items(self, kinds: Sequence[str]) -> list[Object]:
        """All objects of these kinds, in one call. A kind that may not be read is left out."""
        answer = self.run("get", ",".join(kinds), "--output=json")
        if answer.code and not answer.output.strip():
            raise self._error(answer.errors)
        return list(json.loads(answer.output)["items"])

    def raw(self, path: str) -> Object | None:
        """What the API answers; None where it has no such thing, does not give it out, or does not answer in time."""
        output = self._output("get", "--raw", path)
        return dict(json.loads(output)) if output else None

    def logs(self, selector: str, lines: int) -> str:
        """The last lines of all containers of the pods that a selector names; each with pod, container and time."""
        return self._output(
            "logs",
            f"--selector={selector}",
            "--prefix",
            "--timestamps",
            "--all-containers",
            f"--tail={lines}",
            "--max-log-requests=100",
            "--ignore-errors",
        )

    def previous_logs(self, pod: str, container: str, lines: int) -> str:
        """The last lines of the container that ran before this one; empty where nothing is kept."""
        wanted = (f"--container={container}", "--previous", "--timestamps", f"--tail={lines}")
        return self._output("logs", pod, *wanted)

    def restart(self, deployment: str) -> None:
        """Asks for new pods; the old ones serve until those are ready."""
        answer = self.run("rollout", "restart", f"deployment/{deployment}")
        if answer.code:
            raise self._error(answer.errors)

    def rolled_out(self, deployment: str, timeout_s: float) -> bool:
        """Waits until the new pods have taken over; False when they have not in time."""
        wait = ["rollout", "status", f"deployment/{deployment}", f"--timeout={timeout_s:.0f}s"]
        answer = self.run(*wait, timeout_s=timeout_s + REQUEST_TIMEOUT_S)
        if answer.code and not re.search("timed out|deadline", answer.errors):
            raise self._error(answer.errors)
        return answer.code == 0

    def run(self, *words: str, timeout_s: float = ANSWER_TIMEOUT_S) -> Answer:
        """kubectl with these words. Raises ClusterError when it can not be run, or not in time."""
        command = [
            str(self.kubectl),
            f"--kubeconfig={self.kubeconfig}",
            f"--namespace={self.namespace}",
            f"--cache-dir={self.kubeconfig.parent / 'cache'}",
            *words,
        ]
        # a wait has a limit of its own
        if words[0] != "rollout":
            command.append(f"--request-timeout={REQUEST_TIMEOUT_S}s")
        try:
            finished = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=timeout_s
            )
        except subprocess.TimeoutExpired:
            raise self._error(f"timed out after {timeout_s:.0f} s") from None
        except OSError as error:
            raise ClusterError(f"{self.kubectl} can not be run ({error.strerror}): `make up` brings it back.") from None
        return Answer(finished.returncode, finished.stdout, finished.stderr)

    def _output(self, *words: str) -> str:
        """What was printed: of what may be missing, without which the rest still tells something."""
        try:
            return self.run(*words).output
        except ClusterError:
            return ""

    def _error(self, errors: str) -> ClusterError:
        lines = [line for line in errors.splitlines() if line.strip() and not line.startswith(("E0", "E1"))]
        said = re.sub(
            r"^(?:error: |Error from server )", "", (lines or errors.splitlines() or ["no reason was given"])[-1]
        )
        if _UNREACHABLE.search(errors):
            return ClusterError(
                f"The cluster does not answer ({said}): `make up` starts it again, `make doctor` looks closer."
            )
        if _UNAUTHORIZED.search(errors):
            return ClusterError(f"The cluster does not let operations in ({said}): `make up` renews the token.")
        if _FORBIDDEN.search(errors):
            return ClusterError(
                f"The cluster refuses that to operations ({said}): it may read, and restart the stack's Deployments."
            )
        return ClusterError(f"kubectl failed ({said}): correct that and try again.")
