"""The rival: the tool `list_accounts` on FastMCP, stateless, with its own check of bearer tokens."""

from __future__ import annotations

import os

import psycopg_pool
from fastmcp import FastMCP
from fastmcp.server.auth.providers.jwt import JWTVerifier
from fastmcp.server.dependencies import get_access_token
from pydantic import BaseModel

pool = psycopg_pool.AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=5, max_size=5, open=False)
server = FastMCP(
    "rival",
    auth=JWTVerifier(
        public_key=os.environ["MCP_TOKEN_KEY"], algorithm="HS256", issuer="wealth-backend", audience="mcp"
    ),
)

QUERY = """
    SELECT a.id::text, a.name, a.kind, a.currency, coalesce(sum(p.amount), 0)::text
    FROM accounts AS a LEFT JOIN postings AS p ON p.account_id = a.id
    WHERE a.user_id = %s GROUP BY a.id ORDER BY lower(a.name)
"""


class Amount(BaseModel):
    amount: str
    currency: str


class Account(BaseModel):
    id: str
    name: str
    kind: str
    balance: Amount


class Accounts(BaseModel):
    accounts: list[Account]
    totals: list[Amount]


@server.tool(annotations={"readOnlyHint": True})  # type: ignore[untyped-decorator]
async def list_accounts() -> Accounts:
    """The user's accounts with their current balances, and the total in each currency."""
    token = get_access_token()
    assert token
    await pool.open()
    async with pool.connection() as connection:
        rows = await (await connection.execute(QUERY, [token.claims["sub"]])).fetchall()
    accounts = [
        Account(id=id_, name=name, kind=kind, balance=Amount(amount=balance, currency=currency))
        for id_, name, kind, currency, balance in rows
    ]
    return Accounts(accounts=accounts, totals=[account.balance for account in accounts])


app = server.http_app(path="/mcp", stateless_http=True, json_response=True)
