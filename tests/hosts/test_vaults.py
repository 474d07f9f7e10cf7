"""A vault that was made before a key existed gets that key, and is otherwise left as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.ansible import ROOT, Inventory, decrypt, encrypt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.ansible import Run

ADDED = {"vault_database_kagent_password", "vault_mcp_listing_token"}
KEPT = "# a note of the user's own, without a line break at its end"
SECRETS = """
- hosts: localhost
  gather_facts: false
  vars: {preflight_choices: {artifact_source: packages, cluster_provider: kind}}
  tasks:
    - ansible.builtin.include_role: {name: secrets, tasks_from: check}
    - ansible.builtin.include_role: {name: secrets, tasks_from: complete}
"""


@pytest.fixture
def older(tmp_path: Path) -> Inventory:
    """A vault of an earlier version: what the example has, without the keys that came later."""
    example = yaml.safe_load((ROOT / "inventory" / "local" / "vault.yml.example").read_text())
    lines = [f'{name}: "{"x" * 48 if value else ""}"' for name, value in example.items() if name not in ADDED]
    inventory = Inventory.make(tmp_path / "inventory", {"stack_state_dir": str(tmp_path / "state")})
    inventory.password_file.write_text("the-password-of-it\n")
    inventory.password_file.chmod(0o600)
    encrypt("\n".join([*lines, KEPT]), "the-password-of-it", inventory.vault, tmp_path)
    return inventory


def complete(inventory: Inventory, tmp_path: Path, *arguments: str) -> Run:
    playbook = tmp_path / "complete.yml"
    playbook.write_text(SECRETS)
    return inventory.play(str(playbook), *arguments)


def test_an_older_vault_gets_what_it_lacks_once(older: Inventory, tmp_path: Path) -> None:
    before = decrypt(older.vault, older.password_file)
    told = complete(older, tmp_path, "--check")
    assert told.code == 0, told.output[-4000:]
    assert "A real run would add vault_database_kagent_password, vault_mcp_listing_token" in told.text
    assert decrypt(older.vault, older.password_file) == before

    run = complete(older, tmp_path, "-vvvv", "--diff")
    assert run.code == 0, run.output[-4000:]
    after = decrypt(older.vault, older.password_file)
    assert after.startswith(before)
    values = yaml.safe_load(after)
    assert values.keys() - yaml.safe_load(before).keys() == ADDED
    assert len({values[name] for name in ADDED}) == 2
    assert older.vault.stat().st_mode & 0o777 == 0o600
    for name in ADDED:
        assert values[name] not in run.output

    written = older.vault.read_bytes()
    assert complete(older, tmp_path).changed == 0
    assert older.vault.read_bytes() == written
