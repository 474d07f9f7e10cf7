"""The same facts as the tools give, to be read by address: JSON, of the signed-in user's own books only."""

import uuid
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.server.mcpserver.resources import Resource
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from wealth_core.database import Database
from wealth_core.repositories import TransactionRepository
from wealth_mcp.books import Call, open_books
from wealth_mcp.schemas import Month
from wealth_mcp.tools.accounts import list_accounts
from wealth_mcp.tools.categories import list_categories
from wealth_mcp.tools.proposals import list_proposals
from wealth_mcp.tools.spending import monthly_summary
from wealth_mcp.tools.transactions import Transaction, shown

T = TypeVar("T")

_JSON = "application/json"
_MONTH: TypeAdapter[str] = TypeAdapter(Month)
_ID = TypeAdapter(uuid.UUID)

_request: ContextVar[ServerRequestContext[Database, Any]] = ContextVar("request")


async def remember_request(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Where a resource without parameters finds what it is read with: the server hands that to the others only."""
    token = _request.set(ctx)
    try:
        return await call_next(ctx)
    finally:
        _request.reset(token)


class _Fixed(Resource):
    """A resource without parameters."""

    facts: Callable[[Call], Awaitable[BaseModel]] = Field(exclude=True)

    async def read(self) -> str:
        return await _written(self.facts(Context(request_context=_request.get())))


def add_resources(server: MCPServer[Database]) -> None:
    for name, facts, description in (
        ("accounts", list_accounts, "The user's accounts with their balances, and the total in each currency"),
        ("categories", list_categories, "The user's categories of income and spending"),
        ("proposals", list_proposals, "What waits for the user's confirmation, the newest first"),
    ):
        server.add_resource(
            _Fixed(uri=f"wealth://{name}", name=name, description=description, mime_type=_JSON, facts=facts)
        )
    server.resource(
        "wealth://months/{month}",
        name="month",
        description="Income, spending and what was left in one month (YYYY-MM), by category, and the month before",
        mime_type=_JSON,
    )(_month)
    server.resource(
        "wealth://transactions/{transaction_id}",
        name="transaction",
        description="One transaction, by its id",
        mime_type=_JSON,
    )(_transaction)


async def _month(call: Call, month: str) -> str:
    return await _written(monthly_summary(call, _taken(_MONTH, month)))


async def _transaction(call: Call, transaction_id: str) -> str:
    return await _written(_find_transaction(call, _taken(_ID, transaction_id)))


def _taken(what: TypeAdapter[T], given: str) -> T:
    try:
        return what.validate_python(given)
    except ValidationError:
        raise ResourceNotFoundError(
            f"there is nothing at {given!r}: fill the template in as its description says"
        ) from None


async def _find_transaction(call: Call, transaction_id: uuid.UUID) -> Transaction:
    async with open_books(call) as books:
        transactions = TransactionRepository(books.session)
        found = await transactions.view(transaction_id)
        if found is None:
            raise ResourceNotFoundError(f"there is no transaction {transaction_id}")
        return shown(found, await transactions.names())


async def _written(facts: Awaitable[BaseModel]) -> str:
    try:
        return (await facts).model_dump_json()
    except ToolError as error:
        raise ResourceError(str(error)) from error
