"""Each linter and type checker is one test. They run side by side, as many as there are processors."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "services" / "frontend"


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def shell_scripts() -> list[str]:
    first_lines = ((name, (ROOT / name).read_bytes().split(b"\n", 1)[0]) for name in tracked())
    return [
        name
        for name, line in first_lines
        if line.startswith(b"#!") and line.split(b"/")[-1].split()[-1] in {b"sh", b"bash"}
    ]


SOURCES = sorted({str(path.parents[1].relative_to(ROOT)) for path in ROOT.glob("services/*/src/*/__init__.py")})

# the slowest first: they decide when the last one ends
LINTERS: dict[str, tuple[Path, list[str]]] = {
    "ansible-lint": (ROOT, ["ansible-lint", "--offline", "--strict", "--profile", "production", "--nocolor"]),
    "tsc": (FRONTEND, ["npm", "run", "--silent", "typecheck"]),
    "eslint": (FRONTEND, ["npm", "run", "--silent", "lint"]),
    "mypy": (
        ROOT,
        ["mypy", *SOURCES, "conftest.py", "services/conftest.py", "operations", "plugins", "tests", "molecule"],
    ),
    "yamllint": (ROOT, ["yamllint", "--strict", "."]),
    "shellcheck": (ROOT, ["shellcheck", "--severity=style", *shell_scripts()]),
    "ruff": (ROOT, ["ruff", "check", "--output-format=concise", "."]),
    "ruff-format": (ROOT, ["ruff", "format", "--check", "."]),
}


def lint(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def findings(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[subprocess.CompletedProcess[str]]]]:
    wanted = {item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield {name: pool.submit(lint, *how) for name, how in LINTERS.items() if name in wanted}


@pytest.mark.parametrize("name", list(reversed(LINTERS)))
def test_linter_is_content(name: str, findings: dict[str, Future[subprocess.CompletedProcess[str]]]) -> None:
    assert shutil.which(LINTERS[name][1][0]), f"{LINTERS[name][1][0]} is missing: run `make check`, which brings it"
    finished = findings[name].result()
    assert finished.returncode == 0, f"{name} says:\n{finished.stdout}"


def test_ansible_lint_skips_nothing() -> None:
    configuration = (ROOT / ".config" / "ansible-lint.yml").read_text()
    assert "skip_list" not in configuration
    assert "warn_list" not in configuration
    assert not (ROOT / ".ansible-lint-ignore").exists()
    exceptions = [name for name in tracked("*.yml") if "# noqa" in (ROOT / name).read_text()]
    assert exceptions == []
