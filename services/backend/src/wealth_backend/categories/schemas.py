import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from wealth_backend.schemas import PlainText, Request
from wealth_core.models import CategoryKind

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Groceries"])]


class NewCategory(Request):
    name: Name
    kind: CategoryKind = CategoryKind.EXPENSE


class CategoryChange(Request):
    name: Name


class Category(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    kind: CategoryKind
