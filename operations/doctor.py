"""Why is it broken? Looks at each layer, from the files on this machine up to the page, and says what helps."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from operations.cluster import Cluster
from operations.errors import OperationsError
from operations.findings import examine
from operations.report import url_says
from operations.snapshot import take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from operations.settings import Settings

_ENGINE_TIMEOUT_S = 10


@dataclass(frozen=True)
class Check:
    """One look: what was found; and what helps, where that is not well."""

    title: str
    found: str
    cure: str = ""

    @property
    def well(self) -> bool:
        return not self.cure

    def __str__(self) -> str:
        return f"{'ok   ' if self.well else 'FAULT'} {self.title}: {self.found}" + (
            f"\n      what helps: {self.cure}" if self.cure else ""
        )


def checks(settings: Settings) -> Iterator[Check]:
    """One after the other; where one makes the next meaningless, it is the last."""
    yield from _vault(settings)
    if not settings.admin_kubeconfig.exists():
        yield Check("stack", f"there is none: {settings.admin_kubeconfig} is missing", "`make up` brings it up")
        return
    if settings.node:
        machine = [*_engine(settings)]
        yield from machine
        if not all(check.well for check in machine):
            return
    try:
        cluster = Cluster.of(settings)
        snapshot = take(cluster)
    except OperationsError as error:
        cause, _, cure = str(error).rpartition(": ")
        yield Check("cluster", cause or str(error), cure)
        return
    yield Check("cluster", f"answers, and lets operations look at {snapshot.namespace}")
    findings = examine(snapshot)
    for finding in findings:
        yield Check(finding.about, f"{finding.cause} ({finding.evidence})", finding.cure)
    if not findings:
        yield Check("parts", "nothing is wrong with any")
    said = url_says(settings.url)
    yield Check(
        "page",
        f"{settings.url} {said}",
        "" if said.startswith("answers (") else _page_cure(said, faults=bool(findings)),
    )
    yield from _assistant(settings)


def _page_cure(said: str, *, faults: bool) -> str:
    if faults:
        return "first what is said above"
    return (
        "`make up --tags ingress,release`"
        if "with" in said
        else "`make up` repairs ingress controller and port; see that nothing else listens there"
    )


def _vault(settings: Settings) -> Iterator[Check]:
    password = Path(os.environ.get("ANSIBLE_VAULT_PASSWORD_FILE") or settings.vault_password)
    if not settings.vault.exists():
        # `make down` leaves both; without a stack none is needed yet
        restore = "restore it from your copy: `make up` would make new secrets, which do not open the old database"
        yield Check(
            "vault",
            f"{settings.vault} is missing",
            restore if settings.admin_kubeconfig.exists() else "`make up` makes one",
        )
        return
    if not password.exists():
        yield Check(
            "vault",
            f"its password file {password} is missing",
            "put it back (mode 0600), or name it in ANSIBLE_VAULT_PASSWORD_FILE",
        )
        return
    if password == settings.vault_password and password.stat().st_mode & 0o077:
        yield Check("vault", f"others may read its password file {password}", f"`chmod 600 {password}`")
        return
    program = Path(sys.executable).parent / "ansible-vault"
    code, said = _run([str(program), "view", "--vault-password-file", str(password), str(settings.vault)])
    if code:
        reason = "it is not encrypted" if "not vault encrypted" in said else "its password does not open it"
        yield Check(
            "vault",
            f"{settings.vault} can not be read: {reason}",
            "put the right password there, or restore both from your copy",
        )
        return
    yield Check("vault", "opens with its password")


def _engine(settings: Settings) -> Iterator[Check]:
    code, said = _run(["docker", "info", "--format", "{{.ServerVersion}}"])
    if code:
        yield Check(
            "container engine",
            f"Docker does not answer ({said})",
            "`make up` starts it, as root on Debian; else start Docker",
        )
        return
    yield Check("container engine", f"Docker {said} answers")
    code, said = _run(["docker", "inspect", "--format", "{{.State.Status}}", settings.node])
    if code or said != "running":
        state = "there is none" if code else f"it is {said}"
        yield Check(
            "node", f"the container {settings.node} does not run: {state}", "`make up` starts it; data are kept"
        )
        return
    yield Check("node", f"the container {settings.node} runs")


def _assistant(settings: Settings) -> Iterator[Check]:
    if not settings.program:
        yield Check("kubectl-ai", "not installed: questions are answered by rule")
    elif not os.access(settings.program, os.X_OK):
        yield Check("kubectl-ai", f"{settings.program} can not be run", "`make up --tags kubectl_ai` installs it again")
    else:
        yield Check("kubectl-ai", f"{settings.program}, model {settings.model.name if settings.model else 'none'}")


def _run(command: list[str]) -> tuple[int, str]:
    """Exit code and the last line of what was said; a program that is missing counts as a failure."""
    try:
        finished = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_ENGINE_TIMEOUT_S
        )
    except subprocess.TimeoutExpired:
        return 124, f"no answer within {_ENGINE_TIMEOUT_S} s"
    except OSError as error:
        return 127, str(error.strerror)
    said = finished.stderr if finished.returncode else finished.stdout
    return finished.returncode, (said.strip().splitlines() or ["no reason was given"])[-1]
