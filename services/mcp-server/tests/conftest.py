"""Users with books in a real database, and the server in front of it, as an object and as processes."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.server.auth.middleware.auth_context import auth_context_var
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from pydantic import SecretStr

from tests.support.books import KEY, ROWS, Person, Row, keep_books, keep_rich_books
from tests.support.services import Served, free_port, serve
from wealth_core.database import Database
from wealth_mcp.identity import UserTokenVerifier
from wealth_mcp.server import build_server
from wealth_mcp.settings import Settings

LISTING_TOKEN = "a-token-with-which-to-list-and-nothing-else"


@pytest.fixture(scope="session")
def listing_token() -> str:
    return LISTING_TOKEN


@pytest.fixture(scope="session")
def ada(database) -> Person:
    return anyio.run(keep_books, database.backend, ROWS)


@pytest.fixture(scope="session")
def eve(database) -> Person:
    """Another user, whose only transaction must never show up in Ada's answers, nor hers in Eve's."""
    return anyio.run(keep_books, database.backend, [Row("2026-10-03", "Eve's Lair", "-666.00", "Groceries")])


@pytest.fixture(scope="session")
def richly(database) -> Person:
    """Somebody with splits, transfers, tags, a tree of categories and a rule."""
    return anyio.run(keep_rich_books, database.backend)


@pytest.fixture(scope="session")
def nobody() -> Person:
    """A user who has been deleted since the token was made."""
    return Person(uuid.uuid4())


@pytest.fixture
def newcomer(database) -> Person:
    """Somebody with Ada's books to themselves, for what leaves something behind."""
    return anyio.run(keep_books, database.backend, ROWS)


@pytest.fixture
def settings(database) -> Settings:
    return Settings(database_url=SecretStr(database.mcp), mcp_token_key=KEY, mcp_allowed_hosts=("mcp-server:8001",))


@pytest.fixture
def ask(settings, ada) -> Any:
    async def call(tool: str, person=ada, **arguments: Any) -> dict[str, Any]:
        access = await UserTokenVerifier(settings.mcp_token_key).verify_token(person.token)
        token = auth_context_var.set(AuthenticatedUser(access))
        try:
            async with Client(build_server(settings, Database(settings))) as client:
                result = await client.call_tool(tool, arguments)
        finally:
            auth_context_var.reset(token)
        if result.is_error:
            return {"error": result.content[0].text}
        return result.structured_content

    return call


def _serve(stack: ExitStack, url: str, log) -> Served:
    port = free_port()
    hosts = f"mcp-server:8001, 127.0.0.1:{port}"
    key = KEY.get_secret_value()
    return stack.enter_context(
        serve(
            "wealth_mcp",
            log,
            port=port,
            DATABASE_URL=url,
            MCP_TOKEN_KEY=key,
            MCP_LISTING_TOKEN=LISTING_TOKEN,
            MCP_ALLOWED_HOSTS=hosts,
        )
    )


@pytest.fixture(scope="session")
def replicas(database, tmp_path_factory) -> Iterator[list[Served]]:
    """Two servers that know nothing of each other."""
    folder = tmp_path_factory.mktemp("mcp")
    with ExitStack() as stack:
        started = [_serve(stack, database.mcp, folder / f"{number}.log") for number in range(2)]
        for one in started:
            one.wait_ready("/healthz")
        yield started


@pytest.fixture
def served(replicas) -> Served:
    return replicas[0]
