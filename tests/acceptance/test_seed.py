"""`make seed`: a demo user with three years of money, as the command says it, on the stack that is up."""

from __future__ import annotations

import re
import secrets
import subprocess
from typing import TYPE_CHECKING

from tests.support.ansible import ROOT

if TYPE_CHECKING:
    from tests.support.stack import Stack


def seed(email: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "seed", "INVENTORY=ci", f"ARGS=--email {email}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_a_demo_user_can_be_added_once_and_signs_in(stack: Stack) -> None:
    with stack.visitor() as visitor:
        visitor.email = f"demo-{secrets.token_hex(6)}@example.org"
        made = seed(visitor.email)
        assert made.returncode == 0, made.stderr
        said = re.fullmatch(r"Sign in at (\S+) as (\S+) with the password (\S+)\n", made.stdout)
        assert said, made.stdout
        assert said[2] == visitor.email
        visitor.password = said[3]
        assert visitor.sign_in().status_code == 200
        assert len(visitor.get("/api/v1/accounts").json()) > 5
        assert len(visitor.get("/api/v1/transactions", params={"limit": 500}).json()["items"]) == 500
        again = seed(visitor.email)
        assert again.returncode != 0
        assert "nothing was changed" in again.stderr
        assert visitor.sign_in().status_code == 200
