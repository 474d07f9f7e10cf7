"""What a message to an agent says: the question, and what it is asked in."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, Self

from a2a.types import DataPart, Message, TextPart
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from wealth_agents.turn import Locale, Said, Turn

_MAX_QUESTION = 4000
_MAX_LINES = 20
_MAX_HISTORY_BYTES = 16 * 1024
_ONE_DAY = timedelta(days=1)


class IntakeError(Exception):
    """A message that is no question; the text says why."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    text: str


class _Context(BaseModel):
    """The data part of a message."""

    model_config = ConfigDict(extra="forbid")

    history: Annotated[list[_Line], Field(max_length=_MAX_LINES)] = []
    locale: Locale = "en"
    currency: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$")] = None
    today: date | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if sum(len(line.text.encode()) for line in self.history) > _MAX_HISTORY_BYTES:
            raise ValueError(f"the history has more than {_MAX_HISTORY_BYTES} bytes")
        # Time zones are at most a day apart; another date would only be a model's or an attacker's.
        if self.today is not None and abs(self.today - datetime.now(UTC).date()) > _ONE_DAY:
            raise ValueError("today is more than a day off")
        return self


def read_turn(message: Message, token: SecretStr) -> Turn:
    """Raises IntakeError."""
    question = "\n".join(part.root.text for part in message.parts if isinstance(part.root, TextPart)).strip()
    if not question or len(question) > _MAX_QUESTION:
        raise IntakeError(f"a question has 1 to {_MAX_QUESTION} characters")
    data = [part.root.data for part in message.parts if isinstance(part.root, DataPart)]
    if len(data) > 1:
        raise IntakeError("a message has one data part at most")
    try:
        context = _Context.model_validate(data[0] if data else {})
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, wrong["loc"]))
        raise IntakeError(f"{where or 'data'}: {wrong['msg']}") from None
    return Turn(
        question,
        token,
        context.today or datetime.now(UTC).date(),
        tuple(Said(line.role, line.text) for line in context.history),
        context.locale,
        context.currency,
    )
