"""The server as a process: transport, tokens, health, logs."""

import json
import os
import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta

import anyio
import httpx2
import jwt
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from pydantic import SecretStr

from wealth_mcp.identity import UserTokenVerifier
from wealth_mcp.server import build_app

pytestmark = pytest.mark.anyio

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Alternately(httpx2.AsyncBaseTransport):
    """Sends each request to another replica, as a Service does."""

    def __init__(self, replicas) -> None:
        self._inner = httpx2.AsyncHTTPTransport()
        self._replicas = [httpx2.URL(one.address) for one in replicas]
        self.used = 0

    async def handle_async_request(self, request):
        target = self._replicas[self.used % len(self._replicas)]
        self.used += 1
        request.url = request.url.copy_with(host=target.host, port=target.port)
        request.headers["Host"] = "mcp-server:8001"
        return await self._inner.handle_async_request(request)


def connect(served, token: str, *, transport=None, **options):
    headers = {"Authorization": f"Bearer {token}", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    http = httpx2.AsyncClient(headers=headers, timeout=10, transport=transport)
    return Client(streamable_http_client(f"{served.address}/mcp", http_client=http), **options)


def forged(key: str, algorithm: str | None = "HS256", **changes) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": "wealth-backend",
        "aud": "mcp",
        "sub": str(uuid.uuid4()),
        "iat": now,
        "exp": now + timedelta(seconds=300),
        "jti": str(uuid.uuid4()),
    } | changes
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm=algorithm)


PAST = datetime.now(UTC) - timedelta(hours=1)

BAD_TOKENS = {
    "noise": lambda _: "not.a.token",
    "other key": lambda _: forged("another-key-of-sufficient-length!!"),
    "no algorithm": lambda _: forged("", "none"),
    "other algorithm": lambda key: forged(2 * key, "HS512"),
    "other issuer": lambda key: forged(key, iss="mallory"),
    "other audience": lambda key: forged(key, aud="backend"),
    "expired": lambda key: forged(key, iat=PAST, exp=PAST + timedelta(seconds=300)),
    "lives too long": lambda key: forged(key, exp=datetime.now(UTC) + timedelta(days=1)),
    "no subject": lambda key: forged(key, sub=None),
    "no expiry": lambda key: forged(key, exp=None),
    "no id": lambda key: forged(key, jti=None),
    "subject is no user id": lambda key: forged(key, sub="admin"),
}


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
async def test_the_official_client_reads_over_http(served, ada, mode):
    async with connect(served, ada.token, mode=mode) as client:
        result = await client.call_tool("list_accounts", {})
    assert not result.is_error
    assert {one["name"] for one in result.structured_content["accounts"]} == {"Checking", "Euro"}


@pytest.mark.spec("FR-008")
@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
async def test_replicas_share_one_clients_calls(replicas, served, ada, mode):
    transport = Alternately(replicas[:2])
    async with connect(served, ada.token, transport=transport, mode=mode) as client:
        answers = [await client.call_tool("monthly_summary", {"month": "2026-10"}) for _ in range(4)]
    assert {answer.structured_content["expense"]["amount"] for answer in answers} == {"152.50"}
    assert transport.used >= len(answers)


async def test_each_token_sees_its_own_user(served, ada, eve):
    for person, payee in ((eve, "Eve's Lair"), (ada, "Green Grocer")):
        async with connect(served, person.token) as client:
            found = (await client.call_tool("search_transactions", {"text": payee, "limit": 100})).structured_content
            others = (await client.call_tool("search_transactions", {"limit": 100})).structured_content
        assert found["transactions"]
        assert (payee == "Eve's Lair") == ("Eve" in str(others))


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_bad_token_is_refused_and_not_logged(served, settings, name):
    token = BAD_TOKENS[name](settings.mcp_token_key.get_secret_value())
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream"}
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = httpx2.post(f"{served.address}/mcp", json=request, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert token not in served.log.read_text()


async def test_a_catalogue_lists_the_tools_and_uses_none(served, listing_token):
    async with connect(served, listing_token) as client:
        tools = (await client.list_tools()).tools
        assert {"list_accounts", "search_transactions"} <= {tool.name for tool in tools}
        for tool in tools:
            refused = await client.call_tool(tool.name, {})
            assert refused.is_error, tool.name
            assert not refused.structured_content
        for resource in (await client.list_resources()).resources:
            with pytest.raises(MCPError):
                await client.read_resource(resource.uri)
    assert listing_token not in served.log.read_text()


def test_without_a_listing_token_an_empty_one_lists_nothing(settings):
    verifier = UserTokenVerifier(settings.mcp_token_key)
    assert anyio.run(verifier.verify_token, "") is None


def test_no_token_is_refused(served):
    assert httpx2.post(f"{served.address}/mcp", json={}).status_code == 401


@pytest.mark.spec("FR-008")
def test_answers_are_plain_json_without_a_session(served, ada):
    request = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }
    headers = {"Authorization": f"Bearer {ada.token}", "Accept": "application/json, text/event-stream"}
    answer = httpx2.post(f"{served.address}/mcp", json=request, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert "mcp-session-id" not in answer.headers


@pytest.mark.parametrize(("host", "status"), [("mcp-server:8001", 406), ("evil.example", 421)])
def test_only_known_host_names_are_served(served, ada, host, status):
    # 406: past the check of the name, the server misses what the client accepts.
    headers = {"Host": host, "Authorization": f"Bearer {ada.token}", "Accept": "text/plain"}
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert httpx2.post(f"{served.address}/mcp", json=request, headers=headers).status_code == status


@pytest.mark.spec("FR-024")
def test_health_needs_neither_token_nor_host_name(served):
    for path in ("/healthz", "/readyz"):
        answer = httpx2.get(f"{served.address}{path}", headers={"Host": "10.0.0.7:8001"})
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.spec("FR-026")
async def test_logs_are_json_carry_the_callers_trace_and_no_token(served, ada):
    token = ada.token
    async with connect(served, token) as client:
        await client.call_tool("list_accounts", {})
    text = served.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["service"] for line in lines} == {"mcp-server"}
    calls = [line for line in lines if line["message"] == "tool call" and line["trace_id"] == TRACE]
    assert calls[-1]["tool"] == "list_accounts"
    assert calls[-1]["outcome"] == "answered"
    assert token not in text


@pytest.mark.spec("edge-database-down", "FR-024")
async def test_a_lost_database_turns_readiness_off_and_leaves_the_process_alive(settings):
    settings.database_url = SecretStr("postgresql://wealth_mcp:unused-unused@127.0.0.1:1/wealth")
    transport = httpx2.ASGITransport(build_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"status": "unavailable", "reason": "the database is not available"}
        assert (await http.get("/healthz")).status_code == 200


def test_without_its_settings_the_process_says_what_is_missing():
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "MCP_TOKEN_KEY": "too-short"}
    ended = subprocess.run(
        [sys.executable, "-m", "wealth_mcp"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    message = json.loads(ended.stdout)["message"]
    assert "DATABASE_URL" in message
    assert "MCP_TOKEN_KEY" in message
    assert "too-short" not in ended.stdout + ended.stderr
