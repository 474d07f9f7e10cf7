"""US4: a secret that is changed in the vault restarts exactly what uses it, and that serves again."""

from __future__ import annotations

import re
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import decrypt, encrypt

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.ansible import Run
    from tests.support.stack import Stack


SIGNS_SESSIONS = "vault_jwt_key"


def change(stack: Stack, key: str) -> None:
    """What `make secrets` and a new value do. Of the key that signs sessions the old value is kept beside it."""
    inventory = stack.inventory
    plain = decrypt(inventory.vault, inventory.password_file)
    changed = put(plain, key, secrets.token_hex(24))
    if key == SIGNS_SESSIONS:
        old = re.search(rf'^{key}: "(.*)"$', plain, flags=re.MULTILINE)
        assert old
        changed = put(changed, f"{key}_previous", old[1])
    with tempfile.TemporaryDirectory() as folder:
        encrypt(changed, inventory.password_file.read_text().strip(), inventory.vault, Path(folder))


def put(plain: str, key: str, value: str) -> str:
    changed, count = re.subn(rf'^{key}: ".*"$', f'{key}: "{value}"', plain, flags=re.MULTILINE)
    assert count == 1
    return changed


@pytest.mark.spec("US4")
@pytest.mark.parametrize(
    ("key", "consumers"),
    [
        (SIGNS_SESSIONS, {"backend"}),
        ("vault_database_backend_password", {"backend"}),
        ("vault_database_owner_password", {"database"}),
    ],
)
def test_rotation_restarts_only_the_consumers(
    key: str, consumers: set[str], stack: Stack, play: Callable[..., Run]
) -> None:
    with stack.visitor() as visitor:
        visitor.sign_up()
        before = stack.pod_uids()
        change(stack, key)

        # as talkative as can be: the canary test looks into what this printed
        run = play("site.yml", "-vvvv", "--diff")

        assert run.code == 0, run.output[-4000:]
        after = stack.pod_uids()
        # an autoscaler may have added pods meanwhile: restarted is what kept none of its pods
        assert {name for name in after if not after[name] & before[name]} == consumers
        # whoever was signed in stays so, whichever key it was
        assert visitor.get("/api/v1/auth/me").status_code == 200
        assert visitor.sign_in().status_code == 200
        assert visitor.ask("How much did I spend this month?")["tool_calls"]
