"""What is the same for every model: corrections, retries, cost, and what is filed only once."""

import asyncio
from collections.abc import Sequence
from datetime import date

import pytest

from wealth_agents import answering
from wealth_agents.agents import budget
from wealth_agents.models.conversation import BusyError, LanguageModel, Step, Wanted
from wealth_agents.settings import Settings
from wealth_agents.turn import Brief, ModelError, Outcome, Proposal, Tool, Toolbox, ToolCall, Turn, Usage

pytestmark = pytest.mark.anyio

LOOK = Wanted("look", {})
FILE = Wanted("propose_budget", {})


class Box(Toolbox):
    tools: Sequence[Tool] = [Tool("look", "Looks", {}), Tool("propose_budget", "Proposes", {})]

    async def call(self, name, arguments):
        if name == "look":
            result = {"total": "100.00"}
            return Outcome(result, calls=(ToolCall(self.agent, name, arguments, result),))
        result = {"proposal_id": f"p{len(self.proposals)}", "summary": "Budget Groceries 20,000 PKR"}
        proposal = Proposal(result["proposal_id"], result["summary"])
        return Outcome(result, calls=(ToolCall(self.agent, name, arguments, result),), proposals=(proposal,))


class Scripted:
    """A conversation by a script; keeps what it was told."""

    def __init__(self, *steps):
        self.steps = list(steps)
        self.told = []

    async def step(self, _hear):
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return step

    def give(self, _wanted, outcomes):
        self.told += [outcome.content for outcome in outcomes]

    def say(self, text):
        self.told.append(text)


def model_of(script, limit=60_000):
    return LanguageModel("m", lambda _, __: script, limit)


async def ask(script, box=None, *, limit=60_000, patience=10.0):
    brief = Brief("How much?", "", date(2026, 11, 24))
    end = asyncio.get_running_loop().time() + patience
    return (await model_of(script, limit).answer(brief, box or Box("budget"), end)).text


async def test_unfounded_figures_are_asked_about_once():
    script = Scripted(Step("", [LOOK]), Step("It is 99.00."), Step("It is 100.00."))
    assert await ask(script) == "It is 100.00."
    assert "99.00" in script.told[-1]


async def test_what_stays_unfounded_is_dropped():
    script = Scripted(Step("", [LOOK]), Step("It is 100.00. That is 5 % less."))
    assert await ask(script) == "It is 100.00."


async def test_nothing_founded_is_no_answer():
    with pytest.raises(ModelError, match="figures that your data don't show"):
        await ask(Scripted(Step("", [LOOK]), Step("It is 99.00. Anything else?")))


async def test_a_model_may_look_again_when_it_is_corrected():
    script = Scripted(Step("It is 100.00."), Step("", [LOOK]), Step("It is 100.00."))
    assert await ask(script) == "It is 100.00."


async def test_a_busy_model_is_asked_again():
    assert await ask(Scripted(BusyError("busy", 0.0), BusyError("busy", 0.01), Step("Fine."))) == "Fine."


@pytest.mark.parametrize(
    ("after_s", "patience"),
    [
        (60.0, 100.0),  # longer than anybody is kept waiting
        (2.0, 1.0),  # longer than the turn lasts
    ],
)
async def test_a_wait_that_is_too_long_is_not_begun(after_s, patience):
    started = asyncio.get_running_loop().time()
    with pytest.raises(ModelError, match="busy"):
        await ask(Scripted(BusyError("busy", after_s), Step("Fine.")), patience=patience)
    assert asyncio.get_running_loop().time() - started < 0.5


async def test_a_model_that_stays_busy_is_given_up():
    script = Scripted(*[BusyError("busy", 0.0)] * 3, Step("Fine."))
    with pytest.raises(ModelError, match="busy"):
        await ask(script)


async def test_no_further_request_once_the_tokens_are_used_up():
    box = Box("budget")
    script = Scripted(Step("", [LOOK], Usage(900, 100)), Step("It is 100.00.", (), Usage(900, 100)))
    with pytest.raises(ModelError, match="it used up what one answer may cost"):
        await ask(script, box, limit=1000)
    assert box.usage == Usage(900, 100)
    assert len(script.steps) == 1


async def test_an_answer_that_came_is_taken_whatever_it_cost():
    assert await ask(Scripted(Step("Fine.", (), Usage(5000, 100))), limit=1000) == "Fine."


async def test_a_provider_that_counts_nothing_is_estimated():
    box = Box("budget")
    await ask(Scripted(Step("", [LOOK]), Step("It is 100.00.")), box)
    assert box.usage.prompt_tokens > 0
    assert box.usage.completion_tokens > 0


async def test_one_unknown_tool_is_told_a_second_is_the_end():
    stray = Step("", [Wanted("transfer_everything", {})])
    assert await ask(Scripted(stray, Step("Sorry."))) == "Sorry."
    with pytest.raises(ModelError, match="it asked for tools that there are not"):
        await ask(Scripted(stray, stray))


async def test_proposals_are_few():
    box = Box("budget")
    script = Scripted(Step("", [FILE] * 8), Step("Done."))
    await ask(script, box)
    assert len(box.proposals) == 5
    assert script.told[-1] == "no more proposals in this turn"


async def test_what_a_failed_model_filed_is_told_and_not_filed_again():
    box = Box("budget")
    turn = Turn("Set groceries to 20,000", None, date(2026, 11, 24))
    script = Scripted(Step("", [FILE]), ModelError("it is out of order"))
    end = asyncio.get_running_loop().time() + 5
    reply = await answering._reply(budget.AGENT, model_of(script), turn, box, model_end=end)
    assert "- Budget Groceries 20,000 PKR" in reply.text
    assert "nothing changes until you confirm it" in reply.text
    assert "The AI model was set aside: it is out of order." in reply.text
    assert [proposal.id for proposal in box.proposals] == ["p0"]


def test_the_cap_has_a_setting():
    assert Settings(agent_name="x").turn_token_limit == 60_000
