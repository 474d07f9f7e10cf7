import uuid
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.schemas import Request
from wealth_backend.transactions.schemas import TagName
from wealth_core.repositories import TagView


class NewTag(Request):
    name: TagName


class TagChange(Request):
    name: TagName


class Tag(BaseModel):
    id: uuid.UUID
    name: str
    transactions: Annotated[int, Field(description="How many have it")]

    @classmethod
    def of(cls, view: TagView) -> "Tag":
        return cls(id=view.id, name=view.name, transactions=view.transactions)
