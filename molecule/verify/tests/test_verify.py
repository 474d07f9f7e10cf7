"""The verification leaves nobody behind, whether it found the stack working or not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import httpx
import yaml

from tests.support.ansible import decrypt

if TYPE_CHECKING:
    from tests.support.stack import Stack


def test_throw_away_user_is_gone(stack: Stack) -> None:
    vault = yaml.safe_load(decrypt(stack.inventory.vault, stack.inventory.password_file))

    def derived(use: str) -> str:
        return hashlib.sha256(f"{vault['vault_checksum_salt']}{use}".encode()).hexdigest()

    with stack.visitor() as visitor:
        visitor.email = f"verify-{derived('name')[:16]}@example.com"
        visitor.password = derived("password")
        assert visitor.sign_in().status_code == httpx.codes.UNAUTHORIZED
