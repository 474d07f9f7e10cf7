"""The rival: the tool `list_accounts` on FastMCP, stateless, as its guide writes it.

The same tool with the same arguments and the same answer, from one SQL statement; the same demands on the token. It has
no row-level security, doesn't ask whether the user is still there, and has no deadlines and no traces.
"""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import psycopg_pool
from fastmcp import FastMCP
from fastmcp.server.auth.providers.jwt import JWTVerifier
from fastmcp.server.dependencies import get_access_token
from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from fastmcp.server.auth import AccessToken

LIFETIME_S = 300


class Verifier(JWTVerifier):  # type: ignore[misc]  # FastMCP isn't there when types are checked
    """Refuses tokens that claim to live longer than the backend ever grants, too."""

    async def verify_token(self, token: str) -> AccessToken | None:
        found = await super().verify_token(token)
        if found is None or not {"sub", "iat", "exp", "jti"} <= found.claims.keys():
            return None
        return found if found.claims["exp"] - found.claims["iat"] <= LIFETIME_S else None


pool = psycopg_pool.AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=5, max_size=5, open=False)
server = FastMCP(
    "rival",
    auth=Verifier(public_key=os.environ["MCP_TOKEN_KEY"], algorithm="HS256", issuer="wealth-backend", audience="mcp"),
)

QUERY = """
    SELECT a.id::text, a.name, a.kind, a.currency, coalesce(sum(p.amount), 0),
        coalesce(sum(p.amount) FILTER (WHERE t.status <> 'pending'), 0), a.archived, a.note
    FROM accounts AS a
        LEFT JOIN postings AS p ON p.account_id = a.id LEFT JOIN transactions AS t ON t.id = p.transaction_id
    WHERE a.user_id = %s GROUP BY a.id ORDER BY lower(a.name)
"""


class Amount(BaseModel):
    amount: str
    currency: str


class Account(BaseModel):
    id: str
    name: str
    kind: Literal["cash", "bank", "card", "savings", "loan", "investment"]
    balance: Amount
    cleared_balance: Amount = Field(description="The balance without what is pending")
    archived: bool = Field(description="No longer used; it is in the totals all the same")
    note: str


class Accounts(BaseModel):
    accounts: list[Account]
    totals: list[Amount] = Field(description="Sum of the balances, one for each currency")


def _amount(value: Decimal, currency: str) -> Amount:
    return Amount(amount=f"{value:.2f}", currency=currency)


@server.tool(annotations={"readOnlyHint": True})  # type: ignore[untyped-decorator]
async def list_accounts() -> Accounts:
    """The user's accounts with their current balances, and the total in each currency."""
    token = get_access_token()
    assert token
    await pool.open()
    async with pool.connection() as connection:
        rows = await (await connection.execute(QUERY, [token.claims["sub"]])).fetchall()
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        totals[row[3]] += row[4]
    return Accounts(
        accounts=[
            Account(
                id=id_,
                name=name,
                kind=kind,
                balance=_amount(balance, currency),
                cleared_balance=_amount(cleared, currency),
                archived=archived,
                note=note,
            )
            for id_, name, kind, currency, balance, cleared, archived, note in rows
        ],
        totals=[_amount(total, currency) for currency, total in sorted(totals.items())],
    )


app = server.http_app(path="/mcp", stateless_http=True, json_response=True)
