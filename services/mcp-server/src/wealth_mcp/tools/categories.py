"""Categories of income and spending."""

from pydantic import BaseModel, Field

from wealth_core.models import CategoryKind
from wealth_core.repositories import CategoryRepository
from wealth_mcp.books import Call, open_books


class Category(BaseModel):
    id: str
    name: str
    kind: CategoryKind
    parent: str | None = Field(description="Name of the category above it")
    icon: str


class Categories(BaseModel):
    categories: list[Category]


async def list_categories(call: Call) -> Categories:
    """The user's categories of income and spending, and which is below which."""
    async with open_books(call) as books:
        found = await CategoryRepository(books.session).list()
    names = {one.id: one.name for one in found}
    return Categories(
        categories=[
            Category(
                id=str(one.id),
                name=one.name,
                kind=one.kind,
                parent=names.get(one.parent_id) if one.parent_id else None,
                icon=one.icon,
            )
            for one in found
        ]
    )
