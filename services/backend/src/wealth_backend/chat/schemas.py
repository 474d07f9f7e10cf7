from typing import Annotated, Any

from pydantic import BaseModel, Field

from wealth_backend.schemas import Request
from wealth_core.telemetry import trace_id

MAX_QUESTION = 2000


class Question(Request):
    message: Annotated[
        str, Field(min_length=1, max_length=MAX_QUESTION, examples=["How much did I spend on groceries last month?"])
    ]


class ToolCall(BaseModel):
    agent: str
    tool: str
    arguments: Any
    result: Any


class ChatAnswer(BaseModel):
    reply: str
    model: str
    tool_calls: list[ToolCall]
    trace_id: str | None = Field(default_factory=trace_id)
