"""The model's key, read from the vault when it is needed and kept in memory only."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from operations.errors import OperationsError

if TYPE_CHECKING:
    from operations.settings import Settings

KEYS = {"gemini": "vault_gemini_api_key", "openai": "vault_openai_api_key"}
_TIMEOUT_S = 30


def model_key(settings: Settings) -> str:
    """The key of the chosen provider; empty where there is none.

    Raises:
        OperationsError: the vault can not be opened.
    """
    if settings.model is None or not settings.vault.exists():
        return ""
    password = os.environ.get("ANSIBLE_VAULT_PASSWORD_FILE") or settings.vault_password
    program = Path(sys.executable).parent / "ansible-vault"
    try:
        shown = subprocess.run(
            [program, "view", "--vault-password-file", password, settings.vault],
            env={**os.environ, "PAGER": "cat", "ANSIBLE_NOCOLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise OperationsError(f"{program} does not open the vault: run `make up`, which installs it.") from None
    if shown.returncode:
        raise OperationsError(
            f"The vault {settings.vault} can not be opened with the password of {password}: `make doctor` tells more."
        )
    return value_of(shown.stdout, KEYS[settings.model.provider])


def value_of(plain: str, key: str) -> str:
    """A value of the vault. Keys of models are made of letters, digits and a few marks: no YAML reader is needed."""
    found = re.search(rf"""^{key}:[ \t]*(["']?)([A-Za-z0-9._~-]*)\1[ \t]*(?:#.*)?$""", plain, re.MULTILINE)
    return found[2] if found else ""
