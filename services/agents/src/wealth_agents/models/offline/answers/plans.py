"""Calls of tools that only read, and what is told from their results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wealth_agents.models.offline.language import Language
from wealth_agents.models.offline.messages import say
from wealth_agents.models.offline.queries import Query
from wealth_agents.turn import Outcome, Toolbox

Call = tuple[str, Mapping[str, Any]]
Results = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Plan:
    calls: Sequence[Call]
    tell: Callable[[Results], str]
    either: bool = False
    """One call that succeeds is enough; the results of the others are None."""
    otherwise: "Plan | None" = None
    """Where the first one's tools aren't offered."""

    async def carry_out(self, toolbox: Toolbox, language: Language) -> str:
        offered = {tool.name for tool in toolbox.tools}
        missing = sorted({name for name, _ in self.calls} - offered)
        if missing and self.otherwise is not None:
            return await self.otherwise.carry_out(toolbox, language)
        if missing:
            return say(language, "no_tool", tools=", ".join(missing))
        return self.text(await toolbox.run(*self.calls), language)

    def text(self, outcomes: Sequence[Outcome], language: Language) -> str:
        failed = [str(outcome.content) for outcome in outcomes if outcome.failed]
        if failed and not (self.either and len(failed) < len(outcomes)):
            return say(language, "not_found_out", reason=failed[0])
        return self.tell([None if outcome.failed else outcome.content for outcome in outcomes])


Planner = Callable[[Query, date], Plan]
