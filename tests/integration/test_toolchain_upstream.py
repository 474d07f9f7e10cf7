"""The toolchain under `artifact_source=upstream`: the real role against a local server in place of release hosts."""

from __future__ import annotations

import hashlib
import io
import platform
import subprocess
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.integration.release_host import ReleaseHost, release_host
from tests.support.ansible import ROOT, Inventory, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VERSIONS: dict[str, str] = yaml.safe_load((ROOT / "group_vars" / "all" / "versions.yml").read_text())["versions"]
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
HELM_FOLDER = f"linux-{ARCHITECTURE}"

KUBECTL = f"/release/v{VERSIONS['kubernetes']}/bin/linux/{ARCHITECTURE}/kubectl"
HELM = f"/helm-v{VERSIONS['helm']}-{HELM_FOLDER}.tar.gz"
KIND = f"/v{VERSIONS['kind']}/kind-{HELM_FOLDER}"
MINIKUBE = f"/v{VERSIONS['minikube']}/minikube-{HELM_FOLDER}"


def program(name: str) -> bytes:
    """A program that says its name. Its length makes half of it another program."""
    return f"#!/bin/sh\necho this is {name}\n{'#' * 4000}\n".encode()


def helm_archive() -> bytes:
    """As Helm's: the program among other files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in (("LICENSE", b"text"), ("helm", program("helm"))):
            entry = tarfile.TarInfo(f"{HELM_FOLDER}/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


ARTIFACTS = {
    KUBECTL: program("kubectl"),
    HELM: helm_archive(),
    KIND: program("kind"),
    MINIKUBE: program("minikube"),
}
TOOLS = {"kubectl": KUBECTL, "helm": HELM, "kind": KIND, "minikube": MINIKUBE}


@dataclass(frozen=True)
class Machine:
    """An empty machine whose only release host is a local server."""

    folder: Path
    host: ReleaseHost

    def toolchain(self, *arguments: str, provider: str = "kind", **settings: Any) -> Run:
        state = self.folder / "state"
        state.mkdir(exist_ok=True)
        (state / "choices.yml").write_text(
            yaml.safe_dump({"artifact_source": "upstream", "cluster_provider": provider})
        )
        inventory = self.folder / f"inventory-{len(list(self.folder.iterdir()))}"
        return Inventory.make(
            inventory,
            {
                "stack_state_dir": str(state),
                "stack_cache_dir": str(self.folder / "cache"),
                "toolchain_release_hosts": dict.fromkeys(("kubernetes", "helm", "kind", "minikube"), self.host.url),
                "release_checksums": {
                    tool: {ARCHITECTURE: hashlib.sha256(ARTIFACTS[path]).hexdigest()} for tool, path in TOOLS.items()
                },
            }
            | settings,
        ).play("playbooks/provision-cluster.yml", "--tags=toolchain", *arguments)

    @property
    def installed(self) -> set[str]:
        """Everything that could be run: links on PATH, and whole files in the cache."""
        links = {path.name for path in (self.folder / "state" / "bin").glob("*")}
        return links | {path.name for path in (self.folder / "cache").rglob("*") if path.is_file()}

    def says(self, name: str) -> str:
        return subprocess.run([self.folder / "state" / "bin" / name], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with release_host() as host:
        host.files |= ARTIFACTS
        yield Machine(tmp_path, host)


@pytest.mark.parametrize(
    ("provider", "programs"),
    [
        ("kind", {"helm", "kubectl", "kind"}),
        ("minikube", {"helm", "kubectl", "minikube"}),
        ("existing", {"helm", "kubectl"}),
    ],
)
def test_the_programs_of_a_provider_are_installed_once(machine: Machine, provider: str, programs: set[str]) -> None:
    first = machine.toolchain(provider=provider)
    assert first.code == 0, first.output
    assert machine.installed == programs
    for name in programs:
        assert machine.says(name) == f"this is {name}\n"
    assert sorted(machine.host.asked) == sorted(TOOLS[name] for name in programs)

    again = machine.toolchain(provider=provider)
    assert again.code == 0, again.output
    assert again.changed == 0, again.changed_tasks
    assert len(machine.host.asked) == len(programs), "something was downloaded again"


def alter(host: ReleaseHost) -> None:
    host.files[KUBECTL] = program("another kubectl")


def cut_short(host: ReleaseHost) -> None:
    host.cut_short.add(KUBECTL)


def withdraw(host: ReleaseHost) -> None:
    del host.files[KUBECTL]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (alter, "is not what was published (its checksum is not release_checksums.kubectl) and was not installed"),
        (cut_short, "was cut short on its way and was not installed: run this again."),
        (withdraw, "(404): correct toolchain_release_hosts.kubernetes"),
    ],
)
def test_a_bad_release_is_named_and_not_installed(
    machine: Machine, damage: Callable[[ReleaseHost], None], sentence: str
) -> None:
    damage(machine.host)
    failed = machine.toolchain()
    assert failed.code != 0
    assert f"kubectl {VERSIONS['kubernetes']}" in failed.text
    assert machine.host.url + KUBECTL in failed.text
    assert sentence in failed.text
    assert failed.output.count("[ERROR]: Task failed") == 1, failed.output
    assert "kubectl" not in machine.installed

    machine.host.cut_short.clear()
    machine.host.files[KUBECTL] = ARTIFACTS[KUBECTL]
    repaired = machine.toolchain()
    assert repaired.code == 0, repaired.output
    assert machine.installed == {"helm", "kubectl", "kind"}
    assert machine.says("kubectl") == "this is kubectl\n"


def test_a_host_that_does_not_answer_is_named(machine: Machine) -> None:
    with release_host() as gone:
        pass
    failed = machine.toolchain(toolchain_release_hosts=dict.fromkeys(("kubernetes", "helm", "kind"), gone.url))
    assert failed.code != 0
    assert f"could not be downloaded from {gone.url}" in failed.text
    assert f"make {gone.url} reachable, or set toolchain_release_hosts." in failed.text
    assert machine.installed == set()


def test_a_release_without_a_checksum_is_refused_before_anything_is_downloaded(machine: Machine) -> None:
    failed = machine.toolchain(release_checksums={"kubectl": {}, "helm": {}, "kind": {}})
    assert failed.code != 0
    assert (
        f"There is no checksum for helm on {ARCHITECTURE}: add the published sha256 to release_checksums" in failed.text
    )
    assert machine.host.asked == []


def test_a_dry_run_says_what_would_be_downloaded_and_changes_nothing(machine: Machine) -> None:
    dry = machine.toolchain("--check", "--diff")
    assert dry.code == 0, dry.output
    assert f"A real run would download kubectl {VERSIONS['kubernetes']} from {machine.host.url}{KUBECTL}." in dry.text
    assert machine.host.asked == []
    assert machine.installed == set()

    assert machine.toolchain().code == 0
    converged = machine.toolchain("--check", "--diff")
    assert converged.code == 0, converged.output
    assert converged.changed == 0, converged.changed_tasks


def test_every_pinned_release_has_a_checksum_for_both_architectures() -> None:
    checksums = yaml.safe_load((ROOT / "group_vars" / "all" / "versions.yml").read_text())["release_checksums"]
    for tool in TOOLS:
        assert set(checksums[tool]) == {"amd64", "arm64"}
        for checksum in checksums[tool].values():
            assert len(bytes.fromhex(checksum)) == hashlib.sha256().digest_size
