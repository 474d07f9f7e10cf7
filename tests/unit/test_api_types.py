"""The web app's types of the API's data are what the API says of itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from wealth_backend.app import build_api

FRONTEND = Path(__file__).resolve().parents[2] / "services" / "frontend"


def check(document: str) -> subprocess.CompletedProcess[str]:
    command = ["node", "generate-types.mjs", "--check"]
    return subprocess.run(command, cwd=FRONTEND, input=document, capture_output=True, text=True, check=False)


def test_they_are_up_to_date() -> None:
    document = json.dumps(build_api().openapi())
    ran = check(document)
    assert ran.returncode == 0, ran.stderr


def test_a_difference_is_found() -> None:
    changed = json.dumps(build_api().openapi()).replace('"cleared_balance"', '"settled_balance"')
    ran = check(changed)
    assert (ran.returncode, "make api-types" in ran.stderr) == (1, True), ran.stderr
