"""What one turn of a conversation consists of, from the question to the answer and the tool calls it rests on."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pydantic import SecretStr

_MAX_CALLS = 24


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model is told. The user's token is not in it."""

    question: str
    instructions: str
    today: date


@dataclass(frozen=True, slots=True)
class Turn:
    question: str
    token: SecretStr
    today: date


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    model: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    agent: str
    tool: str
    arguments: Mapping[str, Any]
    result: Any


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave: `content` for whoever called, `calls` for the record, `reply` when it is an answer already."""

    content: Any
    failed: bool = False
    calls: tuple[ToolCall, ...] = ()
    reply: Reply | None = None


class ToolsUnavailableError(Exception):
    """The tools can't be reached, or won't serve this user's token."""


class Toolbox(ABC):
    """The tools of one turn. Calls given together run together; what they gave is kept."""

    tools: Sequence[Tool] = ()

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self._calls_left = _MAX_CALLS

    async def run(self, *wanted: tuple[str, Mapping[str, Any]]) -> list[Outcome]:
        allowed, refused = wanted[: self._calls_left], wanted[self._calls_left :]
        self._calls_left -= len(allowed)
        outcomes = list(await asyncio.gather(*(self._run(name, arguments) for name, arguments in allowed)))
        outcomes += [Outcome("no more calls in this turn", failed=True) for _ in refused]
        self.outcomes += outcomes
        return outcomes

    async def _run(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        if name not in {tool.name for tool in self.tools}:
            return Outcome(f"there is no tool {name!r}", failed=True)
        return await self.call(name, arguments)

    @abstractmethod
    async def call(self, name: str, arguments: Mapping[str, Any]) -> Outcome: ...

    @property
    def calls(self) -> list[ToolCall]:
        return [call for outcome in self.outcomes for call in outcome.calls]

    def start_over(self) -> None:
        self.outcomes.clear()
        self._calls_left = _MAX_CALLS


class ModelError(Exception):
    """A model that gave no usable answer; the message completes the sentence "the AI model was set aside: …"."""


class Model(Protocol):
    """Answers a question with the help of tools: a language model, or rules."""

    @property
    def name(self) -> str: ...

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        """Raises ModelError when there is no usable answer."""
        ...
