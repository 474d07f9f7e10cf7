"""How Schemathesis signs in: once, as somebody new, and again as the same person when the session grows old.

FUZZ_STRANGERS=1 makes somebody new for each request instead: for what ends sessions or deletes people.
"""

from __future__ import annotations

import os
import secrets
from typing import Any

import requests
import schemathesis

ORIGIN = "http://localhost:8080"
PASSWORD = "a short sentence will do"
STRANGERS = os.environ.get("FUZZ_STRANGERS") == "1"
REFRESH_S = 240


def elsewhere() -> dict[str, str]:
    """Headers of a page of ours, from an address that nobody has used up any attempts from."""
    return {"Origin": ORIGIN, "X-Forwarded-For": f"198.51.100.{secrets.randbelow(250)}, {secrets.token_hex(8)}"}


@schemathesis.auth(refresh_interval=None if STRANGERS else REFRESH_S)
class Session:
    def __init__(self) -> None:
        self._person: dict[str, str] | None = None

    def get(self, _case: schemathesis.Case, _context: schemathesis.AuthContext) -> dict[str, str]:
        base = f"{os.environ['FUZZ_URL']}/api/v1/auth"
        person, path = self._person, "sign-in"
        if person is None or STRANGERS:
            person, path = {"email": f"{secrets.token_hex(8)}@example.org", "password": PASSWORD}, "sign-up"
            self._person = person
        answer = requests.post(f"{base}/{path}", json=person, headers=elsewhere(), timeout=60)
        answer.raise_for_status()
        return dict(answer.cookies)

    def set(self, case: schemathesis.Case, data: dict[str, str], _context: schemathesis.AuthContext) -> None:
        case.cookies = {**(case.cookies or {}), **data}


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case, _kwargs: dict[str, Any]) -> None:
    case.headers = {**(case.headers or {}), "X-Forwarded-For": elsewhere()["X-Forwarded-For"]}
