"""Schemathesis over the whole API: examples, coverage, fuzzing and stateful, with every check.

Served for real: the backend as a process, a real database, and a coordinator that answers at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from tests.fuzz.hooks import ORIGIN
from tests.support.books import KEY
from tests.support.services import serve

if TYPE_CHECKING:
    from tests.fuzz.people import Books

CONFIG = Path(__file__).with_name("schemathesis.toml")
JWT_KEY = "qT5nW8vB2mX6kR9pL3jH7gD4sF1aZ0cY"
# How many requests of one address or user are taken is tested elsewhere.
UNLIMITED = {
    f"RATE_LIMIT_{kind}_PER_MINUTE": 1_000_000 for kind in ("ADDRESS", "USER", "WRITES", "CHATS", "IMPORTS", "EXPORTS")
}
# What ends sessions or deletes people is sent in a run of its own, each time by somebody new.
OF_SESSIONS = "^/api/v1/auth"
_ARGON2_SHARE = 20
_METHODS = {"get", "post", "put", "patch", "delete"}


def fuzz(books: Books, folder: Path, count: int, number: int) -> dict[str, int]:
    """At least `count` requests; an AssertionError tells what was found, with a line that repeats it."""
    with ExitStack() as running:
        coordinator = running.enter_context(serve("tests.support.coordinator", folder / "coordinator.log"))
        backend = running.enter_context(
            serve(
                "wealth_backend",
                folder / "backend.log",
                DATABASE_URL=books.backend,
                JWT_KEY=JWT_KEY,
                MCP_TOKEN_KEY=KEY.get_secret_value(),
                PUBLIC_URL=ORIGIN,
                COORDINATOR_URL=coordinator.address,
                SHUTDOWN_DELAY_S=0,
                **UNLIMITED,
            )
        )
        coordinator.wait_ready("/health")
        backend.wait_ready("/readyz")
        document = httpx.get(f"{backend.address}/api/v1/openapi.json", timeout=60).json()
        operations = sum(len(_METHODS & set(methods)) for methods in document["paths"].values())
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
            "FUZZ_URL": backend.address,
            "FUZZ_DATABASE": books.mcp,
        }
        counts: Counter[str] = Counter()
        found: list[str] = []
        # How many a round sends depends on how far its scenarios get, so there are as many rounds as it takes.
        while counts["requests"] < count and not found:
            examples = max(1, (count - counts["requests"]) // operations // 2)  # fuzzing and stateful, each
            sent, faults = _round(folder, environment, examples, number + counts["rounds"])
            counts.update(sent)
            found += faults
        found += [
            f"the log has an error that no answer showed: {line}"
            for line in backend.lines()
            if line["level"] in {"ERROR", "CRITICAL"} and "error" in line
        ]
        assert not found, "\n".join(found)
    return counts


def _round(folder: Path, environment: dict[str, str], examples: int, number: int) -> tuple[Counter[str], list[str]]:
    """How much was sent, and what was found."""
    chosen: dict[str, tuple[list[str], int, dict[str, str]]] = {
        "api": (["--exclude-path-regex", OF_SESSIONS], examples, {}),
        "sessions": (
            # Nothing of a session outlives its request here, so there is no state to go through.
            ["--include-path-regex", OF_SESSIONS, "--phases", "examples,coverage,fuzzing"],
            max(1, examples // _ARGON2_SHARE),
            {"FUZZ_STRANGERS": "1"},
        ),
    }
    counts, found = Counter({"rounds": 1}), list[str]()
    for part, (words, share, more) in chosen.items():
        report = folder / f"{part}.json"
        report.unlink(missing_ok=True)
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--no-color"),
            *("--config-file", str(CONFIG), "run", f"{environment['FUZZ_URL']}/api/v1/openapi.json"),
            *("--header", f"Origin: {ORIGIN}", "--seed", str(number), "--max-examples", str(share)),
            *("--suppress-health-check", "all", "--continue-on-failure"),
            *("--report", "json", "--report-json-path", str(report), *words),
        ]
        # In a folder of its own, since it keeps what it found where it runs.
        finished = subprocess.run(
            command, env=environment | more, cwd=folder, capture_output=True, text=True, check=False
        )
        said = finished.stdout + finished.stderr
        assert report.exists(), said
        sent = _generated(json.loads(report.read_text()))
        counts.update({f"{part}: test cases": sent, "requests": sent})
        if finished.returncode:
            found.append(said)
    return counts, found


def _generated(report: dict[str, Any]) -> int:
    return int(report["test_cases"]["generated"])
