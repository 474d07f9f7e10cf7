from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend import routing
from wealth_backend.demo import service
from wealth_backend.dependencies import AppParts, LateWork
from wealth_backend.problems import responses

router = routing.router("demo")


class ExampleBooks(BaseModel):
    accounts: int
    transactions: Annotated[int, Field(description="Income, spending and transfers")]


@router.post("", status_code=201, responses=responses(409, 503))
async def add_example_data(begin: LateWork, parts: AppParts) -> ExampleBooks:
    """Fills an account with nothing in it with three years of a made-up household's money; all or nothing."""
    await begin.look()
    async with parts.imports.slot():
        made = await service.fill(begin)
    return ExampleBooks(accounts=len(made.accounts), transactions=len(made.entries) + len(made.transfers))
