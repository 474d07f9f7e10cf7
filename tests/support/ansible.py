"""Runs playbooks as a user does, and reads what they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv" / "bin"
RECAP = re.compile(
    r"^localhost +: ok=(?P<ok>\d+) +changed=(?P<changed>\d+) +unreachable=(?P<unreachable>\d+) +failed=(?P<failed>\d+)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Run:
    code: int
    output: str
    seconds: float

    @property
    def text(self) -> str:
        """The output with its line breaks folded: a sentence is found however it was wrapped."""
        return re.sub(r"\s+", " ", self.output)

    @property
    def changed(self) -> int:
        recap = RECAP.search(self.output)
        assert recap, f"no recap in:\n{self.output}"
        return int(recap["changed"])

    @property
    def changed_tasks(self) -> list[str]:
        """For the message of a test that expected none."""
        return re.findall(r"^TASK \[(.*?)\] \**\n(?:(?!TASK \[|PLAY ).*\n)*?changed: ", self.output, re.MULTILINE)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Nothing of the caller's Ansible or cluster settings gets in."""
    own = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("ANSIBLE_", "KUBE", "K8S_", "DOCKER_", "HELM_"))
    }
    return (
        own
        | {"ANSIBLE_NOCOLOR": "1", "PATH": f"{VENV}:{os.environ['PATH']}:/usr/local/sbin:/usr/sbin:/sbin"}
        | dict(extra or {})
    )


@dataclass(frozen=True)
class Inventory:
    """A folder with hosts.yml; the vault stands beside it."""

    folder: Path

    @property
    def hosts(self) -> Path:
        return self.folder / "hosts.yml"

    @property
    def vault(self) -> Path:
        return self.folder / "vault.yml"

    @property
    def password_file(self) -> Path:
        return self.folder / ".vault-password"

    @classmethod
    def make(cls, folder: Path, settings: Mapping[str, object]) -> Inventory:
        (folder / "host_vars").mkdir(parents=True)
        (folder / "hosts.yml").write_text("all: {hosts: {localhost: {ansible_connection: local}}}\n")
        (folder / "group_vars").symlink_to(ROOT / "group_vars")
        # JSON is YAML
        (folder / "host_vars" / "localhost.yml").write_text(json.dumps(settings))
        return cls(folder)

    def command(self, playbook: str, *arguments: str) -> list[str]:
        return [str(VENV / "ansible-playbook"), "-i", str(self.hosts), playbook, *arguments]

    def play(self, playbook: str, *arguments: str, env: Mapping[str, str] | None = None, timeout: float = 1800) -> Run:
        began = time.monotonic()
        finished = subprocess.run(
            self.command(playbook, *arguments),
            cwd=ROOT,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=timeout,
        )
        return Run(finished.returncode, finished.stdout, time.monotonic() - began)

    def setting(self, *names: str) -> list[str]:
        """Values as a run sees them."""
        marks = " ".join("<<<{{ " + name + " }}>>>" for name in names)
        shown = subprocess.run(
            [
                VENV / "ansible",
                "localhost",
                "-i",
                self.hosts,
                "-o",
                "-m",
                "ansible.builtin.debug",
                "-a",
                f"msg='{marks}'",
            ],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
        return re.findall(r"<<<(.*?)>>>", shown.stdout)


def encrypt(plain: str, password: str, target: Path, folder: Path) -> None:
    """As `ansible-vault` does it."""
    password_file = folder / "password-for-encrypting"
    password_file.write_text(password)
    subprocess.run(
        [VENV / "ansible-vault", "encrypt", "--vault-password-file", password_file, "--output", target],
        input=plain,
        env=environment(),
        text=True,
        capture_output=True,
        check=True,
    )
    password_file.unlink()


def decrypt(vault: Path, password_file: Path) -> str:
    return subprocess.run(
        [VENV / "ansible-vault", "view", "--vault-password-file", password_file, vault],
        env=environment(),
        text=True,
        capture_output=True,
        check=True,
    ).stdout
