"""How Schemathesis signs in: once, as somebody new, and again as the same person when the session grows old.

FUZZ_STRANGERS=1 makes somebody new for each request instead: for what ends sessions or deletes people.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import uuid
from typing import Any

import requests
import schemathesis
from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.models import ProposalKind
from wealth_core.repositories import ProposalRepository
from wealth_core.settings import DatabaseSettings

ORIGIN = "http://localhost:8080"
PASSWORD = "a short sentence will do"
STRANGERS = os.environ.get("FUZZ_STRANGERS") == "1"
REFRESH_S = 240
PROPOSALS = 50


def elsewhere() -> dict[str, str]:
    """Headers of a page of ours, from an address that nobody has used up any attempts from."""
    return {"Origin": ORIGIN, "X-Forwarded-For": f"198.51.100.{secrets.randbelow(250)}, {secrets.token_hex(8)}"}


async def propose(user_id: uuid.UUID) -> None:
    """The API makes no proposals: these are for the operations that decide on them."""
    database = Database(DatabaseSettings(database_url=SecretStr(os.environ["FUZZ_DATABASE"])))
    async with database.transaction(user_id) as session:
        for number in range(PROPOSALS):
            payload = {"name": f"Proposed {number}", "kind": "expense"}
            await ProposalRepository(session).file(user_id, ProposalKind.CATEGORY, payload)
    await database.close()


@schemathesis.auth(refresh_interval=None if STRANGERS else REFRESH_S)
class Session:
    def __init__(self) -> None:
        self._person: dict[str, str] | None = None

    def get(self, _case: schemathesis.Case[Any], _context: schemathesis.AuthContext) -> dict[str, str]:
        base = f"{os.environ['FUZZ_URL']}/api/v1/auth"
        person, path = self._person, "sign-in"
        if person is None or STRANGERS:
            person, path = {"email": f"{secrets.token_hex(8)}@example.org", "password": PASSWORD}, "sign-up"
            self._person = person
        answer = requests.post(f"{base}/{path}", json=person, headers=elsewhere(), timeout=60)
        answer.raise_for_status()
        if path == "sign-up" and not STRANGERS:
            asyncio.run(propose(uuid.UUID(answer.json()["id"])))
        return {cookie.name: cookie.value or "" for cookie in answer.cookies}

    def set(self, case: schemathesis.Case[Any], data: dict[str, str], _context: schemathesis.AuthContext) -> None:
        case.cookies = {**(case.cookies or {}), **data}


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case[Any], _kwargs: dict[str, Any]) -> None:
    case.headers["X-Forwarded-For"] = elsewhere()["X-Forwarded-For"]
