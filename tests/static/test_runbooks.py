"""A runbook says what the product says, in one form, and every fault that operations can name has one."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNBOOKS = ROOT / "docs" / "runbooks"
INDEX = RUNBOOKS / "README.md"
PAGES = sorted(set(RUNBOOKS.glob("*.md")) - {INDEX})
SECTIONS = ["What you see", "Cause", "Look", "Cure", "Tested by"]
MOST_LINES = 40
# Where messages are made.
SPEAKING = (
    "roles/*/*/*.yml",
    "roles/*/templates/*",
    "charts/*/templates/**/*",
    "services/*/src/**/*.py",
    "plugins/**/*.py",
    "operations/*.py",
)
COMMANDS = ("make ", "kubectl ", "helm ", "docker ")


def page_name(page: Path) -> str:
    return page.stem


def section(page: Path, title: str) -> str:
    return page.read_text().partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def one_line(text: str) -> str:
    # the literals of a message that stands on several lines are one
    return re.sub(r"\s+", " ", re.sub(r"\"\s*\n\s*f?\"", "", text))


@cache
def said() -> str:
    files = [path for pattern in SPEAKING for path in ROOT.glob(pattern) if path.is_file()]
    return one_line("\n".join(path.read_text() for path in files))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_page_has_its_parts_and_is_short(page: Path) -> None:
    assert re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE) == SECTIONS
    assert len(page.read_text().splitlines()) <= MOST_LINES
    assert f"]({page.name})" in INDEX.read_text()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_messages_are_the_products_own(page: Path) -> None:
    messages = [
        quoted
        for quoted in re.findall(r"`([^`]+)`", one_line(section(page, "What you see")))
        if quoted.count(" ") > 1 and not quoted.startswith(COMMANDS)
    ]
    parts = [part.strip() for message in messages for part in message.split("…")]
    assert [part for part in parts if part not in said()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_named_tests_exist(page: Path) -> None:
    named = re.findall(r"`((?:tests|services|molecule)/[^`]+)`", section(page, "Tested by"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def words(node: ast.expr) -> str:
    """A text with … for what is put in."""
    if isinstance(node, ast.Constant):
        return re.sub(r"(?:\{\w+\})+", "…", str(node.value))
    assert isinstance(node, ast.JoinedStr), ast.unparse(node)
    return "".join(words(part) if isinstance(part, ast.Constant) else "…" for part in node.values)


def causes() -> set[str]:
    """Of all signs and findings, wherever operations' rules are."""
    calls = [
        node
        for path in ROOT.glob("operations/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_sign", "_finding"}
    ]
    return {words(call.args[1]) for call in calls if isinstance(call.args[1], ast.Constant | ast.JoinedStr)}


def test_every_fault_that_operations_can_name_has_a_page() -> None:
    table = INDEX.read_text().partition("| Cause | Page |")[2]
    named = set(re.findall(r"^\| (.+?) \| \[", table, re.MULTILINE))
    assert causes() - named == set(), "name its page in docs/runbooks/README.md"
    assert named - causes() == set(), "no fault has this name"
