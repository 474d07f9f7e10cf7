"""US4, SC-006: no value that the vault has or had is found anywhere but in the vault and in the Secrets."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.support.ansible import ROOT, VENV, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.stack import Stack


@pytest.fixture(scope="module")
def canaries(stack: Stack, vault: Callable[[], object], seen: dict[str, set[str]]) -> dict[str, set[str]]:
    """Every value in the forms in which it might get out."""
    vault()
    password = stack.inventory.password_file.read_text().strip()
    return {
        name: {form for value in values for form in forms(value)}
        for name, values in {**seen, "the vault's password": {password}}.items()
        # a login is no secret, nor is how far a rotation is
        if not name.endswith(("_login", "_rotation"))
    }


def forms(value: str) -> set[str]:
    return {value, quote(value, safe=""), base64.b64encode(value.encode()).decode().rstrip("=")} if value else set()


def found_in(text: str, canaries: dict[str, set[str]]) -> list[str]:
    return [name for name, forms in canaries.items() if any(form in text for form in forms)]


def test_the_search_finds_what_is_there(stack: Stack, canaries: dict[str, set[str]]) -> None:
    secret = stack.kubectl("get", "secret", "backend-secrets", "--output=json")
    assert "vault_jwt_key" in found_in(secret, canaries)


@pytest.mark.spec("US4", "SC-006")
def test_talkative_runs_tell_nothing(canaries: dict[str, set[str]]) -> None:
    """Rotations with -vvvv --diff, and what the other tests ran, check mode among it."""
    logs = sorted((ROOT / ".artifacts" / "acceptance").glob("*.log"))
    assert any(log.name.startswith("test-rotation-") and "EXEC" in log.read_text() for log in logs), (
        "the rotation tests, which print as much as can be, have to run first"
    )
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


def shown_by(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode(errors="replace")


def test_repository_and_its_history_hold_nothing(canaries: dict[str, set[str]]) -> None:
    """What images are built from is in it too."""
    history = shown_by("git", "log", "--all", "--patch", "--text")
    assert "services/backend/Dockerfile" in history
    assert found_in(history, canaries) == []
    files = [ROOT / name for name in shown_by("git", "ls-files", "-co", "--exclude-standard", "-z").split("\0") if name]
    for path in files:
        assert not path.is_file() or found_in(path.read_text(errors="replace"), canaries) == [], path


@pytest.mark.parametrize("question", [("status",), ("health",), ("why", "backend")], ids=" ".join)
def test_what_is_told_about_the_stack_holds_nothing(
    question: tuple[str, ...], stack: Stack, canaries: dict[str, set[str]]
) -> None:
    """The same snapshot and logs are what a model would be told."""
    command = [str(VENV / "python"), "-m", "operations", "--inventory", str(stack.inventory.folder), *question]
    told = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    assert "backend" in told.stdout
    assert found_in(told.stdout + told.stderr, canaries) == []


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
def test_files_in_images_hold_nothing(stack: Stack, canaries: dict[str, set[str]]) -> None:
    """Every layer, what a later one removed too."""
    # a sentence that is in one of the images, so that a search that finds nothing is seen
    known = (ROOT / "services/backend/src/wealth_backend/__init__.py").read_text().splitlines()[0]
    wanted = {known, *(form for forms in canaries.values() for form in forms)}
    read, write = os.pipe()
    with subprocess.Popen(["docker", "save", *sorted(set(stack.images().values()))], stdout=subprocess.PIPE) as saved:
        search = ["grep", "--text", "--null-data", "--only-matching", "--fixed-strings", f"--file=/dev/fd/{read}"]
        with subprocess.Popen(search, stdin=saved.stdout, stdout=subprocess.PIPE, text=True, pass_fds=[read]) as grep:
            os.close(read)
            with os.fdopen(write, "w") as patterns:
                patterns.write("\n".join(sorted(wanted)))
            found, _ = grep.communicate()
    assert saved.returncode == 0
    assert known in found
    assert found_in(found, canaries) == []


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
