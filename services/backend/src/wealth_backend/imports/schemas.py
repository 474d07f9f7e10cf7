import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wealth_backend.imports.formats.common import Unit
from wealth_backend.imports.mapping import Mapping
from wealth_backend.schemas import Money
from wealth_core.models import StatementFormat
from wealth_core.repositories import ImportState, ImportView

SHOWN_ROWS = 100

Place = Annotated[
    int, Field(description="Where it stands in the file, counted from 1 in the preview's `unit`; a CSV's header counts")
]


class ImportRow(BaseModel):
    row: Place
    date: date
    payee: str
    note: str | None
    amount: Money
    duplicate: bool = Field(description="In the account already; it is left out of the import")
    category_guess: str | None


class RowProblem(BaseModel):
    row: Place
    message: str = Field(description="Why it can't be read, and what helps")


class ImportTotals(BaseModel):
    """Of the whole file, however few of its rows are shown: `rows` is the sum of the others."""

    rows: int = Field(description="Rows with something in them, without the header")
    new: int = Field(description="What the import would add, once no row is refused")
    duplicates: int = Field(description="In the account already; they are left out of the import")
    refused: int = Field(description="Rows that can't be read; while there are any, the file can't be imported")


class ProfileName(BaseModel):
    id: uuid.UUID
    name: str


class ImportPreview(BaseModel):
    """Bounded, so that a browser takes a file of any length: totals of all rows, and the first ones of each sort."""

    totals: ImportTotals
    rows: list[ImportRow] = Field(max_length=SHOWN_ROWS, description=f"The first {SHOWN_ROWS} rows that can be read")
    errors: list[RowProblem] = Field(max_length=SHOWN_ROWS, description=f"The first {SHOWN_ROWS} rows that are refused")
    unbooked: int = Field(description="Rows that are pending, declined or taken back; they are left out")
    format: StatementFormat
    unit: Unit = Field(description="What `row` counts in a file of this format")
    date_format: str | None = Field(description="How the dates were read; null when none of them can be")
    encoding: str = Field(description="How the text was read")
    header: list[str] = Field(description="A CSV's header, by which a saved profile is recognised")
    profile: ProfileName | None = Field(description="The saved profile by which a CSV was read")
    mapping: Mapping | None = Field(description="The mapping by which a CSV was read; null when it was found out")
    guess: Mapping | None = Field(description="What was found out, to correct; null where no mapping says the same")


class ImportResult(BaseModel):
    id: uuid.UUID
    imported: int
    duplicates: int


class Import(BaseModel):
    id: uuid.UUID
    account_id: uuid.UUID
    account_name: str
    filename: str
    format: StatementFormat
    imported: int
    duplicates: int
    created_at: datetime

    @classmethod
    def of(cls, view: ImportView) -> "Import":
        return cls.model_validate(view, from_attributes=True)


class ImportDetails(Import):
    transactions: int = Field(description="How many of them there still are: what an undo deletes")
    changed: int = Field(description="How many of these were changed since the import")

    @classmethod
    def with_state(cls, view: ImportView, state: ImportState) -> "ImportDetails":
        return cls(**Import.of(view).model_dump(), transactions=state.transactions, changed=state.changed)


class ImportPage(BaseModel):
    items: list[Import]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]


# The form is read by hand, once the session is known: an upload of somebody unknown is not even taken.
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["account_id", "file"],
                    "properties": {
                        "account_id": {"type": "string", "format": "uuid"},
                        "file": {"type": "string", "format": "binary", "description": "CSV, OFX, QFX, QIF or CAMT.053"},
                        "date_format": {
                            "type": "string",
                            "examples": ["DD/MM/YYYY"],
                            "description": "Settles what dates like 03/04/2026 mean; by default the rows have to",
                        },
                        "mapping": {
                            "type": "string",
                            "maxLength": 16384,
                            "description": "A `Mapping` of a CSV's columns, as JSON",
                        },
                        "profile_id": {
                            "type": "string",
                            "format": "uuid",
                            "description": "A saved profile; by default the one whose header the file has, if any",
                        },
                        "statement_account": {
                            "type": "string",
                            "maxLength": 200,
                            "description": "Which account to import, where a file has several: as the file names it",
                        },
                    },
                }
            }
        },
    }
}
