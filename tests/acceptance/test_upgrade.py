"""`make upgrade`: a stack with the schema of before gets the one of now, with its data in place and in a file."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import TYPE_CHECKING

from tests.support.ansible import ROOT
from tests.support.embedded import LEDGER, query, revision
from wealth_core.database import SCHEMA_REVISION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.stack import Stack

BEFORE = f"{int(SCHEMA_REVISION) - 1:0{len(SCHEMA_REVISION)}}"
TAKE_BACK = (
    f"read -r DATABASE_URL; export DATABASE_URL; exec /opt/venv/bin/python -m wealth_core.migrate --down-to {BEFORE}"
)
DEBUG = {"release_values": {"logLevel": "DEBUG"}}


def take_back(stack: Stack) -> None:
    """The schema that the release before had."""
    secret = json.loads(stack.kubectl("get", "secret", "migrations-secrets", "--output=json"))["data"]["DATABASE_URL"]
    words = [*stack.kubectl_line.split(), "exec", "--stdin", "deploy/backend", "--", "sh", "-c", TAKE_BACK]
    subprocess.run(words, input=base64.b64decode(secret) + b"\n", check=True)


def make(stack: Stack, *words: str) -> str:
    command = ["make", "--no-print-directory", *words, f"INVENTORY={stack.inventory.folder.name}"]
    finished = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr
    return finished.stdout


def test_data_outlive_an_upgrade_and_an_older_backup_is_brought_up_to_date(stack: Stack, tmp_path: Path) -> None:
    with stack.visitor() as visitor:
        visitor.sign_up()
        assert visitor.post("/api/v1/demo").is_success
        ledger = query(stack, LEDGER)
        take_back(stack)
        assert revision(stack) == BEFORE

        # a release with another value is another release: Helm migrates and replaces pods
        make(stack, "upgrade", f"ARGS=-e backup_dir={tmp_path} -e '{json.dumps(DEBUG)}'")

        assert (revision(stack), query(stack, LEDGER)) == (SCHEMA_REVISION, ledger)
        assert visitor.get("/api/v1/auth/me").status_code == 200
        assert visitor.ask("How much did I spend this month?")["tool_calls"]

        (backup,) = tmp_path.glob("*.dump")
        make(stack, "restore", f"FILE={backup}", "CONFIRM=yes", f"ARGS=-e backup_dir={tmp_path}")

        assert (revision(stack), query(stack, LEDGER)) == (SCHEMA_REVISION, ledger)
        assert visitor.get("/api/v1/auth/me").status_code == 200
    make(stack, "up", "ARGS=--tags=release")
