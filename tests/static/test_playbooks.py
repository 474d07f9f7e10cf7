"""Playbooks parse, and run from the installed collection too."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(sys.executable).parent
PLAYBOOKS = ["site.yml", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("playbooks/*.yml"))]
INVENTORIES = sorted(path.parent.name for path in ROOT.glob("inventory/*/hosts.yml"))


def run(*words: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    finished = subprocess.run(
        [str(VENV / words[0]), *words[1:]],
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_playbooks_parse() -> None:
    run("ansible-playbook", "-i", "inventory/ci/hosts.yml", "--syntax-check", *PLAYBOOKS)


@pytest.mark.parametrize("inventory", INVENTORIES)
def test_inventory_sees_the_settings(inventory: str) -> None:
    host = yaml.safe_load(
        run("ansible-inventory", "-i", f"inventory/{inventory}/hosts.yml", "--host", "localhost", "--yaml")
    )
    assert {"stack_name", "stack_http_port", "versions", "images"} <= host.keys()


def test_stages_have_tags() -> None:
    shown = run("ansible-playbook", "site.yml", "--list-tags")
    for stage in (
        "engine",
        "toolchain",
        "base_images",
        "cluster",
        "ingress",
        "metrics",
        "images",
        "secrets",
        "database",
        "release",
        "kubectl_ai",
        "verify",
    ):
        assert stage in shown


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the collection, installed as `ansible-galaxy` does it."""
    built = tmp_path_factory.mktemp("built")
    run("ansible-galaxy", "collection", "build", "--output-path", str(built))
    (archive,) = built.glob("wealth-companion-*.tar.gz")
    with tarfile.open(archive) as content:
        names = content.getnames()
    unwanted = (
        "tests/",
        "molecule/",
        "inventory/",
        ".venv",
        ".git",
        ".artifacts",
        ".ansible",
        "services/frontend/node_modules",
    )
    assert [name for name in names if name.startswith(unwanted) or "__pycache__" in name or ".next/" in name] == []
    installed = tmp_path_factory.mktemp("installed")
    run(
        "ansible-galaxy",
        "collection",
        "install",
        "--no-deps",
        "--force",
        "-p",
        str(installed),
        str(archive),
        folder=installed,
    )
    return installed


def test_collection_has_what_the_roles_read(collections: Path) -> None:
    installed = collections / "ansible_collections" / "wealth" / "companion"
    for part in (
        "charts/wealth-companion/Chart.yaml",
        "services/backend/Dockerfile",
        "playbooks/group_vars/all/settings.yml",
    ):
        assert (installed / part).is_file(), part


def test_playbook_runs_from_the_collection(collections: Path, tmp_path: Path) -> None:
    """Up to preflight's first refusal: roles, modules and settings are all found."""
    environment = {
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "HOME": str(tmp_path),
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    tasks = run("ansible-playbook", "wealth.companion.site", "--list-tasks", folder=tmp_path, environment=environment)
    assert "wealth.companion.preflight" in tasks or "preflight :" in tasks
    refused = subprocess.run(
        [str(VENV / "ansible-playbook"), "wealth.companion.site", "-e", "cluster_provider=nomad"],
        cwd=tmp_path,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "cluster_provider is 'nomad', which is unknown" in refused.stdout
