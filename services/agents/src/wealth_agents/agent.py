"""What makes an agent. Each module in wealth_agents.agents defines one, as AGENT; its name is the module's."""

from collections.abc import Callable, Sequence, Set
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from wealth_agents import agents
from wealth_agents.events import Audience
from wealth_agents.limits import Disclaimer
from wealth_agents.models.offline.understanding import Intent
from wealth_agents.settings import Settings
from wealth_agents.turn import Model, Toolbox, Turn

# Takes the names of the tools that the agent may use. Raises ToolsUnavailableError when there are no tools to be had.
OpenToolbox = Callable[[Settings, Turn, Audience, Set[str]], AbstractAsyncContextManager[Toolbox]]


def _no_limits(_: str) -> str | None:
    return None


@dataclass(frozen=True)
class Agent:
    name: str
    title: str
    description: str
    examples: Sequence[str]
    instructions: str
    analyst: Model
    """Answers when there is no model, or when the model fails."""
    toolbox: str
    """The module whose open_toolbox opens the agent's tools. Not loaded by those who only know of the agent."""
    tools: frozenset[str] = frozenset()
    """Of the MCP server's tools those that the agent is told of and may call, as far as the server has them."""
    intents: frozenset[Intent] = frozenset()
    """What a coordinator without a model sends here."""
    limits: Callable[[str], str | None] = _no_limits
    """The answer to a question that this agent declines, whatever a model would say."""
    disclaimer: Disclaimer | None = None
    """Stands under every answer that rests on the agent's tools."""

    def load_toolbox(self) -> OpenToolbox:
        open_toolbox: OpenToolbox = import_module(self.toolbox).open_toolbox
        return open_toolbox

    @property
    def is_specialist(self) -> bool:
        """Whether it takes questions from a coordinator."""
        return bool(self.tools)

    def turn_limit_s(self, settings: Settings) -> float:
        return settings.specialist_timeout_s if self.is_specialist else settings.turn_timeout_s


class UnknownAgentError(Exception):
    """No agent of that name; the message lists those there are."""


def agent_names() -> list[str]:
    return sorted(module.name for module in iter_modules(agents.__path__))


def load_agent(name: str) -> Agent:
    if name not in agent_names():
        raise UnknownAgentError(f"AGENT_NAME: there is no agent {name!r}; there are: {', '.join(agent_names())}")
    agent = import_module(f"{agents.__name__}.{name}").AGENT
    assert isinstance(agent, Agent)  # noqa: S101 - a mistake in our own module
    return agent
