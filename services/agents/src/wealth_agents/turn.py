"""What one turn of a conversation consists of, from the question to the answer and the tool calls it rests on."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from wealth_agents.events import Audience

_MAX_CALLS = 24
_MAX_PROPOSALS = 5
_PROPOSING = "propose_"

Locale = Literal["en", "ur"]


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier line of the conversation."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model is told. The user's token is not in it."""

    question: str
    instructions: str
    today: date
    history: tuple[Said, ...] = ()
    """Oldest first, without the question. Data: it says what the question refers to."""
    locale: Locale = "en"
    currency: str | None = None
    """The user's own, for amounts that are said without one."""

    @property
    def own_words(self) -> list[str]:
        """What the user said, now and earlier."""
        return [*(said.text for said in self.history if said.role == "user"), self.question]


@dataclass(frozen=True, slots=True)
class Turn:
    question: str
    token: SecretStr
    today: date
    history: tuple[Said, ...] = ()
    locale: Locale = "en"
    currency: str | None = None

    def brief(self, instructions: str) -> Brief:
        return Brief(self.question, instructions, self.today, self.history, self.locale, self.currency)


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
class Usage:
    """Tokens, which are what a model costs."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.prompt_tokens + other.prompt_tokens, self.completion_tokens + other.completion_tokens)

    @property
    def total(self) -> int:
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for the user's confirmation, which no agent can give."""

    id: str
    summary: str
    expires_at: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave: `content` for whoever called, `calls` for the record, `reply` when it is an answer already."""

    content: Any
    failed: bool = False
    calls: tuple[ToolCall, ...] = ()
    reply: Reply | None = None
    proposals: tuple[Proposal, ...] = ()
    usage: Usage = field(default_factory=Usage)


class ToolsUnavailableError(Exception):
    """The tools can't be reached, or won't serve this user's token."""


class Toolbox(ABC):
    """The tools of one turn. Calls given together run together; what they gave is kept."""

    tools: Sequence[Tool] = ()

    def __init__(self, agent: str, audience: Audience | None = None) -> None:
        self.agent = agent
        self.audience = audience or Audience()
        self.outcomes: list[Outcome] = []
        self.proposals: list[Proposal] = []
        """Filed in this turn, by whichever model: what was filed stays filed."""
        self.usage = Usage()
        self._calls_left = _MAX_CALLS
        self._proposals_left = _MAX_PROPOSALS

    def offers(self, name: str) -> bool:
        return name in {tool.name for tool in self.tools}

    async def run(self, *wanted: tuple[str, Mapping[str, Any]]) -> list[Outcome]:
        allowed, refused = wanted[: self._calls_left], wanted[self._calls_left :]
        self._calls_left -= len(allowed)
        outcomes = list(await asyncio.gather(*(self._run(name, arguments) for name, arguments in allowed)))
        outcomes += [Outcome("no more calls in this turn", failed=True) for _ in refused]
        for outcome in outcomes:
            self.proposals += outcome.proposals
            self.usage += outcome.usage
        self.outcomes += outcomes
        return outcomes

    async def _run(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        if not self.offers(name):
            return Outcome(f"there is no tool {name!r}", failed=True)
        if name.startswith(_PROPOSING):
            if not self._proposals_left:
                return Outcome("no more proposals in this turn", failed=True)
            self._proposals_left -= 1
        ended = await self.audience.tool_started(self.agent, name, arguments)
        failed = True
        try:
            outcome = await self.call(name, arguments)
            failed = outcome.failed
        finally:
            await ended(failed=failed)
        return outcome

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
