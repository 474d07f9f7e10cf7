import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class AuditEvent(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    event: Annotated[str, Field(examples=["session.started"], description="A noun and what became of it")]
    at: Annotated[datetime, Field(validation_alias="created_at")]
    address: Annotated[str, Field(description="The network it came from, cut to /24 (IPv4) or /48 (IPv6)")]
    trace_id: Annotated[str | None, Field(description="Finds the request in the logs of every service")]
    ids: Annotated[dict[str, uuid.UUID], Field(description="The rows it is about; they may be gone by now")]


class AuditPage(BaseModel):
    items: list[AuditEvent]
    next_cursor: Annotated[str | None, Field(description="Asks for what is older; null on the last page")]
