import uuid
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from wealth_backend.imports.mapping import MAX_CELL, MAX_COLUMNS, Mapping
from wealth_backend.schemas import PlainText, Request
from wealth_core.models import ImportProfile as ProfileRow

Name = Annotated[PlainText, Field(min_length=1, max_length=100, examples=["My bank"])]
Header = Annotated[
    list[Annotated[PlainText, Field(max_length=MAX_CELL)]],
    Field(
        max_length=MAX_COLUMNS,
        description="The header line of the files that the profile is for, as a preview gives it: they are read by it"
        " without being asked. Empty for files without a header",
        examples=[["Date", "Description", "Amount"]],
    ),
]


class NewImportProfile(Request):
    name: Name
    header: Header = []  # noqa: RUF012 - pydantic copies it
    mapping: Mapping

    @model_validator(mode="after")
    def _header_fits(self) -> "NewImportProfile":
        check_header(self.header, self.mapping)
        return self


class ImportProfileChange(Request):
    """What is left out stays as it is."""

    name: Name | None = None
    header: Header | None = None
    mapping: Mapping | None = None


class ImportProfile(BaseModel):
    id: uuid.UUID
    name: str
    header: list[str]
    mapping: Mapping

    @classmethod
    def of(cls, row: ProfileRow) -> "ImportProfile":
        return cls(id=row.id, name=row.name, header=row.header, mapping=Mapping.model_validate(row.mapping))


def check_header(header: list[str], mapping: Mapping) -> None:
    """A ValueError where files with this header can't be read by this mapping."""
    if mapping.has_header != any(cell.strip() for cell in header):
        raise ValueError("Give the header line for a mapping with a header, and none for one without.")
