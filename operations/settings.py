"""Where a stack is. The role kubectl_ai writes it down; where it has not run yet, Ansible is asked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.errors import NoStackError

FILE = "operations.json"
ROOT = Path(__file__).resolve().parents[1]
_ASKED = ("stack_name", "stack_namespace", "stack_public_url", "stack_state_dir", "stack_vault_file")
_ASKED_TOO = ("stack_vault_password_file", "stack_kubeconfig")
_ANSIBLE_TIMEOUT_S = 60


@dataclass(frozen=True)
class Model:
    """The model that kubectl-ai asks: its provider (gemini or openai), its name, its endpoint."""

    provider: str
    name: str
    base_url: str = ""
    # seconds that an answer may take
    timeout_s: float = 60


@dataclass(frozen=True)
class Settings:
    """One stack. `kubeconfig` is that of the ServiceAccount `operations`, `admin_kubeconfig` the stack's own."""

    inventory: Path
    name: str
    namespace: str
    url: str
    state: Path
    vault: Path
    vault_password: Path
    admin_kubeconfig: Path
    context: str = ""
    provider: str = ""
    # how long a restart may take, in seconds
    restart_timeout_s: float = 180
    # kubectl-ai; empty where it is not installed
    program: str = ""
    model: Model | None = None

    @property
    def folder(self) -> Path:
        """What belongs to operations alone: only this user may look into it."""
        return self.state / "operations"

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    @property
    def kubectl(self) -> Path:
        return self.state / "bin" / "kubectl"

    @property
    def node(self) -> str:
        """The container that is the node of a cluster of ours; empty for one that is not."""
        return {"kind": f"{self.name}-control-plane", "minikube": self.name}.get(self.provider, "")


def find(inventory: Path) -> Settings:
    """The stack of an inventory (its folder).

    Raises:
        NoStackError: nothing tells where it would be.
    """
    written = [settings for file in sorted(_states().glob(f"*/{FILE}")) if (settings := read(file))]
    mine = [settings for settings in written if settings.inventory == inventory.resolve()]
    # two of them: the stack got another name since, and Ansible knows which
    return mine[0] if len(mine) == 1 else _asked(inventory)


def read(file: Path) -> Settings | None:
    """What was written down; None where that can not be read."""
    try:
        written: dict[str, Any] = json.loads(file.read_text())
        model = written.pop("model", None)
        for key in ("inventory", "state", "vault", "vault_password", "admin_kubeconfig"):
            written[key] = Path(written[key])
        return Settings(**written, model=Model(**model) if model else None)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _states() -> Path:
    root = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(root) / "wealth-companion"


def _asked(inventory: Path) -> Settings:
    names = (*_ASKED, *_ASKED_TOO)
    marks = " ".join("<<<{{ " + name + " }}>>>" for name in names)
    ansible = Path(sys.executable).parent / "ansible"
    hosts = inventory / "hosts.yml"
    if not hosts.exists():
        there = sorted(file.parent.name for file in (ROOT / "inventory").glob("*/hosts.yml"))
        raise NoStackError(f"There is no inventory {inventory}: INVENTORY may be {', '.join(there) or 'none'}.")
    try:
        shown = subprocess.run(
            [ansible, "localhost", "-i", hosts, "-m", "ansible.builtin.debug", "-a", f"msg='{marks}'"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_ANSIBLE_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoStackError(
            f"Ansible does not tell where the stack is ({error}): run `make up`, which installs it."
        ) from None
    values = dict(zip(names, re.findall(r"<<<(.*?)>>>", shown.stdout), strict=False))
    if len(values) != len(names):
        reason = re.search(r"(?:\[ERROR\]|ERROR!|FATAL).*", shown.stdout + shown.stderr)
        said = reason[0] if reason else "Ansible gave no reason"
        raise NoStackError(f"The inventory {inventory} can not be read ({said}): correct it.")
    state = Path(values["stack_state_dir"])
    return read(state / FILE) or Settings(
        inventory=inventory.resolve(),
        name=values["stack_name"],
        namespace=values["stack_namespace"],
        url=values["stack_public_url"],
        state=state,
        vault=Path(values["stack_vault_file"]),
        vault_password=Path(values["stack_vault_password_file"]),
        admin_kubeconfig=Path(values["stack_kubeconfig"]),
    )
