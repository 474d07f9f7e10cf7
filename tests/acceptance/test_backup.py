"""`make backup` and `make restore`: the data are kept and come back to the cent, and nothing is ever half done."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.ansible import ROOT
from tests.support.embedded import LEDGER, UNBALANCED, WHOLE_SINCE, databases, dump, query, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.stack import Stack, Visitor

RUNNING = {"wealth", "postgres"}


def make(stack: Stack, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """With a folder of its own for backups."""
    options = [f"INVENTORY={stack.inventory.folder.name}", f"ARGS=-e backup_dir={folder}"]
    command = ["make", "--no-print-directory", *words, *options]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def said(finished: subprocess.CompletedProcess[str]) -> str:
    return re.sub(r"\s+", " ", finished.stdout + finished.stderr)


def demo(visitor: Visitor) -> None:
    answer = visitor.post("/api/v1/demo")
    assert answer.is_success, answer.text


def accounts(visitor: Visitor) -> Any:
    return visitor.get("/api/v1/accounts").json()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


def test_what_was_backed_up_comes_back(stack: Stack, folder: Path) -> None:
    file, whole_since = folder / "kept.dump", query(stack, WHOLE_SINCE)
    with stack.visitor() as early, stack.visitor() as late:
        early.sign_up()
        demo(early)
        ledger, books = query(stack, LEDGER), accounts(early)
        backup = make(stack, folder, "backup", f"FILE={file}")
        assert backup.returncode == 0, said(backup)
        assert f"make restore FILE={file}" in said(backup)
        assert file.stat().st_mode & 0o777 == 0o600

        late.sign_up()
        demo(late)
        assert query(stack, LEDGER) != ledger
        restored = make(stack, folder, "restore", f"FILE={file}", "CONFIRM=yes")
        assert restored.returncode == 0, said(restored)
        assert query(stack, LEDGER) == ledger
        assert query(stack, UNBALANCED) == "0"
        assert accounts(early) == books
        assert early.post("/api/v1/accounts", json={"name": "After", "kind": "cash", "currency": "EUR"}).is_success
        assert early.ask("How much did I spend this month?")["tool_calls"]
        assert late.get("/api/v1/auth/me").status_code == 401

        # what was replaced is in a file, and that undoes it
        (replaced,) = folder.glob("*-replaced.dump")
        assert databases(stack) == RUNNING
        undone = make(stack, folder, "restore", f"FILE={replaced}", "CONFIRM=yes")
        assert undone.returncode == 0, said(undone)
        assert late.get("/api/v1/auth/me").status_code == 200
        assert early.get("/api/v1/auth/me").status_code == 200
    assert query(stack, WHOLE_SINCE) == whole_since


def test_a_file_is_refused_and_everything_stays(stack: Stack, folder: Path) -> None:
    good = (folder / "kept.dump").read_bytes()
    for database in ("newer", "foreign"):
        run(stack, "createdb", "--template=template0", database)
    run(stack, "sh", "-c", "pg_dump --format=custom wealth | pg_restore --dbname=newer")
    query(stack, "UPDATE alembic_version SET version_num = '9999'", "newer")
    ledger = query(stack, LEDGER)
    cases = {
        # its table of contents, which comes first, is whole
        "damaged": (good[: -len(good) // 10], "can not be loaded"),
        "text": (b"nothing of ours\n", "is no backup of a Wealth Companion"),
        # more than is on its way when the program that reads it ends
        "long": (b"nothing of ours\n" * (2 << 20), "is no backup of a Wealth Companion"),
        "foreign": (dump(stack, "foreign"), "is no backup of a Wealth Companion"),
        "newer": (dump(stack, "newer"), "is of a newer release (its schema is at 9999"),
    }
    for database in ("newer", "foreign"):
        run(stack, "dropdb", database)
    for name, (content, sentence) in cases.items():
        file = folder / f"{name}.dump"
        file.write_bytes(content)
        refused = make(stack, folder, "restore", f"FILE={file}", "CONFIRM=yes")
        assert refused.returncode != 0, name
        assert sentence in said(refused), said(refused)
        assert query(stack, LEDGER) == ledger


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("restore",), "Which file?"),
        (("restore", "FILE=/nowhere/at.all"), "There is no file /nowhere/at.all"),
        (("restore", "FILE={folder}/kept.dump"), "Nothing was changed: say CONFIRM=yes"),
        (("backup", "FILE={folder}/kept.dump"), "is there already: name another FILE"),
    ],
)
def test_misuse_is_one_sentence(words: tuple[str, ...], sentence: str, folder: Path, stack: Stack) -> None:
    ledger = query(stack, LEDGER)
    refused = make(stack, folder, *(word.format(folder=folder) for word in words))
    assert refused.returncode != 0
    assert sentence in said(refused)
    assert query(stack, LEDGER) == ledger
