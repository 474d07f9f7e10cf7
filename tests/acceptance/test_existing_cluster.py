"""cluster_provider=existing: the running cluster as one that is not ours, with a registry and a database elsewhere.

Debian's docker-registry and a PostgreSQL on this machine stand in for those of a company. The cluster may not change
outside the namespace, and the namespace is gone in the end.
"""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support import ports
from tests.support.ansible import Inventory, Run, encrypt
from tests.support.postgresql import server
from tests.support.registry import serve_registry
from tests.support.stack import PASSING_KINDS, Stack, asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

NAME = "wealth-existing"
PASSWORD = "a-password-for-tests"
DATABASE_PASSWORD = "database-password-for-tests"
CERTS = "/etc/containerd/certs.d"


def in_node(node: str, script: str, *words: str) -> None:
    subprocess.run(["docker", "exec", node, "sh", "-ec", script, "sh", *words], check=True, capture_output=True)


@contextmanager
def registry(folder: Path, stack: Stack) -> Iterator[str]:
    """The name that both sides know it by; the node is told that it is reached over the bridge."""
    port = ports.free()
    name = f"127.0.0.1:{port}"
    hosts = f'[host."http://{stack.host_address}:{port}"]\n  capabilities = ["pull", "resolve"]\n'
    in_node(stack.node, 'mkdir -p "$1"; printf %s "$2" > "$1/hosts.toml"', f"{CERTS}/{name}", hosts)
    try:
        with serve_registry(folder, "0.0.0.0", port):  # noqa: S104 - the node asks over the bridge
            yield name
    finally:
        in_node(stack.node, 'rm -rf "$1"', f"{CERTS}/{name}")


def everything_else(stack: Stack) -> dict[str, Any]:
    """The cluster without the namespace: every kind that can be listed, as it was asked for."""
    # leases, events and the like move by themselves; pods of the other stack may come and go with the load
    moving = PASSING_KINDS | {"pods.metrics.k8s.io", "nodes.metrics.k8s.io", "componentstatuses", "nodes", "pods"}
    kinds = sorted(set(stack.kubectl("api-resources", "--verbs=list", "--output=name").split()) - moving)
    listed = json.loads(stack.kubectl("get", ",".join(kinds), "--all-namespaces", "--output=json"))["items"]
    return {
        f"{item['kind']}/{item['metadata'].get('namespace', '')}/{item['metadata']['name']}": asked_for(item)
        for item in listed
        if NAME not in (item["metadata"].get("namespace"), item["metadata"]["name"], owner_namespace(item))
    }


def owner_namespace(item: dict[str, Any]) -> str | None:
    """Kubernetes keeps an IPAddress outside the namespace for each Service's address."""
    return item["spec"]["parentRef"].get("namespace") if item["kind"] == "IPAddress" else None


@dataclass(frozen=True)
class Lived:
    """What a whole life of the second stack showed."""

    registry: str
    first: Run
    url: str
    page: httpx.Response
    tools: list[Any]
    images: dict[str, str]
    ours: set[str]
    second: Run
    before: dict[str, Any]
    between: dict[str, Any]
    down: Run
    after: dict[str, Any]
    left: str


@pytest.fixture(scope="module")
def lived(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("existing")
    url = stack.url.replace("127.0.0.1", "localhost")
    with (
        registry(folder, stack) as name,
        server(DATABASE_PASSWORD, address=stack.host_address) as (address, port),
    ):
        settings = {
            "stack_name": NAME,
            "stack_namespace": NAME,
            "stack_state_dir": str(folder / "state"),
            "cluster_provider": "existing",
            "artifact_source": "packages",
            "cluster_existing_kubeconfig": str(stack.kubeconfig),
            "cluster_existing_context": stack.context,
            "images_registry": f"{name}/wealth",
            "stack_public_url": url,
            "release_values": {"ingress": {"className": "traefik", "host": "localhost"}},
        }
        inventory = Inventory.make(folder / "inventory", settings)
        database = f"postgresql://postgres:{DATABASE_PASSWORD}@{address}:{port}/postgres?sslmode=disable"
        keys = {f"vault_database_{role}_password": f"{role}-password-for-tests" for role in ("owner", "backend", "mcp")}
        keys |= {
            f"vault_{key}": f"{key}-for-tests".ljust(48, "x") for key in ("jwt_key", "mcp_token_key", "checksum_salt")
        }
        encrypt(yaml.safe_dump(keys | {"vault_database_url": database}), PASSWORD, inventory.vault, folder)
        inventory.password_file.write_text(PASSWORD)

        before = everything_else(stack)
        first = inventory.play("site.yml")
        assert first.code == 0, first.output
        existing = Stack.of(inventory)
        with existing.visitor() as visitor:
            visitor.sign_up()
            page = visitor.get("/", follow_redirects=True)
            tools = visitor.ask("How much did I spend this month?")["tool_calls"]
        images = existing.images()
        ours = {secret["metadata"]["name"] for secret in existing.items("secrets")}
        second = inventory.play("site.yml")
        between = everything_else(stack)
        down = inventory.play("playbooks/destroy-stack.yml")
        left = stack.kubectl("get", "namespace", NAME, "--ignore-not-found")
        after = everything_else(stack)
    return Lived(name, first, url, page, tools, images, ours, second, before, between, down, after, left)


@pytest.mark.spec("FR-002")
def test_it_serves_there(lived: Lived) -> None:
    assert lived.page.status_code == 200
    assert lived.tools


def test_images_come_through_the_registry(lived: Lived) -> None:
    assert set(lived.images) >= {"frontend", "backend", "mcp-server", "coordinator", "spending"}
    assert all(image.startswith(f"{lived.registry}/wealth/") for image in lived.images.values())


@pytest.mark.spec("FR-010")
def test_the_external_database_is_used(lived: Lived) -> None:
    assert "database" not in lived.images
    assert "database-secrets" not in lived.ours


def test_second_run_changes_nothing(lived: Lived) -> None:
    assert (lived.second.code, lived.second.changed) == (0, 0), lived.second.changed_tasks


def test_nothing_outside_the_namespace_is_changed(lived: Lived) -> None:
    assert lived.between == lived.before


def test_taking_it_down_leaves_the_cluster_as_it_was(lived: Lived) -> None:
    assert lived.down.code == 0, lived.down.output
    assert lived.left == ""
    assert lived.after == lived.before
