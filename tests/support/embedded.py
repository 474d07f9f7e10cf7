"""The embedded database of a running stack, asked in its pod as its superuser."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.stack import Stack

# every amount of everybody: two ledgers that agree in this hold the same money in the same places
LEDGER = (
    "SELECT count(*), sum(amount), md5(string_agg(concat(account_id, category_id, amount, currency), ','"
    " ORDER BY transaction_id, position)) FROM postings"
)
# Since when the server has not crashed: it starts its checkpointer anew after that.
WHOLE_SINCE = "SELECT backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
UNBALANCED = (
    "SELECT count(*) FROM"
    " (SELECT FROM postings GROUP BY transaction_id, currency HAVING sum(amount) <> 0) AS unbalanced"
)


def run(stack: Stack, *command: str) -> bytes:
    settings = ["env", "PGHOST=/tmp", "PGUSER=postgres"]
    words = [*stack.kubectl_line.split(), "exec", "database-0", "--", *settings, *command]
    finished = subprocess.run(words, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stderr.decode()
    return finished.stdout


def query(stack: Stack, statement: str, database: str = "wealth") -> str:
    options = ("--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1")
    return run(stack, "psql", *options, f"--command={statement}", database).decode().strip()


def dump(stack: Stack, database: str) -> bytes:
    return run(stack, "pg_dump", "--format=custom", database)


def revision(stack: Stack) -> str:
    return query(stack, "SELECT version_num FROM alembic_version")


def databases(stack: Stack) -> set[str]:
    return set(query(stack, "SELECT datname FROM pg_database WHERE NOT datistemplate", "postgres").split())
