"""`--check --diff` where there is nothing yet: no error, it says what a real run would do, and does none of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import Inventory, Run

if TYPE_CHECKING:
    from pathlib import Path

WOULD = {
    "vault": "A real run would make the vault",
    "secrets": "A real run would make the namespace wealth-clean",
    "images": "A real run would build wealth-clean/backend:",
    "loading": "to the cluster.",
    "release": "A real run would release wealth-clean in the namespace wealth-clean.",
    "verify": "A real run would wait until every pod is ready",
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    folder = tmp_path_factory.mktemp("clean")
    settings = {
        "stack_name": "wealth-clean",
        "stack_namespace": "wealth-clean",
        "stack_http_port": 18998,
        "stack_state_dir": str(folder / "state"),
        "stack_cache_dir": str(folder / "cache"),
        "artifact_source": "packages",
        "cluster_provider": "kind",
        # an engine that runs here may have those of another stack
        "images_repository": "wealth-clean",
        # the cache is cold, and the disk of the machine that runs the tests is not what they are about
        "preflight_minimum_disk_gib": {"upstream": 1, "packages": 1},
    }
    inventory = Inventory.make(folder / "inventory", settings)
    # nothing of this machine's own programs but the system's, and no engine that answers to another name
    run = inventory.play("site.yml", "--check", "--diff", env={"HOME": str(folder / "home"), "PATH": os.defpath})
    return folder, run


def test_clean_host_gives_no_error(clean: tuple[Path, Run]) -> None:
    _, run = clean
    assert run.code == 0, run.output
    assert run.changed > 0


@pytest.mark.parametrize("what", WOULD)
def test_clean_host_is_told_what_would_happen(what: str, clean: tuple[Path, Run]) -> None:
    _, run = clean
    assert WOULD[what] in run.text


def test_clean_host_stays_clean(clean: tuple[Path, Run]) -> None:
    folder, _ = clean
    inventory = {
        "inventory",
        "inventory/hosts.yml",
        "inventory/group_vars",
        "inventory/host_vars",
        "inventory/host_vars/localhost.yml",
    }
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_relative_to(folder / "home")}
    assert left == inventory
