"""US4, SC-006: no value of the vault is found anywhere but in the vault and in the Secrets."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import yaml

from tests.support.ansible import ROOT, decrypt

if TYPE_CHECKING:
    from tests.support.stack import Stack


@pytest.fixture(scope="module")
def canaries(stack: Stack) -> dict[str, set[str]]:
    """Every value of the vault in the forms in which it might get out."""
    values = yaml.safe_load(decrypt(stack.inventory.vault, stack.inventory.password_file))
    password = stack.inventory.password_file.read_text().strip()
    return {
        name: {value, quote(value, safe=""), base64.b64encode(value.encode()).decode().rstrip("=")}
        for name, value in {**values, "the vault's password": password}.items()
        if value
    }


def found_in(text: str, canaries: dict[str, set[str]]) -> list[str]:
    return [name for name, forms in canaries.items() if any(form in text for form in forms)]


def test_the_search_finds_what_is_there(stack: Stack, canaries: dict[str, set[str]]) -> None:
    secret = stack.kubectl("get", "secret", "backend-secrets", "--output=json")
    assert "vault_jwt_key" in found_in(secret, canaries)


@pytest.mark.spec("US4", "SC-006")
def test_talkative_runs_tell_nothing(canaries: dict[str, set[str]]) -> None:
    logs = sorted((ROOT / ".artifacts" / "acceptance").glob("test-rotation-*.log"))
    assert logs, "the rotation tests, which print as much as can be, have to run first"
    assert any("EXEC" in log.read_text() for log in logs)
    assert {log.name: found_in(log.read_text(), canaries) for log in logs} == {log.name: [] for log in logs}


@pytest.mark.spec("US4", "SC-006")
def test_helm_keeps_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    stored = stack.items("secrets", "--field-selector=type=helm.sh/release.v1", "--all-namespaces")
    assert stored
    for secret in stored:
        release = gzip.decompress(base64.b64decode(base64.b64decode(secret["data"]["release"]))).decode()
        assert found_in(release, canaries) == [], secret["metadata"]["name"]


@pytest.mark.spec("US4", "SC-006")
def test_cluster_shows_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    kinds = ",".join(kind for kind in [*stack.namespaced_kinds(), "events"] if kind != "secrets")
    assert found_in(stack.kubectl("get", kinds, "--output=json"), canaries) == []


@pytest.mark.spec("US4", "SC-006")
def test_logs_tell_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    for pod in stack.pods():
        log = stack.kubectl("logs", pod, "--all-containers", "--tail=-1")
        assert found_in(log, canaries) == [], pod


@pytest.mark.spec("US4", "FR-017", "SC-006")
def test_images_carry_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    listed = ["docker", "images", "--format", "{{.Repository}}:{{.Tag}}", "wealth-companion/*"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
    assert names
    for command in (["image", "inspect"], ["history", "--no-trunc", "--format={{.CreatedBy}}"]):
        for name in names:
            shown = subprocess.run(["docker", *command, name], capture_output=True, text=True, check=True).stdout
            assert found_in(shown, canaries) == [], name


@pytest.mark.spec("US4", "SC-006")
def test_state_folder_holds_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    files = [path for path in stack.state.rglob("*") if path.is_file() and not path.is_symlink()]
    assert files
    for path in files:
        assert found_in(path.read_text(errors="replace"), canaries) == [], path


@pytest.mark.spec("US4", "FR-015")
def test_secrets_reach_pods_as_environment_only(stack: Stack) -> None:
    for name, pod in stack.pods().items():
        assert not any("secret" in volume for volume in pod["spec"].get("volumes", [])), name
        for container in pod["spec"]["containers"]:
            for variable in container.get("env", []):
                assert "secretKeyRef" in json.dumps(variable) or "PASSWORD" not in variable["name"], name
