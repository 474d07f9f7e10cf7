"""What is written down holds: links, commands, and nothing that belongs to one machine only."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests import run

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(errors="replace")


LOCKS = [
    path
    for path in tracked()
    if path.name in {"package-lock.json", "requirements.txt", "control.txt", "dev.txt", "pip.txt"}
    or path.name.startswith("requirements-")
]
DOCUMENTS = [path for path in tracked() if path.suffix == ".md"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pinned(lock: Path) -> dict[str, str]:
    """Versions by name."""
    return dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", text_of(lock), re.MULTILINE))


RUNS = [ROOT / "requirements" / "control.txt", *sorted(ROOT.glob("services/*/requirements.txt"))]


def test_the_local_inventory_leaves_everything_at_its_default() -> None:
    """What README says of name and port holds for a fresh clone."""
    assert [name(path) for path in tracked() if "inventory/local/host_vars" in name(path)] == []


@pytest.mark.parametrize("lock", RUNS, ids=name)
def test_what_runs_is_what_is_tested(lock: Path) -> None:
    tested, runs = pinned(ROOT / "requirements" / "dev.txt"), pinned(lock)
    assert runs
    assert {name: version for name, version in runs.items() if tested.get(name) != version} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_lock_names_hashes_and_no_host(lock: Path) -> None:
    content = text_of(lock)
    assert '"resolved"' not in content
    assert "://" not in content or lock.suffix == ".json"  # npm's lock tells where its packages take donations
    assert not re.search(r"--(?:extra-)?index-url|--find-links|--trusted-host", content)
    assert "--hash=sha256:" in content or '"integrity": "sha512-' in content


def test_nothing_belongs_to_one_machine() -> None:
    folders = re.compile(r"(?<![\w.~}$/-])/(?:root|work|Users)/\w")
    addresses = re.compile(
        r"\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+(?::\d+)?/(?:simple|artifactory|npm|pypi|repository)"
    )
    found = [
        f"{name(path)}: {match[0]}"
        for path in tracked()
        for pattern in (folders, addresses)
        if (match := pattern.search(text_of(path)))
    ]
    assert found == []


def test_every_acceptance_test_is_run() -> None:
    files = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "acceptance").glob("test_*.py")}
    assert files == {*run.LOOKING, *run.CHANGING, run.LAST}


def test_nothing_is_left_undone() -> None:
    marks = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
    found = [
        f"{name(path)}: {match[0]}"
        for path in tracked()
        # a picture can hold any three letters
        if path not in LOCKS and path.suffix != ".png" and (match := marks.search(text_of(path)))
    ]
    assert found == []


@pytest.mark.spec("US4", "FR-017")
def test_no_secret_is_tracked() -> None:
    private_key = re.compile(r"-----BEGIN (?:\w+ )?PRIVATE KEY-----\n[A-Za-z0-9+/=]{40}")
    api_key = re.compile(r"\b(?:AIza[0-9A-Za-z_-]{35}|sk-[A-Za-z0-9]{32,}|gh[pousr]_[A-Za-z0-9]{36})\b")
    found = [name(path) for path in tracked() if private_key.search(text_of(path)) or api_key.search(text_of(path))]
    assert found == []
    vaults = [name(path) for path in tracked() if path.name in {"vault.yml", ".vault-password"}]
    assert vaults == []


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    prose = re.sub(r"```.*?```", "", text_of(document), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        aim = (document.parent / path).resolve() if path else document
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target


def test_help_lists_every_target() -> None:
    known = subprocess.run(["make", "-pn"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    declared = set(re.findall(r"^\.PHONY: (.*)$", known, re.MULTILINE)[0].split())
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert targets == declared
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = set(re.findall(r"^  make ([a-z-]+)", shown, re.MULTILINE))
    # what other targets need and nobody types
    assert listed == targets - {"tools-control", "tools-dev"}


@pytest.mark.parametrize(
    "document", [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"], ids=name
)
def test_documents_name_targets_that_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ *)make ([a-z-]+)", text_of(document), re.MULTILINE))
    assert named <= targets


def test_settings_in_the_documents_exist() -> None:
    settings = set(yaml.safe_load((ROOT / "group_vars" / "all" / "settings.yml").read_text()))
    for defaults in ROOT.glob("roles/*/defaults/main.yml"):
        settings |= set(yaml.safe_load(defaults.read_text()) or {})
    table = re.findall(r"^\| (`.+?`) \|", text_of(ROOT / "docs" / "configuration.md"), re.MULTILINE)
    named = {word for row in table for word in re.findall(r"`([a-z_]+)`", row)}
    assert named <= settings


def test_collections_are_those_of_the_locked_package() -> None:
    wanted = {
        entry["name"]: entry["version"]
        for entry in yaml.safe_load((ROOT / "requirements.yml").read_text())["collections"]
    }
    bundled = next((ROOT / ".venv").glob("lib/python*/site-packages/ansible_collections"))
    for collection, version in wanted.items():
        manifest = yaml.safe_load((bundled / collection.replace(".", "/") / "MANIFEST.json").read_text())
        assert manifest["collection_info"]["version"] == version
