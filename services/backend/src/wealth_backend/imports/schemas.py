import uuid
from datetime import date

from pydantic import BaseModel, Field

from wealth_backend.schemas import Money

SHOWN_ROWS = 100


class ImportRow(BaseModel):
    row: int = Field(description="As a spreadsheet counts: from 1, with the header")
    date: date
    payee: str
    note: str | None
    amount: Money
    duplicate: bool = Field(description="In the account already; it is left out of the import")
    category_guess: str | None


class RowProblem(BaseModel):
    row: int = Field(description="As a spreadsheet counts: from 1, with the header")
    message: str = Field(description="Why it can't be read, and what helps")


class ImportTotals(BaseModel):
    """Of the whole file, however few of its rows are shown: `rows` is the sum of the others."""

    rows: int = Field(description="Rows with something in them, without the header")
    new: int = Field(description="What the import would add, once no row is refused")
    duplicates: int = Field(description="In the account already; they are left out of the import")
    refused: int = Field(description="Rows that can't be read; while there are any, the file can't be imported")


class ImportPreview(BaseModel):
    """Bounded, so that a browser takes a file of any length: totals of all rows, and the first ones of each sort."""

    totals: ImportTotals
    rows: list[ImportRow] = Field(max_length=SHOWN_ROWS, description=f"The first {SHOWN_ROWS} rows that can be read")
    errors: list[RowProblem] = Field(max_length=SHOWN_ROWS, description=f"The first {SHOWN_ROWS} rows that are refused")
    date_format: str | None = Field(description="How the dates were read; null when none of them can be")
    encoding: str = Field(description="How the text was read")


class ImportResult(BaseModel):
    id: uuid.UUID
    imported: int
    duplicates: int


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
                        "file": {"type": "string", "format": "binary", "description": "The statement as CSV"},
                        "date_format": {
                            "type": "string",
                            "examples": ["DD/MM/YYYY"],
                            "description": "Settles what dates like 03/04/2026 mean; by default the rows have to",
                        },
                    },
                }
            }
        },
    }
}
