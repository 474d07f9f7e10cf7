import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, JsonValue

from wealth_backend.schemas import Request
from wealth_core import models
from wealth_core.models import ProposalKind, ProposalStatus

Payload = Annotated[
    dict[str, Any],
    Field(
        description="What will be done, as the API itself takes it for the same change; a change or deletion names its"
        " `transaction_id` too"
    ),
]


class Result(BaseModel):
    """A row that the confirmation made or changed."""

    kind: str = Field(examples=["transaction"])
    id: uuid.UUID


class Proposal(BaseModel):
    id: uuid.UUID
    kind: ProposalKind
    summary: Annotated[str, Field(description="What will be done, in one sentence")]
    payload: Payload
    status: ProposalStatus
    created_at: datetime
    expires_at: datetime
    decided_at: datetime | None
    results: list[Result]

    @classmethod
    def of(cls, row: models.Proposal) -> "Proposal":
        return cls(
            id=row.id,
            kind=row.kind,
            summary=row.summary,
            payload=row.payload,
            status=row.status_at(datetime.now(UTC)),
            created_at=row.created_at,
            expires_at=row.expires_at,
            decided_at=row.decided_at,
            results=[Result.model_validate(result) for result in row.results],
        )


class ProposalPage(BaseModel):
    items: list[Proposal]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]


class ProposalChange(Request):
    payload: Annotated[
        dict[str, JsonValue],
        Field(
            max_length=50,
            description="The values to change; what is left out stays as it was proposed, null takes a value away",
            examples=[{"amount": "-20.00"}],
        ),
    ]
