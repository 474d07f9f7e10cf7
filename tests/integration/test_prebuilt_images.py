"""Images that were built elsewhere and lie in a registry: taken as they are, and nothing is built."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support import ports
from tests.support.ansible import Inventory
from tests.support.registry import serve_registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.ansible import Run

SERVICES = {
    "backend": "backend",
    "mcpServer": "mcp-server",
    "agents": "agents",
    "frontend": "frontend",
    "database": "database",
}
TAG = "built-elsewhere"


def docker(*words: str, content: bytes = b"") -> str:
    return subprocess.run(["docker", *words], input=content, capture_output=True, check=True).stdout.decode().strip()


def build_elsewhere(address: str, *images: str) -> None:
    """Empty ones; this machine's engine forgets them."""
    for image in images:
        name = f"{address}/wealth/wealth-companion/{image}:{TAG}"
        docker("import", "-", name, content=bytes(10240))
        docker("push", name)
        docker("rmi", name)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    folder = tmp_path_factory.mktemp("registry")
    port = ports.free()
    address = f"127.0.0.1:{port}"
    with serve_registry(folder, "127.0.0.1", port):
        build_elsewhere(address, *SERVICES.values())
        settings = {
            "stack_name": "wealth-prebuilt",
            "stack_state_dir": str(folder / "state"),
            "stack_cache_dir": str(folder / "cache"),
            "images_delivery": "registry",
            "images_registry": f"{address}/wealth",
        }
        yield Inventory.make(folder / "inventory", settings)


def build(inventory: Inventory, prebuilt: dict[str, str], *arguments: str) -> Run:
    said = json.dumps({"images_prebuilt": prebuilt})
    return inventory.play("playbooks/build-images.yml", "--extra-vars", said, *arguments)


def test_what_the_registry_has_is_neither_built_nor_pushed(elsewhere: Inventory) -> None:
    run = build(elsewhere, dict.fromkeys(SERVICES, TAG))
    assert run.code == 0, run.output
    assert run.changed == 0, run.changed_tasks


def test_what_it_does_not_have_is_named(elsewhere: Inventory) -> None:
    run = build(elsewhere, dict.fromkeys(SERVICES, TAG) | {"agents": "never-built"})
    assert run.code != 0
    assert "/wealth/wealth-companion/agents:never-built, and the registry does not give it" in run.text
    assert "push it there" in run.text
    assert run.changed == 0, run.changed_tasks


def test_what_is_not_named_is_brought_as_ever(elsewhere: Inventory) -> None:
    prebuilt = dict.fromkeys(SERVICES.keys() - {"frontend"}, TAG)
    run = build(elsewhere, prebuilt, "--check")
    assert run.code == 0, run.output
    assert re.findall(r"A real run would push \S+/wealth-companion/([\w-]+):", run.text) == ["frontend"]
