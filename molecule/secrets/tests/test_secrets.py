"""The namespace's Secrets are those of the vault, and its pods run restricted."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import yaml

from tests.support.ansible import decrypt

if TYPE_CHECKING:
    from testinfra.host import Host

    from tests.support.stack import Stack

CONSUMERS = {"backend-secrets", "mcp-server-secrets", "migrations-secrets", "agents-secrets", "database-secrets"}


def test_secrets_are_those_of_the_consumers(stack: Stack) -> None:
    assert set(stack.secret_names()) == CONSUMERS


def test_both_ends_of_a_token_hold_the_key_of_the_vault(stack: Stack) -> None:
    vault = yaml.safe_load(decrypt(stack.inventory.vault, stack.inventory.password_file))
    for name in ("backend-secrets", "mcp-server-secrets"):
        held = json.loads(stack.kubectl("get", "secret", name, "--output=json"))["data"]["MCP_TOKEN_KEY"]
        assert (base64.b64decode(held).decode() == vault["vault_mcp_token_key"]) is True, name


def test_vault_is_for_its_owner_only(machine: Host, stack: Stack) -> None:
    assert machine.file(str(stack.inventory.password_file)).mode == 0o600
    assert machine.file(str(stack.inventory.vault)).content_string.startswith("$ANSIBLE_VAULT;")


def test_pods_run_restricted(stack: Stack) -> None:
    namespace = json.loads(stack.kubectl("get", "namespace", stack.namespace, "--output=json"))
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
