"""The backend as a process in front of a real PostgreSQL, and people who use it as a browser does."""

from __future__ import annotations

import secrets
import ssl
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from pydantic import SecretStr

from tests.support.books import KEY
from tests.support.services import Served, free_port, serve
from wealth_core.database import Database
from wealth_core.models import ProposalKind
from wealth_core.repositories import ProposalRepository
from wealth_core.settings import DatabaseSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ORIGIN = "http://localhost:8080"
JWT_KEY = "qT5nW8vB2mX6kR9pL3jH7gD4sF1aZ0cY"
RATE_LIMITED = ("ADDRESS", "USER", "WRITES", "CHATS", "IMPORTS", "EXPORTS")
PASSWORD = "a short sentence will do"
# Loading the certificate authorities takes longer than most requests here, so it is done once.
TLS = ssl.create_default_context()


@contextmanager
def serve_backend(url: str, log: Path, *, ready: str = "/readyz", **settings: object) -> Iterator[Served]:
    wanted = {
        "DATABASE_URL": url,
        "JWT_KEY": JWT_KEY,
        "MCP_TOKEN_KEY": KEY.get_secret_value(),
        "PUBLIC_URL": ORIGIN,
        "COORDINATOR_URL": f"http://127.0.0.1:{free_port()}",
        "SHUTDOWN_DELAY_S": "0",
        # Patient: how long things take where many programs want the cores is not what most tests are about.
        "DATABASE_CONNECT_TIMEOUT_S": "30",
        "DATABASE_STATEMENT_TIMEOUT_MS": "30000",
        # What happens by itself is a test of its own, and mustn't change what another one compares.
        "SCHEDULER_INTERVAL_S": "3600",
        # How many requests are taken is a test of its own.
        **{f"RATE_LIMIT_{kind}_PER_MINUTE": "100000" for kind in RATE_LIMITED},
    }
    with serve("wealth_backend", log, **(wanted | settings)) as served:
        served.wait_ready(ready)
        yield served


def browser(served: Served, **options: Any) -> httpx.Client:
    """A visitor with an address of their own, so that nobody uses up anybody else's attempts."""
    headers = {"Origin": ORIGIN, "X-Forwarded-For": f"198.51.100.{secrets.randbelow(250)}, {secrets.token_hex(8)}"}
    return httpx.Client(base_url=f"{served.address}/api/v1", headers=headers, timeout=60, verify=TLS, **options)


@dataclass(frozen=True)
class Person:
    http: httpx.Client
    id: str
    email: str

    def account(self, name: str = "Main", currency: str = "USD", opening_balance: str = "0") -> str:
        wanted = {"name": name, "kind": "bank", "currency": currency, "opening_balance": opening_balance}
        answer = self.http.post("/accounts", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def spend(self, account_id: str, amount: str, payee: str = "Shop", date: str = "2026-10-05", **more: Any) -> str:
        wanted = {"account_id": account_id, "amount": amount, "payee": payee, "date": date, **more}
        answer = self.http.post("/transactions", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def category(self, name: str) -> str:
        return next(one["id"] for one in self.http.get("/categories").json() if one["name"] == name)

    def upload(self, path: str, account_id: str, content: bytes, **fields: str) -> httpx.Response:
        data = {"account_id": account_id, **fields}
        return self.http.post(path, data=data, files={"file": ("statement.csv", content, "text/csv")}, timeout=330)

    def preview(self, account_id: str, content: bytes, **fields: str) -> httpx.Response:
        return self.upload("/imports/preview", account_id, content, **fields)

    def imported(self, account_id: str, content: bytes, **fields: str) -> httpx.Response:
        return self.upload("/imports", account_id, content, **fields)


def sign_up(served: Served, **options: Any) -> Person:
    http = browser(served, **options)
    email = f"{secrets.token_hex(8)}@example.org"
    answer = http.post("/auth/sign-up", json={"email": email, "password": PASSWORD, "name": "Ada", "currency": "USD"})
    assert answer.status_code == 201, answer.text
    return Person(http, answer.json()["id"], email)


@pytest.fixture(scope="session")
def served(database, tmp_path_factory) -> Iterator[Served]:
    with serve_backend(database.backend, tmp_path_factory.mktemp("backend") / "log") as served:
        yield served


@pytest.fixture
def visitor(served) -> httpx.Client:
    return browser(served)


@pytest.fixture
def new_person(served) -> Callable[[], Person]:
    return lambda: sign_up(served)


@pytest.fixture
def ada(new_person) -> Person:
    return new_person()


@pytest.fixture
def eve(new_person) -> Person:
    return new_person()


@pytest.fixture
def propose(database) -> Callable[..., str]:
    """Files a proposal in a person's name, and returns its id."""

    def file(person: Person, kind: str, /, **payload: Any) -> str:
        async def work() -> str:
            books = Database(DatabaseSettings(database_url=SecretStr(database.mcp)))
            try:
                user_id = uuid.UUID(person.id)
                async with books.transaction(user_id) as session:
                    return str((await ProposalRepository(session).file(user_id, ProposalKind(kind), payload)).id)
            finally:
                await books.close()

        return anyio.run(work)

    return file


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """What every failure looks like."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:wealth-companion:problem:{code}"
    assert body["title"]
    assert body["detail"].endswith((".", ")."))
    assert len(body["trace_id"]) == 32
    return body
