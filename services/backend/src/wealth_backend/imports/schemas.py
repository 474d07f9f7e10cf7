import uuid
from datetime import date

from pydantic import BaseModel, Field

from wealth_backend.schemas import Money


class ImportRow(BaseModel):
    row: int = Field(description="As a spreadsheet counts: from 1, with the header")
    date: date
    payee: str
    note: str | None
    amount: Money
    duplicate: bool = Field(description="In the account already; it is left out of the import")
    category_guess: str | None


class RowProblem(BaseModel):
    row: int
    message: str


class ImportPreview(BaseModel):
    rows: list[ImportRow]
    errors: list[RowProblem] = Field(description="While there are any, the file can't be imported")
    date_format: str | None
    encoding: str


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
