import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from wealth_backend.schemas import PlainText, Request
from wealth_core import models
from wealth_core.models import CategoryKind

MAX_DEPTH = 5

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Groceries"])]
Icon = Annotated[PlainText, Field(max_length=32, description="An emoji, or a short name of an icon", examples=["cart"])]
Color = Annotated[
    str, Field(pattern="^#[0-9a-fA-F]{6}$", max_length=7, examples=["#2f7d5b"]), AfterValidator(str.lower)
]
Position = Annotated[int, Field(ge=0, le=1_000_000, description="Its place among those beside it; then by name")]
ParentId = Annotated[
    uuid.UUID | None, Field(description=f"The category above, of the same kind; at most {MAX_DEPTH} levels")
]


class NewCategory(Request):
    name: Name
    kind: Annotated[CategoryKind | None, Field(description="By default the parent's, or expense")] = None
    parent_id: ParentId = None
    icon: Icon | None = None
    color: Color | None = None
    position: Position = 0


class CategoryChange(Request):
    """What is left out stays as it is; `parent_id: null` puts it at the top."""

    name: Name | None = None
    parent_id: ParentId = None
    icon: Icon | None = None
    color: Color | None = None
    position: Position | None = None


class CategoryMerge(Request):
    into_id: Annotated[uuid.UUID, Field(description="What takes its place; of the same kind")]


class Category(BaseModel):
    id: uuid.UUID
    name: str
    kind: CategoryKind
    parent_id: uuid.UUID | None
    icon: str | None
    color: str | None
    position: int

    @classmethod
    def of(cls, row: models.Category) -> "Category":
        return cls(
            id=row.id,
            name=row.name,
            kind=row.kind,
            parent_id=row.parent_id,
            icon=row.icon or None,
            color=row.color or None,
            position=row.position,
        )
