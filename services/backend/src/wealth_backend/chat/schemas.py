from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from wealth_backend.schemas import Day, Money, Request
from wealth_core.periods import utc_today
from wealth_core.telemetry import trace_id
from wealth_core.texts import spoken_text

MAX_QUESTION = 2000
MAX_REFERENCES = 50

_ONE_DAY = timedelta(days=1)


def _somewhere_today(value: date) -> date:
    today = utc_today()
    if not today - _ONE_DAY <= value <= today + _ONE_DAY:
        raise ValueError(f"It isn't {value} anywhere now: leave this out or give today's date.")
    return value


class Question(Request):
    message: Annotated[
        str,
        BeforeValidator(spoken_text),
        Field(min_length=1, max_length=MAX_QUESTION, examples=["How much did I spend on groceries last month?"]),
    ]
    conversation_id: Annotated[UUID | None, Field(description="Goes on with it; by default a new one begins")] = None
    locale: Annotated[Literal["en", "ur"], Field(description="The language of the answer")] = "en"
    today: Annotated[
        Annotated[Day, AfterValidator(_somewhere_today)] | None,
        Field(description="The date where the person is; by default that of UTC"),
    ] = None


class ToolCall(BaseModel):
    agent: str
    tool: str
    arguments: Any
    result: Any


class Reference(BaseModel):
    """A row of the user's own that the answer rests on."""

    kind: str = Field(examples=["transaction"])
    id: str
    label: str | None = None
    date: str | None = None
    amount: Money | None = None


class ProposalReference(BaseModel):
    """A proposal that was filed for this answer."""

    id: UUID
    summary: str
    expires_at: datetime


class Evidence(BaseModel):
    """What an answer rests on."""

    model: str
    tool_calls: list[ToolCall]
    references: Annotated[list[Reference], Field(max_length=MAX_REFERENCES)] = []
    proposals: list[ProposalReference] = []


class ChatAnswer(Evidence):
    reply: str
    conversation_id: UUID
    message_id: UUID
    trace_id: str | None = Field(default_factory=trace_id)


class ToolStarted(BaseModel):
    id: str
    agent: str
    tool: str
    arguments: Any = None


class ToolEnded(BaseModel):
    id: str
    agent: str
    tool: str
    failed: bool
    milliseconds: int


class Text(BaseModel):
    """The next piece of the answer."""

    delta: str


class TextReset(BaseModel):
    """The answer begins anew: what was sent of it so far doesn't count."""


Progress = ToolStarted | ToolEnded | Text | TextReset
